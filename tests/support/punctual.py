"""What the table of deadlines promises for one case, beside what people really heard of it, and when."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from cases.deadlines import ALARMING, DEADLINES, after, run_of, steps_of, told_at
from cases.model import Case, Timer
from cases.policy import DAY, DEFAULT
from cases.records import OWED, clock_of, number_of
from cases.times.calendar import local, next_morning
from tests.support.world import World

PERIOD = timedelta(minutes=1)  # a moment is kept if it is heard within this
ALARM = "alert"  # under this name the chain `unanswered` calls


@dataclass(frozen=True, slots=True)
class Look:
    """The case between two acts: from this moment on these clocks run."""

    at: datetime
    case: Case
    armed: tuple[Timer, ...]


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """Somebody hears of a clock: which step of which, at what time."""

    at: datetime
    clock: str
    step: int
    who: str

    def __str__(self) -> str:
        return f"{local(self.at):%d/%m %H:%M:%S} {self.clock} step {self.step} {self.who}"


@dataclass
class Watched(World):
    """Notes after everything that happens which clocks run, and what has arrived on the phones."""

    looks: list[Look] = field(default_factory=list)
    told: list[Moment] = field(default_factory=list)
    rang: list[tuple[datetime, str]] = field(
        default_factory=list
    )  # of everything: when, whose phone
    seen: dict[str, int] = field(default_factory=dict)

    async def settle(self) -> None:
        await super().settle()
        now = self.clock.now()
        for name, channel in self.channels.items():
            for address, out, _ in channel.accepted[self.seen.get(name, 0) :]:
                self.rang.append((now, address.user))
                if (moment := _moment(now, address.user, out.key)) is not None:
                    self.told.append(moment)
            self.seen[name] = len(channel.accepted)
        async with self.app.kit.store.reading("look") as work:
            for bare in await work.cases.all_cases():
                case = await work.cases.get(bare.id)  # with what stands beside it
                armed = await work.timers.armed(f"case:{bare.id}")
                self.looks.append(Look(now, case, tuple(armed)))


def _moment(now: datetime, who: str, key: str) -> Moment | None:
    """`case:ID:CLOCK[:NUMBER]:ROUND:STEP:SLOT:ADDRESS`: a notice of a clock; None = of something else."""
    of_a_case = key.startswith("case:")  # what a commune owes each year is another matter
    owner, _, rest = key.removeprefix("case:").partition(":")
    parts = rest.split(":")
    if (
        not of_a_case
        or not owner
        or len(parts) < 5
        or not all(one.isdigit() for one in parts[-4:-1])
    ):
        return None
    clock = ":".join(parts[:-4])
    if clock_of(clock) not in DEADLINES and clock != ALARM:
        return None
    return Moment(now, clock if clock != ALARM else "unanswered", int(parts[-3]), who)


def promised(looks: list[Look], people: dict[str, str]) -> list[Moment]:
    """Every moment that came while its clock ran. `people`: role -> who has it."""
    found: set[Moment] = set()
    for look, then in pairwise(looks):
        for timer in look.armed:
            if clock_of(timer.kind) not in DEADLINES:
                continue
            for at, step in moments(timer, look.case, then.at):
                if look.at < at:
                    whom = told_at(timer.kind, look.case, DEFAULT, step)
                    names = {_name(one, timer.kind, look.case, people) for one in whom}
                    found |= {Moment(at, timer.kind, step, who) for who in names}
    return sorted(found)


def moments(timer: Timer, case: Case, until: datetime) -> Iterator[tuple[datetime, int]]:
    """(when, which step) of a clock from its start on, as the table says, then again and again."""
    assert timer.started_at is not None
    start, row = timer.started_at, DEADLINES[clock_of(timer.kind)]
    run = run_of(timer.kind, case, DEFAULT, start) if row.beats else None
    steps = steps_of(timer.kind, case, DEFAULT)
    ats = (
        [run.at(beat) for beat in row.beats] if run
        else [after(start, step.after, DEFAULT.calendar) for step in steps]
    )  # fmt: skip
    yield from ((at, step) for step, at in enumerate(ats) if at <= until)
    rings = row.again < DAY and (row.law or case.level in ALARMING)
    at = ats[-1]
    while not row.daily and at <= until:  # a daily one begins anew, from a start of its own
        at = at + row.again if rings else next_morning(at)
        if at <= until:
            yield at, len(ats) - 1


def _name(role: str, clock: str, case: Case, people: dict[str, str]) -> str:
    """What concerns nobody with an account the holder hears."""
    if role == "party":
        mine = [
            one.person for one in case.beside
            if one.no == number_of(clock) and clock_of(clock) in OWED[one.kind]
        ]  # fmt: skip
        role = f"p-{people['holder']}" if not mine[0] else mine[0]
    return people.get(role, role.removeprefix("p-"))


def differences(promise: list[Moment], told: list[Moment]) -> list[str]:
    """What was promised and not heard in its minute, and what was heard and not promised then."""
    left, missing = list(told), []
    for one in promise:
        heard = next((found for found in left if _keeps(one, found)), None)
        if heard is None:
            missing.append(f"never heard: {one}")
        else:
            left.remove(heard)
    return missing + [f"not promised: {one}" for one in left]


def _keeps(promise: Moment, heard: Moment) -> bool:
    same = (promise.clock, promise.step, promise.who) == (heard.clock, heard.step, heard.who)
    return same and timedelta(0) <= heard.at - promise.at < PERIOD
