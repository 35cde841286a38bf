"""What a commune sets: its chains and its own clocks, a form for each; the law's only to read."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from cases.chains import CHAINS, name_of
from cases.errors import Conflict, Refused
from cases.model import Level
from cases.roles import may_set, may_set_chain
from cases.settings import SETTINGS
from handlers.actions.keep_settings import Change, set_amounts, set_chain
from handlers.pages.chain_page import chain_form, decided_since, read_chain, steps_of_form
from handlers.pages.settings_page import communes_of, in_force, numbers_form, settings_page
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

SETTINGS_PAGE = "/dashboard/settings"

routes = web.RouteTableDef()


@dataclass(frozen=True, slots=True)
class Tried:
    """What somebody typed and why it was not done; nothing of both on a fresh form."""

    typed: Mapping[str, str] | None = None
    problem: str = ""
    status: int = 200


@routes.get(SETTINGS_PAGE)
@for_staff
async def overview(request: web.Request) -> web.Response:
    """What is in force in one commune; whoever has several in view chooses one first."""
    async with signed_in(request) as guest:
        communes = await _communes(guest)
        chosen = request.query.get("commune", "")[:16] or (
            next(iter(communes)) if len(communes) == 1 else ""
        )
        if not may_set_chain(guest.person, chosen or guest.person.commune):
            return not_found(request, guest)
        if chosen not in communes:
            return staff_page(request, guest, "staff_communes.html", communes=communes)
        shown = await settings_page(guest.actor, chosen)
    said = said_of(request.query.get("said", ""))
    return staff_page(request, guest, "staff_settings.html", shown=shown, said=said)


@routes.get(f"{SETTINGS_PAGE}/{{name}}")
@for_staff
async def form(request: web.Request) -> web.Response:
    """One chain or one setting, to be changed."""
    async with signed_in(request) as guest:
        commune, name = request.query.get("commune", "")[:16], request.match_info["name"]
        if not await _may(guest, commune, name):
            return not_found(request, guest)
        return await _form(request, guest, (commune, name))


@routes.post(f"{SETTINGS_PAGE}/{{name}}")
@for_staff
async def change(request: web.Request) -> web.Response:
    """It is done, or why not, with what was typed still there."""
    typed = await form_of(request)
    async with signed_in(request) as guest:
        commune, name = typed.get("commune", "")[:16], request.match_info["name"]
        if not await _may(guest, commune, name):
            return not_found(request, guest)
        if not made_here(guest, typed) or not typed.get("seen", "").isdecimal():
            raise ApiError(403)
        try:
            await _do(guest, Change(commune, name, int(typed["seen"][:9])), typed)
        except Conflict as no:
            since = await decided_since(guest.actor, commune, name)
            problem = guest.actor.words(no.key, since=since)
            return await _form(request, guest, (commune, name), Tried(typed, problem, 409))
        except Refused as no:
            problem = guest.actor.words(no.key, **no.values_)
            return await _form(request, guest, (commune, name), Tried(typed, problem, 422))
    where = f"{SETTINGS_PAGE}?commune={commune}&said=done"
    return web.Response(status=303, headers={"Location": where})


async def _communes(guest: Guest) -> dict[str, str]:
    return dict(await communes_of(guest.actor))


async def _may(guest: Guest, commune: str, name: str) -> bool:
    """Whether there is such a setting, of a commune and of a kind that is theirs to change."""
    if commune not in await _communes(guest):
        return False
    if name in SETTINGS:
        return may_set(guest.person, commune)
    return _level(name) is not None and may_set_chain(guest.person, commune)


def _level(name: str) -> Level | None:
    return next((level for level in CHAINS if name_of(level) == name), None)


async def _do(guest: Guest, change: Change, typed: Mapping[str, str]) -> None:
    level = _level(change.name)
    if level is None:
        await set_amounts(guest.actor, change, typed)
        return
    filled = await read_chain(guest.actor, change.commune, typed)
    await set_chain(guest.actor, change, level, steps_of_form(level, filled))


async def _form(
    request: web.Request, guest: Guest, which: tuple[str, str], tried: Tried = Tried()
) -> web.Response:
    (commune, name), level, actor = which, _level(which[1]), guest.actor
    now = await in_force(actor, commune, name) if tried.status == 409 else []
    values = {
        "commune": commune, "place": (await _communes(guest))[commune], "which": name,
        "problem": tried.problem, "now": now,
    }  # fmt: skip
    if level is None:
        form = await numbers_form(actor, commune, SETTINGS[name], tried.typed)
        return staff_page(
            request, guest, "staff_setting.html", status=tried.status, form=form, **values
        )
    filled = await read_chain(actor, commune, tried.typed) if tried.typed else None
    steps = await chain_form(actor, commune, level, filled)
    return staff_page(request, guest, "staff_chain.html", status=tried.status, form=steps, **values)
