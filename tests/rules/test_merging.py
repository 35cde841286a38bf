"""Two reports of one matter: which may be joined, and what the open case takes over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cases.merging import joined, kept_alike, why_not
from cases.model import Case, Level, Status

NOW = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
EARLY = NOW - timedelta(hours=1)
ONE = Case("c1", "7KQ4-2MDJ", "20500", Level.URGENT, "neglect", Status.RECEIVED, 1, EARLY, EARLY)
OTHER = replace(ONE, id="c2", level=Level.HIGH, received_at=NOW, opened_at=NOW, rev=4)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({}, {}, ""),
        ({}, {"id": "c1"}, "error.merge_itself"),
        ({}, {"status": Status.CLOSED}, "error.merge_closed"),
        ({}, {"kind": "injury"}, "error.merge_track"),
        ({"kind": "injury"}, {}, ""),
        ({"kind": "injury"}, {"kind": "hardship"}, ""),
        ({"flags": ("child",)}, {}, "error.merge_voices"),
        ({}, {"flags": ("child",)}, "error.merge_voices"),
        ({"flags": ("child",)}, {"flags": ("child",)}, ""),
        ({"flags": ("child", "adult")}, {}, ""),
        ({"flags": ("conflict_police",)}, {}, "error.merge_conflict"),
        ({"flags": ("conflict_police",)}, {"flags": ("conflict_police",)}, ""),
        ({}, {"flags": ("conflict_police",)}, ""),
    ],
)
def test_no_clock_no_child_and_no_secret_gets_lost_in_a_merge(one, other, why):
    assert why_not(replace(ONE, **one), replace(OTHER, **other)) == why


def test_the_earliest_receipt_and_the_higher_level_count():
    after = joined(ONE, OTHER)
    assert (after.received_at, after.opened_at, after.level, after.rev) == (
        EARLY, NOW, Level.URGENT, 5,
    )  # fmt: skip
    back = joined(OTHER, ONE)
    assert (back.received_at, back.level) == (EARLY, Level.URGENT)


def test_a_case_that_was_opened_again_counts_from_there():
    again = replace(OTHER, received_at=NOW - timedelta(days=90), flags=("reopened",))
    assert joined(ONE, again).opened_at == EARLY
    old = replace(ONE, received_at=NOW - timedelta(days=90), flags=("reopened",))
    assert joined(old, OTHER).received_at == EARLY


def test_each_of_the_two_is_kept_from_whom_the_other_is_kept_from():
    police = replace(OTHER, flags=("child", "conflict_police"))
    assert kept_alike(ONE, police).flags == ("conflict_police",)
    assert kept_alike(police, police) == police
    here = replace(OTHER, flags=("conflict_commune",))
    assert kept_alike(ONE, here).flags == ("conflict_commune",)
    there = replace(here, commune="20515")
    assert kept_alike(ONE, there).flags == ("conflict_commune_20515",)
    unknown = replace(here, commune="")
    assert kept_alike(ONE, unknown).flags == ("conflict_commune",)
    one = replace(ONE, flags=("conflict_commune",))
    assert joined(one, there).flags == ("conflict_commune", "conflict_commune_20500")
