"""Flood mode: whose it is, when it ends, and for whom it is brief."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cases.flood import LASTS, SETTING, in_flood, may_switch, until
from cases.model import Person, Role
from cases.policy import DEFAULT, Decided, Decisions

NOW = datetime(2026, 11, 23, 7, 15, tzinfo=UTC)
ENDS = NOW + LASTS


def _decided(*rows):
    found = tuple(
        Decided(n, commune, name, value) for n, (commune, name, value) in enumerate(rows, 1)
    )
    return replace(DEFAULT, decided=Decisions(found))


ON = _decided(("20500", "repeat", {"urgent": 30}), ("20500", SETTING, {"until": ENDS.isoformat()}))


@pytest.mark.parametrize(
    ("policy", "commune", "now", "brief"),
    [
        (DEFAULT, "20500", NOW, False),
        (ON, "20500", NOW, True),
        (ON, "20500", ENDS - timedelta(seconds=1), True),
        (ON, "20500", ENDS, False),  # by itself
        (ON, "20515", NOW, False),  # another commune asks everything
        (ON, "", NOW, True),  # of nobody knows which, it may be this one
        (_decided(("20500", "repeat", {"urgent": 30})), "20500", NOW, False),
    ],
)
def test_a_report_is_brief_where_and_while_it_is_switched_on(policy, commune, now, brief):
    assert in_flood(policy, commune, now) is brief


def test_the_newest_switch_counts():
    off = {"until": (NOW - LASTS).isoformat()}
    rows = (("20500", SETTING, {"until": ENDS.isoformat()}), ("20500", SETTING, off))
    assert until(_decided(*rows[:1]), "20500", NOW) == ENDS
    assert until(_decided(*rows), "20500", NOW) is None


@pytest.mark.parametrize("role", list(Role))
def test_only_the_leader_of_a_commune_has_the_switch(role):
    person = Person(id="p", role=role, commune="20500")
    assert may_switch(person) is (role is Role.LEADER)
    assert not may_switch(replace(person, commune=""))
    assert not may_switch(replace(person, active=False))
