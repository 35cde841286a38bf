"""Very many new threads of one network open later, never not at all; nobody's address is kept (F50)."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from cases.limits import LIMITS
from cases.model import Role
from tests.support import database
from tests.support.office import DAI_LOC, ELSEWHERE
from tests.support.site import Site
from web.networks import NETWORKS, network_of

THREADS, LINKS = LIMITS["threads"], LIMITS["links"]
CROWD = 5 * THREADS.most
HERE, THERE = "203.0.113.77", "198.51.100.9"


@pytest.fixture
async def site(tmp_path):
    made = await Site().start(tmp_path)
    made.waits = []

    async def pause(seconds):
        made.waits.append(seconds)

    made.networks = made._public.app[NETWORKS]
    made.networks._pause = pause
    yield made
    await made.stop()


async def opened(site, address=HERE, **header):
    """A new thread, asked for through our proxy; the header that opens it."""
    url, asks = f"{site.url}/api/chat/sessions", {"X-Forwarded-For": address, **header}
    async with site.client.post(url, json={}, headers=asks) as answer:
        assert answer.status == 201
        site.client.cookie_jar.clear()
        return {"Authorization": f"Bearer {(await answer.json())['token']}"}


async def test_f50_a_crowd_behind_one_address_is_let_in_each_a_little_later(site):
    headers = [await opened(site) for _ in range(CROWD + 5)]
    assert len(site.waits) == CROWD + 5 - THREADS.most  # the first ones at once
    assert site.waits == sorted(site.waits)
    assert max(site.waits) == THREADS.wait.total_seconds() < 20  # of which the page gives up
    assert (await site.post(headers[-1], id="1", kind="text", text="cứu cháu"))[0] == 202
    before = len(site.waits)
    await opened(site, THERE)  # another network knows nothing of it
    assert len(site.waits) == before
    site.stage.clock.advance(THREADS.within)
    await opened(site)
    assert len(site.waits) == before


async def test_f50_a_browser_that_has_its_thread_and_every_message_pass_at_once(site):
    first = await opened(site)
    for _ in range(CROWD):
        await opened(site)
    site.waits.clear()
    token = first["Authorization"].partition(" ")[2]
    kept = {"Origin": site.url, "Cookie": f"chat={token}"}
    assert await opened(site, **kept) == first
    for n in range(3):
        assert (await site.post(first, id=f"{n}", kind="text", text="lời"))[0] == 202
    assert site.waits == []


async def test_f50_whoever_finds_the_waiting_room_full_goes_in_at_once(site):
    for _ in range(CROWD):
        await opened(site)
    site.waits.clear()
    site.networks._waiting = 1_000
    await opened(site)
    assert site.waits == []
    site.networks._waiting = 999
    await opened(site)
    assert len(site.waits) == 1
    assert site.networks._waiting == 999


async def test_f50_no_address_of_anybody_is_kept_or_written(site, tmp_path):
    header = await opened(site)
    await site.post(header, id="1", kind="text", text="xin chào")
    await site.stage.settle()
    assert HERE[:9] not in str(site.networks._times)
    url = site.app.config.database_url
    files = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert HERE[:9].encode() not in files
    if url.startswith("sqlite"):
        with database.owner(url.split(":///")[1]) as reader:
            assert HERE[:9] not in "\n".join(reader.iterdump())
        reader.close()


async def test_f49_guessed_links_of_a_slip_are_answered_later_and_in_the_same_words(site):
    pages = set()
    for n in range(LINKS.most + 3):
        asks = {"X-Forwarded-For": HERE, "Origin": site.url}
        url, form = f"{site.url}/slip", {"token": f"{n}" * 22}
        async with site.client.post(url, data=form, headers=asks) as answer:
            assert answer.status == 404
            pages.add((await answer.text()).replace(form["token"], ""))
    assert len(pages) == 1
    assert site.waits == [LINKS.wait.total_seconds()] * 3


@pytest.mark.parametrize(
    ("near", "named", "network"),
    [
        ("127.0.0.1", HERE, "203.0.113.0/24"),  # our proxy names it
        ("127.0.0.1", f"10.0.0.1, {HERE}", "203.0.113.0/24"),  # what a browser adds stands before
        ("172.18.0.1", HERE, "203.0.113.0/24"),
        ("198.51.100.9", HERE, "198.51.100.0/24"),  # no proxy of ours: its word counts nothing
        ("127.0.0.1", "", ""), ("::1", "unknown", ""), ("", HERE, ""), ("what", HERE, ""),
        ("192.168.1.7", "", "192.168.1.0/24"),
        ("127.0.0.1", "2001:db8:1:2ff::9", "2001:db8:1:200::/56"),
        ("127.0.0.1", "::ffff:203.0.113.9", "203.0.113.0/24"),
    ],
)  # fmt: skip
def test_a_network_is_named_by_whoever_stands_on_our_side(near, named, network):
    asks = SimpleNamespace(remote=near, headers={"X-Forwarded-For": named} if named else {})
    assert network_of(asks) == network


async def test_a_day_later_a_network_has_another_name(site):
    for _ in range(CROWD):
        await opened(site)
    (name,) = site.networks._times
    site.stage.clock.advance(timedelta(days=1))
    await opened(site)
    assert list(site.networks._times) != [name]
    assert len(site.networks._times) == 1


async def test_f47_whoever_tries_pages_of_cases_waits_and_administrators_hear(office):
    xa = await (await office.hire("xa", Role.OFFICER, ELSEWHERE)).sign_in()
    boss = await office.hire("boss", Role.ADMIN, "")
    await boss.hears()
    lan = await (await office.hire("lan", Role.OFFICER, DAI_LOC)).sign_in()
    code, limit, waits = await office.report(), LIMITS["case_codes"], []

    async def pause(seconds):
        waits.append(seconds)

    office.site._public.app[NETWORKS]._pause = pause
    pages = set()
    for n in range(limit.most):
        page = await xa.get(f"/dashboard/case/{code if n % 2 else '7KQ4-2MDJ'}")
        assert page.status == 404
        pages.add(page.words())
    assert len(pages) == 1
    assert waits == []
    assert await boss.hears() == []
    assert (await xa.get(f"/dashboard/case/{code}")).words() in pages
    assert waits == [limit.wait.total_seconds()]
    (told,) = await boss.hears()
    assert str(limit.most + 1) in told["text"]
    assert code not in told["text"]
    assert (await lan.get(f"/dashboard/case/{code}")).status == 200
    assert len(waits) == 1


async def test_f49_administrators_hear_when_very_many_links_are_tried(office):
    boss = await office.hire("boss", Role.ADMIN, "")
    lan = await office.hire("lan", Role.OFFICER, DAI_LOC)
    await boss.hears()
    many = LIMITS["links_all"].most
    for n in range(many):
        office.site._public.app[NETWORKS]._times.clear()  # from many networks
        assert (await lan.spend(f"{n:022}")).status == 401
    assert await boss.hears() == []
    await lan.spend("z" * 22)
    (told,) = await boss.hears()
    assert str(many + 1) in told["text"]
    assert "đường dẫn" in told["text"]
    assert (await lan.sign_in()).client  # who has a link is let in
