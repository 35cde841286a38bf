"""The clocks of a case as its staff read them."""

from dataclasses import dataclass
from datetime import datetime

from cases.deadlines import AFTER_CLOSING, DEADLINES, steps_of
from cases.model import Case, Timer
from cases.records import clock_of
from cases.timers import due_of
from handlers.actor import Kit
from handlers.render import times_of


@dataclass(frozen=True, slots=True)
class ClockNow:
    """One running clock: `due` is what it calls due, `at` what is shown of it.

    `fixed`: it has a due of its own; any other only comes back.
    """

    kind: str
    fixed: bool
    at: datetime
    due: datetime


def clocks(kit: Kit, case: Case, timers: list[Timer]) -> list[ClockNow]:
    """What is due when, then when the next reminder comes by itself."""
    found = []
    for timer in timers:
        row = DEADLINES.get(clock_of(timer.kind))
        if row is None or row.id in AFTER_CLOSING:
            continue
        fixed = row.law or bool(row.beats)
        stepped = fixed or bool(steps_of(timer.kind, case, kit.policy))
        due = due_of(timer, case, kit.policy) if stepped else timer.due_at
        found.append(ClockNow(row.id, fixed, due if fixed else timer.due_at, due))
    return sorted(found, key=lambda one: (not one.fixed, one.due, one.kind))


def next_task(found: list[ClockNow]) -> list[ClockNow]:
    """Without the later tasks: the plan names each with its day."""
    tasks = [one for one in found if one.kind == "task"]
    return [one for one in found if one not in tasks[1:]]


def clock_words(kit: Kit, lang: str, clock: ClockNow, *, mine: bool = False) -> str:
    """`Hạn: …` for a due, `Nhắc tiếp: …` for a setting. `mine`: it waits for the reader."""
    own, name = f"clock.{clock.kind}.mine", f"clock.{clock.kind}"
    name = kit.catalog.first(lang, (own, name) if mine else (name,))
    key = "card.due" if clock.fixed else "card.next"
    return kit.catalog.say(lang, key, clock=name, **times_of(kit, lang, clock.at))
