# Duty, leave, invitations, test alerts, reports for somebody else. To colleagues: times and a role only.

home-hello = Your role here: { $role }{ $duty ->
    [on] , on duty
    [off] , off duty
    [leave] , on leave
   *[none] {""}
    }. { $cases ->
    [yes] Please choose, or write a code to open a case.
   *[no] Please choose.
    }
home-choose = Please choose.
home-work = My cases
home-behalf = Report for someone
home-duty = On / off duty
home-bell = Send a test alert
home-web = Open the web page
home-others = Other…
home-more = Other…
home-qr = Our QR code
qr-here = This is the QR code of { $commune }: whoever scans it opens the chat and finds this commune as a button. Show it on your phone, or forward the picture.
home-invite = Invite someone
home-addresses = My addresses
home-removal = Remove someone
home-on = I am on duty
home-off = I am off duty
home-off_today = Done for today
home-off_days = Take some days off
home-shift = Plan a shift
home-unshift = Cancel a shift
home-unleave = Cancel the leave
home-add_address = Add an address
home-first_address = Choose which comes first
home-old_address = Remove one

errand-confirm = I am on duty now
errand-accept = I will stand in
errand-refuse = I can't
errand-brief = See the hand-over
errand-who = See who it is
errand-agree = I agree
errand-disagree = I don't agree
errand-not_me = Not me
errand-heard = I heard it

channel-web = web page
channel-telegram = Telegram
channel-zalobot = Zalo
channel-zalooa = Zalo OA

duty-mine = { $duty ->
    [on] You are on duty.
    [off] You are off duty.
   *[leave] You are on leave.
    }
duty-there = { $names ->
    [none] Nobody in the commune is on duty now.
   *[other] New cases go to: { $names }.
    }
duty-shift = Shift { $at } { $at_day } – { $due } { $due_day }: { $name }
duty-days = { $at } { $at_day } – { $due } { $due_day }
duty-leave = Your leave { $at } { $at_day } – { $due } { $due_day }{ $answered ->
    [yes] {""}
   *[no] , waiting for someone to stand in
    }.
duty-off = For how long will you be away?
duty-planned = Shift planned: from { $at } on { $at_day } to { $due } on { $due_day }.
duty-cancelled = The shift from { $at } on { $at_day } is cancelled.

shift-person = Who is the shift for?
shift-day = Which day? Press a button, or write "Saturday" or "25/11".
    .today = Today
    .tomorrow = Tomorrow
    .after = In two days
shift-hours = From when to when? Press a button, or write "7:30 to 17:00".
    .day = 07:00 – 17:00
    .night = 17:00 – 07:00
    .whole = Day and night, from 07:00
unshift-shift = Which shift should be cancelled?
unleave-leave = Which leave should be cancelled?

leave-from = When does your leave start? Whole days start at 06:00.
    .now = From now on
    .tomorrow = Tomorrow
    .after = In two days
leave-until = Until the end of which day? Press a button, or write "Friday" or "30/11".
    .today = Today
    .tomorrow = Tomorrow
    .after = In two days
leave-substitute = Who will stand in for you? Your leave only starts once they agree.
leave-held = What about the cases you are in charge of?
    .pass = Hand them over
    .keep = I'll keep them
leave-asked = We have asked the { $role } to stand in for you from { $at } on { $at_day } to { $due } on { $due_day }. They can answer until { $when } on { $when_day }; until they agree, cases still come to you.
leave-taken = You will stand in for the { $role } from { $at } on { $at_day } to { $due } on { $due_day }.
leave-thanks = Thank you for standing in.
leave-not_taken = Noted. We will tell the person who asked, and the leader.
leave-cancelled = The leave has been cancelled.
leave-brief = { $count ->
    [0] They have no open cases.
   *[other] Handed over: { $count }
    }
leave-brief_line = { $code } · { $level } · { $status } · next due { $at } { $at_day }

invite-role = For which role?
invite-commune = For which commune?
invite-villages = Which villages? Separate them with commas.
invite-name = What is their name?
invitation-code = Invitation: { $code } (once, within 48 hours)
invitation-web = Web page: { $link }
invitation-telegram = Telegram: { $link }
invitation-typed = Or send us #{ $code } on any channel
invitation-waits = This code only works once one more person agrees. We have asked them and will tell you.
invitation-operator = This code only works once one more person agrees, and there is nobody to ask. The operator of the server can confirm it with bot invite --confirm.
invitation-who = Invited: { $name }, as { $role }.{ $place ->
    [none] {""}
   *[other] { " " }Commune: { $place }.
    }{ $villages ->
    [none] {""}
   *[other] { " " }Village: { $villages }.
    } Invited by: { $by }.
invitation-agreed = You have agreed. The invitation works from now on.
invitation-not_agreed = You have not agreed. The invitation no longer works.
enrol-waits = This invitation is right, but one more person has to agree. Please keep the code and try again later.

removal-person = Who should be removed?
removal-sure = They will lose all access at once, and their cases will go to someone else. Do you want that?
    .remove = Remove them
    .keep = No
removal-kept = Nothing has changed.
removal-done = They have been removed. Their cases have been passed on.

address-list = Your addresses, in the order in which they are tried:
address-line = { $n }. { $channel } – { $state ->
    [blocked] blocked
    [heard] works, test heard at { $at } on { $at_day }
   *[untried] not tested yet
    }
address-code = Code for one more address: { $code } (once, within 48 hours)
address-add = Open this code on another channel or phone of yours. Please don't give it to anyone.
address-first = From now on we will try { $channel } first.
address-gone = { $channel } has been removed. Nothing will be sent there any more.
first_address-address = Which address should come first?
old_address-address = Which address should be removed? It will no longer receive or show anything.

bell-heard = Heard after { $span } { $unit ->
    [minutes] minutes
   *[seconds] seconds
    }.
bell-elsewhere = The test goes to { $channel } first.
bell-all_heard = The test was heard on all your addresses.
bell-some_silent = Not heard on { $channel }.

notice-nobody_on_duty = Nobody is on duty now. New cases will come straight to you.
notice-shift_planned = You have a shift from { $at } on { $at_day } to { $due } on { $due_day }.
notice-shift_cancelled = Your shift from { $at } on { $at_day } has been cancelled.
notice-shift_given_back = Shift from { $at } on { $at_day }: the { $role } can't do it. Please find someone else.
notice-shift_soon = Reminder: your shift starts at { $at } on { $at_day }.
notice-shift_begins = Your shift starts at { $at }. Are you on duty?
notice-shift_missed = Shift { $at } on { $at_day }: the { $role } has not confirmed it.
notice-shift_yours = Shift { $at } on { $at_day }: the { $role } is not there. New cases will come to you.
notice-shift_unconfirmed = You have not confirmed your { $at } shift, so new cases won't come to you. Press the button when you are on duty.
notice-shift_taken = On duty now: { $role }.
notice-shift_over = Your shift is over. New cases will go to others.
notice-shift_stay = Your shift is over, but nobody else is on duty. New cases will come to you until someone is.
notice-shift_stays = A shift is over and nobody else is on duty, so the { $role } still gets new cases. Please find someone.
notice-shift_relieved = Now on duty: { $role }. You are off duty.
notice-leave_asked = Please stand in for the { $role } from { $at } on { $at_day } to { $due } on { $due_day }.
notice-leave_accepted = Standing in for you: { $role }. You are away from { $at } on { $at_day } to { $due } on { $due_day }.
notice-leave_known = For your information: the { $role } is away from { $at } on { $at_day } to { $due } on { $due_day }, and someone is standing in.
notice-leave_refused = You asked the { $role } to stand in, but they can't. Your leave has not started and cases still come to you; please ask someone else.
notice-leave_unanswered = You asked the { $role } to stand in, but there was no answer. Your leave has not started and cases still come to you; please ask someone else.
notice-leave_open = Nobody is standing in for the { $role } from { $at } on { $at_day } to { $due } on { $due_day }. Cases still go to them.
notice-leave_begins = Your leave has started and ends at { $due } on { $due_day }. New cases will go to the { $role }.
notice-leave_yours = From now until { $due } on { $due_day } you are standing in for the { $role }. Their cases will come to you.
notice-leave_over = Your leave is over. New cases will come to you again.
notice-leave_back = Back since { $when }: { $role }. You are no longer standing in.
notice-leave_cancelled = You no longer need to stand in for the { $role } from { $at } on { $at_day }.
notice-leave_ended = Nobody is standing in for you any more. Your leave has ended, and new cases will come to you again.
notice-leave_uncovered = Nobody is standing in for the { $role } any more, so the leave has ended. Please find someone else.
notice-invite_asked = A new invitation is waiting for your agreement ({ $role }).
notice-invite_confirmed = The { $role } agreed to your invitation. The code works now.
notice-invite_refused = The { $role } did not agree to your invitation. The code won't work.
notice-address_added = A new address has been linked to you: { $channel }. If that wasn't you, press the button below.
notice-bell = TEST ALERT – nothing has happened. Please press I heard it.
notice-bell_unheard = Test alert: not heard on { $channel }. Please check that phone and address.
notice-admin_no_duty = { $commune } commune: nobody is on duty now. The leader has been told.
notice-admin_unreached = A staff member cannot be reached on any address. Please check with bot people.
notice-admin_foreign_address = A staff member ({ $role }) says that someone else linked an address to them. It was removed; please call them.
notice-admin_stuck = A reminder about a case, a shift, a leave or a test alert could not be given. Please check the server log.

error-shift_past = That time has passed, so no shift was planned. Please choose another time.
error-shift_twice = There is already a shift at that time. Please choose another time, or cancel that shift first.
error-shift_on_leave = That person is on leave then. Please choose another time or person.
error-shift_over = This shift is over, or someone else has it.
error-leave_twice = You already have leave on these days.
error-leave_loop = That would go round in a circle: the { $role } is away on those days too, and their cases come back to you. Please choose someone else.
error-leave_circle = You can't stand in: you are away on those days too, and your cases go to the { $role }.
error-no_substitute = There is nobody who can stand in for you, so you can only end a shift. Please ask the leader or the administrator for more people.
error-no_invite = Your role can't invite people. Please ask the leader or the administrator.
error-own_invite = Someone else has to agree to your own invitation.
error-nobody_to_remove = There is nobody you can remove.
error-last_address = This is your only address that works. Please add another one first.
error-errand_over = This is already done, or no longer applies.
error-bell_over = This test has already been recorded.

report-source = How did this report come in?
    .phone = By phone
    .visit = In person
    .h111 = From 111
    .police = From the police
    .school = From a school
field-source = Source
behalf-hello = You are reporting for someone else. If a child is in danger, please call 113, 115, 114 or 111 now.
behalf-child_place = Where is the child now? Write the village and commune, or share the location if you are there.
behalf-story = Write briefly what they told you, in their own words if you can.
behalf-contact = Would the person reporting like to leave a name or phone number?
behalf-contact_give = Please write their name or phone number.
behalf-contact_consent = Do they agree that the officer may keep this and use it to contact them about this report? They can withdraw their consent at any time.
behalf-safe_time = When is it safe to call them back?
    .no_first = Don't call first
behalf-shared_phone = Does anyone else use their phone?
behalf-media = Are there photos of the place, or messages about it? Please don't send pictures of the child's body or injuries.
behalf-pass_on = Please tell the person reporting:
behalf-done = Report { $code } is complete. Thank you.
behalf-closed = What you just wrote has been added to report { $code }, which is now closed. For anything new, please start a new report.
behalf-unseen = You can't open this case; the people responsible have been told.
talk-call_a_person_behalf = What you wrote has been kept. Please choose or answer the question below.
remark-stay_calm_behalf = If nobody has called yet, please call 113, 115 or 114 now.
remark-self_harm_behalf = Please tell them: at 111 someone will listen right now, free of charge.

notice-yearly_soon = Something is due each year, before { $due_day }.
notice-yearly_late = Something due each year is late since { $due_day }.
yearly-due = To do: { $duty ->
    [care_first] the list of alternative care, first half of the year
    [care_second] the list of alternative care, second half of the year
   *[action_month] the report on the Action Month for Children
    }.
errand-yearly_what = See what
notice-commune_quiet = Somewhere there was neither a report nor a test alert for 90 days.
quiet-where = { $name }: neither a report nor an answered test alert for 90 days. Please ask whether people know how to report.
errand-quiet_where = See where
yearly-done = Recorded as done: { $duty ->
    [care_first] the list of alternative care, first half of the year
    [care_second] the list of alternative care, second half of the year
   *[action_month] the report on the Action Month for Children
    }.
errand-yearly_done = Done

home-families = Families to visit
home-add_family = Add a family
family-person = Whom do you ask to visit?
family-words = In which village, and what to look at? Please keep it very short, without private matters.
family-month = In which month?
    .this = This month
    .next = Next month
families-added = It is on the list of { $month }. The list is deleted at the end of the month after; what was sent stays in the chat until its reader deletes it.
families-head = { $count ->
    [0] No family is on the list.
   *[other] To visit: { $count }.
    }
families-kept = { $month } · { $name }: { $words } – { $state ->
    [visited] visited
    [reported] to be reported
   *[asked] not visited yet
    }
families-line = { $n }. { $words }
families-none = Nobody is left to visit in { $month }.
families-visited = Recorded as visited. Thank you.
notice-families = There is something to look at.
errand-families = Show the list
errand-visited = Visited
errand-to_report = Needs a report
error-families_full = The list of that month already has { $count }. Please choose another person or month.
error-no_collaborator = The commune has no collaborator yet. Please invite somebody first.
