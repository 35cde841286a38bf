"""The same report everywhere: chats of reporters and of staff on each of the four channels.

`--everywhere` plays every chat of these folders; without it, those that show most.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.memory import ABILITIES
from notifications.channel import Bad
from tests.support.everywhere import Listener, Moved, everything_works, on_pages

HERE = Path(__file__).parent
REPORTERS = (
    "reporter", "after_closing", "child", "conflict", "exit", "first_words", "places", "posters", "relay",
    "media", "privacy", "flood",
)  # fmt: skip
STAFF = (
    "officer", "handovers", "merging", "referrals", "plan", "papers", "staff_pages", "emergency", "visits",
    "lists", "people", "digest", "english", "families", "yearly", "access", "whole",
)  # fmt: skip
ELSEWHERE = {  # no journey that has to be the same on every channel
    "zalo": "what only Zalo does: withheld words, closed windows, numbers without buttons",
    "faults": "what happens when a channel, the clock or the program breaks; journeys are in the others",
}
SHOWN = {
    "after_closing": ("safe",), "child": ("help_now",), "conflict": ("officer_involved",),
    "exit": ("zalo_claims_nothing",),
    "first_words": ("one_press_each",), "places": ("two_communes",), "posters": ("code_and_words",),
    "relay": ("letter_and_answer",), "media": ("photo_first",),
    "reporter": ("access_code", "media_first", "silence_by_number"),
    "officer": ("calm_chain", "decline_involved", "police_and_leader"),
    "handovers": ("declined_twice",), "merging": ("clocks_of_the_other",), "referrals": ("police_told_first",),
    "plan": ("kept",), "papers": ("report_of_receipt",), "staff_pages": ("faster",),
    "emergency": ("not_theirs",), "visits": ("first_reports_late",), "lists": ("pages_and_filters",),
    "people": ("home",), "digest": ("quiet_overtaken",), "english": ("calm",), "families": ("full",),
    "yearly": ("officer_on_leave",), "access": ("same_words",), "privacy": ("shared_phone",),
    "flood": ("three_questions",),
}  # fmt: skip
OLD = "a message without buttons offers nothing once another came"
DRAWN = "only a page tells whether an alert was drawn"
LETTER = "right after words of the staff a message without buttons offers nothing"
SHUT = "two chats that must wait shut the account, and there it is the reporter's, too"
CLOCK = "a card that cannot be changed keeps its buttons when only a clock went on"
WHOLE = "a card that is cut in pieces, or was not changed by a clock, stands elsewhere in the order"
ORDER = (
    "two reminders of one minute: on which channel an answer was drawn first decides their order"
)
LACKS = {
    ("reporter/old_button", "zalobot"): OLD,
    **{(f"after_closing/{one}", "zalobot"): OLD for one in ("not_safe", "safe", "waits_until_they_write")},
    ("emergency/hazard", "zalooa"): CLOCK, ("digest/morning_too_old", "web"): SHUT,
    **{(f"emergency/{one}", "zalobot"): OLD for one in ("resumed_other_case", "resumed_too_late")},
    **{(one, "zalobot"): OLD for one in ("families/month", "people/removal", "yearly/report_is_owed")},
    ("people/addresses", "web"): DRAWN, ("privacy/my_data", "zalooa"): ORDER,
    **{("whole/alert_to_closing", one): WHOLE for one in ("zalobot", "zalooa")},
    ("exit/letters_wait", "zalobot"): LETTER,
    **{
        (f"relay/{one}", "zalobot"): LETTER
        for one in ("back_with_the_code", "blocked", "code_word", "gone_when_told", "no_first_child",
                    "nobody_waits", "reply_function", "several_letters")
    },
    **{("officer/undrawn_page", one): DRAWN for one in ABILITIES if one != "web"},
}  # fmt: skip
# Buttons of an older message that its case does not offer any more: where there are none they cannot be
# pressed, and the code of the case shows that they are gone. Everything else of these chats is compared.
PASSED = {
    ("emergency/not_theirs", "zalobot"):
        ("Trẻ đã an toàn", "Xác nhận biện pháp", "Đánh giá nguy cơ ban đầu", "Biện pháp khẩn cấp"),
    ("emergency/resumed_anew", "zalobot"): ("Làm tiếp",),
    ("emergency/separation_refused", "zalobot"): ("Tạm thời cách ly",),
    ("english/leader", "zalobot"): ("I'll take it",),
    ("handovers/declined_twice", "zalobot"): ("Nhận bàn giao",),
    ("officer/faster", "zalobot"): ("Tôi nhận",),
    ("plan/kept", "zalobot"): ("Đánh giá nguy cơ cụ thể",),
    ("plan/second_plan", "zalobot"): ("Đã làm",),
    ("visits/busy_next", "zalobot"): ("Nhận",),
    ("visits/from_the_field", "zalobot"): ("Nhận",),
}  # fmt: skip


def pytest_generate_tests(metafunc):
    every = metafunc.config.getoption("--everywhere")
    if "written" in metafunc.fixturenames:
        metafunc.parametrize(("written", "to"), [
            one for one in LACKS if every or LACKS[one] not in (WHOLE, SHUT)  # those take long
        ], ids=lambda one: one.replace("/", "-"))  # fmt: skip
    if "chat" in metafunc.fixturenames:
        metafunc.parametrize("chat", [
            f"{folder}/{path.stem}"
            for folder in (*REPORTERS, *STAFF) for path in sorted((HERE / folder).glob("*.md"))
            if every or path.stem in SHOWN.get(folder, ())
        ])  # fmt: skip


async def played(player, text):
    try:
        await player.play(text)
    finally:
        await player.close()
    return player


async def differences(tmp_path, chat, channels, opens=on_pages):
    """Every step at which a moved chat is not the cut of the written one."""
    text, reporters = (HERE / f"{chat}.md").read_text("utf-8"), chat.split("/")[0] in REPORTERS
    base = await played(Listener(folder(tmp_path, "base"), opens=everything_works), text)
    who = frozenset(
        name for name, one in base.people.items() if (one.role == "reporter") is reporters
    )
    found = []
    for to in channels:
        if any(base.people[one].channels[0] != to for one in who):
            here = folder(tmp_path, to)
            moved = Moved(here, opens=opens, to=to, who=who, base=base.steps, names=base.names)
            found += [f"{to}: {one}" for one in (await played(moved, text)).found]
            if tuple(moved.passed) != PASSED.get((chat, to), ()):
                found.append(f"{to}: not to be had any more: {moved.passed}")
    return found


def folder(tmp_path, name):
    made = tmp_path / name
    made.mkdir()
    return made


async def test_a_chat_differs_only_by_what_the_channel_can_do(chat, tmp_path):
    channels = [one for one in ABILITIES if (chat, one) not in LACKS]
    found = await differences(tmp_path, chat, channels)
    assert found == [], "\n\n".join(found)


async def test_what_is_left_out_says_something_else_or_cannot_be_played(written, to, tmp_path):
    with pytest.raises(AssertionError):
        assert await differences(tmp_path, written, [to]) == []


# The comparison itself: whatever one channel does by its own is found.


def can(**abilities):
    def spoil(channel):
        channel.abilities = replace(channel.abilities, **abilities)

    return spoil


def loses_one(on):
    def spoil(channel):
        channel.faults[on] = [Bad("refused")]

    return spoil


SPOILS = {
    "buttons": ("reporter/danger_now", "zalobot", can(choice="inline")),
    "cut": ("reporter/danger_now", "zalobot", can(choice="inline", max_text=80)),
    "lost": ("reporter/danger_now", "zalobot", loses_one("minh")),
    "numbers to call": ("child/hit_at_home", "zalobot", can(tel_links=True)),
    "edited": ("officer/undo", "zalobot", can(edit=True)),
    "pieces": ("reporter/danger_now", "telegram", can(max_text=80)),
    "numbered": ("reporter/danger_now", "zalooa", can(choice="numbered")),
    "afresh": ("officer/undo", "web", can(edit=False)),
}  # fmt: skip


@pytest.mark.parametrize("how", SPOILS)
async def test_a_channel_that_says_something_else_is_noticed(how, tmp_path):
    chat, to, spoil = SPOILS[how]

    async def spoiled(folder, at, **settings):
        world = await on_pages(folder, at, **settings)
        spoil(world.channels[to])
        return world

    with pytest.raises(AssertionError):  # it says something else, or cannot even be played
        assert await differences(tmp_path, chat, [to], spoiled) == []


def test_every_folder_of_chats_is_played_or_said_to_be_none():
    folders = {one.parent.name for one in HERE.glob("*/*.md")}
    assert folders == {*REPORTERS, *STAFF, *ELSEWHERE}
    assert folders == {
        *SHOWN,
        *ELSEWHERE,
        "whole",
    }  # the whole year is played with the long list only
