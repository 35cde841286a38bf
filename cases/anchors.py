"""The day's head of the audit chain as two people keep it: a row number and five short groups. Pure."""

import re
from dataclasses import dataclass

_BYTES, _GROUP = 10, 4  # 80 bits: nobody finds another chain with the same groups
_TEXT = re.compile(r"\D*?(\d{1,15})\D*?\b((?:[0-9A-Fa-f]{4}[\s-]*){5})\s*\.?\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Up to row `n` the chain was this one. `hash`: its last link, or the beginning of it."""

    n: int
    hash: bytes
    day: str = ""

    def holds(self, link: bytes) -> bool:
        """Whether the row with this number is still that link."""
        return link.startswith(self.hash)


def groups(head: bytes) -> str:
    """`3F2A 91BC 77D0 12AB 9E4C`: short enough to be read out on the telephone."""
    plain = head[:_BYTES].hex().upper()
    return " ".join(plain[at : at + _GROUP] for at in range(0, len(plain), _GROUP))


def read_anchor(text: str) -> Anchor | None:
    """What somebody types of the message they were sent: `1234 3F2A 91BC 77D0 12AB 9E4C`."""
    found = _TEXT.fullmatch(text)
    if found is None:
        return None
    return Anchor(int(found[1]), bytes.fromhex(re.sub(r"[\s-]", "", found[2])))
