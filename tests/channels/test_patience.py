"""A call is cut in the end; but a process that stood still first reads what came meanwhile (F12)."""

import asyncio

import pytest

from notifications import patience as module
from notifications.patience import patience


@pytest.fixture(autouse=True)
def short(monkeypatch):
    monkeypatch.setattr(module, "GRACE", 0.02)


async def test_f12_an_answer_that_came_while_the_process_stood_still_is_heard():
    loop = asyncio.get_running_loop()
    answer, until = loop.create_future(), loop.time() + 0.2

    def stands_still():
        while loop.time() < until:
            pass
        loop.call_soon(answer.set_result, "7")  # as a socket that has become readable

    async with patience(0.1):
        loop.call_soon(stands_still)
        assert await answer == "7"
        for _ in range(5):
            await asyncio.sleep(0)  # an answer is read in more than one step


async def test_a_call_without_an_answer_is_cut():
    with pytest.raises(TimeoutError):
        async with patience(0.05):
            await asyncio.Event().wait()


async def test_what_ends_in_time_leaves_nothing_behind_that_could_cut_the_next():
    loop, ended, broken = asyncio.get_running_loop(), asyncio.Event(), []
    loop.set_exception_handler(lambda _, what: broken.append(what))
    async with patience(0.05):
        await asyncio.sleep(0)
    loop.call_later(0.1, ended.set)
    await ended.wait()
    assert broken == []


async def test_a_fault_in_a_call_is_its_own():
    with pytest.raises(KeyError):
        async with patience(0.05):
            raise KeyError
