"""SETTINGS: what a commune may set besides its chains, and how far. The law's clocks are not here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from cases.errors import Refused
from cases.model import Level
from cases.policy import DAY, DEFAULT, HOUR, MINUTE, Policy, Span

_URGENT, _HIGH = (Level.URGENT, Level.UNKNOWN), (Level.HIGH,)
_MEDIUM, _LOW = (Level.MEDIUM,), (Level.LOW,)
SIZES: Mapping[str, timedelta] = {
    "minutes": MINUTE, "hours": HOUR, "day_hours": HOUR, "days": DAY, "working": DAY,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Number:
    """One amount for these levels. What is urgent is never slower than as delivered."""

    levels: tuple[Level, ...]
    unit: str  # of SIZES
    least: int
    most: int

    @property
    def name(self) -> str:
        """How a form calls it."""
        return self.levels[0].value

    def of(self, span: Span) -> int:
        return span.amount // SIZES[self.unit]


@dataclass(frozen=True, slots=True)
class Setting:
    """A clock of the commune, or how often an alarm is repeated."""

    id: str
    numbers: tuple[Number, ...]

    def spans(self, policy: Policy) -> Mapping[Level, Span]:
        """What is in force under this policy."""
        if self.id == "repeat":
            return dict.fromkeys(Level, Span(policy.repeat))
        own = {"idle": policy.idle, "reporter_waiting": policy.reporter_waiting}
        return own.get(self.id) or policy.spans[self.id]


def _n(levels: tuple[Level, ...], unit: str, least: int, most: int) -> Number:
    return Number(levels, unit, least, most)


_REST, _CALM = (Level.HIGH, *_MEDIUM, *_LOW), (*_MEDIUM, *_LOW)
_EVERY = (*_URGENT, *_REST)
_ROWS = (
    Setting("repeat", (_n(_URGENT, "minutes", 10, 30),)),
    Setting("idle", (
        _n(_URGENT, "minutes", 10, 30), _n(_HIGH, "day_hours", 1, 8),
        _n(_MEDIUM, "working", 1, 2), _n(_LOW, "working", 1, 5))),
    Setting("reporter_waiting", (
        _n(_URGENT, "minutes", 5, 15), _n(_REST, "day_hours", 1, 8))),
    Setting("verify", (_n(_URGENT, "hours", 1, 2), _n(_REST, "hours", 2, 48))),
    Setting("assess", (
        _n(_URGENT, "hours", 1, 12), _n(_HIGH, "hours", 4, 48),
        _n(_MEDIUM, "hours", 12, 120), _n(_LOW, "days", 1, 14))),
    Setting("confirm", (_n(_EVERY, "hours", 1, 24),)),
    Setting("visit", (_n(_URGENT, "minutes", 5, 15), _n(_REST, "hours", 1, 8))),
    Setting("visit_done", (
        _n(_URGENT, "hours", 1, 2), _n(_HIGH, "hours", 4, 48), _n(_CALM, "hours", 12, 120))),
    Setting("referral", (_n(_URGENT, "minutes", 10, 30), _n(_REST, "working", 1, 3))),
    Setting("handover", (_n(_URGENT, "minutes", 10, 30), _n(_REST, "day_hours", 1, 8))),
    Setting("detail", (  # inside the five of the plan
        _n(_URGENT, "working", 1, 3), _n(_REST, "working", 1, 4))),
    Setting("approve", (_n(_URGENT, "working", 1, 2), _n(_REST, "working", 1, 7))),
    Setting("contact", (
        _n(_URGENT, "days", 1, 7), _n(_HIGH, "days", 1, 14), _n(_CALM, "days", 7, 45))),
    Setting("review", (
        _n(_URGENT, "days", 7, 30), _n(_HIGH, "days", 7, 45), _n(_MEDIUM, "days", 14, 90),
        _n(_LOW, "days", 14, 120))),
    Setting("decide", (_n(_URGENT, "working", 1, 3), _n(_REST, "working", 1, 5))),
    # How long what is closed is kept: a reporter's address never longer than delivered, a file of
    # abuse never shorter (cases/retention.py).
    Setting("keep_dismissed", (_n(_EVERY, "days", 30, 90),)),
    Setting("keep_contact", (_n(_EVERY, "days", 60, 365),)),
    Setting("keep_resolved", (_n(_EVERY, "days", 365, 1826),)),
    Setting("keep_abuse", (_n(_EVERY, "days", 1826, 7305),)),
)  # fmt: skip
SETTINGS: Mapping[str, Setting] = {row.id: row for row in _ROWS}


def as_delivered(setting: Setting, number: Number) -> int:
    """What is in force while a commune has decided nothing."""
    return number.of(setting.spans(DEFAULT)[number.levels[0]])


def amount_of(typed: str) -> int | None:
    """A whole number as it is typed; None for anything else."""
    typed = typed.strip()
    return int(typed) if typed.isdecimal() and len(typed) <= 4 else None


def decided_value(setting: Setting, typed: Mapping[str, str]) -> dict[str, int]:
    """Minutes by level, to be stored. Raises Refused with what may be chosen instead."""
    value: dict[str, int] = {}
    for number in setting.numbers:
        amount = amount_of(typed.get(number.name, ""))
        if amount is None or not number.least <= amount <= number.most:
            raise Refused(
                "error.setting_range", level=number.name if len(setting.numbers) > 1 else "all",
                least=number.least, most=number.most, unit=number.unit,
            )  # fmt: skip
        minutes = amount * SIZES[number.unit] // MINUTE
        value |= {level.value: minutes for level in number.levels}
    return value
