"""Messengers knock here: secret, size, JSON; 200 only after the commit (INTERFACES.md section 4)."""

from aiohttp import web

from notifications.channel import Guarded, Rejected
from web.parts import PARTS
from web.security import ApiError

LARGEST = 1024 * 1024

routes = web.RouteTableDef()


@routes.post("/telegram/webhook")
async def telegram(request: web.Request) -> web.Response:
    return await _webhook(request, "telegram")


@routes.post("/zalo/bot/webhook")
async def zalo_bot(request: web.Request) -> web.Response:
    return await _webhook(request, "zalobot")


@routes.post("/zalo/oa/webhook")
async def zalo_oa(request: web.Request) -> web.Response:
    return await _webhook(request, "zalooa")


async def _webhook(request: web.Request, name: str) -> web.Response:
    parts = request.app[PARTS]
    channel = next((one for key, one in parts.channels.items() if key[0] == name), None)
    if channel is None:
        raise ApiError(404)
    if request.body_exists and isinstance(channel, Guarded) and not channel.knows(request.headers):
        raise ApiError(401)  # before its body is read: a flood of them costs next to nothing
    if (request.content_length or 0) > LARGEST:
        raise ApiError(413)
    body = await request.read()
    if len(body) > LARGEST:
        raise ApiError(413)
    admitted = channel.admit(request.headers, body)
    if isinstance(admitted, Rejected):
        if admitted.status == 200:
            return web.Response()  # a probe: answered, and not stored
        raise ApiError(admitted.status)
    await parts.inlet.accept(name, channel.account, admitted, body)
    parts.stored(channel, body)
    return web.Response()
