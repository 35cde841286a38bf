"""What people type -> facts: places, times, first words, numbers. The tables in tests/data are the promise."""

import json
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from cases.areas.gazetteer import Areas
from cases.areas.places import Places
from cases.times.calendar import ZONE, local
from cases.times.phrases import when
from cases.typed.first_words import danger_words, global_word, is_story
from cases.typed.fold import clean, fold, has_marks, untelex, unvni
from cases.typed.options import choose
from storage.records.areas import AreaRow
from storage.seed import _rows

DATA = Path(__file__).parents[1] / "data"
AREAS = json.loads((files("storage.seed") / "areas.json").read_text(encoding="utf-8"))
PLACES = Places(Areas(_rows(AREAS)))
NOW = datetime(2026, 11, 23, 10, 30, tzinfo=ZONE)


def table(name):
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


@pytest.mark.parametrize(("text", "match", "codes"), table("places"))
def test_a_place_is_found_the_way_people_write_it(text, match, codes):
    found = PLACES.find(text)
    assert found.match == match
    assert sorted({one.code for one in found.candidates}) == codes.replace("-", "").split()


def test_a_village_in_two_communes_is_asked_and_a_landmark_leads_to_its_commune():
    rows = [
        *_rows(AREAS),
        AreaRow("v1", "village", "Giao Thủy", "20500", aliases=("Giao Thuỷ xóm 1",)),
        AreaRow("v2", "village", "Giao Thủy", "20539", landmark="chợ Quảng Huế"),
    ]
    places = Places(Areas(rows))
    found = places.find("thôn Giao Thủy")
    assert found.match == "confirm"
    assert [one.code for one in found.candidates] == ["20500", "20539"]
    assert places.find("chợ Quảng Huế").candidates[0].code == "20539"
    assert places.find("Giao Thuỷ xóm 1").match == "exact"
    assert places.find("ở gần chợ quảng huế, xóm trên").match == "confirm"


@pytest.mark.parametrize(("text", "start", "end", "confidence"), table("times"))
def test_a_time_is_understood_the_way_people_say_it(text, start, end, confidence):
    found = when(text, NOW)
    if confidence == "-":
        assert found is None
        return
    assert f"{local(found.start):%d/%m %H:%M}" == start
    assert f"{local(found.end):%d/%m %H:%M}" == end
    assert found.confidence == confidence
    assert found.raw == text
    assert found.start.tzinfo is UTC


def test_a_date_that_is_still_to_come_was_last_year():
    assert local(when("20/12", NOW).start).year == 2025
    assert local(when("20/12/2024", NOW).start).year == 2024


@pytest.mark.parametrize(("text", "words", "story"), table("first_words"))
def test_first_words_tell_danger_and_story(text, words, story):
    assert ", ".join(danger_words(text, PLACES.areas.folded)) == words.replace("-", "")
    assert is_story(text) == (story == "story")


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("thoát", "exit", ""), ("thoat", "exit", ""), ("/thoat", "exit", ""), ("THOÁT", "exit", ""),
        ("sos", "sos", ""), ("khẩn cấp", "sos", ""), ("quay lại", "back", ""),
        ("bỏ qua", "skip", ""), ("hủy", "cancel", ""), ("huỷ", "cancel", ""),
        ("trợ giúp", "help", ""), ("/trogiup", "help", ""), ("/ngonngu", "lang", ""),
        ("/start", "start", ""), ("/start k7Q2mX", "start", "k7Q2mX"), ("/baotin", "report", ""),
        ("/theodoi", "follow", ""), ("/viec", "work", ""), ("/viec@fixture_bot", "work", ""),
        ("/vu 7KQ4-2MDJ", "case", "7KQ4-2MDJ"), ("/truc", "duty", ""), ("/nghi", "off", ""),
        ("/moi", "invite_staff", ""), ("/web", "web", ""), ("/khongco", "unknown", "/khongco"),
        ("#ABCDEFGHJKMNPQRS", "invitation", "ABCDEFGHJKMNPQRS"),
    ],
)  # fmt: skip
def test_a_word_that_works_anywhere_is_known(text, name, rest):
    word = global_word(text)
    assert (word.name, word.rest) == (name, rest)


@pytest.mark.parametrize("text", ["", "viec", "nghỉ học", "2", "#c:abc:now", "x" * 200, "start"])
def test_ordinary_words_are_no_command(text):
    assert global_word(text) is None


OPTIONS = [("now", "Có, ngay bây giờ"), ("no", "Không"), ("unsure", "Không chắc")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1", "now"), ("2.", "no"), ("số 3", "unsure"), ("so 2", "no"), ("２", "no"), ("7", ""),
        ("0", ""), ("Không", "no"), ("khong", "no"), ("khong c", "unsure"), ("kho", ""),
        ("co", "now"), ("c", ""), ("", ""), ("😭", ""),
    ],
)  # fmt: skip
def test_a_typed_answer_means_one_button_or_none(text, code):
    assert choose(text, OPTIONS) == code


def test_a_number_is_no_button_where_numbers_are_answers():
    assert choose("2", OPTIONS, numbers=False) == ""


def test_folding_takes_marks_and_nothing_else():
    assert fold("Thị trấn Ái-Nghĩa!") == "thi tran ai nghia"
    assert untelex("ddaij looc") == "dai loc"
    assert unvni("d9a5i lo65c") == "dai loc"
    assert has_marks("đào")
    assert not has_marks("dao")


def test_what_a_card_may_show_has_no_invisible_characters_and_no_floods_of_marks():
    assert clean("\u202ea\u200bb\x00 ") == "ab"
    assert clean("e\u0301") == "é"
    assert len(clean("a" + "\u0316" * 500)) < 20
    assert clean("một\r\nhai") == "một\nhai"
