"""How a report stands, in plain words: since when, and what comes next; nothing about the child."""

from datetime import datetime

from cases.deadlines import ALARMING
from cases.lifecycle import QUIET, Act
from cases.model import Case, Status
from cases.times.calendar import local
from handlers.actor import Actor
from handlers.reporter.reporting import reporter_words
from storage.ledgers.history import Event

_AGAIN = {Act.ROUTE: "moved", Act.REOPEN: "reopened", Act.RELEASE: "again"}


async def standing(actor: Actor, case: Case) -> str:
    """One honest sentence, and the next step: who has it since when, or that nobody has."""
    name, at = await _now(actor, case)
    due = "urgent" if case.level in ALARMING else "calm"
    return reporter_words(actor, case, f"status.{name}", at=spoken(actor, at), due=due)


async def _now(actor: Actor, case: Case) -> tuple[str, datetime]:
    """What became of it, and when. What was before their report was joined to it is not theirs to know."""
    assert actor.voice is not None
    told = actor.voice.told.get(case.id)
    joined = told.joined if told is not None else None
    events = await _turns(actor, case.id)
    last = next((one for one in reversed(events) if joined is None or one.at > joined), None)
    at = actor.voice.since(case) if last is None else last.at
    if told is not None and joined is not None and last is None:
        at = await _as_before(actor, case, told.told_in) or joined
    if case.status is Status.RECEIVED:
        act = Act(last.act) if last is not None else Act.OPEN
        return _AGAIN.get(act, "again" if last is not None or joined else "received"), at
    if not case.holder and case.status is not Status.CLOSED:
        return "orphan", at
    return case.status.value, at


async def _turns(actor: Actor, case_id: str) -> list[Event]:
    return [event for event in await actor.work.cases.events(case_id) if _changes(event)]


async def _as_before(actor: Actor, case: Case, told_in: str) -> datetime | None:
    """Since when their own report stood as it stands now; None where that came with the other case."""
    own = [one for one in await _turns(actor, told_in) if one.act != Act.MERGE]
    then = own[-1].body.get("after") if own else None
    return own[-1].at if then is not None and then["status"] == case.status else None


def _changes(event: Event) -> bool:
    """Whether it changed who has the case, or how far it is. What the clock takes back has no form."""
    before, after = event.body.get("before"), event.body.get("after")
    if event.act == Act.UNDO:
        return event.body["of"] not in set(QUIET)
    if event.act == Act.RELEASE and before is None:
        return True
    if before is None or after is None:
        return False
    return event.act == Act.ROUTE or any(
        before[name] != after[name] for name in ("status", "holder")
    )


def spoken(actor: Actor, at: datetime) -> str:
    """`20 giờ 15`, and the day where it is another one."""
    here, today = local(at), local(actor.work.now)
    hour = actor.words("receipt.time", hour=f"{here.hour}", minute=f"{here:%M}")
    if here.date() == today.date():
        return hour
    return actor.words("relay.day", time=hour, day=actor.day(at))
