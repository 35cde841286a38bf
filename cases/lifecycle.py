"""TRANSITIONS: act + status -> status; a card's buttons are the rows that apply now (DOMAIN.md 2)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from cases.errors import Refused
from cases.incident_types import track
from cases.model import Case, Level, Person, Record, Role, Status
from cases.plans import with_tasks
from cases.records import Doing, Effect, helped, let_go, moved, on_file, records, with_record
from cases.separation import check
from cases.sharing import to_police


class Act(StrEnum):
    """Everything that can be done to a case; codes are option ids of buttons."""

    OPEN = "open"
    ACKNOWLEDGE = "acknowledge"
    DECLINE = "decline"
    RELEASE = "release"
    ASSIGN = "assign"
    VERIFY = "verify"
    NOTE = "note"
    ASK_REPORTER = "ask_reporter"
    SEND_VISIT = "send_visit"
    ACCEPT_VISIT = "accept_visit"
    DECLINE_VISIT = "decline_visit"
    VISIT_REPORT = "visit_report"
    REFER = "refer"
    REFER_RECEIVED = "refer_received"
    ASSESS = "assess"
    MEASURE = "measure"
    CONFIRM_MEASURE = "confirm_measure"
    SEPARATE = "separate"
    EXTEND_SEPARATION = "extend_separation"
    END_SEPARATION = "end_separation"
    SAFE = "safe"
    ASSESS_DETAIL = "assess_detail"
    MEETING = "meeting"
    SUBMIT = "submit"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    TASK_DONE = "task_done"
    TASK_FAILED = "task_failed"
    REVIEW = "review"
    END = "end"
    REPLAN = "replan"
    RESOLVE = "resolve"
    DISMISS = "dismiss"
    MERGE = "merge"
    REOPEN = "reopen"
    RAISE = "raise"
    LOWER = "lower"
    OFFER_HANDOVER = "offer_handover"
    ACCEPT_HANDOVER = "accept_handover"
    DECLINE_HANDOVER = "decline_handover"
    WITHDRAW_HANDOVER = "withdraw_handover"
    HANDOVER_RECEIVED = "handover_received"
    HOLD = "hold"
    UNHOLD = "unhold"
    ROUTE = "route"
    SET_KIND = "set_kind"
    MARK_CRIME = "mark_crime"
    EXCLUDE = "exclude"
    INCLUDE = "include"
    SNOOZE = "snooze"
    UNDO = "undo"


HOLDER = "holder"
ANYBODY = "staff"  # staff with access
SELF = "doer"  # who did the act that is undone
PARTY = "party"  # whose record it is: the collaborator of a visit, the person of a task
RECEIVER = "receiver"  # officer or leader of the commune to which a case is offered

_S = Status
OPEN_STATUSES = frozenset(Status) - {Status.CLOSED}
EARLY = frozenset({_S.ACKNOWLEDGED, _S.VERIFYING})
CLOSABLE = frozenset({_S.ACKNOWLEDGED, _S.VERIFYING, _S.DETAILED})
TAKERS = (Role.OFFICER, Role.DEPUTY, Role.LEADER, Role.POLICE, Role.SUPERVISOR)
_ALL = ("*",)
_ACKED = ("idle", "verify", "assess")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one answer to an act's `decision` brings beyond its row."""

    to: Status | None = None
    stops: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the lifecycle table. `to` None = the status stays. `stops` ("*",) = every clock.

    `record`: what it makes or moves beside the case. `needs`: the records that must be on file.
    `decisions`: what the form's answer `decision` changes.
    """

    act: Act
    when: frozenset[Status]
    to: Status | None
    by: tuple[str, ...]
    asks: bool = False
    stops: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    basis: str = "setting"
    undoable: bool = True
    tracks: tuple[str, ...] = ("abuse", "special", "hazard")
    record: Effect | None = None
    needs: tuple[str, ...] = ()
    decisions: Mapping[str, Turn] = field(default_factory=dict)


def _only(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


_T = Transition
_E = Effect
_D = OPEN_STATUSES
TRANSITIONS: tuple[Transition, ...] = (
    _T(Act.OPEN, _only(), _S.RECEIVED, ("system", ANYBODY), True, starts=("unanswered", "emergency", "plan", "unplaced"), basis="D56 25(1)", undoable=False),
    _T(Act.ACKNOWLEDGE, _only(_S.RECEIVED), _S.ACKNOWLEDGED, TAKERS, stops=("unanswered", "unplaced", "hop"), starts=_ACKED),
    _T(Act.DECLINE, _only(_S.RECEIVED), None, (ANYBODY,), True, undoable=False),
    _T(Act.RELEASE, EARLY, _S.RECEIVED, (HOLDER,), True, stops=_ACKED, starts=("unanswered",)),
    _T(Act.ASSIGN, _D, None, (Role.LEADER,), True, stops=("unanswered", "hop", "idle"), starts=("idle",)),
    _T(Act.VERIFY, _only(_S.ACKNOWLEDGED), _S.VERIFYING, (HOLDER,), True, stops=("verify",), basis="D56 25(2)"),
    _T(Act.NOTE, _D, None, (ANYBODY,), True, starts=("idle",)),
    _T(Act.ASK_REPORTER, _D, None, (HOLDER,), True, stops=("reporter_waiting",), starts=("idle",), undoable=False),
    _T(Act.ASSESS, _only(_S.ACKNOWLEDGED, _S.VERIFYING, _S.EMERGENCY), None, (HOLDER,), True, stops=("verify", "assess"), starts=("idle",), basis="D56 26(2)", record=_E("form02", "on_file"), decisions={"urgent": Turn(_S.EMERGENCY), "calm": Turn(_S.DETAILED, ("emergency",), ("detail",))}),
    _T(Act.SEND_VISIT, _D, None, (HOLDER,), True, starts=("visit", "idle"), undoable=False, record=_E("visit", "asked")),
    _T(Act.ACCEPT_VISIT, _D, None, (PARTY,), undoable=False, record=_E("visit", "accepted", ("asked",))),
    _T(Act.DECLINE_VISIT, _D, None, (PARTY,), True, undoable=False, record=_E("visit", "declined", ("asked", "accepted"))),
    _T(Act.VISIT_REPORT, _D, None, (PARTY,), True, stops=("visit",), starts=("idle",), undoable=False, record=_E("visit", "done", ("asked", "accepted"))),
    _T(Act.REFER, _D, None, (HOLDER, Role.LEADER), True, stops=("crime",), starts=("referral", "idle"), basis="D56 25(3)", undoable=False, record=_E("referral", "sent")),
    _T(Act.REFER_RECEIVED, _D, None, (HOLDER, Role.POLICE), True, stops=("referral",), starts=("idle",), undoable=False, record=_E("referral", "received", ("sent",))),
    _T(Act.MEASURE, _D, _S.EMERGENCY, (Role.LEADER, HOLDER), True, stops=("unanswered", "unplaced", "hop", "verify", "emergency"), starts=("child_check", "confirm", "idle"), basis="D56 26(3), 31; Law 50(2)", undoable=False, record=_E("measure", "proposed")),
    _T(Act.CONFIRM_MEASURE, _D, None, (Role.LEADER,), True, stops=("confirm",), undoable=False, record=_E("measure", "", ("proposed",)), decisions={"confirmed": Turn(), "refused": Turn(starts=("emergency",))}),
    _T(Act.SEPARATE, _D, _S.EMERGENCY, (Role.LEADER,), True, stops=("unanswered", "unplaced", "hop", "verify", "emergency"), starts=("separation", "idle"), basis="D56 32", undoable=False, record=_E("separation", "running")),
    _T(Act.EXTEND_SEPARATION, _D, None, (Role.LEADER,), True, basis="D56 32", undoable=False, record=_E("separation", "running", ("running",))),
    _T(Act.END_SEPARATION, _D, None, (Role.LEADER,), True, stops=("separation",), basis="D56 32", undoable=False, record=_E("separation", "ended", ("running",))),
    _T(Act.SAFE, _only(_S.EMERGENCY), _S.DETAILED, (HOLDER, Role.LEADER), True, stops=("child_check",), starts=("detail", "idle"), needs=("form02",)),
    _T(Act.ASSESS_DETAIL, _only(_S.DETAILED), _S.PLANNING, (HOLDER,), True, stops=("detail",), starts=("plan", "idle"), basis="D56 27(1)", record=_E("form03", "on_file")),
    _T(Act.MEETING, _only(_S.DETAILED, _S.PLANNING), None, (HOLDER,), True, starts=("idle",), basis="D56 27(2)", record=_E("minutes", "on_file")),
    _T(Act.SUBMIT, _only(_S.PLANNING), _S.APPROVAL, (HOLDER,), True, stops=("plan", "idle"), starts=("approve",), basis="D56 28(1)(2)", record=_E("plan", "submitted"), needs=("form02", "form03", "minutes")),
    _T(Act.APPROVE, _only(_S.APPROVAL), _S.RUNNING, (Role.LEADER,), True, stops=("approve",), starts=("task", "review", "contact"), basis="D56 28; Law 52(2)", undoable=False, record=_E("plan", "approved", ("submitted",))),
    _T(Act.SEND_BACK, _only(_S.APPROVAL), _S.PLANNING, (Role.LEADER,), True, stops=("approve",), starts=("idle",), basis="D56 28", record=_E("plan", "sent_back", ("submitted",))),
    _T(Act.TASK_DONE, _only(_S.RUNNING), None, (PARTY, HOLDER), True, stops=("task",), basis="D56 29 (u)", record=_E("task", "done", ("open",))),
    _T(Act.TASK_FAILED, _only(_S.RUNNING), None, (PARTY, HOLDER), True, basis="D56 29 (u)", record=_E("task", "open", ("open",))),
    _T(Act.REVIEW, _only(_S.RUNNING), _S.REVIEW, (HOLDER,), True, stops=("review",), starts=("decide",), basis="D56 30", record=_E("form06", "on_file")),
    _T(Act.END, _only(_S.REVIEW), _S.CLOSED, (Role.LEADER,), True, stops=_ALL, starts=("safe_check",), basis="D56 30(1)(b)"),
    _T(Act.REPLAN, _only(_S.REVIEW), _S.PLANNING, (Role.LEADER,), True, stops=("decide",), starts=("plan", "idle"), basis="D56 30(1)(c)", record=_E("plan", "replaced", ("approved",))),
    _T(Act.RESOLVE, CLOSABLE, _S.CLOSED, (HOLDER,), True, stops=_ALL, starts=("safe_check",), tracks=("special", "hazard")),
    _T(Act.DISMISS, CLOSABLE, _S.CLOSED, (Role.LEADER, HOLDER), True, stops=_ALL),
    _T(Act.MERGE, _D, _S.CLOSED, (HOLDER,), True, stops=_ALL, undoable=False),
    _T(Act.REOPEN, _only(_S.CLOSED), _S.RECEIVED, (Role.LEADER, Role.SUPERVISOR, "system"), True, stops=_ALL, starts=("unanswered", "emergency", "plan"), undoable=False),
    _T(Act.RAISE, _D, None, (ANYBODY,), True, basis="section 5"),
    _T(Act.LOWER, _D, None, (HOLDER,), True, basis="section 5"),
    _T(Act.OFFER_HANDOVER, _D, None, (HOLDER, Role.LEADER), True, stops=("forward",), starts=("handover", "idle"), basis="D56 26(1); Law 52(2)", undoable=False, record=_E("handover", "offered")),
    _T(Act.ACCEPT_HANDOVER, _D, None, (RECEIVER,), stops=("handover", "forward", "unanswered", "unplaced", "hop"), starts=("idle",), undoable=False, record=_E("handover", "accepted", ("offered",))),
    _T(Act.DECLINE_HANDOVER, _D, None, (RECEIVER,), True, stops=("handover",), undoable=False, record=_E("handover", "declined", ("offered",))),
    _T(Act.WITHDRAW_HANDOVER, _D, None, (HOLDER, Role.LEADER), True, stops=("handover",), undoable=False, record=_E("handover", "withdrawn", ("offered", "sent"))),
    _T(Act.HANDOVER_RECEIVED, _D, _S.CLOSED, (HOLDER, Role.LEADER), True, stops=_ALL, starts=("safe_check",), undoable=False, basis="D56 26(1)", record=_E("handover", "accepted", ("sent",))),
    _T(Act.HOLD, frozenset(_S), None, (Role.LEADER,), True, record=_E("hold", "on")),
    _T(Act.UNHOLD, frozenset(_S), None, (Role.LEADER,), record=_E("hold", "off", ("on",))),
    _T(Act.ROUTE, _only(_S.RECEIVED, _S.ACKNOWLEDGED), _S.RECEIVED, (Role.SUPERVISOR,), True, stops=("forward", "unplaced", "unanswered", "hop", *_ACKED), starts=("unanswered",), basis="D56 26(1)", undoable=False),
    _T(Act.SET_KIND, _D, None, (HOLDER,), True, basis="D56 25(3)"),
    _T(Act.MARK_CRIME, _D, None, (ANYBODY,), True, starts=("crime",), basis="D56 25(3)"),
    _T(Act.EXCLUDE, frozenset(_S), None, (ANYBODY,), True, undoable=False),
    _T(Act.INCLUDE, frozenset(_S), None, (Role.LEADER, Role.SUPERVISOR), True, undoable=False),
    _T(Act.SNOOZE, _D, None, (HOLDER,), True, undoable=False),
    _T(Act.UNDO, _D, None, (SELF,), undoable=False),
)  # fmt: skip
TABLE: Mapping[Act, Transition] = {row.act: row for row in TRANSITIONS}

_TAKING = (Act.MEASURE, Act.SEPARATE)  # on a received case they acknowledge it first
# What this release does; the other rows are the law's path, shown in the generated diagram.
WORKING = frozenset({
    Act.OPEN, Act.ACKNOWLEDGE, Act.DECLINE, Act.RELEASE, Act.ASSIGN, Act.NOTE, Act.ASK_REPORTER,
    Act.MEASURE, Act.SAFE, Act.RAISE, Act.LOWER, Act.SET_KIND, Act.ROUTE, Act.EXCLUDE, Act.INCLUDE,
    Act.SNOOZE, Act.UNDO, Act.RESOLVE, Act.DISMISS, Act.REOPEN, Act.VERIFY, Act.CONFIRM_MEASURE,
    Act.ASSESS, Act.SEPARATE, Act.EXTEND_SEPARATION, Act.END_SEPARATION,
    Act.ASSESS_DETAIL, Act.MEETING, Act.SUBMIT, Act.APPROVE, Act.SEND_BACK, Act.TASK_DONE,
    Act.TASK_FAILED, Act.REVIEW, Act.END, Act.REPLAN, Act.MERGE, Act.HOLD, Act.UNHOLD,
    Act.SEND_VISIT, Act.ACCEPT_VISIT, Act.DECLINE_VISIT, Act.VISIT_REPORT,
    Act.REFER, Act.REFER_RECEIVED, Act.MARK_CRIME,
    Act.OFFER_HANDOVER, Act.ACCEPT_HANDOVER, Act.DECLINE_HANDOVER, Act.WITHDRAW_HANDOVER,
    Act.HANDOVER_RECEIVED,
})  # fmt: skip
# The order of the buttons on a card: what helps the child first.
_CARD = (
    Act.ACCEPT_VISIT, Act.VISIT_REPORT, Act.DECLINE_VISIT, Act.ACCEPT_HANDOVER, Act.DECLINE_HANDOVER,
    Act.ACKNOWLEDGE, Act.DECLINE, Act.CONFIRM_MEASURE, Act.VERIFY,
    Act.APPROVE, Act.SEND_BACK, Act.END, Act.REPLAN, Act.SUBMIT, Act.TASK_DONE, Act.ASSESS_DETAIL,
    Act.MEETING,
    Act.NOTE, Act.MEASURE, Act.SAFE, Act.RESOLVE,
    Act.TASK_FAILED, Act.REVIEW,
    Act.ASK_REPORTER, Act.ASSESS, Act.SEND_VISIT, Act.REFER, Act.REFER_RECEIVED,
    Act.SEPARATE, Act.EXTEND_SEPARATION, Act.END_SEPARATION, Act.MARK_CRIME,
    Act.HANDOVER_RECEIVED, Act.WITHDRAW_HANDOVER, Act.OFFER_HANDOVER,
    Act.DISMISS, Act.ASSIGN, Act.RAISE, Act.LOWER, Act.SET_KIND, Act.SNOOZE, Act.RELEASE, Act.ROUTE,
    Act.MERGE,
    Act.REOPEN, Act.HOLD, Act.UNHOLD, Act.EXCLUDE, Act.INCLUDE,
)  # fmt: skip


def allowed(act: Act, case: Case, person: Person) -> str:
    """ "" when the person may do this now, else the key of the sentence that says why not."""
    if _takes_over(act, case, person) or _settles(act, case, person):
        return ""
    row = TABLE[act]
    if act not in WORKING or case.status not in row.when or track(case) not in row.tracks:
        return "error.not_now"
    if row.record is not None and row.record.frm and not _theirs(row, case, person):
        return "error.not_now"
    return _unmet(row, case, person) if _is_one_of(row, case, person) else "error.not_yours"


def _theirs(row: Transition, case: Case, person: Person) -> bool:
    """Whether there is a record that this act can move, for this person."""
    assert row.record is not None
    found = records(case, row.record.kind, *row.record.frm)
    holds = row.act is Act.REFER_RECEIVED and case.holder == person.id
    return any(holds or _is_theirs(row, one, person) for one in found)


def _is_theirs(row: Transition, record: Record, person: Person) -> bool:
    """Whether this record is one that this person may move: their visit, an offer to their commune."""
    if row.by == (PARTY,):
        return record.person == person.id
    if row.by == (RECEIVER,):
        return record.commune == person.commune
    return person.role is not Role.POLICE or record.kind != "referral" or to_police(record.body)


def _unmet(row: Transition, case: Case, person: Person) -> str:
    """What stands in the way of an act that is theirs, or ""."""
    for kind in row.needs:
        if not on_file(case, kind):
            return f"error.needs_{kind}"
    if row.act is Act.APPROVE and records(case, "plan", "submitted")[-1].person == person.id:
        return "error.own_plan"
    if records(case, "separation", "running"):
        if row.to is Status.CLOSED:
            return "error.separation_runs"  # its clock would stop, and it would lapse unseen
        if row.act is Act.SEPARATE:
            return "error.separation_is"
    if row.act is Act.HOLD and records(case, "hold", "on"):
        return "error.not_now"
    if row.act is Act.MARK_CRIME and "crime" in case.flags:
        return "error.not_now"
    if row.act is Act.OFFER_HANDOVER and (not case.commune or _offered(case)):
        return "error.offered" if case.commune else "error.not_now"
    return ""


def _offered(case: Case) -> bool:
    return bool(records(case, "handover", "offered", "sent"))


def _settles(act: Act, case: Case, person: Person) -> bool:
    """A handover that was declined, or that nobody answers, the city decides in any open status."""
    disputed = bool(records(case, "handover", "offered", "declined"))
    open_ = case.status in OPEN_STATUSES
    return act is Act.ROUTE and person.role is Role.SUPERVISOR and open_ and disputed


def _takes_over(act: Act, case: Case, person: Person) -> bool:
    """Further on and without a holder: whoever stands above, or stands in there, may take it.

    Its status stays. What the law leaves to the leader stays the leader's.
    """
    above = person.leads or person.role in (Role.LEADER, Role.SUPERVISOR)
    further = case.status in OPEN_STATUSES - {Status.RECEIVED}
    return act is Act.ACKNOWLEDGE and above and further and not case.holder


def _is_one_of(row: Transition, case: Case, person: Person) -> bool:
    if row.act is Act.DISMISS and track(case) == "abuse":
        return person.role is Role.LEADER
    if row.act is Act.DISMISS:
        return case.holder == person.id
    if row.act is Act.ROUTE and person.role is Role.LEADER:
        return not case.commune  # a leader who stands in for the city desk
    if PARTY in row.by and _is_party(row, case, person):
        return True
    if RECEIVER in row.by:
        return person.role in (Role.OFFICER, Role.DEPUTY, Role.LEADER)
    # Police contact and city hold a case to get it moving, not to do the commune's paper work.
    visitor = person.role in (Role.POLICE, Role.SUPERVISOR)
    if HOLDER in row.by and case.holder == person.id:
        return not visitor or row.act in _VISITING_HOLDER
    if person.role in row.by:
        return True
    return ANYBODY in row.by and person.role in TAKERS and (not visitor or row.act in _VISITOR)


def _is_party(row: Transition, case: Case, person: Person) -> bool:
    assert row.record is not None
    found = records(case, row.record.kind, *row.record.frm)
    return any(one.person == person.id for one in found)


# A note or a visit makes no button stale: rev counts changes of status, level, kind or holder.
QUIET = (
    Act.NOTE, Act.ASK_REPORTER, Act.DECLINE, Act.EXCLUDE, Act.INCLUDE, Act.SNOOZE, Act.MARK_CRIME,
    Act.SEND_VISIT, Act.ACCEPT_VISIT, Act.DECLINE_VISIT, Act.VISIT_REPORT,
    Act.REFER, Act.REFER_RECEIVED, Act.DECLINE_HANDOVER,
)  # fmt: skip
_VISITING_HOLDER = (
    Act.RELEASE, Act.SNOOZE, Act.ASK_REPORTER, Act.SEND_VISIT, Act.REFER, Act.REFER_RECEIVED,
)  # fmt: skip
_VISITOR = (Act.NOTE, Act.DECLINE, Act.EXCLUDE, Act.RAISE)


def acts_for(case: Case, person: Person) -> tuple[Act, ...]:
    """The buttons of the card: exactly what this person may do now, what helps first in front."""
    found = [act for act in _CARD if not allowed(act, case, person)]
    if case.level is Level.URGENT and Act.RAISE in found:
        found.remove(Act.RAISE)
    if Act.RESOLVE in found and track(case) == "hazard":
        _put(found, Act.RESOLVE, 1 + found.index(Act.NOTE))  # a pond is fenced, and that is that
    if Act.ASSESS in found and _is_next_to_assess(case):
        _put(found, Act.ASSESS, 0)
    if Act.ACCEPT_VISIT in found:
        found.remove(Act.VISIT_REPORT)  # first they say that they go
    if Act.MEASURE in found and case.status is Status.EMERGENCY and not helped(case):
        _put(found, Act.MEASURE, 0)  # it cannot wait, and nothing was done yet
    if Act.ROUTE in found and Act.ACKNOWLEDGE not in found:
        # Who holds it for the city is there to send it to the right place: first of all.
        _put(found, Act.ROUTE, 0)
    return tuple(found)


def _is_next_to_assess(case: Case) -> bool:
    """Whether form 02 is the law's next step: verified, or helped at once and not assessed yet."""
    return case.status is not Status.ACKNOWLEDGED and not on_file(case, "form02")


def _put(acts: list[Act], act: Act, at: int) -> None:
    acts.remove(act)
    acts.insert(at, act)


def apply(act: Act, case: Case, doing: Doing) -> Case:
    """The case after the act. Raises Refused with the reason; a refused act changes nothing."""
    person, row = doing.person, TABLE[act]
    if why := allowed(act, case, person):
        raise Refused(why)
    to = _leads_to(act, case, doing)
    after = replace(case, status=to, rev=case.rev + (0 if act in QUIET else 1))
    if act in (Act.SEPARATE, Act.EXTEND_SEPARATION):
        check(case, doing)
    if row.record is not None:
        after = with_record(after, act.value, row.record, _pointed(row, case, doing))
    after = with_tasks(after, act.value, doing)
    if act is Act.ACKNOWLEDGE or (act in _TAKING and case.status is Status.RECEIVED):
        after = replace(after, holder=person.id, acked_at=doing.now, acked_by_role=person.role)
    after = _AFTERWARDS.get(act, _as_it_is)(after, doing)
    if to is Status.RECEIVED:
        after = replace(after, holder="", closed_at=None, closed_reason="")
    if to is Status.CLOSED:
        after = replace(after, closed_at=doing.now, closed_by_role=person.role)
        after = let_go(after, doing.now)
    return after


def _leads_to(act: Act, case: Case, doing: Doing) -> Status:
    """The status after the act. What is further on when it is taken over or sent on keeps its own."""
    row = TABLE[act]
    stays = act is Act.ROUTE and doing.form.get("commune") == case.commune
    settled = act is Act.ROUTE and case.status not in row.when
    if _takes_over(act, case, doing.person) or stays or settled:
        return case.status
    return _decided(act, case, doing.form).to or row.to or case.status


def _opened_anew(case: Case, doing: Doing) -> Case:
    return reopened(case, doing.now)


def _crime(case: Case, doing: Doing) -> Case:
    return replace(case, flags=(*case.flags, "crime"))


def _as_it_is(case: Case, doing: Doing) -> Case:
    return case


def _pointed(row: Transition, case: Case, doing: Doing) -> Doing:
    """Whoever acts on a record of theirs means that one, and never the newest of somebody else."""
    assert row.record is not None
    if not row.record.frm or "record" in doing.form:
        return doing
    found = [
        one for one in records(case, row.record.kind, *row.record.frm)
        if _is_theirs(row, one, doing.person)
    ]  # fmt: skip
    return replace(doing, form={**doing.form, "record": str(found[-1].no)}) if found else doing


def _theirs_now(case: Case, doing: Doing) -> Case:
    """Another commune has it: whoever said so holds it, and the receipt stays what it was."""
    return replace(
        in_commune(case, doing.person.commune, doing.now),
        holder=doing.person.id, acked_at=doing.now, acked_by_role=doing.person.role,
        status=_S.ACKNOWLEDGED if case.status is _S.RECEIVED else case.status,
    )  # fmt: skip


_AFTERWARDS: Mapping[Act, Callable[[Case, Doing], Case]] = {
    Act.REOPEN: _opened_anew,
    Act.ACCEPT_HANDOVER: _theirs_now,
    Act.MARK_CRIME: _crime,
}


def in_commune(case: Case, commune: str, now: datetime) -> Case:
    """The case in another commune. Whoever the conflict was with works in the one that it leaves."""
    left = ("conflict_commune",) if commune != case.commune else ()
    flags = tuple(flag for flag in case.flags if flag not in left)
    after = let_go(replace(case, commune=commune, flags=flags), now)
    for one in records(after, "handover", "declined"):
        after = moved(after, one, "settled", now)
    return after


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
    if act is Act.REFER and not to_police(form):
        return (), row.starts  # only the police stop the clock of a crime
    if act is Act.ROUTE and form.get("commune") == case.commune:
        return ("forward",), ("idle",)  # it stays where it is, with whoever has it
    return (*row.stops, *decided.stops), (*row.starts, *decided.starts)


def _decided(act: Act, case: Case, form: Mapping[str, Any]) -> Turn:
    """What the answer `decision` changes. While a measure runs, an assessment moves nothing."""
    if act is Act.ASSESS and case.status is Status.EMERGENCY:
        return Turn()
    return TABLE[act].decisions.get(str(form.get("decision", "")), Turn())
