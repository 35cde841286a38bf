"""The price of one sealed field, of a new data key, and of finding an address without reading it."""

import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.common import Figure
from bot.chance import SystemChance
from storage.key_file import new_ring
from storage.keys import KeyRing

MANY = 20_000
FIELD = "Cháu bé ở nhà một mình từ sáng, không ai trông.".encode() * 4


async def measure() -> list[Figure]:
    ring = KeyRing(Path("keys.json"), new_ring(SystemChance()), SystemChance())
    key, wrapped = ring.new_data_key("case:1")
    sealed = ring.seal(key, "a|b|c", FIELD)
    works: dict[str, Callable[[], object]] = {
        f"seal a field of {len(FIELD)} bytes": lambda: ring.seal(key, "a|b|c", FIELD),
        "open it": lambda: ring.open(key, "a|b|c", sealed),
        "make and wrap a data key": lambda: ring.new_data_key("case:1"),
        "unwrap a data key": lambda: ring.unwrap(*wrapped),
        "blind index of an address": lambda: ring.blind("address", "web|site|someone"),
    }
    return [Figure(what, f"{_micros(work):.1f} µs") for what, work in works.items()]


def _micros(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    for _ in range(MANY):
        work()
    return (time.perf_counter() - began) / MANY * 1e6
