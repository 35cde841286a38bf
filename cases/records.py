"""What stands beside a case's status with a state and a clock of its own (DOMAIN.md section 2)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from cases.errors import Refused
from cases.forms import marked
from cases.model import Case, Person, Record, Role, Status
from cases.sharing import body_of, shut_to
from cases.times.calendar import DAY_END, instant, local

NOW = "today"  # the answer "hôm nay" to a question for a day

# kind -> its states; the first is the one it is made in unless the act says otherwise. A handover that
# is `sent` is on paper; `settled`: it was declined, and somebody has decided since whose the case is.
STATES: Mapping[str, tuple[str, ...]] = {
    "form02": ("on_file",),
    "form03": ("on_file",),
    "form06": ("on_file",),
    "minutes": ("on_file",),
    "measure": ("proposed", "confirmed", "refused"),
    "separation": ("running", "ended"),
    "visit": ("asked", "accepted", "declined", "done", "ended"),
    "referral": ("sent", "received"),
    "handover": ("offered", "sent", "accepted", "declined", "withdrawn", "settled"),
    "plan": ("submitted", "approved", "sent_back", "replaced"),
    "task": ("planned", "open", "done", "dropped"),
    "hold": ("on", "off"),
    "erasure": ("asked", "agreed", "refused"),
}
# Whose they are has heard of every change: an undone closing leaves them ended, to be asked anew.
TOLD_OUTSIDE = ("visit", "handover")
UNDONE = "undone"  # of any kind: the act that made it was taken back
# A record in this state owes this clock; leaving the state stops it.
OWES: Mapping[tuple[str, str], str] = {
    ("measure", "proposed"): "confirm",
    ("separation", "running"): "separation",
    ("visit", "asked"): "visit",
    ("visit", "accepted"): "visit_done",
    ("referral", "sent"): "referral",
    ("handover", "offered"): "handover",
    ("handover", "sent"): "handover",
    ("task", "open"): "task",
}
CLOCKS_OF_RECORDS = frozenset(OWES.values())
OWED: Mapping[str, frozenset[str]] = {  # kind of record -> its clocks
    kind: frozenset(OWES[pair] for pair in OWES if pair[0] == kind) for kind in STATES
}


@dataclass(frozen=True, slots=True)
class Effect:
    """What an act does to a record: without `frm` it makes one, else it moves one of these states.

    `to` "" = the state that the form's answer `decision` names.
    """

    kind: str
    to: str = ""
    frm: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doing:
    """An act as its rules see it: who, when, and what the form said."""

    person: Person
    now: datetime
    form: Mapping[str, Any]


def clock_id(clock: str, no: int) -> str:
    """The timer of one record: `task:3`."""
    return f"{clock}:{no}"


def clock_of(timer_kind: str) -> str:
    """The row of DEADLINES behind a timer, also of one record's."""
    return timer_kind.partition(":")[0]


def number_of(timer_kind: str) -> int:
    """Which record's clock this is: 3 of `task:3`."""
    return int(timer_kind.partition(":")[2])


def records(case: Case, kind: str, *states: str) -> tuple[Record, ...]:
    """Those of a kind, in these states (none named = all), the oldest first."""
    return tuple(
        one for one in case.beside if one.kind == kind and (not states or one.state in states)
    )


def on_file(case: Case, kind: str) -> bool:
    """Whether this paper was written since the case was opened; what came before a re-opening is old."""
    return any(one.made_at >= case.opened_at for one in records(case, kind, "on_file"))


def helped(case: Case) -> bool:
    """Whether a measure that nobody refused, or a separation, was decided since it was opened."""
    found = (*records(case, "measure", "proposed", "confirmed"), *records(case, "separation"))
    return any(one.made_at >= case.opened_at for one in found)


def named(case: Case, effect: Effect, form: Mapping[str, Any]) -> Record | None:
    """The record that an act's form names, if it is there in a state from which the act moves it."""
    found = records(case, effect.kind, *effect.frm)
    return next((one for one in found if str(one.no) == str(form.get("record"))), None)


def made(case: Case, kind: str, state: str, doing: Doing, **facts: Any) -> Case:
    """The case with one more record of this kind; its words are the whole form."""
    no = 1 + max((one.no for one in case.beside if one.kind == kind), default=0)
    body = dict(facts.pop("body", doing.form))
    fresh = Record(kind, no, state, made_at=doing.now, changed_at=doing.now, body=body, **facts)
    return replace(case, beside=(*case.beside, fresh))


def moved(case: Case, record: Record, state: str, now: datetime, **facts: Any) -> Case:
    """The case with this record in another state; what the act's form said stands in its body under the act."""
    after = replace(record, state=state, changed_at=now, **facts)
    beside = tuple(after if one == record else one for one in case.beside)
    return replace(case, beside=beside)


def owed(case: Case) -> Mapping[str, datetime]:
    """timer kind -> from when it counts, for every record that owes a clock.

    A record with a due of its own (a task, a separation) counts to that; any other from its change.
    """
    return {
        clock_id(OWES[one.kind, one.state], one.no): one.due_at or one.changed_at
        for one in case.beside
        if (one.kind, one.state) in OWES and _runs(case, one)
    }


def _runs(case: Case, record: Record) -> bool:
    """A task is worked on while its plan runs; during a review or an emergency its clock waits.

    Of a body that is in question since nobody waits for a word.
    """
    if record.kind == "referral":
        return body_of(record.body) not in shut_to(case)
    return record.kind != "task" or case.status is Status.RUNNING


def day_end(value: object, now: datetime) -> datetime:
    """17:00 in Viet Nam of the day that a form's answer names; `now` is today."""
    day = local(now).date() if value == NOW else date.fromisoformat(str(value))
    return instant(day, DAY_END)


def let_go(case: Case, now: datetime) -> Case:
    """What was asked of others is asked no more: the case is closed, or another commune's."""
    for one in case.beside:
        if (to := _ENDED.get((one.kind, one.state))) is not None:
            case = moved(case, one, to, now)
    return case


_ENDED: Mapping[tuple[str, str], str] = {
    ("visit", "asked"): "ended", ("visit", "accepted"): "ended",
    ("handover", "offered"): "withdrawn", ("handover", "sent"): "withdrawn",
}  # fmt: skip


def _visit(doing: Doing) -> dict[str, Any]:
    return {"person": str(doing.form["person"])}


def _handover(doing: Doing) -> dict[str, Any]:
    """To a commune where nobody works with the product it goes on paper."""
    on_paper = {"state": "sent"} if doing.form.get("paper") else {}
    return {"commune": str(doing.form["commune"]), **on_paper}


def _separation(doing: Doing) -> dict[str, Any]:
    return {"due_at": day_end(doing.form["until"], doing.now)}


def _task(doing: Doing) -> dict[str, Any]:
    return {"due_at": day_end(doing.form["until"], doing.now)}


def _doer(doing: Doing) -> dict[str, Any]:
    return {"person": doing.person.id}


def _measure(doing: Doing) -> dict[str, Any]:
    """What the leader decides needs nobody's confirmation (D56 31)."""
    return {"state": "confirmed"} if doing.person.role is Role.LEADER else {}


def _nothing(doing: Doing) -> dict[str, Any]:
    return {}


# The facts of a record that are no words: from whom, to whom, until when.
_MADE: Mapping[str, Callable[[Doing], dict[str, Any]]] = {
    "visit": _visit, "handover": _handover, "separation": _separation, "plan": _doer,
    "measure": _measure,
    "referral": _doer,
    "erasure": _doer,
}  # fmt: skip
_MOVED: Mapping[tuple[str, str], Callable[[Doing], dict[str, Any]]] = {
    ("separation", "running"): _separation, ("task", "open"): _task,
}  # fmt: skip


def with_record(case: Case, act: str, effect: Effect, doing: Doing) -> Case:
    """The case with what this act makes or moves beside it. Raises Refused where there is none."""
    doing = replace(doing, form=marked(act, doing.form))
    if not effect.frm:
        facts = _MADE.get(effect.kind, _nothing)(doing)
        return made(case, effect.kind, facts.pop("state", effect.to), doing, **facts)
    record = named(case, effect, doing.form)
    if record is None:
        raise Refused("error.not_now")
    state = effect.to or str(doing.form["decision"])
    facts = _MOVED.get((effect.kind, state), _nothing)(doing)
    body = {**record.body, act: dict(doing.form)}
    return moved(case, record, state, doing.now, body=body, **facts)
