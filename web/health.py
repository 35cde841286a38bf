"""/healthz, /readyz, /metrics on loopback: no names, no places, no codes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest

from storage import migrate
from storage.store import StorageBusy
from web.figures import Figures, offset_of
from web.parts import PARTS, Parts
from web.security import guard

LAG = 5.0  # seconds that the loop may be late
POLLED = 90.0  # seconds since a messenger that is asked answered well
FREE = 0.10  # of each disk
OFFSET = 5.0  # seconds between this machine and the clock of its PostgreSQL
routes = web.RouteTableDef()


@routes.get("/healthz")
async def healthz(request: web.Request) -> web.Response:
    """The process answers, and its loop is not late. Asks no database."""
    vitals = request.app[PARTS].vitals
    if vitals is not None and vitals.lag() >= LAG:
        return web.Response(text="the loop is late\n", status=503)
    return web.Response(text="ok\n")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be so for new work: `said` in a few words, also when it is."""

    ok: bool
    said: str


@routes.get("/readyz")
async def readyz(request: web.Request) -> web.Response:
    """Whether new work may come here; which of the checks says no, as JSON."""
    checks = await _checks(request.app[PARTS])
    ready = all(one.ok for one in checks.values())
    body = {name: {"ok": one.ok, "said": one.said} for name, one in checks.items()}
    return web.json_response({"ready": ready, "checks": body}, status=200 if ready else 503)


async def _checks(parts: Parts) -> dict[str, Check]:
    found = await _guarded(parts, _database)
    if all(one.ok for one in found.values()):
        found |= await _guarded(parts, _rows)
    return {**found, **_disks(parts), **_channels(parts, found)}


async def _guarded(
    parts: Parts, ask: Callable[[Parts], Awaitable[dict[str, Check]]]
) -> dict[str, Check]:
    try:
        return await ask(parts)
    except (StorageBusy, OSError):
        return {"database": Check(ok=False, said="cannot be written")}


async def _database(parts: Parts) -> dict[str, Check]:
    """A write that reaches the disk and finds room there; the schema this program knows."""
    async with parts.store.transaction("ready") as work:
        known = await work.pulse.schema() == migrate.head()
        if known:
            await work.pulse.beat()
    said = "is this program's" if known else "is not this program's"
    if older := sorted(parts.older()):
        known, said = False, f"is too new for {', '.join(older)}"
    return {"database": Check(ok=True, said="takes writes"), "schema": Check(known, said)}


async def _rows(parts: Parts) -> dict[str, Check]:
    async with parts.store.reading("ready") as work:
        late, offset = await work.lags.urgent(), await offset_of(parts, work)
        gates = await work.lags.gates()
    steady = offset is None or abs(offset) <= OFFSET
    clock = "is steady" if steady else "is not the database's"
    found = {
        "urgent": Check(not late, f"{late} wait for more than 5 minutes"),
        "clock": Check(steady, clock),
    }
    # Shut is not down: the others carry, and what waits there is seen by `urgent`.
    return found | {
        f"gate {name}": Check(ok=True, said=f"shut: {why}") for name, why in gates.items()
    }


def _disks(parts: Parts) -> dict[str, Check]:
    free = {name: parts.free(folder) for name, folder in parts.disks.items()}
    return {
        f"disk {name}": Check(share > FREE, f"{share:.0%} free") for name, share in free.items()
    }


def _channels(parts: Parts, found: dict[str, Check]) -> dict[str, Check]:
    """Each channel by name: one that is asked must have answered lately, any other is knocked at."""
    polls = parts.vitals.polls() if parts.vitals is not None else {}
    checks = {}
    for name, _ in parts.channels:
        said, ok = "is not asked here", True
        if name in polls:
            ok, said = polls[name] < POLLED, f"answered {polls[name]:.0f} seconds ago"
        gate = found.get(f"gate {name}")
        checks[f"channel {name}"] = Check(ok, f"{said}, {gate.said}" if gate else said)
    return checks


@routes.get("/metrics")
async def metrics(request: web.Request) -> web.Response:
    """Counts, without labels that could name anybody."""
    registry = CollectorRegistry()
    registry.register(await Figures.of(request.app[PARTS]))
    return web.Response(body=generate_latest(registry), content_type="text/plain")


def build_admin(parts: Parts) -> web.Application:
    """The small application behind ANNHI_ADMIN_PORT."""
    app = web.Application(middlewares=[guard])
    app[PARTS] = parts
    app.add_routes(routes)
    return app
