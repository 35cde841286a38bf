"""Facts -> level. The machine only raises, and says why."""

import itertools

import pytest

from cases.incident_types import KINDS
from cases.model import Level
from cases.triage import ORDER, STEPS, VERSION, highest, rule_of, triage


def calm(kind="", **facts):
    return {"danger_now": "no", "kind": kind, **facts}


def extra(kind, name, answer, **facts):
    return calm(kind, extras={name: answer}, **facts)


# facts, level, the rules that gave it
ROWS = [
    ({}, "unknown", "T2"),
    (calm(), "unknown", ""),
    # T1 danger now, T2 not sure or no answer
    ({"danger_now": "now"}, "urgent", "T1"),
    (calm(sos=True), "urgent", "T1"),
    ({"danger_now": "now", "kind": "hardship"}, "urgent", "T1 T3"),
    ({"danger_now": "unsure"}, "unknown", "T2"),
    ({"danger_now": "unsure", "kind": "drowning"}, "urgent", "T2 T3"),
    ({"danger_now": "unsure", "kind": "hardship"}, "high", "T2 T3"),
    ({"danger_now": "unsure", "kind": "dangerous_place"}, "high", "T2 T3"),
    ({"danger_now": "unsure", "kind": "bullying"}, "unknown", "T2 T3"),
    ({"danger_now": "unsure", "kind": "other"}, "unknown", "T2 T3"),
    ({"kind": "conflict_law"}, "high", "T2 T3"),
    ({"kind": "neglect"}, "unknown", "T2 T3"),
    # T3 the kind and its extra answers
    (calm("hardship"), "low", "T3"),
    (calm("bullying"), "medium", "T3"),
    (calm("neglect"), "high", "T3"),
    (calm("other"), "unknown", "T3"),
    (calm("abandonment"), "urgent", "T3"),
    (extra("online_abuse", "online_meeting", "yes"), "urgent", "T3 T8"),
    (extra("online_abuse", "online_meeting", "no"), "high", "T3"),
    (extra("online_abuse", "online_meeting", "unknown"), "high", "T3"),
    (extra("dangerous_place", "children_play_there", "yes"), "high", "T3"),
    (extra("dangerous_place", "children_play_there", "no"), "medium", "T3"),
    # T7 the body, by the extra answers
    (extra("injury", "breathing", "no"), "urgent", "T3 T7"),
    (extra("injury", "breathing", "yes"), "high", "T3"),
    (extra("injury", "bleeding", "yes"), "urgent", "T3 T7"),
    (extra("injury", "awake", "no"), "urgent", "T3 T7"),
    (extra("injury", "awake", "unknown"), "high", "T3"),
    (extra("drowning", "out_of_water", "no"), "urgent", "T3 T7"),
    (extra("drowning", "out_of_water", "yes"), "urgent", "T3"),
    (extra("self_harm", "already_hurt", "yes"), "urgent", "T3 T7"),
    # an answer belongs to the kind that asks it
    (extra("hardship", "breathing", "no"), "low", "T3"),
    # T8 a weapon, a meeting, taken away, or still to come
    (extra("violence_other", "weapon", "yes"), "urgent", "T3 T8"),
    (extra("violence_other", "weapon", "no"), "high", "T3"),
    (extra("trafficking", "taken_where", "qua Lào, ngày mai"), "urgent", "T3 T8"),
    (extra("trafficking", "taken_where", "không biết"), "urgent", "T3"),
    (extra("trafficking", "taken_where", "..."), "urgent", "T3"),
    (calm("bullying", ahead=True), "urgent", "T3 T8"),
    (calm("bullying", ahead=False), "medium", "T3"),
    # T4 the harmer is at home or can reach the child
    (calm("neglect", harmer="parent"), "urgent", "T3 T4"),
    (calm("neglect", harmer="carer"), "urgent", "T3 T4"),
    (calm("neglect", harmer="stranger"), "high", "T3"),
    (calm("neglect", harmer="known", harmer_access="no"), "high", "T3"),
    (calm("bullying", harmer_access="yes"), "urgent", "T3 T4"),
    (calm("bullying", harmer_access="unknown"), "medium", "T3"),
    (calm("injury", harmer="parent", harmer_access="yes"), "high", "T3"),
    # T5 alone
    (extra("neglect", "child_alone", "yes", child_age=5), "urgent", "T3 T5"),
    (extra("neglect", "child_alone", "yes", child_age=6), "high", "T3"),
    (extra("neglect", "child_alone", "no", child_age=5), "high", "T3"),
    (extra("neglect", "child_alone", "yes", night=True), "urgent", "T3 T5"),
    (extra("neglect", "child_alone", "yes"), "high", "T3"),
    # T6 a child who is not safe or cannot say
    ({"danger_now": "unsure", "child": True}, "urgent", "T2 T6"),
    ({"danger_now": "now", "child": True}, "urgent", "T1 T6"),
    (calm("hardship", child=True), "low", "T3"),
    # T9 danger words, T10 nobody has looked
    (calm("hardship", danger_words=("tự tử",)), "urgent", "T3 T9"),
    (calm(danger_words=()), "unknown", ""),
    (calm(media_only=True), "unknown", "T10"),
    (calm("hardship", media_only=True), "unknown", "T3 T10"),
    # T13 the code word for "not safe"
    (calm("hardship", unsafe="row"), "urgent", "T3 T13"),
    ({"unsafe": "row"}, "urgent", "T2 T13"),
    # T12 one up, at most urgent
    (calm("hardship", child_age=2), "medium", "T3 T12"),
    (calm("bullying", child_age=0), "high", "T3 T12"),
    (calm("neglect", child_age=2), "urgent", "T3 T12"),
    (calm("abandonment", child_age=2), "urgent", "T3 T12"),
    (calm(child_age=1), "urgent", "T12"),
    ({"danger_now": "unsure", "child_age": 2}, "urgent", "T2 T12"),
    (calm("hardship", child_age=3), "low", "T3"),
    (calm("other", child_age=2), "urgent", "T3 T12"),
    ({"danger_now": "now", "child_age": 2}, "urgent", "T1 T12"),
]


@pytest.mark.parametrize(("facts", "level", "rules"), ROWS)
def test_a_level_is_the_highest_rule_that_fires_with_its_reason(facts, level, rules):
    found = triage(facts)
    assert found.level == level
    assert [one.rule for one in found.fired] == rules.split()
    assert all(one.version == VERSION and one.fact for one in found.fired)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_a_calm_report_has_the_level_of_its_kind(kind):
    assert triage(calm(kind.code)).level is kind.level


MORE_FACTS = [
    {"sos": True}, {"ahead": True}, {"harmer": "parent"}, {"harmer_access": "yes"}, {"child_age": 2},
    {"child_age": 9},
    {"danger_words": ("tự tử",)}, {"night": True}, {"media_only": True}, {"child": True},
    {"extras": {"child_alone": "yes"}}, {"extras": {"breathing": "no"}},
]  # fmt: skip


@pytest.mark.parametrize("kind", ["", *KINDS])
@pytest.mark.parametrize("danger", ["now", "no", "unsure", None])
def test_a_level_is_never_lowered_by_the_machine(kind, danger):
    for one, two in itertools.product(MORE_FACTS, repeat=2):
        before = {"danger_now": danger, "kind": kind, **one}
        after = {**two, **before}
        assert ORDER.index(triage(after).level) >= ORDER.index(triage(before).level)


def test_a_person_under_threat_is_urgent_whatever_else_was_said():
    for kind in KINDS:
        for age in (None, 1, 15):
            assert triage({"danger_now": "now", "kind": kind, "child_age": age}).level == "urgent"


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_one_up_is_the_next_level_and_is_never_unknown(kind):
    lifted = triage(calm(kind.code, child_age=1)).level
    if kind.level is Level.UNKNOWN:
        assert lifted is Level.URGENT
    else:
        at = STEPS.index(kind.level)
        assert lifted is (*STEPS, Level.URGENT)[at + 1]


def test_a_fired_rule_is_stored_with_its_version_its_fact_and_its_level():
    fired = triage(extra("injury", "breathing", "no")).fired[-1]
    stored = {"rule": "T7", "version": VERSION, "fact": "breathing", "level": "urgent"}
    assert fired.stored() == stored
    assert [rule_of(stored), rule_of("T4")] == ["T7", "T4"]  # the first version kept the bare id


def test_unknown_stands_above_high_and_below_urgent():
    assert highest(Level.UNKNOWN, Level.HIGH) is Level.UNKNOWN
    assert highest(Level.UNKNOWN, Level.URGENT) is Level.URGENT
    assert highest(Level.LOW, Level.MEDIUM) is Level.MEDIUM


@pytest.mark.parametrize("facts", [{"kind": "no such kind"}, {"child_age": "5"}, {"extras": None}])
def test_facts_of_another_shape_raise_nothing_and_break_nothing(facts):
    assert triage(calm(**facts)).level is Level.UNKNOWN
