"""The talk that every program of the comparison holds: what a person says, and what ours answers."""

import re
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.stage import Stage, open_parts
from cases.messages import Incoming, Outgoing
from cases.model import Role
from handlers.flows.report import order

# A calm report of neglect, from the first word to the end of its receipt; `[x]` presses a button.
SAID = (
    "chào", "[Không]", "[Bị bỏ rơi, bị lạc]", "[Bỏ mặc]", "[Không]", "thôn 3, Đại Nghĩa",
    "Cháu hay ở nhà một mình, không ai nấu cơm", "7 tuổi", "[Gửi luôn]", "[Lúc nào cũng được]",
    "[Không]",
)  # fmt: skip
COMMUNE = "20500"
FEWEST = 8
_CODE, _TIME = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b"), re.compile(r"\d+ giờ( \d+)?")


@dataclass(frozen=True, slots=True)
class Message:
    """One message as the chat shows it; `choices` are (option, label)."""

    text: str
    choices: list[tuple[str, str]]
    ask: str
    question: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What is said, all that is heard then, and the words by which the question in it is known."""

    said: str
    heard: list[Message] = field(default_factory=list)
    asks: str = ""


def plain(text: str) -> str:
    """A text without what differs from talk to talk: its code and its time."""
    return _TIME.sub("…", _CODE.sub("…", text))


async def talk(folder: Path) -> list[dict[str, object]]:
    """Recorded from our own program, as its Telegram channel is given it at this hour."""
    now = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
    stage = Stage(*await open_parts(folder, f"{now:%Y-%m-%d %H:%M}"))
    await stage.staff("lan", Role.OFFICER, COMMUNE, "telegram")
    turns = [await _turn(stage, said) for said in SAID]
    await stage.app.close()
    _whole(turns)
    return [asdict(turn) for turn in turns]


async def _turn(stage: Stage, said: str) -> Turn:
    told, before = stage.channels["telegram"].accepted, len(stage.channels["telegram"].accepted)
    await stage.hears(_incoming(stage, said))
    mine = [out for to, out, _ in told[before:] if to.user == "minh"]
    asking = next((out for out in mine if out.question), mine[-1])
    asks = plain(asking.text.rsplit("\n\n", 1)[-1])
    heard = [
        Message(out.text, [(one.option, one.label) for one in out.choices], out.ask, out.question)
        for out in mine
    ]
    return Turn(said, heard, asks)


def _incoming(stage: Stage, said: str) -> Incoming:
    if not said.startswith("["):
        return stage.message("minh", "telegram", "text", text=said)
    label = said.strip("[]")
    out, option = next(
        (out, one.option) for out in _offered(stage) for one in out.choices if one.label == label
    )
    return stage.message("minh", "telegram", "choice", prompt=out.prompt, option=option)


def _offered(stage: Stage) -> list[Outgoing]:
    told = stage.channels["telegram"].accepted
    return [out for to, out, _ in reversed(told) if to.user == "minh"]


def _whole(turns: list[Turn]) -> None:
    """It is the calm order of our own report, long enough, and no two questions sound the same."""
    asked = [one.question.removeprefix("report.") for turn in turns for one in turn.heard]
    asked = [name for name in asked if name and name != "kind_detail"]
    calm = [name for name in order({"danger_now": "no", "kind": "neglect"}) if name in asked]
    assert asked == calm, f"the talk asks {asked}, a calm report {calm}"
    assert len(asked) >= FEWEST, "the talk is too short"
    assert len({turn.asks for turn in turns}) == len(turns), "two questions sound the same"
    assert not turns[-1].heard[-1].question, "the talk does not reach its receipt"
