# Only code, level, times and a colleague's role: a lock screen shows nothing else.

notice-alert = New case { $code }. Level: { $level }. Received { $at }.{ $due ->
    [none] {""}
   *[other] { " " }Due { $due } on { $due_day }.
    }
notice-escalated = { $code }: nobody has taken it after { $span } { $unit ->
    [hours] hours
   *[minutes] minutes
    }. Level: { $level }.
notice-nobody = { $code }: still nobody has taken it. Level: { $level }. Received { $at } on { $at_day }.
notice-reopened = { $code } has been reopened. Level: { $level }.
notice-reminder = Reminder: { $code } has { $hours ->
    [one] 1 hour
   *[other] { $hours } hours
    } left of { $limit }.
notice-late = { $code } { $hours ->
    [0] has reached its { $limit }-hour deadline
    [one] is 1 hour overdue
   *[other] is { $hours } hours overdue
    }. Where do things stand?
notice-idle = { $code }: nothing has been logged since { $since }{ $since_day ->
    [none] {""}
   *[other] {" "}on { $since_day }
    }. Where do things stand?
notice-idle_lapsed = { $code }: taken, but nothing was logged. Someone needs to take it again.
notice-holder_gone = { $code }: the person in charge cannot be reached. Level: { $level }.
notice-forward = { $code }: needs to be sent to the right place. Level: { $level }.
notice-forward_there = { $code }: this belongs to you but was reported elsewhere, and is waiting to be sent on. Level: { $level }.
notice-assigned = { $code } has been assigned to you. Level: { $level }.
notice-danger = { $code }: new urgent message. Level: { $level }.
notice-raised = { $code }: the level is now { $level }.
notice-lowered = { $code }: the level is now { $level }, set by the { $role }.
notice-taken = { $code }: taken by the { $role } at { $when }.
notice-declined = { $code }: the { $role } can't take it. Level: { $level }.
notice-added = { $code }: something new was added to the case.
notice-closed = { $code } was closed at { $when }.
notice-undone = { $code }: the last entry has been undone.
notice-admin_gone = A staff member ({ $role }) cannot be reached on { $channel }. Please check the address.
notice-admin_nobody_on_duty = { $code }: no officer on duty can be alerted. Whoever comes next has been told.
notice-admin_unanswered = { $code }: nobody has taken it after { $span } { $unit ->
    [hours] hours
   *[minutes] minutes
    }.
notice-admin_nobody = { $code }: there is nobody to alert, in the commune or in the city. Please add people now.
notice-admin_parked = A message could not be read. Case { $code } has been opened for an officer.
notice-reporter_nobody = No officer has answered yet. Please call 111 or 113 now, don't wait for a message.
notice-reporter_nobody_child = Nobody has answered us yet. Please call 111 or 113 now; calling 111 is free.
notice-admin_withheld = { $channel } kept back a message and does not say whose: nobody could be answered. Please check that its greeting names 111 and the web address.
notice-admin_gate = The { $channel } channel is stuck: { $why ->
    [login] somebody has to log in again (bot zalo-oa login)
    [token] its access token does not work
    [quota] no more messages may be sent
    [rate] too many at once, waiting
    [package] its package is not bought or has run out
    [balance] the Zalo Cloud account is low on balance
    [oa] the Official Account is locked or deleted
    [api] the app may not send messages yet
   *[other] { $why }
    }. Please check it.
notice-admin_missed = { $channel }: Zalo lists { $why } messages that never reached us. Please check the webhook now.
notice-admin_quota = { $channel } has sent { $count } of this month's { $quota } messages. { $saving ->
    [yes] From now on only alerts leave there; everything else waits for the next month.
   *[no] Near the end only alerts leave there.
    } Please give everybody another address.
notice-admin_billed = { $channel } has sent { $count } of this month's { $quota } messages that are billed. { $saving ->
    [yes] From now on, to whoever has been silent for long, only alerts leave there.
   *[no] Near the end, to whoever has been silent for long, only alerts leave there.
    } Whoever has just written is answered as always.
notice-admin_withdraw = Somebody on { $channel } asks for their own data to be taken back. Please look and answer.
notice-admin_buttons = { $channel } does not take buttons: questions carry numbers from now on. Nothing urgent; please tell whoever looks after the system.
notice-admin_guessing = { $what ->
    [invitations] { $count } wrong invitation codes within the last hour: someone may be guessing. Anyone with the right code still gets in.
    [links] { $count } links to the work pages that open nothing were tried within the last hour: someone may be guessing. Anyone with the right link still gets in.
    [case_codes] { $count } times within the last hour a member of staff opened cases that do not exist or are not theirs. Please look at that person's role.
   *[access_codes] { $count } wrong secret codes within the last hour: someone may be guessing. Anyone with the right code still gets in.
    }

# The name of a clock, neutral: it may stand on a lock screen.
due-separation = the term of the decision
due-plan = the plan
due-crime = passing it on
due-verify = verification
due-assess = the initial assessment
due-confirm = a confirmation
due-child_check = today's meeting
due-detail = the detailed assessment
due-approve = approval
due-task = { $no ->
    [none] a task of the plan
   *[other] task { $no } of the plan
    }
due-contact = the regular meeting
due-review = the review
due-decide = the decision after the review
due-handover = the answer to the handover
due-referral = the receipt by the other body
due-visit = the answer about the visit
due-visit_done = the result of the visit
notice-clock_soon = Reminder: { $code }, { $clock } is due at { $due } on { $due_day }. Level: { $level }.
notice-clock_late = { $code }: { $clock } has been overdue since { $due } on { $due_day }. Level: { $level }.

notice-confirm_asked = { $code }: the { $role } logged something for you to confirm by { $due } on { $due_day }. Level: { $level }.
notice-decided = { $code }: the { $role } logged a decision at { $when }. Level: { $level }.
notice-measure_confirmed = { $code }: the { $role } confirmed at { $when }.
notice-measure_refused = { $code }: at { $when } the { $role } did not confirm.{ $due ->
    [none] {""}
   *[other] {" "}The 12 hours still end at { $due } on { $due_day }.
    } Level: { $level }.
notice-child_unseen = { $code }: nobody has logged today's meeting yet. Level: { $level }.
notice-lapsed = { $code }: the decision lapsed at { $due } on { $due_day }. It must be extended or ended. Level: { $level }.
notice-visit_asked = { $code }: a visit is needed. Please answer before { $due }.
notice-visit_off = { $code }: the visit is no longer needed as of { $when }. Thank you.
notice-went_home = { $code }: the place is known now, and whoever is responsible there has been alerted. You need do nothing more. Thank you.
notice-visit_accepted = { $code }: the { $role } accepted the visit at { $when }.
notice-visit_declined = { $code }: the { $role } can't go. Please open the case to see who goes instead.
notice-visit_unanswered = { $code }: the { $role } has not answered. Please open the case to see who goes instead.
notice-visit_done = { $code }: the result of the visit came at { $when }.
notice-field_news = { $code }: the { $role } sent more at { $when }.
notice-referred = { $code }: there is something for you to act on. Level: { $level }.
notice-refer_received = { $code }: the receiving body confirmed at { $when }.
notice-crime_marked = { $code }: something must be passed on at once. Level: { $level }.
notice-handover_offered = { $code }: a handover is offered. Level: { $level }. Please answer before { $due } on { $due_day }.
notice-handover_waits = { $code }: the offered handover has not been answered. Level: { $level }.
notice-handover_accepted = { $code }: the { $role } there accepted the handover at { $when }.
notice-handover_declined = { $code }: the { $role } there declined the handover. Level: { $level }.
notice-handover_disputed = { $code }: a handover is not agreed; please decide. Level: { $level }.
notice-handover_withdrawn = { $code }: the offered handover was withdrawn.
notice-handover_settled = { $code }: the { $role } decided that it stays with you. Level: { $level }.
