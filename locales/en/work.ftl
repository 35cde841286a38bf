# Words on cards and in the work of staff.

level-urgent = URGENT
level-high = HIGH
level-medium = MEDIUM
level-low = LOW
level-unknown = NOT YET CLEAR

role-collaborator = village collaborator
role-officer = child protection officer
role-deputy = deputy
role-leader = commune leader
role-police = commune police officer
role-supervisor = city contact
role-admin = administrator
role-system = system

state-received = New
state-acknowledged = Taken
state-verifying = Being checked
state-emergency = Emergency response
state-detailed = Detailed assessment
state-planning = Planning support
state-approval = Plan awaiting approval
state-running = Support under way
state-review = Under review
state-closed = Closed

act-acknowledge = I'll take it
act-take = I'll handle it
act-read = Open the case
act-decline = I can't take it
act-release = Hand it back
act-assign = Assign
act-note = Log what was done
act-verify = Start verification
act-confirm_measure = Confirm the measure
act-measure = Emergency measure
act-safe = Child is safe
act-resolve = Resolved
act-dismiss = Not enough grounds
act-raise = Raise the level
act-lower = Lower the level
act-set_kind = Set the type
act-snooze = Remind me later
act-route = Send elsewhere
act-exclude = I'm involved
act-reopen = Reopen
act-undo = Undo
act-open = Open
act-more = More…

card-head = Case { $code }
card-level = Level: { $level }
card-why = Why: { $reasons }
card-status = Status: { $status }
card-holder = In charge: { $role }, since { $at } on { $day }
card-nobody = In charge: nobody yet
card-received = Received: { $at } on { $day }
card-commune = Commune: { $name }
card-no_commune = Commune: not known yet
card-kind = Type: { $kind }
card-gone = Case { $code } is no longer here.
card-kind_open = not set yet
card-due = Due: { $at } on { $day } ({ $clock })
card-next = Next reminder: { $at } on { $day } ({ $clock })
card-missing = Still missing: { $fields }
card-child = The child wrote this. Don't question the child again; bring in someone trained for it.
card-age_16_17 = Aged 16 or 17.
card-raw = The system could not read this message. Please read it below and judge for yourself.
card-files = Files sent: { $count }
card-log = Done so far:
card-log_more = (and { $count } earlier)

clock-unanswered = waiting for someone to take it
clock-idle = waiting for the next step
clock-emergency = emergency measure, Decree 56/2017, Article 26(3)
clock-unplaced = commune not known
clock-forward = send to the right place, Decree 56/2017, Article 25(1)
clock-unfinished = report not finished
clock-separation = temporary separation, Article 32 of Decree 56/2017
clock-plan = submit the plan, Article 28(1) of Decree 56/2017
clock-crime = report to the police, Article 25(3) of Decree 56/2017
clock-verify = verification
clock-assess = initial assessment
clock-confirm = the leader confirms the measure
clock-child_check = seeing the child each day
clock-detail = detailed assessment
clock-approve = approval of the plan
clock-task = task of the plan
clock-contact = regular meeting with the child
clock-review = review
clock-decide = decision after the review
clock-handover = the other commune answers
clock-referral = receipt by the other body
clock-visit = the collaborator answers
clock-visit_done = result of the visit
clock-hop = next address

rule-T1 = in danger now (T1)
rule-T2 = not known whether the child is in danger (T2)
rule-T3 = the type of case (T3)
rule-T4 = the alleged harmer is close to the child (T4)
rule-T5 = a young child is alone (T5)
rule-T6 = the child is not safe, or can't say (T6)
rule-T7 = serious injury or danger to life (T7)
rule-T8 = a weapon, or harm about to happen (T8)
rule-T9 = words of danger in the account (T9)
rule-T10 = only pictures or sound, not looked at yet (T10)
rule-T12 = the child is under 3 (T12)

field-first_words = First words
field-danger_now = In danger now
field-child_place = Where the child is
field-place = Where it happened
field-kind = Type
field-conflict = The alleged harmer works for
field-child_age = Age
field-story = Account
field-more = More answers
field-harmer = Alleged harmer
field-harmer_access = Can still get to the child
field-protector = Who protects the child
field-help_given = Help so far
field-when = When
field-child_sex = Sex
field-child_name = Child's name
field-media = Pictures, messages
field-contact = Contact
field-safe_time = Safe time to write back
field-shared_phone = Shared phone
field-extra_words = Also written
field-captions = Sent with the files
field-added = Added later
field-review = Send
field-extra = Extra question
field-moved_to = Latest location
field-point = Location
value-given = { $given } (agreed to be contacted)
value-point = { $lat }, { $lon }

act_decline-reason = Why can't you take it?
    .busy = Busy
    .away = Away
    .involved = I'm involved
act_release-reason = Why are you handing it back?
act_assign-person = Who should take it?
act_note-what = What did you do?
    .call = Phoned
    .arrived = Arrived
    .saw_child = Saw the child
    .saw_carer = Saw the carer
    .other = Something else
act_note-text = Add a few words, if needed.
act_verify-whom = Whom will you ask to verify it?
act_confirm_measure-decision = Do you confirm this measure?
    .confirmed = Confirm
    .refused = Do not confirm
act_confirm_measure-reason = Please write your instruction.
act_measure-measure = Which measure? Choose it once the leader has decided.
    .medical = Medical
    .mental = Psychological
    .shelter = Safe shelter
    .police = Police
    .care = Alternative care
    .legal = Legal
act_measure-who = Who is carrying it out?
act_measure-when = When?
act_safe-who = Who saw the child?
act_safe-when = When?
    .just_now = Just now
    .today = Today
    .yesterday = Yesterday
    .again = Write when the child was seen, not when it will be.
act_safe-where = Where?
act_raise-level = Raise it to which level?
    .urgent = Urgent
    .high = High
    .medium = Medium
    .low = Low
act_raise-reason = Why are you raising it?
act_lower-level = Lower it to which level?
    .urgent = Urgent
    .high = High
    .medium = Medium
    .low = Low
act_lower-reason = Why are you lowering it?
act_set_kind-kind = What type of case is this?
act_route-commune = Which commune does it belong to?
act_route-reason = Why are you sending it there?
act_exclude-reason = How are you involved? Only the level above reads this.
act_snooze-until = When should we remind you?
    .m15 = In 15 minutes
    .h1 = In 1 hour
    .h4 = In 4 hours
act_snooze-reason = Why does it need to wait?
act_resolve-done = What was done?
act_resolve-who = Who saw the child or the place?
act_dismiss-reason = Why are you closing it?
    .unfounded = Not enough grounds
    .out_of_scope = Out of scope
act_dismiss-checked = What was checked, and was the child seen?
act_reopen-reason = Why are you reopening it?

work-none = There are no open cases.
work-list = Open cases: { $count }
work-line = { $code } · { $level } · { $status } · { $holder }
work-mine = mine
work-nobody = nobody yet
work-other = someone else
work-not_understood = Please choose or answer the question below.
work-done = Logged. Case { $code }.
work-undo = You can undo this for 2 minutes, on the case.
work-undone = Undone. Case { $code } is back to how it was.
work-on_duty = You are on duty. New cases will come here.
work-off_duty = You are off duty. New cases will go to others.
work-off_duty_last = You are off duty. Nobody else in the commune is on duty now, so new cases will go to the next level.

enrol-welcome = Hello{ $name ->
    [none] {""}
   *[other] {" "}{ $name }
    }. This address is now linked to your role: { $role }. New cases will come here.
enrol-welcome_admin = Hello. This address is now linked to the administrator. You will hear about faults and cannot see what is in a case.
enrol-used = This invitation doesn't work: it has been used, has expired or is wrong. Please ask the person who invited you.
enrol-already = This address is already linked to a staff member. Please use another phone or address for the new person.
enrol-web_only = Please also connect Telegram or another phone, so that there is always a second way to reach you.

act-assess = Initial risk assessment
act-separate = Separate temporarily
act-extend_separation = Extend the separation
act-end_separation = End the separation

act_assess-harm = How badly is the child harmed?
    .high = High
    .middle = Medium
    .low = Low
    .short = harm
act_assess-harm_why = What does that rest on? Write what was seen or heard.
act_assess-again = How likely is it that the child is harmed again?
    .high = High
    .middle = Medium
    .low = Low
    .short = risk of more harm
act_assess-again_why = What does that rest on?
act_assess-reach = How easily can whoever harms reach the child?
    .high = High
    .middle = Medium
    .low = Low
    .short = access to the child
act_assess-reach_why = What does that rest on?
act_assess-self_protect = How well can the child protect itself?
    .high = High
    .middle = Medium
    .low = Low
    .short = own protection
act_assess-self_protect_why = What does that rest on?
act_assess-protector = How able and committed to protect the child is an adult close by?
    .high = High
    .middle = Medium
    .low = Low
    .short = adult protection
act_assess-protector_why = What does that rest on?
act_assess-needs = What does the child need first: shelter, medical care, food and clothes, safety? Who can help?
    .short = needs
act_assess-decision = Your conclusion?
    .urgent = Urgent
    .calm = Not urgent
    .short = conclusion
assess-suggested = { $decision ->
    [urgent] These degrees point to urgent: { $degrees }.
   *[calm] These degrees point to not urgent: nothing is high in the part on harm.
    } It is only a suggestion; you conclude.
assess-rule = The program only suggests: urgent when something is high in the part on harm, or something is medium and nobody can protect the child. You conclude.
assess-concluded = { $decision ->
    [urgent] Conclusion: urgent.
   *[calm] Conclusion: not urgent.
    }{ $due ->
    [none] {""}
   *[other] {" "}A measure or a separation is needed before { $due } on { $due_day }.
    }{ $next ->
    [detailed] {" "}Next: the detailed assessment.
    [mended] {" "}Next: mend the danger, then close.
    [helped] {" "}The case stays an emergency until the child is safe.
   *[other] {""}
    }
act_separate-from_whom = From whom is the child separated?
act_separate-place = To which safe place?
act_separate-carer = Who takes care of the child there?
act_separate-since = From which day on?
    .today = Today
    .tomorrow = Tomorrow
    .again = It must be today or one of the next 7 days.
    .short = from
act_separate-until = Until the end of which day? Not more than 15 days in all.
    .days3 = 3 days
    .days7 = 7 days
    .days15 = 15 days
    .again = It must not be before the first day, nor more than half a year ahead.
    .short = until
act_separate-paper = More than 15 days. The number of the competent body's paper?
    .again = Without a number it cannot be more than 15 days. Write it, or go back and choose another day.
    .short = paper
act_extend_separation-until = Until the end of which day? Not more than 15 days in all.
    .days3 = 3 more days
    .days7 = 7 more days
    .again = It must be later than now decided, and not more than half a year ahead.
    .short = until
act_extend_separation-paper = More than 15 days in all. The number of the competent body's paper?
    .again = Without a number it cannot be more than 15 days. Write it, or go back and choose another day.
    .short = paper
act_extend_separation-why = Why is it extended?
act_end_separation-why = Why is the separation ended?
act_confirm_measure-record = Which measure?
act_measure_led-measure = Which measure do you decide on?
act_measure_led-who = Who carries it out?
act_measure_led-when = When?
work-measure_is = Measure: { $measure }. By: { $who }. When: { $at }.
work-separated_until = Separated until { $due } on { $due_day }.
card-lapsed = The decision on separation ended at { $at } on { $day }. Extend it or end it.

unfinished-kept = Case { $code }: { $act } is half done, { $count } answered.
unfinished-go_on = Go on
unfinished-afresh = Begin again
unfinished-later = Stopped. Your answers are kept; press { $act } to go on.
unfinished-changed = The case has just changed; your answers are kept.
unfinished-gone = There is nothing to go on with. This is how it stands.
