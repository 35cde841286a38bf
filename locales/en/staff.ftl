# The pages of staff: the way in, the list, the case.

sign_in-link = Your link to the work pages, for one use within 5 minutes: { $link }
sign_in-only_here = There is no public address yet, so this link opens only on the machine that runs the system.
sign_in-open = Open the work pages
sign_in-new = New sign-in to the work pages at { $at }.
sign_in-not_me = That wasn't me
sign_in-ended = You have been signed out everywhere, and any unused link no longer works. If your phone is lost or shared, please tell the administrator now.
error-old_page = This page was opened in an earlier session, so nothing was recorded. Below is how the case stands now.
error-no_pages = There are no work pages yet. Please ask the administrator.
notice-admin_stranger = A staff member ({ $role }) says that someone else signed in as them. All sessions have been ended; please call them and check their addresses.

staff-title = Work pages
staff-skip = To the main content
staff-menu = Pages
staff-cases = Cases
staff-chat = Chat
staff-sign_out = Sign out
staff-you = Your role: { $role }
staff-demo = TRIAL MODE
staff-problem = Not done

staff-in_title = Sign in
staff-in_ready = Press the button to open the work pages on this device.
staff-in_other = You have just opened a sign-in link. Press the button to go in with it.
staff-in_button = Sign in
staff-in_how = To sign in, write /web in your chat and open the link you get. Each link works once, within 5 minutes.
staff-in_wrong = This link does not work. Write /web in your chat to get a new one.
staff-in_script = Signing in, and only that, needs JavaScript. Please switch it on and open the link again.
staff-in_again = Your session has ended, so nothing was recorded. Please sign in again.
staff-in_left = You have signed out.
staff-in_rest = The page was hidden after 15 minutes without use.
staff-kept = What you have just written
staff-kept_how = It has not been recorded. You can copy it from here.

staff-list = Cases
staff-show = Show
staff-open = Open
staff-mine = Mine
staff-overdue = Overdue
staff-pages = Pages of the list
staff-page_before = Previous page
staff-page_part = { $first }–{ $last } of { $count }
staff-page_after = Next page
staff-none_open = There are no open cases.
staff-none_mine = You are not in charge of any case.
staff-none_overdue = No cases are overdue.
staff-code = Code
staff-level = Level
staff-status = Status
staff-holder = In charge
staff-next = Next due
staff-received = Received
staff-find = Open a case by its code
staff-find_button = Open
staff-at = { $at } on { $day }
staff-due = { $left } · { $clock }
staff-left = { $span } { $unit ->
    [days] days
    [hours] hours
   *[minutes] min
    } left
staff-late = { $span ->
    [0] Due now
   *[other] Overdue by { $span } { $unit ->
        [days] days
        [hours] hours
       *[minutes] min
        }
    }

staff-case = Case { $code }
staff-back = Back to the cases
staff-back_case = Back to the case
staff-facts = Summary
staff-acts = What you can do now
staff-acts_more = More actions
staff-acts_none = There is nothing for you to do on this case now.
staff-told = What was reported
staff-clocks = Deadlines and reminders
staff-clocks_none = There are no deadlines running.
staff-clock = What
staff-clock_due = Due { $moment }
staff-clock_next = Next reminder { $moment }
staff-exchange = The reporter
staff-said_letter = Your message has been accepted. Under The reporter below you can see whether they have viewed it.
staff-about = { $who }: { $words }
staff-happened = What happened
staff-said_done = Recorded.
staff-said_undo = You can undo it on the case for 2 minutes.
staff-said_undone = Undone. The case is back to how it was.
staff-said_again = This was already recorded when you pressed the first time.
staff-changed = Latest change: { $at }, { $words }
staff-form_send = Record
staff-form_optional = optional
staff-form_choose = Choose
staff-form_nothing = There is nothing to choose from right now.
staff-form_wrong = Some questions still need an answer. What you wrote is still there.
staff-answer_this = Please answer this question.
staff-too_long = More than 4,000 characters. Please write less.
staff-not_here = Not here

staff-files = Files sent
staff-file = { $kind } { $n }
    .image = Picture
    .voice = Voice note
    .video = Video
    .file = Document
    .sticker = Sticker
staff-file_kb = { $n } KB
staff-file_mb = { $n } MB
staff-file_wanted = Still coming; please load the page again later.
staff-file_lost = Could not be fetched: { $why }.
staff-file_reason = Why you open it
staff-file_open = Open
staff-file_save = Save
staff-file_shown = The file you opened
staff-file_logged = This opening was recorded with its reason. The file shows for 10 minutes; please do not copy it or send it to anyone.
staff-file_once = This opening was recorded with its reason. The picture shows this once; please do not copy it or send it to anyone.
staff-file_hand = Save the original for the police
staff-file_shut = Shut for good (may show abuse)
staff-file_unshut = Open it again
staff-file_unshut_why = Reason for opening it again (shut by mistake)
act-file_shut = Shut a file for good (may show abuse)
act-file_unshut = Opened a file again
act-file_handed = Saved the original of a file for the police
act_file_handed-sha256 = Checksum of the file
    .short = Checksum (SHA-256)
staff-file_alt = Picture sent by the reporter

happened-opened = Report received
happened-report = The reporter answered more questions
happened-added = The reporter wrote again
happened-gone = Could not be reached: { $role }
happened-reporter_gone = The reporter can no longer be written to
happened-withheld = Zalo kept back a message of the reporter

staff-admin_home = System
staff-admin_title = System status
staff-admin_note = Administrators do not see cases. This page only shows whether the system and its people can work.
staff-admin_waiting = Messages waiting to go out
staff-admin_dead = Messages that could not be delivered
staff-admin_late = Longest delay of a reminder
staff-admin_minutes = { $count } min
staff-admin_people = People
staff-admin_name = Name
staff-admin_role = Role
staff-admin_where = Place
staff-admin_address = Addresses
staff-admin_duty = Duty
staff-admin_on = on duty
staff-admin_off = off
staff-admin_city = city
staff-admin_ok = { $channel }: works
staff-admin_blocked = { $channel }: does not work
staff-admin_no_address = no address yet
staff-others = Asked of others
staff-slip_link = Link of the slip
staff-asked = Waiting for you
