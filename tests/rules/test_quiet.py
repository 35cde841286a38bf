"""When a notice to staff leaves: at once, at daybreak, or with the others of two minutes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cases.model import Case, Level, Status
from notifications.notices import NOTICES
from notifications.quiet import (
    ALERTS_IN_ONE,
    ALONE,
    NEWS,
    NEWS_IN_ONE,
    TOGETHER,
    after_others,
    alerts_of,
    at_daybreak,
    most,
    waits_for_day,
)

NIGHT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)  # 23:00
DAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # 10:00
SIX = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
CASE = Case("c1", "7KQ4-2MDJ", "20500", Level.HIGH, "neglect", Status.RECEIVED, 1, DAY, DAY)
URGENT = (Level.URGENT, Level.UNKNOWN)


@pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES)
@pytest.mark.parametrize("level", Level)
def test_only_news_and_reminders_of_calm_cases_wait_and_only_at_night(notice, level):
    case = replace(CASE, level=level)
    waits = notice.priority >= 3 and level not in URGENT
    assert waits_for_day(notice, case, NIGHT) is waits
    assert not waits_for_day(notice, case, DAY)


def test_no_alert_and_no_overdue_law_is_ever_held():
    for name in ("alert", "escalated", "nobody", "late", "idle", "danger", "assigned", "declined"):
        assert not waits_for_day(NOTICES[name], CASE, NIGHT)


@pytest.mark.parametrize("chance", [b"\0\0", b"\x80\0", b"\xff\xff"])
def test_news_leave_within_five_minutes_after_the_window_opens(chance):
    leaving = at_daybreak(NIGHT, None, chance)
    assert SIX <= leaving.at < SIX + timedelta(minutes=5)
    assert leaving.bundle == NEWS


def test_news_of_one_person_leave_together():
    first = at_daybreak(NIGHT, None, b"\x80\0")
    assert at_daybreak(NIGHT + TOGETHER, first.at, b"\x10\0") == first


def test_a_leftover_that_is_tried_at_night_takes_nothing_along():
    tried = NIGHT + timedelta(minutes=3)
    assert at_daybreak(NIGHT, tried, b"\0\0").at == SIX


@pytest.mark.parametrize("level", Level)
def test_urgent_and_unclear_cases_belong_to_no_bundle(level):
    case = replace(CASE, level=level)
    bundle = "" if level in URGENT else "alerts:20500"
    assert alerts_of("case:c1:alert:1:0:0", case) == bundle
    assert alerts_of("case:c1:danger:row", case) == ""


def test_the_first_alert_leaves_at_once():
    assert after_others(DAY, "alerts:20500", []).at == DAY
    assert after_others(DAY, "alerts:20500", []).bundle == ""


def test_what_follows_leaves_at_the_end_of_the_two_minutes():
    rang = DAY - timedelta(seconds=30)
    held = after_others(DAY, "alerts:20500", [rang - TOGETHER / 2, rang])
    assert (held.at, held.bundle) == (rang + TOGETHER, "alerts:20500")
    assert after_others(DAY, "alerts:20500", [rang, held.at]).at == held.at


def test_nobody_waits_longer_than_two_minutes():
    for seconds in range(121):
        rang = DAY - timedelta(seconds=seconds)
        assert DAY <= after_others(DAY, "alerts:20500", [rang]).at <= DAY + TOGETHER


def test_each_case_of_a_bundle_of_alerts_keeps_a_button():
    assert most("alerts:20500") == ALERTS_IN_ONE - 1 == 4
    assert most(NEWS) == NEWS_IN_ONE - 1
    assert most(ALONE) == 0
