"""The lifecycle: an act of a person, or of the clock, on a case. Compare-and-set; the loser is told."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from cases.acting import apply, in_commune, reopened
from cases.deadlines import law_start
from cases.errors import Conflict, Refused
from cases.lifecycle import Act
from cases.merging import kept_alike
from cases.model import Case, Level, Person, Record, Role, Status, Timer
from cases.records import TOLD_OUTSIDE, UNDONE, Doing
from cases.roles import STEP_UP
from cases.timers import passes_the_law
from cases.triage import ORDER
from handlers.access import open_to
from handlers.actor import Actor
from handlers.alarms.alarm import sound, staff_of, step_of
from handlers.alarms.clocks import clocks_of_records, still_owed, turn_clocks
from handlers.alarms.conflict import in_question, shut_out
from handlers.casework.acts.consequences import SNOOZE, bring_about
from handlers.casework.acts.done import Done
from handlers.casework.acts.erasing import check_erasure
from handlers.casework.acts.handovers import works_there
from handlers.casework.acts.merging import other_case
from handlers.casework.cards import refresh
from handlers.casework.relay import thread_named
from handlers.casework.told import with_told
from handlers.casework.undo import clocks_of, meetings_again, undoable
from notifications.announce import Call

Form = Mapping[str, Any]
_REASONS = {
    Act.RESOLVE: "resolved", Act.END: "plan_done", Act.MERGE: "duplicate",
    Act.HANDOVER_RECEIVED: "moved",
}  # fmt: skip
SYSTEM = Person("system", Role.SUPERVISOR)  # whose act it is when the clock or a reporter does it


async def work_case(actor: Actor, case: Case, act: Act, form: Form) -> Case:
    """Do it, or raise Refused. One commit: case, event, clocks, notices, audit."""
    person = actor.person
    assert person is not None
    if act is Act.UNDO:
        return await _undo(actor, case, person)
    form = await _completed(actor, person, act, form)
    doing = Doing(person, actor.work.now, form)
    after = await _with(actor, apply(act, case, doing), act, form)
    await _check(actor, case, after, act, form)
    if after != case and not await actor.work.cases.save(after, case.rev):
        raise Conflict("error.changed")
    clocks = await _running(actor, case)
    body = {
        "form": dict(form), "before": _facts(case), "after": _facts(after), "role": person.role,
        "clocks": clocks,
    }  # fmt: skip
    key = f"{case.id}:{act.value}:{actor.work.new_id()}"
    await actor.work.cases.add_event(case.id, key, act.value, person.id, body)
    await actor.work.audit.write(person.id, act.value, case.id)
    await turn_clocks(actor, act, case, after, form)
    if act is Act.ACKNOWLEDGE:
        waited = actor.work.now - law_start(case)
        actor.kit.store.tally.took("ack_seconds", waited.total_seconds())
    await bring_about(Done(actor, person, case, after, act, form))
    after = await actor.work.cases.get(case.id) or after  # what follows may have changed it again
    await refresh(actor, after)
    return after


async def _completed(actor: Actor, person: Person, act: Act, form: Form) -> Form:
    """What the form does not ask: which commune takes a handover, and whether it goes on paper."""
    if act is Act.ACCEPT_HANDOVER:
        return {**form, "commune": person.commune}
    if act is Act.OFFER_HANDOVER and not await works_there(actor, str(form["commune"])):
        return {**form, "paper": "yes"}  # nobody there works with us
    return form


def _routed(case: Case, commune: str, now: datetime) -> Case:
    """Further on than received nobody there holds it yet: its leader is called to assign it."""
    stays = commune == case.commune and case.status is not Status.RECEIVED
    return replace(in_commune(case, commune, now), holder=case.holder if stays else "")


async def _with(actor: Actor, case: Case, act: Act, form: Form) -> Case:
    """The facts that the form of an act changes."""
    if act is Act.ASSIGN:
        return await _given_to(actor, case, str(form["person"]))
    if act in (Act.RAISE, Act.LOWER):
        return replace(case, level=Level(str(form["level"])))
    if act is Act.SET_KIND:
        return replace(case, kind=str(form["kind"]))
    if act is Act.ROUTE:
        return _routed(case, str(form["commune"]), actor.work.now)
    if act is Act.INCLUDE and form["person"] in case.flags:
        flags = tuple(flag for flag in case.flags if flag != form["person"])
        return replace(case, flags=flags, rev=case.rev + 1)
    if act is Act.MERGE:
        case = kept_alike(case, await other_case(actor, case, form))
    if act in _REASONS:
        return replace(case, closed_reason=_REASONS[act])
    if act is Act.REFER:
        return await with_told(actor, case)
    if act is Act.DISMISS:
        return replace(case, closed_reason=str(form["reason"]))
    return case


async def _given_to(actor: Actor, case: Case, person_id: str) -> Case:
    """Assigned = acknowledged for that person; what was further on keeps its status."""
    person = await actor.work.people.get(person_id)
    if person is None or not person.active:
        raise Refused("error.not_now")
    status = Status.ACKNOWLEDGED if case.status is Status.RECEIVED else case.status
    return replace(
        case, holder=person.id, status=status, acked_at=actor.work.now, acked_by_role=person.role
    )


async def _check(actor: Actor, case: Case, after: Case, act: Act, form: Form) -> None:
    await _check_whom(actor, case, act, form)
    if act is Act.RAISE and ORDER.index(after.level) <= ORDER.index(case.level):
        raise Refused("error.level_same")
    if act is Act.LOWER and ORDER.index(after.level) >= ORDER.index(case.level):
        raise Refused("error.level_not_lower")
    if act is Act.ASK_REPORTER and not await thread_named(actor, case, str(form["reporter"])):
        raise Refused("relay.nobody")
    if act is Act.END and form["stable"] == "no":
        raise Refused("error.not_stable")
    if act is Act.AGREE_ERASE:
        await check_erasure(actor, case)
    if act is Act.SNOOZE:
        until = actor.work.now + SNOOZE[str(form["until"])]
        armed = await actor.work.timers.armed(f"case:{case.id}")
        if passes_the_law(armed, case, actor.kit.policy, until):
            raise Refused("error.snooze_law")


async def _check_whom(actor: Actor, case: Case, act: Act, form: Form) -> None:
    """Of a conflict of interest nobody says more than they may know."""
    assert actor.person is not None
    if act is Act.EXCLUDE and "person" in form:
        known = [one.id for one in await in_question(actor, case, actor.person)]
        if form["person"] not in known:
            raise Refused("error.not_yours")
    if act is Act.INCLUDE and form["person"] not in await shut_out(actor, case, actor.person):
        raise Refused("error.not_yours")


async def _running(actor: Actor, case: Case) -> dict[str, str]:
    """The clocks of the case and from when they count: kept with an act, so that undo can go back."""
    armed = await actor.work.timers.armed(f"case:{case.id}")
    return {timer.kind: (timer.started_at or case.received_at).isoformat() for timer in armed}


def _facts(case: Case) -> dict[str, Any]:
    """What an act may change, as JSON: kept with it, so that undo can take exactly that back."""
    return {
        "status": case.status, "holder": case.holder, "level": case.level, "kind": case.kind,
        "acked_by_role": case.acked_by_role, "acked_at": _iso(case.acked_at),
        "closed_reason": case.closed_reason, "closed_by_role": case.closed_by_role,
        "closed_at": _iso(case.closed_at), "flags": list(case.flags),
        "records": {f"{one.kind}:{one.no}": _record_facts(one) for one in case.beside},
    }  # fmt: skip


def _record_facts(one: Record) -> list[str | None]:
    return [one.state, one.person, one.commune, _iso(one.due_at), _iso(one.changed_at)]


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


_READ: Mapping[str, Callable[[Any], Any]] = {
    "status": Status, "level": Level, "flags": tuple,
    "acked_at": lambda at: datetime.fromisoformat(at) if at else None,
    "closed_at": lambda at: datetime.fromisoformat(at) if at else None,
}  # fmt: skip


def _taken_back(case: Case, body: Mapping[str, Any]) -> Case:
    """The case without what that act changed. Raises Conflict where something newer stands there."""
    before, then, now = body["before"], body["after"], _facts(case)
    changed = [name for name in before if before[name] != then[name]]
    if any(now[name] != then[name] for name in changed):
        raise Conflict("error.changed")
    old = {name: _READ.get(name, str)(before[name]) for name in changed if name != "records"}
    beside = tuple(_record_before(one, before.get("records", {}), then) for one in case.beside)
    return replace(case, rev=case.rev + 1, beside=beside, **old)


def _record_before(one: Record, before: Mapping[str, Any], then: Mapping[str, Any]) -> Record:
    """A record as it was; one that the act made is no record any more."""
    key = f"{one.kind}:{one.no}"
    if one.kind in TOLD_OUTSIDE:
        return one
    if before.get(key) == then.get("records", {}).get(key):
        return one
    if key not in before:
        return replace(one, state=UNDONE)
    state, person, commune, due_at, changed_at = before[key]
    return replace(
        one, state=state, person=person, commune=commune,
        due_at=datetime.fromisoformat(due_at) if due_at else None,
        changed_at=datetime.fromisoformat(changed_at),
    )  # fmt: skip


async def _undo(actor: Actor, case: Case, person: Person) -> Case:
    event = await undoable(actor, case, person)
    if event is None:
        raise Refused("error.nothing_to_undo")
    after = _taken_back(case, event.body)
    if not await _may_hold(actor, after) or not await actor.work.cases.save(after, case.rev):
        raise Conflict("error.changed")
    key, body = f"{case.id}:undo:{event.id}", {"of": event.act, "role": person.role}
    await actor.work.cases.add_event(case.id, key, Act.UNDO.value, person.id, body)
    await actor.work.audit.write(person.id, Act.UNDO.value, case.id)
    clocks = event.body["clocks"]
    ran = {kind: datetime.fromisoformat(clocks[kind]) for kind in clocks}
    await meetings_again(actor, after, ran)
    # A note that is taken back changes no other clock; a closed case has none.
    if _facts(after) != _facts(case) and after.status is not Status.CLOSED:
        await clocks_of(actor, after, ran, chains=_called_anew(case, after))
        await clocks_of_records(actor, case, after)
    if "reporter_waiting" in clocks:
        await still_owed(actor, after)
    await bring_about(Done(actor, person, case, after, Act.UNDO, {}))
    await refresh(actor, after)
    return after


def _called_anew(case: Case, after: Case) -> bool:
    """Whether who must be called is another question than before the undo."""
    return (case.status, case.holder, case.level) != (after.status, after.holder, after.level)


async def _may_hold(actor: Actor, case: Case) -> bool:
    """Whoever held it before may have left since, or may not know of it any more."""
    holder = await actor.work.people.get(case.holder) if case.holder else None
    return not case.holder or (holder is not None and await open_to(actor.work, holder, case))


async def reopen_by_answer(actor: Actor, case: Case) -> Case:
    """Who reported says that the child is not safe: open again, one level above who closed it."""
    case = await actor.work.cases.get(case.id) or case  # a list gives it without its records
    after = replace(reopened(case, actor.work.now), rev=case.rev + 1)
    if not await actor.work.cases.save(after, case.rev):
        raise Conflict("error.changed")
    form = {"answer": "safe_no"}
    body = {"form": form, "before": _facts(case), "after": _facts(after), "role": "system"}
    key = f"{case.id}:reopen:{after.rev}"
    await actor.work.cases.add_event(case.id, key, Act.REOPEN.value, "system", body)
    await actor.work.audit.write("system", Act.REOPEN.value, case.id)
    await turn_clocks(actor, Act.REOPEN, case, after, form)
    await bring_about(Done(actor, SYSTEM, case, after, Act.REOPEN, form))
    await refresh(actor, after)
    return after


async def _role_of(actor: Actor, person_id: str) -> Role:
    person = await actor.work.people.get(person_id)
    return person.role if person is not None else Role.OFFICER


async def lapse(actor: Actor, case: Case, timer: Timer) -> None:
    """Acknowledged, then nothing: back to received, the same person and one step up are alerted."""
    after = replace(case, status=Status.RECEIVED, holder="", rev=case.rev + 1)
    if not await actor.work.cases.save(after, case.rev):
        return
    body = {"form": {}, "role": "system"}
    key = f"{case.id}:lapse:{timer.id}"
    await actor.work.cases.add_event(case.id, key, Act.RELEASE.value, "system", body)
    await actor.work.audit.write("system", Act.RELEASE.value, case.id)
    await turn_clocks(actor, Act.RELEASE, case, after, {})
    staff, excluded = await staff_of(actor, after)
    same = [one for one in staff if one.id == case.holder and one.id not in excluded]
    call = Call("idle_lapsed", f"case:{case.id}:lapsed:{after.rev}", {})
    await actor.kit.announcer.tell(actor.work, after, same, call)
    await sound(
        actor,
        after,
        "idle_lapsed",
        step_of(actor, after, STEP_UP[await _role_of(actor, case.holder)]),
    )
    await refresh(actor, after)
