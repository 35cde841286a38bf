# Morning digest, weekly summary, bundled notices. As in every notice: code, level, status, times only.

bundle-news = { $count } news:
bundle-alerts = { $count } cases need somebody to take them:

digest-work = My cases

error-which_case = That message is about several cases. Please open the right one and choose Note what was done.

act-include = Not involved any more
act_exclude_above-person = Who is involved?
    .self = I am
act_exclude_above-reason = How are they involved? They will not see this case any more.
act_include-person = Whom shall it be shown to again?
    .conflict_commune = The whole commune
    .conflict_police = The police contact
act_include-reason = Why?

notice-excluded = { $code }: { $role } noted that somebody is involved. Level: { $level }.
notice-included = { $code }: you can open this case. Level: { $level }.

error-nobody_to_pick = There is nobody to choose now.
