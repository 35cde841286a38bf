# The poster for public places. For other words: bot poster --words, change them, bot poster --text FILE.

poster-head = { $village ->
    [none] People's Committee of { named }
   *[other] { $village }, { named }
    }
poster-title = Worried about a child? Please tell us
poster-call = A child is in danger: please call now
poster-child_number = 111
poster-child_line = child helpline
    free, day and night
poster-police_number = 113
poster-police_line = police
    115 ambulance · 114 rescue, drowning
poster-scan = Cannot call? Scan and write
poster-how = 1. Open the phone's camera and point it at the code.
    2. Press the link, press Start.
    3. Write what you saw. You need not give your name.
poster-link = Or open { $link }
poster-telegram = With Telegram
poster-zalo = With Zalo, then send { $code }
poster-child = Are you a child? You can write too, or call 111. What happened is not your fault.
poster-foot = Answers come from an automatic system; an officer is told. If it is urgent, please call.
