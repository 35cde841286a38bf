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
)  # fmt: skip
STAFF = ("officer", "handovers", "merging", "referrals", "plan", "papers", "staff_pages")
SHOWN = {
    "child": ("help_now",),
    "reporter": (
        "access_code", "after_receipt", "back_and_skip", "calm_whole", "commands", "danger_now",
        "language", "media_first", "poster", "silence_by_number", "sos", "too_fast", "unknown_place",
    ),
    "officer": (
        "blocks_us", "calm_chain", "dismiss_reopen", "measure_and_safe", "next_address",
        "nobody_answers", "police_and_leader", "route", "twelve_hours", "undo", "work_hazard",
    ),
}  # fmt: skip
OLD = "a message without buttons offers nothing once another came"
DRAWN = "only a page tells whether an alert was drawn"
LANE = "the page is served by a lane of its own, so a card may change once more in between"
LETTER = "right after words of the staff a message without buttons offers nothing"
ASKED = "below an open question a card that cannot be changed comes without buttons"
LACKS = {
    ("reporter/old_button", "zalobot"): OLD, ("officer/decline_involved", "zalobot"): OLD,
    ("officer/faster", "zalobot"): OLD, ("officer/holder_in_conflict", "zalobot"): OLD,
    ("officer/holder_in_conflict", "zalooa"): ASKED, ("officer/outrun", "zalobot"): ASKED,
    ("officer/outrun", "zalooa"): ASKED, ("child/pressed_late", "zalobot"): OLD,
    **{(f"after_closing/{one}", "zalobot"): OLD for one in ("not_safe", "safe", "waits_until_they_write")},
    ("plan/second_plan", "zalooa"): ASKED,
    **{(f"plan/{one}", "zalobot"): OLD for one in ("kept", "second_plan")},
    ("exit/letters_wait", "zalobot"): LETTER, ("handovers/declined_twice", "zalobot"): OLD,
    **{
        (f"relay/{one}", "zalobot"): LETTER
        for one in ("back_with_the_code", "blocked", "code_word", "gone_when_told", "no_first_child",
                    "nobody_waits", "reply_function", "several_letters")
    },
    ("relay/gone_when_told", "web"): LANE,
    **{("officer/undrawn_page", one): DRAWN for one in ABILITIES if one != "web"},
}  # fmt: skip


def pytest_generate_tests(metafunc):
    if "chat" in metafunc.fixturenames:
        every = metafunc.config.getoption("--everywhere")
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
    return found


def folder(tmp_path, name):
    made = tmp_path / name
    made.mkdir()
    return made


async def test_a_chat_differs_only_by_what_the_channel_can_do(chat, tmp_path):
    channels = [one for one in ABILITIES if (chat, one) not in LACKS]
    found = await differences(tmp_path, chat, channels)
    assert found == [], "\n\n".join(found)


@pytest.mark.parametrize(("written", "to"), LACKS, ids=lambda one: one.replace("/", "-"))
async def test_what_is_left_out_says_something_else_or_cannot_be_played(written, to, tmp_path):
    with pytest.raises(AssertionError):
        assert await differences(tmp_path, written, [to]) == []


# The comparison itself: whatever one channel does by its own is found.


def can(**abilities):
    def spoil(channel):
        channel.abilities = replace(channel.abilities, **abilities)

    return spoil


def loses_one(channel):
    channel.faults["minh"] = [Bad("refused")]


SPOILS = {
    "buttons": ("reporter/danger_now", can(choice="inline")),
    "cut": ("reporter/danger_now", can(choice="inline", max_text=80)),
    "lost": ("reporter/danger_now", loses_one),
    "numbers to call": ("child/hit_at_home", can(tel_links=True)),
    "edited": ("officer/undo", can(edit=True)),
}  # fmt: skip


@pytest.mark.parametrize("how", SPOILS)
async def test_a_channel_that_says_something_else_is_noticed(how, tmp_path):
    chat, spoil = SPOILS[how]

    async def spoiled(folder, at):
        world = await on_pages(folder, at)
        spoil(world.channels["zalobot"])
        return world

    with pytest.raises(AssertionError):  # it says something else, or cannot even be played
        assert await differences(tmp_path, chat, ["zalobot"], spoiled) == []
