# What reporters and children read (DOMAIN 6, 8, 12). At most two short sentences a question.

# A commune, ward or special zone as a sentence names it.
named = { $unit ->
    [ward] { $name } ward
    [zone] { $name } special zone
   *[commune] { $name } commune
    }

talk-hello = Hello. This is an automatic reply from the commune, which takes reports about children's safety. If a child is in danger, please call now: 113 (police), 115 (ambulance), 114 (rescue, drowning) or 111 (child helpline, free, day and night).
talk-hello_commune = Hello. This is an automatic reply from the People's Committee of { named }, which takes reports about children's safety. If a child is in danger, please call now: 113 (police), 115 (ambulance), 114 (rescue, drowning) or 111 (child helpline, free, day and night).
talk-hello_child = Hello. It was very brave of you to write. This is not your fault.
talk-automatic_child = This is an automatic reply from the commune. If you are in danger, call 113 or 111 now; calling 111 is free.
talk-if_child = If you are a child, please press or write "I am a child".
talk-adult_again = Thank you for telling us.
talk-no_name_needed = You don't have to be sure to make a report, and you don't have to give your name.
talk-limits = Only people whose job is to help you can read your messages. If you are in danger, we have to tell the child protection officer, to keep you safe.
talk-limits_friend = Only people whose job is to help your friend can read your messages. If your friend is in danger, we have to tell the child protection officer, to keep your friend safe.
talk-danger = If the child is in danger, please call 113, 115, 114 or 111 now. We are still taking down your report.
talk-danger_friend = Tell a grown-up you trust right away, then call 111 or 113. Calling 111 is free.
talk-danger_child = Find a place with a grown-up you trust, then call 111 or 113. Calling 111 is free.
talk-sos_child = We have noted that you need help right now. Please call 111 or 113, don't wait for a message.
talk-person = This is an automatic reply. To talk to someone right away, please call 111 (free, day and night); if you answer the question below, an officer of the commune will get your report.
talk-person_first = To talk to someone right away, please call 111. If you answer the question below, an officer of the commune will get your report.
talk-person_child = This is an automatic reply. If you call 111, someone will listen right away, and it is free; if you go on here, people in your commune will get your message.
talk-person_told = The officer has been told that you want to talk, but we don't know when they can answer. To talk to someone right away, please call 111 (free, day and night).
talk-person_told_child = The person helping you has been told that you want to talk, but we don't know when they can answer. If you want someone to listen right away, call 111, it is free.
talk-who_reads = We only ask what we need to help the child, and we keep it private. You can see, correct or ask us to delete what you sent.
talk-who_reads_child = Only people whose job is to help you can read your messages; your parents do not get them. If you are in danger, we have to tell the child protection officer. Anyone holding this phone can see the chat, so press Exit when you have finished.
talk-taken_back_child = That's all right. Whenever you need us, write here or call 111.
talk-not_understood = We have noted that. Please choose or answer below.
talk-not_understood_child = Thank you, we have noted that. Please choose or answer below.
talk-call_a_person = You can call 111 (free, day and night) to talk to someone. What you just wrote has been kept.
talk-call_a_person_child = You can call 111 to talk to someone, it is free. We have kept what you just wrote.
talk-kept = Received and added to your report.
talk-kept_child = We have got it and kept it.
talk-still_there = What you told us is still here.
talk-exit = Ended. Thank you.
talk-cancelled = Stopped. What you already sent is kept.
talk-nothing_open = There is no question waiting for you.
talk-help = This is an automatic reply that takes reports about children's safety. If it is urgent, please call 113, 115, 114 or 111 (free, day and night). Write anything to start a report, or "exit" to end at once.
talk-help_child = This is an automatic reply that helps keep children safe. If it is urgent, call 111 (free, day and night) or 113. Write "exit" to end at once.
language-name = English
talk-language = Xin chọn ngôn ngữ. Please choose a language.
talk-language_set = From now on we will answer in English.
talk-added = Added to report { $code }. The officer in charge will read it.
talk-added_child = We have added it to your message { $code }. The person helping you will read it.
talk-menu_child = We have your message { $code }. You can write more at any time.
talk-closed = What you wrote has been added to report { $code }, which is now closed. For anything new, press Report something else or call 111.
talk-closed_child = We have added it to your message { $code }, which is now closed. If something new happens, press Report something else or call 111.
talk-menu = Your report { $code } is being dealt with. You can write more at any time.
talk-follow_none = There is no report from this address yet. If you have a 16-digit secret code, send it here.
talk-follow_none_child = There is no message of yours on this phone yet. If you have a 16-digit secret code, send it here.
talk-group = Please write to us in private.
talk-group_link = Please write to us in private: { $link }
talk-too_big = This file is too large for us to receive. Your report is still kept.
talk-too_big_child = This file is too big for us to receive. What you told us is still kept.
talk-slow = You are writing faster than we can answer. Every message is kept; if it is urgent, please call 111 or 113.
talk-slow_child = You are writing faster than we can answer. Every message is kept; if it is urgent, call 111 or 113.
talk-withheld = Zalo did not pass this message on to us, so nobody has read it. If somebody is in danger, please call 111 (free, day and night) or 113 now.
talk-withheld_link = Zalo did not pass this message on to us, so nobody has read it. If somebody is in danger, please call 111 (free, day and night) or 113 now. You can tell us on this page: { $link }
talk-elsewhere = Reports cannot be taken here. If somebody is in danger, please call 111 (free, day and night) or 113 now.
talk-elsewhere_link = Reports cannot be taken here. If somebody is in danger, please call 111 (free, day and night) or 113 now. You can tell us on this page: { $link }
talk-withheld_filed = The officer on duty will know that somebody is trying to reach us.
talk-withheld_words = (Zalo kept back { $count } messages of this person; we could not read a word. It may be a child, or a picture, a place, a film that Zalo does not pass on.)
talk-repeat = 🔁 Sent again.
talk-repeated = The last message came twice; reading it once is enough.
talk-update = Update:
ask-location = Share my location
    .why = Your location is only used to find the right commune and reach the child sooner.
ask-contact = Share my phone number
    .why = An officer will only contact you if you agree.
talk-demo = TRIAL MODE

time-day = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
    }
time-day_of = { $day } { $year }
span-hour = { $minute ->
    [none] { $hour }:00
   *[other] { $hour }:{ $minute }
    }
span-at = at { $from } on { $day }
span-near = about { $from } on { $day }
span-between = from { $from } to { $to } on { $day }
span-around = about { $from } to { $to } on { $day }
span-night = about { $from } on { $day } to { $to } on { $last }
span-day = on { $day }
span-about = around { $day }
span-days = around { $day } to { $last }
receipt-time = { $hour }:{ $minute }
receipt-opened = Your report was received at { $at }. Report code: { $code }. { $alerted ->
    [yes] The officer on duty has been alerted; if things get worse, call 113 or 111, don't wait for a message.
    [later] If things get worse, call 113 or 111, don't wait for a message.
   *[no] No officer could be alerted yet. Please call 113 or 111 now, don't wait for a message.
    }
receipt-opened_child = We got your message at { $at }, message code { $code }. { $alerted ->
    [yes] The child protection officer has been told. If you don't feel safe, call 111 or 113.
    [later] If you don't feel safe, call 111 or 113.
   *[no] We could not reach anyone yet. Please call 111 now, it is free.
    }
receipt-opened_friend = We got your message at { $at }, message code { $code }. { $alerted ->
    [yes] The child protection officer has been told. If your friend is in danger, call 111 or 113.
    [later] If your friend is in danger, call 111 or 113.
   *[no] We could not reach anyone yet. Please call 111 now, it is free.
    }
receipt-next = Thank you, we have what we need for report { $code }. { $due ->
    [taken] An officer has taken the case.
    [urgent] If nobody takes it within 15 minutes, the system alerts someone else.
    [city] We don't know the commune yet, so the city desk will look at it first.
   *[calm] An officer will look at it during the working day; if not, it goes to the next level automatically.
    } You can write more here at any time.
receipt-next_child = Thank you for writing. { $due ->
    [taken] Someone has taken your message and is finding a way to help you.
    [urgent] If the first person does not answer, someone else will be told.
    [city] We will find the right person near you.
   *[calm] We will look at it and find a way to help you.
    } You can write more here at any time; your message code is { $code }.
receipt-access = Your secret code: { $access }. It is shown only once and opens your report on another phone. Please don't give it to anyone.
receipt-access_child = Your secret code: { $access }. It is shown only once and opens your messages on another phone. Don't give it to anyone.
receipt-access_wrong = That secret code is not right. Please check it; if it is urgent, call 111 or 113.
receipt-access_once = The secret code is shown only once, and it has been sent already.

standing-skip = Skip
standing-back = Back
standing-exit = Exit
standing-follow = Follow my report
standing-child = I am a child
standing-sos = I need help now
standing-call = Call 111 (free)
standing-friend = It's about a friend
standing-adult = I am an adult
standing-keep = Keep as it was
standing-cancel = Cancel

common-yes = Yes
common-no = No
common-unknown = I don't know
common-more = More…
common-other = Other…

report-danger_now = Is the child in danger right now?
    .now = Yes, right now
    .no = No
    .unsure = Not sure
report-child_place = Where is the child now? Share the location, or write the village and commune.
    .same = Where it happened
report-place = Which village and commune did it happen in?
    .same = Where the child is now
report-place_elsewhere = Do you mean { $unit } { $name }, { $province }?
    .yes = Yes
    .other = Somewhere else
report-place_confirm = Do you mean { named }?
    .yes = Yes
    .other = Another commune
report-place_hint = { $same ->
    [yes] Did it happen in { named }?
   *[no] Did it happen in { $via }, { named }?
    }
    .yes = Yes
    .other = Another commune
report-place_hints = Which commune did it happen in?
    .other = Another commune
    .elsewhere = None of these
report-child_place_hint = { $same ->
    [yes] Is the child in { named } now?
   *[no] Is the child in { $via }, { named } now?
    }
    .yes = Yes
    .other = Another commune
report-child_place_hints = Which commune is the child in now?
    .other = Another commune
    .elsewhere = None of these
report-place_which = Which commune is that?
    .other = Another commune
    .elsewhere = None of these
report-place_district = Which place is that?
    .commune = Đại Lộc commune (Ái Nghĩa, Hiệp, Hòa, An, Nghĩa)
    .district = Elsewhere in the former Đại Lộc district
report-kind = What is happening?
    .hurt = Hit or bullied
    .sexual = Sexual touching, advances
    .alone = Abandoned or lost
    .hazard = Danger, accident
    .more = Something else…
report-kind_hint = What you are reporting is: { $kind }. Is that right?
    .yes = Yes
    .other = Something else…
report-kind_hints = Which is closest?
    .other = Something else…
report-kind_detail = Which is closest?
    .exploited = Exploited, trafficked
    .self_harm = Doesn't want to live
    .conflict_law = Breaking the law
    .hardship = Out of school, hardship
    .other = Something else
report-conflict = Does the person harming the child work for the commune, the school or the police?
    .commune = The commune
    .school = The school
    .police = The police
    .no = No
    .unknown = I don't know
report-child_age = About how old is the child?
    .unknown = I don't know
report-story = Tell us briefly what you saw or heard.
report-more = Could you answer a few more questions?
    .ok = Yes
    .send = Send now
report-extra_harmer_with_child = Is that person with the child now?
report-extra_child_injured = Is the child hurt?
report-extra_happened_before = Has this happened before?
report-extra_school_name = Which school does the child go to?
report-extra_school_who = Who at the school did this?
report-extra_school_knows = Does the school know?
report-extra_bullying_where = Is it happening at school or online?
    .school = At school
    .online = Online
    .both = Both
    .unknown = I don't know
report-extra_bullying_since = How long has it been going on?
report-extra_bullying_afraid = Is the child afraid to go to school?
report-extra_weapon = Does that person have a weapon?
report-extra_harmer_where = Where is that person now?
report-extra_online_where = Which app or site is it happening on?
report-extra_online_threat = Is the child being threatened?
report-extra_online_meeting = Have they arranged to meet?
report-extra_child_alone = Is the child alone now?
report-extra_alone_since = Since when?
report-extra_who_cares = Who usually looks after the child?
report-extra_with_whom = Who is the child with now?
report-extra_last_seen = Where and when was the child last seen?
report-extra_wearing = What is the child wearing?
report-extra_went_with = Who did the child go with?
report-extra_out_of_water = Is the child out of the water?
    .yes = Yes
    .no = Not yet
    .unknown = I don't know
report-extra_breathing = Is the child breathing?
report-extra_awake = Is the child conscious?
report-extra_bleeding = Is the child bleeding heavily?
report-extra_place_type = What kind of place is it?
    .pond = Pond, lake
    .well = Well
    .pit = Construction pit
    .power = Exposed wiring
    .river = River bank
    .other = Another place
report-extra_children_play_there = Do children often play there?
report-extra_place_owner = Who is in charge of the place?
report-extra_labour_what = What work does the child have to do?
report-extra_goes_home = Is the child allowed to go home and to school?
report-extra_taken_where = Where is the child about to be taken, and when?
report-extra_who_has_papers = Who is holding the child's papers?
report-extra_wedding_when = When is the wedding planned?
report-extra_forced = Is the child being forced?
report-extra_somebody_near = Is someone with the child?
report-extra_already_hurt = Has the child already hurt themselves?
    .yes = Yes
    .no = Not yet
    .unknown = I don't know
report-extra_led_by_whom = Is someone leading the child into it, or forcing them?
report-extra_hardship_since = How long has the child been out of school?
report-extra_lives_with = Who does the child live with?
report-extra_needs_first = What does the child need first?
report-harmer = Who is the person harming the child?
    .parent = Parent
    .carer = Carer
    .known = Someone they know
    .stranger = Stranger
    .unknown = I don't know
report-harmer_access = Can that person still get to the child?
report-protector = Is an adult protecting the child?
report-help_given = What has been done to help the child so far?
report-when = When did it happen?
    .today = Today
    .yesterday = Yesterday
    .week = This week
    .longer = Longer ago
report-when_hint = Did it happen { $span }?
    .yes = Yes
    .other = Another time
report-child_sex = Is the child a boy or a girl?
    .male = Boy
    .female = Girl
    .unknown = I don't know
report-child_name = What is the child's name, if you know it?
report-media = Do you have a photo of the place, or messages about this? Please don't send pictures of the child's body or injuries.
    .no = No
report-contact = Would you like to leave your name or phone number?
report-contact_give = Please write your name or phone number.
report-contact_consent = Do you agree that the officer may keep this number and use it to contact you about this report? You can withdraw your consent at any time.
    .agree = I agree
    .no = No
report-safe_time = When is it safe for us to write back to you?
    .anytime = Any time
    .morning = In the morning
    .evening = In the evening
    .no_first = Don't write first
report-shared_phone = Can anyone else see this phone?
report-review = Please check this:
    .send = Send
    .edit = Change
report-review_edit = Which answer would you like to change?

child-danger_now = Are you safe right now?
    .now = Not safe
    .no = Safe
    .unsure = I can't say
child-child_place = Where are you?
child-place_elsewhere = Do you mean { $unit } { $name }, { $province }?
    .yes = Yes
    .other = Somewhere else
child-place_confirm = Do you mean { named }?
    .yes = Yes
    .other = Another commune
child-child_place_hint = { $same ->
    [yes] Are you in { named }?
   *[no] Are you in { $via }, { named }?
    }
    .yes = Yes
    .other = Another commune
child-child_place_hints = Which commune are you in?
child-place_which = Which commune is that?
    .elsewhere = None of these
child-kind = What is happening to you?
    .hurt = Hit or bullied
    .sexual = Touched
    .alone = Alone or lost
    .hazard = Danger, accident
    .more = Something else…
child-kind_detail = Which is closest?
    .exploited = Made to work, taken away
    .self_harm = I don't want to live anymore
    .conflict_law = Pushed into doing wrong
    .hardship = Things are hard at home
    .other = Something else
child-story = Tell us as much as you feel able to.
child-protector = Is there a grown-up near you that you trust?
child-safe_time = When is it safe for us to write back to you?
    .anytime = Any time
    .morning = In the morning
    .evening = In the evening
    .no_first = Don't write first
child-shared_phone = Can anyone besides you see this phone?
child-child_name = What would you like us to call you?

friend-danger_now = Is your friend safe right now?
    .now = Not safe
    .no = Safe
    .unsure = I don't know
friend-child_place = Where is your friend?
friend-place_elsewhere = Do you mean { $unit } { $name }, { $province }?
    .yes = Yes
    .other = Somewhere else
friend-place_confirm = Do you mean { named }?
    .yes = Yes
    .other = Another commune
friend-child_place_hint = { $same ->
    [yes] Is your friend in { named }?
   *[no] Is your friend in { $via }, { named }?
    }
    .yes = Yes
    .other = Another commune
friend-child_place_hints = Which commune is your friend in?
friend-kind = What is happening to your friend?
    .hurt = Hit or bullied
    .sexual = Touched
    .alone = Alone or lost
    .hazard = Danger, accident
    .more = Something else…
friend-kind_detail = Which is closest?
    .exploited = Made to work, taken away
    .self_harm = Doesn't want to live
    .conflict_law = Pushed into doing wrong
    .hardship = Things are hard at home
    .other = Something else
friend-protector = Is there a grown-up near your friend that they trust?
friend-child_name = What is your friend's name, if you want to tell us?

remark-drowning_child = Shout for a grown-up right now, and do not jump into the water. Please call 114 or 115.
remark-injury_child = Call a grown-up near you right now. Please call 115.
remark-self_harm = Thank you for telling us this. Please call 111: someone will listen right now, and it is free.
remark-self_harm_child = Thank you for telling us. You don't have to go through this alone: call 111, someone will listen to you right now, and it is free.
remark-self_harm_friend = Thank you for looking out for your friend. Tell a grown-up you trust, then call 111; someone will listen right now, and it is free.
remark-call = If it is urgent, please call: { $numbers }.
remark-conflict = { $unit ->
    [commune] This report goes one level up. From now on nobody in the commune can see it.
    [police] This report is not passed on to the commune police.
   *[school] This report is not passed on to the school.
    } You can also call 111, free, day and night.
remark-elsewhere = This place ({ $place }) is not one of the communes served here. Your report is taken all the same, and somebody on duty will see it. If it is urgent, call 113, or 111 (child protection, free, day and night).
remark-elsewhere_child = That place is not one of the communes here, but we still take what you tell us. If it is urgent, call 111, it is free.
remark-elsewhere_friend = That place is not one of the communes here, but we still take what you tell us. If it is urgent, call 111, it is free.
remark-age_16_17 = We still take this report. You can also call 111 or 113.
remark-sexual = Please don't question the child again and again, don't post about it, and don't confront the person you suspect.
remark-stay_calm = Please stay calm, you are doing the right thing. If you haven't called yet, call 113, 115 or 114 now.

error-empty_child = There was nothing in this message that we could read. Please write it again in words.

card-friend = Another child wrote for a friend: the place and the name are the friend's.
card-asks_person = The person writing wants to talk to an officer, not only to a machine.
card-signs = Signs to notice: { $signs }
sign-left = the child left in a hurry after saying they were in danger
sign-stopped = the child stopped suddenly after saying they were in danger
sign-taken_back = the child then said it was nothing, or only a joke
sign-taken_over = someone then wrote that they are an adult, perhaps holding the child's phone
sign-curt = the child only answers in single words

notice-asks_person = { $code }: the person writing wants to talk to an officer. Level: { $level }.
notice-went_quiet = { $code }: the person writing has stopped answering. Level: { $level }.

kind-violence_home = Violence at home
    .child = A grown-up at home hits me, shouts at me or locks me in
    .friend = A grown-up at home hits them, shouts at them or locks them in
    .tip = If you feel it is safe, stay near the child until someone comes.
kind-violence_school = Violence at school
    .child = A grown-up at school hits or hurts me
    .friend = A grown-up at school hits or hurts them
    .tip = Keep messages and pictures; please don't post them online.
kind-bullying = Bullying
    .child = Other children tease me, threaten me, hit me or leave me out
    .friend = Others tease them, threaten them, hit them or leave them out
    .tip = Tell the child it was good to speak up. Don't tell them to hit back.
kind-violence_other = Violence by others
    .child = Someone outside my home hits or threatens me
    .friend = Someone outside their home hits or threatens them
    .tip = Take the child to a place with adults, lock the door, call 113.
kind-sexual_abuse = Sexual abuse
    .child = Someone touched my private parts, or made me touch theirs
    .friend = Someone touched their private parts, or made them touch theirs
    .tip = Please take the child to a hospital or health station as soon as you can. Don't wash the child or the clothes they are wearing yet.
kind-online_abuse = Online abuse or grooming
    .child = Someone online wants pictures of me, threatens me or wants to meet
    .friend = Someone online wants pictures of them, threatens them or wants to meet
    .tip = Don't delete the messages, don't send more pictures or money, block that person.
kind-neglect = Neglect
    .child = I am hungry, ill or alone and nobody looks after me
    .friend = They are hungry, ill or alone and nobody looks after them
    .tip = If you can, look after the child until someone comes.
kind-abandonment = Abandonment
    .child = The person who looks after me left and didn't come back
    .friend = The person who looks after them left and didn't come back
    .tip = Keep the child warm, and don't hand the child to strangers.
kind-missing = Missing or lost child
    .child = I am lost, or I can't find my friend
    .friend = My friend is lost, or I can't find them
    .tip = Call 113 now, don't wait.
kind-drowning = Drowning
    .child = Someone has fallen into the water
    .friend = My friend has fallen into the water
    .tip = Shout for people nearby. If you are not trained, don't jump in; throw a float, a plastic can or a rope, or hold out a pole for the child to grab.
kind-injury = Accident, injury
    .child = My friend or I had a fall, a burn, an electric shock or a road accident
    .friend = My friend had a fall, a burn, an electric shock or a road accident
    .tip = Call 115. Don't move the child if a bone, the head or the neck may be injured.
kind-dangerous_place = Dangerous place
    .child = A place without a fence where you could fall or drown
    .friend = A place without a fence where you could fall or drown
    .tip = Keep children away; if you can, put up a sign or something that warns people.
kind-labour = Child labour, exploitation
    .child = I am made to do heavy work or to beg
    .friend = They are made to do heavy work or to beg
    .tip = Please don't go to see the employer yourself.
kind-trafficking = Child trafficking
    .child = Someone is taking me far away and won't let me go home
    .friend = Someone is taking them far away and won't let them go home
    .tip = Write down phone numbers and number plates; don't follow them.
kind-child_marriage = Child marriage
    .child = I am being forced to marry
    .friend = They are being forced to marry
    .tip = Please don't tell anyone that you made this report.
kind-self_harm = Self-harm, doesn't want to live
    .child = I am so sad that I don't want to live anymore
    .friend = They are so sad that they don't want to live anymore
    .tip = Don't leave the child alone. Put medicines, knives and ropes out of reach.
kind-conflict_law = In conflict with the law, drug use
    .child = Someone gets me to do wrong or take drugs
    .friend = Someone gets them to do wrong or take drugs
    .tip = Listen to the child first; don't hit or scold.
kind-hardship = Out of school, hardship
    .child = I had to leave school, things are hard at home, nobody looks after me
    .friend = They had to leave school, things are hard at home, nobody looks after them
    .tip = The school, the health station or the village head can tell you about support.
kind-other = Something else
    .child = Something else that scares me
    .friend = Something else that scares me
    .tip = It is enough to tell us in your own words.
kind-exploited = Exploited, trafficked
    .child = Made to work, taken away
