"""`python -m benchmarks`: every figure, with its peers, into docs/generated/bench.md; `… places`: one part."""

import asyncio
import os
import platform
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from benchmarks import (
    disk,
    million,
    outbox,
    peers,
    places,
    sealing,
    start,
    tick,
    turn,
    typed,
    workers,
)
from benchmarks.common import ROOT, Figure

PAGE = ROOT / "docs" / "generated" / "bench.md"
QUIET = 1.0  # load average
_BESIDE = (
    "## Beside two peers",
    "",
    "The same report, with the same words, held by three programs in front of the same Telegram "
    "on loopback (`make bench`): **An Nhi**; **python-telegram-bot** 22.8, a ConversationHandler "
    "with PicklePersistence; **aiogram** 3.31, its states in aiogram-fsm-sqlitestorage. The peers "
    "ask and remember, no more. Ours besides seals every word, fsyncs it twice before Telegram may "
    "forget it, opens the case, starts its clocks, alerts the officer, keeps the audit chain and "
    "marks what may have been sent before. Its pace towards Telegram (25 messages a second) is off "
    "here, because the peers have none. `benchmarks/README.md` says how to read this.",
    "",
)
_WHERE = (
    "## Where the time goes",
    "",
    "While whole reports came in as fast as they could, the one writer was held by:",
    "",
    "| transaction | how often | each | of that, the commit | share of the run |",
    "|---|---|---|---|---|",
)


async def _all() -> tuple[list[str], list[Figure], list[str]]:
    """Every part after the other: two at a time would slow each other down."""
    print("peers …", flush=True)
    beside = await peers.measure()
    figures = [*await _part("disk"), *await _part("start")]
    print("turn …", flush=True)
    turns, where = await turn.measure()
    figures += _shown(turns)
    for name in list(_PARTS)[2:]:
        figures += await _part(name)
    return beside, figures, where


Measure = Callable[[], Awaitable[list[Figure]]]
_PARTS: dict[str, Sequence[Measure]] = {
    "disk": (disk.measure,), "start": (start.measure,), "outbox": (outbox.measure,),
    "tick": (tick.measure,), "million": million.PARTS, "workers": workers.PARTS,
    "places": (places.measure,), "times": (typed.times,), "first_words": (typed.first_words,),
    "sealing": (sealing.measure,),
}  # fmt: skip


async def _part(name: str) -> list[Figure]:
    """Shown step by step: a long part that breaks off has said what it saw until then."""
    print(f"{name} …", flush=True)
    return [figure for measure in _PARTS[name] for figure in _shown(await measure())]


def _shown(figures: list[Figure]) -> list[Figure]:
    for one in figures:
        print(f"{one.what}: {one.seen}  {_target(one)}", flush=True)
    return figures


def _machine() -> str:
    cpu = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
         if line.startswith("model name")), platform.machine(),
    )  # fmt: skip
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return (
        f"{os.cpu_count()} cores of {cpu}, {memory} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}."
    )


def _target(figure: Figure) -> str:
    reached = {True: " (reached)", False: " (**missed**)", None: ""}[figure.good]
    return f"{figure.target}{reached}"


def _page(
    beside: Sequence[str], figures: Sequence[Figure], where: Sequence[str], around: str
) -> str:
    table = [f"| {one.what} | {one.seen} | {_target(one)} |" for one in figures]
    lines = [
        "# Figures", "",
        "Written by `make bench`; each figure was measured on this machine in one run, "
        "also where it is worse than its target.", "",
        _machine(), around, "", *_BESIDE, *beside,
        "## Ours alone", "", "| what | seen | target |", "|---|---|---|", *table, "",
        *_WHERE, *where, "",
    ]  # fmt: skip
    return "\n".join(lines)


def main() -> None:
    """Measure, write the page, show it. Parts that are named are only shown."""
    if sys.argv[1:]:
        for name in sys.argv[1:]:
            asyncio.run(_part(name))
        return
    busy, began = os.getloadavg()[0], time.perf_counter()
    beside, figures, where = asyncio.run(_all())
    took = time.perf_counter() - began
    around = f"Load average before the run {busy:.1f}; the run took {took:.0f} s."
    if busy > QUIET:
        around += " Others were at work on the machine: compare lines, not numbers."
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(_page(beside, figures, where, around), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
