"""What the auditor knows, for `bot check`: its last pass, what does not hold, whether the outside hears."""

from datetime import datetime

from bot.auditor import HEARTBEAT, UNHEARD
from bot.commands.finding import Line
from bot.config import Config
from cases.times.calendar import local
from cases.watch import LATE, REHEARSED
from storage.health import PASS
from storage.unit_of_work import UnitOfWork


async def watched(work: UnitOfWork, config: Config) -> list[Line]:
    """Each with the sentence that mends it."""
    return [*await _outside(work, config), *await _passes(work), *await _rehearsed(work)]


async def _rehearsed(work: UnitOfWork) -> list[Line]:
    """Where the report of nobody of this morning stopped, seen from the door that people use."""
    last = await work.rehearsals.last()
    if last is None or (last.acked_at is None and work.now - last.begun_at < REHEARSED):
        return []
    if last.acked_at is not None:
        seconds = round((last.acked_at - last.begun_at).total_seconds())
        sentence = (
            f"The test report of {_at(last.begun_at)} went the whole way in {seconds} seconds."
        )
        return [Line("ok", "rehearsal", sentence)]
    where = "at the web page" if last.told_at is None else "behind the web page"
    why = f" ({last.fault})" if last.fault else ""
    sentence = f"The test report of {_at(last.begun_at)} stopped {where}{why}: open ANNHI_PUBLIC_URL from here."
    return [Line("error", "rehearsal", sentence)]


async def _outside(work: UnitOfWork, config: Config) -> list[Line]:
    if not config.heartbeat_url:
        sentence = "Nobody outside notices when this machine falls silent: set ANNHI_HEARTBEAT_URL."
        return [Line("warning", "heartbeat", sentence)]
    last, failed = await work.marks.at(HEARTBEAT), await work.marks.at(UNHEARD)
    if failed is not None and (last is None or last < failed):
        why = await work.marks.note(UNHEARD)
        sentence = (
            f"The address outside did not take the last call ({why}): check ANNHI_HEARTBEAT_URL."
        )
        return [Line("error", "heartbeat", sentence)]
    if last is None:
        sentence = (
            "ANNHI_HEARTBEAT_URL is set; no call has left yet: bot run makes one each minute."
        )
        return [Line("warning", "heartbeat", sentence)]
    if work.now - last > LATE:
        sentence = (
            f"No call has left since {_at(last)}: start bot run, and mend what does not hold."
        )
        return [Line("error", "heartbeat", sentence)]
    return [Line("ok", "heartbeat", f"The address outside took the call of {_at(last)}.")]


# Who is there and can be called: the lines about people and areas say it as it is at this moment.
_LOOKED_AT_HERE = "I10"


async def _passes(work: UnitOfWork) -> list[Line]:
    last, found = await work.marks.at(PASS), dict(await work.violations.count())
    found.pop(_LOOKED_AT_HERE, None)
    if last is None:
        sentence = "The auditor has not looked yet: start bot run."
        return [Line("warning", "auditor", sentence)]
    if work.now - last > LATE:
        return [
            Line(
                "error", "auditor", f"The auditor has not looked since {_at(last)}: start bot run."
            )
        ]
    if found:
        rules = ", ".join(f"{rule} ({count})" for rule, count in sorted(found.items()))
        sentence = f"At {_at(last)} this did not hold: {rules}. The page of the administrator says what to do."
        return [Line("error", "auditor", sentence)]
    return [Line("ok", "auditor", f"Everything held at {_at(last)}.")]


def _at(when: datetime) -> str:
    return f"{local(when):%H:%M on %d/%m}"
