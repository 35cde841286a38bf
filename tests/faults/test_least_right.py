"""The real programs under the role that may least (TRUST.md 8): everything works, and the audit stands."""

import psycopg
import pytest
from aiohttp import ClientSession

from storage.roles import APP
from tests.faults.many import Crowd
from tests.support.servers import as_role, asked

AGAINST = (
    "UPDATE audit SET actor = 'x'", "DELETE FROM audit", "TRUNCATE audit", "DROP TABLE audit",
    "ALTER TABLE audit DISABLE TRIGGER ALL", "ALTER TABLE cases ADD COLUMN x int",
    "UPDATE alembic_version SET version_num = '1'",
)  # fmt: skip


async def _chats(many, page):
    """Somebody writes on the page; the worker answers."""
    async with ClientSession() as client:
        async with client.post(f"{page}/api/chat/sessions", json={}) as answer:
            header = {"Authorization": f"Bearer {(await answer.json())['token']}"}
        message = {"id": "m1", "kind": "text", "text": "xin chào"}
        async with client.post(f"{page}/api/chat/messages", json=message, headers=header) as answer:
            assert answer.status == 202
        await many.until_sql("SELECT count(*) FROM webchat_messages", 1)
        async with client.get(f"{page}/api/chat/messages", headers=header) as answer:
            assert (await answer.json())["messages"]


@pytest.mark.long
async def test_f53_web_and_worker_work_with_no_right_to_change_what_was_written(many):
    made = await many.run("bot", "migrate", "--roles")
    assert await made.wait() == 0, many.log()
    many.by = as_role(many.direct, APP)
    await many.role("web")
    page = many.url
    await many.present(1)
    await many.listening()
    await many.role("worker")
    await many.working(1)
    await _chats(many, page)
    crowd = Crowd(many)
    crowd.reports(1)
    await crowd.until_heard()
    await many.settled()
    assert len(crowd.codes()) == 1
    assert many.sql("SELECT state FROM inbox WHERE state != 'done'") == []
    written = asked(many.by, "SELECT count(*) FROM audit")
    assert written > [(0,)]
    for change in AGAINST:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            asked(many.by, change)
    # Whoever has taken the program over has no other way in, either.
    for change in ("SET ROLE annhi_migrate", "CREATE TABLE x (n int)", "CREATE ROLE x"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            asked(many.by, change)
    verify = await many.run("bot", "audit", "verify")
    assert await verify.wait() == 0, many.log()
    assert asked(many.direct, "SELECT count(*) FROM audit") == written
