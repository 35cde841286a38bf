"""Typed times and first words: how much of the written sets is right, and how long one reading takes."""

import time
from collections.abc import Callable
from statistics import mean

from benchmarks.common import Figure, at
from cases.times.phrases import when
from cases.understanding import understand
from tests.support import first_words_set, time_set
from tests.support.place_set import LOCAL

RIGHT = 0.92
SLOWEST = 20.0  # ms, of one message


async def times() -> list[Figure]:
    """tests/data/times.tsv: 92 % right, and nothing surely wrong."""
    seen = time_set.score()
    good = seen.right / seen.all >= RIGHT and not seen.silent
    texts = [line[0] for line in time_set.LINES]
    return [
        Figure("tests/data/times.tsv", seen.words, f"{RIGHT:.0%}, 0", good),
        _pace("a typed time", texts, lambda text: when(text, time_set.NOW)),
    ]


async def first_words() -> list[Figure]:
    """tests/data/first_words.tsv: no danger missed, no alarm where there is none."""
    seen = first_words_set.score()
    good = not seen.missed and not seen.alarms
    texts = [line[0] for line in first_words_set.LINES]
    return [
        Figure("tests/data/first_words.tsv", seen.words, "0 missed, 0 false", good),
        _pace("a first message", texts, lambda text: understand(text, LOCAL, time_set.NOW)),
    ]


def _pace(what: str, texts: list[str], read: Callable[[str], object]) -> Figure:
    took = []
    for text in texts:
        began = time.thread_time()
        read(text)
        took.append(time.thread_time() - began)
    seen = f"{mean(took) * 1000:.2f} ms, p99 {at(took, 0.99):.2f} ms"
    return Figure(what, seen, f"{SLOWEST:.0f} ms", at(took, 0.99) < SLOWEST)
