"""Breaking the glass: one person asks with a reason, a second agrees, the case is open for hours, all is told.

Whoever asks reads the same words whether there is such a case or not: only when it opens do they know.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cases.access import View
from cases.codes import read_code
from cases.errors import Refused
from cases.model import Case, Person, Timer
from cases.openings import (
    ANSWERED_WITHIN,
    MAY_ASK,
    MOST,
    OPEN_FOR,
    SHORTEST_REASON,
    may_agree,
    may_be_opened,
)
from handlers.access import open_to, view_for
from handlers.actor import Actor
from handlers.casework.cards import refresh
from handlers.roster.colleagues import Errand, leaders_of, offer, tell
from handlers.roster.pins import to_the_pages
from notifications.announce import reachable, staff_time
from storage.records.openings import ASKED, DRAFT, ENDED, LAPSED, OPEN, REFUSED, Opening

KIND = "opening"  # a timer's: owner `opening:<id>`


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request as the second person reads it."""

    opening: Opening
    case: Case
    asker: Person


async def draft(actor: Actor, code: str, reason: str) -> Opening:
    """Written down; it goes nowhere before the PIN was typed. Raises Refused."""
    person, work = _me(actor), actor.work
    if person.role not in MAY_ASK:
        raise Refused("error.not_yours")
    read, why = read_code(code), " ".join(reason.split())
    if read is None:
        raise Refused("error.no_code")
    if len(why) < SHORTEST_REASON:
        raise Refused("error.reason_short")
    if len(await work.openings.of_person(person.id)) >= MOST:
        raise Refused("error.opening_many")
    case = await work.cases.by_code(read)
    case = await work.cases.get(case.id) if case is not None else None
    if case is not None and await open_to(work, person, case):
        raise Refused("error.opening_yours")
    fits = case is not None and may_be_opened(
        person, case, excluded=await _out(actor, person, case)
    )
    one = Opening(
        work.new_id(), case.id if case is not None and fits else "", person.id, DRAFT, read, why,
        work.now, work.now + ANSWERED_WITHIN,
    )  # fmt: skip
    await work.openings.add(one)
    await _clock(actor, one, 0)
    return one


async def draft_in_chat(actor: Actor, form: Mapping[str, Any]) -> None:
    await draft(actor, str(form["code"]), str(form["reason"]))
    await to_the_pages(actor, actor.words("opening.draft"))


async def ask(actor: Actor, opening_id: str) -> None:
    """The PIN was typed: whoever may agree hears of it. Raises Refused: it is not theirs, or over."""
    person, work = _me(actor), actor.work
    one = await work.openings.get(opening_id)
    mine = one is not None and one.person_id == person.id and one.state == DRAFT
    if one is None or not mine or not await work.openings.move(one, ASKED):
        raise Refused("error.errand_over")
    await work.audit.write(person.id, "opening_asked", one.case_id)
    case = await work.cases.get(one.case_id) if one.case_id else None
    if case is None:
        return  # and nobody is told of it: it waits as long as any other
    about = f"opening:{one.id}"
    await tell(
        actor, await _second_persons(actor, case, person),
        Errand("opening_asked", about, about, {"code": case.code, "role": person.role}),
    )  # fmt: skip


async def who_asks(actor: Actor, opening_id: str) -> None:
    """The request with its reason, in the chat of who may agree; agreeing needs the PIN. Raises Refused."""
    waiting = await waiting_for(actor, opening_id)
    asker = waiting.asker
    await actor.work.audit.write(_me(actor).id, "opening_read", waiting.case.id)
    words = actor.words(
        "opening.who", code=waiting.case.code, reason=waiting.opening.reason,
        name=asker.name or "none", role=actor.words(f"role.{asker.role}"),
    )  # fmt: skip
    await offer(actor, words, f"opening:{opening_id}", ("opening_yes", "opening_no"))


async def agree_on_a_page(actor: Actor, opening_id: str) -> None:
    """From the chat to where the PIN is typed. Raises Refused."""
    await waiting_for(actor, opening_id)
    await to_the_pages(actor, actor.words("opening.agree"))


async def waiting_for(actor: Actor, opening_id: str) -> Waiting:
    """A request that waits for this person. Raises Refused, and logs who tried."""
    waiting = await theirs(actor, opening_id)
    if waiting is None:
        await actor.work.audit.write(_me(actor).id, "refused", "", {"act": KIND})
        raise Refused("error.errand_over")
    return waiting


async def theirs(actor: Actor, opening_id: str) -> Waiting | None:
    """The request, if this person may be the second one."""
    person, work = _me(actor), actor.work
    one = await work.openings.get(opening_id)
    case = await work.cases.get(one.case_id) if one is not None and one.case_id else None
    asker = await work.people.get(one.person_id) if one is not None else None
    if one is None or case is None or asker is None or one.state != ASKED or not asker.active:
        return None
    out = await _out(actor, person, case)
    return Waiting(one, case, asker) if may_agree(person, asker, case, excluded=out) else None


async def decide(actor: Actor, opening_id: str, *, agreed: bool) -> None:
    """The first answer counts. The PIN was typed before a yes. Raises Refused."""
    waiting, work = await waiting_for(actor, opening_id), actor.work
    one, case, asker, now = waiting.opening, waiting.case, waiting.asker, actor.work.now
    until = now + OPEN_FOR if agreed else one.until
    by = {"decided_by": _me(actor).id, "decided_at": now, "until": until}
    if not await work.openings.move(one, OPEN if agreed else REFUSED, **by):
        raise Refused("error.errand_over")
    act = "opening_agreed" if agreed else "opening_refused"
    await work.audit.write(_me(actor).id, act, case.id, {"person": asker.id})
    await actor.say(actor.words("opening.agreed" if agreed else "opening.refused"))
    await work.timers.stop(f"opening:{one.id}")
    if not agreed:
        return  # whoever asked is told nothing: so they hear where there is no such case
    await _clock(actor, replace(one, until=until), 1)
    await _told(actor, waiting, staff_time("due", until))


async def on_opening(actor: Actor, timer: Timer) -> None:
    """Time is up: nobody answered, or it was open long enough. What is left of it in chats goes."""
    one = await actor.work.openings.get(timer.owner.removeprefix(f"{KIND}:"))
    if one is None or one.state not in (DRAFT, ASKED, OPEN):
        return
    if not await actor.work.openings.move(one, ENDED if one.state == OPEN else LAPSED):
        return
    if one.state == OPEN:
        await shut(actor, one)


async def shut(actor: Actor, one: Opening) -> None:
    """It is over: cards of it are taken back, and it is in the log."""
    await actor.work.audit.write("system", "opening_ended", one.case_id, {"person": one.person_id})
    case = await actor.work.cases.get(one.case_id)
    if case is not None:
        await refresh(actor, case)


async def _told(actor: Actor, waiting: Waiting, until: dict[str, str]) -> None:
    """Whoever asked; the leader of the case, where it may be known to them; the leader of who asked."""
    one, case, asker = waiting.opening, waiting.case, waiting.asker
    values = {"code": case.code, "role": asker.role, **until}
    about = f"opening:{one.id}"
    await tell(actor, [asker], Errand("opening_open", about, f"{about}:open", values))
    but = (asker.id, _me(actor).id)
    here = [
        leader for leader in await leaders_of(actor, case.commune, *but)
        if case.commune and await view_for(actor.work, leader, case) is View.WHOLE
    ]  # fmt: skip
    await tell(actor, here, Errand("opening_told", about, f"{about}:told", values))
    knows = {*but, *(leader.id for leader in here)}
    there = await leaders_of(actor, asker.commune, *knows) if asker.commune else []
    theirs = [leader for leader in there if leader.commune != case.commune]
    await tell(actor, theirs, Errand("opening_elsewhere", about, f"{about}:there", values))


async def _second_persons(actor: Actor, case: Case, asker: Person) -> list[Person]:
    return [
        one for one in await actor.work.people.staff(case.commune)
        if may_agree(one, asker, case, excluded=await _out(actor, one, case))
        and await reachable(actor.work, one)
    ]  # fmt: skip


async def _out(actor: Actor, person: Person, case: Case | None) -> bool:
    return case is not None and person.id in await actor.work.cases.exclusions(case.id)


async def _clock(actor: Actor, one: Opening, step: int) -> None:
    await actor.work.timers.start(Timer(f"{KIND}:{one.id}", KIND, 0, step, 0, one.until))


def _me(actor: Actor) -> Person:
    assert actor.person is not None
    return actor.person
