# Files that people send: what they and the staff are told about them.

# Said at once, to an adult and to a child.
media-voice = We have your voice message. An officer will listen to it.
media-voice_child = We have your voice message. The person helping you will listen to it.
media-image = We have your picture; only the officer in charge can see it. Please don't send pictures of a child's body or injuries.
media-image_child = We have your picture; only the person helping you can see it. Please don't send pictures of your body or injuries.
media-added_voice = We have added your voice message to report { $code }. An officer will listen to it.
media-added_voice_child = We have added your voice message to your message { $code }. The person helping you will listen to it.
media-added_image = We have added your picture to report { $code }; only the officer in charge can see it. Please don't send pictures of a child's body or injuries.
media-added_image_child = We have added your picture to your message { $code }; only the person helping you can see it. Please don't send pictures of your body or injuries.
media-image_locked = We have it and have locked it; only the person in charge and the leader can open it. Please don't send more pictures or videos like this, don't pass them on, don't post them, and don't delete the original messages. To ask at once, call 111 (free, day and night).
media-image_locked_child = We have it and have locked it; only the person helping you can open it. None of this is your fault. Please don't send more, and don't send that picture to anyone else. If you want to talk to someone now, call 111; it is free.
media-now_locked = The pictures or videos you sent are locked now; only the person in charge and the leader can open them. Please don't send more, don't pass them on, and don't post them. To ask at once, call 111 (free, day and night).
media-now_locked_child = The pictures you sent are locked now; only the person helping you can open them. None of this is your fault. Please don't send more, and don't send that picture to anyone else. If you want to talk to someone now, call 111; it is free.
media-added_locked = We have added it to report { $code } and locked it; only the person in charge and the leader can open it. Please don't send more pictures or videos like this, don't pass them on, don't post them, and don't delete the original messages. To ask at once, call 111 (free, day and night).
media-added_locked_child = We have added it to your message { $code } and locked it; only the person helping you can open it. None of this is your fault. Please don't send more, and don't send that picture to anyone else. If you want to talk to someone now, call 111; it is free.
media-own_number = We will only keep your phone number if you agree, and we will ask you later on.
media-own_number_after = Your phone number has not been kept. If you agree that an officer may call you, please write the number here.

# Said once when a file did not come.
media-too_big_link = This file is too large for us to receive; your report is kept. If you can, send a file under 20 MB here or on the page { $link }.
media-too_big_link_child = This file is too big for us to receive; what you told us is kept. If you like, send a smaller file here or on the page { $link }.
media-gone = We couldn't receive a file you sent. Your report is kept; if you can, please send that file again.
media-gone_child = We couldn't receive a file you sent. What you told us is kept; if you like, send it again.
media-type = We can't open one of the files, so it was not kept. Your report is kept; you can send a picture, a voice message, a video, or tell us in words.
media-type_child = We can't open one of the files. What you told us is kept; you can send a voice message or tell us in words.
media-empty = One of the files was empty, so we couldn't keep it. Your report is kept; if you can, please send it again.
media-empty_child = One of the files was empty, so we couldn't keep it. What you told us is kept; if you like, send it again.
media-full = This report already has many files, so we can't take any more. Your words are kept.
media-full_child = You have already sent many files, so we can't take any more. Your words are kept.

# What the page is answered when it sends a file.
media-api_too_big = This file is larger than 20 MB, so it was not sent. Please send a smaller one.
media-api_type = We can't take this kind of file. Please send a picture, a voice message, a video, a PDF or a Word file.
media-api_empty = This file is empty, so it was not sent. Please choose another one.

# On the card of the staff: numbers, and what cannot be had.
media-images = { $count ->
    [one] 1 picture
   *[other] { $count } pictures
    }
media-voices = { $count ->
    [one] 1 voice message
   *[other] { $count } voice messages
    }
media-videos = { $count ->
    [one] 1 video
   *[other] { $count } videos
    }
media-files = { $count ->
    [one] 1 document
   *[other] { $count } documents
    }
media-stickers = { $count ->
    [one] 1 sticker
   *[other] { $count } stickers
    }
media-card = Sent along: { $list }
media-loading = Still loading: { $count ->
    [one] 1 file
   *[other] { $count } files
    }
media-lost = Could not be loaded: { $count ->
    [one] 1 file
   *[other] { $count } files
    }, { $why }
media-why =
    .too_big = too large
    .expired = expired
    .unreachable = no connection yet, we will try again
    .type = wrong type
    .empty = empty
    .unsafe = an unsafe document
    .full = the case already holds 200 MB
    .broken = could not be opened yet, we will try again
    .damaged = damaged here, an administrator is to look
    .looked_at = damaged here, somebody has looked
media-unsafe = { $count ->
    [one] 1 picture
   *[other] { $count } pictures
    } cannot be shown safely; the original is kept
media-card_open = Open on the pages: write /web
media-card_seen = Pictures and videos are not shown here. Open them on the pages (write /web), with a reason.
media-card_locked = Pictures and videos are locked: only the person in charge and the leader can open them on the pages (write /web), with a reason.
media-card_police = If it does show abuse: look no further, do not copy it, send it to nobody. Shut the file for good on the pages and tell the police (Tell another body).
media-card_told = The police know. The original goes to the police only: the person in charge or the leader saves it on the pages with their PIN.
media-card_shut = { $count ->
    [one] 1 file is shut for good: nobody can open it, its original goes to the police only.
   *[other] { $count } files are shut for good: nobody can open them, their originals go to the police only.
    }
media-staff_loose = This file is not in a case yet. Please reply to a message about the case to attach it.
media-staff_note = File attached

# What a page answers who wants to open a file.
media-not_here = This file has not loaded yet, or could not be loaded.
media-not_shown = This file cannot be shown safely. The original is kept.
media-reason = Please give a reason before you open it.
media-locked = This file is locked. Only the person in charge and the leader can open it.
media-shut = This file is shut for good, because it may show abuse. Nobody can open it; its original goes to the police only.
media-for_police = The original of a locked file goes to the police only, saved by the person in charge or the leader once the police were told (Tell another body).
field-numbers = Phone numbers sent along
