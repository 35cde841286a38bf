"""The chat page: one address for all steps, no login."""

from aiohttp import web

from web.pages import page

routes = web.RouteTableDef()


@routes.get("/")
@routes.get("/join/{code}")
async def chat_page(request: web.Request) -> web.Response:
    """The same page with and without an invitation; the code is spent by a press, not by a look."""
    lang = "en" if request.query.get("lang") == "en" else "vi"
    return page(request, "chat.html", lang, start=request.match_info.get("code", ""))
