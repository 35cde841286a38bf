"""The plan beside a case: its tasks, its number, and what it still needs to be submitted. Pure."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from cases.forms import TASKS
from cases.model import Case, Record, Status
from cases.records import Doing, day_end, made, moved, on_file, records

FILE = ("form02", "form03", "minutes")  # what must be on file beside form 01 (D56 28(1))
# Who can do a task without an account here: the holder follows it up for them.
PARTNERS = ("health", "school", "police", "women", "youth", "family", "other")


def missing(case: Case) -> tuple[str, ...]:
    """The papers without which no plan can be submitted."""
    return tuple(kind for kind in FILE if not on_file(case, kind))


def plan_no(case: Case) -> int:
    """The number of the plan at work: a re-plan makes it one higher."""
    return 1 + len(records(case, "plan", "replaced"))


def plan_now(case: Case) -> Record | None:
    """The newest plan that was not taken back or replaced."""
    found = records(case, "plan", "submitted", "approved", "sent_back")
    return found[-1] if found else None


def tasks_now(case: Case) -> tuple[Record, ...]:
    """The tasks of the plan at work, in its order; those that were dropped are none of it."""
    plan = plan_now(case)
    return () if plan is None else tuple(
        one for one in records(case, "task", "planned", "open", "done") if one.made_at >= plan.made_at
    )  # fmt: skip


def not_done(case: Case) -> tuple[Record, ...]:
    """The tasks of the plan at work that wait to be done, in its order."""
    return tuple(one for one in tasks_now(case) if one.state == "open")


def number_of(task: Record) -> int:
    """Which one of its plan it is, as people count."""
    return int(task.body["n"])


def draft(case: Case) -> Record | None:
    """The plan that was sent back and is to be mended, if that is how it stands."""
    plan = plan_now(case)
    return plan if plan is not None and plan.state == "sent_back" else None


def _written(form: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The tasks of a filled form 04: what, who, until when."""
    return [
        {
            "n": n, "what": form[f"task{n}"], "who": form[f"task{n}_who"],
            "until": form[f"task{n}_until"],
        }
        for n in range(1, TASKS + 1)
        if f"task{n}" in form
    ]  # fmt: skip


def planned(case: Case, doing: Doing) -> Case:
    """A plan is submitted: its tasks stand beside the case; what was planned before gives way to it."""
    for old in records(case, "plan", "submitted", "approved")[:-1]:
        case = moved(case, old, "replaced", doing.now)
    case = dropped(case, doing)
    for row in _written(doing.form):
        who = "" if row["who"] in PARTNERS else str(row["who"])
        due = day_end(row["until"], doing.now)
        case = made(case, "task", "planned", doing, person=who, due_at=due, body=row)
    return case


def opened(case: Case, doing: Doing) -> Case:
    """The plan is approved: its tasks begin, each with its own date."""
    return _all(case, ("planned",), "open", doing.now)


def dropped(case: Case, doing: Doing) -> Case:
    """What was planned and is not done is not to be done any more."""
    return _all(case, ("planned", "open"), "dropped", doing.now)


def _all(case: Case, states: tuple[str, ...], to: str, now: datetime) -> Case:
    for one in records(case, "task", *states):
        case = moved(case, one, to, now)
    return case


# What an act does to the tasks of a plan, by the code of the act.
TASKS_OF: Mapping[str, Callable[[Case, Doing], Case]] = {
    "submit": planned, "approve": opened, "send_back": dropped, "replan": dropped,
}  # fmt: skip


def with_tasks(case: Case, act: str, doing: Doing) -> Case:
    """The case with what this act makes of its tasks; nothing is to be done in a closed one."""
    if case.status is Status.CLOSED:
        return dropped(case, doing)
    turn = TASKS_OF.get(act)
    return turn(case, doing) if turn is not None else case
