"""The chat page: one address for all steps, no login."""

from urllib.parse import quote

from aiohttp import web

from web.pages import page

routes = web.RouteTableDef()


@routes.get("/")
@routes.get("/join/{code}")
async def chat_page(request: web.Request) -> web.Response:
    """The same page with and without an invitation; the code is spent by a press, not by a look."""
    lang = "en" if request.query.get("lang") == "en" else "vi"
    start = request.match_info.get("code", "")
    invited = bool(start) and not start.startswith("xa-")  # a poster's code is a reporter's door
    here = f"/join/{quote(start, safe='')}" if start else "/"
    return page(request, "chat.html", lang, start=start, invited=invited, here=here)
