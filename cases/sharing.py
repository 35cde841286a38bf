"""PURPOSES: what another body may be told, for what, and on which ground: fixed fields (DOMAIN.md 7, P6 P7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cases.model import Case

WAYS = ("link", "phone", "paper", "meeting")
FIELDS = ("all", "least")  # everything the purpose allows, or of that only where to go
_WHERE = ("place", "child_place")
LEAST = _WHERE


@dataclass(frozen=True, slots=True)
class Purpose:
    """One reason to tell one body. `fields`: answers of the report, and nothing else of the case.

    `ground`: the article of Decree 56/2017.
    """

    body: str
    fields: tuple[str, ...]
    ground: str


_CHILD = ("child_name", "child_age", "child_sex")
_HARM = ("story", "when", "harmer", "harmer_access")
_CRIME = ("kind", *_WHERE, *_CHILD, *_HARM)
_PROTECT = ("kind", *_WHERE, "child_age", "harmer_access")
# `police`: those of the commune. `police_city`: those above them, where they are in question.
PURPOSES: Mapping[str, Purpose] = {
    "police_crime": Purpose("police", _CRIME, "25(3)"),
    "police_protect": Purpose("police", _PROTECT, "26(3), 31"),
    "city_crime": Purpose("police_city", _CRIME, "25(3)"),
    "city_protect": Purpose("police_city", _PROTECT, "26(3), 31"),
    "police_removal": Purpose("police", ("child_age",), "36"),
    "clinic_care": Purpose("clinic", ("child_place", *_CHILD), "31"),
    "school_watch": Purpose("school", ("child_name", "child_age"), "26(2)"),
    "h111_support": Purpose("h111", ("kind", *_WHERE, "child_age", "child_sex"), "26(1)"),
    "h111_removal": Purpose("h111", ("child_age",), "36"),
}


def shut_to(case: Case) -> tuple[str, ...]:
    """The bodies that are told nothing of this case: a school, or the police, that are in question.

    What the police of the commune may not know goes to those of the city (DOMAIN.md section 1).
    """
    school = "conflict_school" in case.flags or case.kind == "violence_school"
    police = "police" if "conflict_police" in case.flags else "police_city"
    return (police, *("school",) * school)


def purposes_for(case: Case) -> tuple[str, ...]:
    """What may be shared of this case, and with whom."""
    shut = shut_to(case)
    return tuple(one for one in PURPOSES if PURPOSES[one].body not in shut)


def body_of(form: Mapping[str, Any]) -> str:
    """The body that a referral goes to."""
    known = PURPOSES.get(str(form.get("purpose", "")))
    return known.body if known is not None else ""


def to_police(form: Mapping[str, Any]) -> bool:
    """Whether the police of the commune are told: their contact reads it here, and answers."""
    return body_of(form) == "police"


def removal(form: Mapping[str, Any]) -> bool:
    """Whether it asks that a child's data be taken off the network (P13): of what, the sender must say."""
    return form.get("purpose") in ("police_removal", "h111_removal")


def reports_crime(case: Case, form: Mapping[str, Any]) -> bool:
    """Whether police who are not in question themselves are told: only they stop the clock of a crime.

    A request to take pictures down is no report of what happened.
    """
    told = body_of(form) in ("police", "police_city") and not removal(form)
    return told and body_of(form) not in shut_to(case)


def least(purpose: str) -> tuple[str, ...]:
    """Where to go, as far as the purpose goes: for some there is nowhere to go, and nothing less to tell."""
    known = PURPOSES.get(purpose)
    return tuple(one for one in LEAST if known is not None and one in known.fields)


def shared(form: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that a referral hands on: never more than its purpose needs."""
    purpose = str(form.get("purpose", ""))
    if purpose not in PURPOSES:
        return ()
    few = least(purpose)
    how_much = form.get("fields", "least" if few else "all")  # not asked where nothing less is left
    return PURPOSES[purpose].fields if how_much == "all" else few
