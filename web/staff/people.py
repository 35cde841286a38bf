"""The roster: for leaders and administrators; everybody else finds nothing here."""

from aiohttp import web

from handlers.pages.roster import may_look, roster
from web.staff.session import for_staff, not_found, signed_in, staff_page

PEOPLE = "/dashboard/people"

routes = web.RouteTableDef()


@routes.get(PEOPLE)
@for_staff
async def people(request: web.Request) -> web.Response:
    """Who is there."""
    async with signed_in(request) as guest:
        if not may_look(guest.person):
            return not_found(request, guest)
        shown = await roster(guest.actor)
    return staff_page(request, guest, "staff_people.html", roster=shown)
