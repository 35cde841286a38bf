"""Pictures that everybody may see, under the names that the chat sends; nothing of any case."""

from aiohttp import web

from handlers.papers.public import public_picture, qr_of
from web.parts import PARTS
from web.security import ApiError

_KEPT = {"Cache-Control": "public, max-age=86400"}

routes = web.RouteTableDef()


@routes.get("/qr/{commune}.png")
async def code(request: web.Request) -> web.Response:
    """The code of a commune that is served here; the same for everybody who asks."""
    picture = public_picture(request.app[PARTS].kit, qr_of(request.match_info["commune"]))
    if picture is None:
        raise ApiError(404)
    return web.Response(body=picture.data, content_type="image/png", headers=_KEPT)
