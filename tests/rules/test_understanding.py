"""What a first message suggests: tests/data/first_words.tsv, its kinds, places and times, and the reasons."""

import pytest

from cases.model import Level
from cases.understanding import Reason, suggested_places, understand
from tests.support.first_words_set import score
from tests.support.place_set import COUNTRY, LOCAL
from tests.support.time_set import NOW


def read(text, places=LOCAL):
    return understand(text, places, NOW)


def test_no_danger_is_missed_and_most_is_understood():
    seen = score()
    print(seen.words)
    assert seen.told >= 100
    assert seen.missed == []
    assert seen.alarms == []
    for right in (seen.kinds, seen.places, seen.times):
        assert right / seen.told >= 0.95, seen.misses


@pytest.mark.parametrize("text", ["sos", "cứu với", "cứu cháu", "cứu em", "đuối nước", "tự tử"])
def test_a_cry_raises_the_level_at_once(text):
    for typed in (text, text.upper(), f"alo {text}!"):
        seen = read(typed)
        assert seen.danger
        assert seen.level is Level.URGENT


def test_each_suggestion_has_the_words_that_led_there():
    seen = read("có đứa nhỏ bị đánh ở ái nghĩa tối qua")
    assert seen.reasons == (
        Reason("kind", "violence_home", "đánh"),
        Reason("place", "20500", "Ái Nghĩa"),
        Reason("time", "day", "tối qua"),
    )


def test_what_is_not_told_stays_unknown():
    seen = read("alo")
    assert (seen.kinds, seen.danger, seen.time, seen.reasons) == ((), False, None, ())
    assert seen.level is Level.UNKNOWN
    assert seen.place.match == "none"


def test_sos_alone_is_the_button():
    assert read("sos").reasons[0] == Reason("danger", "T1", "sos")


def test_more_words_of_one_kind_outweigh_fewer_of_another():
    assert read("em bị bạn đánh").kinds == ("bullying",)
    assert read("bé bị đánh").kinds == ("violence_home",)
    assert read("bé đói, bị bạn bắt nạt").kinds == ("bullying", "neglect")


def test_danger_names_a_kind_only_where_nothing_else_does():
    assert read("cháu nói muốn chết").kinds == ("self_harm",)
    assert read("cứu với").kinds == ()


def test_a_commune_that_nobody_serves_is_suggested_only_when_it_is_named_whole():
    assert suggested_places(read("chuyện ở bên tam kỳ", COUNTRY).place) == ()
    [one] = suggested_places(read("xã Thượng Đức, Hà Tĩnh", COUNTRY).place)
    assert one.province == "Hà Tĩnh"


def test_a_name_that_is_barely_alike_is_no_suggestion():
    assert suggested_places(read("o dai cuon a").place) != ()
    assert suggested_places(read("con bé đại quann").place) == ()


def test_a_long_story_keeps_its_time_without_the_words():
    [reason] = [one for one in read("bé khóc " * 30 + "tối qua").reasons if one.about == "time"]
    assert reason.words == ""
