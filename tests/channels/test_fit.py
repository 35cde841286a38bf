"""What a channel cannot do is fitted to it, and nothing is lost on the way (CHANNELS.md section 3)."""

from dataclasses import replace

import pytest

from bot.channels.memory import ABILITIES
from cases.messages import Choice, Outgoing, Picture
from notifications.fit import fit, mended, numbered, split

CHOICES = (
    Choice("now", "Có, ngay bây giờ"), Choice("no", "Không"), Choice("exit", "Thoát", standing=True),
)  # fmt: skip


def words(key):
    return {"talk.update": "Cập nhật:", "talk.repeat": "🔁 Gửi lại"}.get(key, key)


@pytest.mark.parametrize("name", ABILITIES)
@pytest.mark.parametrize("size", [-1, 0, 1, 2.5, 3], ids=str)
def test_f44_a_text_of_any_length_is_never_refused_and_nothing_of_it_is_lost(name, size):
    abilities = ABILITIES[name]
    length = (
        abilities.max_text + int(size) if size in (-1, 0, 1) else int(abilities.max_text * size)
    )
    text = ("một hai ba bốn " * length)[:length]
    pieces = fit(Outgoing(key="k", text=text, choices=CHOICES, prompt="p"), abilities, words)
    assert all(_size(one.text, abilities) <= abilities.max_text for one in pieces)
    whole = "".join("".join(one.text.split()) for one in pieces)
    assert whole.startswith("".join(text.split()))
    assert all(not one.choices for one in pieces[:-1])
    assert len({one.key for one in pieces}) == len(pieces)


def _size(text, abilities):
    return len(text.encode("utf-16-le")) // 2 if abilities.utf16 else len(text)


def test_2049_emoji_stay_whole_where_units_are_counted():
    pieces = fit(Outgoing(key="k", text="😭" * 2049), ABILITIES["telegram"], words)
    assert [len(one.text) for one in pieces] == [2048, 1]


@pytest.mark.parametrize(
    "grapheme", ["👩‍👧", "ệ", "👍🏽", "❤️"], ids=["joined", "marks", "tone", "variation"]
)
def test_a_grapheme_is_never_cut(grapheme):
    for longest in range(20, 30):
        pieces = split("a" * 18 + grapheme + "b" * 30, longest)
        assert any(grapheme in one for one in pieces)


def test_a_long_text_is_cut_at_a_paragraph_then_a_line_then_a_word():
    assert split("một hai\n\nba bốn năm", 14) == ["một hai", "ba bốn năm"]
    assert split("một hai ba\nbốn năm", 14) == ["một hai ba", "bốn năm"]
    assert split("một hai ba bốn", 12) == ["một hai ba", "bốn"]


def test_a_channel_without_buttons_gets_numbers_and_standing_words_without_one():
    (one,) = fit(Outgoing(key="k", text="Hỏi?", choices=CHOICES), ABILITIES["zalobot"], words)
    assert one.text == "Hỏi?\n\n1. Có, ngay bây giờ\n2. Không\nThoát"
    assert one.choices == ()
    assert numbered(CHOICES[:2]) == "1. Có, ngay bây giờ\n2. Không"


def test_choices_that_name_numbers_themselves_are_lettered():
    spans = (Choice("m15", "15 phút"), Choice("h1", "1 giờ"), Choice("exit", "Hủy", standing=True))
    (one,) = fit(Outgoing("k", text="Bao lâu?", choices=spans), ABILITIES["zalobot"], words)
    assert one.text == "Bao lâu?\n\na. 15 phút\nb. 1 giờ\nHủy"


def test_where_a_number_is_the_answer_no_choice_has_one():
    unknown = (Choice("unknown", "Không biết"), Choice("skip", "Bỏ qua", standing=True))
    age = Outgoing("k", text="Mấy tuổi?", choices=unknown, takes_numbers=True)
    (one,) = fit(age, ABILITIES["zalobot"], words)
    assert one.text == "Mấy tuổi?\n\nKhông biết · Bỏ qua"
    assert fit(age, ABILITIES["telegram"], words)[0].choices == unknown


def test_a_channel_without_edits_gets_a_new_message_that_says_so():
    (one,) = fit(Outgoing("k", "edit", "mới", target="7"), ABILITIES["zalobot"], words)
    assert (one.op, one.text, one.target) == ("say", "Cập nhật: mới", "")
    (same,) = fit(Outgoing("k", "edit", "mới", target="7"), ABILITIES["telegram"], words)
    assert (same.op, same.target) == ("edit", "7")


@pytest.mark.parametrize("name", ABILITIES)
def test_f27_every_piece_of_a_repeat_says_that_it_is_one(name):
    """Which of them had arrived before the answer was lost, nobody knows."""
    abilities = ABILITIES[name]
    text = "một hai ba bốn " * (abilities.max_text // 5)
    sent = Outgoing("k", text=text, choices=CHOICES, repeat=True)
    pieces = fit(replace(sent, ask="location"), abilities, words)
    assert all(one.text.startswith("🔁 Gửi lại ") for one in pieces)
    assert all(_size(one.text, abilities) <= abilities.max_text for one in pieces)


def test_a_repeat_says_that_it_is_one():
    (one,) = fit(Outgoing("k", text="Việc mới", repeat=True), ABILITIES["web"], words)
    assert one.text == "🔁 Gửi lại Việc mới"


@pytest.mark.parametrize("name", ABILITIES)
@pytest.mark.parametrize("op", ["say", "media", "edit"])
def test_every_piece_of_a_repeat_says_so_and_still_fits(name, op):
    abilities = ABILITIES[name]
    picture = Picture("qr.png", "https://x/qr.png") if op == "media" else None
    long = Outgoing("k", op, "một hai " * 1200, repeat=True, media=picture, choices=CHOICES)
    pieces = fit(long, abilities, words)
    assert len(pieces) > 1
    assert all(one.text.startswith("🔁 Gửi lại ") for one in pieces)
    assert all(_size(one.text, abilities) <= abilities.max_text for one in pieces)


def test_the_key_beside_a_repeated_question_says_so_too():
    ask = Outgoing("k", text="Ở đâu?", choices=CHOICES, ask="location", repeat=True)
    say = {"ask.location": "Vị trí", "ask.location.why": "Để tìm đúng xã.", "talk.repeat": "🔁"}
    texts = [one.text for one in fit(ask, ABILITIES["telegram"], say.get)]
    assert texts == ["🔁 Ở đâu?", "🔁 Để tìm đúng xã."]


def test_a_repeated_edit_says_so_only_where_it_comes_as_a_new_message():
    again = Outgoing("k", "edit", "mới", target="7", repeat=True)
    (card,) = fit(again, ABILITIES["telegram"], words)
    assert (card.text, card.repeat) == ("mới", False)
    (anew,) = fit(again, ABILITIES["zalobot"], words)
    assert anew.text == "🔁 Gửi lại Cập nhật: mới"


def test_a_number_to_call_is_a_link_where_links_work_and_stands_in_the_text_elsewhere():
    call = Outgoing("k", text="Em ở đâu?", choices=(Choice("call", "Gọi 111", tel="111"),))
    (web,) = fit(call, ABILITIES["web"], words)
    assert (web.text, len(web.choices)) == ("Em ở đâu?", 1)
    (telegram,) = fit(call, ABILITIES["telegram"], words)
    assert (telegram.text, telegram.choices) == ("Em ở đâu?\n\nGọi 111", ())


def test_a_number_that_the_text_names_is_not_named_twice():
    call = Outgoing("k", text="Em gọi 111 nhé.", choices=(Choice("call", "Gọi 111", tel="111"),))
    assert fit(call, ABILITIES["telegram"], words)[0].text == "Em gọi 111 nhé."
    (zalo,) = fit(replace(call, text="Ở đâu?"), ABILITIES["zalobot"], words)
    assert zalo.text == "Ở đâu?\n\nGọi 111"


def test_every_text_goes_out_composed():
    (one,) = fit(Outgoing("k", text="A\u0301i Nghi\u0303a"), ABILITIES["web"], words)
    assert one.text == "Ái Nghĩa"


# Five buttons, and what is left over.

FIVE = ABILITIES["zalooa"]


def offer(own, *standing):
    return tuple(Choice(f"o{n}", f"Chọn {'ABCDEF'[n]}") for n in range(own)) + standing


def test_standing_words_take_the_buttons_that_are_left_and_whoever_dials_is_first():
    call = Choice("call", "Gọi 111", tel="111", standing=True)
    skip, exit_ = (Choice(one, one, standing=True) for one in ("Bỏ qua", "Thoát"))
    (one,) = fit(Outgoing("k", text="?", choices=offer(4, skip, exit_, call)), FIVE, words)
    assert [choice.label for choice in one.choices][-1] == "Gọi 111"
    assert one.text == "?\n\nBỏ qua · Thoát"


def test_more_than_five_options_are_numbers():
    (one,) = fit(Outgoing("k", text="?", choices=offer(6)), FIVE, words)
    assert one.choices == ()
    assert "6. Chọn F" in one.text


def test_a_page_is_named_where_no_button_can_open_it_and_takes_no_number():
    page = Choice("open", "Mở trang", url="https://annhi.example/x")
    (one,) = fit(Outgoing("k", text="?", choices=(page, *offer(1))), ABILITIES["zalobot"], words)
    assert one.text == "?\n\nMở trang: https://annhi.example/x\n\n1. Chọn A"
    said = Outgoing("k", text="Xem https://annhi.example/x", choices=(page,))
    assert fit(said, ABILITIES["zalobot"], words)[0].text == "Xem https://annhi.example/x"
    assert fit(said, FIVE, words)[0].choices == (page,)


def test_what_a_channel_refused_once_goes_out_shorter_or_with_numbers():
    assert mended(FIVE, "split").max_text == 1000
    numbers = mended(FIVE, "numbered")
    (one,) = fit(Outgoing("k", text="?", choices=offer(1)), numbers, words)
    assert one.text == "?\n\n1. Chọn A"
    assert mended(FIVE, "plain") == FIVE
