"""The door: a link is spent by a press on the page, never by looking; the way out again."""

from aiohttp import web

from handlers.actions.sign_in import enter
from web.networks import NETWORKS, network_of
from web.parts import PARTS
from web.security import secure_cookie
from web.staff.pin import PIN
from web.staff.session import (
    LONGEST_TOKEN,
    RESTS,
    cookie_name,
    for_staff,
    form_of,
    posted,
    sign_in_page,
    token_of,
)

routes = web.RouteTableDef()


@routes.post("/dashboard/sign-in")
async def sign_in(request: web.Request) -> web.Response:
    """The same words for a link that is unknown, used or too late; who guesses waits for them."""
    form, parts = await form_of(request), request.app[PARTS]
    async with parts.store.transaction("sign in") as work:
        entered = await enter(work, parts.kit, form.get("token", "")[:LONGEST_TOKEN])
        before = await work.sign_in.session(token_of(request)) if entered else None
        if before is not None:  # a browser has one session; the one before must not outlive it
            await work.sign_in.end(before)
        first = entered is not None and await work.pins.of(entered.person.id) is None
    if entered is None:
        await request.app[NETWORKS].wrong(network_of(request))
        return sign_in_page(request, "wrong", status=401)
    answer = web.Response(status=303, headers={"Location": PIN if first else "/dashboard"})
    answer.set_cookie(
        cookie_name(request), entered.token, httponly=True, samesite="Lax", path="/",
        secure=secure_cookie(request),
    )  # fmt: skip
    return answer


@routes.get(RESTS)
async def rest(request: web.Request) -> web.Response:
    """Where a case was left open. It asks for no session, for that would keep one awake."""
    return sign_in_page(request, "rest")


@routes.post("/dashboard/sign-out")
@for_staff
async def sign_out(request: web.Request) -> web.Response:
    """This session ends; the chat of the same browser stays an address of theirs."""
    async with posted(request) as (guest, _):
        await guest.actor.work.sign_in.end(guest.session)
        await guest.actor.work.audit.write(guest.person.id, "signed_out")
    answer = web.Response(status=303, headers={"Location": "/dashboard?said=left"})
    answer.del_cookie(cookie_name(request), path="/", secure=secure_cookie(request))
    return answer
