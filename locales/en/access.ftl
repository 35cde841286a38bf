# Who may see what, PINs, opening a case in need, the log. A notice holds code, times and roles only.

notice-audit_head = Log check of { $at_day }: row { $row }, { $head }. Please keep this message; there is nothing to do.

notice-pin_set = Your PIN was set at { $at }. If it was not you, please tell the administrator at once.
notice-pin_locked = Your PIN was locked at { $at }, after 5 wrong tries. If it was not you, please tell the administrator at once.
notice-pin_reset = { $role } asks for a new PIN. Please call that very person before you agree.
notice-pin_reset_asked = At { $at } somebody asked for a new PIN of yours. If it was not you, please tell the administrator at once.
notice-pin_gone = { $role } agreed at { $at }: your old PIN is gone. You set a new one when you next sign in to the pages.
notice-admin_pin_locked = The PIN of a { $role } was locked after 5 wrong tries. Please call that person.
errand-pin_reset = I called and agree
pin-reset_agreed = Agreed. That person sets a new PIN at the next sign-in.
pin-open = Open the page and type the PIN
pin-link = A link for one use within 5 minutes: { $link }

error-pin_none = You have no PIN yet.
error-pin_wrong = The PIN is not right. { $left } tries left.
error-pin_locked = The PIN is locked. Press Forgot my PIN; somebody else must agree before you can set a new one.
error-pin_six = A PIN has 6 digits.
error-pin_easy = This PIN is easy to guess. Please choose another one.
error-pin_again = The two are not the same.
error-pin_nobody = There is nobody else who could agree. Please ask the administrator.

staff-pin = PIN
staff-pin_set = Set a PIN
staff-pin_change = Change the PIN
staff-pin_why = The PIN is asked for when figures are taken out, when somebody is invited or their rights end, and when a case outside your own work is opened. It is typed on this page only, never in a chat.
staff-pin_first = First please set a PIN of 6 digits.
staff-pin_old = Your PIN now
staff-pin_new = New PIN (6 digits)
staff-pin_again = The new PIN again
staff-pin_ask = This needs your PIN.
staff-pin_go = Go on
staff-pin_later = Later
staff-pin_forgot = Forgot my PIN
staff-pin_forgot_how = Somebody else of the commune, or the administrator, must agree after calling you.
staff-pin_asked = The request was sent. When somebody agrees you are told, and set a new PIN.

home-opening = Ask to open a case
opening-code = Which case code?
opening-reason = Why must it be opened now? Whoever agrees, the leaders and the log will see this reason.
opening-draft = The request has not been sent. Please open the page, type your PIN and press Send the request.
opening-who = { $name ->
    [none] A { $role }
   *[other] { $name }, { $role },
    } asks to open case { $code } for 4 hours. Reason: { $reason }
opening-agree = You agree on the pages, after typing your PIN.
opening-agreed = Agreed. The case is open for 4 hours and then shuts by itself; every reading is logged.
opening-refused = It is noted that you do not agree.
errand-opening_who = See the request
errand-opening_yes = I agree
errand-opening_no = I do not agree
notice-opening_asked = { $code }: a { $role } asks to open this case in need. A second person must agree.
notice-opening_open = { $code }: this case is open to you until { $due } on { $due_day }. Every reading is logged.
notice-opening_told = { $code }: this case is open to a { $role } until { $due } on { $due_day }; a second person agreed.
notice-opening_elsewhere = A { $role } of yours may open a case outside their own work until { $due } on { $due_day }; a second person agreed.
error-no_code = This code is not right. A case code looks like 7KQ4-2MDJ.
error-reason_short = Please say why, in a sentence at least.
error-opening_many = You have many requests waiting. Please wait for an answer, or call the leader.
error-opening_yours = This case is open to you already.

staff-opening = Open a case outside your own work
staff-opening_why = Only when it is needed now to keep somebody safe. A second person must agree; the leaders are told; the case is open for 4 hours and shuts by itself; every reading is logged. A request that has not been opened after 24 hours was not agreed to.
staff-opening_theirs = Somebody asks to open case { $code }
staff-opening_send = Send the request
staff-opening_draft = Not sent.
staff-opening_asked = Sent, waiting.
staff-opening_open = Open.
staff-opening_until = Until { $moment }.

staff-reads = Who opened which case
staff-reads_why = Every opening of a case of the commune in the last 7 days. Openings out of hours (21:00–06:00) and people from elsewhere come first.
staff-reads_who = Who
staff-reads_count = Times
staff-reads_odd = Out of hours
staff-reads_last = Last
staff-reads_elsewhere = from elsewhere
staff-reads_none = Nobody opened a case in the last 7 days.
