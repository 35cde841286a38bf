"""F21: a program that the database has become too new for is not ready, and says which part of it."""

from dataclasses import replace

import pytest

from tests.support.site import Site
from web.app import serve
from web.health import build_admin


@pytest.fixture
async def site(tmp_path):
    made = await Site().start(tmp_path)
    yield made
    await made.stop()


@pytest.mark.parametrize(("older", "status"), [((), 200), (("outbox",), 503)])
async def test_f21_old_code_on_a_newer_database_is_not_ready(site, older, status):
    parts = replace(site.parts, older=lambda: older)
    runner, port = await serve(build_admin(parts), "127.0.0.1", 0)
    async with site.client.get(f"http://127.0.0.1:{port}/readyz") as answer:
        assert answer.status == status
        assert ("outbox" in await answer.text()) is bool(older)
    await runner.cleanup()
