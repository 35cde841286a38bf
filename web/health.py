"""/healthz, /readyz, /metrics on loopback: no names, no places, no codes."""

from aiohttp import web
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from storage import migrate
from storage.store import StorageBusy
from web.parts import PARTS, Parts
from web.security import guard

routes = web.RouteTableDef()


@routes.get("/healthz")
async def healthz(_: web.Request) -> web.Response:
    """The process answers."""
    return web.Response(text="ok\n")


@routes.get("/readyz")
async def readyz(request: web.Request) -> web.Response:
    """A write reaches the disk, and the schema is the one this program knows."""
    try:
        async with request.app[PARTS].store.transaction("ready") as work:
            if await work.pulse.schema() != migrate.head():
                return web.Response(text="the schema is not this program's\n", status=503)
            if older := request.app[PARTS].older():
                names = ", ".join(sorted(older))
                return web.Response(text=f"the database is too new for {names}\n", status=503)
            await work.pulse.beat()
    except (StorageBusy, OSError):
        return web.Response(text="the database cannot be written\n", status=503)
    return web.Response(text="ok\n")


@routes.get("/metrics")
async def metrics(request: web.Request) -> web.Response:
    """Counts, without labels that could name anybody."""
    registry = CollectorRegistry()
    for name, help_, value in await _figures(request.app[PARTS]):
        Gauge(name, help_, registry=registry).set(value)
    return web.Response(body=generate_latest(registry), content_type="text/plain")


async def _figures(parts: Parts) -> list[tuple[str, str, float]]:
    async with parts.store.reading("metrics") as work:
        timer = await work.timers.next_at()
        late = max((work.now - timer).total_seconds(), 0.0) if timer else 0.0
        waiting = await work.outbox.in_state("waiting", "sending")
        dead = await work.outbox.in_state("dead")
        return [
            ("cases_open", "open cases", await work.cases.count_open()),
            ("timer_lag_seconds", "how late the oldest armed timer is", late),
            ("outbox_waiting", "messages on their way", waiting),
            ("outbox_dead", "messages that could not be delivered", dead),
        ]


def build_admin(parts: Parts) -> web.Application:
    """The small application behind ANNHI_ADMIN_PORT."""
    app = web.Application(middlewares=[guard])
    app[PARTS] = parts
    app.add_routes(routes)
    return app
