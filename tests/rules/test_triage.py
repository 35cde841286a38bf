"""The machine only raises, and says why."""

import itertools

import pytest

from cases.incident_types import KINDS
from cases.model import Level
from cases.triage import ORDER, highest, triage

ROWS = [
    ({}, "unknown", ["T2"]),
    ({"danger_now": "now"}, "urgent", ["T1"]),
    ({"sos": True, "danger_now": "no"}, "urgent", ["T1"]),
    ({"danger_now": "unsure"}, "unknown", ["T2"]),
    ({"danger_now": "unsure", "kind": "drowning"}, "urgent", ["T2", "T3"]),
    ({"danger_now": "unsure", "kind": "hardship"}, "high", ["T2", "T3"]),
    ({"danger_now": "unsure", "kind": "bullying"}, "unknown", ["T2", "T3"]),
    ({"danger_now": "no", "kind": "hardship"}, "low", ["T3"]),
    ({"danger_now": "no", "kind": "bullying"}, "medium", ["T3"]),
    ({"danger_now": "no", "kind": "neglect", "harmer": "parent"}, "urgent", ["T3", "T4"]),
    ({"danger_now": "no", "kind": "neglect", "harmer": "stranger"}, "high", ["T3"]),
    ({"danger_now": "no", "kind": "bullying", "harmer_access": "yes"}, "urgent", ["T3", "T4"]),
    ({"danger_now": "no", "kind": "injury", "harmer_access": "yes"}, "high", ["T3"]),
    (
        {"danger_now": "no", "kind": "neglect", "child_age": 5, "extras": {"child_alone": "yes"}},
        "urgent", ["T3", "T5"],
    ),
    (
        {"danger_now": "no", "kind": "neglect", "child_age": 9, "extras": {"child_alone": "yes"}},
        "high", ["T3"],
    ),
    (
        {"danger_now": "no", "kind": "neglect", "night": True, "extras": {"child_alone": "yes"}},
        "urgent", ["T3", "T5"],
    ),
    ({"danger_now": "unsure", "child": True}, "urgent", ["T2", "T6"]),
    ({"danger_now": "no", "child": True, "kind": "hardship"}, "low", ["T3"]),
    ({"danger_now": "no", "danger_words": ("tự tử",)}, "urgent", ["T9"]),
    ({"danger_now": "no", "media_only": True}, "unknown", ["T10"]),
    ({"danger_now": "no", "kind": "hardship", "child_age": 2}, "medium", ["T3", "T12"]),
    ({"danger_now": "now", "child_age": 2}, "urgent", ["T1", "T12"]),
    ({"danger_now": "no", "kind": "online_abuse", "extras": {"online_meeting": "yes"}}, "urgent", ["T3"]),
    (
        {"danger_now": "no", "kind": "dangerous_place", "extras": {"children_play_there": "yes"}},
        "high", ["T3"],
    ),
    ({"danger_now": "no"}, "unknown", []),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "level", "rules"), ROWS)
def test_a_level_is_the_highest_rule_that_fires_with_its_reason(facts, level, rules):
    found = triage(facts)
    assert found.level == level
    assert [one.rule for one in found.fired] == rules


def test_one_more_fact_never_lowers_the_level_of_what_was_told():
    facts = [
        {"danger_now": "now"}, {"sos": True}, {"harmer": "parent"}, {"harmer_access": "yes"},
        {"child_age": 2}, {"danger_words": ("tự tử",)}, {"night": True},
    ]  # fmt: skip
    for kind, one, two in itertools.product(KINDS, facts, facts):
        before = {"danger_now": "no", "kind": kind, **one}
        after = {**before, **two}
        if after.get("danger_now") == before.get("danger_now"):
            assert ORDER.index(triage(after).level) >= ORDER.index(triage(before).level)


def test_unknown_stands_above_high_and_below_urgent():
    assert highest(Level.UNKNOWN, Level.HIGH) is Level.UNKNOWN
    assert highest(Level.UNKNOWN, Level.URGENT) is Level.URGENT


def test_every_kind_has_its_track_and_level():
    for kind in KINDS.values():
        assert kind.track in ("abuse", "special", "hazard")
        assert kind.level in Level
