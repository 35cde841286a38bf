"""Headers, our own origin, and errors that tell nothing about the inside."""

import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from storage.journal import JournalBroken
from storage.store import StorageBusy
from web.access_log import route_of
from web.pages import language, page
from web.parts import PARTS

log = logging.getLogger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "media-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
# What is the same for everybody may be kept, so that a weak network carries it once; leaving empties
# it (Clear-Site-Data). A font never changes under its name, everything else is asked for again.
_STATIC, _FONTS = "private, no-cache", "private, max-age=31536000, immutable"
_CODES = {
    400: "bad_json", 401: "no_session", 403: "foreign", 404: "not_found", 405: "not_found",
    413: "too_big", 415: "wrong_type", 429: "slow_down", 503: "busy",
}  # fmt: skip


class ApiError(Exception):
    """An HTTP error with its sentence in the reader's language; `key` where the usual one says too little."""

    def __init__(self, status: int, retry_after: int = 0, key: str = "") -> None:
        super().__init__(str(status))
        self.status = status
        self.retry_after = retry_after
        self.key = key


def error_response(
    request: web.Request, status: int, retry_after: int = 0, key: str = ""
) -> web.Response:
    """`{"error":{"code","message"}}`, or a page for who asks for one; never a word about the inside."""
    code, lang = _CODES.get(status, "busy"), language(request)
    message = request.app[PARTS].catalog.say(lang, key or f"api.{code}")
    headers = {"Retry-After": str(retry_after)} if retry_after else {}
    if "text/html" in request.headers.get("Accept", ""):
        answer = page(request, "note.html", lang, message=message)
        answer.set_status(status)
        answer.headers.update(headers)
        return answer
    body = {"error": {"code": code, "message": message}}
    return web.json_response(body, status=status, headers=headers)


_EXPECTED = (ApiError, web.HTTPException, StorageBusy, JournalBroken, OSError)


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every answer gets the headers; every failure, a bug too, becomes a status and a sentence."""
    try:
        response = await handler(request)
    except Exception as error:
        if not isinstance(error, _EXPECTED):
            log.exception("request failed", extra={"route": route_of(request)})
        if request.writer.output_size:
            raise  # a stream that has begun can only be broken off: its page asks again
        response = _answer(request, error)
    if not response.prepared:
        for name, value in {**HEADERS, **_kept(request, response)}.items():
            response.headers.setdefault(name, value)
    return response


def _kept(request: web.Request, response: web.StreamResponse) -> dict[str, str]:
    """How long a browser may keep a file of the page itself; nothing that was said is one."""
    if not request.path.startswith("/static/") or response.status != 200:
        return {}  # a file that has not changed becomes 304 later, with the same headers
    if request.path.endswith(".woff2"):
        return {"Cache-Control": _FONTS, "Content-Type": "font/woff2"}
    return {"Cache-Control": _STATIC}


def framed(page: web.Response) -> web.Response:
    """Of the trial only: this page may stand in a frame of ours, and hold one."""
    policy = HEADERS["Content-Security-Policy"].replace("frame-ancestors 'none'", "")
    policy += "frame-src 'self'; frame-ancestors 'self'"
    page.headers["Content-Security-Policy"] = policy
    return page


def _answer(request: web.Request, error: Exception) -> web.Response:
    if isinstance(error, ApiError):
        return error_response(request, error.status, error.retry_after, error.key)
    if isinstance(error, web.HTTPException):
        return error_response(request, error.status)
    return error_response(request, 503, 2)


def same_origin(request: web.Request) -> None:
    """A browser's state-changing call must come from our own page. Raises ApiError 403."""
    origin = request.headers.get("Origin")
    if origin is None or "Authorization" in request.headers:
        return
    public = request.app[PARTS].public_url
    own = {f"{request.scheme}://{request.host}", public.rstrip("/")}
    if origin not in own:
        raise ApiError(403)


def secure_cookie(request: web.Request) -> bool:
    """Whether cookies are for https only: the public address decides."""
    return request.app[PARTS].public_url.startswith("https://")
