"""One suite for both engines: what they may forget, and what they must not do (TRUST.md section 7)."""

import asyncio
from datetime import timedelta

import pytest

from tests.engines.rig import NEVER, SOON


async def test_a_wake_takes_effect_at_the_commit_and_not_before(open_rig):
    async with open_rig() as rig:
        await rig.start()
        before, drained = await known(rig), len(rig.seen["outbox"])
        await rig.commit("outbox")
        await rig.until(lambda: len(rig.seen["outbox"]) > drained)
        assert min(rig.seen["outbox"][drained:]) == before + 1  # nobody looked too early


async def test_what_is_rolled_back_wakes_nobody(open_rig):
    async with open_rig() as rig:
        await rig.start()
        drained = len(rig.seen["outbox"])
        with pytest.raises(RuntimeError):
            await broken_off(rig)
        await rig.commit("timers")
        await rig.until(lambda: len(rig.seen["timers"]) > 1)
        assert len(rig.seen["outbox"]) == drained


async def test_f20_a_wake_that_is_lost_is_made_good_by_the_sweep(open_rig):
    async with open_rig(sweep=timedelta(seconds=0.3)) as rig:
        await rig.start(outbox=SOON, timers=SOON)
        await rig.empty()
        await rig.commit()  # something is due, and nobody is told
        count = await known(rig)
        await rig.until(lambda: count in rig.seen["outbox"])


async def test_what_is_done_once_for_everybody_is_not_swept_by_each(open_rig):
    async with open_rig(sweep=timedelta(seconds=0.1)) as rig:
        await rig.start(outbox=SOON, timers=timedelta(minutes=1))
        drained = len(rig.seen["outbox"])
        await rig.until(lambda: len(rig.seen["outbox"]) > drained + 9)
        assert len(rig.seen["timers"]) <= 3  # at the start, and in its own minutes


async def test_a_drain_that_fails_is_tried_again_and_stops_no_other_queue(open_rig):
    async with open_rig() as rig:
        await rig.start()
        rig.broken = 2
        await rig.commit("outbox", "timers")
        count = await known(rig)
        await rig.until(lambda: count in rig.seen["outbox"] and count in rig.seen["timers"])


async def test_what_is_due_every_so_often_needs_no_wake(open_rig):
    async with open_rig(tick=SOON) as rig:
        await rig.start(outbox=SOON)
        await rig.commit()
        count = await known(rig)
        await rig.until(lambda: count in rig.seen["outbox"])
        assert count not in rig.seen["timers"]


async def test_what_is_due_sooner_than_any_cron_rings_is_found_all_the_same(open_rig):
    """The next message of a chat is due a second after the last: nobody is woken for it."""
    async with open_rig(tick=NEVER) as rig:
        await rig.start(outbox=timedelta(seconds=0.1))
        drained = len(rig.seen["outbox"])
        await rig.until(lambda: len(rig.seen["outbox"]) > drained + 9)
        assert len(rig.seen["timers"]) <= 2  # nobody asked for it


async def test_a_stop_lets_the_running_drain_end_and_begins_no_other(open_rig):
    async with open_rig() as rig:
        await rig.start()
        rig.gate.clear()
        drained = len(rig.seen["outbox"])
        await rig.commit("outbox")
        await rig.until(lambda: len(rig.seen["outbox"]) > drained)
        stopping = asyncio.create_task(rig.engine.stop(20))
        await asyncio.sleep(0)
        await rig.commit("outbox", "timers")
        timers = len(rig.seen["timers"])
        assert not stopping.done()
        rig.gate.set()
        await stopping
        assert len(rig.seen["outbox"]) == drained + 1
        assert len(rig.seen["timers"]) == timers
        assert not rig.engine.health()


async def broken_off(rig):
    async with rig.store.transaction("test") as work:
        work.wake("outbox")
        raise RuntimeError


async def known(rig):
    async with rig.store.reading("test") as work:
        return len(await work.pulse.versions())
