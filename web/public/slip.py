"""The page of a slip: looking at it shows nothing, a press opens it, a press says that it was received.

The token stands behind the # of the address, where neither a server nor the preview robot of a
messenger sees it; it comes in the body of a POST, and no account is needed.
"""

from aiohttp import web

from handlers.actor import Actor
from handlers.pages.slip import SlipPage, answer_slip, open_slip
from storage.records.sign_in import IDLE
from web.networks import NETWORKS, network_of
from web.pages import language, page
from web.parts import PARTS
from web.security import ApiError, same_origin

_LONGEST = 64
_NOINDEX = {"X-Robots-Tag": "noindex, nofollow, noarchive"}

routes = web.RouteTableDef()


@routes.get("/slip")
async def door(request: web.Request) -> web.Response:
    """The same for everybody: a button, and nothing of any case."""
    return _page(request, None, "")


@routes.post("/slip")
async def show(request: web.Request) -> web.Response:
    token, parts = await _token(request), request.app[PARTS]
    async with parts.store.transaction("slip") as work:
        opened = await open_slip(Actor(work, parts.kit), token, language(request))
    if opened is None:
        await request.app[NETWORKS].wrong(network_of(request))
    return _page(request, opened, token)


@routes.post("/slip/received")
async def received(request: web.Request) -> web.Response:
    token, parts = await _token(request), request.app[PARTS]
    async with parts.store.transaction("slip") as work:
        answered = await answer_slip(Actor(work, parts.kit), token, language(request))
    if answered is None:
        await request.app[NETWORKS].wrong(network_of(request))
    return _page(request, answered, token)


async def _token(request: web.Request) -> str:
    """From a form of our own page. Raises ApiError."""
    same_origin(request)
    try:
        token = (await request.post()).get("token", "")
    except (ValueError, LookupError) as error:  # torn, or in letters that nobody knows
        raise ApiError(400) from error
    return token if isinstance(token, str) and token.isascii() and len(token) <= _LONGEST else ""


def _page(request: web.Request, slip: SlipPage | None, token: str) -> web.Response:
    """The slip; the door; or, the same for unknown, old and shut links, that nothing is here."""
    gone = slip is None and request.method == "POST"
    answer = page(request, "slip.html", language(request), slip=slip, token=token, gone=gone)
    answer.set_status(404 if gone else 200)
    answer.headers.update(_NOINDEX)
    if slip is not None:  # left open, it gives way to the door
        answer.headers["Refresh"] = f"{IDLE.seconds}; url=/slip"
    return answer
