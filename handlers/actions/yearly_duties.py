"""Reports and lists that a commune owes by a day of the year: reminded, late, recorded as done by one press."""

from dataclasses import replace
from datetime import date

from cases.errors import Refused
from cases.model import Person, Role, Timer
from cases.times.calendar import morning_at
from cases.yearly import ROWS, YEARLY, is_late, next_moment, owed_on, step_at
from handlers.actor import Actor
from handlers.roster.colleagues import Errand, leaders_of, tell

KIND = "yearly"  # a timer's: owner `yearly:<row>:<commune>`, round = the year in which it is owed
_REPORTS = (Role.OFFICER, Role.DEPUTY)


async def owed_this_morning(actor: Actor, day: date) -> list[Timer]:
    """What has to be thought of from now on, for every commune where somebody works."""
    served = await actor.work.figures.served_since()
    found: list[Timer] = []
    for row in YEARLY:
        due = owed_on(row, day)
        if due is None:
            continue
        owners = [f"{KIND}:{row.id}:{commune}" for commune in served]
        known = await actor.work.timers.thought_of(owners, KIND, due.year)
        found += [
            Timer(owner, KIND, due.year, step_at(due, day), 0, morning_at(day))
            for owner in owners if owner not in known
        ]  # fmt: skip
    return found


async def on_yearly(actor: Actor, timer: Timer) -> None:
    """The officer before the day, the leader too once it is late; on until somebody says it is done."""
    _, row_id, commune = timer.owner.split(":")
    due = date(timer.round, ROWS[row_id].month, ROWS[row_id].day)
    late = is_late(timer.step)
    people = await _who_reports(actor, commune)
    if late or not people:
        people += [one for one in await leaders_of(actor, commune) if one not in people]
    errand = Errand(
        "yearly_late" if late else "yearly_soon", f"yearly:{row_id}/{commune}/{timer.round}",
        f"{timer.owner}:{timer.round}:{timer.step}", {"duty": row_id, "due_day": f"{due:%d/%m}"},
    )  # fmt: skip
    await tell(actor, people, errand)
    at = next_moment(due, timer.step, actor.work.now)
    follow = replace(timer, step=timer.step + 1, due_at=max(at, actor.work.now), id="")
    await actor.work.timers.start(follow)


async def _who_reports(actor: Actor, commune: str) -> list[Person]:
    """The officers of the commune, else who stands in for them."""
    staff = [one for one in await actor.work.people.staff(commune) if one.commune == commune]
    each = [[one for one in staff if one.role is role] for role in _REPORTS]
    return next(filter(None, each), [])


async def done(actor: Actor, about: str) -> None:
    """One press: no reminder any more, and who said so is kept. Raises Refused: of another commune, over."""
    person = actor.person
    assert person is not None
    row_id, commune, year = about.split("/")
    if person.commune != commune or person.role not in (*_REPORTS, Role.LEADER):
        raise Refused("error.errand_over")
    if not await actor.work.timers.stop(f"{KIND}:{row_id}:{commune}", KIND):
        raise Refused("error.errand_over")
    detail = {"duty": row_id, "commune": commune, "year": year}
    await actor.work.audit.write(person.id, "yearly_done", "", detail)
    await actor.say(actor.words("yearly.done", duty=row_id))
