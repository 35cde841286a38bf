"""`python -m benchmarks`: every figure, with its peers, into docs/generated/bench.md."""

import asyncio
import os
import platform
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import outbox, peers, profile, sealing, start, tick, turn
from benchmarks.common import Figure

PAGE = Path(__file__).parents[1] / "docs" / "generated" / "bench.md"


async def _all() -> tuple[list[Figure], list[str]]:
    figures = peers.measure()
    for name, part in (("start", start), ("turn", turn), ("outbox", outbox), ("tick", tick)):
        print(f"{name} …", flush=True)
        figures += await part.measure()
    return [*figures, *sealing.measure()], await profile.measure()


def _machine() -> str:
    cpu = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
         if line.startswith("model name")), platform.machine(),
    )  # fmt: skip
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    python = ".".join(str(one) for one in sys.version_info[:3])
    return (
        f"{os.cpu_count()} cores of {cpu}, {memory} GB, {platform.system()} {platform.release()}, "
        f"Python {python}, SQLite {sqlite3.sqlite_version}."
    )


def _page(figures: Sequence[Figure], where: Sequence[str]) -> str:
    table = [f"| {one.what} | {one.seen} | {one.target} |" for one in figures]
    lines = [
        "# Figures", "",
        "Written by `make bench`; each figure was measured on this machine in one run.", "",
        _machine(), "", "| what | seen | target |", "|---|---|---|", *table, "",
        "## Where the time of a turn goes", "",
        "Own time of the functions, profiled (the profiler itself slows Python down):", "",
        "| function | share |", "|---|---|", *where, "",
    ]  # fmt: skip
    return "\n".join(lines)


if __name__ == "__main__":
    found, where = asyncio.run(_all())
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(_page(found, where), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))
