"""What staff read before they answer a question of an act, and what their act came to."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from cases import separation
from cases.assessment import proposal
from cases.deadlines import law_start, owes_measure
from cases.incident_types import track
from cases.lifecycle import Act
from cases.model import Case, Record, Status
from cases.plans import not_done, number_of
from cases.records import records
from cases.retention import BACKUPS
from cases.timers import due_at
from cases.times.calendar import local
from handlers.actor import Actor
from handlers.talks import Lists, Step


def told_of(case: Case, act: Act) -> dict[str, Any]:
    """What the case itself answers: these questions are not put."""
    if act is Act.ASSESS:
        return {"track": track(case)}
    if act in (Act.SEPARATE, Act.EXTEND_SEPARATION):
        return dict(separation.known(case))
    proposed = records(case, "measure", "proposed")
    if act is Act.CONFIRM_MEASURE and len(proposed) == 1:
        return {"record": str(proposed[0].no)}
    return {}


def lists_of(actor: Actor, case: Case) -> Lists:
    """The measures that wait for the leader, by what they are."""
    rows = records(case, "measure", "proposed")
    return {"proposed": tuple((str(one.no), measure_name(actor, one)) for one in rows)}


def measure_name(actor: Actor, record: Record) -> str:
    return actor.words(f"act_measure.measure.{record.body['measure']}")


def before_deciding(actor: Actor, case: Case, step: Step) -> list[str]:
    """Said before a conclusion is asked for: what it rests on."""
    asking, told = step.turn.asking, step.row.answers["answers"]
    if asking is not None and asking.question == "act_extend_separation.until":
        return [_so_far(actor, told)]
    if asking is None or not asking.question.endswith(".decision"):
        return []
    if step.flow.name == "act_assess":
        return [suggested(actor, told)]
    if step.flow.name == "act_confirm_measure":
        return [measure_words(actor, case, str(told["record"]))]
    return []


def _so_far(actor: Actor, told: Mapping[str, Any]) -> str:
    """Until when it is decided, and how many of the days that the law gives are taken."""
    since, last = date.fromisoformat(told["since"]), date.fromisoformat(told["last"])
    taken = told["used"] + separation.days(since, last)
    return actor.words(
        "work.separated_so_far",
        day=actor.kit.catalog.day(actor.lang, last.day, last.month),
        count=taken,
    )


def suggested(actor: Actor, told: Mapping[str, Any]) -> str:
    """Which way the degrees point and which of them; the person concludes."""
    found = proposal(told)
    degrees = ", ".join(_degree(actor, name, str(told[name])) for name in found.because)
    return actor.words("assess.suggested", decision=found.decision, degrees=degrees or "-")


def _degree(actor: Actor, name: str, value: str) -> str:
    what = actor.words(f"act_assess.{name}.short")
    return f"{what} {actor.words(f'act_assess.{name}.{value}').lower()}"


def measure_words(actor: Actor, case: Case, no: str) -> str:
    """What was done, by whom and when: the leader reads it before answering."""
    record = next(one for one in records(case, "measure") if str(one.no) == no)
    said = record.body
    return actor.words(
        "work.measure_is", measure=measure_name(actor, record), who=said["who"], at=said["when"]
    )


def outcome(actor: Actor, case: Case, act: Act, form: Mapping[str, Any]) -> list[str]:
    """What the act means for the days to come, in one sentence; a conclusion is said with it."""
    if act is Act.ASSESS:
        decision = str(form["decision"])
        said = actor.words("assess.concluded", code=case.code, decision=decision)
        return [said, _next(actor, case)]
    if act in (Act.SEPARATE, Act.EXTEND_SEPARATION):
        until = records(case, "separation", "running")[-1].due_at
        assert until is not None
        return [actor.words("work.separated_until", **_moment(actor, until))]
    if act is Act.AGREE_ERASE:
        return [_certificate(actor, case)]
    if act is Act.REVIEW and (left := not_done(case)):
        return [actor.words("plan.undone", count=len(left), tasks=_numbers(actor, left))]
    return []


def _certificate(actor: Actor, case: Case) -> str:
    """What is left of an erased case, and the day on which the last copy in a backup dies."""
    ground = records(case, "erasure", "agreed")[-1].body["ground"]
    at, gone = local(actor.work.now), local(actor.work.now + BACKUPS)
    return actor.words(
        "erase.certificate", code=case.code, at=f"{at:%H:%M}", day=f"{at:%d/%m/%Y}",
        gone=f"{gone:%d/%m/%Y}", reason=actor.words(f"erase.reason_{ground}"),
    )  # fmt: skip


def _numbers(actor: Actor, tasks: Sequence[Record]) -> str:
    return ", ".join(actor.words("plan.no", no=str(number_of(one))) for one in tasks)


def _next(actor: Actor, case: Case) -> str:
    """Where the assessment led: to a measure, on, or it stays an emergency while one runs."""
    if owes_measure(case):
        due = due_at("emergency", case, actor.kit.policy, law_start(case))
        late = "yes" if due <= actor.work.now else "no"
        return actor.words("assess.needed", late=late, **_moment(actor, due))
    if case.status is not Status.DETAILED:
        return actor.words("assess.next", next="helped")
    return actor.words("assess.next", next="mended" if track(case) == "hazard" else "detailed")


def _moment(actor: Actor, at: datetime) -> dict[str, str]:
    here = local(at)
    day = actor.kit.catalog.day(actor.lang, here.day, here.month)
    return {"due": f"{here:%H:%M}", "due_day": day}


def before_a_form(actor: Actor, case: Case, act: Act) -> list[str]:
    """On a page, where all questions stand together: what they are about."""
    if act is Act.ASSESS:
        return [actor.words("assess.rule")]
    if act is Act.CONFIRM_MEASURE:
        proposed = records(case, "measure", "proposed")
        return [measure_words(actor, case, str(one.no)) for one in proposed]
    return []
