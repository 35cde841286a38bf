"""Breaking the glass on the pages: asked with a reason and the PIN, agreed to by somebody else with theirs."""

from aiohttp import web

from cases.errors import Refused
from cases.openings import SHORTEST_REASON
from handlers.actions.openings import ask, decide, draft
from handlers.pages.opening_page import mine, to_decide
from web.staff.pin import asks_for_pin
from web.staff.session import Guest, for_staff, not_found, posted, signed_in, staff_page

OPENING = "/dashboard/opening"

routes = web.RouteTableDef()


async def _page(
    request: web.Request, guest: Guest, *, problem: str = "", status: int = 200, **typed: str
) -> web.Response:
    try:
        own = await mine(guest.actor)
    except Refused:
        return not_found(request, guest)
    return staff_page(
        request, guest, "staff_opening.html", status=status, mine=own, problem=problem,
        theirs=await to_decide(guest.actor), typed=typed, shortest=SHORTEST_REASON,
        said=request.query.get("said") == "done",
    )  # fmt: skip


@routes.get(OPENING)
@for_staff
async def openings(request: web.Request) -> web.Response:
    """One's own requests, those that wait for one, and the form for another."""
    async with signed_in(request) as guest:
        return await _page(request, guest)


@routes.post(OPENING)
@for_staff
async def ask_for(request: web.Request) -> web.Response:
    """A new request, or one begun in the chat (`id`); the same words follow whatever code it is."""
    async with posted(request) as (guest, form):
        if asked := await asks_for_pin(request, guest, form):
            return asked
        code, reason = form.get("code", "")[:64], form.get("reason", "")[:2000]
        told = {"id": form.get("id", "")[:32], "code": code, "reason": reason}
        await guest.actor.work.inbox.again("opening", guest.person.id, told)
        try:
            drafted = told["id"] or (await draft(guest.actor, code, reason)).id
            await ask(guest.actor, drafted)
        except Refused as no:
            why = guest.actor.words(no.key, **no.values_)
            return await _page(request, guest, problem=why, status=422, code=code, reason=reason)
    return web.Response(status=303, headers={"Location": f"{OPENING}?said=done"})


@routes.post(f"{OPENING}/answer")
@for_staff
async def answer(request: web.Request) -> web.Response:
    """Yes needs the PIN of who says it; no does not."""
    async with posted(request) as (guest, form):
        agreed = form.get("answer") == "yes"
        if agreed and (asked := await asks_for_pin(request, guest, form)):
            return asked
        told = {"id": form.get("id", "")[:32], "agreed": agreed}
        await guest.actor.work.inbox.again("decided", guest.person.id, told)
        try:
            await decide(guest.actor, form.get("id", "")[:32], agreed=agreed)
        except Refused as no:
            why = guest.actor.words(no.key, **no.values_)
            return await _page(request, guest, problem=why, status=422)
    return web.Response(status=303, headers={"Location": f"{OPENING}?said=done"})
