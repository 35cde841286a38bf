"""When a reporter may be written to first: every sentence of it is a promise to somebody who is afraid."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cases.safe_contact import (
    JUST_NOW,
    Safety,
    answers_now,
    first_chance,
    learned,
    left,
    opening,
    window_of,
)
from cases.times.windows import ALWAYS, always, clock, window
from cases.typed.code_word import code_word, declined
from handlers.talk.model import SKIPPED

from .tables import table

EVENING = (18 * 60, 21 * 60)
NIGHT = (21 * 60, 29 * 60)


def at(day, hour, minute=0):
    """A moment of November 2026 in Viet Nam."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.mark.parametrize(("words", "hours"), table("safe_hours"))
def test_hours_are_read_as_they_are_said_and_never_guessed(words, hours):
    found = window(words)
    assert (f"{clock(found[0])}-{clock(found[1])}" if found else "-") == hours


@pytest.mark.parametrize(
    ("hours", "now", "opens"),
    [
        (EVENING, at(24, 10), at(24, 18)),
        (EVENING, at(24, 17, 59), at(24, 18)),
        (EVENING, at(24, 18), at(24, 18)),
        (EVENING, at(24, 20, 59), at(24, 20, 59)),
        (EVENING, at(24, 21), at(25, 18)),
        (EVENING, at(24, 23), at(25, 18)),
        (NIGHT, at(24, 2), at(24, 2)),
        (NIGHT, at(24, 5), at(24, 21)),
        (NIGHT, at(24, 22), at(24, 22)),
        (ALWAYS, at(24, 3), at(24, 3)),
    ],
)
def test_f36_a_word_waits_for_the_next_safe_hour(hours, now, opens):
    assert opening(hours, now) == opens


@pytest.mark.parametrize(
    ("safety", "hours"),
    [
        (Safety(), ALWAYS),  # silence of an adult is leave to write
        (Safety(child=True), None),
        (Safety(child=True, said="anytime"), ALWAYS),
        (Safety(child=True, said="evening"), EVENING),
        (Safety(said="morning"), (6 * 60, 11 * 60)),
        (Safety(said="no_first"), None),
        (Safety(said="từ 7 đến 9 giờ tối"), (19 * 60, 21 * 60)),
        (Safety(said="khi nào vắng nhà"), None),
        (Safety(left=True), None),
        (Safety(left=True, said="anytime"), ALWAYS),  # said again since then
        (Safety(unsafe=True, said="anytime"), None),
    ],
)
def test_f36_who_may_be_written_to_first_and_when(safety, hours):
    assert window_of(safety) == hours
    chance = first_chance(safety, at(24, 10))
    assert (chance is None) == (hours is None)
    assert chance is None or chance == opening(hours, at(24, 10))


@pytest.mark.parametrize(
    ("answers", "safety"),
    [
        ({}, Safety()),
        ({"safe_time": "evening"}, Safety(said="evening")),
        ({"safe_time": {"words": "buổi trưa"}}, Safety(said="buổi trưa")),
        ({"safe_time": SKIPPED, "shared_phone": SKIPPED, "code_word": SKIPPED}, Safety()),
        ({"child": True}, Safety(child=True)),
        ({"shared_phone": "yes"}, Safety(shared=True)),
        ({"code_word": {"mark": "ab12"}}, Safety(word="ab12")),
        ({"code_word": "no"}, Safety()),
    ],
)
def test_a_report_says_how_its_reporter_may_be_reached(answers, safety):
    assert learned(Safety(), answers) == safety


def test_what_nobody_answered_takes_nothing_back():
    known = Safety("evening", child=True, shared=True, word="ab12")
    assert learned(known, {"safe_time": SKIPPED, "code_word": "no"}) == known
    assert learned(known, {"shared_phone": "no"}) == replace(known, shared=False)


def test_after_an_exit_nothing_is_said_first_until_it_is_said_to_be_safe_again():
    gone = left(Safety("anytime", shared=True, word="ab12", unsafe=True))
    assert window_of(gone) is None
    assert (gone.shared, gone.word, gone.unsafe) == (True, "ab12", False)
    assert window_of(learned(gone, {"child_age": 5})) is None
    assert window_of(learned(gone, {"safe_time": "evening"})) == EVENING


def test_what_is_stored_is_what_is_read_and_older_rows_can_be_read_too():
    known = Safety("evening", child=True, shared=True, left=True, word="ab12", unsafe=True)
    assert Safety.read(known.json()) == known
    assert Safety.read({"said": "evening", "later": 1}) == Safety("evening")
    assert known.calm() == replace(known, unsafe=False)


def test_within_two_minutes_a_word_is_an_answer_but_not_to_somebody_unsafe():
    now = at(24, 3)
    assert answers_now(Safety(said="no_first"), now - JUST_NOW, now)
    assert not answers_now(Safety(), now - JUST_NOW - timedelta(seconds=1), now)
    assert not answers_now(Safety(unsafe=True), now, now)


def test_only_the_whole_day_is_always():
    assert always(ALWAYS)
    assert not always(EVENING)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Mặt trời", "mat troi"), ("mat  troi.", "mat troi"), ("sunflower", "sunflower"),
        ("ab", "ab"), ("mười hai con giáp nhỏ nhé", "muoi hai con giap nho nhe"),
        ("a", ""), ("🌞", ""), ("con số 7", ""), ("0905", ""),
        ("một câu dài hơn hai mươi chữ cái", ""),
        ("thoát", ""), ("sos", ""), ("/viec", ""), ("bỏ qua", ""), ("hủy", ""),
        ("có", ""), ("Không", ""), ("dạ", ""), ("ok", ""), ("xin chào", ""), ("cứu em", ""),
    ],
)  # fmt: skip
def test_a_code_word_is_a_word_that_nobody_says_by_chance(text, word):
    assert code_word(text) == word


def test_a_plain_no_is_no_word_but_an_answer():
    assert declined("Không")
    assert declined("thôi")
    assert not declined("không gian")
