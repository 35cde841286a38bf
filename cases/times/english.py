"""English words about a time, said in the words that phrases.py reads."""

import re

_MONTHS = (
    "jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?",
    "aug(?:ust)?", "sep(?:t|tember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTED = r"(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?) ago"
_WEEKDAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SAID = tuple(
    (re.compile(rf"\b(?:{said})\b"), meant)
    for said, meant in (
        (rf"every (?:single )?(?:{_WEEKDAY}|\w+)", " "),
        *((rf"{word} (?={_COUNTED})", f"{n} ") for n, word in enumerate(_NUMBERS, 1)),
        *(
            (rf"{name} (\d{{1,2}})(?:st|nd|rd|th)?", rf"\1 thang {n}")
            for n, name in enumerate(_MONTHS, 1)
        ),
        *(
            (rf"(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{name}", rf"\1 thang {n}")
            for n, name in enumerate(_MONTHS, 1)
        ),
        *((rf"(?:in|last|since) {name}", f"thang {n}") for n, name in enumerate(_MONTHS, 1)),
        (r"between (\d{1,2}) and (\d{1,2}) ?(?=[ap]m)", r"\1 den \2 "),
        (r"half an hour ago", "30 phut truoc"),
        (r"the other day", "hom do"),
        (r"just now|a moment ago|moments ago", "vua nay"),
        (r"(?:right )?now", "bay gio"),
        (r"last weekend", "cuoi tuan truoc"),
        (r"this weekend", "cuoi tuan nay"),
        (r"last year", "nam ngoai"),
        (r"at noon|(?:around|about) noon|noon (?=yesterday)", "trua "),
        (r"(?:around|about) (?=\d)", "khoang "),
        (rf"last (?={_WEEKDAY})", ""),
        (rf"this ({_WEEKDAY})", r"\1 nay"),
        (rf"next ({_WEEKDAY})", r"\1 tuan sau"),
        (r"in an hour", "1 tieng nua"),
        (r"in (\d+) hours?", r"\1 tieng nua"),
        (r"in (\d+) days?", r"\1 ngay nua"),
        (rf"({_WEEKDAY}) morning", r"sang \1"),
        (rf"({_WEEKDAY}) afternoon", r"chieu \1"),
        (rf"({_WEEKDAY}) evening", r"toi \1"),
        (rf"({_WEEKDAY}) night", r"dem \1"),
        (r"(?:the )?day before yesterday", "hom kia"),
        (r"yesterday morning", "sang hom qua"),
        (r"yesterday afternoon", "chieu hom qua"),
        (r"yesterday (?:evening|night)", "toi hom qua"),
        (r"yesterday", "hom qua"),
        (r"last night", "dem hom qua"),
        (r"this morning", "sang nay"),
        (r"this afternoon", "chieu nay"),
        (r"this evening|tonight", "toi nay"),
        (r"today", "hom nay"),
        (r"tomorrow", "ngay mai"),
        (r"last week", "tuan truoc"),
        (r"this week", "tuan nay"),
        (r"next week", "tuan sau"),
        (r"last month", "thang truoc"),
        (r"(?:a )?(?:few|couple of) days ago", "may ngay truoc"),
        (r"an? (hour|minute|day|week|month) ago", r"1 \1 ago"),
        (r"(\d+) (?:minutes?|mins?) ago", r"\1 phut truoc"),
        (r"(\d+) (?:hours?|hrs?) ago", r"\1 tieng truoc"),
        (r"(\d+) days? ago", r"\1 ngay truoc"),
        (r"(\d+) weeks? ago", r"\1 tuan truoc"),
        (r"(\d+) months? ago", r"\1 thang truoc"),
        (r"(?<!thang )(\d{1,2})(?:[h ](\d{2}))? ?am(?! lich)", r"\1 gio \2 sang"),
        (r"(\d{1,2})(?:[h ](\d{2}))? ?pm", r"\1 gio \2 chieu"),
        (r"monday", "thu 2"),
        (r"tuesday", "thu 3"),
        (r"wednesday", "thu 4"),
        (r"thursday", "thu 5"),
        (r"friday", "thu 6"),
        (r"saturday", "thu 7"),
        (r"sunday", "chu nhat"),
    )
)


def from_english(folded: str) -> str:
    """Folded words with the English ones replaced; Vietnamese has no such words, so it stays."""
    for said, meant in _SAID:
        folded = said.sub(meant, folded)
    return " ".join(folded.split())
