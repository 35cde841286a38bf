"""The same report everywhere: chats of reporters and of staff on each of the four channels.

`--everywhere` plays every chat of both folders; without it, those that show most.
"""

from pathlib import Path

import pytest

from bot.channels.memory import ABILITIES
from tests.support.everywhere import Listener, Moved, everything_works, on_pages

HERE = Path(__file__).parent
SHOWN = {
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
LACKS = {
    ("reporter/old_button", "zalobot"): OLD, ("officer/decline_involved", "zalobot"): OLD,
    ("officer/faster", "zalobot"): OLD, ("officer/holder_in_conflict", "zalobot"): OLD,
    **{("officer/undrawn_page", one): DRAWN for one in ABILITIES if one != "web"},
}  # fmt: skip


def pytest_generate_tests(metafunc):
    if "chat" in metafunc.fixturenames:
        every = metafunc.config.getoption("--everywhere")
        metafunc.parametrize("chat", [
            f"{folder}/{path.stem}"
            for folder, names in SHOWN.items() for path in sorted((HERE / folder).glob("*.md"))
            if every or path.stem in names
        ])  # fmt: skip


async def played(player, text):
    try:
        await player.play(text)
    finally:
        await player.close()
    return player


async def differences(tmp_path, chat, channels):
    """Every step at which a moved chat is not the cut of the written one."""
    text, reporters = (HERE / f"{chat}.md").read_text("utf-8"), chat.startswith("reporter/")
    base = await played(Listener(folder(tmp_path, "base"), opens=everything_works), text)
    who = frozenset(
        name for name, one in base.people.items() if (one.role == "reporter") is reporters
    )
    found = []
    for to in channels:
        if any(base.people[one].channels[0] != to for one in who):
            moved = Moved(folder(tmp_path, to), opens=on_pages, to=to, who=who, base=base.steps)
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
async def test_what_is_left_out_could_not_be_played(written, to, tmp_path):
    with pytest.raises(AssertionError, match=r"too old|has no|never offered"):
        await differences(tmp_path, written, [to])
