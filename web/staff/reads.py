"""Who opened which case this week: for the leader of the commune, and for nobody else."""

from datetime import timedelta

from aiohttp import web

from cases.model import Role
from handlers.pages.read_list import read_list
from handlers.pages.worklist import moment
from web.staff.session import for_staff, not_found, signed_in, staff_page

WEEK, JUST_NOW = timedelta(days=7), timedelta(seconds=1)

routes = web.RouteTableDef()


@routes.get("/dashboard/reads")
@for_staff
async def reads(request: web.Request) -> web.Response:
    """Codes, people and hours; nothing of a case, which is one press and one more line further."""
    async with signed_in(request) as guest:
        if guest.person.role is not Role.LEADER:
            return not_found(request, guest)
        now = guest.actor.work.now
        rows = await read_list(guest.actor, now - WEEK, now + JUST_NOW)
        await guest.actor.work.audit.write(guest.person.id, "reads_seen")
        shown = [(one, moment(guest.actor, one.last)) for one in rows]
    return staff_page(request, guest, "staff_reads.html", rows=shown)
