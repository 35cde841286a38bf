"""The aiohttp application: public chat, webhooks, static files."""

from aiohttp import web

from web import webhooks
from web.pages import HERE
from web.parts import PARTS, Parts
from web.public import chat_api, chat_page, demo, events
from web.security import guard


def build(parts: Parts) -> web.Application:
    """All public routes behind one guard."""
    app = web.Application(middlewares=[guard], client_max_size=webhooks.LARGEST + 1024)
    app[PARTS] = parts
    for module in (chat_page, chat_api, events, demo, webhooks):
        app.add_routes(module.routes)
    app.router.add_static("/static", HERE / "static")
    return app


async def serve(app: web.Application, host: str, port: int) -> tuple[web.AppRunner, int]:
    """Listen; returns the runner (clean it up to stop) and the port in use."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    return runner, int(runner.addresses[0][1])
