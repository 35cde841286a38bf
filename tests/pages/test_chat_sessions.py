"""One thread a browser: what a second tab, an invitation and a poster code get."""

from http.cookies import SimpleCookie

import pytest

from tests.support.site import Site


@pytest.fixture
async def site(tmp_path):
    made = await Site().start(tmp_path)
    yield made
    await made.stop()


async def opened(site, token="", **body):
    """(what a browser with this cookie is given, the cookie that came with it)"""
    header = {"Origin": site.url} | ({"Cookie": f"chat={token}"} if token else {})
    site.client.cookie_jar.clear()
    url = f"{site.url}/api/chat/sessions"
    async with site.client.post(url, json=body, headers=header) as answer:
        assert answer.status == 201
        return await answer.json(), SimpleCookie(answer.headers.get("Set-Cookie", "")).get("chat")


async def test_a_browser_that_has_a_thread_keeps_it(site):
    first, _ = await opened(site)
    again, cookie = await opened(site, first["token"], lang="en")
    assert again == first
    assert cookie is None
    header = {"Authorization": f"Bearer {again['token']}"}
    assert (await site.post(header, id="1", kind="text", text="xin chào"))[0] == 202


async def test_a_script_that_keeps_cookies_gets_a_new_thread_each_time(site):
    first, _ = await opened(site)
    url, header = f"{site.url}/api/chat/sessions", {"Cookie": f"chat={first['token']}"}
    async with site.client.post(url, json={}, headers=header) as answer:
        assert (await answer.json())["session"] != first["session"]


@pytest.mark.parametrize("token", ["", "wrong", "x" * 200])
async def test_a_cookie_that_opens_nothing_gets_a_new_thread(site, token):
    first, _ = await opened(site)
    made, cookie = await opened(site, token)
    assert made["session"] != first["session"]
    assert cookie.value == made["token"]


async def test_a_thread_that_was_left_is_not_given_again(site):
    first, _ = await opened(site)
    header = {"Authorization": f"Bearer {first['token']}"}
    async with site.client.delete(f"{site.url}/api/chat/sessions", headers=header) as answer:
        assert answer.status == 204
        gone = [one.split("=")[0] for one in answer.headers.getall("Set-Cookie")]
    assert sorted(gone) == ["chat", "left"]
    assert (await opened(site, first["token"]))[0]["session"] != first["session"]


@pytest.mark.parametrize(("start", "days"), [("ABCDEFGHJKMNPQRS", 400), ("xa-20500", 0)])
async def test_what_brings_a_code_is_a_new_thread_and_only_an_officers_lasts(site, start, days):
    first, _ = await opened(site)
    made, cookie = await opened(site, first["token"], start=start)
    assert made["session"] != first["session"]
    assert cookie["max-age"] == (str(days * 86400) if days else "")
    assert cookie["httponly"]


async def test_a_message_says_whom_it_is_for_and_that_it_is_the_last(site):
    made, _ = await opened(site)
    header = {"Authorization": f"Bearer {made['token']}"}
    async with site.store.transaction("test") as work:
        for key, body in (("1", {"staff": True}), ("2", {"exit": True}), ("3", {"exit": False})):
            await work.webchat.append(made["session"], key, "say", {"text": "x", **body})
    found = (await site.messages(header))["messages"]
    assert [(one.get("staff"), one.get("exit")) for one in found] == [
        (True, None), (None, True), (None, None)
    ]  # fmt: skip
