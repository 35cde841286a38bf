"""WATCH: what must hold at every moment (TRUST.md section 11), who hears when it does not, how often."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from cases.policy import DAY, HOUR, MINUTE

LATE = timedelta(minutes=5)  # of a clock, of a message
UNREAD = timedelta(seconds=60)  # of what came in
STALE = timedelta(minutes=3)  # of a lease of one minute, three times over
COPIED = timedelta(hours=26)  # since a copy was last made
RESTORED = timedelta(hours=48)  # since a copy was last proved to be whole
REHEARSED = timedelta(minutes=15)  # until the daily drill must be acknowledged
DAILY = timedelta(hours=26)  # and until the next one must have begun
# Why a file failed that cannot be read here: nobody has looked at that yet, or somebody has.
DAMAGED, LOOKED_AT = "damaged", "looked_at"
DRILL_THREAD = "drill:"  # begins the daily report's thread, whatever rows a restore has lost
DRILL_COMMUNE = "drill"  # of the program's own officer: no list knows it, no city hears of it


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that must hold; its words are `watch.<id>` and `watch.<id>_do`.

    `mends`: a worker does it by itself, and people hear only if that did not help. `again`: how often
    they hear of it. `leader`: it is a matter of the commune. `seen`: it ends when somebody has looked.
    """

    id: str
    mends: bool = False
    again: timedelta = HOUR
    leader: bool = False
    seen: bool = False


WATCH: Mapping[str, Rule] = {
    rule.id: rule
    for rule in (
        Rule("I1", mends=True),  # an open case without an armed clock
        Rule("I2"),  # an armed clock that is late
        Rule("I3"),  # a message that should have left
        Rule("I4"),  # something that came in and was not read
        Rule("I5", again=DAY),  # a case whose reporter had no receipt
        Rule("I6", again=DAY),  # sent, and no messenger's word for it
        Rule(
            "I7", again=DAY, leader=True, seen=True
        ),  # undelivered or unreadable, and nobody looked
        Rule("I8", mends=True),  # on its way for too long
        Rule("I9"),  # the audit head is not the newest row
        Rule("I10", again=DAY, leader=True),  # nobody there, or no way to reach them
        Rule("poll"),  # a messenger that is asked does not answer
        Rule("worker"),  # nobody works on the rows
        Rule("rehearsal", again=DAY),  # the daily drill was not acknowledged
        Rule("backup", again=DAY),  # no copy was made
        Rule("restore", again=DAY),  # no copy was proved to be whole
    )
}
MENDING = 2 * MINUTE  # how long a worker has for what mends itself, before people hear of it
TWICE = timedelta(
    seconds=50
)  # the rest is told when a second pass finds it, too: a burst is no fault
