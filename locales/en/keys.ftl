
# Keys and erasure: the certificate of erasure.

erasure-certificate = CERTIFICATE OF ERASURE
    Case: { $code }, received on { $received }, closed on { $closed }.
    Erased at { $time } on { $erased }. Reason: { $reason }.
    Asked by: { $first }. Agreed by: { $second }.
    The key of the case was destroyed, and all reports, notes, letters, pictures and papers in it were deleted. { $persons ->
        [0] No reporter's contact data was deleted.
        [one] The contact data of one reporter was deleted.
       *[other] The contact data of { $persons } reporters was deleted.
    } Only the case code, the dates and the reason are left.
    The last backup that still holds this case dies on { $gone } at the latest.
erasure-reason-expired = the period of keeping has ended
erasure-reason-asked = asked by the person concerned
erasure-reason-withdrawn = the person concerned withdrew their consent
erasure-reason-other = another reason, noted in the register
