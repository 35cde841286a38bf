"""What people type about a place: how long reading it takes, and how long the gazetteer is rebuilt."""

import time
from statistics import mean

from benchmarks.common import Figure, at, program
from cases.areas.places import Places

TYPED = {
    "a place written as it is": ("xã Đại Hiệp", "Ái Nghĩa", "thuong duc", "Hà Nha"),
    "a place misspelt": ("dai hog", "thuong duk", "ai ngia", "phu thuan h"),
    "a sentence with a place in it": (
        "nhà em ở gần chợ ái nghĩa đó", "chỗ gần cầu hà nha, phía bên kia sông",
    ),
    "a sentence without any": ("con bé hay khóc một mình trước cửa tiệm tạp hóa", "tam kỳ"),
}  # fmt: skip
ROUNDS = 200


async def measure() -> list[Figure]:
    async with program() as bench:
        places, refresh = bench.app.kit.places(), []
        for _ in range(20):
            began = time.perf_counter()
            await bench.app.geography.fresh()
            refresh.append(time.perf_counter() - began)
    figures = [Figure(what, _seen(places, texts)) for what, texts in TYPED.items()]
    seen = f"p50 {at(refresh, 0.5):.1f} ms, worst {at(refresh, 1):.1f} ms"
    return [*figures, Figure("reading the areas again, once a minute", seen)]


def _seen(places: Places, texts: tuple[str, ...]) -> str:
    took = []
    for _ in range(ROUNDS):
        for text in texts:
            began = time.perf_counter()
            places.find(text)
            took.append(time.perf_counter() - began)
    return f"{mean(took) * 1000:.3f} ms, p99 {at(took, 0.99):.3f} ms"
