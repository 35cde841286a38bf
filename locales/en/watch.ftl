notice-watch = System watch ({ $rule }): { $count } not in order, since { $at } on { $at_day }. { $rule ->
    [I1] An open case has no reminder ahead. Please call the technical person now.
    [I2] A reminder is more than 5 minutes late. Please check that the program runs.
    [I3] A message should have left and has not. Please check the channels with bot check.
    [I4] A message came in and was not read. Please check that the program runs.
    [I5] A reporter had no receipt. Please look at the server's log.
    [I6] A message was sent and the channel did not confirm it. Please look at the server's log.
    [I7] Something could not be delivered or read, and nobody has looked.
    [I8] A message has been on its way for too long. Please check that the program runs.
    [I9] The audit does not add up. Please run bot audit verify.
    [I10] A place has nobody to call, or somebody to call has no address that works. Please invite somebody or connect an address.
    [poll] A channel does not answer when asked for new messages. Please check the channels with bot check.
    [worker] No process works any more. Please start the program again.
    [rehearsal] The daily drill did not get through. Please check the program.
    [backup] No backup was made for more than a day. Please check the disk of the backups.
   *[restore] No backup has been proved for long. Please run bot restore-drill.
    }
notice-watch_unseen = System watch ({ $rule }): { $count } messages could not be delivered or read and nobody has looked, since { $at } on { $at_day }. Please check the addresses of staff and the new cases, then press the button below.
notice-admin_clock = The server's clock has just jumped by { $minutes } minutes. Reminders go on; please check the machine's time.
errand-seen = I have looked
watch-seen = { $count ->
    [0] Nothing is left to look at.
   *[other] Noted: you have looked at { $count } messages that could not be delivered or read.
    }
notice-drill = DRILL – this is not a real case. Please press I heard it at once.
weekly-unheard = Did not hear the alarm drill: { $names }
weekly-unheard_there = Where somebody did not hear the alarm drill: { $names }
watch-drill = DRILL.
watch-title = Watch
watch-head = { $how ->
    [well] Everything held at { $at } on { $at_day }.
    [bad] The look of { $at } on { $at_day } found what is not in order:
    [never] The watch has not looked yet. Please look again in a minute.
   *[silent] The watch has stopped; it last looked at { $at } on { $at_day }. Please start the program again.
    }
watch-rehearsed = { $missing ->
    [none] The automatic test report of { $day } went the whole way: taken by the web page after { $door } s, receipt after { $receipt } s, alert after { $alert } s, acknowledged after { $press } s.
    [door] The automatic test report of { $day } did not get into the web page. Please try from outside whether the page opens.
    [receipt] The automatic test report of { $day }: taken by the web page after { $door } s; neither receipt nor alert has been seen.
    [alert] The automatic test report of { $day }: its alert has not been seen.
   *[press] The automatic test report of { $day }: its alert came after { $alert } s and was not acknowledged at every address.
    }
watch-drills = Alarm drills of the last 7 days
watch-heard = { $day } · { $role } { $name } ({ $place }): { $channel ->
    [none] not heard
   *[other] heard on { $channel } after { $count } seconds
    }
