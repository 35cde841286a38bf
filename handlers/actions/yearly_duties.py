"""Reports and lists that a commune owes by a day of the year: reminded, late, recorded as done by one press."""

from dataclasses import replace
from datetime import date

from cases.duty import stand_in
from cases.errors import Refused
from cases.model import Person, Role, Timer
from cases.times.calendar import local, midnight, morning_at
from cases.yearly import ROWS, YEARLY, is_late, next_moment, owed_on, step_at
from handlers.actor import Actor
from handlers.roster.colleagues import Errand, leaders_of, offer, tell

KIND = "yearly"  # a timer's: owner `yearly:<row>:<commune>:<year in which it is owed>`, round = the year
_REPORTS = (Role.OFFICER, Role.DEPUTY)


async def owed_this_morning(actor: Actor, day: date) -> list[Timer]:
    """What has to be thought of from now on, for every commune where somebody works."""
    served = await actor.work.figures.served_since()
    found: list[Timer] = []
    for row in YEARLY:
        due = owed_on(row, day)
        if due is None:
            continue
        # Who began to work here after the day has missed nothing.
        owners = [
            f"{KIND}:{row.id}:{commune}:{due.year}"
            for commune, since in served.items() if since < midnight(due)
        ]  # fmt: skip
        known = await actor.work.timers.thought_of(owners, KIND, due.year)
        found += [
            Timer(owner, KIND, due.year, step_at(due, day), 0, morning_at(day))
            for owner in owners if owner not in known
        ]  # fmt: skip
    return found


async def on_yearly(actor: Actor, timer: Timer) -> None:
    """The officer before the day, the leader too once it is late; on until somebody says it is done."""
    _, row_id, commune, _ = timer.owner.split(":")
    due = date(timer.round, ROWS[row_id].month, ROWS[row_id].day)
    step = max(timer.step, step_at(due, local(actor.work.now).date()))
    late = is_late(step)
    people = await _who_reports(actor, commune)
    if late or not people:
        people += [one for one in await leaders_of(actor, commune) if one not in people]
    errand = Errand(
        "yearly_late" if late else "yearly_soon", f"yearly:{row_id}/{commune}/{timer.round}",
        f"{timer.owner}:{step}", {"due_day": f"{due:%d/%m}"},
    )  # fmt: skip
    await tell(actor, people, errand)
    at = next_moment(due, step, actor.work.now)
    follow = replace(timer, step=step + 1, due_at=max(at, actor.work.now), id="")
    await actor.work.timers.start(follow)


async def _who_reports(actor: Actor, commune: str) -> list[Person]:
    """The officers of the commune, each through who stands in; else the deputies."""
    staff = await actor.work.people.staff(commune)
    here = [one for one in staff if one.commune == commune]
    each = [[stand_in(one, staff) or one for one in here if one.role is role] for role in _REPORTS]
    return list(dict.fromkeys(next(filter(None, each), [])))


async def show(actor: Actor, about: str) -> None:
    """What is owed stands on no locked screen (CHANNELS.md 10): one press names it. Raises Refused: over."""
    row_id, owner = _theirs(actor, about)
    if not await actor.work.timers.armed(owner):
        raise Refused("error.errand_over")
    await offer(actor, actor.words("yearly.due", duty=row_id), f"{KIND}:{about}", ("yearly_done",))


async def done(actor: Actor, about: str) -> None:
    """One press: no reminder any more, and who said so is kept. Raises Refused: of another commune, over."""
    row_id, owner = _theirs(actor, about)
    if not await actor.work.timers.stop(owner, KIND):
        raise Refused("error.errand_over")
    _, commune, year = about.split("/")
    detail = {"duty": row_id, "commune": commune, "year": year}
    await actor.work.audit.write(actor.name, "yearly_done", "", detail)
    await actor.say(actor.words("yearly.done", duty=row_id))


def _theirs(actor: Actor, about: str) -> tuple[str, str]:
    """(row, owner of its timer) of a duty of their own commune: about = "row/commune/year". Raises Refused."""
    row_id, commune, year = about.split("/")
    assert actor.person is not None
    if actor.person.commune != commune or actor.person.role not in (*_REPORTS, Role.LEADER):
        raise Refused("error.errand_over")
    return row_id, f"{KIND}:{row_id}:{commune}:{year}"
