"""Letters and buttons: folding, forgotten keyboards, invisible characters, numbers typed for a button."""

import pytest

from cases.typed.fold import clean, fold, has_marks, sound, untelex, unvni
from cases.typed.options import choose, lettered, mark, placed

OPTIONS = [("now", "Có, ngay bây giờ"), ("no", "Không"), ("unsure", "Không chắc")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1", "now"), ("2.", "no"), ("số 3", "unsure"), ("so 2", "no"), ("２", "no"), ("7", ""),
        ("0", ""), ("Không", "no"), ("khong", "no"), ("KHÔNG CHẮC", "unsure"), ("khong c", "unsure"),
        ("kho", ""), ("co", "now"), ("c", ""), ("", ""), ("😭", ""), ("12345", ""), ("2 3", ""),
    ],
)  # fmt: skip
def test_a_typed_answer_means_one_button_or_none(text, code):
    assert choose(text, OPTIONS) == code


ANSWERS = [("yes", "Có"), ("no", "Không"), ("unknown", "Không biết")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("dạ có", "yes"), ("da co a", "yes"), ("ừ", "yes"), ("có ạ", "yes"), ("yes", "yes"),
        ("ko", "no"), ("dạ hông", "no"), ("hok", "no"), ("k", "no"), ("chưa", "no"), ("dạ ko ạ", "no"),
        ("kb", "unknown"), ("e k bik", "unknown"), ("hok bít nha", "unknown"), ("idk", "unknown"),
        ("I don't know", "unknown"), ("dạ", ""), ("em", ""), ("con", ""), ("😭", ""), ("có lẽ", ""),
    ],
)  # fmt: skip
def test_short_and_polite_answers_mean_the_button(text, code):
    assert choose(text, ANSWERS) == code


def test_no_never_means_a_button_that_says_safe():
    safe = [("now", "Không an toàn"), ("no", "An toàn"), ("unsure", "Em không tiện nói")]
    assert choose("ko", safe) == choose("không ạ", safe) == "now"
    assert choose("chưa", safe) == choose("nope", safe) == ""
    assert choose("dạ em an toàn", safe) == "no"
    assert choose("em ko an toan", safe) == "now"


TERMS = [("m15", "15 phút"), ("h1", "1 giờ"), ("h4", "4 giờ")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a", "m15"), ("b.", "h1"), ("C)", "h4"), ("d", ""), ("á", ""), ("1", "h1"), ("4", "h4"),
        ("15", "m15"), ("số 1", "h1"), ("3", "h4"), ("9", ""), ("4 giờ", "h4"), ("ab", ""),
    ],
)  # fmt: skip
def test_where_labels_name_numbers_places_are_letters_and_a_number_means_the_label(text, code):
    assert choose(text, TERMS) == code
    assert placed(text, TERMS) is (bool(code) and text != "4 giờ")


def test_a_number_that_two_labels_name_means_neither():
    assert choose("3", [("one", "Thôn 3"), ("two", "Xóm 3"), ("three", "Thôn 5")]) == ""


@pytest.mark.parametrize("labels", [["7KQ4-2MDJ"], ["111 chuyển"], ["Có", "Không"], []])
def test_a_code_or_a_helpline_is_no_number_that_somebody_types_for_a_button(labels):
    assert not lettered(labels)
    assert choose("a", [(one, one) for one in labels]) == ""


def test_letters_count_only_where_they_were_shown():
    assert choose("a", TERMS, letters=False) == ""
    assert mark(2, letters=True) == "b"
    assert mark(2, letters=False) == "2"


def test_a_number_is_no_button_where_numbers_are_answers():
    assert choose("2", OPTIONS, numbers=False) == ""
    assert choose("khong", OPTIONS, numbers=False) == "no"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Thị trấn Ái-Nghĩa!", "thi tran ai nghia"), ("Đ. Hòa", "d hoa"), ("hoà hòa", "hoa hoa"),
        ("ướt ữ ợ ẵ ẩ", "uot u o a a"), ("２３", "23"), ("😭 …", ""), ("", ""),
        ("e\u0302\u0301", "e"), ("  a\n\tb ", "a b"),
    ],
)  # fmt: skip
def test_folding_takes_case_marks_and_punctuation(text, folded):
    assert fold(text) == folded
    assert fold(folded) == folded


def test_a_keyboard_that_forgot_its_marks_is_read():
    assert untelex("ddaij looc") == "dai loc"
    assert untelex("thuwowng dduwcs") == "thuong duc"
    assert unvni("d9a5i lo65c") == "dai loc"
    assert unvni("thon 5") == "thon 5"


def test_marks_are_noticed_composed_or_not():
    assert has_marks("đào")
    assert has_marks("Đao")
    assert not has_marks("dao 15")


def test_f45_what_a_card_may_show_has_no_invisible_characters_and_no_floods_of_marks():
    assert clean("\u202ea\u200bb\x00 ") == "ab"
    assert clean("e\u0301") == "é"
    assert len(clean("a" + "\u0316" * 500)) < 20
    assert clean("một\r\nhai") == "một\nhai"


def test_half_a_character_from_outside_is_never_kept():
    whole = {"a": ["Ái Nghĩa 😭", 1, None, {"b": True}]}
    assert sound(whole) == whole
    halves = sound({"\ud83d": ["\udc00 x", {"b": "\ud83d"}]})
    assert str(halves).encode("utf-8")
    assert sound("\ud83d\ude2d") == "😭"
