"""What a short message wishes beside an answer: tests/data/wishes.tsv is the promise."""

import pytest

from cases.typed.short import SAFE, meant, only_nods, refuses
from cases.typed.wishes import wish_of
from tests.rules.tables import table

ROWS = table("wishes")


@pytest.mark.parametrize(("text", "wish"), ROWS)
def test_a_wish_is_heard_and_nothing_else_is_taken_for_one(text, wish):
    assert wish_of(text) == wish.replace("-", "")


@pytest.mark.parametrize("text", [text for text, wish in ROWS if wish != "-"])
def test_a_wish_is_heard_in_any_case_and_with_signs(text):
    assert wish_of(f"{text.upper()}!!! 😭") == wish_of(text)


def test_a_long_message_is_a_story_and_nothing_is_no_wish():
    assert wish_of("có ai không " * 8) == ""
    assert wish_of("") == wish_of("😭😭") == ""


@pytest.mark.parametrize(
    "text",
    [
        "không biết", "k bit", "hok bik", "kb", "em k biết nói sao", "không nói đâu", "em ko muốn kể",
        "em không nói được", "thôi", "dạ không ạ", "ko", "idk", "I don't want to say", "chưa biết",
    ],
)  # fmt: skip
def test_who_does_not_know_or_would_rather_not_say_is_understood(text):
    assert refuses(text)


@pytest.mark.parametrize("text", ["ở nhà", "em không biết đường về", "ba đánh em", "dạ", "có", ""])
def test_an_answer_is_no_refusal(text):
    assert not refuses(text)


def test_a_nod_says_only_that_it_was_heard():
    assert all(map(only_nods, ("dạ", "da", "ừ", "ok", "dạ vâng ạ", "uhm")))
    assert not any(map(only_nods, ("dạ có ba", "em", "không", "")))


def test_what_stands_around_an_answer_for_politeness_means_nothing():
    assert meant("dạ thưa cô em an toàn ạ") == "an toan"
    assert meant("con") == "con"
    assert meant("một " * 20) == "mot " * 19 + "mot"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("dạ có", "no"), ("em ổn", "no"), ("bình thường ạ", "no"), ("yes", "no"), ("sợ", "now"),
        ("em sợ quá", "now"), ("chưa", "now"), ("khó nói", "unsure"), ("e k nói dc", "unsure"),
        ("không biết", "unsure"), ("I'm scared", "now"), ("dạ", None), ("ba sắp về", None),
    ],
)  # fmt: skip
def test_whether_a_child_is_safe_is_read_in_its_own_words(text, code):
    assert SAFE.get(meant(text)) == code
