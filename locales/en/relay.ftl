# Letters between reporter and staff, safe contact, the code word, quick exit.

relay-menu =
    .write = Message the officer
    .write_child = Write to us
    .follow = Follow my report
    .new = Report something else
    .access = Get the secret code
    .safety = Change hours
    .see = View
    .reply = Reply

notice-reporter_letter = You have a new message.
notice-reporter_wrote = { $code }: a new message from the reporter.
notice-reporter_waiting = { $code }: the reporter has waited for an answer since { $since }.

relay-letter = The officer{ $code ->
    [none] {""}
   *[other] {" "}of report { $code }
    } writes: { $text }
relay-letter_child = We write to you{ $code ->
    [none] {""}
   *[other] {" "}about { $code }
    }: { $text }
relay-closed = Report { $code } has been handled. If you need to, write here or call 111. Thank you.
relay-closed_child = Your report { $code } has been handled. If you need to, write here or call 111.
relay-no_letters = There is no new message now.
relay-other_reports = You have several reports; to write about another one, press Message the officer.
relay-other_reports_child = You have several reports; to write about another one, press Write to us.
relay-reply_refused = This was not sent, because the message you answered is not there any more. Please write here directly.
relay-choose = Please choose, or answer the question below.

write-which = Which report do you want to write about?
write-letter = Write what you want to tell the officer.
child-which = Which one do you want to write about?
child-letter = Write what you want to tell us.

safety-safe_time = From now on, when is it safe to write to you?
safety-shared_phone = Can anybody else see this phone?
safety-code_word = You can choose a word of your own: sending exactly that word later means that you are not safe. Write the word (2 to 20 letters), or press Skip.
report-code_word = You can choose a word of your own: sending exactly that word later means that you are not safe. Write the word (2 to 20 letters), or press Skip.
child-code_word = You can choose a word of your own: when you are not safe, just send exactly that word. Write the word here, or press Skip.
relay-word_set = We will remember this word. When it comes, we alert an officer at once and answer only with an ordinary sentence.
relay-word_set_child = We will remember this word. When you send it, we call somebody to help you at once and answer only with an ordinary sentence.
relay-hushed = Thank you for getting in touch.

relay-safe_hours = { $how ->
    [never] We will not write first: new messages show only when you write here.
    [always] We may write back at any time.
   *[hours] We will write first only from { $start } to { $end }.
    }
relay-safe_hours_child = { $how ->
    [never] We will not write first: new messages show only when you write here.
    [always] We may write back to you at any time.
   *[hours] We will write to you first only from { $start } to { $end }.
    }
relay-hour = { $hour }:00
relay-day = { $time } on { $day }

relay-traces = { $channel ->
    [web] When you press Exit, this page removes the chat from the phone. Please also remove this page from the browser's history.
    [telegram] When you write "exit", we remove the messages of the last two days. To remove everything on your phone: hold the name of the chat and choose Delete.
   *[other] This app does not let us remove messages. To remove them on your phone: hold the name of the chat and choose Delete.
    }
relay-traces_child = { $channel ->
    [web] When you press Exit, this page removes the chat from the phone. Please also remove this page from the browser's history.
    [telegram] When you write "exit", we remove the messages of the last two days. To remove everything on your phone: hold the name of the chat and choose Delete.
   *[other] This app does not let us remove messages. To remove them on your phone: hold the name of the chat and choose Delete.
    }

status-received = Report { $code }: received at { $at }, nobody has taken it yet. { $due ->
    [urgent] The system is calling further people; if it is urgent, call 113 or 111.
   *[calm] An officer looks at it during the working day; if not, it goes to the next level by itself.
    }
status-moved = Report { $code }: sent on to the right office at { $at }, nobody has taken it yet. { $due ->
    [urgent] The system is calling further people; if it is urgent, call 113 or 111.
   *[calm] If it takes too long, it goes to the next level by itself.
    }
status-reopened = Report { $code }: opened again at { $at }, nobody has taken it yet. { $due ->
    [urgent] The system is calling further people; if it is urgent, call 113 or 111.
   *[calm] If it takes too long, it goes to the next level by itself.
    }
status-again = Report { $code }: somebody else has to take it. { $due ->
    [urgent] The system is calling further people; if it is urgent, call 113 or 111.
   *[calm] The system is telling others.
    }
status-orphan = Report { $code }: it is being handled and waits for a new officer. The level above has been told.
status-acknowledged = Report { $code }: somebody took it at { $at }. An officer is looking into it and will write here if there is a question.
status-verifying = Report { $code }: an officer has been checking it since { $at }. If there is a question, they will write here.
status-emergency = Report { $code }: it has been handled as an emergency since { $at }. If it gets worse, call 113 or 111.
status-detailed = Report { $code }: it has been looked at further since { $at }. If there is a question, the officer will write here.
status-planning = Report { $code }: a plan has been in the making since { $at }. Next the chair approves it.
status-approval = Report { $code }: the plan has awaited approval since { $at }. Next it is carried out.
status-running = Report { $code }: the plan has been under way since { $at }. Next it is reviewed.
status-review = Report { $code }: it has been under review since { $at }. Next it ends, or goes on.
status-closed = Report { $code } was handled at { $at }. To keep it private we give no details; if you need to, write here or call 111.
status-received_child = Your report { $code }: we received it at { $at }, nobody has taken it yet. { $due ->
    [urgent] We are calling further people; if you do not feel safe, call 111 or 113.
   *[calm] We will look at it during the working day; if it is urgent, call 111.
    }
status-moved_child = Your report { $code }: sent on to people near you at { $at }, nobody has taken it yet. { $due ->
    [urgent] We are calling further people; if you do not feel safe, call 111 or 113.
   *[calm] If it is urgent, call 111.
    }
status-reopened_child = Your report { $code }: opened again at { $at }, nobody has taken it yet. { $due ->
    [urgent] We are calling further people; if you do not feel safe, call 111 or 113.
   *[calm] If it is urgent, call 111.
    }
status-again_child = Your report { $code }: we are finding somebody else to help you. { $due ->
    [urgent] If you do not feel safe, call 111 or 113.
   *[calm] If it is urgent, call 111.
    }
status-orphan_child = Your report { $code } is being looked after. We are finding a new person for it.
status-acknowledged_child = Your report { $code }: somebody took it at { $at }. If there is a question, we will write here.
status-verifying_child = Your report { $code }: we have been looking into it since { $at }. If there is a question, we will write here.
status-emergency_child = Your report { $code }: we have been working on it urgently since { $at }. If you do not feel safe, call 111 or 113.
status-detailed_child = Your report { $code }: we have been looking further since { $at }. If there is a question, we will write here.
status-planning_child = Your report { $code }: we have been finding ways to help since { $at }. You can write here at any time.
status-approval_child = Your report { $code }: the way to help has awaited a yes since { $at }. You can write here at any time.
status-running_child = Your report { $code }: we have been helping since { $at }. You can write here at any time.
status-review_child = Your report { $code }: we have been looking back at it since { $at }. You can write here at any time.
status-closed_child = Your report { $code } was handled at { $at }. If you need to, write here or call 111.

act-ask_reporter = Message the reporter
act_ask_reporter-reporter = Who is it for?
act_ask_reporter-text = What do you want to write? The reporter does not see your name; please name nobody.
clock-reporter_waiting = the reporter waits for an answer
rule-T13 = the reporter sent the code for "not safe" (T13)

relay-reporter = reporter { $n } ({ $at })
relay-nobody = This case has no reporter who could be written to.
relay-outlook = { $how ->
    [direct] The reporter has just written, so it will show at once.
    [now] The reporter is told at once that there is a message; the words show only when they press View.
    [later] It will ring at { $at } on { $day } (safe hours).
    [waits] We may not write first: it shows only when the reporter writes again.
   *[gone] The reporter cannot be reached now: it shows only if they come back.
    }
relay-sent = Case { $code }: { $how ->
    [direct] sent to the reporter.
    [now] sent; the words show when the reporter presses View.
    [later] will be sent at { $at } on { $day } (safe hours).
    [waits] kept; it shows only when the reporter writes again.
   *[gone] kept; the reporter cannot be reached, it shows only if they come back.
    }
relay-noted = Noted in case { $code }, not sent to the reporter.
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
    }: it shows only when they write again.
relay-card_hours = Safe hours to write to { $who ->
    [none] the reporter
   *[other] { $who }
    }: { $start }–{ $end }.
