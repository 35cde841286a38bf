"""Words by which a message sounds like a child's own. They decide nothing: a button is offered first."""

import re

from cases.typed.fold import fold
from cases.typed.spoken import Phrase, saying

_LONG = 4_000
_I = "=em/=con"
_SPOKEN = tuple(
    map(
        Phrase,
        (
            "cô/chú ơi", "cô chú ơi", f"{_I} bị", f"{_I} sợ", f"{_I} … học lớp",
            f"{_I} … tuổi", f"=ba/bố/=cha/mẹ/=má/dượng/=nội/=ngoại/thầy/giáo/bạn/lớp/trường {_I}",
            "=con muốn/không/đang/buồn/đau/đói/chán/=ở/hay/hết", "=em buồn/đau/đói/chán",
            f"{_I} … không … muốn sống", f"{_I} … muốn chết/biến", f"cứu/giúp {_I}",
            "đánh/=sờ/nhốt/bắt/đuổi/dọa/trêu/chọc/ghẹo/chửi =em", "bạn thân/cùng/trong =em/lớp",
            "=em/=con/mình ở nhà một mình",
            "my dad/mom/mum/father/mother/stepdad/stepfather/teacher/class/classmates/school/parents",
            "hits/hit/beats/beat/hurts/touches/touched/locked me", "i m/am scared/afraid/lost",
            "i want to die", "i m/am … years old",
        ),
    )
)  # fmt: skip
_GROWN_UP = tuple(
    map(
        Phrase,
        (
            "con/cháu tôi/=em/mình/=gái/trai/nhà/của/chị/anh/tui/bé", "chồng/vợ", "hàng xóm",
            "học sinh của", "my son/daughter/child/kid/kids/husband/wife/student/neighbour/neighbor",
            "=em thấy/nghe/muốn báo",
        ),
    )
)  # fmt: skip
_GREETED = re.compile(r"(?:co chu|co|chu|con|em|da|a|oi)(?: (?:co chu|co|chu|con|em|oi|a))*")


def sounds_young(text: str) -> bool:
    """Whether a child may be writing this itself."""
    said = saying(text[:_LONG])
    if any(True for one in _GROWN_UP for _ in one.at(said)):
        return False
    if any(True for one in _SPOKEN for _ in one.at(said)):
        return True
    return bool(_GREETED.fullmatch(fold(text[:_LONG]))) and "oi" in fold(text[:_LONG])
