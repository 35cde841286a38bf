"""The monthly report: a leader's own commune, the city's masked; on a page and as a spreadsheet."""

from aiohttp import web

from cases.errors import Refused
from handlers.pages.figures_page import figures_page, file_of, take_figures
from handlers.papers.exports import MIME
from handlers.reports import READERS
from web.staff.pin import asks_for_pin
from web.staff.session import for_staff, not_found, posted, signed_in, staff_page

routes = web.RouteTableDef()


@routes.get("/dashboard/figures")
@for_staff
async def figures(request: web.Request) -> web.Response:
    """Counts only: no case is opened for it."""
    async with signed_in(request) as guest:
        try:
            month = request.query.get("month", "")
            shown = await figures_page(guest.actor, month, outside=False)
        except Refused:
            return not_found(request, guest)
    return staff_page(request, guest, "staff_figures.html", shown=shown)


@routes.post("/dashboard/figures")
@for_staff
async def take(request: web.Request) -> web.Response:
    """The same as a file; whoever passes it on takes the masked one."""
    async with posted(request) as (guest, form):
        theirs = guest.person.role in READERS  # nobody else learns that there are any
        if theirs and (asked := await asks_for_pin(request, guest, form)):
            return asked
        try:
            outside = form.get("for") != "inside"
            page = await take_figures(guest.actor, form.get("month", ""), outside=outside)
        except Refused:
            return not_found(request, guest)
    name = f"so-lieu-{page.month}{'-che' if page.masked else ''}.xlsx"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"', "Content-Type": MIME,
        "Cache-Control": "no-store",
    }  # fmt: skip
    return web.Response(body=await file_of(page), headers=headers)
