"""DRAINS: queue -> what empties it; EVERY: how often each is emptied without being woken."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.engine import Drain
from bot.loops import drain_rows

if TYPE_CHECKING:
    from bot.app import App

# The tick is the sweep that needs no engine: whatever was due is found within 5 seconds.
EVERY: Mapping[str, timedelta] = {
    "inbox": timedelta(seconds=5),
    "timers": timedelta(seconds=1),
    "outbox": timedelta(seconds=1),
    "areas": timedelta(minutes=1),
}


def drains(app: "App") -> Mapping[str, Drain]:
    """What empties each queue."""
    return {
        "inbox": lambda: drain_rows(app.turns),
        "timers": lambda: drain_rows(app.ticks),
        "outbox": app.sender.drain,
        "areas": app.geography.fresh,
    }
