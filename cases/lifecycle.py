"""TRANSITIONS: act + status -> status; a card's buttons are the rows that apply now (DOMAIN.md 2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cases.model import Role, Status
from cases.records import Effect


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
    ASK_ERASE = "ask_erase"
    AGREE_ERASE = "agree_erase"
    REFUSE_ERASE = "refuse_erase"
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
ERASERS = (Role.OFFICER, Role.DEPUTY, Role.LEADER, Role.SUPERVISOR)  # a second one must agree
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
    _T(Act.HOLD, frozenset(_S), None, (Role.LEADER, Role.SUPERVISOR), True, record=_E("hold", "on")),
    _T(Act.UNHOLD, frozenset(_S), None, (Role.LEADER, Role.SUPERVISOR), record=_E("hold", "off", ("on",))),
    _T(Act.ASK_ERASE, _only(_S.CLOSED), None, ERASERS, True, basis="PDPL 14; TRUST 16", undoable=False, record=_E("erasure", "asked")),
    _T(Act.AGREE_ERASE, _only(_S.CLOSED), None, (Role.LEADER, Role.SUPERVISOR), True, basis="PDPL 14; TRUST 16", undoable=False, record=_E("erasure", "agreed", ("asked",))),
    _T(Act.REFUSE_ERASE, _only(_S.CLOSED), None, (Role.LEADER, Role.SUPERVISOR), True, basis="PDPL 14; TRUST 16", undoable=False, record=_E("erasure", "refused", ("asked",))),
    _T(Act.ROUTE, _only(_S.RECEIVED, _S.ACKNOWLEDGED), _S.RECEIVED, (Role.SUPERVISOR,), True, stops=("forward", "unplaced", "unanswered", "hop", *_ACKED), starts=("unanswered",), basis="D56 26(1)", undoable=False),
    _T(Act.SET_KIND, _D, None, (HOLDER,), True, basis="D56 25(3)"),
    _T(Act.MARK_CRIME, _D, None, (ANYBODY,), True, starts=("crime",), basis="D56 25(3)"),
    _T(Act.EXCLUDE, frozenset(_S), None, (ANYBODY,), True, undoable=False),
    _T(Act.INCLUDE, frozenset(_S), None, (Role.LEADER, Role.SUPERVISOR), True, undoable=False),
    _T(Act.SNOOZE, _D, None, (HOLDER,), True, undoable=False),
    _T(Act.UNDO, _D, None, (SELF,), undoable=False),
)  # fmt: skip
TABLE: Mapping[Act, Transition] = {row.act: row for row in TRANSITIONS}

TAKING = (Act.MEASURE, Act.SEPARATE)  # on a received case they acknowledge it first
# The order of the buttons on a card: what helps the child first.
CARD = (
    Act.ACCEPT_VISIT, Act.VISIT_REPORT, Act.DECLINE_VISIT, Act.ACCEPT_HANDOVER, Act.DECLINE_HANDOVER,
    Act.ACKNOWLEDGE, Act.DECLINE, Act.CONFIRM_MEASURE, Act.VERIFY,
    Act.APPROVE, Act.SEND_BACK, Act.END, Act.REPLAN, Act.SUBMIT, Act.TASK_DONE, Act.ASSESS_DETAIL,
    Act.MEETING,
    Act.NOTE, Act.MEASURE, Act.SAFE, Act.RESOLVE,
    Act.TASK_FAILED, Act.REVIEW, Act.REFER_RECEIVED,
    Act.ASK_REPORTER, Act.ASSESS, Act.SEND_VISIT, Act.REFER,
    Act.SEPARATE, Act.EXTEND_SEPARATION, Act.END_SEPARATION, Act.MARK_CRIME,
    Act.HANDOVER_RECEIVED, Act.WITHDRAW_HANDOVER, Act.OFFER_HANDOVER,
    Act.DISMISS, Act.ASSIGN, Act.RAISE, Act.LOWER, Act.SET_KIND, Act.SNOOZE, Act.RELEASE, Act.ROUTE,
    Act.MERGE,
    Act.AGREE_ERASE, Act.REFUSE_ERASE,
    Act.REOPEN, Act.HOLD, Act.UNHOLD, Act.EXCLUDE, Act.INCLUDE, Act.ASK_ERASE,
)  # fmt: skip
# Done on the pages only, where a PIN is asked: a chat account alone erases nothing (TRUST.md 15).
PAGE_ONLY = frozenset({Act.ASK_ERASE, Act.AGREE_ERASE, Act.REFUSE_ERASE})
# A note or a visit makes no button stale: rev counts changes of status, level, kind or holder.
QUIET = (
    Act.NOTE, Act.ASK_REPORTER, Act.DECLINE, Act.EXCLUDE, Act.INCLUDE, Act.SNOOZE, Act.MARK_CRIME,
    Act.SEND_VISIT, Act.ACCEPT_VISIT, Act.DECLINE_VISIT, Act.VISIT_REPORT,
    Act.REFER, Act.REFER_RECEIVED, Act.DECLINE_HANDOVER,
)  # fmt: skip
VISITING_HOLDER = (
    Act.RELEASE, Act.SNOOZE, Act.ASK_REPORTER, Act.SEND_VISIT, Act.REFER, Act.REFER_RECEIVED,
)  # fmt: skip
VISITOR = (Act.NOTE, Act.DECLINE, Act.EXCLUDE, Act.RAISE)
