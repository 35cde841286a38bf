"""What a message says by itself: tests/data/first_words.tsv is the promise for danger and story."""

import pytest

from cases.incident_types import KINDS
from cases.typed.first_words import danger_words, global_word, is_story
from cases.typed.fold import fold
from cases.typed.kind_words import KIND_WORDS
from cases.typed.young import sounds_young
from tests.rules.tables import table

PLACES = ("dai hiep", "ai nghia", "vu gia")
ROWS = [row[:3] for row in table("first_words")]


@pytest.mark.parametrize(("text", "words", "story"), ROWS)
def test_first_words_tell_danger_and_story(text, words, story):
    heard = danger_words(text, PLACES)
    assert ", ".join(heard) == words.replace("-", "") if words != "!" else heard
    assert is_story(text) == (story == "story")


@pytest.mark.parametrize("text", [text for text, words, _ in ROWS if words != "-"])
def test_danger_is_heard_in_the_middle_of_a_sentence_and_in_any_case(text):
    for said in (
        f"{text}.",
        f"({text})",
        f"{text.upper()}!!!",
        f"a {text} a",
        f"\u200b{text}\u200b",
    ):
        assert danger_words(said, PLACES)
        assert is_story(said)


def test_a_danger_word_is_a_whole_word():
    assert danger_words("cứu emm") == ()
    assert danger_words("xcuu em") == ()


@pytest.mark.parametrize("gap", ["  ", "\n", "\r\n\r\n", "\t", "\u00a0", " \u200b ", ", ", "… "])
def test_a_danger_word_is_heard_across_spaces_and_lines(gap):
    assert danger_words(f"em muốn{gap}chết") == ("muốn chết",)
    assert danger_words(f"em muon{gap}chet") == ("muốn chết",)
    assert danger_words(f"không{gap}muốn{gap}sống") == ("không muốn sống",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cuuuuuu", ("cứu với",)), ("cứu!", ("cứu với",)), ("🆘", ("sos",)), ("#cuuvoi", ("cứu với",)),
        ("cuwus voiws", ("cứu với",)), ("d9uo61i nu7o71c", ("đuối nước",)), ("em muốn tự t.ử", ("tự tử",)),
    ],
)  # fmt: skip
def test_a_cry_is_heard_however_the_keyboard_left_it(text, words):
    assert danger_words(text) == words


@pytest.mark.parametrize(
    ("calm", "cry"),
    [
        ("nhốt heo trong chuồng", "nhốt thằng nhỏ trong chuồng heo"),
        ("mệt muốn chết", "em mệt quá em muốn chết"),
        ("cười muốn chết", "em không vui, em muốn chết"),
        ("nhớ nhà muốn chết", "em nhớ mẹ quá con muốn chết"),
        ("số điện thoại cấp cứu", "nhà số 5 có người cấp cứu với"),
        ("ngủ như bất tỉnh", "con bé uống thuốc ngủ bất tỉnh rồi"),
        ("bóng rớt xuống ao", "em lượm bóng rớt xuống ao"),
        ("phim tàu chìm", "mấy đứa nhỏ chìm ghe rồi"),
        ("đọc báo thấy có vụ bắt cóc", "tôi báo vụ con tôi bị bắt cóc"),
        ("em chơi trốn tìm", "con đang chơi thì ba say về, con trốn trong tủ"),
        ("con gà bị xe tông", "chú chở gà bị xe tông"),
        ("dép mất tích", "còn đôi dép, con tôi mất tích"),
        ("hồi xưa tôi bị ba đánh", "từ hồi nhỏ tới giờ em bị ba đánh"),
        ("dạy bơi phòng chống đuối nước", "em ở phòng trọ, bạn em đuối nước"),
    ],
)
def test_what_only_sounds_like_danger_hides_none_beside_it(calm, cry):
    assert danger_words(calm) == ()
    assert danger_words(cry)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("trốn trong tủ, ba cầm rựa kiếm em", True), ("ba cầm rựa kiếm em, em trốn", True),
        ("ngoài sông có cái gì trôi", False),
    ],
)  # fmt: skip
def test_what_means_danger_together_is_heard_in_any_order(text, heard):
    assert bool(danger_words(text)) is heard


def test_what_stands_far_apart_does_not_stand_together():
    assert danger_words("ngoài sông " + "và hôm nay trời đẹp " * 4 + "lá trôi, con về") == ()


def test_a_place_typed_with_marks_takes_no_danger_away():
    assert danger_words("rơi xuống giếng", ("gieng",)) == ("rơi xuống giếng",)
    assert danger_words("toi o dai hiep, bị hiep", PLACES) == ("bị hiếp",)


def test_every_kind_but_the_open_one_has_words_of_its_own():
    assert set(KIND_WORDS) == set(KINDS) - {"other"}
    for words in KIND_WORDS.values():
        for word in words:
            assert is_story(word), word
            assert is_story(fold(word)), word


@pytest.mark.parametrize(
    "text",
    [
        "em bị ba đánh", "con sợ quá", "cô ơi cứu em", "co oi", "chú ơi", "e bi me danh", "con so qua",
        "em học lớp 5", "em 10 tuổi", "ba em say rượu", "bạn em bị đánh", "em hok mún sống nữa",
        "con ở nhà một mình", "cuu con voi", "my dad hits me", "I'm scared",
        "em so",
    ],
)  # fmt: skip
def test_a_child_sounds_like_one(text):
    assert sounds_young(text)


@pytest.mark.parametrize(
    "text",
    [
        "con tôi bị đánh", "con em bị bạn đánh", "con gái em 10 tuổi bị đánh", "chồng em đánh con em",
        "em thấy hàng xóm đánh con", "co be o mot minh", "chào anh chị", "bé 5 tuổi ở nhà một mình",
        "cháu tôi bị lạc", "tôi nghi cháu bị xâm hại",
        "my son is missing", "con dao trên bàn", "em muốn báo tin", "sos", "",
    ],
)  # fmt: skip
def test_a_grown_up_does_not_sound_like_a_child(text):
    assert not sounds_young(text)


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("thoát", "exit", ""), ("thoat", "exit", ""), ("/thoat", "exit", ""), ("THOÁT", "exit", ""),
        ("thoát!", "exit", ""), ("sos", "sos", ""), ("SOS", "sos", ""), ("/sos", "sos", ""),
        ("khẩn cấp", "sos", ""), ("khan cap", "sos", ""), ("quay lại", "back", ""),
        ("quay lai", "back", ""), ("bỏ qua", "skip", ""), ("bo qua", "skip", ""),
        ("hủy", "cancel", ""), ("huỷ", "cancel", ""), ("Hủy!", "cancel", ""), ("HUỶ", "cancel", ""),
        ("hu\u0309y", "cancel", ""), ("huy bo", "cancel", ""), ("hủy bỏ", "cancel", ""),
        ("huy", "cancel", ""), ("Huy", "cancel", ""), ("HUY.", "cancel", ""),
        ("/huy", "cancel", ""), ("/hủy", "cancel", ""), ("/huy@fixture_bot", "cancel", ""),
        ("cancel", "cancel", ""),
        ("trợ giúp", "help", ""), ("tro giup", "help", ""), ("/trogiup", "help", ""),
        ("/ngonngu", "lang", ""), ("/start", "start", ""), ("/start k7Q2mX", "start", "k7Q2mX"),
        ("nhắn cán bộ", "write", ""), ("bao them", "more", ""), ("Đổi giờ nhắn", "safety", ""),
        ("/doigionhan", "safety", ""),
        ("/baotin", "report", ""), ("/theodoi", "follow", ""), ("/viec", "work", ""),
        ("/viec@fixture_bot", "work", ""), ("/vu 7KQ4-2MDJ", "case", "7KQ4-2MDJ"),
        ("/vu", "case", ""), ("/giấy tờ 7KQ4", "papers", "tờ 7KQ4"), ("/giay", "papers", ""),
        ("/truc", "duty", ""), ("/nghi", "off", ""),
        ("/moi", "invite_staff", ""), ("/web", "web", ""), ("/khongco", "unknown", "/khongco"),
        ("#ABCDEFGHJKMNPQRS", "invitation", "ABCDEFGHJKMNPQRS"),
    ],
)  # fmt: skip
def test_a_word_that_works_anywhere_is_known(text, name, rest):
    word = global_word(text)
    assert (word.name, word.rest) == (name, rest)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "Huy ạ",
        "viec", "nghỉ", "nghỉ học", "mới", "web", "start", "2", "số 2", "#c:abc:now", "#1",
        "thoát khỏi nhà đó", "bỏ qua đi", "x" * 200, "/" + "x" * 200, "cứu với",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_command(text):
    assert global_word(text) is None
