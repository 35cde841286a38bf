"""What people say about a time: tests/data/times.tsv is the promise, said on Monday 23/11/2026 at 10:30."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.times.calendar import ZONE, tet
from cases.times.moons import YEARS
from cases.times.phrases import when
from tests.support.time_set import LINES, NONE, NOW, read, score, shown


def test_most_of_the_written_times_are_right_and_none_is_surely_wrong():
    seen = score()
    print(seen.words)
    assert seen.all >= 260
    assert seen.right / seen.all >= 0.98, seen.misses
    assert seen.silent == []


@pytest.mark.parametrize("text", [text for text, *_ in LINES if read(text) != NONE])
def test_the_raw_words_are_kept_and_the_times_are_in_utc(text):
    for typed in (text, text.upper(), f" {text} "):
        found = when(typed, NOW)
        assert found.raw == typed
        assert found.rule in ("now", "ago", "vague", "day", "ahead", "mai", "lunar")
        assert found.start.tzinfo is UTC and found.end.tzinfo is UTC
        assert found.start <= found.end


def test_the_same_words_mean_another_day_when_they_are_said_on_another_day():
    new_year = datetime(2027, 1, 1, 0, 30, tzinfo=ZONE)
    assert shown(when("hôm qua", new_year).start) == "31/12/2026 00:00"
    assert shown(when("thứ 6", new_year).start) == "25/12/2026 00:00"
    assert shown(when("31/12", new_year).start) == "31/12/2026 00:00"


def test_the_day_is_the_day_in_viet_nam():
    assert shown(when("hôm qua", datetime(2026, 11, 22, 18, 0, tzinfo=UTC)).start) == (
        "22/11/2026 00:00"
    )


def test_a_time_that_cannot_be_is_only_its_day():
    found = when("tối qua lúc 25h", NOW)
    assert (shown(found.start), found.confidence) == ("22/11/2026 00:00", "day")


def test_what_is_still_to_come_is_never_surer_than_about():
    for text in ("tối nay", "8h tối nay", "sáng mai", "tuần sau", "đêm nay"):
        found = when(text, NOW)
        assert found.start > NOW
        assert found.confidence == "about"
        assert found.ahead


def test_about_to_happen_looks_ahead_and_a_past_word_beside_it_does_not():
    assert when("sắp bị đưa đi", NOW).ahead
    assert when("mai", NOW).ahead
    assert not when("hôm qua nó sắp ngất", NOW).ahead
    assert not when("Mai đi học về hôm qua", NOW).ahead
    assert not when("tối qua", NOW).ahead
    assert not when("hôm nay", NOW).ahead


def test_the_small_hours_belong_to_the_night_that_is_meant():
    small = datetime(2026, 11, 23, 3, 0, tzinfo=ZONE)
    assert shown(when("2h đêm nay", small).start) == "23/11/2026 02:00"
    assert shown(when("2h đêm qua", small).start) == "23/11/2026 02:00"
    assert shown(when("5h đêm qua", small).start) == "22/11/2026 05:00"
    assert shown(when("2h đêm nay", NOW).start) == "24/11/2026 02:00"


def test_a_lunar_day_is_the_last_one_and_a_leap_month_widens_it():
    late = datetime(2026, 12, 31, 10, 0, tzinfo=ZONE)
    found = when("5/11 âm lịch", late)  # 13/12/2026
    assert shown(found.start) <= "13/12/2026 00:00" < shown(found.end)
    assert (found.end - found.start).days <= 3
    january = datetime(2026, 1, 5, 10, 0, tzinfo=ZONE)
    assert shown(when("Tết", january).start) == "26/01/2025 00:00"
    assert not when(
        "30/12 âm lịch", january
    ).ahead  # it comes on 16/02 again: the last one is meant


def test_a_month_that_came_twice_is_both_unless_it_is_said_which():
    late = datetime(2025, 9, 1, 10, 0, tzinfo=ZONE)  # the sixth month of 2025 came twice
    either, second = when("rằm tháng 6", late), when("rằm tháng 6 nhuận", late)
    assert (shown(either.start), shown(either.end)) == ("09/07/2025 00:00", "09/08/2025 00:00")
    assert (shown(second.start), shown(second.end)) == ("08/08/2025 00:00", "09/08/2025 00:00")


def test_the_moon_of_years_nobody_wrote_down_stays_unknown():
    for year in (2019, 2050):
        far = datetime(year, 6, 1, 10, 0, tzinfo=ZONE)
        assert when("rằm vừa rồi", far) is None
        assert when("5/5 âm lịch", far) is None


def test_every_year_of_the_moon_begins_with_its_tet():
    for year, (first, _, months) in YEARS.items():
        assert date.fromisoformat(first) == tet(year)
        following = tet(year) + timedelta(days=sum(29 + int(one) for one in months))
        assert following == tet(year + 1)
