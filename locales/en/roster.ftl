# The roster of people and villages on the work pages.

roster-back = Back to the people
roster-person = Change a person's entry
roster-edit = Change
roster-end = End rights
roster-change = Changes
roster-of = Look at a commune
roster-everywhere = Every commune
roster-visits = Looks after which villages
roster-now = { $name }; villages: { $villages ->
    [none] none
   *[other] { $villages }
    }
roster-removal = End a person's rights
roster-villages = Villages
roster-village = Change a village
roster-new_village = Add a village
roster-village_name = Name of the village
roster-described = Other names, landmark
roster-who = Who looks after it
roster-no_owner = nobody yet
roster-no_villages = No village yet. With villages here, a reporter only has to write the village's name.
roster-aliases = Other names, parted by commas
roster-landmark = Landmark (market, school, bridge)
roster-collaborator = Collaborator
roster-substitute = Substitute
roster-who_how = Whoever is chosen is also asked to visit in this village.
roster-nobody = Nobody yet
roster-also = Also called: { $names }
roster-near = Near { $landmark }
roster-looks_after = { $name } looks after it
roster-instead = { $name } stands in
roster-invite = Invite someone
roster-invite_how = An invitation works once, within 48 hours. A second person must agree before it works.
roster-invite_role = Role
roster-invite_commune = Commune
roster-invite_villages = Villages, for a collaborator
roster-invite_make = Make an invitation
roster-invite_not = Don't invite
roster-invite_once = This code is shown once. Please send it to the person before you close the page.

error-name_none = Please write a name.
error-name_long = The name is longer than { $most } letters. Please write a shorter one.
error-name_taken = Someone with the same role already has this name here. Please add a word to tell them apart.
error-entry_changed = This entry was changed while you were looking at it, so nothing was recorded. If you still want what you filled in, press Record again. It is now:
error-village_none = Please write the village's name.
error-village_long = The village's name is longer than { $most } letters. Please write a shorter one.
error-landmark_long = The landmark is longer than { $most } letters. Please write a shorter one.
error-village_taken = This commune already has a village called { $name }. Please look at the name again.
error-no_commune = Please choose a commune.
error-invite_role = Please choose a role.
