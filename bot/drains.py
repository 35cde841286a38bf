"""DRAINS: queue -> what empties it; EVERY: how often each is emptied without being woken."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.engine import Drain
from bot.loops import drain_rows
from handlers.tick import Ticks
from handlers.turn import Turns
from notifications.sender import Sender

# The tick is the sweep that needs no engine: whatever was due is found within 5 seconds.
EVERY: Mapping[str, timedelta] = {
    "inbox": timedelta(seconds=5),
    "refused": timedelta(seconds=5),
    "timers": timedelta(seconds=1),
    "outbox": timedelta(seconds=1),
    "files": timedelta(seconds=5),
    "versions": timedelta(seconds=5),
    "recovery": timedelta(seconds=5),
    "areas": timedelta(minutes=1),
    "calendar": timedelta(minutes=1),
    "digest": timedelta(minutes=1),
    "tokens": timedelta(minutes=1),
    "quota": timedelta(minutes=5),
    "sweep": timedelta(minutes=5),
    "retention": timedelta(hours=1),
    "scrub": timedelta(hours=1),
    "backup": timedelta(minutes=5),
    "drill": timedelta(minutes=5),
    "journal": timedelta(hours=1),
    "auditor": timedelta(minutes=1),
    "mend": timedelta(minutes=1),
    "drills": timedelta(minutes=1),
    "rehearse": timedelta(minutes=1),
    "copies": timedelta(minutes=5),
}


# Of each process its own: what it keeps in memory. All else is anybody's, and once is enough.
HERE = frozenset({"areas", "calendar", "refused", "versions", "recovery", "journal"})
ROWS = ("inbox", "timers", "outbox", "files")  # what is due stands in rows, and waits for nobody


def drains(
    turns: Turns, ticks: Ticks, sender: Sender, passes: Mapping[str, Drain],
    stopping: Callable[[], bool],
) -> Mapping[str, Drain]:  # fmt: skip
    """What empties each queue, row by row, until nothing is due or the program is stopping.

    `passes`: what only looks around from time to time.
    """
    return {
        "inbox": lambda: drain_rows(turns, stopping, turns.together),
        "timers": lambda: drain_rows(ticks, stopping),
        "outbox": sender.drain,
        **passes,
    }
