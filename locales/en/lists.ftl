# Finding work, the working calendar, and the question after closing.

tet-forecast = The Tết holidays of { $year } here are only a forecast (the first day is { $day }). Once they are decided, please enter the days off on the page Working days (write /web), so that due dates in working days are right.

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
relay-safe_unknown = I don't know
relay-safe_unknown_child = I don't know
relay-heard_safe_yes = Thank you for telling us. If you need to, write here or call 111.
relay-heard_safe_yes_child = Thank you for telling us. If you need us, write here or call 111.
relay-heard_safe_no = Thank you for telling us: report { $code } is open again and an officer has been told. If the child is in danger, please call 113 or 111 now.
relay-heard_safe_no_child = Thank you for telling us: we have opened { $code } again and told the people who help you. If you are in danger, call 111 or 113 now.
relay-heard_safe_unknown = Thank you. If you are worried about the child, write here or call 111.
relay-heard_safe_unknown_child = Thank you. If you feel worried, write here or call 111.

work-list = { $show ->
    [mine] My cases
    [overdue] Overdue cases
    [free] Cases nobody has taken
   *[open] Open cases
    }: { $count }
work-page = { $head } ({ $first } to { $last })
work-none_open = There are no open cases.
work-none_mine = You are in charge of no case.
work-none_overdue = No case is overdue.
work-none_free = Every case has been taken.
work-which = Which cases would you like to see?
work-list_open = All
work-list_mine = My cases
work-list_overdue = Overdue
work-list_free = Not taken yet
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

staff-free = Not taken yet
staff-none_free = Every case has been taken.
staff-look = Search by code, village or words of the report; accents are not needed
staff-look_button = Search
staff-look_title = Find a case
staff-look_short = Please write at least two letters.
staff-city = The communes
staff-city_late = Overdue cases in the communes: { $count }
staff-city_commune = { $name }: { $count }
staff-city_quiet = No report and no test alert in 90 days: { $names ->
    [none] none of them
   *[other] { $names }
    }
staff-city_silent = Cases are waiting and nobody has taken them: { $names ->
    [none] none of them
   *[other] { $names }
    }

error-bad_day = That day could not be read. Please choose it again.
error-day_none = Nothing has been entered about that day, so there is nothing to withdraw.
error-day_name = Please enter the name of the day, or the number of the decision.
staff-people = People and duty
staff-calendar = Working days
staff-calendar_how = Due dates in working days go by this calendar. Clocks already running stay as they are; those that start later go by what is entered now.
staff-calendar_day = Day
staff-calendar_what = Off or worked
staff-calendar_off = Off
staff-calendar_worked = Worked
staff-calendar_remove = Withdraw what was entered about this day
staff-calendar_name = Name of the day, or number of the decision
staff-calendar_source = From
staff-calendar_year = { $year }
staff-calendar_forecast = The Tết holidays of this year are only a forecast. Please enter them once they are decided, even if nothing differs.
staff-calendar_from_law = the common calendar
staff-calendar_from_release = an announced swap
staff-calendar_from_staff = entered here
staff-on_leave = on leave until { $until }; { $who ->
    [none] nobody stands in
   *[other] { $who } stands in
    }
staff-step_now = At once
staff-step = After { $amount } { $unit ->
    [working] working days
    [day_hours] hours (counted from 06:00 to 21:00)
    [hours] hours
   *[minutes] minutes
    }
staff-again_urgent = After the last step, again every { $minutes } minutes.
staff-again_calm = After the last step, again every morning at 07:30.

weekly-levels_changed = Levels changed by people: { $count }
weekly-night = Cases opened out of hours (21:00–06:00): { $count }
weekly-noted = { $code } · { $role } · { $what ->
    [raise] level raised
    [lower] level lowered
   *[read] opened { $count } { $count ->
        [one] time
       *[other] times
        }
    }
error-calendar_past = That day has passed. Only days from today on can be entered.
