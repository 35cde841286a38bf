"""One browser a file, one program a test; the people of a commune, signed in to their pages."""

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect

from cases.model import Role
from tests.support.desk import FLAGS, Desk
from tests.support.office import DAI_LOC, Office
from tests.support.site import Site

expect.set_options(timeout=20_000)  # a machine that does much else is slow, not wrong


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium():
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def desk(tmp_path, chromium):
    site = await Site().start(tmp_path)
    site._public._shutdown_timeout = 0.05  # nobody waits for the streams of pages that are closed
    yield Desk(site, chromium)
    for context in chromium.contexts:
        await context.close()
    await site.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def trial(tmp_path, chromium):
    """The same as a trial: the engine runs, and the clock can be pushed."""
    site = await Site().start(tmp_path, trial=True)
    yield Desk(site, chromium)
    for context in chromium.contexts:
        await context.close()
    await site.stop()


@pytest.fixture
async def office(tmp_path):
    made = await Office.open(tmp_path)
    yield made
    await made.close()


@pytest.fixture
async def lan(office):
    return await (await office.hire("lan", Role.OFFICER, DAI_LOC)).sign_in()


@pytest.fixture
async def hoa(office):
    return await (await office.hire("hoa", Role.DEPUTY, DAI_LOC)).sign_in()


@pytest.fixture
async def chu(office):
    return await (await office.hire("chu", Role.LEADER, DAI_LOC)).sign_in()
