"""What became of typed words or a shared location: the communes that may be meant, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """One commune the text may mean; `via` is the name that led there.

    `province` is the name of the province of a commune that is not served here, else "".
    """

    code: str
    name: str
    via: str
    score: int
    province: str = ""
    kind: str = ""

    @property
    def elsewhere(self) -> str:
        """`xã Thượng Đức, Hà Tĩnh`; "" for a commune that is served here."""
        return f"{self.kind} {self.name}, {self.province}" if self.province else ""


@dataclass(frozen=True, slots=True)
class Found:
    """match: exact (accepted and shown), confirm (asked by button), none. `reason` says why."""

    text: str
    match: str
    candidates: tuple[Candidate, ...] = ()
    district: str = ""  # the name was that of a former district: its commune first, then its others
    reason: str = "nothing"
