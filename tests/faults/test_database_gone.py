"""PostgreSQL restarted, its connections killed, cut off for half a minute; the engine emptied (F18, F20)."""

import asyncio
import signal

import pytest

from tests.faults.many import Crowd
from tests.support.cluster import StallingProxy

PARTITION = 30  # seconds, TRUST.md section 19
EMPTIED = 20  # times


@pytest.fixture
async def proxy(server):
    made = StallingProxy(server.server)
    await made.start()
    yield made
    made.open.set()
    await made.stop()


async def at_work(many, reports):
    """Two workers in the middle of what a crowd reports."""
    crowd = Crowd(many)
    await many.role("worker")
    await many.role("worker")
    await many.working(2)
    crowd.reports(reports)
    await many.until(lambda: any(crowd.receipts(who) for who in crowd.people))
    return crowd


async def ends_well(many, crowd):
    crowd.reports(2)
    await crowd.until_heard()
    await many.settled()
    crowd.judged()


@pytest.mark.long
async def test_f18_killed_connections_are_made_again_and_nothing_is_lost(many):
    crowd = await at_work(many, 4)
    many.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid != pg_backend_pid()"
    )
    await ends_well(many, crowd)


@pytest.mark.long
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "crashed"])
async def test_f18_the_database_is_restarted_and_nothing_is_lost(many, server, how):
    crowd = await at_work(many, 4)
    server.server.stop(how)
    crowd.reports(2)
    server.server.start()
    await ends_well(many, crowd)


@pytest.mark.long
async def test_f18_cut_off_from_the_database_for_half_a_minute_and_nothing_is_lost(many, proxy):
    many.by = proxy.url(many.direct)
    crowd = await at_work(many, 4)
    proxy.open.clear()
    crowd.reports(2)
    await asyncio.sleep(PARTITION)  # the fault itself
    proxy.open.set()
    await ends_well(many, crowd)


@pytest.mark.long
async def test_f20_the_engine_is_emptied_under_load_and_everything_is_delivered(many):
    crowd = await at_work(many, 6)
    for _ in range(EMPTIED):
        many.sql("TRUNCATE procrastinate_jobs CASCADE")
        crowd.reports(1)
        many.sql("TRUNCATE procrastinate_jobs CASCADE")
        await asyncio.sleep(0.1)  # the load itself
    await ends_well(many, crowd)
