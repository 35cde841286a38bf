"""The PIN on the pages: set at the first sign-in, typed again before whatever is dangerous."""

from collections.abc import Mapping

from aiohttp import web

from cases.errors import Refused
from handlers.roster.pins import FRESH, confirm_pin, forgotten, pin_of, set_pin
from web.staff.session import Guest, for_staff, posted, signed_in, staff_page

PIN = "/dashboard/pin"
_LONGEST = 64

routes = web.RouteTableDef()


async def asks_for_pin(
    request: web.Request, guest: Guest, form: Mapping[str, str]
) -> web.Response | None:
    """None: it was typed just now, go on. Else the page to answer with; it sends the same form again.

    Inside the transaction of the form, which must commit in either case: a wrong one is counted.
    """
    typed, work = guest.session.pin_at, guest.actor.work
    if typed is not None and work.now - typed < FRESH:
        return None
    if "pin" not in form:
        return await _asked(request, guest, form)
    try:
        await confirm_pin(guest.actor, form["pin"][:_LONGEST])
    except Refused as no:
        return await _asked(request, guest, form, guest.actor.words(no.key, **no.values_))
    await work.sign_in.pin_typed(guest.session)
    return None


async def _asked(
    request: web.Request, guest: Guest, form: Mapping[str, str], problem: str = ""
) -> web.Response:
    if await pin_of(guest.actor) is None:
        return await _page(request, guest, guest.actor.words("staff.pin_first"), 403)
    again = {name: value for name, value in form.items() if name not in ("csrf", "pin")}
    return staff_page(
        request, guest, "staff_pin_asked.html", status=422 if problem else 403, problem=problem,
        to=request.path, again=again,
    )  # fmt: skip


async def _page(
    request: web.Request, guest: Guest, problem: str = "", status: int = 200, said: str = ""
) -> web.Response:
    pin = await pin_of(guest.actor)
    return staff_page(
        request, guest, "staff_pin.html", status=status, known=pin is not None, problem=problem,
        said=said,
    )  # fmt: skip


@routes.get(PIN)
@for_staff
async def pin_page(request: web.Request) -> web.Response:
    """Their own, to set or to change."""
    async with signed_in(request) as guest:
        return await _page(request, guest)


@routes.post(PIN)
@for_staff
async def keep_pin(request: web.Request) -> web.Response:
    """A wrong old one is counted like any other."""
    async with posted(request) as (guest, form):
        typed = [form.get(name, "")[:_LONGEST] for name in ("new", "again", "old")]
        try:
            await set_pin(guest.actor, *typed)
        except Refused as no:
            return await _page(request, guest, guest.actor.words(no.key, **no.values_), 422)
    return web.Response(status=303, headers={"Location": "/dashboard?said=done"})


@routes.post(f"{PIN}/forgotten")
@for_staff
async def forgot(request: web.Request) -> web.Response:
    """Somebody else must agree first."""
    async with posted(request) as (guest, _):
        try:
            await forgotten(guest.actor)
        except Refused as no:
            return await _page(request, guest, guest.actor.words(no.key, **no.values_), 422)
        return await _page(request, guest, said=guest.actor.words("staff.pin_asked"))
