"""TRIAGE: fact -> level, with its reason. The machine only raises (DOMAIN.md section 5)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cases.incident_types import ANY, KINDS
from cases.model import Case, Level
from cases.typed.fold import fold

VERSION = 2
ORDER = (Level.LOW, Level.MEDIUM, Level.HIGH, Level.UNKNOWN, Level.URGENT)
STEPS = (Level.LOW, Level.MEDIUM, Level.HIGH, Level.URGENT)  # "one up" never ends in `unknown`
NOBODY_KNOWS = ("", "khong", "khong biet", "khong ro", "chua biet", "chua ro", "unknown", "no idea")
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that applied: shown to the officer and kept with the case."""

    rule: str
    version: int
    fact: str
    level: Level

    def stored(self) -> dict[str, Any]:
        """As an event keeps it: what fired, in which version, upon which fact, with which level."""
        return {
            "rule": self.rule, "version": self.version, "fact": self.fact,
            "level": str(self.level),
        }  # fmt: skip


def rule_of(stored: Any) -> str:
    """The rule in an event; events of the first version kept its bare id."""
    return str(stored["rule"] if isinstance(stored, Mapping) else stored)


@dataclass(frozen=True, slots=True)
class Triage:
    """The level and every reason for it."""

    level: Level
    fired: tuple[Fired, ...]


def highest(first: Level, second: Level) -> Level:
    """The more urgent of two: `unknown` stands above high and below urgent."""
    return max(first, second, key=ORDER.index)


def _one_up(level: Level) -> Level:
    """The next level; what is unknown is urgent at once, and more than urgent there is not."""
    if level is Level.UNKNOWN:
        return Level.URGENT
    return STEPS[min(STEPS.index(level) + 1, len(STEPS) - 1)]


def _t1(facts: Facts) -> tuple[str, Level] | None:
    now = facts.get("danger_now") == "now" or facts.get("sos")
    return ("danger_now", Level.URGENT) if now else None


def _t2(facts: Facts) -> tuple[str, Level] | None:
    if facts.get("danger_now") in ("now", "no"):
        return None
    kind = KINDS.get(str(facts.get("kind") or ""))
    known = kind is not None and kind.track != "abuse"
    return ("danger_now", Level.HIGH if known else Level.UNKNOWN)


def _t3(facts: Facts) -> tuple[str, Level] | None:
    kind = KINDS.get(str(facts.get("kind") or ""))
    if kind is None:
        return None
    level = kind.level
    for _, raised in _raised(facts, "T3"):
        level = highest(level, raised)
    return (kind.code, level)


def _raised(facts: Facts, rule: str) -> list[tuple[str, Level]]:
    """The extra answers by which this rule fires: the question and the level it means."""
    kind = KINDS.get(str(facts.get("kind") or ""))
    answers = facts.get("extras") or {}
    found = []
    for extra in kind.extras if kind else ():
        if extra.rule != rule:
            continue
        said = str(answers.get(extra.name, ""))
        level = extra.raises.get(said)
        if level is None and fold(said) not in NOBODY_KNOWS:
            level = extra.raises.get(ANY)
        if level is not None:
            found.append((extra.name, level))
    return found


def _t4(facts: Facts) -> tuple[str, Level] | None:
    kind = KINDS.get(str(facts.get("kind") or ""))
    near = facts.get("harmer") in ("parent", "carer") or facts.get("harmer_access") == "yes"
    abuse = kind is not None and kind.track == "abuse"
    return ("harmer", Level.URGENT) if near and abuse else None


def _t5(facts: Facts) -> tuple[str, Level] | None:
    age, answers = facts.get("child_age"), facts.get("extras") or {}
    young = isinstance(age, int) and age < 6
    alone = answers.get("child_alone") == "yes"
    return ("alone", Level.URGENT) if alone and (young or facts.get("night")) else None


def _t6(facts: Facts) -> tuple[str, Level] | None:
    unsafe = facts.get("child") and facts.get("danger_now") in ("now", "unsure")
    return ("child", Level.URGENT) if unsafe else None


def _t7(facts: Facts) -> tuple[str, Level] | None:
    return next(iter(_raised(facts, "T7")), None)


def _t8(facts: Facts) -> tuple[str, Level] | None:
    if facts.get("ahead"):
        return ("when", Level.URGENT)
    return next(iter(_raised(facts, "T8")), None)


def _t9(facts: Facts) -> tuple[str, Level] | None:
    return ("danger_words", Level.URGENT) if facts.get("danger_words") else None


def _t10(facts: Facts) -> tuple[str, Level] | None:
    return ("media", Level.UNKNOWN) if facts.get("media_only") else None


def _t13(facts: Facts) -> tuple[str, Level] | None:
    return ("unsafe", Level.URGENT) if facts.get("unsafe") else None


# T11 (a second report about the same child or place) needs villages and names that can be compared;
# until then an officer sees both.
RULES: tuple[tuple[str, Callable[[Facts], tuple[str, Level] | None]], ...] = (
    ("T1", _t1), ("T2", _t2), ("T3", _t3), ("T4", _t4), ("T5", _t5), ("T6", _t6),
    ("T7", _t7), ("T8", _t8), ("T9", _t9), ("T10", _t10), ("T13", _t13),
)  # fmt: skip


def triage(facts: Facts) -> Triage:
    """The maximum of all rules that fire; none fired = unknown; T12 lifts the result by one."""
    fired = []
    for rule, test in RULES:
        if (hit := test(facts)) is not None:
            fired.append(Fired(rule, VERSION, *hit))
    level = Level.LOW if fired else Level.UNKNOWN
    for one in fired:
        level = highest(level, one.level)
    age = facts.get("child_age")
    if isinstance(age, int) and age < 3:
        level = _one_up(level)
        fired.append(Fired("T12", VERSION, "child_age", level))
    return Triage(level, tuple(fired))


def pressing(case: Case) -> tuple[int, bool, float]:
    """The most urgent first, of those what nobody holds, of those the newest."""
    return -ORDER.index(case.level), bool(case.holder), -case.received_at.timestamp()
