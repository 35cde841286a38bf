"""Places: a look-up with 23 names and with the whole country; how much of the written set is right."""

import time
from statistics import mean

from benchmarks.common import Figure, at, program
from cases.areas.places import Places
from storage.seed.country import load_country
from tests.support.place_set import LINES, score

TYPED = {
    "a place written as it is": ("xã Đại Hiệp", "Ái Nghĩa", "thuong duc", "Hà Nha"),
    "a place misspelt": ("dai hog", "thuong duk", "ai ngia", "phu thuan h"),
    "a sentence with a place in it": (
        "nhà em ở gần chợ ái nghĩa đó", "chỗ gần cầu hà nha, phía bên kia sông",
    ),
    "a sentence without any": ("con bé hay khóc một mình trước cửa tiệm tạp hóa", "tam kỳ"),
    "another province": ("Thượng Đức, Hà Tĩnh", "xã Tân Phú", "vihn dien", "em đang ở bên Tam Kỳ"),
    "the whole set": tuple(line.text for line in LINES),
}  # fmt: skip
ROUNDS = 200
LOCAL, COUNTRY = 1.0, 20.0  # ms
RIGHT = 0.98


async def measure() -> list[Figure]:
    """With the names built in, then with the country loaded; and how the areas are read again."""
    async with program() as bench:
        figures = _all(bench.app.kit.places(), "23 names", LOCAL)
        async with bench.app.kit.store.transaction("bench") as work:
            await load_country(work)
        began = time.perf_counter()
        await bench.app.geography.fresh()
        first = (time.perf_counter() - began) * 1000
        figures += _all(bench.app.kit.places(), "whole country", COUNTRY)
        refresh = []
        for _ in range(20):
            began = time.perf_counter()
            await bench.app.geography.fresh()
            refresh.append(time.perf_counter() - began)
    again = f"p50 {at(refresh, 0.5):.1f} ms, worst {at(refresh, 1):.1f} ms"
    return [
        *figures, Figure("reading the country, once after it was loaded", f"{first:.0f} ms"),
        Figure("reading the areas again, once a minute", again), _accuracy(),
    ]  # fmt: skip


def _all(places: Places, names: str, target: float) -> list[Figure]:
    return [_figure(places, f"{what}, {names}", texts, target) for what, texts in TYPED.items()]


def _figure(places: Places, what: str, texts: tuple[str, ...], target: float) -> Figure:
    took = []
    for _ in range(max(1, ROUNDS * 4 // len(texts))):
        for text in texts:
            began = time.thread_time()  # nothing is waited for: only our own work counts
            places.find(text)
            took.append(time.thread_time() - began)
    average = mean(took) * 1000
    seen = f"{average:.3f} ms, p99 {at(took, 0.99):.3f} ms"
    return Figure(what, seen, f"{target:.0f} ms", at(took, 0.99) < target)


def _accuracy() -> Figure:
    seen = score()
    good = seen.right / seen.all >= RIGHT and not seen.accepted
    return Figure("tests/data/places.tsv", seen.words, f"{RIGHT:.0%}, 0", good)
