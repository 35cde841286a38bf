# Only code, level, times and a colleague's role: a lock screen shows nothing else.

notice-alert = New case { $code }. Level: { $level }. Received { $at }.{ $due ->
    [none] {""}
   *[other] { " " }Due { $due } on { $due_day }.
    }
notice-escalated = { $code }: not taken after { $span } { $unit ->
    [hours] hours
   *[minutes] minutes
    }. Level: { $level }.
notice-nobody = { $code }: still not taken. Level: { $level }. Received { $at } on { $at_day }.
notice-reopened = { $code } was re-opened. Level: { $level }.
notice-reminder = Reminder: { $code } has { $hours } hours left of { $limit }.
notice-late = { $code } { $hours ->
    [0] has reached its { $limit } hours
   *[other] is { $hours } hours overdue
    }. What step are you at?
notice-idle = { $code }: nothing noted since { $since }. Which step are you at?
notice-idle_lapsed = { $code }: taken, but nothing noted. Somebody must take it again.
notice-holder_gone = { $code }: the holder cannot be reached. Level: { $level }.
notice-forward = { $code }: must go to the right place. Level: { $level }.
notice-assigned = { $code } is assigned to you. Level: { $level }.
notice-danger = { $code }: a new urgent message. Level: { $level }.
notice-raised = { $code }: new level { $level }.
notice-lowered = { $code }: new level { $level }, by { $role }.
notice-taken = { $code }: { $role } took it at { $when }.
notice-declined = { $code }: { $role } cannot take it. Level: { $level }.
notice-added = { $code }: something new has come in.
notice-closed = { $code } was closed at { $when }.
notice-undone = { $code }: the last act was undone.
notice-admin_gone = A { $role } cannot be reached on { $channel }. Please check the address.
notice-admin_nobody_on_duty = { $code }: nobody in the commune can be alerted. The next level has been told.
notice-admin_unanswered = { $code }: nobody has taken it after { $span } { $unit ->
    [hours] hours
   *[minutes] minutes
    }.
notice-admin_nobody = { $code }: there is nobody to alert, neither here nor in the city. Please add people now.
notice-admin_parked = A message could not be read. Case { $code } was opened for an officer.
notice-reporter_nobody = No officer has answered yet. Please call 111 or 113 now, do not wait for a message.
notice-reporter_nobody_child = Nobody has answered yet. Please call 111 or 113 now, 111 is free.
notice-admin_gate = Channel { $channel } is stuck: { $why }. Please check.
notice-admin_guessing = { $count } wrong secret codes within an hour: somebody may be guessing. A reporter with the right code still gets in.
