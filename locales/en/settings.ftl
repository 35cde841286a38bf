# What a commune sets: its chain of calls, its own clocks.

staff-settings = Settings
staff-settings_of = Settings of { $place }
staff-settings_whose = Choose a commune.
staff-settings_none = Nobody works in any commune here yet.
staff-settings_back = Back to the settings of { $place }
staff-unit = { $unit ->
    [working] working days
    [days] days
    [day_hours] hours (counted from 06:00 to 21:00)
    [hours] hours
   *[minutes] minutes
    }
staff-amount = { $amount } { $unit ->
    [working] { $amount ->
        [1] working day
       *[other] working days
        }
    [days] { $amount ->
        [1] day
       *[other] days
        }
    [day_hours] { $amount ->
        [1] hour
       *[other] hours
        } (counted from 06:00 to 21:00)
    [hours] { $amount ->
        [1] hour
       *[other] hours
        }
   *[minutes] { $amount ->
        [1] minute
       *[other] minutes
        }
    }
staff-chain = Who is called while nobody has taken a case
staff-chain_how = Someone on leave is replaced by their substitute; a step with nobody in it goes up at once. An unknown level follows the urgent one.
staff-chain_edit = Change the order for { $level }
staff-chain_limits = You may call sooner or call more people, never later: the second call after { $second } { $unit ->
    [working] working days
    [day_hours] hours
   *[minutes] minutes
    }, the leader after { $leader } { $unit ->
    [working] working days.
    [day_hours] hours.
   *[minutes] minutes, the city after { $city } minutes, everybody after { $all } minutes.
    }
staff-chain_empty_how = To take a step away, clear its ticks and its time. Alarms that ring now follow the new order from their next step on.
staff-chain_step = Step { $n }
staff-chain_after = After the report, { $unit }
staff-chain_end = At the end
staff-chain_end_how = These two steps always stay. After the last one everybody is called again until somebody takes the case.
staff-chain_city = The city, after { $unit }
staff-chain_all = Everybody, after { $unit }
staff-chain_one = { $name } ({ $role })
staff-chain_gone = somebody who does not work here any more
staff-set_own = Deadlines that the commune sets
staff-set_how = A clock that runs keeps its due; one that starts later follows the new number.
staff-set_since = Set by the { $role } at { $moment }
staff-set_delivered = (as delivered: { $amount })
staff-set_edit = Change: { $name }
staff-set_leave = Leave it
staff-set_line = { $what }: { $now }
staff-set_law = Deadlines of the law
staff-set_law_how = The law sets these; nobody can change them here.
staff-set_what = What
staff-set_long = How long
staff-set_article = Article

setting-every_level = Every level
setting-urgent_only = Urgent and unknown
setting-range = From { $least } to { $most } { $unit ->
    [working] working days
    [days] days
    [day_hours] hours
    [hours] hours
   *[minutes] minutes
    }. As delivered: { $delivered }.
setting-repeat = Calling again after the last step
    .why = When the whole chain was called and nobody took the case, everybody is called again each time this has passed.
setting-idle = Taken, but nothing done
    .why = Whoever has the case is reminded when nothing was noted for this long; with nothing done at all the alarm rings again.
setting-reporter_waiting = Answering the reporter
    .why = When a reporter wrote and nobody answered for this long, the deputy hears of it, then the leader.
setting-verify = Starting to verify
    .why = From taking a case to starting to verify it; then the leader hears of it.
setting-assess = First assessment
    .why = For cases that are no abuse: from taking one to its assessment or end. What may be abuse has the law's 12 hours.
setting-confirm = The leader confirms a measure
    .why = A measure taken as directed needs the leader's answer within this time; then the city hears of it.
setting-visit = The collaborator answers
    .why = Whoever was asked to visit and did not answer in this time: the next of the village is asked.
setting-visit_done = Result of a visit
    .why = From asking a collaborator to their report.
setting-referral = The other body confirms
    .why = When another body has not confirmed in this time, whoever has the case and the leader are reminded.
setting-handover = The other commune answers
    .why = Without an answer in this time both leaders hear of it, after twice as long the city.
setting-detail = Detailed assessment
    .why = From when the child is safe or form 02 is on file; inside the five working days of the plan.
setting-approve = Approving the plan
    .why = From its submission until the leader approves it or sends it back.
setting-contact = Seeing the child regularly
    .why = The longest time between two meetings with the child while the plan runs.
setting-review = Review
    .why = From the approval of a plan to its review.
setting-decide = Deciding after the review
    .why = From the review until the leader ends the case or goes on.

error-setting_range = { $level ->
    [all] Please write a number from { $least } to { $most }
    [urgent] Urgent: please write a number from { $least } to { $most }
    [high] High: please write a number from { $least } to { $most }
    [medium] Medium: please write a number from { $least } to { $most }
   *[low] Low: please write a number from { $least } to { $most }
    } { $unit ->
    [working] working days.
    [days] days.
    [day_hours] hours.
    [hours] hours.
   *[minutes] minutes.
    }
error-setting_number = One step has no time in numbers. Please look at it again.
error-setting_changed = This was changed while you were looking at it ({ $since }), so nothing was recorded. If you still want your own numbers, press Record again. In force now:
error-chain_who = One step calls nobody. Each step needs at least one person.
error-chain_first = Nobody in the first step can be reached. Please choose someone whose phone is connected.
error-chain_order = Each step must come after the one before. Please look at the times.
error-chain_late = { $what ->
    [second] The second call must come after
    [leader] The leader must be called after
    [city] The city must be called after
   *[all] Everybody must be called after
    } { $most } { $unit ->
    [working] working days
    [day_hours] hours
   *[minutes] minutes
    } at the latest.
error-no_settings = Only the leader of the commune and the administrator can change this.

staff-city_unheard = Cannot be reached in { $name }: { $roles }
staff-city_missing = { $name } has no { $roles }
staff-city_role = { $role }{ $count ->
    [1] {""}
   *[other] {" "}({ $count } people)
    }
staff-city_heard = Every commune has its people, and all can be reached.
staff-city_settings = Whom each commune calls
