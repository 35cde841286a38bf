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
