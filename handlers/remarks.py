"""What is said beside the questions: a greeting, a kind word, a number, a tip, each where it belongs."""

from collections.abc import Mapping
from typing import Any

from cases.incident_types import KINDS
from cases.typed.danger_words import SELF_HARM
from handlers.actor import Actor
from handlers.talk.model import Answers, told
from handlers.talk.speaker import UNSAFE
from handlers.talks import Step

Sentence = tuple[str, Mapping[str, Any]]
# Said once in a talk: comfort that comes again and again is none.
ONCE = ("talk.hello_child", "talk.danger_child", "talk.limits", "talk.no_name_needed",
         "talk.if_child", "remark.self_harm", "remark.sexual", "remark.stay_calm",
         "remark.conflict", "remark.age_16_17")  # fmt: skip
_TELLING = ("report.kind", "report.kind_detail", "report.story")


def hello(actor: Actor, step: Step, notes: Mapping[str, Any]) -> list[Sentence]:
    """Who answers, and whom to call: the first thing anybody is told."""
    if step.row.answers["answers"].get("child"):
        return [("talk.hello_child", {}), ("talk.automatic_child", {})]
    name = actor.kit.places().areas.communes.get(str(notes.get("commune", "")), "")
    return [("talk.hello_commune", {"commune": name})] if name else [("talk.hello", {})]


def self_harm(step: Step, before: Mapping[str, Any]) -> list[Sentence]:
    """Somebody speaks of not wanting to live: one kind sentence and a number, at once."""
    answers = step.row.answers["answers"]
    heard = SELF_HARM.intersection(answers.get("danger_words", ()))
    new = heard - set(before.get("danger_words", ()))
    child = bool(answers.get("child")) and not before.get(
        "child"
    )  # now it is told in its own words
    return [(_comfort(answers), {})] if new or (heard and child) else []


def _comfort(answers: Mapping[str, Any]) -> str:
    return "remark.self_harm_friend" if answers.get("friend") else "remark.self_harm"


def remarks(step: Step, before: Mapping[str, Any]) -> list[Sentence]:
    """A kind word or a safety tip, right after the answer it belongs to."""
    answers = step.row.answers["answers"]
    own = _to_child if answers.get("child") else _to_adult
    says = own(step, answers, before)
    if step.row.answers["notes"].get("young") and not answers.get("child"):
        says.append(("talk.if_child", {}))
    return says


def _to_child(step: Step, answers: Answers, before: Answers) -> list[Sentence]:
    says: list[Sentence] = []
    if not before.get("child"):
        says.append(("talk.hello_child", {}))
    if answers.get("danger_now") in UNSAFE and before.get("danger_now") not in UNSAFE:
        says.append(("talk.danger_child", {}))
    kind, known = told(answers, "kind"), told(before, "kind")
    if kind == "self_harm" and kind != known:
        says.append((_comfort(answers), {}))
    asking = step.turn.asking
    if asking is not None and asking.question in _TELLING:
        says.append(("talk.limits", {}))  # before a child tells, not after
    return says


def _to_adult(step: Step, answers: Answers, before: Answers) -> list[Sentence]:
    says: list[Sentence] = []
    if answers.get("danger_now") == "now" and before.get("danger_now") != "now":
        says.append(("remark.stay_calm", {}))
    if answers.get("danger_now") in ("no", "unsure") and "danger_now" not in before:
        says.append(("talk.no_name_needed", {}))
    kind = told(answers, "kind")
    about = _about_kind(str(kind)) if kind and not told(before, "kind") else []
    return says + _numbers(answers, before) + about


def _numbers(answers: Answers, before: Answers) -> list[Sentence]:
    """Where the usual way may not help, a number that does, once."""
    conflict = ("commune", "school", "police")
    says: list[Sentence] = []
    if answers.get("conflict") in conflict and before.get("conflict") not in conflict:
        says.append(("remark.conflict", {}))
    if answers.get("child_age") in (16, 17) and before.get("child_age") not in (16, 17):
        says.append(("remark.age_16_17", {}))
    return says


def _about_kind(kind: str) -> list[Sentence]:
    numbers = ", ".join(KINDS[kind].numbers)
    call: list[Sentence] = [("remark.call", {"numbers": numbers})] if numbers else []
    says: list[Sentence] = [*call, (f"kind.{kind}.tip", {})]
    return [*says, ("remark.sexual", {})] if kind == "sexual_abuse" else says
