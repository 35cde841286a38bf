"""Working days: for leaders and administrators; everybody else finds nothing here."""

from aiohttp import web

from cases.errors import Refused
from cases.times.calendar import local, special_days, tet_is_forecast
from handlers.actions.keep_calendar import LONGEST, OFF, REMOVE, WHAT, WORKED, decide_day
from handlers.pages.roster import may_look
from web.security import ApiError
from web.staff.dashboard import said_of
from web.staff.session import (
    Guest,
    for_staff,
    form_of,
    made_here,
    not_found,
    signed_in,
    staff_page,
)

CALENDAR = "/dashboard/calendar"

routes = web.RouteTableDef()


@routes.get(CALENDAR)
@for_staff
async def calendar(request: web.Request) -> web.Response:
    """This year and the next, and a form for one day."""
    async with signed_in(request) as guest:
        if not may_look(guest.person):
            return not_found(request, guest)
        return await _calendar(request, guest, said=said_of(request.query.get("said", "")))


@routes.post(CALENDAR)
@for_staff
async def decide(request: web.Request) -> web.Response:
    """One decision, or why not, with what was typed still there."""
    form = await form_of(request)
    async with signed_in(request) as guest:
        if not may_look(guest.person):
            return not_found(request, guest)
        if not made_here(guest, form) or form.get("what") not in WHAT:
            raise ApiError(403)
        day, name = form.get("day", "")[:10], form.get("name", "")[:LONGEST]
        try:
            await decide_day(guest.actor.work, guest.person.id, day, form["what"], name)
        except Refused as no:
            problem = guest.actor.words(no.key)
            return await _calendar(
                request, guest, 422, problem=problem, day=day, called=name, what=form["what"]
            )
    return web.Response(status=303, headers={"Location": f"{CALENDAR}?said=done"})


async def _calendar(
    request: web.Request, guest: Guest, status: int = 200, **values: object
) -> web.Response:
    work = guest.actor.work
    changes, year = await work.calendar.changes(), local(work.now).year
    years = [
        {"year": one, "days": special_days(one, changes), "forecast": tet_is_forecast(one, changes)}
        for one in (year, year + 1)
    ]
    typed = {"said": "", "problem": "", "day": "", "called": "", "what": OFF, **values}
    return staff_page(
        request, guest, "staff_calendar.html", status=status, years=years,
        kinds=(OFF, WORKED, REMOVE), **typed,
    )  # fmt: skip
