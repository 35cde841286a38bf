"""Public pictures under their own address, and in the thread of a page."""

from io import BytesIO

import pytest
from PIL import Image

from cases.messages import Address, Outgoing, Picture
from notifications.channel import Sent
from tests.support.site import Site

SHOW = Outgoing("k", "media", "Mã QR", media=Picture("qr/20500.png", "https://x/", b"secret"))


@pytest.fixture
async def site(tmp_path):
    made = await Site().start(tmp_path, ANNHI_PUBLIC_URL="https://annhi.example")
    yield made
    await made.stop()


async def get(site, path, method="GET"):
    async with site.client.request(method, f"{site.url}{path}") as answer:
        return answer.status, await answer.read(), answer.headers


async def test_the_code_of_a_commune_is_a_picture_that_may_be_kept(site):
    status, data, headers = await get(site, "/qr/20500.png")
    assert (status, headers["Content-Type"]) == (200, "image/png")
    assert headers["Cache-Control"] == "public, max-age=86400"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in headers
    assert Image.open(BytesIO(data)).size[0] > 400
    assert len(data) < 2**20
    assert (await get(site, "/qr/20500.png"))[1] == data
    assert (await get(site, "/qr/20515.png"))[1] != data


@pytest.mark.parametrize(
    "path",
    ["/qr/99999.png", "/qr/20500.svg", "/qr/20500", "/qr/20500-5d18cbec37f52813.png", "/qr/.png",
     "/qr/379J-DTBK.png", "/qr/..%2Fkeys.png", "/qr/%EF%BC%92.png", "/qr/20500.png/x", "/qr/"],
)  # fmt: skip
async def test_whatever_else_is_asked_for_is_not_there(site, path):
    status, data, headers = await get(site, path)
    assert status == 404
    assert headers["Cache-Control"] == "no-store"
    assert b"PNG" not in data


async def test_nothing_can_be_put_there(site):
    assert (await get(site, "/qr/20500.png", "POST"))[0] == 405


async def test_without_an_address_that_people_open_there_is_no_code(tmp_path):
    made = await Site().start(tmp_path)
    assert (await get(made, "/qr/20500.png"))[0] == 404
    await made.stop()


async def test_a_page_hears_of_a_picture_as_of_a_message_that_brings_one(site):
    async with site.client.post(f"{site.url}/api/chat/sessions", json={}) as answer:
        made = await answer.json()
    site.client.cookie_jar.clear()
    session, header = made["session"], {"Authorization": f"Bearer {made['token']}"}
    channel = site.app.kit.channels["web", "site"]
    assert isinstance(await channel.send(SHOW, Address("web", "site", session, session)), Sent)
    (message,) = (await site.messages(header))["messages"]
    assert message["text"] == "Mã QR"
    assert message["media"] == {"id": "qr/20500.png", "kind": "image", "url": "/qr/20500.png"}
    assert set(message) == {"seq", "id", "at", "text", "media"}  # an ordinary message: no `op`
    async with site.client.get(f"{site.url}/api/chat/events", headers=header) as stream:
        assert await stream.content.readline() == b"event: message\n"
    assert (await get(site, message["media"]["url"]))[0] == 200
