"""The page itself: nothing from outside, nothing secret in it, and health behind its own door."""

import re
import resource
from contextlib import contextmanager

import pytest

from storage import migrate
from tests.support import database
from tests.support.site import Site


@pytest.fixture
async def site(tmp_path):
    made = await Site().start(tmp_path)
    yield made
    await made.stop()


async def get(site, path, **header):
    async with site.client.get(f"{site.url}{path}", headers=header) as answer:
        return answer.status, await answer.text(), answer.headers


@pytest.mark.parametrize("path", ["/", "/?lang=en", "/join/ABCDEFGHJKMNPQRS"])
async def test_the_page_loads_nothing_from_outside_and_is_kept_by_nobody(site, path):
    status, html, headers = await get(site, path)
    assert status == 200
    assert re.findall(r'src="(?!/)', html) == []
    assert re.findall(r'<link[^>]*href="(?!/)', html) == []
    outside = re.findall(r'href="(?!/|tel:)([^"]*)', html)
    assert outside == ["https://www.google.com/"]  # the exit, a real link without JavaScript too
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert "trẻ" not in re.search(r"<title>(.*)</title>", html).group(1)


async def test_only_what_is_the_same_for_everybody_may_be_kept(site):
    fonts = "/static/fonts/be-vietnam-pro-latin-400-normal.woff2"
    _, _, headers = await get_raw(site, fonts)
    assert "immutable" in headers["Cache-Control"]
    assert headers["Content-Type"] == "font/woff2"
    _, tag, headers = await get_raw(site, "/static/chat.js")
    assert headers["Cache-Control"] == "private, no-cache"
    status, _, _ = await get_raw(site, "/static/chat.js", **{"If-None-Match": tag})
    assert status == 304
    for path in ("/", "/api/chat/messages", "/healthz"):
        assert (await get_raw(site, path))[2]["Cache-Control"] == "no-store"


async def get_raw(site, path, **header):
    async with site.client.get(f"{site.url}{path}", headers=header) as answer:
        return answer.status, answer.headers.get("ETag", ""), answer.headers


async def test_looking_at_an_invitation_spends_nothing(site):
    from bot.commands.setup import make_invitation
    from cases.model import Role
    from storage.records.people import Invite

    made = await make_invitation(site.store, Invite(Role.OFFICER, "20500", (), ""))
    for _ in range(3):
        assert (await get(site, f"/join/{made.code}"))[0] == 200
    async with site.store.transaction("test") as work:
        assert await work.invites.use(made.code) is not None


async def test_an_unknown_address_is_a_kind_404(site):
    status, text, _ = await get(site, "/nowhere")
    assert status == 404
    assert "not_found" in text


async def test_f44_markup_in_an_address_is_only_text(site):
    _, html, _ = await get(site, "/join/%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in html


async def test_health_stands_behind_its_own_port_without_names(site):
    for path in ("/healthz", "/readyz", "/metrics"):
        assert (await get(site, path))[0] == 404
        async with site.client.get(f"{site.admin}{path}") as answer:
            assert answer.status == 200
    async with site.client.get(f"{site.admin}/metrics") as answer:
        text = await answer.text()
    assert 'cases_open{level="urgent"} 0.0' in text


async def ready(site):
    async with site.client.get(f"{site.admin}/readyz") as answer:
        return answer.status


@contextmanager
def refuses(path):
    """The system lets no file grow beyond the present size of this one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.sqlite("a write to its log is refused; a disk that is only full: test_health.py")
async def test_f17_a_disk_that_refused_a_write_is_not_ready_until_the_next_start(site, tmp_path):
    assert await ready(site) == 200
    with refuses(tmp_path / "annhi.db-wal"):
        assert await ready(site) == 503
    assert await ready(site) == 503


async def test_every_look_at_readiness_is_a_write(site, tmp_path):
    beats = "SELECT n FROM pulse"
    ((before,),) = database.asked(tmp_path / "annhi.db", beats)
    for _ in range(3):
        assert await ready(site) == 200
    assert database.asked(tmp_path / "annhi.db", beats) == [(before + 3,)]


@pytest.mark.parametrize("version", ["0001", "9999"])
async def test_the_schema_of_another_release_is_not_ready(site, tmp_path, version):
    with database.owner(tmp_path / "annhi.db") as owner:
        owner.execute("UPDATE alembic_version SET version_num = ?", [version])
    assert await ready(site) == 503
    with database.owner(tmp_path / "annhi.db") as owner:
        owner.execute("UPDATE alembic_version SET version_num = ?", [migrate.head()])
    assert await ready(site) == 200
