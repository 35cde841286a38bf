"""What first words suggest is put for one press, at its own question, and assumed of nobody."""

import pytest

from handlers.flows.report import REPORT, commune_of, mode
from handlers.render import question
from handlers.talk.advance import begin
from handlers.talk.model import Said
from tests.walks.test_flows import Kit, facts, press, say

WHOLE = "có đứa nhỏ bị bạo hành ở ái nghĩa hôm qua"


def first(text, *presses, commune=""):
    turn = begin(REPORT, Said("text", text=text), facts(commune=commune), {})
    for one in presses:
        turn = press(REPORT, turn.talk, one)
    return turn


def asked(turn):
    return turn.asking.text, [one.code for one in turn.asking.options]


def until(turn, ask_id):
    while turn.asking.question.partition("_hint")[0] != f"report.{ask_id}":
        turn = press(REPORT, turn.talk, "skip")
    return turn


def test_nothing_is_assumed_and_danger_is_asked_first():
    turn = first(WHOLE)
    assert turn.asking.question == "report.danger_now"
    assert not {"kind", "place", "when", "child_place"} & set(turn.talk.answers)


def test_one_press_confirms_the_kind():
    turn = first(WHOLE, "no")
    assert asked(turn) == ("report.kind_hint", ["yes", "other"])
    assert press(REPORT, turn.talk, "yes").talk.answers["kind"] == "violence_home"


def test_another_kind_leads_to_the_question_as_ever_and_the_suggestion_never_comes_again():
    turn = press(REPORT, first(WHOLE, "no").talk, "other")
    assert turn.asking.question == "report.kind"
    turn = press(REPORT, turn.talk, "alone")
    assert turn.asking.question == "report.kind_detail"
    turn = press(REPORT, press(REPORT, turn.talk, "back").talk, "alone")
    assert press(REPORT, turn.talk, "neglect").talk.answers["kind"] == "neglect"


def test_several_kinds_are_a_list_and_words_typed_there_are_heard_as_ever():
    turn = first("bé đói, bị bạn bắt nạt", "no")
    assert asked(turn) == ("report.kind_hints", ["bullying", "neglect", "other"])
    assert press(REPORT, turn.talk, "neglect").talk.answers["kind"] == "neglect"
    typed = say(REPORT, turn.talk, "Nguy hiểm, tai nạn")
    assert typed.asking.question == "report.kind_detail"


def test_one_press_confirms_the_place_and_it_is_put_once():
    turn = until(first(WHOLE, "no"), "place")
    assert asked(turn) == ("report.place_hint", ["yes", "other"])
    assert question(Kit(), "vi", turn.asking) == "Việc xảy ra ở Ái Nghĩa, xã Đại Lộc, đúng không?"
    turn = press(REPORT, turn.talk, "yes")
    assert commune_of(turn.talk.answers) == "20500"
    assert turn.talk.answers["place"]["words"] == "Ái Nghĩa"
    assert until(turn, "child_place").asking.text == "report.child_place"


def test_another_commune_is_chosen_from_the_list_and_typed_words_are_an_answer_of_their_own():
    turn = until(first(WHOLE, "no"), "place")
    other = press(REPORT, turn.talk, "other")
    assert other.asking.text == "report.place_which"
    assert "20500" not in [one.code for one in other.asking.options]
    assert press(REPORT, other.talk, "back").asking.text == "report.place_hint"
    assert commune_of(say(REPORT, turn.talk, "xã Vu Gia").talk.answers) == "20539"
    assert commune_of(say(REPORT, turn.talk, "đúng").talk.answers) == "20500"


def test_a_commune_named_alone_is_not_named_twice():
    turn = until(first("có đứa nhỏ bị bạo hành ở xã vu gia", "no"), "place")
    assert question(Kit(), "vi", turn.asking) == "Việc xảy ra ở xã Vu Gia, đúng không?"


def test_several_communes_are_a_list_and_the_former_district_asks_as_ever():
    turn = until(first("có đứa nhỏ bị bạo hành ở đại phong", "no"), "place")
    assert turn.asking.text == "report.place_hints"
    assert commune_of(press(REPORT, turn.talk, "20539").talk.answers) == "20539"
    turn = until(first("có đứa nhỏ bị bạo hành ở đại lộc", "no"), "place")
    assert turn.asking.text == "report.place_district"


def test_in_danger_the_place_is_put_where_help_goes():
    turn = first("cứu với, cháu bé ở ái nghĩa", "now")
    assert mode(turn.talk.answers) == "A"
    assert asked(turn) == ("report.child_place_hint", ["yes", "other"])
    turn = press(REPORT, turn.talk, "yes")
    assert turn.opens
    assert commune_of(turn.talk.answers) == "20500"


def test_a_place_that_was_passed_over_is_not_put_again():
    turn = first("cứu với, cháu bé ở ái nghĩa", "now", "skip")
    assert turn.opens
    assert until(turn, "place").asking.text == "report.place"


def test_one_press_confirms_the_time_and_the_words_are_kept():
    turn = until(first(WHOLE, "no"), "more")
    turn = press(REPORT, turn.talk, "ok")
    assert asked(turn) == ("report.when_hint", ["yes", "other"])
    yes = press(REPORT, turn.talk, "yes").talk.answers["when"]
    assert (yes["raw"], yes["confidence"], yes["hinted"]) == (WHOLE, "day", True)
    assert press(REPORT, turn.talk, "other").asking.text == "report.when"
    assert say(REPORT, turn.talk, "tối hôm kia").talk.answers["when"]["raw"] == "tối hôm kia"


def test_a_time_still_to_come_is_kept_as_one():
    turn = until(first("tối mai nó bị ép cưới ở vu gia", "no"), "more")
    turn = press(REPORT, press(REPORT, turn.talk, "ok").talk, "yes")
    assert turn.talk.answers["when"]["ahead"]


def test_a_child_is_never_asked_whether_it_was_this_or_that():
    turn = first("em bị bạo hành ở ái nghĩa", "child", "unsure")
    assert turn.asking.text == "child.child_place_hint"
    turn = press(REPORT, turn.talk, "yes")
    assert turn.asking.question == "report.kind"
    assert commune_of(turn.talk.answers) == "20500"


def test_the_answers_say_which_words_led_to_what():
    hints = first(f"cứu với, {WHOLE}").talk.answers["hints"]
    assert [(one["about"], one["words"]) for one in hints] == [
        ("danger", "cứu với"), ("kind", "bạo hành"), ("place", "Ái Nghĩa"), ("time", "hôm qua"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["alo", "chào anh chị"])
def test_words_that_tell_nothing_leave_nothing(text):
    talk = first(text).talk
    assert "hints" not in talk.answers
    assert "hints" not in talk.notes


def test_a_picture_or_silence_suggests_nothing():
    talk = begin(REPORT, Said("location", lat=15.9, lon=108.1), facts(), {}).talk
    assert "hints" not in talk.answers
