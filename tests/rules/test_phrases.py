"""What people say about a time: tests/data/times.tsv is the promise, said on Monday 23/11/2026 at 10:30."""

from datetime import UTC, datetime

import pytest

from cases.times.calendar import ZONE, local
from cases.times.phrases import when
from tests.rules.tables import table

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=ZONE)
ROWS = table("times")


def shown(at):
    return f"{local(at):%d/%m/%Y %H:%M}"


@pytest.mark.parametrize(("text", "start", "end", "confidence"), ROWS)
def test_a_time_is_understood_the_way_people_say_it(text, start, end, confidence):
    found = when(text, NOW)
    if confidence == "-":
        assert found is None
    else:
        assert (shown(found.start), shown(found.end), found.confidence) == (start, end, confidence)


@pytest.mark.parametrize("text", [text for text, *_, confidence in ROWS if confidence != "-"])
def test_the_raw_words_are_kept_and_the_times_are_in_utc(text):
    for typed in (text, text.upper(), f" {text} "):
        found = when(typed, NOW)
        assert found.raw == typed
        assert found.rule in ("ago", "vague", "day")
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
