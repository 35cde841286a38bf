"""The first page: the cases one may know of; for an administrator whether everything works."""

from datetime import timedelta
from typing import Any

from aiohttp import web

from cases.codes import read_code
from cases.model import Role
from cases.roster import short
from handlers.actor import Actor
from handlers.casework.search import Found, search, too_short
from handlers.pages.city import city_view
from handlers.pages.part_sheet import part_rows
from handlers.pages.worklist import SHOWS, rows_of, worklist
from handlers.watching.paging import see
from handlers.watching.state import may_watch, state_of
from web.staff.session import (
    NotSignedIn,
    for_staff,
    not_found,
    posted,
    sign_in_page,
    signed_in,
    staff_page,
)

LONGEST_QUERY = 120

routes = web.RouteTableDef()


@routes.get("/dashboard")
async def dashboard(request: web.Request) -> web.Response:
    """The list, or the door. Looking at the door spends no link: its token never reaches us."""
    said, show = request.query.get("said", ""), request.query.get("show", "")
    show = show if show in SHOWS else "open"
    try:
        async with signed_in(request) as guest:
            if guest.person.role is Role.ADMIN:
                shown = await _system(guest.actor)
            else:
                shown = await _list(guest.actor, show, _number(request.query.get("page", "")))
    except NotSignedIn:
        return sign_in_page(request, "left" if said == "left" else "")
    if guest.person.role is Role.ADMIN:
        return staff_page(request, guest, "staff_system.html", said=said_of(said), **shown)
    return staff_page(request, guest, "staff_list.html", said=said_of(said), **shown)


def _number(page: str) -> int:
    """Pages are counted from one; whatever else an address says is the first."""
    return int(page) - 1 if page.isascii() and page.isdigit() and len(page) < 6 else 0


def said_of(said: str) -> str:
    """What the act before has to say; any other word in an address says nothing."""
    return said if said in ("done", "undo", "undone", "again", "letter") else ""


async def _list(actor: Actor, show: str, page: int) -> dict[str, Any]:
    """Counts are of what this person may see, and of nothing else."""
    assert actor.person is not None
    found = await worklist(actor, show, page)
    city = await city_view(actor) if actor.person.role is Role.SUPERVISOR else None
    return {"list": found, "city": city, "asked": await part_rows(actor)}


@routes.post("/dashboard/search")
@for_staff
async def look(request: web.Request) -> web.Response:
    """Words are posted, so that none stands in an address; a code goes to its case."""
    async with posted(request) as (guest, form):
        text = form.get("text", "")[:LONGEST_QUERY]
        code = read_code(text)
        if code is not None:
            return web.Response(status=303, headers={"Location": f"/dashboard/case/{code}"})
        short = too_short(text)
        found = Found([], cut=False) if short else await search(guest.actor, text)
        rows = await rows_of(guest.actor, found.cases)
    return staff_page(
        request, guest, "staff_found.html", text=text, short=short, found=found, rows=rows
    )


@routes.get("/dashboard/case")
@for_staff
async def find(request: web.Request) -> web.Response:
    """A code that was typed, the way people type it."""
    code = read_code(request.query.get("code", "")[:64])
    if code is not None:
        return web.Response(status=303, headers={"Location": f"/dashboard/case/{code}"})
    async with signed_in(request) as guest:
        return not_found(request, guest)


@routes.post("/dashboard/seen")
@for_staff
async def seen(request: web.Request) -> web.Response:
    """Somebody has looked at what could not be delivered or read."""
    async with posted(request) as (guest, _):
        if not may_watch(guest.person):
            return not_found(request, guest)
        await see(guest.actor, guest.person)
    return web.Response(status=303, headers={"Location": "/dashboard?said=done"})


async def _system(actor: Actor) -> dict[str, Any]:
    """Who can be reached and what waits: no case, no word of one."""
    work, names = actor.work, actor.kit.places().areas.communes
    people = [one for one in await work.people.everybody() if one.active]
    timer = await work.timers.next_at()
    late = max(work.now - timer, timedelta(0)) if timer else timedelta(0)
    return {
        "watch": await state_of(actor), "waiting": await work.outbox.in_state("waiting", "sending"),
        "dead": await work.outbox.in_state("dead"),
        "late": late // timedelta(minutes=1),
        "people": [
            {
                "name": short(one.name), "role": actor.words(f"role.{one.role}"),
                "place": names.get(one.commune, ""), "on_duty": one.on_duty,
                "addresses": await work.contacts.of_person(one.id),
            }
            for one in people
        ],
    }  # fmt: skip
