"""The kinds of incident: level, number first and legal path of each, and the menu that leads to them."""

import pytest

from cases.incident_types import ANY, GROUPS, KINDS, MORE, kinds_of
from cases.model import Level

ROWS = [
    ("violence_home", "hurt", "urgent", "113 111", "abuse"),
    ("violence_school", "hurt", "high", "111", "abuse"),
    ("bullying", "hurt", "medium", "111", "abuse"),
    ("violence_other", "hurt", "high", "113", "abuse"),
    ("sexual_abuse", "sexual", "urgent", "113 111", "abuse"),
    ("online_abuse", "sexual", "high", "111", "abuse"),
    ("neglect", "alone", "high", "111", "abuse"),
    ("abandonment", "alone", "urgent", "113 111", "abuse"),
    ("missing", "alone", "urgent", "113 111", "abuse"),
    ("drowning", "hazard", "urgent", "114 115", "hazard"),
    ("injury", "hazard", "high", "115", "hazard"),
    ("dangerous_place", "hazard", "medium", "114", "hazard"),
    ("labour", "exploited", "high", "111", "abuse"),
    ("trafficking", "exploited", "urgent", "113 111", "abuse"),
    ("child_marriage", "exploited", "high", "111", "abuse"),
    ("self_harm", "more", "urgent", "111 115", "special"),
    ("conflict_law", "more", "medium", "111", "special"),
    ("hardship", "more", "low", "111", "special"),
    ("other", "more", "unknown", "111", "abuse"),
]


def test_no_kind_is_missing_and_none_is_made_up():
    assert list(KINDS) == [code for code, *_ in ROWS]


@pytest.mark.parametrize(("code", "group", "level", "numbers", "track"), ROWS)
def test_a_kind_has_its_level_its_number_first_and_its_path(code, group, level, numbers, track):
    kind = KINDS[code]
    assert (kind.code, kind.group, kind.level, kind.track) == (code, group, level, track)
    assert " ".join(kind.numbers) == numbers


def test_the_first_page_of_the_menu_has_five_options_at_most():
    assert GROUPS == ("hurt", "sexual", "alone", "hazard", "more")


def test_every_kind_is_reached_through_the_menu():
    seen = {code for group in (*GROUPS, *MORE) for code in kinds_of(group)}
    assert set(KINDS) <= seen
    assert kinds_of("exploited") == ("labour", "trafficking", "child_marriage")
    assert kinds_of("more") == ("exploited", "self_harm", "conflict_law", "hardship", "other")


def test_an_extra_question_only_raises_the_level_of_its_kind():
    order = (Level.LOW, Level.MEDIUM, Level.HIGH, Level.URGENT)
    for kind in KINDS.values():
        for extra in kind.extras:
            for answer, level in extra.raises.items():
                assert answer in (extra.options or (ANY,))
                assert extra.rule in ("T3", "T7", "T8")
                assert order.index(level) >= order.index(kind.level)


def test_no_question_is_asked_under_two_names_in_one_kind():
    for kind in KINDS.values():
        names = [extra.name for extra in kind.extras]
        assert len(names) == len(set(names))
