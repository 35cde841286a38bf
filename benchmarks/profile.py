"""Where the time of a turn goes: the functions that take most of it, from a profiled run."""

import cProfile
import pstats

from benchmarks.common import program
from bot.loops import drain_rows

MANY = 400
_OURS = ("storage", "handlers", "cases", "notifications", "locales", "bot")


async def measure() -> list[str]:
    async with program() as bench:
        for n in range(MANY):
            await bench.accept(f"r{n}", "co be o mot minh ngoai ho")
        profile = cProfile.Profile()
        profile.enable()
        await drain_rows(bench.app.turns)
        profile.disable()
    stats = pstats.Stats(profile)
    rows = [
        (own, f"{file.split('/')[-2]}/{file.split('/')[-1]}:{name}")
        for (file, _, name), (_, _, own, _, _) in stats.stats.items()
        if "/" in file
    ]
    builtin = [
        (own, name) for (file, _, name), (_, _, own, _, _) in stats.stats.items() if "/" not in file
    ]
    total = stats.total_tt
    best = sorted(rows + builtin, reverse=True)[:12]
    return [f"| {name} | {own / total:.0%} |" for own, name in best]
