"""FORMS: the official forms as versioned data; acts ask their fields, papers print them (DOMAIN.md 6).

Forms 02–05 follow the headings of Decree 56/2017 Art. 26–28; their layout is a reference, to be checked
against the official form. Form 06 a follows the published one. Words: `act_<act>.<field>`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

VERSION = 1
SCALE = ("high", "middle", "low")
TASKS = 8  # of one plan; more would not be read in a chat


@dataclass(frozen=True, slots=True)
class Field:
    """One box. kind: scale (high, middle, low) | words | day | decision | person.

    `must`: the act cannot be done without it; any other may be skipped and stays an empty box.
    `options`: of a decision.
    """

    id: str
    kind: str = "words"
    must: bool = True
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """`record`: the kind of record that keeps it. `reference`: no official layout is known."""

    code: str
    record: str
    reference: bool
    fields: tuple[Field, ...]
    version: int = VERSION


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
        )),
        Form("05", "plan", True, (Field("number"), Field("date", "day"))),
        Form("06", "form06", False, (
            *_scales("harm", "reach", "barriers", "self_protect", "protector"),
            Field("decision", "decision", options=("end", "replan")), Field("why"),
        )),
    )
}  # fmt: skip
