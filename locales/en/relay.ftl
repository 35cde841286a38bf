# Letters between reporter and staff, safe contact, the code word, quick exit.

relay-menu =
    .write = Message the officer
    .write_child = Write to us
    .follow = Follow my report
    .new = Report something else
    .access = Get my secret code
    .safety = Change safe hours
    .see = View
    .rights = My data rights
    .rights_see = See what I sent
    .rights_correct = Correct it
    .rights_withdraw = Withdraw consent
    .rights_erase = Ask to erase
    .reply = Reply

notice-reporter_letter = You have a new message.
notice-reporter_wrote = { $code }: a new message from the reporter.
notice-reporter_waiting = { $code }: the reporter has been waiting for an answer since { $since }{ $since_day ->
    [none] {""}
   *[other] {" "}on { $since_day }
    }.

relay-letter = Message from the officer{ $code ->
    [none] {""}
   *[other] {" "}about report { $code }
    }: { $text }
relay-letter_child = A message for you{ $code ->
    [none] {""}
   *[other] {" "}about { $code }
    }: { $text }
relay-closed = Report { $code } has been dealt with. If you need us, write here or call 111. Thank you.
relay-closed_child = Your message { $code } has been dealt with. If you need us, write here or call 111.
relay-no_letters = There are no new messages.
relay-other_reports = You have several reports; to write about another one, press Message the officer.
relay-other_reports_child = You have several messages with us; to write about another one, press Write to us.
relay-reply_refused = This was not sent, because the message you replied to is no longer there. Please write here instead.
relay-choose = Please choose, or answer the question below.

write-which = Which report is this about?
write-letter = Write what you want to tell the officer.
child-which = Which one is this about?
child-letter = Write what you want to tell us.

safety-safe_time = From now on, when is it safe to write to you?
safety-shared_phone = Can anyone else see this phone?
safety-code_word = You can choose a code word: sending exactly that word later tells us you are not safe. Write the word (2 to 20 letters), or press Skip.
report-code_word = You can choose a code word: sending exactly that word later tells us you are not safe. Write the word (2 to 20 letters), or press Skip.
child-code_word = You can choose a code word: when you are not safe, just send exactly that word. Write the word here, or press Skip.
relay-word_set = We will remember this word. When you send it, we alert an officer at once and reply only with an ordinary sentence.
relay-word_set_child = We will remember this word. When you send it, we call someone to help you at once and reply only with an ordinary sentence.
relay-hushed = Thank you for getting in touch.

relay-safe_hours = { $how ->
    [never] We will not write first: new messages will only show when you write here.
    [always] We may write back at any time.
   *[hours] We will only write first between { $start } and { $end }.
    }
relay-safe_hours_child = { $how ->
    [never] We will not write first: new messages will only show when you write here.
    [always] We may write back to you at any time.
   *[hours] We will only write to you first between { $start } and { $end }.
    }
relay-hour = { $hour }:00
relay-day = { $time } on { $day }

relay-traces = { $channel ->
    [web] When you press Exit, this page removes the chat from this device. Please also remove the page from the browser history.
    [telegram] When you write "exit", we remove the messages of the last two days. To remove everything on your phone: hold the name of the chat and choose Delete.
   *[other] This app does not let us remove messages. To remove them on your phone: hold the name of the chat and choose Delete.
    }
relay-traces_child = { $channel ->
    [web] When you press Exit, this page removes the chat from this device. Please also remove the page from the browser history.
    [telegram] When you write "exit", we remove the messages of the last two days. To remove everything on your phone: hold the name of the chat and choose Delete.
   *[other] This app does not let us remove messages. To remove them on your phone: hold the name of the chat and choose Delete.
    }

status-received = Report { $code }: received at { $at }, nobody has taken it yet. { $due ->
    [urgent] The system is calling more people; if it is urgent, call 113 or 111.
   *[calm] An officer will look at it during the working day; if not, it goes to the next level automatically.
    }
status-moved = Report { $code }: sent on to the right office at { $at }, nobody has taken it yet. { $due ->
    [urgent] The system is calling more people; if it is urgent, call 113 or 111.
   *[calm] If it takes too long, it goes to the next level automatically.
    }
status-reopened = Report { $code }: reopened at { $at }, nobody has taken it yet. { $due ->
    [urgent] The system is calling more people; if it is urgent, call 113 or 111.
   *[calm] If it takes too long, it goes to the next level automatically.
    }
status-again = Report { $code }: someone else needs to take it. { $due ->
    [urgent] The system is calling more people; if it is urgent, call 113 or 111.
   *[calm] The system is telling others.
    }
status-orphan = Report { $code }: it is being dealt with and is waiting for a new officer. The next level has been told.
status-acknowledged = Report { $code }: an officer took it at { $at }. They are looking into it and will write here if they have questions.
status-verifying = Report { $code }: an officer has been looking into it since { $at }. They will write here if they have questions.
status-emergency = Report { $code }: emergency help has been under way since { $at }. If things get worse, call 113 or 111.
status-detailed = Report { $code }: a fuller assessment has been under way since { $at }. The officer will write here if they have questions.
status-planning = Report { $code }: a support plan has been in preparation since { $at }. Next, the commune leader has to approve it.
status-approval = Report { $code }: the support plan has been waiting for approval since { $at }. Next, it is carried out.
status-running = Report { $code }: support has been under way since { $at }. Next, it is reviewed.
status-review = Report { $code }: it has been under review since { $at }. Next, support ends or goes on.
status-closed = Report { $code } was dealt with at { $at }. To keep it private we give no details; if you need us, write here or call 111.
status-received_child = Your message { $code }: we received it at { $at }, nobody has taken it yet. { $due ->
    [urgent] We are calling more people; if you don't feel safe, call 111 or 113.
   *[calm] We will look at it during the working day; if it is urgent, call 111.
    }
status-moved_child = Your message { $code }: sent on to people near you at { $at }, nobody has taken it yet. { $due ->
    [urgent] We are calling more people; if you don't feel safe, call 111 or 113.
   *[calm] If it is urgent, call 111.
    }
status-reopened_child = Your message { $code }: reopened at { $at }, nobody has taken it yet. { $due ->
    [urgent] We are calling more people; if you don't feel safe, call 111 or 113.
   *[calm] If it is urgent, call 111.
    }
status-again_child = Your message { $code }: we are finding someone else to help you. { $due ->
    [urgent] If you don't feel safe, call 111 or 113.
   *[calm] If it is urgent, call 111.
    }
status-orphan_child = Your message { $code } is being looked after. We are finding a new person for it.
status-acknowledged_child = Your message { $code }: someone took it at { $at }. If we have a question, we will write here.
status-verifying_child = Your message { $code }: we have been looking into it since { $at }. If we have a question, we will write here.
status-emergency_child = Your message { $code }: we have been working on it urgently since { $at }. If you don't feel safe, call 111 or 113.
status-detailed_child = Your message { $code }: we have been looking into it further since { $at }. If we have a question, we will write here.
status-planning_child = Your message { $code }: we have been finding ways to help since { $at }. You can write here at any time.
status-approval_child = Your message { $code }: our plan to help you has been waiting for approval since { $at }. You can write here at any time.
status-running_child = Your message { $code }: we have been helping since { $at }. You can write here at any time.
status-review_child = Your message { $code }: we have been checking how things are going since { $at }. You can write here at any time.
status-closed_child = Your message { $code } was dealt with at { $at }. If you need us, write here or call 111.

act-ask_reporter = Message the reporter
act_ask_reporter-reporter = Who is it for?
act_ask_reporter-text = What do you want to write? The reporter does not see your name; please don't name anyone.
clock-reporter_waiting = the reporter is waiting for an answer
rule-T13 = the reporter sent the code for "not safe" (T13)

relay-reporter = reporter { $n } ({ $at })
relay-nobody = This case has no reporter you can write to.
relay-outlook = { $how ->
    [direct] The reporter has just written, so they will see it at once.
    [now] The reporter is told at once that there is a message; they see the words only when they press View.
    [later] It will be announced at { $at } on { $day } (safe hours).
    [waits] We may not write first: it will only show when the reporter writes again.
   *[gone] The reporter cannot be reached now: it will only show if they come back.
    }
relay-sent = Case { $code }: { $how ->
    [direct] sent to the reporter.
    [now] sent; the reporter sees the words when they press View.
    [later] will be sent at { $at } on { $day } (safe hours).
    [waits] kept; it will only show when the reporter writes again.
   *[gone] kept; the reporter cannot be reached, so it will only show if they come back.
    }
relay-noted = Logged in case { $code }, not sent to the reporter.
    .send = Send to the reporter

relay-card_talk = Messages with the reporter:
relay-card_more = (and { $count } earlier)
relay-card_letter = { $at } { $day } to{ $who ->
    [none] {" "}the reporter
   *[other] {" "}{ $who }
    }: { $text }{ $seen ->
    [yes] {""}
   *[no] {" "}(not seen)
    }
relay-card_answer = { $at } { $day } from{ $who ->
    [none] {" "}the reporter
   *[other] {" "}{ $who }
    }: { $text }
relay-card_file = (file)
relay-card_gone = We cannot write back to { $who ->
    [none] the reporter
   *[other] { $who }
    }.
relay-card_waits = We may not write first to { $who ->
    [none] the reporter
   *[other] { $who }
    }: messages only show when they write again.
relay-card_hours = Safe hours to write to { $who ->
    [none] the reporter
   *[other] { $who }
    }: { $start }–{ $end }.
