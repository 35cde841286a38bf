"""The same report held by three programs in front of the same Telegram: ours beside two peers."""

import asyncio
import json
import signal
import sys
from dataclasses import dataclass
from typing import Any

from benchmarks.common import ROOT, scratch
from benchmarks.peers_run import CROWD, KILL_RATE, KILLS, RATE
from benchmarks.peers_talk import SAID, plain, talk

_PYTHON = str(ROOT / ".venv-peers" / "bin" / "python")
OURS = "An Nhi"
PROGRAMS = {
    OURS: [sys.executable, "-m", "benchmarks.peers_ours"],
    "python-telegram-bot": [_PYTHON, str(ROOT / "benchmarks" / "peers_ptb.py")],
    "aiogram": [_PYTHON, str(ROOT / "benchmarks" / "peers_aiogram.py")],
}
Seen = dict[str, dict[str, Any]]  # program -> its figures


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; of most figures less is better."""

    what: str
    name: str
    form: str = "{:.0f}"
    more_is_better: bool = False

    def cells(self, seen: Seen) -> list[str]:
        return [self.form.format(seen[name][self.name]) for name in PROGRAMS]

    def worse(self, seen: Seen) -> str:
        """Where a peer does better than we do, and by how much; "" = nowhere."""
        ours, *peers = (float(seen[name][self.name]) for name in PROGRAMS)
        best = max(peers) if self.more_is_better else min(peers)
        if ours == best or (ours > best) is self.more_is_better:
            return ""
        own, other = self.form.format(ours), self.form.format(best)
        return f"{self.what}: {own}, a peer {other}"


LINES = (
    Line(f"turns a second, {CROWD} people at once", "rate", more_is_better=True),
    Line("CPU of a turn", "cpu", "{:.1f} ms"),
    Line("most memory", "memory", "{:.0f} MB"),
    Line(f"answer at {RATE} messages a second, p50", "p50", "{:.0f} ms"),
    Line("… p99", "p99", "{:.0f} ms"),
    Line(f"killed {len(KILLS)} times: messages never answered", "unanswered"),
    Line("… talks set back or gone", "back"),
    Line("… answers sent again that do not say so", "repeats"),
    Line("… longest wait for an answer", "slowest", "{:.0f} s"),
)


async def measure() -> list[str]:
    """The table and what it says, ready for the page."""
    with scratch() as folder:
        spoken = await talk(folder)
    seen: Seen = {name: {} for name in PROGRAMS}
    for mode in ("fast", "steady"):  # one after the other: they would slow each other down
        for name in PROGRAMS:
            seen[name] |= await _run(mode, name, spoken)
    _same(seen, spoken)
    async with asyncio.TaskGroup() as group:  # here nobody is timed
        runs = {name: group.create_task(_run("killed", name, spoken)) for name in PROGRAMS}
    for name, run in runs.items():
        seen[name] |= run.result()
    return _table(seen)


async def _run(mode: str, name: str, spoken: list[dict[str, object]]) -> dict[str, Any]:
    """One program, one way of being used, in a process and a folder of its own."""
    with scratch() as folder:
        (folder / "talk.json").write_text(json.dumps(spoken), encoding="utf-8")
        town = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.peers_run", mode, str(folder), *PROGRAMS[name],
            cwd=ROOT, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            out, _ = await town.communicate()
        finally:
            if town.returncode is None:  # cut off: it ends its program, too
                town.send_signal(signal.SIGINT)
        log = (folder / "log.txt").read_text(encoding="utf-8")
        assert town.returncode == 0, f"{name}, {mode}: {log[-2000:]}"
    figures: dict[str, Any] = json.loads(out)
    return figures


def _same(seen: Seen, spoken: list[dict[str, Any]]) -> None:
    """All three asked the same questions in the same order, and said the same besides."""
    questions = [turn["asks"] for turn in spoken]
    said = sorted(plain(one["text"]) for turn in spoken for one in turn["heard"])
    for name, figures in seen.items():
        last = [text.rsplit("\n\n", 1)[-1] for text in figures["heard"]]
        asked = [text for text in last if text in questions]
        assert asked == questions, f"{name} asks {asked}, the flow {questions}"
        assert sorted(figures["heard"]) == said, f"{name} says something else"


def _table(seen: Seen) -> list[str]:
    ours = seen[OURS]
    rows = [f"| {one.what} | {' | '.join(one.cells(seen))} |" for one in LINES]
    worse = [f"- {text}" for one in LINES if (text := one.worse(seen))]
    return [
        f"| {len(SAID)} messages a talk | {' | '.join(PROGRAMS)} |", "|---|---|---|---|", *rows, "",
        f"Killed at {len(KILLS)} fixed points under {KILL_RATE} messages a second and started again; "
        f"{ours['said']} messages of {ours['people']} people were told to ours, which said of "
        f"{ours['labelled']} messages that they may have come before.", "",
        "Where we are worse than a peer:", "", *(worse or ["- nowhere in this run"]), "",
    ]  # fmt: skip
