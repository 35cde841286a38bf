"""Messengers knock: secret, method, size, JSON; 200 only after the commit, and once."""

import json
from io import BytesIO
from pathlib import Path

import pytest

from tests.support.site import SECRET, Site

TEXT = (Path(__file__).parents[1] / "data/telegram/update_text.json").read_bytes()
HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}


@pytest.fixture
async def site(tmp_path):
    made = await Site().start(tmp_path)
    yield made
    await made.stop()


async def knock(site, body, header):
    url = f"{site.url}/telegram/webhook"
    async with site.client.post(url, data=BytesIO(body), headers=header) as answer:
        return answer.status


async def stored(site):
    async with site.store.reading("test") as work:
        return len(await work.inbox.oldest(100))


async def test_an_update_is_stored_once_however_often_it_is_repeated(site):
    assert [await knock(site, TEXT, HEADER) for _ in range(3)] == [200, 200, 200]
    assert await stored(site) == 1


@pytest.mark.parametrize(
    ("body", "header", "status"),
    [
        (TEXT, {}, 401),
        (TEXT, {**HEADER, "X-Telegram-Bot-Api-Secret-Token": SECRET[:-1]}, 401),
        (TEXT, {**HEADER, "X-Telegram-Bot-Api-Secret-Token": SECRET + "x"}, 401),
        (b"{", HEADER, 400),
        (b"", HEADER, 400),
        (b" " * (1024 * 1024 + 1), HEADER, 413),
    ],
    ids=["no secret", "truncated", "too long", "not JSON", "empty", "too big"],
)
async def test_f42_what_is_refused_is_not_stored(site, body, header, status):
    assert await knock(site, body, header) == status
    assert await stored(site) == 0


async def test_f42_only_a_post_is_taken(site):
    async with site.client.get(f"{site.url}/telegram/webhook") as answer:
        assert answer.status == 405


async def test_valid_json_of_any_shape_is_kept(site):
    for body in ([{"update_id": 1}], {"new": "thing"}, "text", 7, None):
        assert await knock(site, json.dumps(body).encode(), HEADER) == 200
    assert await stored(site) == 5
    await site.stage.settle()
    assert await stored(site) == 0


async def test_a_messenger_that_is_not_set_up_has_no_door(site):
    async with site.client.post(f"{site.url}/zalo/bot/webhook", data=b"{}") as answer:
        assert answer.status == 404
