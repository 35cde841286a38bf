"""The engine of many processes: jobs ride on transactions, are no ledger, and never pile up."""

import asyncio
import gc
import logging
from contextlib import asynccontextmanager

from storage.wakes import Rider
from tests.engines.rig import SOON
from tests.engines.test_both import known

JOBS = "SELECT queue_name, task_name, args, lock, queueing_lock FROM procrastinate_jobs"


@asynccontextmanager
async def held(rig, queue):
    """A transaction that has woken a queue and whose commit takes its time."""
    go, there, commit = asyncio.Event(), asyncio.Event(), rig.store.commit

    async def slow(name, connection):
        if name == "slow":
            there.set()
            await go.wait()
        await commit(name, connection)

    rig.store.commit = slow
    task = asyncio.create_task(rig.commit(queue, name="slow"))
    await there.wait()
    yield
    go.set()
    await task
    rig.store.commit = commit


async def test_a_job_carries_the_queue_and_nothing_else(open_many):
    async with open_many() as rig:
        await rig.commit("outbox", "outbox", "timers")
        await rig.commit("outbox")  # one is there already: that is success
        queues = {("outbox", "drain"), ("timers", "drain")}
        assert sorted(rig.sql(JOBS)) == [(q, t, {"queue": q}, None, q) for q, t in sorted(queues)]


async def test_finished_jobs_are_deleted_so_nothing_grows(open_many):
    async with open_many(tick=SOON) as rig:
        await rig.start(timers=SOON)
        for _ in range(5):
            drained = len(rig.seen["outbox"])
            await rig.commit("outbox")
            await rig.until(lambda drained=drained: len(rig.seen["outbox"]) > drained)
        await rig.until(
            lambda: not rig.sql("SELECT 1 FROM procrastinate_jobs WHERE queue_name = 'outbox'")
        )
        assert rig.sql("SELECT count(*) < 20 FROM procrastinate_events") == [(True,)]
        assert rig.sql("SELECT count(*) < 5 FROM procrastinate_periodic_defers") == [(True,)]


async def test_a_commit_waits_for_no_other_transaction_that_woke_the_same_queue(open_many):
    async with open_many() as rig:
        rig.store.rider = Rider((), rig.engine.jobs.defer)
        async with held(rig, "outbox"):
            async with asyncio.timeout(
                4
            ):  # a lock that is waited for is given up after five seconds
                await rig.commit("outbox")
            assert rig.sql(JOBS) == []  # it was called out instead; see test_several.py
        assert len(rig.sql(JOBS)) == 1


async def test_f20_an_engine_without_tables_stops_nobody_from_committing(open_many):
    async with open_many() as rig:
        rig.sql("ALTER TABLE procrastinate_jobs RENAME TO gone")
        before = await known(rig)
        await rig.commit("outbox")
        assert await known(rig) == before + 1
        rig.sql("ALTER TABLE gone RENAME TO procrastinate_jobs")


async def test_each_period_has_one_job_however_many_workers_there_are(open_many):
    async with open_many(tick=SOON) as rig:
        rig.sql("CREATE TABLE noted (queue text, at bigint)")
        rig.sql(
            "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "INSERT INTO noted VALUES (NEW.queue_name, (NEW.args->>'timestamp')::bigint); RETURN NEW; "
            "END $$"
        )
        rig.sql(
            "CREATE TRIGGER note AFTER INSERT ON procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION note()"
        )
        other = rig.beside()
        await rig.start(outbox=SOON)
        await other.start(outbox=SOON)
        ticks = "SELECT count(DISTINCT at) FROM noted WHERE queue = 'outbox'"
        await rig.until(lambda: rig.sql(ticks)[0][0] >= 4)
        assert (
            rig.sql("SELECT at FROM noted WHERE queue = 'outbox' GROUP BY at HAVING count(*) > 1")
            == []
        )


async def test_f20_a_job_whose_worker_died_is_run_again_and_one_that_is_not_needed_goes(open_many):
    async with open_many(tick=SOON, stalled=2.0) as rig:
        rig.sql(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute')"
        )
        doing = (
            "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, args, status, worker_id) "
            "SELECT q, 'drain', q, jsonb_build_object('queue', q), 'doing', "
            "(SELECT max(id) FROM procrastinate_workers) FROM unnest(ARRAY['outbox', 'outbox', 'timers']) q"
        )  # fmt: skip
        rig.sql(doing)
        await rig.start()
        drained = {name: len(found) for name, found in rig.seen.items()}
        await rig.until(lambda: all(len(rig.seen[name]) > drained[name] for name in drained))
        await rig.until(
            lambda: not rig.sql("SELECT 1 FROM procrastinate_jobs WHERE task_name = 'drain'")
        )


async def test_f19_a_call_that_is_lost_is_found_by_looking(open_many):
    async with open_many(listen=False) as rig:
        await rig.start()
        await rig.commit("outbox")
        count = await known(rig)
        await rig.until(lambda: count in rig.seen["outbox"])


async def test_a_job_that_is_taken_away_in_the_middle_of_its_drain_is_no_trouble(open_many, caplog):
    """Losing the whole engine loses nothing, and says nothing that would frighten an operator."""
    caplog.set_level(logging.WARNING)
    async with open_many() as rig:
        await rig.start()
        rig.gate.clear()
        drained = len(rig.seen["outbox"])
        await rig.commit("outbox")
        await rig.until(lambda: len(rig.seen["outbox"]) > drained)
        doing = "SELECT 1 FROM procrastinate_jobs WHERE queue_name = 'outbox' AND status = 'doing'"
        await rig.until(lambda: rig.sql(doing))
        await rig.empty()
        rig.gate.set()
        await rig.commit("timers")
        await rig.until(lambda: not rig.sql(JOBS))
    gc.collect()
    assert [(one.name, one.getMessage()) for one in caplog.records] == []
