# Finding work, the working calendar, and the question after closing.

tet-forecast = The Tết holidays of { $year } in this system are only a forecast (the first day is { $day }). Once they are decided, please enter the days off on the page Working days (write /web), so that due dates in working days are right.

due-safe_check = the question afterwards
clock-safe_check = asking again after closing
role-reporter = reporter
act-safe_check = Answer to the question after closing
act_safe_check-answer = Answer
    .safe_yes = the child is safe
    .safe_no = the child is not safe
    .safe_unknown = does not know
act_reopen-answer = Reason
    .safe_no = the reporter answered: not safe

relay-safe_check = About report { $code }: is the child safe now?
relay-safe_check_child = About report { $code }: are you safe now?
relay-safe_yes = Yes
relay-safe_no = Not yet
relay-safe_unknown = I do not know
relay-safe_unknown_child = I am not sure
relay-heard_safe_yes = Thank you for telling us. If you need to, write here or call 111.
relay-heard_safe_yes_child = Thank you for telling us. When you need us, write here or call 111.
relay-heard_safe_no = Thank you for telling us. Report { $code } is open again and an officer has been told. If the child is in danger, please call 113 or 111 now.
relay-heard_safe_no_child = Thank you for saying so. We have opened { $code } again and told the people who help you. If you are in danger, call 111 or 113 now.
relay-heard_safe_unknown = Thank you. If you are worried about the child, write here or call 111.
relay-heard_safe_unknown_child = Thank you. If you do not feel at ease, write here or call 111.

work-list = { $show ->
    [mine] My cases
    [overdue] Overdue cases
    [free] Cases nobody has taken
   *[open] Open cases
    }: { $count }
work-page = { $head } ({ $first } to { $last })
work-none_open = There are no open cases.
work-none_mine = You hold no case.
work-none_overdue = No case is overdue.
work-none_free = Every case has somebody.
work-which = Which cases would you like to see?
work-list_open = All
work-list_mine = My cases
work-list_overdue = Overdue
work-list_free = Nobody's
work-list_village = By village
work-list_find = Search
work-list_more = Next
work-list_filter = Filter, search
work-found = Found: { $count }
work-found_more = and { $count } more. Add a word to see fewer.
work-cut = Only the newest { $count } cases were searched.
work-too_short = Please write at least two letters, for example: /tim pond
home-find = Find a case
find-text = What are you looking for? Write a code, a village or some words of the report; accents are not needed.
find_village-village = Which village?
