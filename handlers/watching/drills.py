"""Diễn tập: each week a test alert through the real channels to the real officers, and who heard it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cases.model import Person, Timer
from cases.roles import NEEDED
from cases.times.calendar import local
from handlers.actions.drill import DRILL, ring_bell
from handlers.actor import Actor, Kit
from handlers.operators import tell_operators
from handlers.watching.rehearsal import BORN
from storage.records.duty import Bell
from storage.unit_of_work import UnitOfWork

DAY = 2  # Wednesday; a program that was away then catches up on the days after it
FROM, UNTIL = time(9, 0), time(17, 0)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of one person's drill: on which channel it was heard, and after how many seconds."""

    person: Person
    rung_at: datetime
    channel: str = ""
    seconds: int = 0
    silent: tuple[str, ...] = ()  # the channels on which nobody pressed


class Drills:
    """Arms the week's drill of everybody who may be called; the row of a week exists once."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    async def arm(self) -> int:
        """How many were armed. Never in a trial: its people are invented."""
        week = _week_of(self._kit.clock.now())
        if week is None or self._kit.demo:
            return 0
        async with self._kit.store.reading("drills") as work:
            born = await work.marks.at(BORN)
            if born is None or local(born).date() >= week:
                return 0  # in its first week an installation has drills of its own: the first hour
            owners = [f"drill:{one.id}" for one in await called(work)]
            known = await work.timers.thought_of(owners, DRILL, week.toordinal())
            missing, now = [one for one in owners if one not in known], work.now
        if missing:
            async with self._kit.store.transaction("drills") as work:
                for owner in missing:
                    await work.timers.start(Timer(owner, DRILL, week.toordinal(), 0, 0, now))
                work.wake("timers")
        return len(missing)


def _week_of(now: datetime) -> date | None:
    """The Monday of the week whose drill may ring now; None = not at this hour."""
    here = local(now)
    if here.weekday() < DAY or not FROM <= here.time() < UNTIL:
        return None
    return here.date() - timedelta(days=here.weekday())


async def called(work: UnitOfWork, commune: str = "") -> list[Person]:
    """Who may be called at any hour: officers, deputies, leaders who are not on leave."""
    return [
        one for one in await work.people.everybody()
        if one.active and one.role in NEEDED and not one.substitute
        and (not commune or one.commune == commune)
    ]  # fmt: skip


async def on_drill(actor: Actor, timer: Timer) -> None:
    """The row is due: whoever left or went on leave since is left in peace."""
    person_id = timer.owner.removeprefix("drill:")
    person = next((one for one in await called(actor.work) if one.id == person_id), None)
    if person is not None:
        await drill(actor, person)


async def drill(actor: Actor, person: Person) -> str:
    """One drill of one person; "" = no address of theirs works, and administrators hear that."""
    rung = await ring_bell(Actor(actor.work, actor.kit, name=DRILL), person)
    if not rung:
        await tell_operators(actor.work, actor.kit, "admin_unreached", f"unreached:{person.id}")
    return rung


async def heard_since(work: UnitOfWork, since: datetime) -> list[Heard]:
    """The newest drill of each person that was rung since then."""
    newest: dict[str, str] = {}
    for bell in await work.bells.made_since(since, DRILL):
        newest[bell.person_id] = bell.round
    found = [await result_of(work, round_id) for round_id in newest.values()]
    return [one for one in found if one is not None and one.person.active]


async def result_of(work: UnitOfWork, round_id: str) -> Heard | None:
    """What became of one drill so far."""
    bells = await work.bells.of_round(round_id)
    person = await work.people.get(bells[0].person_id) if bells else None
    if person is None:
        return None
    silent = [await _channel(work, one) for one in bells if one.heard_at is None]
    loud = [one for one in bells if one.heard_at is not None]
    if not loud:
        return Heard(person, bells[0].made_at, silent=tuple(silent))
    first = min(loud, key=lambda one: one.heard_at or one.made_at)
    seconds = int(((first.heard_at or first.made_at) - bells[0].made_at).total_seconds())
    return Heard(person, bells[0].made_at, await _channel(work, first), seconds, tuple(silent))


async def _channel(work: UnitOfWork, bell: Bell) -> str:
    contact = await work.contacts.get(bell.contact_id)
    return contact.channel if contact is not None else "-"


def unheard(found: Sequence[Heard]) -> list[Person]:
    """Those who pressed nowhere."""
    return [one.person for one in found if not one.channel]
