# Duty, leave, invitations, test alerts, reports for somebody else. To colleagues: times and a role only.

home-hello = You are { $role }{ $duty ->
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
home-behalf = Report for somebody
home-duty = On / off duty
home-bell = Test the alarm
home-web = Open the web page
home-others = Other…
home-invite = Invite somebody
home-addresses = My addresses
home-removal = End somebody's rights
home-on = I am on duty
home-off = I am off duty
home-off_today = Done for today
home-off_days = Leave for some days
home-shift = Plan a shift
home-unshift = Cancel a shift
home-unleave = Cancel the leave
home-add_address = Add an address
home-first_address = Put one first
home-old_address = Give one up

errand-confirm = I am on duty now
errand-accept = I will stand in
errand-refuse = I cannot
errand-brief = See the hand-over
errand-who = See who it is
errand-agree = I agree
errand-disagree = I do not agree
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
   *[no] , waiting for somebody to stand in
    }.
duty-off = How will you be away?
duty-planned = Shift planned from { $at } on { $at_day } to { $due } on { $due_day }.
duty-cancelled = The shift from { $at } on { $at_day } is cancelled.

shift-person = A shift for whom?
shift-day = Which day? Press a button, or write "Saturday" or "25/11".
    .today = Today
    .tomorrow = Tomorrow
    .after = In two days
shift-hours = From when to when? Press a button, or write "7:30 to 17:00".
    .day = 07:00 – 17:00
    .night = 17:00 – 07:00
    .whole = Day and night, from 07:00
unshift-shift = Cancel which shift?
unleave-leave = Cancel which leave?

leave-from = From when are you away? Whole days begin at 06:00.
    .now = From now on
    .tomorrow = Tomorrow
    .after = In two days
leave-until = Away until the end of which day? Press a button, or write "Friday" or "30/11".
    .today = Today
    .tomorrow = Tomorrow
    .after = In two days
leave-substitute = Who stands in for you? Your leave begins only when they agree.
leave-held = What about the cases you hold?
    .pass = Hand them over
    .keep = I keep them
leave-asked = We have asked the { $role } to stand in for you from { $at } on { $at_day } to { $due } on { $due_day }. They may answer until { $when } on { $when_day }; until then cases still come to you.
leave-taken = You stand in for the { $role } from { $at } on { $at_day } to { $due } on { $due_day }.
leave-thanks = Thank you for standing in.
leave-not_taken = Noted. We tell who asked, and the leader.
leave-cancelled = The leave is cancelled.
leave-brief = { $count ->
    [0] They hold no open case.
   *[other] Handed over: { $count }
    }
leave-brief_line = { $code } · { $level } · { $status } · next due { $at } { $at_day }

invite-role = Into which role?
invite-commune = For which commune?
invite-villages = Which villages? Separate them with commas.
invite-name = What is their name?
invitation-code = Invitation: { $code } (once, within 48 hours)
invitation-web = Web page: { $link }
invitation-telegram = Telegram: { $link }
invitation-typed = Or write #{ $code } to us on any channel
invitation-waits = This code works only when one more person agrees. We have asked, and we will tell you.
invitation-operator = This code works only when one more person agrees, and there is nobody to ask. The operator of the server can confirm it with bot invite --confirm.
invitation-who = Invited: { $name }, as { $role }.{ $place ->
    [none] {""}
   *[other] { " " }Commune: { $place }.
    }{ $villages ->
    [none] {""}
   *[other] { " " }Village: { $villages }.
    } Invited by: { $by }.
invitation-agreed = Noted that you agree. The invitation works from now on.
invitation-not_agreed = Noted that you do not agree. The invitation does not work any more.
enrol-waits = This invitation is right, but one more person must agree. Please keep the code and try again later.

removal-person = Whose rights should end?
removal-sure = They lose every right at once, and what they hold goes to somebody else. Do you want that?
    .remove = End their rights
    .keep = No
removal-kept = Nothing has changed.
removal-done = All their rights have ended. What they held was passed on.

address-list = Your addresses, in the order in which they are tried:
address-line = { $n }. { $channel } – { $state ->
    [blocked] blocked
    [heard] good, test heard at { $at } on { $at_day }
   *[untried] not tested yet
    }
address-code = Code for one more address: { $code } (once, within 48 hours)
address-add = Open this code with another channel or phone of your own. Please give it to nobody.
address-first = From now on we try { $channel } first.
address-gone = { $channel } is given up. Nothing goes there any more.
first_address-address = Which address should be first?
old_address-address = Which address should be given up? It will receive and show nothing any more.

bell-heard = Heard after { $span } { $unit ->
    [minutes] minutes
   *[seconds] seconds
    }.
bell-elsewhere = The test goes to { $channel } first.
bell-all_heard = All your addresses can be heard.
bell-some_silent = Not heard on { $channel }.

notice-nobody_on_duty = Nobody is on duty now. New cases come straight to you.
notice-shift_planned = You have a shift from { $at } on { $at_day } to { $due } on { $due_day }.
notice-shift_cancelled = Your shift from { $at } on { $at_day } is cancelled.
notice-shift_given_back = Shift from { $at } on { $at_day }: the { $role } does not do it. Please find somebody else.
notice-shift_soon = Reminder: your shift begins at { $at } on { $at_day }.
notice-shift_begins = Your shift begins at { $at }. Are you on duty?
notice-shift_missed = Shift { $at } on { $at_day }: the { $role } has not confirmed it.
notice-shift_yours = Shift { $at } on { $at_day }: the { $role } is not there. New cases come to you.
notice-shift_unconfirmed = You have not confirmed your { $at } shift, so new cases do not come to you. Press the button when you are on duty.
notice-shift_taken = On duty now: { $role }.
notice-shift_over = Your shift is over. New cases go to others.
notice-shift_stay = Your shift is over, but nobody else is on duty. New cases come to you until somebody is.
notice-shift_stays = A shift is over and nobody else is on duty, so the { $role } still gets new cases. Please send somebody.
notice-shift_relieved = Somebody is on duty now: { $role }. You are free.
notice-leave_asked = Please stand in for the { $role } from { $at } on { $at_day } to { $due } on { $due_day }.
notice-leave_accepted = Somebody stands in for you: { $role }. You are away from { $at } on { $at_day } to { $due } on { $due_day }.
notice-leave_known = For your information: the { $role } is away from { $at } on { $at_day } to { $due } on { $due_day }, and somebody stands in.
notice-leave_refused = You asked the { $role } to stand in, and they cannot. Your leave has not begun and cases still come to you; please ask somebody else.
notice-leave_unanswered = You asked the { $role } to stand in, and there is no answer. Your leave has not begun and cases still come to you; please ask somebody else.
notice-leave_open = Nobody stands in for the { $role } from { $at } on { $at_day } to { $due } on { $due_day }. Cases still go to them.
notice-leave_begins = Your leave begins and ends at { $due } on { $due_day }. New cases go to the { $role }.
notice-leave_yours = From now on you stand in for the { $role } until { $due } on { $due_day }. Their cases come to you.
notice-leave_over = Your leave is over. New cases come to you again.
notice-leave_back = Back since { $when }: { $role }. You need not stand in any more.
notice-leave_cancelled = You need not stand in for the { $role } from { $at } on { $at_day } any more.
notice-leave_ended = Nobody stands in for you any more. Your leave ends, and new cases come to you again.
notice-leave_uncovered = Nobody stands in for the { $role } any more, so the leave ends. Please find somebody else.
notice-invite_asked = A new invitation waits for your agreement ({ $role }).
notice-invite_confirmed = The { $role } agreed to your invitation. The code works now.
notice-invite_refused = The { $role } did not agree to your invitation. The code does not work.
notice-address_added = A new address now belongs to you: { $channel }. If that was not you, press the button below.
notice-bell = TEST ALARM – nothing has happened. Please press I heard it.
notice-bell_unheard = Test alarm: not heard on { $channel }. Please check that phone and address.
notice-admin_no_duty = Commune { $commune }: nobody is on duty now. The leader was told.
notice-admin_unreached = Somebody who works here cannot be reached on any address. Please look with bot people.
notice-admin_stuck = Something about a shift, a leave or a test alarm could not be done. Please look at the log of the server.

error-shift_past = That time has passed, so no shift was planned. Please choose another time.
error-shift_twice = There is another shift in these hours. Please choose others, or cancel that one first.
error-shift_on_leave = These hours fall into a leave. Please choose another time or person.
error-shift_over = This shift is over, or somebody else has it.
error-leave_twice = You already have a leave in these days.
error-leave_loop = That would go round in a circle: in these days the { $role } is away too, and the way leads back to you. Please choose somebody else.
error-leave_circle = You cannot stand in: in these days you are away too, and your cases go to the { $role }.
error-no_substitute = There is nobody who could stand in for you, so only a shift can end. Please ask the leader or the administrator for more people.
error-no_invite = Your role does not invite people. Please ask the leader or the administrator.
error-own_invite = Somebody else must agree to your own invitation.
error-nobody_to_remove = There is nobody whose rights you may end.
error-last_address = This is your only address. Please add another one first.
error-errand_over = This is done, or no longer holds.
error-bell_over = This test was noted already.

report-source = How did this report come in?
    .phone = By phone
    .visit = In person
    .h111 = From 111
    .police = From the police
    .school = From a school
field-source = Source
behalf-hello = You report for somebody else. If a child is in danger, please call 113, 115, 114 or 111 now.
behalf-child_place = Where is the child now? Write the village and commune, or share the location if you are there.
behalf-story = Write briefly what they tell you, in their own words if you can.
behalf-contact = Does the person who reports want to leave a name or phone number?
behalf-contact_give = Please write their name or phone number.
behalf-contact_consent = Do they agree that the officer in charge keeps this and uses it to contact them about this report? They can withdraw at any time.
behalf-safe_time = When is it safe to call them back?
    .no_first = Do not call first
behalf-shared_phone = Does anybody else use their phone?
behalf-media = Are there pictures of the place, or messages about it? Please send no pictures of a child's body or injuries.
behalf-pass_on = Please tell the person who reports:
behalf-done = Report { $code } is complete. Thank you.
behalf-closed = What you just wrote was added to report { $code }, which has been closed. For something new, please begin a new report.
behalf-unseen = You cannot open this case; whoever is responsible has been told.
talk-call_a_person_behalf = What you wrote is kept. Please choose or answer the question below.
remark-stay_calm_behalf = If nobody has called yet, please call 113, 115 or 114 now.
remark-self_harm_behalf = Please tell them: at 111 somebody listens right now, free of charge.
