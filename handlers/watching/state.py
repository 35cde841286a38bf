"""What an administrator sees of the watch: its last pass, what does not hold, who heard the drill. No case."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.messages import Choice
from cases.model import Person, Role
from cases.roster import short
from cases.times.calendar import local
from cases.watch import LATE, WATCH
from handlers.actor import Actor
from handlers.roster.colleagues import KIND
from handlers.watching.drills import Heard, heard_since
from handlers.watching.paging import known_since
from notifications.announce import OFFER_LIFE, staff_time
from storage.health import PASS
from storage.records.offers import Offer

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class State:
    """In the words of its reader. `how`: well | bad | silent (no pass lately, so nobody knows)."""

    how: str
    head: str
    lines: tuple[str, ...]  # what does not hold, each with what to do
    rehearsed: str  # how far the report of nobody came last, and how fast; "" = there was none yet
    drills: tuple[str, ...]
    unseen: bool  # something waits for somebody to have looked


async def state_of(actor: Actor) -> State:
    """As the last pass left it."""
    last, now = await actor.work.marks.at(PASS), actor.work.now
    known = known_since(await actor.work.violations.standing())
    how = "bad" if known else "well"
    if last is None or now - last > LATE:
        how = "never" if last is None else "silent"
    head = actor.words("watch.head", how=how, **_time(last))
    lines = [
        actor.words("notice.watch", rule=rule, count=count, **staff_time("at", since))
        for rule, (count, since) in known.items()
    ]
    drills = [_drill(actor, one) for one in await heard_since(actor.work, now - WEEK)]
    unseen = any(WATCH[rule].seen for rule in known)
    rehearsed = await _rehearsed(actor)
    return State(how, head, tuple(lines), rehearsed, tuple(drills), unseen)


async def _rehearsed(actor: Actor) -> str:
    """The seconds since it began at which each part of the way was done."""
    last = await actor.work.rehearsals.last()
    if last is None:
        return ""
    way = {
        "door": last.told_at, "receipt": last.answered_at, "alert": last.alerted_at,
        "press": last.acked_at,
    }  # fmt: skip
    missing = next((part for part, at in way.items() if at is None), "none")
    spans = {
        part: round((at - last.begun_at).total_seconds()) if at else 0 for part, at in way.items()
    }
    return actor.words(
        "watch.rehearsed", day=f"{local(last.begun_at):%d/%m}", missing=missing, **spans
    )


def _time(at: datetime | None) -> dict[str, str]:
    return staff_time("at", at) if at is not None else {"at": "-", "at_day": "-"}


def _drill(actor: Actor, one: Heard) -> str:
    """Who, and on which channel after how many seconds; or that they did not."""
    names = actor.kit.places().areas.communes
    channel = actor.words(f"channel.{one.channel}") if one.channel else "none"
    return actor.words(
        "watch.heard", role=actor.words(f"role.{one.person.role}"), name=short(one.person.name) or "-",
        place=names.get(one.person.commune, one.person.commune), channel=channel, count=one.seconds,
        day=f"{local(one.rung_at):%d/%m}",
    )  # fmt: skip


def may_watch(person: Person) -> bool:
    return person.role is Role.ADMIN


async def show_state(actor: Actor) -> None:
    """The same in the chat, with the button where somebody has to look."""
    assert actor.voice is not None
    found = await state_of(actor)
    told = [found.rehearsed] * bool(found.rehearsed)
    text = "\n".join([found.head, *found.lines, *told, *found.drills])
    if not found.unseen:
        await actor.say(text)
        return
    prompt = actor.prompt()
    life = actor.work.now + OFFER_LIFE
    await actor.work.offers.put(
        Offer(prompt, actor.voice.contact.id, KIND, ["seen"], life, message="watch:I7")
    )
    await actor.say(text, (Choice("seen", actor.words("errand.seen")),), prompt=prompt)
