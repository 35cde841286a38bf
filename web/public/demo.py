"""The trial: four people side by side, each a real web chat; nothing of it outside ANNHI_ENV=demo."""

import json
from datetime import datetime
from typing import Any

from aiohttp import web

from web.pages import chosen, page
from web.parts import PARTS, Demo
from web.public.chat_api import new_thread, open_thread, speak
from web.public.chat_page import chat
from web.security import ApiError, framed, same_origin

PANES = ("reporter", "collaborator", "officer", "leader")

routes = web.RouteTableDef()


@routes.get("/demo")
async def demo(request: web.Request) -> web.Response:
    """The page around the panes. Everybody who works in the invented commune can be reached from now on."""
    world, lang = _world(request), chosen(request)
    async with world.turn:
        for role in (*world.roles, PANES[0]):
            await _token(request, world, role)
        await _use(request, world, lang)
    values: dict[str, Any] = {
        "world": world.name,
        "scale": f"{world.scale:g}",
        "again": world.scratch,
    }
    values["behind"] = [one for one in world.roles if one not in PANES]
    return framed(page(request, "demo.html", lang, panes=PANES, **values))


@routes.get("/demo/pane/{role}")
async def pane(request: web.Request) -> web.Response:
    """The chat page of one of them. Its key comes with the page: the browser has one cookie, not four."""
    world, role = _world(request), _role(request)
    async with world.turn:
        token = await _token(request, world, role)
    lang = chosen(request)
    more = {
        "who": request.app[PARTS].catalog.say(lang, f"demo.pane.{role}"), "token": token,
        "exit_url": f"/demo/left/{role}?lang={lang}",
    }  # fmt: skip
    return framed(chat(request, lang, here=request.path, **more))


@routes.get("/demo/left/{role}")
async def left(request: web.Request) -> web.Response:
    """Where the exit of a pane leads: in place of the neutral site, which no frame may hold."""
    _world(request)
    return framed(page(request, "left.html", chosen(request), role=_role(request)))


@routes.get("/api/demo")
async def state(request: web.Request) -> web.Response:
    """Which world, and how late it is there."""
    return web.json_response(_state(_world(request)))


@routes.post("/api/demo/push")
async def push(request: web.Request) -> web.Response:
    """The clock goes forward; the answer comes when every moment on the way was lived through."""
    world = _world(request)
    same_origin(request)
    try:
        body: Any = json.loads(await request.read())
    except ValueError as error:
        raise ApiError(400) from error
    by = str(body.get("by")) if isinstance(body, dict) else ""
    if by not in world.pushes:
        raise ApiError(400)
    since = world.now()
    await world.push(by)
    return web.json_response({**_state(world), "behind": await _behind(request, world, since)})


@routes.post("/api/demo/again")
async def again(request: web.Request) -> web.Response:
    """Start over: this world ends, another begins at the same address."""
    world = _world(request)
    same_origin(request)
    if not world.scratch:
        raise ApiError(404)
    world.again()
    return web.json_response({"world": world.name}, status=202)


def _state(world: Demo) -> dict[str, Any]:
    return {"world": world.name, "now": world.now().isoformat(), "scale": world.scale}


async def _behind(request: web.Request, world: Demo, since: datetime) -> list[dict[str, str]]:
    """Who else was told something since then: staff of the commune whose phones the page does not show."""
    told = [
        {"role": role, "at": at}
        for role in world.roles
        if role not in PANES
        for at in await _heard(request, world, role)
        if datetime.fromisoformat(at) > since
    ]
    return sorted(told, key=lambda one: one["at"])


def _world(request: web.Request) -> Demo:
    """Raises ApiError 404 where nothing is tried."""
    world = request.app[PARTS].world
    if world is None:
        raise ApiError(404)
    return world


def _role(request: web.Request) -> str:
    role = request.match_info["role"]
    if role not in PANES:
        raise ApiError(404)
    return role


async def _token(request: web.Request, world: Demo, role: str) -> str:
    """Of the open thread of this role; a thread that was left is followed by a new one."""
    parts, token = request.app[PARTS], world.tokens.get(role, "")
    if await open_thread(parts, token) is None:
        code = await world.invitation(role) if role in world.roles else None
        _, token = await new_thread(parts, world.lang, code)
        world.tokens[role] = token
    return token


async def _use(request: web.Request, world: Demo, lang: str) -> None:
    """Another language of the page: everybody who was told something types the word for it."""
    if lang == world.lang:
        return
    world.lang = lang
    for role in PANES:
        if await _heard(request, world, role):
            await speak(request.app[PARTS], world.tokens[role], f"/ngonngu {lang}")
        else:
            del world.tokens[role]  # its next thread begins in this language


async def _heard(request: web.Request, world: Demo, role: str) -> list[str]:
    """When something was said to this role."""
    parts = request.app[PARTS]
    found = await open_thread(parts, world.tokens.get(role, ""))
    if found is None:
        return []
    async with parts.store.reading("demo") as work:
        return [body["at"] for _, _, body in await work.webchat.after(found[0], 0)]
