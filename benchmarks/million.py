"""A million cases in the database, SQLite and PostgreSQL: what staff wait for, and what a tick costs.

Each part is a process of its own, so that its memory is its own:
python -m benchmarks.million fill|ask URL FOLDER MANY    (prints its figures as JSON)
python -m benchmarks.million 50000                       (the whole with so many cases, shown)
"""

import asyncio
import json
import resource
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from benchmarks import start
from benchmarks.common import ROOT, Figure, at, scratch, spread
from bot.app import App, Edges, freeze_heap, open_app
from bot.config import Config, load
from bot.loops import drain_rows
from cases.model import Person, Role
from handlers.actor import Actor
from handlers.casework.search import search
from handlers.pages.city import city_view
from handlers.pages.figures_page import figures_page
from handlers.pages.worklist import rows_of, worklist
from storage.seed.country import load_country, read_country
from storage.unit_of_work import UnitOfWork
from tests.support import postgres
from tests.support.city import ROLES, City, fill

MANY = 1_000_000
PROVINCE = "48"  # its communes are the city
P95 = 50  # ms
TIMES, SLOW_TIMES = 40, 5
_SETTINGS = {"fsync": "on", "full_page_writes": "on", "autovacuum": "on", "shared_buffers": "512MB"}
Ask = Callable[[Actor], Awaitable[Any]]


async def on_sqlite(many: int = MANY) -> list[Figure]:
    with scratch() as folder:
        return await _database("SQLite", f"sqlite+aiosqlite:///{folder}/annhi.db", folder, many)


async def on_postgres(many: int = MANY) -> list[Figure]:
    with scratch() as folder, postgres.server(**_SETTINGS) as server:
        return await _database("PostgreSQL", server.url(), folder, many)


PARTS = (on_sqlite, on_postgres)


async def _database(name: str, url: str, folder: Path, many: int) -> list[Figure]:
    began = time.perf_counter()
    await _part("fill", url, folder, many)
    took = time.perf_counter() - began
    asked = await _part("ask", url, folder, many)
    begins, memory = await start.once(folder, start.environment() | _env(url, folder))
    return [
        Figure(f"**{many:,} cases, {name}**: filled by bulk", f"{took:.0f} s"),
        *[_figure(what, took) for what, took in asked["took"].items()],
        Figure("… one pass of the auditor", f"{asked['auditor']:.0f} ms"),
        Figure("… most memory of the process that was asked all this", f"{asked['memory']} MB"),
        Figure("… start until /healthz answers, memory then", f"{begins:.2f} s, {memory} MB"),
    ]


def _figure(what: str, took: list[float]) -> Figure:
    """A target is promised of what everybody opens every day."""
    promised = not what.endswith("*")
    told = f"p95 {at(took, 0.95):.0f} ms; {spread(took)}"
    good = at(took, 0.95) < P95
    return Figure(
        f"… {what.rstrip('*')}", told, f"p95 {P95} ms" * promised, good if promised else None
    )


async def _part(what: str, url: str, folder: Path, many: int) -> dict[str, Any]:
    run = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.million", what, url, str(folder), str(many), cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    told, _ = await run.communicate()
    assert run.returncode == 0, what
    found: dict[str, Any] = json.loads(told)
    return found


def _env(url: str, folder: Path) -> dict[str, str]:
    return {
        "ANNHI_DATABASE_URL": url, "ANNHI_KEY_FILE": str(folder / "keys.json"),
        "ANNHI_JOURNAL_DIR": str(folder / "journal"),
    }  # fmt: skip


@asynccontextmanager
async def _opened(url: str, folder: Path) -> AsyncIterator[App]:
    config: Config = load(_env(url, folder), folder / "none.env")
    app = await open_app(config, Edges(channels=[]))
    freeze_heap()
    try:
        yield app
    finally:
        await app.close(5)


def _communes() -> list[str]:
    return [code for code, _, _, province in read_country().units if province == PROVINCE]


async def _fill(url: str, folder: Path, many: int) -> dict[str, Any]:
    """A city whose every commune has its officer, deputy and leader, and its cases."""
    async with _opened(url, folder) as app:
        async with app.kit.store.transaction("bench") as work:
            await load_country(work)
            for commune in _communes():
                for role in ROLES:
                    await _hire(work, Person(f"p-{commune}-{role.value}", role, commune))
            await _hire(work, Person("p-city", Role.SUPERVISOR, ""))
        keys, now = app.kit.store._keys, app.kit.clock.now()
    fill(url, City(keys, _communes(), now), many)
    return {}


async def _hire(work: UnitOfWork, person: Person) -> None:
    await work.people.add(person)
    contact = await work.contacts.ensure("telegram", "site", person.id, person.id, "vi")
    await work.contacts.link(contact.id, person.id)


async def _ask(url: str, folder: Path, _: int) -> dict[str, Any]:
    """Every question as a page asks it: in a transaction of its own, logged, with its words made."""
    communes = _communes()
    middle, largest = communes[len(communes) // 2], communes[-1]
    took: dict[str, list[float]] = {}
    async with _opened(url, folder) as app:
        for where, code in (("", middle), (", largest commune", largest)):
            officer, leader = f"p-{code}-officer", f"p-{code}-leader"
            star = "*" * bool(where)  # shown, and nothing is promised of it
            took[f"list of open cases{where}{star}"] = await _asked(app, officer, worklist)
            took[f"search{where}{star}"] = await _asked(app, officer, _search)
            took[f"monthly figures of a leader{where}{star}"] = await _asked(app, leader, _figures)
        took["list of the city desk"] = await _asked(app, "p-city", worklist)
        took["overview of the city"] = await _asked(app, "p-city", city_view)
        took["monthly figures of the city*"] = await _asked(app, "p-city", _figures, SLOW_TIMES)
        took["tick with nothing due"] = await _times(lambda: drain_rows(app.ticks), TIMES)
        auditor = await _times(lambda: _audited(app), 3)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"took": took, "auditor": max(auditor) * 1000, "memory": peak}


async def _search(actor: Actor) -> None:
    """The name of a child; what is found is listed."""
    found = await search(actor, "vo ngoc khanh")
    await rows_of(actor, found.cases)


async def _figures(actor: Actor) -> None:
    await figures_page(actor, "", outside=False)


async def _audited(app: App) -> None:
    async with app.kit.store.reading("bench") as work:
        await work.health.violations()


async def _asked(app: App, person_id: str, ask: Ask, times: int = TIMES) -> list[float]:
    async def once() -> None:
        async with app.kit.store.transaction("page", holding=False) as work:
            person = await work.people.get(person_id)
            assert person is not None
            await ask(Actor(work, app.kit, person=person, name=person.id))

    return await _times(once, times)


async def _times(work: Callable[[], Awaitable[object]], many: int) -> list[float]:
    await work()  # what is in no cache yet is read from the disk once
    took = []
    for _ in range(many):
        began = time.perf_counter()
        await work()
        took.append(time.perf_counter() - began)
    return took


def main() -> None:
    """One part, for the process that called it; or the whole in another size, only shown."""
    if len(sys.argv) == 2:
        for part in PARTS:
            for one in asyncio.run(part(int(sys.argv[1]))):
                print(
                    f"{one.what}: {one.seen}  {one.target} {'' if one.good is None else one.good}"
                )
        return
    _, what, url, folder, many = sys.argv
    step = {"fill": _fill, "ask": _ask}[what]
    print(json.dumps(asyncio.run(step(url, Path(folder), int(many)))))


if __name__ == "__main__":
    main()
