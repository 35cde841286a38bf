"""What is said beside the questions: a greeting, a kind word, a number, a tip, each where it belongs."""

from collections.abc import Collection, Mapping
from typing import Any

from cases.incident_types import KINDS
from cases.typed.danger_words import IN_WATER, SELF_HARM
from handlers.actor import Actor
from handlers.talk.model import Answers, told
from handlers.talk.speaker import UNSAFE
from handlers.talks import Step

Sentence = tuple[str, Mapping[str, Any]]
# Said once in a talk: comfort that comes again and again is none.
ONCE = ("talk.hello_child", "talk.danger_child", "talk.danger_friend", "talk.limits",
         "talk.no_name_needed", "talk.if_child", "remark.self_harm", "remark.sexual", "remark.stay_calm",
         "remark.conflict", "remark.age_16_17", "remark.elsewhere",
         "remark.drowning_child", "remark.injury_child")  # fmt: skip
_COOL = ("talk.danger", "talk.not_understood", "talk.call_a_person")
_AT_ONCE = ("drowning", "injury")  # a minute counts, and 111 is not whom to call (ADR 20)
_TELLING = ("report.kind", "report.kind_detail", "report.story")


def hello(actor: Actor, step: Step, notes: Mapping[str, Any]) -> list[Sentence]:
    """Who answers, and whom to call: the first thing anybody is told."""
    answers = step.row.answers["answers"]
    if answers.get("child"):
        return [("talk.hello_child", {}), ("talk.automatic_child", {})]
    if answers.get("behalf"):
        return [("behalf.hello", {})]
    named = actor.kit.places().areas.named(str(notes.get("commune", "")))
    return [("talk.hello_commune", named)] if named["name"] else [("talk.hello", {})]


def said_in(step: Step, before: Answers, says: list[Sentence]) -> list[Sentence]:
    """Everything a turn says, in the order in which it is heard: comfort before all else."""
    answers = step.row.answers["answers"]
    kind, own = comfort(step, before), _to_child if answers.get("child") else _to_adult
    first: list[Sentence] = []
    if answers.get("child") and not before.get("child"):
        first.append(("talk.hello_child", {}))
    after = [*own(step, answers, before), *_elsewhere(answers, before), *if_child(step)]
    comforted = f"remark.self_harm_{step.flow.variant(answers)}"
    known = step.row.answers["notes"].get("told_once", ())
    if answers.get("child") and kind and comforted not in known:
        # A child that says this is neither told that it was noted, nor warned in the same breath.
        says, after = ([one for one in some if one[0] not in _COOL] for some in (says, after))
    return [*first, *kind, *says, *after]


def _elsewhere(answers: Answers, before: Answers) -> list[Sentence]:
    """A place that nobody here serves: where to turn, and that the report goes on all the same."""
    for name in ("child_place", "place"):
        value = told(answers, name)
        if isinstance(value, Mapping) and value.get("elsewhere") and not told(before, name):
            return [("remark.elsewhere", {"place": value["elsewhere"]})]
    return []


def warned(heard: Collection[str]) -> list[str]:
    """What new words of danger are answered with after the receipt, comfort or help numbers."""
    if not SELF_HARM.isdisjoint(heard):
        return ["remark.self_harm"]
    return ["talk.danger"] if heard else []


def if_child(step: Step) -> list[Sentence]:
    """Whoever sounds like a child is shown the button."""
    answers, notes = step.row.answers["answers"], step.row.answers["notes"]
    known = answers.get("child") or answers.get("adult")
    return [] if known or "young" not in notes else [("talk.if_child", {})]


def comfort(step: Step, before: Answers) -> list[Sentence]:
    """Somebody speaks of not wanting to live: one kind sentence and a number, at once."""
    answers = step.row.answers["answers"]
    heard = SELF_HARM.intersection(answers.get("danger_words", ()))
    new = heard - set(before.get("danger_words", ()))
    # A child that said it before it was known as one hears it in its own words, once asked whose it is.
    child = answers.get("child") and ((answers.get("danger_now") and heard) or _chose(answers))
    return [("remark.self_harm", {})] if new or child else []


def _chose(answers: Answers) -> bool:
    return bool(told(answers, "kind") == "self_harm")


def _to_child(step: Step, answers: Answers, before: Answers) -> list[Sentence]:
    says: list[Sentence] = []
    if answers.get("danger_now") in UNSAFE and before.get("danger_now") not in UNSAFE:
        says.append(("talk.danger", {}))
    kind = "drowning" if IN_WATER.intersection(answers.get("danger_words", ())) else ""
    kind = kind or str(told(answers, "kind"))
    if kind in _AT_ONCE:
        says.append((f"remark.{kind}_child", {}))
    asking = step.turn.asking
    if asking is not None and asking.question in _TELLING:
        says.append(("talk.limits", {}))  # before a child tells, not after
    return says


def _to_adult(step: Step, answers: Answers, before: Answers) -> list[Sentence]:
    says: list[Sentence] = []
    if answers.get("danger_now") == "now" and before.get("danger_now") != "now":
        says.append(("remark.stay_calm", {}))
    calm = answers.get("danger_now") in ("no", "unsure") and "danger_now" not in before
    if calm and not answers.get("behalf"):
        says.append(("talk.no_name_needed", {}))
    kind = told(answers, "kind")
    staff = bool(answers.get("behalf"))
    about = _about_kind(str(kind), staff=staff) if kind and not told(before, "kind") else []
    return says + _numbers(answers, before) + about


def _numbers(answers: Answers, before: Answers) -> list[Sentence]:
    """Where the usual way may not help, a number that does, once."""
    conflict = ("commune", "school", "police")
    says: list[Sentence] = []
    if answers.get("conflict") in conflict and before.get("conflict") not in conflict:
        says.append(("remark.conflict", {"unit": answers["conflict"]}))
    if answers.get("child_age") in (16, 17) and before.get("child_age") not in (16, 17):
        says.append(("remark.age_16_17", {}))
    return says


def _about_kind(kind: str, *, staff: bool) -> list[Sentence]:
    numbers = ", ".join(KINDS[kind].numbers)
    call: list[Sentence] = [("remark.call", {"numbers": numbers})] if numbers else []
    says: list[Sentence] = [*call, *[("behalf.pass_on", {})] * staff, (f"kind.{kind}.tip", {})]
    return [*says, ("remark.sexual", {})] if kind == "sexual_abuse" else says
