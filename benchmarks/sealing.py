"""The price of one sealed field, and of reading a typed place."""

import json
import time
from importlib.resources import files

from benchmarks.common import Figure
from bot.chance import SystemChance
from cases.areas.gazetteer import Areas
from cases.areas.places import Places
from storage.keys import KeyRing, _new_ring
from storage.seed import _rows

MANY = 20_000


def measure() -> list[Figure]:
    ring = KeyRing(_new_ring(SystemChance()), SystemChance())
    key, _ = ring.new_data_key("case:1")
    began = time.perf_counter()
    for _ in range(MANY):
        ring.open(key, "a|b|c", ring.seal(key, "a|b|c", b"x" * 200))
    micros = (time.perf_counter() - began) / MANY * 1e6
    return [Figure("seal and open one field of 200 bytes", f"{micros:.1f} µs"), _places()]


def _places() -> Figure:
    data = json.loads((files("storage.seed") / "areas.json").read_text(encoding="utf-8"))
    places, typed = (
        Places(Areas(_rows(data))),
        ("dai hog", "nhà em ở gần chợ ái nghĩa đó", "tam kỳ"),
    )
    began = time.perf_counter()
    for _ in range(300):
        for text in typed:
            places.find(text)
    millis = (time.perf_counter() - began) / 900 * 1000
    return Figure("a fuzzy place", f"{millis:.2f} ms")
