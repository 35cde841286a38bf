"""What fails beside everything else says of what kind it was, and quotes nobody."""

import asyncio
import gc
import logging

import pytest

from bot.logs import JsonLines
from bot.loops import Loops

SAID = "bé An ở thôn Mỹ An"


@pytest.fixture
def lines(caplog):
    """Everything that was logged, as the program writes it."""
    caplog.set_level(logging.DEBUG)
    return lambda: "\n".join(JsonLines().format(record) for record in caplog.records)


async def test_what_nobody_waited_for_is_logged_by_its_kind_alone(lines):
    future = asyncio.get_running_loop().create_future()
    future.set_exception(ValueError(SAID))
    del future
    gc.collect()
    assert '"bug": "ValueError"' in lines()
    assert "exception" not in lines()
    assert "Mỹ An" not in lines() and "M\\u1ef9 An" not in lines()


async def test_something_aside_that_fails_is_logged_by_its_kind(lines):
    begun = asyncio.Event()

    async def fails():
        begun.set()
        raise LookupError(SAID)

    loops = Loops()
    loops.aside(fails())
    await begun.wait()
    await asyncio.sleep(0)  # its end is told in the next round of the loop
    await loops.stop(within=1)
    gc.collect()
    assert '"bug": "LookupError"' in lines() and "bot.loops" in lines()
    assert "never retrieved" not in lines()
    assert "M\\u1ef9 An" not in lines()


async def test_something_aside_that_is_cut_is_no_bug(lines):
    loops = Loops()
    loops.aside(asyncio.Event().wait())
    await loops.stop(within=0.01)
    assert '"bug"' not in lines()
