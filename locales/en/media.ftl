# Files that people send: what they and the staff are told about them.

# Said at once, to an adult and to a child.
media-voice = We have your voice message. An officer will listen to it.
media-voice_child = We have your voice message. The person who helps you will listen to it.
media-image = We have your picture; only the officer in charge can see it. Please do not send pictures of a child's body or injuries.
media-image_child = We have your picture; only the person who helps you can see it. Please do not send pictures of your body or injuries.
media-added_voice = Your voice message was added to report { $code }. An officer will listen to it.
media-added_voice_child = Your voice message was added to your report { $code }. The person who helps you will listen to it.
media-added_image = Your picture was added to report { $code }; only the officer in charge can see it. Please do not send pictures of a child's body or injuries.
media-added_image_child = Your picture was added to your report { $code }; only the person who helps you can see it. Please do not send pictures of your body or injuries.
media-own_number = We keep your phone number only if you agree, and will ask you later on.
media-own_number_after = Your phone number has not been kept. If you agree that an officer may call you, please write the number here.

# Said once when a file did not come.
media-too_big_link = This file is too large for us to fetch; your report is kept. If you can, send a file under 20 MB here or on the page { $link }.
media-too_big_link_child = This file is too large for us to fetch; what you told us is kept. If you like, send a smaller file here or on the page { $link }.
media-gone = We could not fetch a file you sent. Your report is kept; if you can, please send that file again.
media-gone_child = We could not fetch a file you sent. What you told us is kept; if you like, send it again.
media-type = There is a file we cannot open, so it was not kept. Your report is kept; you can send a picture, a voice message, a video, or tell us in words.
media-type_child = There is a file we cannot open. What you told us is kept; you can send a voice message or tell us in words.
media-empty = There is an empty file, so we could not keep it. Your report is kept; if you can, please send it again.
media-empty_child = There is an empty file, so we could not keep it. What you told us is kept; if you like, send it again.
media-full = This report has many files already, so we cannot take another one. Your words are kept.
media-full_child = You have sent many files already, so we cannot take another one. Your words are kept.

# What the page is answered when it sends a file.
media-api_too_big = The file is larger than 20 MB and was not sent. Please send a smaller one.
media-api_type = We cannot take this kind of file. Please send a picture, a voice message, a video, a PDF or a Word file.
media-api_empty = This file is empty and was not sent. Please choose another one.

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
media-card = Sent with it: { $list }
media-loading = Still being fetched: { $count ->
    [one] 1 file
   *[other] { $count } files
    }
media-lost = Not here: { $count ->
    [one] 1 file
   *[other] { $count } files
    }, { $why }
media-why =
    .too_big = too large
    .expired = expired
    .unreachable = no connection yet, will be tried again
    .type = wrong type
    .empty = empty
    .unsafe = an unsafe document
    .full = the case holds 200 MB already
    .broken = could not be opened yet, will be tried again
media-unsafe = { $count ->
    [one] 1 picture
   *[other] { $count } pictures
    } cannot be shown safely; the original is kept
media-card_open = Open on the pages: write /web
media-card_seen = Pictures and videos are not shown here. Open them on the pages (write /web), with a reason.
media-card_locked = Pictures and videos are locked: only the holder and the leader can open them on the pages (write /web), with a reason.
media-staff_loose = This file is in no case yet. Please answer to a message of the case to send it along.
media-staff_note = A file was sent along

# What a page answers who wants to open a file.
media-not_here = This file has not been fetched yet, or could not be.
media-not_shown = This file cannot be shown safely. The original is kept.
media-reason = Please give a reason before you open it.
media-locked = This file is locked. Only the holder and the leader can open it.
field-numbers = Phone numbers sent along
