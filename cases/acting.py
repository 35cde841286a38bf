"""The case after an act, and the clocks that the act turns. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from cases.allowed import allowed, is_theirs, takes_over
from cases.conflict import flags_in, kept_from
from cases.errors import Refused
from cases.lifecycle import (
    EARLY,
    QUIET,
    TABLE,
    TAKING,
    Act,
    Transition,
    Turn,
)
from cases.model import Case, Status
from cases.plans import with_tasks
from cases.records import Doing, let_go, moved, records, with_record
from cases.separation import check
from cases.sharing import body_of, reports_crime, shut_to

_ELSEWHERE = (Act.OFFER_HANDOVER, Act.ACCEPT_HANDOVER, Act.ROUTE)


def apply(act: Act, case: Case, doing: Doing) -> Case:
    """The case after the act. Raises Refused with the reason; a refused act changes nothing."""
    person, row = doing.person, TABLE[act]
    if why := allowed(act, case, person):
        raise Refused(why)
    if act in _ELSEWHERE and kept_from(case, str(doing.form.get("commune") or person.commune)):
        raise Refused("error.kept_from")
    to = _leads_to(act, case, doing)
    after = replace(case, status=to, rev=case.rev + (0 if act in QUIET else 1))
    _check(act, case, doing)
    if row.record is not None:
        after = with_record(after, act.value, row.record, _pointed(row, case, doing))
    after = with_tasks(after, act.value, doing)
    if act is Act.ACKNOWLEDGE or (act in TAKING and case.status is Status.RECEIVED):
        after = replace(after, holder=person.id, acked_at=doing.now, acked_by_role=person.role)
    after = _AFTERWARDS.get(act, _as_it_is)(after, doing)
    if to is Status.RECEIVED:
        after = replace(after, holder="", closed_at=None, closed_reason="")
    if to is Status.CLOSED is not case.status:  # kept or stood aside from later, it stays as closed
        after = replace(after, closed_at=doing.now, closed_by_role=person.role)
        after = let_go(after, doing.now)
    return after


def _check(act: Act, case: Case, doing: Doing) -> None:
    """What a form may not say. The case may have changed while it was filled."""
    if act in (Act.SEPARATE, Act.EXTEND_SEPARATION):
        check(case, doing)
    if act is Act.REFER and body_of(doing.form) in shut_to(case):
        raise Refused("error.not_for_them")


def _leads_to(act: Act, case: Case, doing: Doing) -> Status:
    """The status after the act. What is further on when it is taken over or sent on keeps its own."""
    row = TABLE[act]
    stays = act is Act.ROUTE and doing.form.get("commune") == case.commune
    settled = act is Act.ROUTE and case.status not in row.when
    if takes_over(act, case, doing.person) or stays or settled:
        return case.status
    return _decided(act, case, doing.form).to or row.to or case.status


def _opened_anew(case: Case, doing: Doing) -> Case:
    return reopened(case, doing.now)


def _crime(case: Case, doing: Doing) -> Case:
    return replace(case, flags=(*case.flags, "crime"))


def _from_here(case: Case, doing: Doing) -> Case:
    """It tells those of this commune, also once another one has the case."""
    newest = records(case, "referral", "sent")[-1]
    sent = replace(newest, commune=case.commune)
    return replace(case, beside=tuple(sent if one is newest else one for one in case.beside))


def _as_it_is(case: Case, doing: Doing) -> Case:
    return case


def _pointed(row: Transition, case: Case, doing: Doing) -> Doing:
    """Whoever acts on a record of theirs means that one, and never the newest of somebody else."""
    assert row.record is not None
    if not row.record.frm or "record" in doing.form:
        return doing
    found = [
        one for one in records(case, row.record.kind, *row.record.frm)
        if is_theirs(row, one, doing.person)
    ]  # fmt: skip
    return replace(doing, form={**doing.form, "record": str(found[-1].no)}) if found else doing


def without_holder(case: Case) -> Case:
    """Free for whoever is called now. What is further on than verifying keeps its status."""
    return replace(case, holder="", status=Status.RECEIVED if case.status in EARLY else case.status)


def _theirs_now(case: Case, doing: Doing) -> Case:
    """Another commune has it: whoever said so holds it, and the receipt stays what it was."""
    return replace(
        in_commune(case, doing.person.commune, doing.now),
        holder=doing.person.id, acked_at=doing.now, acked_by_role=doing.person.role,
        status=Status.ACKNOWLEDGED if case.status is Status.RECEIVED else case.status,
    )  # fmt: skip


_AFTERWARDS: Mapping[Act, Callable[[Case, Doing], Case]] = {
    Act.REOPEN: _opened_anew,
    Act.ACCEPT_HANDOVER: _theirs_now,
    Act.MARK_CRIME: _crime,
    Act.REFER: _from_here,
}


def in_commune(case: Case, commune: str, now: datetime) -> Case:
    """The case in another commune. Whom a conflict shuts out of it stays shut out."""
    after = let_go(replace(case, commune=commune, flags=flags_in(case, commune)), now)
    for one in records(after, "handover", "declined"):
        after = moved(after, one, "settled", now)
    return after if commune == case.commune else _tasks_of_nobody(after)


def _tasks_of_nobody(case: Case) -> Case:
    """Whoever was to do a task works for the commune it came from: its new holder does it, or has it done."""
    return replace(
        case, beside=tuple(replace(one, person="") if one.kind == "task" else one for one in case.beside)
    )  # fmt: skip


def reopened(case: Case, now: datetime) -> Case:
    """A closed case as open as a new one: nobody holds it, and its law clocks count from now."""
    flags = tuple(dict.fromkeys((*case.flags, "reopened")))
    return replace(
        case, status=Status.RECEIVED, holder="", closed_at=None, closed_reason="",
        opened_at=now, flags=flags,
    )  # fmt: skip


def clock_turn(
    act: Act, case: Case, form: Mapping[str, Any]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The clocks that this act stops and starts; what it decided counts. ("*",) = all.

    `case`: as it was before the act. Clocks of records follow their states (cases/records.py).
    """
    row, decided = TABLE[act], _decided(act, case, form)
    if act is Act.ACKNOWLEDGE and case.status is not Status.RECEIVED:
        return row.stops, ("idle",)  # taken over further on: verified or assessed it is long since
    if act in (Act.ASSIGN, Act.ACCEPT_HANDOVER) and case.status is Status.RECEIVED:
        return row.stops, TABLE[Act.ACKNOWLEDGE].starts  # they acknowledge it first
    if act is Act.REFER and not reports_crime(case, form):
        return (), row.starts
    if act is Act.ROUTE and form.get("commune") == case.commune:
        return ("forward",), ("idle",)  # it stays where it is, with whoever has it
    return (*row.stops, *decided.stops), (*row.starts, *decided.starts)


def _decided(act: Act, case: Case, form: Mapping[str, Any]) -> Turn:
    """What the answer `decision` changes. While a measure runs, an assessment moves nothing."""
    if act is Act.ASSESS and case.status is Status.EMERGENCY:
        return Turn()
    return TABLE[act].decisions.get(str(form.get("decision", "")), Turn())
