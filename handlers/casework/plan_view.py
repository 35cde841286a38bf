"""The plan on a card and a page: its tasks with their dates, what is missing for it, whom it may name."""

from collections.abc import Mapping, Sequence
from datetime import date

from cases.incident_types import KINDS, groups_for, track
from cases.lifecycle import Act
from cases.model import Case, Record, Status
from cases.plans import (
    PARTNERS,
    draft,
    missing,
    not_done,
    number_of,
    plan_no,
    plan_now,
    tasks_now,
)
from cases.records import day_end, records
from cases.times.calendar import local
from handlers.actor import Actor, Kit
from handlers.render import DAY, short
from storage.unit_of_work import UnitOfWork

Rows = tuple[tuple[str, str], ...]
_AT_WORK = (Status.RUNNING, Status.REVIEW)


def plan_lists(actor: Actor, case: Case, people: Rows) -> Mapping[str, Rows]:
    """What the forms of a plan can choose from: its open tasks, who may do one, the groups of Art. 10."""
    assert actor.person is not None
    whose = "" if case.holder == actor.person.id else actor.person.id
    tasks = tuple(
        (
            str(one.no),
            actor.words("plan.pick", no=str(number_of(one)), day=_day(actor.kit, actor.lang, one)),
        )
        for one in tasks_now(case)
        if one.state == "open" and whose in ("", one.person)
    )
    partners = tuple((one, actor.words(f"doer.{one}")) for one in PARTNERS)
    special = [code for code, kind in KINDS.items() if kind.track == "special"]
    return {
        "tasks": tasks, "doers": (*people, *partners), "groups": _groups(actor, ""),
        **{f"groups:{kind}": _groups(actor, kind) for kind in special},
    }  # fmt: skip


def _groups(actor: Actor, kind: str) -> Rows:
    return tuple((one, actor.words(f"group.{one}")) for one in groups_for(kind))


def _day(kit: Kit, lang: str, task: Record) -> str:
    assert task.due_at is not None
    here = local(task.due_at)
    return kit.catalog.day(lang, here.day, here.month)


async def plan_lines(work: UnitOfWork, kit: Kit, lang: str, case: Case) -> list[str]:
    """The plan of this case in lines of words, or what it still needs; [] where there is neither."""
    say = kit.catalog.say
    held = records(case, "hold", "on")
    lines = [say(lang, "plan.held", ground=short(str(one.body["ground"]))) for one in held]
    plan = plan_now(case)
    if plan is not None:
        head = say(lang, f"plan.{_how_it_stands(case, plan)}", no=str(plan_no(case)))
        lines += [head, say(lang, "plan.goals", goals=short(str(plan.body["goals"])))]
        named = await _names(work, kit, lang, tasks_now(case))
        lines += [
            _task(
                kit,
                lang,
                one,
                named[one.no],
                late=one.due_at is not None and one.due_at <= work.now,
            )
            for one in tasks_now(case)
        ]
    planned = case.status is Status.PLANNING or (
        case.status is Status.DETAILED and track(case) != "hazard"
    )
    if planned and (wanted := missing(case)):
        papers = ", ".join(say(lang, f"paper.{kind}") for kind in wanted)
        lines.append(say(lang, "plan.missing", papers=papers))
    return lines


def _how_it_stands(case: Case, plan: Record) -> str:
    """A plan of before a re-opening, or of a closed case, is over; one that an emergency came upon waits."""
    if plan.made_at < case.opened_at:
        return "earlier"
    if case.status is Status.CLOSED:
        return "over"
    stopped = plan.state == "approved" and case.status not in _AT_WORK
    return "stopped" if stopped else plan.state


async def _names(
    work: UnitOfWork, kit: Kit, lang: str, tasks: Sequence[Record]
) -> Mapping[int, str]:
    """Who does each task: a colleague by name, else by role; a partner by what it is.

    Of one who works here no more, whoever holds the case does it.
    """
    found = {}
    for one in tasks:
        person = await work.people.get(one.person) if one.person else None
        if person is not None:
            found[one.no] = person.name or kit.catalog.say(lang, f"role.{person.role}")
        else:
            who = one.body["who"] if one.body["who"] in PARTNERS else "holder"
            found[one.no] = kit.catalog.say(lang, f"doer.{who}")
    return found


def _task(kit: Kit, lang: str, task: Record, who: str, *, late: bool) -> str:
    state = "late" if late and task.state == "open" else task.state
    return kit.catalog.say(
        lang, "plan.task", no=str(number_of(task)), what=short(str(task.body["what"])), who=who,
        day=_day(kit, lang, task), state=state,
    )  # fmt: skip


def before_plan(actor: Actor, case: Case, act: Act) -> list[str]:
    """Said before a plan is written anew, what was to be changed; before it is judged, what is not done."""
    if act in (Act.REVIEW, Act.END):
        return _not_done(actor, case)
    sent_back = draft(case) if act is Act.SUBMIT else None
    if sent_back is None:
        return []
    return [actor.words("plan.again", change=short(str(sent_back.body["send_back"]["change"])))]


def quotes_file(case: Case, act: Act) -> bool:
    """Whether the form of this act shows what stands in the file: then opening it is a reading."""
    if act in (Act.REVIEW, Act.END):
        return bool(not_done(case))
    return act is Act.CONFIRM_MEASURE or (act is Act.SUBMIT and draft(case) is not None)


def _not_done(actor: Actor, case: Case) -> list[str]:
    """The tasks of the plan that nobody has done yet, one a line; [] = all are done."""
    open_ = not_done(case)
    lines = [
        actor.words(
            "plan.undone_task", no=str(number_of(one)), what=short(str(one.body["what"])),
            day=_day(actor.kit, actor.lang, one),
        )
        for one in open_
    ]  # fmt: skip
    return (
        ["\n".join([actor.words("plan.undone", count=len(open_), tasks="none"), *lines])]
        if open_
        else []
    )


def filled_before(case: Case, act: Act) -> Mapping[str, str]:
    """What stood in the plan that was sent back, as a page's form holds it."""
    sent_back = draft(case) if act is Act.SUBMIT else None
    told = {} if sent_back is None else sent_back.body
    return {name: _typed(value) for name, value in told.items() if isinstance(value, str)}


def former_words(actor: Actor, case: Case, act: Act, lists: Mapping[str, Rows]) -> dict[str, str]:
    """The same as the chat shows it, without what cannot be kept: a person who left, a day that is over."""
    doers = dict(lists.get("doers", ()))
    sent_back = draft(case) if act is Act.SUBMIT else None
    found = {}
    for name, value in (sent_back.body if sent_back else {}).items():
        if name.endswith("_who"):
            found[name] = doers.get(str(value), "")
        elif name.endswith("_more"):
            found[name] = actor.words(f"act_submit.{name}.{value}")
        elif isinstance(value, str):
            over = DAY.fullmatch(value) and day_end(value, actor.work.now) <= actor.work.now
            found[name] = "" if over else short(_typed(value))
    return {name: words for name, words in found.items() if words}


def _typed(value: str) -> str:
    """A day as a person types it; anything else as it was told."""
    return f"{date.fromisoformat(value):%d/%m/%Y}" if DAY.fullmatch(value) else value
