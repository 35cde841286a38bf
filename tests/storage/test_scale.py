"""However many cases there are: nothing that people wait for reads all of them, on either database."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import Executable, column, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import ClauseElement

from cases.model import Role
from handlers.access import SEARCHED, searched_for
from handlers.actions.quiet_communes import quiet_for
from handlers.actor import Actor
from handlers.casework.search import search
from handlers.pages.city import city_view
from handlers.pages.figures_page import figures_page
from handlers.pages.worklist import PAGE, worklist
from storage.ledgers.lists import Among
from tests.support.city import City, fill
from tests.support.world import open_world

HERE, THERE = "20500", "20515"
GROW = (
    "cases",
    "case_events",
    "case_people",
    "reporters",
    "timers",
    "outbox",
    "audit",
    "data_keys",
)
NEWEST = "cases_city"  # walked from its newest end, and only as far as is asked for


@pytest.fixture(params=["sqlite", "postgresql"])
async def world(request, tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path}/annhi.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("databases").migrated()
    made = await open_world(tmp_path, ANNHI_DATABASE_URL=url)
    made.url, made.city = url, None
    for commune in (HERE, THERE):
        for role in (Role.OFFICER, Role.DEPUTY, Role.LEADER):
            await made.staff(f"{commune}-{role.value}", role, commune, "telegram")
    await made.staff("city", Role.SUPERVISOR, "", "telegram")
    yield made
    await made.app.close()


def filled(world, many, *others):
    """A year of these communes and two more: half of its cases are open yet."""
    if world.city is None:
        keys, now = world.app.kit.store._keys, world.clock.now()
        world.city = City(keys, (*others, HERE, THERE), now, years=1, open=0.5)
    fill(world.url, world.city, many)


class Explained(Executable, ClauseElement):
    """The plan of a statement, as this very database would carry it out."""

    inherit_cache = False
    _inline = False  # what a compiler asks of a statement that changes rows
    is_dml = True  # so that what stands built for SQLite gives its columns, too

    def __init__(self, statement):
        self.statement = statement
        self.exported_columns = {
            name: column(name) for name in ("id", "parent", "notused", "detail")
        }


@compiles(Explained, "sqlite")
def _lite(element, compiler, **more):
    return f"EXPLAIN QUERY PLAN {_of(element, compiler, more)}"


@compiles(Explained, "postgresql")
def _postgres(element, compiler, **more):
    return f"EXPLAIN (FORMAT JSON) {_of(element, compiler, more)}"


def _of(element, compiler, more):
    told = compiler.process(element.statement, **more)
    compiler._result_columns.clear()  # a plan has columns of its own
    return told


class Listening:
    """A connection that notes what it is asked."""

    def __init__(self, connection):
        self._connection, self.asked = connection, []

    def __getattr__(self, name):
        return getattr(self._connection, name)

    async def execute(self, statement, values=None):
        self.asked.append((statement, values))
        return await self._connection.execute(statement, values)

    async def scans(self):
        """Tables that grow and would be read from one end to the other."""
        await self.as_if_large()
        return [one for asked in self.asked async for one in self._scans(*asked)]

    async def as_if_large(self):
        """PostgreSQL reads a small table from one end to the other, whatever there is."""
        if self.dialect.name == "postgresql":
            await self._connection.execute(text("SET LOCAL enable_seqscan = off"))

    async def plan(self, statement, values):
        """As the database tells it."""
        found = await self._connection.execute(Explained(statement), values or {})
        return str(found.mappings().all())

    async def _scans(self, statement, values):
        if not getattr(statement, "is_select", False):
            return
        plan = await self._connection.execute(Explained(statement), values or {})
        found = plan.mappings().all()
        names = _of_postgres(found) if self.dialect.name == "postgresql" else _of_sqlite(found)
        for name in names:
            yield name, str(statement)


def _of_sqlite(found):
    for row in found:
        what, _, rest = row["detail"].partition(" ")
        if what == "SCAN" and rest.split()[0] in GROW and NEWEST not in rest:
            yield row["detail"]


def _of_postgres(found):
    (told,) = found[0].values()
    nodes = [(json.loads(told) if isinstance(told, str) else told)[0]["Plan"]]
    while nodes:
        node = nodes.pop()
        nodes += node.get("Plans", [])
        whole = "Scan" in node["Node Type"] and not any(
            name in node for name in ("Index Cond", "Recheck Cond", "TID Cond")
        )
        if whole and node.get("Relation Name") in GROW and node.get("Index Name") != NEWEST:
            yield f"{node['Node Type']} {node['Relation Name']} {node.get('Index Name', '')}"


async def asks(world, person_id, question):
    """What was asked of the database, and what it answered."""
    async with world.app.kit.store.transaction("page", holding=False) as work:
        person = await work.people.get(person_id)
        work.tx.connection = heard = Listening(work.tx.connection)
        found = await question(Actor(work, world.app.kit, person=person, name=person.id))
        return found, heard.asked, await heard.scans()


async def month(actor):
    return await figures_page(actor, "", outside=False)


async def words(actor):
    return await search(actor, "ba ngoai")


async def quiet(actor):
    return await quiet_for(actor, actor.person)


async def week(actor):
    since = actor.work.now - timedelta(days=7)
    await actor.work.figures.done("lower", since, actor.work.now)
    return await actor.work.figures.did(("raise", "lower"), since, actor.work.now)


OFFICER, LEADER, DEPUTY = f"p-{HERE}-officer", f"p-{HERE}-leader", f"p-{HERE}-deputy"
QUESTIONS = {
    "list": (OFFICER, worklist), "list of a deputy": (DEPUTY, worklist),
    "list of the city": ("p-city", worklist), "search": (OFFICER, words),
    "search of a leader": (LEADER, words), "search of the city": ("p-city", words),
    "city": ("p-city", city_view), "month": (LEADER, month), "month of the city": ("p-city", month),
    "quiet communes": ("p-city", quiet), "week": (LEADER, week),
}  # fmt: skip


async def test_nothing_that_people_wait_for_reads_every_case(world):
    filled(world, 800, *(f"9{n:04}" for n in range(40)))  # of a city each commune is a small part
    for name, (person_id, question) in QUESTIONS.items():
        _, asked, scans = await asks(world, person_id, question)
        assert asked
        assert scans == [], name


async def test_what_is_late_in_a_city_is_found_by_its_due(world):
    """Every closed case has a clock that runs for years, until it is forgotten: none of them is read."""
    filled(world, 800, *(f"9{n:04}" for n in range(40)))
    async with world.app.kit.store.transaction("page", holding=False) as work:
        work.tx.connection = heard = Listening(work.tx.connection)
        await work.lists.late()
        plan = await heard.plan(*heard.asked[0])
        assert plan.count("timers_late") == 2  # what is due, and what has no due
        assert "cases_open" not in plan


async def test_what_was_told_in_some_cases_is_not_looked_for_among_all_that_was_ever_told(world):
    filled(world, 800, *(f"9{n:04}" for n in range(40)))
    async with world.app.kit.store.transaction("page", holding=False) as work:
        cases = await work.cases.all_cases(HERE)
        work.tx.connection = heard = Listening(work.tx.connection)
        await work.cases.events_of([one.id for one in cases], ("report",))
        (asked,) = [one for one in heard.asked if "FROM case_events" in str(one[0])]
        assert "case_events_act" not in await heard.plan(*asked)


async def test_what_a_commune_closed_lately_is_found_by_its_own_index(world):
    """Not among all that the city closed in that time, and not among all that the commune ever had."""
    filled(world, 800, *(f"9{n:04}" for n in range(40)))
    async with world.app.kit.store.transaction("page", holding=False) as work:
        work.tx.connection = heard = Listening(work.tx.connection)
        await work.figures.touched(work.now - timedelta(days=30), HERE)
        assert "cases_ended" in await heard.plan(*heard.asked[0])


async def test_a_claim_asks_row_by_row_along_its_index(world):
    """PostgreSQL made joins of it, for tables it took to be small: seconds for a backlog of thousands."""
    async with world.app.kit.store.transaction("send") as work:
        work.tx.connection = heard = Listening(work.tx.connection)
        await work.outbox.claim("w", 30, but="web")
        await heard.as_if_large()
        plan = await heard.plan(*heard.asked[0])
    assert "outbox_due" in plan
    assert "Anti" not in plan


async def test_what_an_account_was_given_just_now_is_found_by_its_own_index(world):
    filled(world, 800)
    async with world.app.kit.store.transaction("send") as work:
        work.tx.connection = heard = Listening(work.tx.connection)
        await work.outbox.lately(timedelta(seconds=1))
        await heard.as_if_large()
        assert "outbox_left" in await heard.plan(*heard.asked[0])


async def test_a_hundred_more_cases_are_not_one_question_more(world):
    async def reads(one):
        """Each find of a search is logged: what grows with it is written, not asked."""
        _, asked, _ = await asks(world, *one)
        return sum(bool(getattr(statement, "is_select", False)) for statement, _ in asked)

    filled(world, 150)
    few = {name: await reads(one) for name, one in QUESTIONS.items()}
    filled(world, 250)
    assert {name: await reads(one) for name, one in QUESTIONS.items()} == few


async def test_a_list_makes_words_of_what_it_shows_and_counts_everything(world):
    filled(world, 500)
    pages = []
    for page in range(4):
        found, _, _ = await asks(
            world, OFFICER, lambda actor, page=page: worklist(actor, page=page)
        )
        assert len(found.rows) <= PAGE
        pages.append([row.code for row in found.rows])
    assert found.page == found.pages - 1  # beyond the last one is the last one
    shown = {code for part in pages for code in part}
    async with world.app.kit.store.reading("test") as work:
        cases = await work.cases.open_cases(HERE)
    assert len(cases) > PAGE
    assert shown == {case.code for case in cases}
    assert found.counts["open"] == len(cases)
    assert found.counts["mine"] + found.counts["free"] == len(cases)


async def test_a_search_goes_on_behind_what_its_reader_may_not_know(world):
    """Shut out of more cases than are looked at in one go, they find the next ones."""
    filled(world, 800)
    store = world.app.kit.store
    async with store.transaction("test") as work:
        cases = await work.cases.all_cases(THERE)
        assert len(cases) > SEARCHED + 100
        shut = cases[-SEARCHED - 5 :]
        for case in shut:
            await work.cases.exclude(case.id, f"p-{THERE}-leader", "involved")
        leader = await work.people.get(f"p-{THERE}-leader")
        found, cut = await searched_for(work, leader)
    assert [case.id for case in found] == [case.id for case in reversed(cases[: -SEARCHED - 5])]
    assert not cut


async def test_the_newest_come_page_by_page_and_none_twice(world):
    filled(world, 300)
    async with world.app.kit.store.reading("test") as work:
        seen, part = [], await work.lists.newest(Among(commune=HERE), 40)
        while part:
            seen += part
            part = await work.lists.newest(Among(commune=HERE), 40, part[-1])
        cases = await work.cases.all_cases(HERE)
    assert [case.id for case in seen] == [case.id for case in reversed(cases)]
