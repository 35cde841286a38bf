"""The lifecycle: an act of a person, or of the clock, on a case. Compare-and-set; the loser is told."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cases.errors import Conflict, Refused
from cases.lifecycle import Act, apply
from cases.model import Case, Level, Person, Role, Status, Timer
from cases.triage import ORDER
from handlers.actor import Actor
from handlers.alarm import alert, staff_of, start_clock, turn_clocks
from handlers.cards import refresh
from handlers.consequences import ALERTING, SNOOZE, Done, alarm_afresh, bring_about, step_of
from handlers.undo import undoable
from notifications.announce import Call

Form = Mapping[str, Any]


async def work_case(actor: Actor, case: Case, act: Act, form: Form) -> Case:
    """Do it, or raise Refused. One commit: case, event, clocks, notices, audit."""
    person = actor.person
    assert person is not None
    if act is Act.UNDO:
        return await _undo(actor, case, person)
    after = await _with(actor, apply(act, case, person, actor.work.now), act, form)
    await _check(actor, case, after, act, form)
    if after.rev != case.rev and not await actor.work.cases.save(after, case.rev):
        raise Conflict("error.changed")
    body = {"form": dict(form), "before": _before(case), "role": person.role}
    key = f"{case.id}:{act.value}:{actor.work.new_id()}"
    await actor.work.cases.add_event(case.id, key, act.value, person.id, body)
    await actor.work.audit.write(person.id, act.value, case.id)
    await turn_clocks(actor, act, after, *(("unanswered",) if act in ALERTING else ()))
    await bring_about(Done(actor, person, case, after, act, form))
    await refresh(actor, after)
    return after


async def _with(actor: Actor, case: Case, act: Act, form: Form) -> Case:
    """The facts that the form of an act changes."""
    if act is Act.ASSIGN:
        return await _given_to(actor, case, str(form["person"]))
    if act in (Act.RAISE, Act.LOWER):
        return replace(case, level=Level(str(form["level"])))
    if act is Act.SET_KIND:
        return replace(case, kind=str(form["kind"]))
    if act is Act.ROUTE:
        return replace(case, commune=str(form["commune"]))
    if act is Act.RESOLVE:
        return replace(case, closed_reason="resolved")
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
    if act is Act.RAISE and ORDER.index(after.level) <= ORDER.index(case.level):
        raise Refused("error.level_same")
    if act is Act.LOWER and ORDER.index(after.level) >= ORDER.index(case.level):
        raise Refused("error.level_not_lower")
    if act is Act.SNOOZE:
        until = actor.work.now + SNOOZE[str(form["until"])]
        armed = await actor.work.timers.armed(f"case:{case.id}")
        if any(timer.kind == "emergency" and timer.due_at < until for timer in armed):
            raise Refused("error.snooze_law")


def _before(case: Case) -> dict[str, Any]:
    return {
        "status": case.status, "holder": case.holder, "level": case.level, "kind": case.kind,
        "acked_by_role": case.acked_by_role, "closed_reason": case.closed_reason,
    }  # fmt: skip


async def _undo(actor: Actor, case: Case, person: Person) -> Case:
    event = await undoable(actor, case, person)
    if event is None:
        raise Refused("error.nothing_to_undo")
    before = event.body["before"]
    after = replace(
        case, status=Status(before["status"]), holder=before["holder"],
        level=Level(before["level"]), kind=before["kind"], rev=case.rev + 1,
        acked_by_role=before["acked_by_role"], closed_reason=before["closed_reason"],
        closed_at=None if before["status"] != Status.CLOSED else case.closed_at,
    )  # fmt: skip
    if not await actor.work.cases.save(after, case.rev):
        raise Conflict("error.changed")
    key = f"{case.id}:undo:{event.id}"
    await actor.work.cases.add_event(case.id, key, Act.UNDO.value, person.id, {"of": event.act})
    await actor.work.audit.write(person.id, Act.UNDO.value, case.id)
    await _clocks_as_before(actor, case, after)
    await refresh(actor, after)
    return after


async def _clocks_as_before(actor: Actor, case: Case, after: Case) -> None:
    owner = f"case:{after.id}"
    if after.status is Status.RECEIVED:
        await actor.work.timers.stop(owner, "idle")
        await alarm_afresh(actor, after, "alert", 0)
    elif case.status is Status.CLOSED:
        await start_clock(actor, "idle", after)
        if after.status in (Status.ACKNOWLEDGED, Status.VERIFYING):
            await turn_clocks(actor, Act.OPEN, after, "unanswered", "unplaced")


async def lapse(actor: Actor, case: Case, timer: Timer) -> None:
    """Acknowledged, then nothing: back to received, the same person and one step up are alerted."""
    after = replace(case, status=Status.RECEIVED, holder="", rev=case.rev + 1)
    if not await actor.work.cases.save(after, case.rev):
        return
    body = {"form": {}, "role": "system"}
    key = f"{case.id}:lapse:{timer.id}"
    await actor.work.cases.add_event(case.id, key, Act.RELEASE.value, "system", body)
    await actor.work.audit.write("system", Act.RELEASE.value, case.id)
    staff, excluded = await staff_of(actor, after)
    same = [one for one in staff if one.id == case.holder and one.id not in excluded]
    call = Call("idle_lapsed", f"case:{case.id}:lapsed:{after.rev}", {})
    await actor.kit.announcer.tell(actor.work, after, same, call)
    reached = await alert(actor, after, "idle_lapsed", step_of(actor, after, Role.DEPUTY), 0)
    await start_clock(actor, "unanswered", after, reached + 1)
    await refresh(actor, after)
