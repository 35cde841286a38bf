"""Health, readiness and metrics: each check says no by its name; no figure names anybody."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import ClientSession

from bot.clock import SystemClock
from bot.systemd import Watchdog
from bot.vitals import Vitals
from cases.model import Role
from storage import migrate
from tests.support import database
from tests.support.full import full, roomy
from tests.support.office import DAI_LOC, Office
from web.app import serve
from web.health import build_admin

NAMES = """inbox_lag_seconds updates_total{result} timer_lag_seconds outbox_age_seconds{priority}
send_total{channel,outcome} maybe_sent_total fenced_total retracted_total explained_total
gate_closed{channel} month_messages{channel} month_quota{channel}
cases_open{level} ack_seconds db_commit_seconds sqlite_busy_total wal_bytes
clock_offset_seconds backup_age_seconds restore_drill_age_seconds auditor_violations{rule}"""


@pytest.fixture
async def office(tmp_path):
    made = await Office.open(tmp_path)
    yield made
    await made.close()


class Door:
    """The pages for the operator, with parts of their own."""

    async def open(self, site, **parts):
        self.runner, port = await serve(build_admin(replace(site.parts, **parts)), "127.0.0.1", 0)
        self.url, self.client = f"http://127.0.0.1:{port}", ClientSession()
        return self

    async def get(self, path):
        async with self.client.get(f"{self.url}{path}") as answer:
            return answer.status, await answer.text()

    async def says_no(self):
        """The checks that fail."""
        async with self.client.get(f"{self.url}/readyz") as answer:
            body = await answer.json()
            assert (answer.status == 200) is body["ready"]
            return {name: one["said"] for name, one in body["checks"].items() if not one["ok"]}

    async def close(self):
        await self.client.close()
        await self.runner.cleanup()


@pytest.fixture
async def vitals(office):
    return Vitals(
        office.site.app.kit.clock, office.site.store, Watchdog("", office.site.app.kit.clock)
    )


@pytest.fixture
async def door(office, vitals, tmp_path):
    made = await Door().open(office.site, vitals=vitals, disks={"database": tmp_path})
    yield made
    await made.close()


async def _sql(office, *statements):
    from sqlalchemy import text

    async with office.site.store.transaction("test") as work:
        for one in statements:
            await work._tx.connection.execute(text(one))


async def test_a_program_in_order_is_ready_and_names_each_channel(office, door):
    async with door.client.get(f"{door.url}/readyz") as answer:
        checks = (await answer.json())["checks"]
    assert set(checks) == {
        "database", "schema", "urgent", "clock", "disk database", "channel web", "channel telegram",
    }  # fmt: skip
    assert await door.says_no() == {}


async def test_a_loop_that_stood_still_is_no_healthy_one(office, door, vitals):
    vitals.begin()
    office.site.app.kit.clock.advance(4)
    assert (await door.get("/healthz"))[0] == 200
    office.site.app.kit.clock.advance(3)
    assert (await door.get("/healthz")) == (503, "the loop is late\n")
    vitals.end()


async def test_healthy_needs_no_database(office, door):
    await office.site.store.close()
    assert (await door.get("/healthz"))[0] == 200


async def test_f21_a_schema_of_another_version_is_not_ready(office, door):
    await _sql(office, "UPDATE alembic_version SET version_num = '9999'")
    assert await door.says_no() == {"schema": "is not this program's"}
    await _sql(office, f"UPDATE alembic_version SET version_num = '{migrate.head()}'")
    assert await door.says_no() == {}


@pytest.mark.skipif(
    bool(database.server), reason="only SQLite can be told how many pages there are"
)
async def test_f16_a_full_database_is_not_ready_and_recovers_alone(office, door):
    await full(office.site.store)
    assert (await door.says_no())["database"] == "cannot be written"
    await roomy(office.site.store)
    assert await door.says_no() == {}


async def test_f16_a_disk_that_is_nearly_full_is_not_ready(office, tmp_path):
    share = {"free": 0.10}
    door = await Door().open(
        office.site, disks={"journal": tmp_path}, free=lambda folder: share["free"]
    )
    assert await door.says_no() == {"disk journal": "10% free"}
    share["free"] = 0.11
    assert await door.says_no() == {}
    await door.close()


async def test_f29_a_messenger_that_is_asked_and_does_not_answer_is_named(office, door, vitals):
    clock = office.site.app.kit.clock
    vitals.polling("telegram")
    clock.advance(89)
    assert await door.says_no() == {}
    clock.advance(1)
    assert await door.says_no() == {"channel telegram": "answered 90 seconds ago"}
    await vitals.polled("telegram")
    assert await door.says_no() == {}


async def test_f29_a_shut_gate_is_said_and_the_others_carry(office, door):
    async with office.site.store.transaction("test") as work:
        until = work.now + timedelta(hours=1)
        await work.outbox.shut_gate("telegram", "700000001", until, "token")
    async with door.client.get(f"{door.url}/readyz") as answer:
        assert answer.status == 200
        checks = (await answer.json())["checks"]
    assert checks["channel telegram"]["said"] == "is not asked here, shut: token"


async def test_an_urgent_message_that_does_not_arrive_is_not_ready(office, door):
    await office.hire("lan", Role.OFFICER, DAI_LOC)
    await office.report()
    await _sql(
        office, "UPDATE outbox SET state = 'waiting', priority = 0 WHERE key LIKE 'case:%:alert:%'"
    )
    office.site.app.kit.clock.advance(299)
    assert await door.says_no() == {}
    office.site.app.kit.clock.advance(2)
    assert (await door.says_no())["urgent"].endswith("wait for more than 5 minutes")


async def test_the_metrics_are_exactly_those_of_the_design_and_name_nobody(office, door):
    await office.hire("lan", Role.OFFICER, DAI_LOC)
    code = await office.report()
    wanted = dict(re.match(r"(\w+)(?:\{(.*)\})?", one).groups() for one in NAMES.split())
    text = (await door.get("/metrics"))[1]
    found = {}
    line = re.compile(r"^(\w+?)(?:_bucket|_count|_sum)?(?:\{(.*)\})? [-\d.eN+aInf]+$", re.MULTILINE)
    for name, labels in line.findall(text):
        found.setdefault(name, set()).update(re.findall(r'(\w+)="', labels))
    assert set(found) == set(wanted)
    for name, labels in wanted.items():
        assert found[name] - {"le"} == set((labels or "").split(",")) - {""}
    assert code not in text and DAI_LOC not in text and "lan" not in text
    assert 'cases_open{level="urgent"} 1.0' in text
    assert 'updates_total{result="new"}' in text
    assert 'send_total{channel="web",outcome="sent"}' in text


def test_what_is_in_buckets_is_in_the_right_one():
    from storage.tally import BOUNDS, Spans

    spans = Spans()
    for seconds in (0.0, 0.005, 0.006, 10**9):
        spans.took(seconds)
    assert spans.counts == [2, 1, *[0] * (len(BOUNDS) - 2), 1]


class Wrong(SystemClock):
    """A machine whose time is wrong."""

    def __init__(self, seconds):
        self.seconds = seconds

    def now(self):
        return super().now() + timedelta(seconds=self.seconds)


@pytest.mark.skipif(not database.server, reason="a file has no clock of its own")
@pytest.mark.parametrize(("seconds", "ready"), [(0, True), (4, True), (6, False), (-6, False)])
async def test_f34_a_machine_whose_clock_is_not_the_databases_is_not_ready(office, seconds, ready):
    kit = replace(office.site.app.kit, clock=Wrong(seconds))
    door = await Door().open(office.site, kit=kit)
    assert await door.says_no() == ({} if ready else {"clock": "is not the database's"})
    await door.close()
