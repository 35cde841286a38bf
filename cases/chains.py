"""What a commune may make of its chain: faster, or more people; never slower, empty or without an end."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from cases.errors import Refused
from cases.model import Level, Person, Role
from cases.policy import CHAIN, DEFAULT, NOTHING, Span, Step
from cases.routing import ONE
from cases.settings import SIZES

CHAINS = (Level.URGENT, Level.HIGH, Level.MEDIUM, Level.LOW)  # an unknown level is timed as urgent
CALLED = (Role.OFFICER, Role.DEPUTY, Role.LEADER, Role.POLICE, Role.SUPERVISOR)
MOST_STEPS = 6  # before the two that close a chain
_CLOSING = 2  # the city, then everybody again and again
_UNITS = {"c": "minutes", "d": "day_hours", "w": "working"}


@dataclass(frozen=True, slots=True)
class Limits:
    """No later than as delivered: the second call, the leader, the city, everybody."""

    unit: str
    second: int
    leader: int
    city: int
    everybody: int


def unit_of(level: Level) -> str:
    """In what the steps of this level are counted, but for the closing ones."""
    return _UNITS[DEFAULT.unanswered[level][1].after.counts]


def amount(step: Step) -> int:
    """How long after the report, in the unit of its own count."""
    return step.after.amount // SIZES[_UNITS[step.after.counts]]


def unit(step: Step) -> str:
    return _UNITS[step.after.counts]


def limits(level: Level) -> Limits:
    steps = DEFAULT.unanswered[level]
    leader = next(one for one in steps if Role.LEADER in one.to)
    return Limits(
        unit_of(level), amount(steps[1]), amount(leader), amount(steps[-2]), amount(steps[-1])
    )


def open_steps(steps: Sequence[Step]) -> Sequence[Step]:
    """Those that a commune may add and take away."""
    return steps[:-_CLOSING]


def closing_may_move(level: Level) -> bool:
    """Where the end of a chain is counted in working days it comes on the first of them."""
    return level is Level.URGENT


def may_be_called(person: Person, commune: str) -> bool:
    """Whom a chain may name beside the roles: who works on cases here or at the city desk."""
    here = person.commune == commune or person.role is Role.SUPERVISOR
    return person.active and person.role in CALLED and here


def chain_of(
    level: Level, rows: Sequence[tuple[int, Sequence[str]]], city: int, everybody: int
) -> tuple[Step, ...]:
    """A chain from what stands in a form: (how long, whom) in order; the first step is at once."""
    counts = DEFAULT.unanswered[level][1].after.counts
    size = SIZES[unit_of(level)]
    first = [Step(_span(n and many, size, counts), tuple(to)) for n, (many, to) in enumerate(rows)]
    ends = DEFAULT.unanswered[level][-_CLOSING:]
    if closing_may_move(level):
        ends = tuple(
            Step(_span(many, size, counts), one.to)
            for many, one in zip((city, everybody), ends, strict=True)
        )
    return (*first, *ends)


def _span(many: int, size: timedelta, counts: str) -> Span:
    return Span(many * size, counts) if many else NOTHING


def check(level: Level, steps: Sequence[Step], here: Collection[str]) -> None:
    """`here`: roles and people (`staff:<id>`) of whom somebody can be reached now. Raises Refused."""
    own, most = open_steps(steps), limits(level)
    if not own or not all(one.to for one in own):
        raise Refused("error.chain_who")
    if not set(own[0].to) & set(here):
        raise Refused("error.chain_first")
    if any(_late(one, then, level) for one, then in pairwise(own)):
        raise Refused("error.chain_order")
    leader = [amount(one) for one in own if Role.LEADER in one.to]
    city, everybody = amount(steps[-2]), amount(steps[-1])
    found: Mapping[str, tuple[int, int]] = {
        "second": (amount(steps[1]), most.second),
        "leader": (min(leader, default=most.leader + 1), most.leader),
        "city": (city, most.city), "all": (everybody, most.everybody),
    }  # fmt: skip
    if len(own) == 1 and not closing_may_move(level):
        found = {**found, "second": (most.second + 1, most.second)}  # the closing counts otherwise
    for what, (has, may) in found.items():
        if has > may:
            raise Refused("error.chain_late", what=what, most=may, unit=most.unit)
    if closing_may_move(level) and not amount(own[-1]) < city < everybody:
        raise Refused("error.chain_order")


def _late(one: Step, then: Step, level: Level) -> bool:
    """Two calls at one time follow each other where it does not hurry; else each waits for its own."""
    gap = then.after.amount - one.after.amount
    return gap < timedelta(0) or (not gap and level is Level.URGENT)


def name_of(level: Level) -> str:
    """How the chain of this level is called among the settings."""
    return f"{CHAIN}{level}"


def one_person(person: Person) -> str:
    return f"{ONE}{person.id}"
