# Rights about data, consent, keeping and erasing, breaches.

rights-menu = You can see, correct, withdraw consent for, or ask us to erase what you sent in report { $code }. Which would you like?
rights-menu_child = You can see, correct, withdraw consent for, or ask us to erase what you sent in message { $code }. Which would you like?
rights-typed = Please finish this report first, then write "my data".
rights-nothing = We keep no report sent from here. If you have a secret code, please send it first.
rights-seen = This is what you sent in report { $code }.
rights-seen_more = We also keep this address, so that we can answer you. What others said is not shown here.
rights-see_later = Somebody else may read this phone, so we show nothing here. Request no. { $no } is recorded; the officer answers in a safe way before { $due }.
rights-see_later_child = Somebody else may read this phone, so we show nothing here. Your request no. { $no } is recorded; we answer in a safe way before { $due }.
rights-consent = Agreed to be contacted (text no. { $version }): on { $day }{ $withdrawn ->
    [yes] , withdrawn
   *[no] {""}
    }.
rights-taken = Request no. { $no } is recorded. The officer will correct it and answer you before { $due }.
rights-taken_child = Your request no. { $no } is recorded, and we will answer before { $due }.
rights-withdrawn_erased = Your consent is withdrawn. We have erased the name and number you left in report { $code }; the last backup copy is gone within 35 days.
rights-withdrawn_erased_child = Your consent is withdrawn. We have erased the name and number you left in message { $code }; the last backup copy is gone within 35 days.
rights-withdrawn_none = You left no name or number in report { $code }, so there is nothing to withdraw.
rights-withdrawn_none_child = You left no name or number in message { $code }, so there is nothing to withdraw.
rights-withdrawn_held = Your consent is withdrawn: nobody uses the number you left any more. File { $code } must be kept by the rules for now, so the number is erased when that ends.
rights-withdrawn_held_child = Your consent is withdrawn: nobody uses the number you left any more. File { $code } must be kept by the rules for now, so the number is erased when that ends.
rights-erase_asked = Your request no. { $no } to erase is recorded; you get an answer before { $due }. What was reported about a child must be kept by law to protect the child; the name and number you left can go at once: write "withdraw consent".
rights-erase_asked_child = Your request no. { $no } to erase is recorded, and we will answer before { $due }. Some of it we must keep to protect you.
rights-closed = Your request no. { $no } about your data has been carried out.
rights-closed_child = We have done what you asked in your request no. { $no }.
rights-why_open = Request no. { $no }: the matter is being worked on, so the file cannot be erased yet. You can ask again when it is over.
rights-why_open_child = Your request no. { $no }: we are still helping you, so it cannot be erased yet. You can ask again when it is over.
rights-why_hold = Request no. { $no }: the file must be kept by the rules for now, so it cannot be erased yet.
rights-why_protect = Request no. { $no }: the law has us keep what was reported about a child to protect the child, so that part is not erased. The name and number you left can be erased at any time.
rights-why_protect_child = Your request no. { $no }: what you told us has to be kept to protect you, so it is not erased. The name and number you left can be erased at any time.
rights-why_not_theirs = Request no. { $no }: we cannot be sure that whoever asks is who sent it, so we could not do it. You can write from the phone that reported, or send your secret code.
rights-why_suspected = Request no. { $no }: by the rules we cannot carry out this request.

my_data-correction = What should be corrected?
child-correction = What should be corrected?

notice-rights_new = Request no. { $no } about personal data. An answer is due by { $due } on { $due_day }.
notice-rights_soon = Reminder: request no. { $no } about data is due at { $due } on { $due_day }.
notice-rights_late = Request no. { $no } about data has been overdue since { $due } on { $due_day }.
notice-breach_new = Data breach no. { $no }. The authority must be told by { $due } on { $due_day }.
notice-breach_soon = Reminder: data breach no. { $no }, notice due at { $due } on { $due_day }.
notice-breach_late = Data breach no. { $no }: the notice has been overdue since { $due } on { $due_day }.
notice-breach_over = Data breach no. { $no } was closed: no notice to the authority is due. The reason stands in its record.
notice-keep_asked = File { $code } was closed long ago. Does it still have to be kept?
notice-erase_asked = { $code }: somebody asks to erase the file; a second person must agree.
notice-erase_refused = { $code }: the file is not erased.

act-ask_erase = Ask to erase the file
act-agree_erase = Agree to erase
act-refuse_erase = Do not erase
act_ask_erase-ground = Why should this file be erased?
    .period = Its time is over
    .request = The person asked for it
    .mistake = Recorded by mistake
act_agree_erase-sure = It cannot be brought back: only the code, the dates and the reason stay. Do you agree to erase it?
    .yes = Agree to erase
act_refuse_erase-why = Why is it not erased?
erase-certificate = Certificate: file { $code } was erased at { $at } on { $day } ({ $reason }), decided by two people. The last backup copy is gone on { $gone }.
erase-reason_period = its time was over
erase-reason_request = asked for by the person
erase-reason_mistake = recorded by mistake
error-own_erasure = Whoever asked cannot agree: somebody else must.
error-held = The file is being kept, so it cannot be erased. To erase it, press Stop keeping first.
error-kept_open = The case is open, so it cannot be erased.
error-kept_hold = The file is being kept, so it cannot be erased.
error-kept_overdue = Something in the file is overdue, so it cannot be erased yet.
error-kept_unread = Nobody has read the newest message in the file, so it cannot be erased yet.
error-kept_asked = A request about data still waits for its answer, so it cannot be erased yet.
error-kept_joined = This file belongs to a case that is still kept, so it cannot be erased yet.
error-kept_written = The reporter wrote in the last 30 days, so it cannot be erased yet.
error-rights_what = There is no such kind of request.
error-rights_none = There is no request with this number.
error-rights_over = This request was answered already.
error-rights_extended = This request was extended once already.
error-rights_why = An extension needs a reason.
error-rights_reason = A refusal needs a reason.
error-breach_what = Please say what happened.
error-breach_ahead = It cannot have been noticed later than now.
error-breach_parts = The notice still lacks: { $parts }.
error-breach_untold = That the authority was told is not recorded yet.
error-breach_none = There is no open breach with this number.

setting-keep_dismissed = Keeping unfounded, duplicate and drill files
    .why = From the closing; then the file is erased, and only code, dates and reason stay.
setting-keep_contact = Keeping the reporter's name, number and address
    .why = From the closing. A commune may only keep them shorter.
setting-keep_resolved = Keeping files of hazards and special circumstances
    .why = From the closing; then the file is erased.
setting-keep_abuse = Asking about files of abuse
    .why = From the closing. Nothing is erased by itself: the leader is asked whether it must still be kept. A commune may only wait longer.
error-page_only = This is done on the work pages only: write /web to open them.

rights-no_case = There is no file with this code. Please ask again whoever made the request.
rights-what = Request no. { $no }, report { $code }: { $what ->
    [see] wants to see what they sent
    [correct] wants it corrected
    [withdraw] withdraws consent
    [restrict] wants its use restricted
    [object] objects to its use
   *[erase] asks to erase what they sent
    }. To be done by { $due } on { $due_day }.
rights-acked = The officer has received your request no. { $no } and is looking at it.
rights-acked_child = We have received your request no. { $no } and are looking at it.
rights-noted = Noted on request no. { $no }.
errand-rights_what = See the request
errand-rights_seen = Received, looking at it
errand-rights_done = Done
errand-rights_protect = Kept: file about a child
errand-rights_open = Kept: case is open
errand-rights_hold = Kept: file is held
breach-draft = DRAFT NOTICE OF A PERSONAL DATA BREACH no. { $no }, noticed at { $at } (to be checked against the authority's form)
breach-what = What happened: { $words }
breach-whose = Whose data, of which kind: { $words }
breach-count = How many people and files: { $words }
breach-when = From when to when: { $words }
breach-consequences = What it led or may lead to: { $words }
breach-measures = What was done and will be done: { $words }
breach-contact = Whom to contact: { $words }
