"""Short answers: `dạ ko ạ` is `không`. What stands around an answer for politeness means nothing."""

import re

from cases.typed.fold import fold
from cases.typed.spoken import tokens

_BEFORE = frozenset(
    ("dạ", "da", "vâng", "thưa", "à", "em", "con", "mình", "cháu", "cô", "chú", "thì", "hihi",
     "haha", "hic", "huhu", "oh", "i", "im")
)  # fmt: skip
_AFTER = frozenset(
    ("ạ", "a", "á", "à", "nhé", "nhe", "nha", "ơi", "oi", "cô", "chú", "luôn", "hihi", "haha", "hehe",
     "hic", "huhu", "kk", "kkk")
)  # fmt: skip
_LONGEST = 12  # words; whoever writes more tells something

YES = frozenset(("co", "u", "uh", "um", "uhm", "phai", "dung", "roi", "yes", "yep", "yeah", "yea"))
NO = frozenset(("khong", "chua", "no", "nope", "khong co"))
UNKNOWN = frozenset(
    ("khong biet", "khong ro", "khong chac", "khong nho", "chua biet", "chua ro", "idk", "not sure",
     "dont know", "don t know", "no idea")
)  # fmt: skip

# To "are you safe now?" a child answers in its own words; in doubt it is not.
SAFE: dict[str, str] = {
    **dict.fromkeys(("co", "on", "dang on", "van on", "binh thuong", "yes", "safe", "ok"), "no"),
    **dict.fromkeys(
        ("khong", "chua", "so", "so lam", "so qua", "dang so", "nguy hiem", "khong on", "no",
         "scared", "afraid", "m scared", "am scared", "not really"),
        "now",
    ),
    **dict.fromkeys(
        ("khong noi duoc", "kho noi", "khong tien", "khong muon noi", "can t say", "cant say",
         *UNKNOWN),
        "unsure",
    ),
}  # fmt: skip

_REFUSED = re.compile(
    r"(?:khong|chua|chang)(?: (?:biet|ro|nho|noi|ke|muon noi|muon ke|noi duoc|ke duoc|tien noi|"
    r"tra loi|chac))?(?: (?:noi sao|sao|gi|dau|nua|het|ca|duoc))*"
    r"|thoi|(?:rather )?(?:not|no)|(?:don t|dont|do not)(?: want to)? (?:know|say|tell)|idk|no idea"
)
_HEARD = frozenset(("da", "vang", "u", "uh", "um", "uhm", "ok", "oke", "yes", "roi", "a"))


def meant(text: str) -> str:
    """The words without marks, abbreviations written out, without courtesies at both ends."""
    words = tokens(text)
    if len(words) > _LONGEST:
        return fold(text)
    start, end = 0, len(words)
    while start < end - 1 and words[start].said in _BEFORE:
        start += 1
    while end > start + 1 and words[end - 1].said in _AFTER:
        end -= 1
    return " ".join(word.bare for word in words[start:end])


def refuses(text: str) -> bool:
    """Whether somebody does not know, or would rather not say."""
    return bool(_REFUSED.fullmatch(meant(text)))


def only_nods(text: str) -> bool:
    """`dạ`, `ok`: heard, and nothing else."""
    return meant(text) in _HEARD
