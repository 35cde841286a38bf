"""Requests about one's own data: taken, acknowledged, extended, closed; each with its clock and record."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cases.codes import read_code
from cases.data_rights import (
    ACK,
    DO,
    PARTLY,
    REASONS,
    REFUSED,
    WHAT,
    acknowledging,
    doing,
    due_at,
    next_moment,
    told_now,
)
from cases.errors import Refused
from cases.model import Case, Person, Role, Timer
from cases.routing import people_for
from handlers.access import case_for
from handlers.actor import Actor
from handlers.alarms.alarm import staff_of
from handlers.casework.cards import refresh
from handlers.casework.intake import is_child
from handlers.casework.relay import send_letter
from handlers.casework.threads import threads_of
from handlers.roster.colleagues import Errand, leaders_of, offer, tell
from notifications.announce import staff_time
from storage.records.rights import RUNNING, Request


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants, and where from: an address of ours, or by hand through staff."""

    what: str
    source: str
    text: str = ""
    case: Case | None = None
    contact_id: str = ""
    commune: str = ""
    code: str = ""  # as it was typed, by hand


async def take_request(actor: Actor, asked: Asked) -> Request:
    """Its record, its two clocks, and a word to whoever answers for it, in one commit."""
    if asked.what not in WHAT:
        raise Refused("error.rights_what")
    work, now = actor.work, actor.work.now
    if asked.contact_id and (runs := await work.rights.of_contact(asked.contact_id, asked.what)):
        return runs
    due = due_at(doing("", asked.what, now, extended=False), actor.kit.policy.calendar)
    case = asked.case
    made = await work.rights.add(
        Request(
            work.new_id(), 0, case.id if case else "", asked.contact_id,
            case.commune if case else asked.commune, asked.what, asked.source, "new", actor.name,
            now, due, body=_body(asked),
        )
    )  # fmt: skip
    await work.audit.write(actor.name, f"rights_{asked.what}", made.case_id, {"no": made.no})
    for owed in (acknowledging(made.id, now), doing(made.id, asked.what, now, extended=False)):
        await work.timers.start(next_moment(owed, actor.kit.policy.calendar, now))
    work.wake("timers")
    await _tell(actor, made, ("leader",), "rights_new", ACK)
    if case is not None:
        await refresh(actor, case)
    return made


def _body(asked: Asked) -> dict[str, Any]:
    """`typed`: what a list may show of a request with a code, whether there is such a case or not."""
    typed = {"code": asked.code, "commune": asked.commune}
    return {
        **({"text": asked.text} if asked.text else {}),
        **({"typed": typed} if asked.code else {}),
    }


async def take_by_hand(actor: Actor, asked: Asked) -> Request:
    """It came by phone, visit or paper. Raises Refused for a code that cannot be one.

    Whoever writes it down is not told whether there is such a case: without one the leader of the commune
    that was named, or the city, asks again who asked.
    """
    if not asked.code:
        return await take_request(actor, asked)
    code = read_code(asked.code)
    if code is None:
        raise Refused("error.no_code")
    case = await actor.work.cases.by_code(code)
    return await take_request(actor, replace(asked, code=code, case=case))


async def done_at_once(actor: Actor, asked: Asked, outcome: str, reason: str = "") -> Request:
    """What the program itself could answer: the record stands, and no clock runs."""
    work, now, case = actor.work, actor.work.now, asked.case
    made = await work.rights.add(
        Request(
            work.new_id(), 0, case.id if case else "", asked.contact_id,
            case.commune if case else asked.commune, asked.what, asked.source, "closed", actor.name,
            now, now, outcome=_outcome(outcome, reason), acked_at=now, closed_at=now,
        )
    )  # fmt: skip
    await work.audit.write(actor.name, f"rights_{asked.what}", made.case_id, {"no": made.no})
    return made


async def acknowledge_request(actor: Actor, no: int, text: str = "") -> Request:
    """Whoever asked has heard that it is being done: the first clock stops."""
    one = await running(actor, no)
    after = replace(one, state="acked", acked_at=actor.work.now)
    await _keep(actor, after, "rights_acked", {"first": text} if text else {})
    await actor.work.timers.stop(f"rights:{one.id}", ACK)
    if text:
        await _answer(actor, after, text)
    return after


async def extend_request(actor: Actor, no: int, why: str) -> Request:
    """Once, by fifteen days, with a reason that whoever asked may read."""
    one = await running(actor, no)
    if one.extended_at is not None or not why.strip():
        raise Refused("error.rights_extended" if one.extended_at else "error.rights_why")
    owed = doing(one.id, one.what, one.made_at, extended=True)
    due = due_at(owed, actor.kit.policy.calendar)
    after = replace(one, extended_at=actor.work.now, due_at=due)
    await _keep(actor, after, "rights_extended", {"extended": why.strip()})
    await actor.work.timers.stop(f"rights:{one.id}", DO)
    timer = next_moment(owed, actor.kit.policy.calendar, actor.work.now)
    await actor.work.timers.start(await actor.work.timers.fresh(timer))
    return after


async def close_request(
    actor: Actor, no: int, outcome: str, text: str, reason: str = ""
) -> Request:
    """It was done, in part, or refused with the reason for which the law keeps it."""
    one = await running(actor, no)
    if outcome in (PARTLY, REFUSED) and reason not in REASONS:
        raise Refused("error.rights_reason")
    after = replace(
        one, state="closed", outcome=_outcome(outcome, reason), closed_at=actor.work.now,
        acked_at=one.acked_at or actor.work.now,
    )  # fmt: skip
    await _keep(actor, after, "rights_closed", {"answer": text} if text else {})
    await actor.work.timers.stop(f"rights:{one.id}")
    key = f"rights.why_{reason}" if reason else "rights.closed"
    await _answer(actor, after, text or await _in_words(actor, after, key))
    return after


def _outcome(outcome: str, reason: str) -> str:
    return f"{outcome}:{reason}" if reason else outcome


async def _in_words(actor: Actor, one: Request, key: str) -> str:
    """A sentence of ours to whoever asked; a child has sentences of its own."""
    case = await actor.work.cases.get(one.case_id) if one.case_id else None
    return actor.words_for(key, child=case is not None and is_child(case), no=one.no)


async def running(actor: Actor, no: int) -> Request:
    """Raises Refused: there is none of that number, or it was answered."""
    one = await actor.work.rights.by_no(no)
    if one is None or one.state not in RUNNING:
        raise Refused("error.rights_none" if one is None else "error.rights_over")
    return one


async def _keep(actor: Actor, one: Request, act: str, said: Mapping[str, Any]) -> None:
    await actor.work.rights.save(replace(one, body={**one.body, **said}))
    await actor.work.audit.write(actor.name, act, one.case_id, {"no": one.no})


async def _answer(actor: Actor, one: Request, text: str) -> None:
    """As a letter of their own thread: it waits until it is safe, and no other reporter reads it."""
    case = await actor.work.cases.get(one.case_id) if one.case_id and one.contact_id else None
    if case is None:
        return  # who asked by hand is answered by hand
    for thread in await threads_of(actor.work, case):
        if one.contact_id in thread.contacts:
            await send_letter(actor, case, thread, {"text": text})


async def on_rights(actor: Actor, timer: Timer) -> None:
    """Somebody waits for an answer: the leader is reminded, and nobody reads in it what was asked."""
    one = await actor.work.rights.get(timer.owner.partition(":")[2])
    if one is None or one.state not in RUNNING or (timer.kind == ACK and one.state != "new"):
        return
    late = _due(actor, one, timer.kind) <= actor.work.now
    notice = "rights_late" if late else "rights_soon"
    roles = told_now(timer.kind, timer.step)
    await _tell(actor, one, roles, notice, f"{timer.kind}:{timer.step}:{timer.slot}")
    follow = next_moment(
        _owed(one, timer.kind), actor.kit.policy.calendar, actor.work.now, timer.slot
    )
    await actor.work.timers.start(follow)


def _owed(one: Request, kind: str) -> Any:
    if kind == ACK:
        return acknowledging(one.id, one.made_at)
    return doing(one.id, one.what, one.made_at, extended=one.extended_at is not None)


def _due(actor: Actor, one: Request, kind: str) -> datetime:
    return due_at(_owed(one, kind), actor.kit.policy.calendar)


async def _tell(actor: Actor, one: Request, roles: tuple[str, ...], notice: str, key: str) -> None:
    kind = key.partition(":")[0]
    values = {"no": one.no, **staff_time("due", _due(actor, one, kind))}
    people = await _answerable(actor, one, roles)
    await tell(actor, people, Errand(notice, f"rights:{one.id}", f"rights:{one.id}:{key}", values))


async def _answerable(actor: Actor, one: Request, roles: tuple[str, ...]) -> list[Person]:
    """Who answers for it, as they may know of its case; administrators hear a number only."""
    staff = await actor.work.people.staff(one.commune)
    case = await actor.work.cases.get(one.case_id) if one.case_id else None
    found: list[Person] = []
    if case is not None:
        here, excluded = await staff_of(actor, case)
        found = list(people_for(("leader",), case, here, excluded)) if "leader" in roles else []
    elif "leader" in roles and one.commune:
        found = await leaders_of(actor, one.commune)
    if "supervisor" in roles or ("leader" in roles and not found):
        found += [one for one in staff if one.role is Role.SUPERVISOR]
    if "admin" in roles:
        found += [one for one in staff if one.role is Role.ADMIN]
    return list(dict.fromkeys(found))


async def show_request(actor: Actor, request_id: str) -> None:
    """What is asked stands on no locked screen: one press says it, and is logged. Raises Refused."""
    one, case = await _theirs(actor, request_id)
    await actor.work.audit.write(actor.name, "rights_read", one.case_id, {"no": one.no})
    due = staff_time("due", _due(actor, one, DO))
    typed = one.body.get("typed", {}).get("code", "")
    code = case.code if case else typed or "–"
    words = [
        actor.words("rights.what", no=one.no, what=one.what, code=code, **due),
        *[actor.words("rights.no_case")] * bool(typed and case is None),
        *(str(one.body[name]) for name in ("text",) if name in one.body),
    ]
    first = ("rights_seen",) * (one.state == "new")
    await offer(actor, "\n".join(words), f"rights:{one.id}", (*first, *_ANSWERS))


async def seen_request(actor: Actor, request_id: str) -> None:
    """They will see to it, and whoever asked hears so."""
    one, _ = await _theirs(actor, request_id)
    await acknowledge_request(actor, one.no, await _in_words(actor, one, "rights.acked"))
    await actor.say(actor.words("rights.noted", no=one.no))


async def answer_request(actor: Actor, request_id: str, outcome: str, reason: str = "") -> None:
    """Done, or not done with the reason for which the law keeps it: in words of ours, by one press."""
    one, _ = await _theirs(actor, request_id)
    await close_request(actor, one.no, outcome, "", reason)
    await actor.say(actor.words("rights.noted", no=one.no))


_ANSWERS = ("rights_done", "rights_protect", "rights_open", "rights_hold")


async def _theirs(actor: Actor, request_id: str) -> tuple[Request, Case | None]:
    """Only who answers for it, and of a case only who may know it whole. Raises Refused."""
    person = actor.person
    one = await actor.work.rights.get(request_id)
    if person is None or one is None or one.state not in RUNNING:
        raise Refused("error.errand_over")
    case = await case_for(actor.work, person, one.case_id) if one.case_id else None
    people = await _answerable(actor, one, ("leader", "supervisor"))
    if person.id not in {other.id for other in people}:
        raise Refused("error.errand_over")
    return one, case
