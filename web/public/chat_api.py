"""The web chat's JSON (INTERFACES.md section 3): 202 only after the commit."""

import json
import re
from base64 import urlsafe_b64encode
from typing import Any

from aiohttp import web

from cases.codes import digest
from cases.posters import is_poster
from handlers.watching.ticket import drill_thread
from notifications.channel import Admitted, Rejected
from web.networks import NETWORKS, network_of
from web.parts import PARTS, Parts
from web.public.thread import drawn, told
from web.security import ApiError, same_origin, secure_cookie

COOKIE = "chat"
LEFT = "left"  # set by a page that left without network: the next one forgets before it shows
STAFF_COOKIE = 400 * 24 * 3600  # seconds; the longest a browser keeps one
LONGEST = 4000
LARGEST = 64 * 1024  # bytes of a message: its longest text fits, whatever its letters
ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
# Names of our own messages: no client can say them, so none can stand in their place.
_START, _EXIT = ":start", ":exit"
_KINDS = ("text", "choice", "location", "start", "signal")
_WORDS = ("text", "prompt", "option", "signal", "payload")

routes = web.RouteTableDef()


@routes.post("/api/chat/sessions")
async def open_session(request: web.Request) -> web.Response:
    """A new thread. With `start`, its first message is the invitation or poster code.

    Without, a browser that has a thread keeps it: a second tab opens no second one. A script, which
    names no origin, is given a new one each time. From a network that opens very many it comes later.
    """
    same_origin(request)
    body = await _json(request) if request.can_read_body else {}
    parts = request.app[PARTS]
    start = body.get("start")
    browser = "Origin" in request.headers
    if browser and start is None and (kept := await _kept(request)):
        return web.json_response(kept, status=201)
    lang = parts.catalog.known([str(body.get("lang"))])
    start = start if isinstance(start, str) and len(start) <= 64 else None
    await request.app[NETWORKS].opens(network_of(request))
    session, token = await new_thread(parts, lang, start)
    invited = bool(start) and not is_poster(str(start))
    response = web.json_response({"session": session, "token": token}, status=201)
    # An officer's page is an address that must outlive the browser; a reporter's must not.
    response.set_cookie(
        COOKIE, token, httponly=True, samesite="Strict", secure=secure_cookie(request), path="/",
        max_age=STAFF_COOKIE if invited else None,
    )  # fmt: skip
    return response


async def new_thread(parts: Parts, lang: str, start: str | None) -> tuple[str, str]:
    """(session, token) of a thread that nobody has; with `start` that is its first message."""
    token = urlsafe_b64encode(parts.store.chance.bytes(24)).decode()
    drill = drill_thread(parts.store, start)
    start = None if drill else start
    async with parts.store.transaction("session") as work:
        session = await work.webchat.put(drill or work.new_id(), digest(token), lang)
        told = {"session": session, "token": digest(token), "lang": lang}
        await work.inbox.redo("thread", told, "page")
        now = work.now.isoformat()
    if start is not None:
        first = {"id": _START, "kind": "start", "payload": start}
        await accept(parts, {**first, "session": session, "at": now, "lang": lang})
    return session, token


async def speak(parts: Parts, token: str, text: str) -> None:
    """Something typed in the thread that this token opens."""
    found = await open_thread(parts, token)
    if found is None:
        return
    message = {"id": parts.store.chance.bytes(16).hex(), "kind": "text", "text": text}
    at = parts.store.clock.now().isoformat()
    await accept(parts, {**message, "session": found[0], "at": at, "lang": found[1]})


async def _kept(request: web.Request) -> dict[str, str] | None:
    """The open thread behind the cookie, with the cookie's own token."""
    token = request.cookies.get(COOKIE, "")
    found = await open_thread(request.app[PARTS], token)
    return {"session": found[0], "token": token} if found else None


@routes.post("/api/chat/messages")
async def post_message(request: web.Request) -> web.Response:
    """One message of a person."""
    same_origin(request)
    session, lang = await session_of(request)
    body = await _json(request)
    message = _message(body)
    at = request.app[PARTS].store.clock.now().isoformat()
    whole = {**message, "session": session, "at": at, "lang": lang}
    new = await accept(request.app[PARTS], whole)
    answer = {"id": message["id"], "accepted": True, "duplicate": not new}
    return web.json_response(answer, status=202)


@routes.get("/api/chat/messages")
async def get_messages(request: web.Request) -> web.Response:
    """Everything said to this session since `after`; what came before it has been drawn."""
    session, lang = await session_of(request)
    after = request.query.get("after", "0")
    if not after.isascii() or not after.isdigit() or len(after) > 15:
        raise ApiError(400)
    parts = request.app[PARTS]
    await drawn(parts.store, session, int(after))
    async with parts.store.reading("thread") as work:
        rows = await work.webchat.after(session, int(after))
    last = rows[-1][0] if rows else int(after)
    return web.json_response({"messages": told(parts, lang, rows), "last": last})


@routes.delete("/api/chat/sessions")
async def quick_exit(request: web.Request) -> web.Response:
    """The server forgets the address; what was told of a child is still filed.

    Stored first: when the answer is 503 the thread is still open, and leaving it again works.
    """
    same_origin(request)
    session, lang = await session_of(request)
    parts = request.app[PARTS]
    leaving = {"id": _EXIT, "kind": "signal", "signal": "exit", "session": session, "lang": lang}
    await accept(parts, {**leaving, "at": parts.store.clock.now().isoformat()})
    async with parts.store.transaction("exit") as work:
        await work.webchat.close(session)
        await work.inbox.redo("left", {"session": session}, "page")
    response = web.Response(status=204)
    for name in (COOKIE, LEFT):
        response.del_cookie(name, path="/")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


async def session_of(request: web.Request) -> tuple[str, str]:
    """(session, language) behind the token or cookie. Raises ApiError 401."""
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    token = bearer if scheme.lower() == "bearer" else request.cookies.get(COOKIE, "")
    found = await open_thread(request.app[PARTS], token)
    if found is None:
        raise ApiError(401)
    return found


async def open_thread(parts: Parts, token: str) -> tuple[str, str] | None:
    """(session, language) of the open thread that this token opens."""
    if not (token and token.isascii() and len(token) <= 128):
        return None
    async with parts.store.reading("session") as work:
        return await work.webchat.session(token)


async def _json(request: web.Request) -> dict[str, Any]:
    if request.content_type not in ("application/json", "application/octet-stream"):
        raise ApiError(415)
    if (request.content_length or 0) > LARGEST:
        raise ApiError(413)
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError) as error:
        raise ApiError(400) from error
    if not isinstance(body, dict):
        raise ApiError(400)
    return body


def _message(body: dict[str, Any]) -> dict[str, Any]:
    """The known fields, checked. Raises ApiError 400, or 413 for a text that is too long."""
    key, kind = body.get("id"), body.get("kind")
    if not isinstance(key, str) or not ID.fullmatch(key) or kind not in _KINDS:
        raise ApiError(400)
    words = {name: body[name] for name in _WORDS if body.get(name) is not None}
    if any(not isinstance(word, str) for word in words.values()):
        raise ApiError(400)
    if any(len(word) > LONGEST for word in words.values()):
        raise ApiError(413)
    if kind == "start" and "text" in words:
        words["payload"] = words.pop("text")
    return {"id": key, "kind": kind, **words, **_point(body, kind)}


def _point(body: dict[str, Any], kind: str) -> dict[str, float]:
    if kind != "location":
        return {}
    lat, lon = body.get("lat"), body.get("lon")
    for value, limit in ((lat, 90), (lon, 180)):
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= limit:
            raise ApiError(400)
    assert lat is not None
    assert lon is not None
    return {"lat": float(lat), "lon": float(lon)}


async def accept(parts: Parts, message: dict[str, Any]) -> bool:
    """Into the inbox, committed. False = it was there already."""
    raw = json.dumps(message).encode()
    channel = parts.channels["web", "site"]
    admitted = channel.admit({}, raw)
    if isinstance(admitted, Rejected):
        raise ApiError(admitted.status)
    assert isinstance(admitted, Admitted)
    return await parts.inlet.accept("web", "site", admitted, raw)
