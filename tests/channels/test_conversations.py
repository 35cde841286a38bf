"""Rows 7 to 12 and 21 to 30 of CHANNELS.md 12.1: the same conversation through every channel."""

import json
import unicodedata

import pytest

from bot.commands.setup import make_invitation
from cases.incident_types import KINDS
from cases.model import Role
from storage.records.offers import Offer
from storage.records.people import Invite

from .zalo_doors import ALL_DOORS, BUTTON_DOORS, PLACE_DOORS

HELLO = "Lúc này trẻ có đang gặp nguy hiểm không?"
KIND = "Chuyện gì đang xảy ra?"
WHERE = "Lúc này trẻ đang ở đâu?"
STANDING = ("skip", "back", "exit")
KEYS = ("update_id", "id", "dedupe", "message_id", "msg_id")


@pytest.fixture(params=ALL_DOORS)
async def door(request, tmp_path):
    kind, channel = ALL_DOORS[request.param]
    made = await kind.open(tmp_path, channel)
    yield made
    await made.close()


@pytest.fixture(params=BUTTON_DOORS)
async def pressing(request, tmp_path):
    """Where there are buttons: elsewhere nothing old, foreign or forged can be pressed."""
    kind, channel = ALL_DOORS[request.param]
    made = await kind.open(tmp_path, channel)
    yield made
    await made.close()


@pytest.fixture(params=PLACE_DOORS)
async def sharing(request, tmp_path):
    """Where a place can be shared; elsewhere it is typed, as every other door is asked, too."""
    kind, channel = ALL_DOORS[request.param]
    made = await kind.open(tmp_path, channel)
    yield made
    await made.close()


# Row 7: order.


async def test_f30_twenty_messages_of_one_chat_are_kept_in_the_order_of_arrival(door):
    await door.says("sos")
    await door.says("xã Đại Hiệp")
    await door.says("hủy")
    words = [f"tin thêm số {n}" for n in range(15)]
    for one in words:
        await door.says(one)
    assert (await door.told())["added"] == words


async def test_twenty_chats_each_have_their_own_talk(door):
    for who in range(1, 21):
        await door.says("xin chào", who)
    for who in range(1, 21):
        await door.says("2" if who % 2 else "xin chào", who)
    for who in range(1, 21):
        assert (KIND if who % 2 else HELLO) in (await door.last(who)).text


async def test_two_workers_with_the_same_message_take_one_step(door):
    await door.says("xin chào")
    await _stored(door, "2")
    for row in 2 * await door.app.turns.next():
        await door.app.turns.handle(row)
    await door.says("zz")
    assert KIND in (await door.last()).text


async def _stored(door, text):
    """One more message like the last one, which nobody has handled yet."""
    async with door.app.kit.store.reading("test") as work:
        (*_, last) = await work.inbox.since(door.app.kit.clock.now().replace(year=2000))
    body, key = json.loads(last.raw), "880999999"
    body.get("message", body)["text"] = text
    for part in (body, body.get("message", {})):
        part |= {name: int(key) if name == "update_id" else key for name in KEYS if name in part}
    raw = json.dumps(body).encode()
    channel = door.app.kit.channels[last.channel, last.account]
    admitted = channel.key_of(body, raw) if "message" in body else channel.admit({}, raw)
    await door.app.inbox.accept(last.channel, last.account, admitted, raw)


# Rows 8 and 9: options.


@pytest.mark.parametrize("way", ["press", "number", "label", "bare label", "beginning"])
async def test_an_option_is_the_same_in_whichever_way_it_is_given(door, way):
    await door.says("xin chào")
    labels = list((await door.last()).options)
    given = {"number": "1", "label": labels[0], "bare label": "co ngay bay gio", "beginning": "co,"}
    if way == "press":
        await door.press(labels[0])
    else:
        await door.says(given[way])
    assert WHERE in (await door.last()).text


@pytest.mark.parametrize("typed", ["2", "2.", "số 2", "so 2", "２", "Không", "khong", " KHÔNG "])
async def test_a_number_or_a_label_without_accents_is_the_button(door, typed):
    await door.says("xin chào")
    await door.says(typed)
    assert KIND in (await door.last()).text


@pytest.mark.parametrize("typed", ["kho", "7", "0", "99", "1 2"])
async def test_what_could_mean_two_things_or_none_is_asked_again(door, typed):
    await door.says("xin chào")
    await door.says(typed)
    assert HELLO in (await door.last()).text
    assert not await door.cases()


async def test_every_kind_can_be_reached_and_no_question_shows_more_than_five_options(door):
    seen, paths = set(), [()]
    for who, path in enumerate(paths, 1):
        await door.says("xin chào", who)
        for label in ("Không", *path):
            await door.press(label, who)
        offered = (await door.last(who)).options
        own = {label: one for label, one in offered.items() if one not in STANDING}
        assert len(own) <= 5
        seen |= set(own.values()) & set(KINDS)
        paths += [(*path, one) for one in own if own[one] not in KINDS and len(path) < 4]
        assert len(paths) < 60
    assert seen == set(KINDS)


async def test_a_standing_word_works_typed_and_pressed(door):
    await door.says("xin chào")
    await door.press("Không")
    await door.press("Quay lại")
    assert HELLO in (await door.last()).text
    await door.says("khong")
    await door.says("quay lai")
    assert HELLO in (await door.last()).text
    await door.press("Thoát")
    assert (await door.last()).text == "Đã kết thúc. Cảm ơn bạn."


# Row 10: what was not offered.


async def test_an_old_button_brings_the_current_question_and_changes_nothing(pressing):
    await pressing.says("xin chào")
    old = await pressing.last()
    await pressing.press("Không")
    await pressing.choose(old.prompt, "now")
    assert KIND in (await pressing.last()).text
    assert not await pressing.cases()


@pytest.mark.parametrize(
    ("prompt", "option"),
    [("q7Zt2mXvB4k", "now"), ("-", "-"), ("x" * 40, "99"), ("", ""), ("; DROP", "' OR 1")],
)
async def test_a_forged_button_is_noted_and_changes_nothing(pressing, prompt, option):
    await pressing.says("xin chào")
    before = await pressing.refused()
    await pressing.choose(prompt, option)
    assert HELLO in (await pressing.last()).text
    assert await pressing.refused() == before + 1
    assert not await pressing.cases()


async def test_an_option_that_was_not_among_those_offered_changes_nothing(pressing):
    await pressing.says("xin chào")
    before = await pressing.refused()
    await pressing.choose((await pressing.last()).prompt, "send")
    assert HELLO in (await pressing.last()).text
    assert await pressing.refused() == before + 1


async def test_the_button_of_another_person_moves_neither_talk(pressing):
    await pressing.says("xin chào", 1)
    await pressing.says("xin chào", 2)
    theirs = await pressing.last(1)
    before = await pressing.refused()
    await pressing.choose(theirs.prompt, "now", 2)
    assert HELLO in (await pressing.last(2)).text
    assert len(await pressing.heard(1)) == 1
    assert await pressing.refused() == before + 1
    assert not await pressing.cases()


async def test_a_staff_button_in_the_hands_of_somebody_else_opens_nothing(pressing):
    await pressing.says("sos", 1)
    await pressing.says("xã Đại Hiệp", 1)
    (case,) = await pressing.cases()
    async with pressing.app.kit.store.transaction("test") as work:
        (contact,) = await work.cases.reporters(case.id)
        await work.offers.put(
            Offer("AAAAAAAAAAA", contact, "notice", ["acknowledge", "read"],
                  work.now.replace(year=2030), case.id)
        )  # fmt: skip
    await pressing.choose("AAAAAAAAAAA", "acknowledge", 2)
    await pressing.choose("AAAAAAAAAAA", "read", 1)  # even where the prompt is their own
    (after,) = await pressing.cases()
    assert after.status == case.status
    heard = [*await pressing.heard(1), *await pressing.heard(2)]
    assert not [one for one in heard if "Hồ sơ" in one.text]


@pytest.mark.parametrize("seed", range(3))
async def test_sixty_four_odd_characters_are_answered_and_move_nothing(door, seed):
    odd = "".join(chr((n * 37 + seed * 101) % 0x2FF + 1) for n in range(64))
    await door.says("xin chào")
    await door.says(odd)
    assert HELLO in (await door.last()).text


@pytest.mark.parametrize("typed", ["#c:q7Zt2mXvB4k:now", "c:q7Zt2mXvB4k:now", "#c:", "#c:a:b:c"])
async def test_a_button_typed_by_hand_is_no_button(door, typed):
    await door.says("xin chào")
    await door.says(typed)
    assert HELLO in (await door.last()).text
    assert not await door.cases()


# Rows 11 and 12: texts.


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<b>giúp</b> _*[x](y) </ một hai ba", "<b>giúp</b> _*[x](y) </ một hai ba"),
        ("dòng một\r\ndòng hai của tin", "dòng một\ndòng hai của tin"),
        ("mũi tên \u202eđảo\u202c ngược một hai ba", "mũi tên đảo ngược một hai ba"),
        ("ẩn\u200b\u200d\ufeff chữ một hai ba bốn", "ẩn chữ một hai ba bốn"),
        (
            unicodedata.normalize("NFD", "Ở thôn Ái Nghĩa gần chợ lớn"),
            "Ở thôn Ái Nghĩa gần chợ lớn",
        ),
    ],
    ids=["markup", "lines", "direction", "invisible", "decomposed"],
)
async def test_words_are_kept_as_they_were_meant(door, sent, kept):
    await door.says(sent)
    await door.press("Có, ngay bây giờ")
    await door.says("xã Đại Hiệp")
    told = await door.told()
    assert kept in (told.get("first_words"), *(told.get("story") or ()))


@pytest.mark.parametrize("length", [1, 3999, 4000])
async def test_a_text_of_the_largest_size_is_kept_whole(door, length):
    text = ("một hai ba " * 400)[: length - 1] + "x"
    await door.says(text)
    await door.press("Có, ngay bây giờ")
    await door.says("xã Đại Hiệp")
    told = await door.told()
    assert text in (told.get("first_words"), *(told.get("story") or ()))


# Row 21: a place.


async def test_a_place_shared_typed_or_refused_leads_to_the_same_question(sharing):
    for who, way in enumerate(("typed", "shared", "refused"), 1):
        await sharing.says("xin chào", who)
        await sharing.press("Có, ngay bây giờ", who)
        if way == "typed":
            await sharing.says("xã Đại Hiệp", who)
        elif way == "shared":
            await sharing.shares(15.8801, 108.1102, who)
            await sharing.press("Đại Lộc", who)
        else:
            await sharing.says("bỏ qua", who)
        assert KIND in (await sharing.last(who)).text, way
    assert len(await sharing.cases()) == 3


async def test_a_place_as_the_very_first_message_is_kept_and_answered(sharing):
    await sharing.shares(15.8801, 108.1102)
    assert HELLO in (await sharing.last()).text
    assert "111" in (await sharing.last()).text
    await sharing.press("Có, ngay bây giờ")
    await sharing.says("xã Đại Hiệp")
    assert "15.8801" in str(await sharing.told())


# Row 28: a start.


async def test_an_invitation_enrols_one_person_and_refuses_the_second_politely(door):
    made = await make_invitation(door.app.kit.store, Invite(Role.OFFICER, "20500", (), "Lan"))
    await door.starts(made.code, 1)
    assert "cán bộ bảo vệ trẻ em" in (await door.last(1)).text
    await door.starts(made.code, 2)
    assert "không dùng được" in (await door.last(2)).text
    await door.says(f"#{made.code}", 3)
    assert "không dùng được" in (await door.last(3)).text


async def test_an_invitation_can_be_typed(door):
    made = await make_invitation(door.app.kit.store, Invite(Role.OFFICER, "20500", (), "Lan"))
    await door.says(f"#{made.code}")
    assert "cán bộ bảo vệ trẻ em" in (await door.last()).text


@pytest.mark.parametrize("payload", ["x" * 64, "AbC_-9", "xa-00000", "xa-", "web-1"])
async def test_a_start_that_means_nothing_here_is_answered(door, payload):
    await door.starts(payload)
    assert await door.heard()
    assert not await door.cases()


async def test_a_poster_names_its_commune(door):
    await door.starts("xa-20500")
    assert "Đại Lộc" in (await door.last()).text


# Row 29: words that work anywhere.


@pytest.mark.parametrize(
    ("word", "answer"),
    [("trợ giúp", "111"), ("TRO GIUP", "111"), ("/trogiup", "111"), ("sos", WHERE),
     ("khẩn cấp", WHERE), ("thoát", "Đã kết thúc"), ("/thoat", "Đã kết thúc"), ("hủy", "Đã dừng")],
)  # fmt: skip
async def test_a_global_word_wins_over_an_open_question(door, word, answer):
    await door.says("xin chào")
    await door.press("Không")
    await door.says(word)
    assert answer in (await door.last()).text


async def test_a_digit_is_never_a_global_word(door):
    for who, digit in enumerate(("1", "2", "3", "113", "111"), 1):
        await door.says(digit, who)
        assert HELLO in (await door.last(who)).text
        assert len(await door.heard(who)) == 1
