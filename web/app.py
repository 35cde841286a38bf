"""The aiohttp application: public chat, staff pages, webhooks, static files."""

from socket import socket

from aiohttp import web

from web import webhooks
from web.access_log import LOGGED, RouteNames, log
from web.networks import NETWORKS, Networks
from web.pages import HERE
from web.parts import PARTS, Parts
from web.public import chat_api, chat_page, demo, events, media_api, pictures, slip
from web.security import guard
from web.staff import (
    acts,
    calendar,
    case_page,
    dashboard,
    figures,
    files,
    openings,
    papers,
    people,
    pin,
    reads,
    settings,
    sign_in,
)

Door = web.AppRunner  # what listens; `cleanup` shuts it


def build(parts: Parts) -> web.Application:
    """All public routes behind one guard."""
    app = web.Application(middlewares=[guard], client_max_size=webhooks.LARGEST + 1024)
    app[PARTS] = parts
    app[LOGGED] = parts.access_log
    app[NETWORKS] = Networks(parts.kit.clock, parts.kit.chance)
    public = (chat_page, chat_api, media_api, events, demo, slip, pictures)
    staff = (
        sign_in, dashboard, case_page, acts, files, papers, figures, calendar, people, settings, pin,
        openings, reads,
    )  # fmt: skip
    for module in (*public, *staff, webhooks):
        app.add_routes(module.routes)
    app.router.add_static("/static", HERE / "static")
    return app


async def serve(
    app: web.Application, host: str, port: int, held: socket | None = None
) -> tuple[web.AppRunner, int]:
    """Listen; returns the runner (clean it up to stop) and the port in use.

    `held`: a socket that somebody else opened and keeps open after us.
    """
    said = log if app.get(LOGGED) else None
    runner = web.AppRunner(app, access_log=said, access_log_class=RouteNames, shutdown_timeout=2.0)
    await runner.setup()
    site = web.SockSite(runner, held) if held else web.TCPSite(runner, host, port)
    await site.start()
    return runner, int(runner.addresses[0][1])
