"""Server-sent events of one session; polling `?after=` gives the same list."""

import asyncio
import json

from aiohttp import web

from web.parts import PARTS, Parts
from web.public.chat_api import session_of
from web.public.thread import drawn, told
from web.security import HEADERS

QUIET = 20.0  # seconds between comment lines, so that no proxy closes the stream
DEAF = 2.0  # seconds between two looks, while nobody would ring

routes = web.RouteTableDef()


@routes.get("/api/chat/events")
async def events(request: web.Request) -> web.StreamResponse:
    """`message`, `edit`, `remove`; `id:` is the seq; honours Last-Event-ID."""
    session, lang = await session_of(request)
    last = request.headers.get("Last-Event-ID", request.query.get("after", "0"))
    seq = int(last) if last.isascii() and last.isdigit() and len(last) < 16 else 0
    response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
    await response.prepare(request)
    parts, bell = request.app[PARTS], asyncio.Event()
    await drawn(parts.store, session, seq)
    parts.doorbells.hang(session, bell)
    try:
        while True:
            bell.clear()
            seq = await _write(parts, response, (session, lang), seq)
            try:
                async with asyncio.timeout(QUIET if parts.hears() else DEAF):
                    await bell.wait()
            except TimeoutError:
                await response.write(b": still here\n\n")
    except ConnectionResetError:
        return response
    finally:
        parts.doorbells.take_down(session, bell)


async def _write(
    parts: Parts, response: web.StreamResponse, page: tuple[str, str], seq: int
) -> int:
    session, lang = page
    async with parts.store.reading("thread") as work:
        rows = await work.webchat.after(session, seq)
    for message in told(parts, lang, rows):
        name, seq = message.get("op", "message"), message["seq"]
        data = json.dumps(message, ensure_ascii=False)
        await response.write(f"event: {name}\nid: {seq}\ndata: {data}\n\n".encode())
    return seq
