"""The chat page: one address for all steps, no login."""

import re
from urllib.parse import quote

from aiohttp import web

from cases.posters import is_poster
from web.pages import chosen, page

# What the script of the page says; the rest stands in the page.
_SAID = (
    "again", "choose", "crowded", "failed", "file_big", "file_empty", "file_type", "file_unread", "location",
    "location_failed", "lost", "phone", "phone_send", "phone_short", "picture", "record", "record_failed",
    "recording", "refused", "sending", "sent", "stop", "stopped", "sure", "too_long", "waiting",
)  # fmt: skip
_FILES = ("image", "audio", "video", "file")

_CODE = re.compile(r"[A-Za-z0-9-]{1,64}")  # an invitation, or a poster

routes = web.RouteTableDef()


@routes.get("/")
@routes.get("/join/{code}")
async def chat_page(request: web.Request) -> web.Response:
    """The same page with and without an invitation; the code is spent by a press, not by a look."""
    lang = chosen(request)
    # Whatever else stands in an address may be somebody's words: it is not said back.
    start = request.match_info.get("code", "")
    start = start if _CODE.fullmatch(start) else ""
    here = f"/join/{quote(start, safe='')}" if start else "/"
    return chat(request, lang, here=here, start=start)


def chat(request: web.Request, lang: str, *, here: str, **more: str) -> web.Response:
    """The chat. `start`: a code to begin with; `token`: a key of its own in place of the cookie, of `who`."""
    start = more.get("start", "")
    invited = bool(start) and not is_poster(start)  # a poster's code is a reporter's door
    values = {"start": start, "token": "", "who": "", "invited": invited, "here": here, **more}
    return page(request, "chat.html", lang, said=_SAID, files=_FILES, **values)
