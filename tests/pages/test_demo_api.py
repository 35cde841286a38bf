"""The trial behind the page: only where one is tried, each pane with a key of its own, time in order."""

import asyncio
import re
from datetime import datetime, timedelta

import pytest

from bot.clock import DemoClock
from bot.demo import demo_start
from cases.times.calendar import is_working_day, local
from tests.support.site import EVENING, Site

PATHS = ["/demo", "/demo/pane/officer", "/demo/left/officer", "/api/demo"]
PANES = ("reporter", "collaborator", "officer", "leader")


@pytest.fixture
async def site(tmp_path):
    made = await Site().start(tmp_path)
    yield made
    await made.stop()


@pytest.fixture
async def trial(tmp_path):
    made = await Site().start(tmp_path, trial=True)
    yield made
    await made.stop()


async def get(site, path):
    async with site.client.get(f"{site.url}{path}") as answer:
        return answer.status, await answer.text(), answer.headers


async def post(site, path, body, **headers):
    async with site.client.post(f"{site.url}{path}", json=body, headers=headers) as answer:
        return answer.status, await answer.json()


async def pane(site, role):
    """The key that comes with the pane of this role."""
    status, html, _ = await get(site, f"/demo/pane/{role}")
    assert status == 200
    return {"Authorization": "Bearer " + re.search(r'data-token="([^"]+)"', html).group(1)}


async def heard(site, header):
    """Everything said to this pane once nothing is on its way: (time in Viet Nam, text)."""
    await site.parts.world.push("1m")
    async with site.client.get(f"{site.url}/api/chat/messages?after=0", headers=header) as answer:
        found = (await answer.json())["messages"]
    return [(f"{local(datetime.fromisoformat(one['at'])):%H:%M}", one["text"]) for one in found]


async def danger(site, header):
    """A report of danger in the commune of the trial."""
    for n, text in enumerate(("be bi danh", "Có, ngay bây giờ", "Đại An")):
        await site.post(header, id=f"m{n}", kind="text", text=text)


@pytest.mark.parametrize("path", PATHS)
async def test_outside_a_trial_there_is_no_such_page(site, path):
    assert (await get(site, path))[0] == 404


@pytest.mark.parametrize("path", ["/api/demo/push", "/api/demo/again"])
async def test_outside_a_trial_no_clock_can_be_pushed(site, path):
    assert (await post(site, path, {"by": "1h"}))[0] == 404


@pytest.mark.parametrize("path", ["/", "/demo", "/demo/pane/officer", "/demo/left/officer"])
async def test_every_page_of_a_trial_says_so(trial, path):
    assert "CHẾ ĐỘ THỬ" in (await get(trial, path))[1]


async def test_every_message_of_a_trial_says_so(trial):
    header = await pane(trial, "officer")
    await trial.parts.world.push("1m")
    async with trial.client.get(f"{trial.url}/api/chat/messages?after=0", headers=header) as answer:
        found = (await answer.json())["messages"]
    assert found
    assert all(one["demo"] for one in found)


async def test_each_pane_has_a_key_of_its_own_and_no_cookie(trial):
    keys = [(await pane(trial, role))["Authorization"] for role in PANES]
    assert len(set(keys)) == 4
    assert not list(trial.client.cookie_jar)
    again = [(await pane(trial, role))["Authorization"] for role in PANES]
    assert again == keys


async def test_a_pane_that_was_left_is_the_same_person_on_another_phone(trial):
    for role in ("officer", "reporter"):
        header = await pane(trial, role)
        await trial.parts.world.push("1m")  # they have come in before they leave
        async with trial.client.delete(f"{trial.url}/api/chat/sessions", headers=header) as answer:
            assert answer.status == 204
        assert await pane(trial, role) != header
    await trial.parts.world.push("1m")
    async with trial.store.reading("test") as work:
        assert [one.role for one in await work.people.everybody()] == ["officer"]


async def test_only_the_pages_of_the_trial_may_be_framed_and_only_by_us(trial):
    for path in ("/demo", "/demo/pane/leader", "/demo/left/leader"):
        policy = (await get(trial, path))[2]["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'self'" in policy
        assert "frame-ancestors 'none'" not in policy
    assert "frame-ancestors 'none'" in (await get(trial, "/"))[2]["Content-Security-Policy"]


async def test_an_unknown_pane_or_push_is_refused(trial):
    assert (await get(trial, "/demo/pane/admin"))[0] == 404
    for body in ({"by": "9y"}, {"by": ["1h"]}, {}, [], "x", None):
        assert (await post(trial, "/api/demo/push", body))[0] == 400
    assert (await post(trial, "/api/demo/again", {}))[0] == 404  # this database is to be kept


async def test_another_site_cannot_push_the_clock(trial):
    before = trial.parts.world.now()
    evil = {"Origin": "https://evil.example"}
    assert (await post(trial, "/api/demo/push", {"by": "12h"}, **evil))[0] == 403
    assert trial.parts.world.now() - before < timedelta(hours=1)


async def test_a_pushed_hour_is_lived_through_like_a_real_one(trial):
    await get(trial, "/demo")
    reporter, officer, leader = [
        await pane(trial, role) for role in ("reporter", "officer", "leader")
    ]
    await danger(trial, reporter)
    (alert,) = [at for at, text in await heard(trial, officer) if "Mức: KHẨN CẤP" in text]
    assert alert == "20:15"
    status, found = await post(trial, "/api/demo/push", {"by": "1h"})
    assert status == 200
    assert [at for at, text in await heard(trial, leader) if "sau 30 phút" in text] == ["20:45"]
    assert [
        (one["role"], f"{local(datetime.fromisoformat(one['at'])):%H:%M}")
        for one in found["behind"]
    ] == [("deputy", "20:30"), ("police", "20:45"), ("supervisor", "21:15")]


async def test_twelve_pushed_hours_repeat_the_call_as_often_as_real_ones(trial):
    await get(trial, "/demo")
    reporter, leader = await pane(trial, "reporter"), await pane(trial, "leader")
    await danger(trial, reporter)
    for by in ("1h", "12h"):
        assert (await post(trial, "/api/demo/push", {"by": by}))[0] == 200
    calls = [at for at, text in await heard(trial, leader) if "vẫn chưa có người nhận" in text]
    assert calls[:3] == ["21:45", "22:15", "22:45"]
    assert len(calls) == 24


async def test_two_pushes_at_once_are_one_after_the_other(trial):
    before = trial.parts.world.now()
    async with asyncio.TaskGroup() as group:
        for _ in range(2):
            group.create_task(post(trial, "/api/demo/push", {"by": "15m"}))
    passed = trial.parts.world.now() - before
    assert timedelta(minutes=30) <= passed < timedelta(minutes=31)


async def test_the_morning_is_half_past_seven(trial):
    _, found = await post(trial, "/api/demo/push", {"by": "morning"})
    assert f"{local(datetime.fromisoformat(found['now'])):%d %H:%M}" == "24 07:30"


async def test_another_language_of_the_page_is_that_of_its_people(trial):
    await get(trial, "/demo")
    assert 'lang="en"' in (await get(trial, "/demo?lang=en"))[1]
    header = await pane(trial, "officer")
    assert "From now on we will answer in English." in [
        text for _, text in await heard(trial, header)
    ]


@pytest.mark.parametrize(("day", "starts"), [(26, "26 09:00"), (28, "30 09:00")])
def test_a_trial_begins_in_the_morning_of_a_working_day(day, starts):
    start = demo_start(EVENING.replace(day=day))
    assert f"{local(start):%d %H:%M}" == starts
    assert is_working_day(local(start).date())


def test_the_clock_of_a_trial_is_pushed_forward_and_never_back():
    clock = DemoClock(60.0, EVENING)
    assert EVENING <= clock.now() < EVENING + timedelta(hours=1)
    ran = clock.elapsed()
    clock.push(timedelta(hours=12))
    assert clock.now() >= EVENING + timedelta(hours=12)
    assert clock.elapsed() - ran >= 12 * 3600
    clock.push(timedelta(hours=-3))
    assert clock.now() >= EVENING + timedelta(hours=12)


async def test_a_page_that_only_says_no_is_a_page_of_the_trial_too(trial, tmp_path_factory):
    site = await Site().start(tmp_path_factory.mktemp("real"))
    header = {"Accept": "text/html"}
    for one, marked in ((trial, True), (site, False)):
        async with one.client.get(f"{one.url}/nothing", headers=header) as answer:
            assert answer.status == 404
            assert ("CHẾ ĐỘ THỬ" in await answer.text()) is marked
    await site.stop()
