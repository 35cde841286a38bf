"""FORMS: the official forms as versioned data; acts ask their fields, papers print them (DOMAIN.md 6).

Forms 02–05 follow the headings of Decree 56/2017 Art. 26–28; their layout is a reference, to be checked
against the official form. Form 06 a follows the published one. Words: `act_<act>.<field>`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

VERSION = 1
SCALE = ("high", "middle", "low")
HANDOVERS = ("to_residence", "wrong_commune", "moved")
# Codes among national procedures, to be checked after the re-coding of 2025.
_EMERGENCY, _PLAN = "1.004946", "2.001947"
TASKS = 8  # of one plan; more would not be read in a chat


@dataclass(frozen=True, slots=True)
class Field:
    """One box. kind: scale (high, middle, low) | words | day | decision | person | fact.

    A fact is known by the case itself: no act asks it, and nobody types it into a paper.
    `must`: the act cannot be done without it; any other may be skipped and stays an empty box.
    `options`: of a decision.
    """

    id: str
    kind: str = "words"
    must: bool = True
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """`record`: the kind of record that keeps it; "" = it is of the case itself.

    `reference`: its official layout is not known. `procedure`: its code among national procedures.
    `version` goes up by one whenever a field comes, goes or means something else.
    """

    code: str
    record: str
    reference: bool
    fields: tuple[Field, ...]
    version: int = VERSION
    procedure: str = ""


def _facts(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, "fact", must=False) for name in names)


def _if_known(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, must=False) for name in names)


def _scales(*names: str) -> tuple[Field, ...]:
    """A degree and what it rests on."""
    return tuple(
        field
        for name in names
        for field in (Field(name, "scale"), Field(f"{name}_why", must=False))
    )


def task_fields(n: int) -> tuple[Field, ...]:
    """What, who, until when; then whether there is one more."""
    asks = (Field(f"task{n}"), Field(f"task{n}_who", "person"), Field(f"task{n}_until", "day"))
    more = (Field(f"task{n}_more", "decision", options=("add", "enough")),)
    return asks + (more if n < TASKS else ())


FORMS: Mapping[str, Form] = {
    form.code: form
    for form in (
        Form("01", "", False, (
            *_facts("about", "via", "hour", "day"),
            *_if_known("number", "name", "born", "sex", "place", "where_now", "state", "outlook", "mother",
                       "father", "family", "carer", "done"),
            *_facts("giver_name", "giver_phone", "giver_address", "giver_note"),
        )),
        Form("02", "form02", True, (
            *_scales("harm", "again", "reach", "self_protect", "protector"),
            Field("needs", must=False), Field("decision", "decision", options=("urgent", "calm")),
        )),
        Form("03", "form03", True, (
            Field("body"), Field("mind"), Field("family"), Field("carers"), Field("setting"),
            Field("risk", "scale"), Field("needs"), Field("child_says", must=False),
        )),
        Form("minutes", "minutes", True, (
            Field("people"), Field("needs"), Field("agreed"),
        )),
        Form("04", "plan", True, (
            Field("goals"), *(field for n in range(1, TASKS + 1) for field in task_fields(n)),
            Field("means", must=False), Field("partners", must=False), Field("review_on", "day", must=False),
        ), procedure=_PLAN),
        Form("05", "plan", True, (Field("number"), Field("date", "day")), procedure=_PLAN),
        Form("06", "form06", False, (
            *_scales("harm", "reach", "barriers", "self_protect", "protector"),
            Field("decision", "decision", options=("end", "replan")), Field("why"),
        )),
        Form("separation", "separation", True, (
            Field("from_whom"), Field("place"), Field("carer"), Field("since", "day"), Field("until", "day"),
            *_if_known("number"),
        ), procedure=_EMERGENCY),
        Form("referral", "referral", False, (
            Field("purpose"), Field("fields"), Field("way"), *_if_known("where", "text", "number"),
        )),
        Form("handover", "handover", False, (
            *_facts("to"), Field("kind", "decision", options=HANDOVERS), Field("why"), Field("done"),
            *_if_known("number", "told"),
        )),
        Form("receipt", "", False, (
            *_facts("via", "hour", "day"), *_if_known("sender", "number"),
        )),
    )
}  # fmt: skip


# What a form was in an earlier version. Its layout stays too, as `02-1.txt` and `02-1.docx`.
FORMER: Mapping[tuple[str, int], Form] = {}
# The act that asks the fields of a form; its words name what was chosen.
ACTS: Mapping[str, str] = {
    "02": "assess", "03": "assess_detail", "minutes": "meeting", "04": "submit", "05": "approve",
    "06": "review", "separation": "separate", "referral": "refer", "handover": "offer_handover",
}  # fmt: skip
_ASKED_BY: Mapping[str, str] = {act: code for code, act in ACTS.items()}
MARK = "form_version"  # beside the answers: by which version of the form they were asked


def marked(act: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the form of an act said, with the version of the official form that asked it, if one did."""
    code = _ASKED_BY.get(act)
    return {**answers, MARK: FORMS[code].version} if code else dict(answers)


def as_filled(
    form: Form, said: Mapping[str, Any], former: Mapping[tuple[str, int], Form] = FORMER
) -> Form:
    """The form as it was when this was said: an old record is read with its own definition."""
    version = int(said.get(MARK, 1))
    return form if version == form.version else former[form.code, version]


def layout(form: Form) -> str:
    """The name of its template; one that is replaced keeps its version."""
    return form.code if form.version == FORMS[form.code].version else f"{form.code}-{form.version}"


def boxes_of(form: Form) -> tuple[str, ...]:
    """What a paper has a place for; the tasks of a plan are one table of it."""
    tasks = _tasks_of(form)
    return (*[one.id for one in form.fields if one.id not in tasks], *["tasks"] * bool(tasks))


def by_hand(form: Form) -> tuple[str, ...]:
    """The boxes that a person may fill before it is printed, where nothing stands in them yet."""
    tasks = _tasks_of(form)
    return tuple(
        one.id
        for one in form.fields
        if one.id not in tasks and (one.kind == "words" or (one.kind == "day" and not one.must))
    )


def _tasks_of(form: Form) -> frozenset[str]:
    every = {field.id for n in range(1, TASKS + 1) for field in task_fields(n)}
    return frozenset(field.id for field in form.fields if field.id in every)
