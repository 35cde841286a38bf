"""The roster: for leaders and administrators; everybody else finds nothing here.

A person is named in what is posted, never in an address (TRUST.md section 10).
"""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from cases.errors import Conflict, Refused
from cases.model import Role
from cases.roles import may_keep_people
from handlers.actions.invite_staff import invited
from handlers.actions.keep_roster import edit_person, edit_village, edited
from handlers.actions.manage_staff import removable, remove
from handlers.pages.roster import may_look, roster
from handlers.pages.roster_forms import (
    check_invite,
    invite_form,
    person_form,
    read_person,
    read_village,
    village_form,
)
from handlers.roster.villages import villages_of
from handlers.staff.lists import name_of
from web.security import ApiError
from web.staff.dashboard import said_of
from web.staff.pin import asks_for_pin
from web.staff.session import (
    Guest,
    for_staff,
    form_of,
    made_here,
    not_found,
    not_theirs,
    signed_in,
    staff_page,
)

PEOPLE = "/dashboard/people"
Page = Callable[[web.Request, Guest, Mapping[str, str]], Awaitable[web.Response]]

routes = web.RouteTableDef()


def for_keepers(page: Page) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """A form of the roster that was made in this session by somebody who keeps it."""

    async def answer(request: web.Request) -> web.Response:
        typed = await form_of(request)
        async with signed_in(request) as guest:
            if not may_look(guest.person):
                return await not_theirs(request, guest, "roster")
            if not made_here(guest, typed):
                raise ApiError(403)
            return await page(request, guest, typed)

    return for_staff(answer)


def _done(commune: str = "") -> web.Response:
    where = f"{PEOPLE}?said=done" + (f"&commune={commune}" if commune else "")
    return web.Response(status=303, headers={"Location": where})


def _why(guest: Guest, no: Refused) -> tuple[str, int]:
    return guest.actor.words(no.key, **no.values_), 409 if isinstance(no, Conflict) else 422


@routes.get(PEOPLE)
@for_staff
async def people(request: web.Request) -> web.Response:
    """Who is there; the villages of the commune that is looked at."""
    async with signed_in(request) as guest:
        if not may_look(guest.person):
            return not_found(request, guest)
        shown = await roster(guest.actor, request.query.get("commune", "")[:16])
    said = said_of(request.query.get("said", ""))
    return staff_page(request, guest, "staff_people.html", roster=shown, said=said)


@routes.post(f"{PEOPLE}/person")
@for_keepers
async def person(request: web.Request, guest: Guest, typed: Mapping[str, str]) -> web.Response:
    """The form of one person; with a name in it, the change."""
    try:
        one = await edited(guest.actor, typed.get("person", ""))
    except Refused:
        return await not_theirs(request, guest, "person")
    if "name" not in typed:
        form = await person_form(guest.actor, one)
        return staff_page(request, guest, "staff_person.html", form=form, problem="", now=[])
    try:
        await edit_person(guest.actor, await read_person(guest.actor, one, typed))
    except Refused as no:
        problem, status = _why(guest, no)
        form = await person_form(guest.actor, one, typed)
        now = form.now if status == 409 else []
        return staff_page(
            request, guest, "staff_person.html", status=status, form=form, problem=problem, now=now
        )
    return _done(one.commune if guest.person.role is Role.ADMIN else "")


@routes.post(f"{PEOPLE}/removal")
@for_keepers
async def removal(request: web.Request, guest: Guest, typed: Mapping[str, str]) -> web.Response:
    """Asked once more, then every right ends at once."""
    try:
        one = await removable(guest.actor, typed.get("person", ""))
    except Refused:
        return await not_theirs(request, guest, "removal")
    if typed.get("sure") != "remove":
        who = name_of(guest.actor, one)
        return staff_page(request, guest, "staff_removal.html", who=who, person=one.id)
    if asked := await asks_for_pin(request, guest, typed):
        return asked
    await guest.actor.work.inbox.again("remove", guest.person.id, {"person": one.id})
    await remove(guest.actor, one)
    return _done()


@routes.get(f"{PEOPLE}/village")
@for_staff
async def village(request: web.Request) -> web.Response:
    """A village, or an empty form for a new one."""
    async with signed_in(request) as guest:
        query = {name: value[:16] for name, value in request.query.items()}
        if not may_look(guest.person):
            return not_found(request, guest)
        return await _village(request, guest, query)


@routes.post(f"{PEOPLE}/village")
@for_keepers
async def keep_village(
    request: web.Request, guest: Guest, typed: Mapping[str, str]
) -> web.Response:
    commune = typed.get("commune", "")[:16]
    try:
        await edit_village(guest.actor, read_village(commune, typed))
    except Refused as no:
        return await _village(request, guest, typed, _why(guest, no))
    return _done(commune if guest.person.role is Role.ADMIN else "")


async def _village(
    request: web.Request, guest: Guest, typed: Mapping[str, str], why: tuple[str, int] = ("", 200)
) -> web.Response:
    (problem, status), commune = why, typed.get("commune", "")[:16]
    places, code = guest.actor.kit.places().areas.communes, typed.get("code", "")
    known = await villages_of(guest.actor, commune)
    one = next((one for one in known if one.row.code == code), None)
    missing = commune not in places or (code and one is None)
    if missing or not may_keep_people(guest.person, commune):
        return await not_theirs(request, guest, "village")
    form = await village_form(guest.actor, commune, one, typed if problem else None)
    now = form.now if status == 409 else []
    return staff_page(
        request, guest, "staff_village.html", status=status, form=form, problem=problem, now=now
    )


@routes.get(f"{PEOPLE}/invite")
@for_staff
async def invite(request: web.Request) -> web.Response:
    """Whom to invite."""
    async with signed_in(request) as guest:
        if not may_look(guest.person):
            return not_found(request, guest)
        form = await invite_form(guest.actor, {"commune": request.query.get("commune", "")[:16]})
    return staff_page(request, guest, "staff_invite.html", form=form, problem="")


@routes.post(f"{PEOPLE}/invite")
@for_keepers
async def make_invitation(
    request: web.Request, guest: Guest, typed: Mapping[str, str]
) -> web.Response:
    """The code is shown once; a second person must agree before it opens anything."""
    form = await invite_form(guest.actor, typed)
    try:
        check_invite(form)
        if typed.get("role") != Role.COLLABORATOR and (
            asked := await asks_for_pin(request, guest, typed)
        ):
            return asked
        fields = {name: value for name, value in typed.items() if name not in ("csrf", "pin")}
        await guest.actor.work.inbox.again("invited", guest.person.id, {"form": fields})
        told = await invited(guest.actor, typed)
    except Refused as no:
        problem, status = _why(guest, no)
        return staff_page(
            request, guest, "staff_invite.html", status=status, form=form, problem=problem
        )
    return staff_page(request, guest, "staff_invited.html", told=told.split("\n"))
