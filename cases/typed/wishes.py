"""What a short message wishes beside an answer: a person, to know who reads it, to take it back."""

import re

from cases.typed.short import meant
from cases.typed.spoken import Phrase, saying

_SHORT_ENOUGH = 14  # words; a longer message is a story

_STAFF = "cán/cô/chú/nhân/công/tổng/người/=ai/thầy/lãnh"
_PERSON = (
    f"cho/muốn/xin/cần/được … gặp … {_STAFF}", f"cho/muốn/xin/cần … chuyện … với … {_STAFF}",
    "có ai … không", "có người … không", "có phải người", "người thật", "là máy/bot/robot",
    "talk/speak to … person/human/somebody/someone/officer",
    "talk/speak with … person/human/somebody/someone/officer", "real person",
    "anyone/anybody/somebody/someone there", "are you … bot/robot/human",
)  # fmt: skip
_PERSON_WHOLE = re.compile(
    r"(?:gap|noi chuyen(?: truc tiep)?(?: voi)?) (?:can bo|nguoi that|nguoi|nhan vien|co chu|cong an)"
    r"|(?:(?:co chu|can bo) )?goi (?:lai )?cho (?:em|con|toi|minh)(?: duoc khong| voi| di)*|(?:please )?call me"
)
_NO_PERSON = ("người lạ", "có ai … nhà/trông/chăm/biết", "có người … đánh/theo/bắt")

_FAMILY = "=ba/bố/=cha/mẹ/=má/nhà/gia/=ai/người/thầy/=cô/parents/mom/mum/dad/anyone/anybody"
_PRIVACY = (
    f"đừng/không … nói/kể/báo/cho … {_FAMILY}", f"đừng … {_FAMILY} biết", f"sợ … {_FAMILY} … biết/đọc/thấy",
    f"{_FAMILY} … có … biết/đọc/thấy … không", "có … nói/báo/cho … ba/bố/mẹ/má/nhà … không",
    "=ai … đọc/xem được/tin", "=ai sẽ đọc/xem", "bí mật", "có … lộ … không", "giấu tên", "ẩn danh",
    f"dont/t tell … {_FAMILY}", "who reads/read/sees/see", f"will … {_FAMILY} know/see/find",
    "is … secret/private/anonymous", "keep … secret",
)  # fmt: skip
# Somebody else told the child to keep it a secret: that is a story, and a grave one.
_NO_PRIVACY = ("dặn/bảo/bắt/dọa/doạ/kêu", "told me", "nó/=ổng/ông/chú/thầy … nói", "said")

_TAKEN_BACK = re.compile(
    r"(?:(?:thoi|u|uh|um|ma|chi|la|that ra|xin loi|sorry|haha|it s|its|just) )*"
    r"(?:khong (?:co|phai) (?:gi|chi|chuyen gi|sao)|khong sao|(?:noi |nhan |gian )?(?:dua|gion|choi|xao)"
    r"|dua choi|gion choi|troll|(?:nhan|bam|gui|lo|go) (?:nham|tay)|bo di|bo qua di"
    r"|khong can (?:nua|giup nua)|nothing|never ?mind|(?:a )?jok(?:e|ing)|kidding|forget it)"
    r"(?: (?:dau|het|ca|nua|ma|thoi|roi|do|day|vay|hihi|haha|at all|co|chu))*"
)
_CHILD = re.compile(
    r"(?:(?:toi|tui|minh|to|em|con|chau|ban|m|am|i) )*(?:la |van con la |con la |chi la )?(?:a )?"
    r"(?:tre em|tre con|con nit|hoc sinh|em be|child|kid|student)(?: ma| thoi| lop.*)?"
)
_ADULT = re.compile(
    r"(?:(?:toi|tui|minh|em|chi|anh|co|chu|m|am|i) )*(?:la |chu |bam nham )*(?:an |not a |khong phai )?"
    r"(?:la )?(?:nguoi lon|phu huynh|adult|grown up|child|tre em|tre con)"
    r"(?: (?:ma|thoi|roi|bam nham|nham|sorry))*"
)
_GROWN = re.compile(r"nguoi lon|phu huynh|adult|grown up|khong phai|not a")


def _phrases(*patterns: str) -> tuple[Phrase, ...]:
    return tuple(map(Phrase, patterns))


_HEARD = (
    ("person", _phrases(*_PERSON), _phrases(*_NO_PERSON)),
    ("privacy", _phrases(*_PRIVACY), _phrases(*_NO_PRIVACY)),
)


def wish_of(text: str) -> str:
    """person | privacy | taken_back | child | adult, or "" for ordinary words."""
    said = saying(text[:400])
    if not 0 < len(said.words) <= _SHORT_ENOUGH:
        return ""
    whole = meant(text)
    if _TAKEN_BACK.fullmatch(whole):
        return "taken_back"
    if _ADULT.fullmatch(whole) and _GROWN.search(whole):
        return "adult"
    if _CHILD.fullmatch(whole):
        return "child"
    if _PERSON_WHOLE.fullmatch(whole):
        return "person"
    for wish, wanted, unless in _HEARD:
        if any(any(one.at(said)) for one in wanted) and not any(
            any(one.at(said)) for one in unless
        ):
            return wish
    return ""
