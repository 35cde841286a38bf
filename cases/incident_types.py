"""KINDS: every kind of incident, its level, track, numbers and extra questions (DOMAIN.md section 4).

Words (label, words for a child, safety tip) are texts: `kind.<code>`, `kind.<code>.child`, `.tip`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cases.model import Case, Level


@dataclass(frozen=True, slots=True)
class Extra:
    """An extra question of a kind; no options = words, `free` = words beside the options.

    `raises` maps an answer to the level it means, ANY = whatever words were said; `rule` is the rule
    that then fires and is named to the officer: T3 the kind itself, T7 the body, T8 a threat.
    """

    name: str
    options: tuple[str, ...] = ("yes", "no", "unknown")
    raises: Mapping[str, Level] = field(default_factory=dict)
    rule: str = "T3"
    free: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """`track`: abuse = full path; special = Art. 10 group, plan possible; hazard = fix and close."""

    code: str
    group: str
    level: Level
    numbers: tuple[str, ...]
    track: str
    law: str
    extras: tuple[Extra, ...] = ()


ANY = "*"


def _yes(name: str, level: Level | None = None, rule: str = "T3") -> Extra:
    return Extra(name, raises={"yes": level} if level else {}, rule=rule)


def _no(name: str, level: Level, rule: str) -> Extra:
    return Extra(name, raises={"no": level}, rule=rule)


def _words(name: str) -> Extra:
    return Extra(name, options=())


_L, _M, _H, _U = Level.LOW, Level.MEDIUM, Level.HIGH, Level.URGENT

KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("violence_home", "hurt", _U, ("113", "111"), "abuse", "4(6) -> i",
             (_yes("harmer_with_child", _U), _yes("child_injured"), _yes("happened_before"))),
        Kind("violence_school", "hurt", _H, ("111",), "abuse", "4(6) -> i",
             (_words("school_name"), _words("school_who"), _yes("school_knows"))),
        Kind("bullying", "hurt", _M, ("111",), "abuse", "4(6)",
             (Extra("bullying_where", ("school", "online", "both", "unknown")),
              _words("bullying_since"), _yes("bullying_afraid"))),
        Kind("violence_other", "hurt", _H, ("113",), "abuse", "4(6) -> i",
             (_yes("weapon", _U, "T8"), _words("harmer_where"))),
        Kind("sexual_abuse", "sexual", _U, ("113", "111"), "abuse", "4(8) -> l"),
        Kind("online_abuse", "sexual", _H, ("111",), "abuse", "4(8), 54 -> l",
             (_words("online_where"), _yes("online_threat"), _yes("online_meeting", _U, "T8"))),
        Kind("neglect", "alone", _H, ("111",), "abuse", "4(9) -> c",
             (_yes("child_alone"), _words("alone_since"), _words("who_cares"))),
        Kind("abandonment", "alone", _U, ("113", "111"), "abuse", "4(9), 6(2) -> b",
             (_words("with_whom"),)),
        Kind("missing", "alone", _U, ("113", "111"), "abuse", "6(2)",
             (_words("last_seen"), _words("wearing"), _words("went_with"))),
        Kind("drowning", "hazard", _U, ("114", "115"), "hazard", "",
             (_no("out_of_water", _U, "T7"), _no("breathing", _U, "T7"))),
        Kind("injury", "hazard", _H, ("115",), "hazard", "",
             (_no("awake", _U, "T7"), _no("breathing", _U, "T7"), _yes("bleeding", _U, "T7"))),
        Kind("dangerous_place", "hazard", _M, ("114",), "hazard", "",
             (Extra("place_type", ("pond", "well", "pit", "power", "river"), free=True),
              _yes("children_play_there", _H), _words("place_owner"))),
        Kind("labour", "exploited", _H, ("111",), "abuse", "4(7) -> k",
             (_words("labour_what"), _yes("goes_home"))),
        Kind("trafficking", "exploited", _U, ("113", "111"), "abuse", "4(5), 6(2) -> m",
             (Extra("taken_where", options=(), raises={ANY: _U}, rule="T8"),
              _words("who_has_papers"))),
        Kind("child_marriage", "exploited", _H, ("111",), "abuse", "6(4)",
             (_words("wedding_when"), _yes("forced"))),
        Kind("self_harm", "more", _U, ("111", "115"), "special", "D56 26(3)",
             (_yes("somebody_near"), _yes("already_hurt", _U, "T7"))),
        Kind("conflict_law", "more", _M, ("111",), "special", "6(5) -> e, g",
             (_words("led_by_whom"),)),
        Kind("hardship", "more", _L, ("111",), "special", "Art. 10 groups",
             (_words("hardship_since"), _words("lives_with"), _words("needs_first"))),
        Kind("other", "more", Level.UNKNOWN, ("111",), "abuse", ""),
    )
}  # fmt: skip

GROUPS: tuple[str, ...] = ("hurt", "sexual", "alone", "hazard", "more")
# The second page of the menu: `exploited` is a group of its own, the others are kinds.
MORE: tuple[str, ...] = ("exploited", "self_harm", "conflict_law", "hardship", "other")


def kinds_of(group: str) -> tuple[str, ...]:
    """The kinds behind a group of the menu, as option ids of `report.kind_detail`."""
    if group == "more":
        return MORE
    return tuple(kind.code for kind in KINDS.values() if kind.group == group)


def track(case: Case) -> str:
    """The legal path of the case: abuse until a person sets another kind."""
    kind = KINDS.get(case.kind)
    return kind.track if kind else "abuse"


# Art. 10(1) of the Law on Children: the groups of special circumstances, d twice in its alphabet.
SPECIAL_GROUPS = ("a", "b", "c", "d", "dd", "e", "g", "h", "i", "k", "l", "m", "n", "o")
_PROPOSED: Mapping[str, tuple[str, ...]] = {
    "conflict_law": ("e", "g"), "hardship": ("h", "a", "c", "d", "dd", "n", "o"),
}  # fmt: skip


def groups_for(kind: str) -> tuple[str, ...]:
    """Every group, those this kind makes likely in front: the machine proposes, a person says it."""
    first = _PROPOSED.get(kind, ())
    return (*first, *(one for one in SPECIAL_GROUPS if one not in first))
