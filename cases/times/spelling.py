"""A message as words of a time: one dialect, one language, one way to write dates, hours and numbers.

What is no time though it looks like one (a class 3/2, a house 12/5, a telephone number) is taken out.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

from cases.times.english import from_english
from cases.typed.fold import clean, fold, has_marks

# Words of a time that are other words with other marks: `tôi`, `tới` and `tội` are not `tối`.
# A word typed with marks counts only with these; one typed without is read as the time.
_SPELLED = {
    "toi": "tối", "sang": "sáng", "dem": "đêm", "qua": "qua", "nay": "nay", "mai": "mai",
    "sap": "sắp", "thang": "tháng", "tuan": "tuần", "gio": "giờ", "roi": "rồi", "thu": "thứ",
    "tet": "tết", "cuoi": "cuối", "hom": "hôm", "kia": "kia", "trua": "trưa", "chieu": "chiều",
    "dau": "đầu", "bay": "bảy bây", "sau": "sáu sau", "ba": "ba", "tu": "tư từ", "nam": "năm",
    "ram": "rằm", "mung": "mùng", "nua": "nữa nửa", "truoc": "trước", "ngay": "ngày ngay",
    "khuya": "khuya", "giua": "giữa", "cach": "cách", "hai": "hai", "mot": "một",
}  # fmt: skip
_DIALECT = {
    "tới": "den", "hổm": "hom do", "bữa": "hom", "hồi": "luc", "chừng": "khoang", "nãy": "vua nay",
    "độ": "khoang", "tầm": "khoang",
    "bua": "hom", "hoi": "luc", "chung": "khoang", "bửa": "hom", "hùi": "luc", "mồng": "mung",
    "kìa": "kiaz", "nọ": "noz", "mốt": "motz", "mới": "moiz", "túi": "tuiz", "chìu": "chieu",
    "wa": "qua", "hum": "hom", "hqua": "hom qua", "hnay": "hom nay", "trc": "truoc", "nì": "ni",
}  # fmt: skip
_LETTERS = re.compile(r"[^\W\d_]+")
_OF_A_WEEK = re.compile(r"\b(dạo|gian|lâu|lúc|tuần|tháng|năm|nhật|cn|thứ \S+|t[2-7]) này\b")
_SEVEN = re.compile(r"\bbảy(?= giờ)")  # `bay gio` without marks is now
_NAME = re.compile(
    r"\b(?:bạn|ban|chị|chi|bé|be|em|cô|co|con|cháu|chau|dì|di|bà|ba|tên|ten|nhỏ|nho) Mai\b"
)
_THU = re.compile(r"\bthu(?= (?:hai|ba|tu|nam|sau|bay)\b)")

# Typed without marks these are mostly other words: who goes on after `toi` is `tôi`.
_UNMARKED = re.compile(r"\b(toi|sang|dem)\b(?= +([a-z]+))")
_OF_A_TIME = frozenset(
    ("hom", "hqua", "qua", "wa", "nay", "thu", "cn", "chu", "luc", "mai", "kia", "ngay", "nao", "hum",
     "bua", "gio", "bay", "som", "khuya", "tuan", "do", "ho", "mung", "t")
)  # fmt: skip
_OTHERWISE = {
    "sang": frozenset(("nha", "ben", "duong", "song", "xe", "tay", "hang")),
    "dem": frozenset(
        ("con", "no", "di", "ve", "ra", "vao", "len", "cho", "be", "em", "theo", "do")
    ),
}
_AFTER_A_CLOCK = re.compile(r"(?:\d ?(?:h|g|gio)?|gio|ruoi|hoi|nay|kia) $")

_DIGITS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi mot": 11, "muoi hai": 12, "tu": 4, "sau": 6,
}  # fmt: skip
_NUMBER = "muoi mot|muoi hai|mot|hai|ba|bon|nam|bay|tam|chin|muoi"
_UNITS = "phut|tieng|gio|ngay|hom|tuan|thang"

_Change = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _rows(*rows: tuple[str, str | Callable[[re.Match[str]], str]]) -> tuple[_Change, ...]:
    return tuple((re.compile(pattern), put) for pattern, put in rows)


def _counted(match: re.Match[str]) -> str:
    return str(_DIGITS[match.group(1)])


def _to_the_hour(match: re.Match[str]) -> str:
    """`8 giờ kém 15`: 7h45."""
    hour, minutes = int(match.group(1)), int(match.group(2))
    return f"{hour - 1}h{60 - minutes:02}" if hour and 0 < minutes < 60 else match.group()


def _in_full(match: re.Match[str]) -> str:
    """`20/11/26`: 20 thang 11 nam 2026."""
    day, month, year = match.groups()
    whole = f"nam {year if len(year) == 4 else f'20{year}'} " if year else ""
    return f" {day} thang {month} {whole}"


# With the punctuation still there, without marks.
_WRITTEN = _rows(
    (r"(?<!\d)(?:\+84|0)\d(?:[ .\-]?\d){7,9}(?!\d)", " "),  # a telephone number
    (r"\b(?:sinh|sn|born)(?: (?:ngay|nam|thang|vao|on|in))* ?\d[\d/\-. ]*(?:thang \d+ )?", " "),
    (r"\b(?:lop|kiet|hem|ngo|ngach|duong|pho|quoc lo|thon|xom) (?:so )?\d+(?:[a-e]\b)?"
     r"(?: ?/ ?\d+[a-e]?)*", " "),
    (r"\b(?:so nha|nha so|so|nha|o|tai|dia chi) \d+(?:[a-e]\b)?(?: ?/ ?\d+[a-e]?)+", " "),
    (r"\b1/2 ?(?:tieng|gio)\b", "30 phut"),
    (r"\b\d+ ?[\-–/.,] ?\d+ ?(?=(?:lan|dua|nguoi|tuoi|cai|con|be|chau|ban|diem|kg|m|met|em|anh|chi|t"
     r"|times|kids|children|people|years?)\b)", " "),
    (r"\b(20\d\d)-(\d{1,2})-(\d{1,2})\b", r"\3/\2/\1"),
    (r"\b(\d{1,2}):(\d{2})\b", r"\1h\2"),
    (r"\b(\d{1,2}) ?(?:h|gio)? ?[\-–] ?(\d{1,2}) ?(?:h|gio|g)\b", r"\1h den \2h"),
    (r"\b(\d{1,2}) ?[\-–] ?(\d{1,2})(?= (?:ngay|hom|tuan|thang|tieng)\b)", r"\1 den \2"),
    (r"\b(\d{1,2}) ?(?:h|gio) kem (\d{1,2})(?: ?(?:p|phut))?\b", _to_the_hour),
    (r"\b(\d{1,2}) ?(?:h|gio) ?(\d{1,2}) ?(?:p|phut|')(?![a-z])", r"\1h\2"),
    (r"\b(\d+) ?p\b", r"\1 phut"),
    (r"\b(\d+) ?h(?= truoc\b)", r"\1 tieng"),
    (r"\bthang (\d{1,2}) ngay (\d{1,2})\b", r"\2 thang \1"),
    (r"\b(\d{1,2}) tay\b", r"ngay \1"),
    # 20-11 and 10.11 are also numbers of other things: a day is said beside them, or nothing is.
    (r"((?:^|\b(?:ngay|hom|sang|trua|chieu|toi|dem|luc) ))(\d{1,2})[\-.](\d{2})(?=$|[ ,;])", r"\1\2/\3"),
    (r"(?<![\d/.\-])\d{1,3}[.\-]\d{1,3}(?![\d/.\-])", " "),
    (r"(?<![\d/])(\d{1,2})[/\-.](\d{1,2})(?:[/\-.](\d{4}|\d{2}))?(?![\d/])", _in_full),
)  # fmt: skip

_HABIT = (
    r"(?:sang|trua|chieu|toi|dem|khuya|ngay|hom|tuan|thang|nam|lan|luc|khi|thu \w+|t[2-7]|cn|chu nhat"
    r"|cuoi tuan) nao\b(?: cung)?"
)
_PARTLY = r"(?:(?:sang|trua|chieu|toi|dem|khuya) )?"
_OF_THE_WEEK = r"(?:thu \w+|cn|chu nhat|t[2-7])"
# Folded: nothing but words and digits.
_SAID = _rows(
    (rf"\b{_HABIT}", " "),
    (rf"\b{_PARTLY}(?:{_OF_THE_WEEK}|cuoi tuan) (?:hang|moi) (?:tuan|thang)\b", " "),
    (rf"\b(?:cu|thuong|hay) (?:\w+ )??(?:den |vao |moi )?{_PARTLY}{_OF_THE_WEEK}\b"
     r"(?! (?:tuan|vua|nay|roi))", " "),
    (rf"\b(?:moi|hang) {_PARTLY}(?:ngay|toi|dem|sang|trua|chieu|tuan|thang|nam|{_OF_THE_WEEK})\b"
     r"(?: hang tuan)?(?! (?:hom|qua|nay|truoc|roi))", " "),
    (r"\b(?:(ngay|hom) )?(\d{1,2}) den (?:(?:ngay|hom) )?(\d{1,2}) thang (\d{1,2})\b",
     r"\2 thang \4 den \3 thang \4"),
    (r"\brang (?=(?:ngay )?\d{1,2}\b)", "rangsang "),
    (r"\b(?:lan|dua|con|nguoi|be|hang|ban|cai|cap|lop|vo|chong|tap) thu \w+\b(?! (?:tuan|vua|nay))", " "),
    (r"\bhom(qua|nay|kia)\b", r"hom \1"),
    (r"\b(toi|dem|chieu|trua)(qua|nay)\b", r"\1 \2"),
    (r"\b(sang|trua|chieu|toi|dem|khuya|hom) ni\b", r"\1 nay"), (r"\bhom te\b", "hom kia"),
    (r"\bluc som(?: mai)?\b", "luc sang"), (r"\bvai ba\b", "vai"), (r"\bnua thang\b", "2 tuan"),
    (r"\btuiz (?=(?:hom )?(?:qua|nay|kia)\b)", "toi "),
    (r"\b(?:rang sang|gan sang|mo sang|mo mo sang)\b", "rangsang"),
    (r"\bsang som\b", "sangsom"), (r"\bxe chieu\b", "xechieu"), (r"\bchap toi\b", "chaptoi"),
    (r"\bnua dem\b", "nuadem"),
    (r"\b(?:gan|hon|do|co|tam|chac) (?=(?:luc )?\d+ ?(?:h|g|gio|tieng)\b)", "khoang "),
    (r"\bhom hom\b", "hom do"), (r"\bhom noz\b", "hom do"),
    (r"\btoi (?=gio\b|bay gio\b)", "den "), (r"\bcach nay\b", "cach day"),
    (rf"(?<=\bcach day )({_NUMBER})\b", _counted), (rf"(?<=\bcach day khoang )({_NUMBER})\b", _counted),
    (rf"\b({_NUMBER})\b(?= (?:{_UNITS})(?: ruoi)? (?:truoc|nay|nua|roi)\b)", _counted),
    (rf"(?<!thang )(?<!thu )(?<!mung )\b({_NUMBER})\b(?= nam truoc\b)", _counted),
    (rf"\b(?:hai|2) (?=3 (?:{_UNITS}) (?:truoc|nay|roi|nua)\b)", "2 den "),
    (rf"\b(?!bay\b)({_NUMBER})\b(?= gio\b)", _counted),
    (rf"(?<=\bmung )({_NUMBER}|tu|sau)\b", _counted),
    (rf"(?<=\bram thang )({_NUMBER}|tu|sau)\b", _counted),
    (r"(?<=\bthang )gieng\b", "1 am"), (r"(?<=\bthang )chap\b", "12 am"),
    (r"\bnua tieng\b", "30 phut"),
)  # fmt: skip


def plain(text: str) -> str:
    """Folded words, in one dialect and one language; other words of the same letters are gone."""
    lower = unicodedata.normalize("NFC", clean(text).lower())
    dates = re.sub(r"(\d)[/\-.](\d)", r"\1 \2", lower)
    folded = fold(_LETTERS.sub(lambda match: _word(match.group()), dates))
    return from_english(re.sub(r"\btoi (?=gio\b|bay gio\b)", "den ", folded))


def spelled(text: str) -> str:
    """The same for phrases(): dates are `20 thang 11 nam 2026`, hours `7h45`, counts are digits."""
    lower = _NAME.sub(" ", unicodedata.normalize("NFC", clean(text))).lower()
    lower = _SEVEN.sub("7", _OF_A_WEEK.sub(r"\1 nay", lower))
    if has_marks(lower):
        lower = _THU.sub("x", lower)  # Thu is a name where `thứ` would have had its marks
    lower = _UNMARKED.sub(_another, lower)
    bare = _unmarked(_LETTERS.sub(lambda match: _word(match.group()), lower))
    return _changed(from_english(fold(_changed(bare, _WRITTEN))), _SAID)


def _another(match: re.Match[str]) -> str:
    """`toi`, `sang`, `dem` typed without marks, before a word that is none of a time."""
    word, following = match.groups()
    if word in _OTHERWISE:
        return "x" if following in _OTHERWISE[word] else word
    timely = following in _OF_A_TIME or _AFTER_A_CLOCK.search(match.string[: match.start()])
    return word if timely else "x"


def _word(typed: str) -> str:
    if typed in _DIALECT:
        return _DIALECT[typed]
    bare = fold(typed)
    if typed != bare and bare in _SPELLED and typed not in _SPELLED[bare].split():
        return "x"  # some other word
    return typed


def _unmarked(text: str) -> str:
    parted = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(one for one in parted if not unicodedata.combining(one))


def _changed(text: str, rows: Iterable[_Change]) -> str:
    for pattern, put in rows:
        text = pattern.sub(put, text)
    return " ".join(text.split())
