# Morning digest, weekly summary, bundled notices. As in every notice: code, level, status, times only.

bundle-news = { $count } new messages:
bundle-alerts = { $count } cases need someone to take them:

digest-work = My cases

error-which_case = That message is about several cases. Please open the right one and choose Log what was done.

act-include = No longer involved
act_exclude_above-person = Who is involved?
    .self = I am
act_exclude_above-reason = How are they involved? They will not see this case any more.
act_include-person = Who should see it again?
    .conflict_commune = The whole commune
    .conflict_police = The police contact
    .left = All of { named }
act_include-reason = Why?

notice-excluded = { $code }: the { $role } has noted that someone is involved. Level: { $level }.
notice-included = { $code }: you can open this case now. Level: { $level }.

error-nobody_to_pick = There is nobody to choose right now.

digest-morning = This morning, { $day }: { $count ->
    [one] 1 open case
   *[other] { $count } open cases
    }{ $late ->
    [0] {""}
   *[other] , { $late } overdue
    }{ $free ->
    [0] {""}
   *[other] , { $free } not taken yet
    }.
digest-line = { $code } · { $level } · { $state } · { $due ->
    [late] overdue
    [today] due today { $at }
    [later] due { $at } on { $day }
   *[none] no due time yet
    }
digest-more = and { $count } more

weekly-head = Summary of the week { $since } – { $until }
weekly-new = New cases: { $count }
weekly-levels = Urgent { $urgent }, unclear { $unknown }, high { $high }, medium { $medium }, low { $low }
weekly-in_time = Taken in time: { $count } of { $all }
weekly-share = Taken in time: about { $percent } %
weekly-minutes = Urgent cases were taken after { $mean } minutes on average; half of them within { $median } minutes
weekly-now = Open: { $open }. Overdue: { $late }. Closed during the week: { $closed }
weekly-lowered = Times a level was lowered: { $count }
weekly-silent = Called but opened no case: { $roles }
weekly-quiet = No report and no test alert in 90 days: { $names }
weekly-at_least = { $count } or more
notice-admin_summary = A summary could not be made. Please check the server log.
