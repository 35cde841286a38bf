"""How old, as people say it: `6 tuổi`, `18 tháng`, `lớp 3`, `sinh năm 2019`. In whole years."""

import re

from cases.typed.fold import fold

_UNITS = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin")
_ENGLISH = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
)  # fmt: skip
_NUMBERS = (
    {word: n for n, word in enumerate(_UNITS, 1)}
    | {"muoi": 10, "tu": 4, "muoi lam": 15, "muoi tu": 14}
    | {f"muoi {word}": 10 + n for n, word in enumerate(_UNITS, 1)}
    | {
        f"{tens} muoi": 10 * n for n, tens in enumerate(("hai", "ba", "bon"), 2)
    }  # not a child of ten
    | {word: n for n, word in enumerate(_ENGLISH, 1)}
)
_WORD = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_UNIT = r"(?=(?: ruoi)? (?:tuoi|thang|tuan tuoi|ngay tuoi|(?:years?|months?|weeks?|days?) old)\b)"
_COUNTED = re.compile(rf"\b({_WORD})\b{_UNIT}")
_GRADE_IN_WORDS = re.compile(rf"\b((?:lop|grade) )({_WORD})\b")
_ALONE = re.compile(
    rf"(?:(?:khoang|chung|tam|co le|chac|be|chau|con|em|no|about|maybe) )*({_WORD})(?: a| thoi)?"
)

_BORN = re.compile(r"\b(?<!hoc )(?<!so )(?:sinh|sn|born)\b.{0,30}?\b((?:19|20)\d\d)\b")
_WEEKS = re.compile(
    r"\bso sinh\b|\b\d{1,3} (?:ngay|tuan) tuoi\b|\b\d{1,3} (?:days?|weeks?) old\b|\bnewborn\b"
)
_MONTHS = re.compile(r"\b(\d{1,3})(?: ruoi)? (?:thang tuoi|months? old)\b")
_RANGE = r"(?: (?:den|toi|hay|hoac|or|to) \d{1,2})?(?: ruoi)?"
_YEARS = re.compile(rf"\b(\d{{1,3}}){_RANGE}(?: ?(?:tuoi|years? old|yrs? old|yo)|t)\b")
_GRADE = re.compile(r"\b(?:lop|grade) (1[0-2]|[1-9])[a-z]?\b")
_BARE_MONTHS = re.compile(r"\b(\d{1,3})(?: ruoi)? (?:thang|months?)\b(?! \d)")
_BARE_YEARS = re.compile(r"\b(\d{1,3}) years?\b")
_BARE = re.compile(
    r"(?<!\S)(?<!thang )(?<!nam )(?<!thon )(?<!so )(?<!xom )(?<!to )(\d{1,2})(?!\S)"
    r"(?! (?:dua|nguoi|kg|ky|ki|can|gio|h|chau|be|con|em|lan|anh|chi|ngay|tuan|thang|met|m)\b)"
)
_OLDEST_GUESS = 20  # a higher number alone is a house, a weight, a year
_OLDEST = 120
_GRADE_AGE = 5  # grade 1 is begun at six


def age_of(text: str, year: int) -> int | None:
    """The age meant, as of `year`; None = none is said, and none is guessed from a large number."""
    folded = _digits(text)
    born = _BORN.search(folded)
    if born:
        return _sane(year - int(born.group(1)))
    if _WEEKS.search(folded):
        return 0
    if months := _MONTHS.search(folded):
        return int(months.group(1)) // 12
    if years := _YEARS.search(folded):
        return _sane(int(years.group(1)))
    return _implied(folded)


def names_an_age(text: str) -> bool:
    """Whether a message says how old a child is in so many words; a number alone says nothing yet."""
    folded = _digits(text)
    patterns = (_BORN, _WEEKS, _MONTHS, _YEARS, _GRADE)
    return any(pattern.search(folded) for pattern in patterns)


def _implied(folded: str) -> int | None:
    if grade := _GRADE.search(folded):
        return int(grade.group(1)) + _GRADE_AGE
    if months := _BARE_MONTHS.search(folded):
        return int(months.group(1)) // 12
    if years := _BARE_YEARS.search(folded):
        return _sane(int(years.group(1)))
    bare = _BARE.search(folded)
    guess = int(bare.group(1)) if bare else _OLDEST
    return guess if guess <= _OLDEST_GUESS else None


def _sane(years: int) -> int | None:
    return years if 0 <= years <= _OLDEST else None


def _digits(text: str) -> str:
    """Folded, with the number words that count something written as digits."""
    folded = fold(re.sub(r"(\d) ?[-–/] ?(?=\d)", r"\1 den ", text))
    whole = _ALONE.fullmatch(folded)
    if whole:
        return str(_NUMBERS[whole.group(1)])
    folded = _COUNTED.sub(lambda match: str(_NUMBERS[match.group(1)]), folded)
    return _GRADE_IN_WORDS.sub(lambda match: f"{match.group(1)}{_NUMBERS[match.group(2)]}", folded)
