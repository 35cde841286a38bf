page-title = Chat
page-name = Messages
page-write = Write a message
page-send = Send
page-exit = Exit
page-picture = The picture of this message
page-location = Send my location
page-location_failed = We couldn't get your location. Please write the village and commune.
page-waiting = Not sent yet, it will be sent automatically
page-sent = Received
page-sending = Sending…
page-lost = The network is down. What you wrote goes out once it is back; if it is urgent, please call 111 or 113.
page-keys = Press Esc twice to leave at once.
page-attach = Send a picture, video or file
page-choose = Choose a picture or file
page-file_sending = { $kind ->
    [image] Sending pictures: { $n }
    [audio] Sending recordings: { $n }
    [video] Sending videos: { $n }
   *[file] Sending files: { $n }
    }
page-file_sent = { $kind ->
    [image] Pictures sent: { $n }
    [audio] Recordings sent: { $n }
    [video] Videos sent: { $n }
   *[file] Files sent: { $n }
    }
page-file_big = This file is larger than 20 MB and was not sent. A smaller picture or a few words help as well.
page-file_type = We cannot take this type of file yet. A picture, a recording or a few words help as well.
page-file_empty = This file is empty and cannot be sent. Please choose another one.
page-file_unread = This file cannot be read any more. Please choose it again.
page-stop = Stop sending
page-stopped = Stopped, the file was not sent.
page-record = Record a voice message
page-recording = Recording
page-record_drop = Discard
page-record_send = Send
page-record_failed = The microphone of this phone cannot be used. Writing works as well.
page-phone = Phone number
page-phone_send = Send this number
page-phone_short = This number is too short. Please look at it again.
page-too_long = This message is longer than 4,000 characters. Please send it in two parts.
page-failed = Not sent yet, the page keeps trying. If it is urgent, please call 111 or 113.
page-no_script = This page needs JavaScript. If it is urgent, please call 111 (free, day and night) or 113.
page-call = Call 111
page-call_113 = Call 113
page-more = See more below
page-crowded = Many people are writing at the moment; what you wrote goes out in a few seconds. If it is urgent, please call 111 or 113.
page-again = No connection yet; the page will keep trying. If it is urgent, please call 111 or 113.
page-refused = This message could not be sent. Please try again. If it is urgent, please call 111 or 113.
page-invited = You have been invited to work here. Press Start to connect this phone.
page-sure = If you exit, this phone will no longer receive alerts. Exit anyway?
page-leave = Exit anyway
page-stay = Stay
page-log = Conversation
page-demo = TRIAL MODE
page-start = Write anything to start. You don't need to log in or give your name.
api-bad_json = The content is not in the right format.
api-no_session = This chat has ended. Please open the page again.
api-not_found = There is no such address.
api-too_big = This message is too long or too large.
api-wrong_type = We can't accept this type of content.
api-slow_down = Please wait a moment before sending more. If it is urgent, call 111.
api-busy = The system is busy, please send it again. If it is urgent, call 111 or 113.
api-foreign = This request did not come from our page.
page-join = Start

slip-title = Referral slip
slip-head = Referral slip { $code }
slip-from = From: People's Committee of { named }
slip-purpose = For: { $purpose }
slip-ground = Ground: Article { $ground } of Decree 56/2017/NĐ-CP
slip-where = To be removed: { $text }
slip-text = The sender adds: { $text }
slip-received = Recorded: you received the slip at { $at } on { $day }.
slip-keep = Information about a child must be kept private. Please use it only for what is named above.
slip-receive = We have received it
slip-gone = This slip cannot be opened: the link is wrong or has expired. Please contact the sender.
slip-ready = There is a slip for you.
slip-open = Open the slip
slip-how = To open a slip, please use the link you were given.
