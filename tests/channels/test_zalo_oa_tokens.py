"""Row 34 of CHANNELS.md 12.1: one refresher, a lost answer, a failure with HTTP 200, a pair sealed at rest."""

import asyncio
from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256

import pytest

from bot.channels.zalo_oa_tokens import OaApp, OaTokens
from notifications.channel import Retry
from storage.store import StorageBusy
from tests.support import database
from tests.support.fake_zalo_bot import Fault
from tests.support.fake_zalo_oa import APP, APP_SECRET, FakeZaloOA, recorded

from .test_zalo_oa_answers import opened

LOGIN = Retry(60, "account", "login")


@pytest.fixture
async def fake():
    made = FakeZaloOA()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def tokens(fake, tmp_path):
    async for made in opened(tmp_path, fake.url):
        made.tokens.store = made.store
        yield made.tokens


async def test_a_token_is_renewed_past_half_its_life_and_not_before(fake, tokens):
    assert await tokens.fresh() == "FIXTURE-ACCESS-TOKEN-2"
    tokens.store.clock.advance(timedelta(hours=12))
    assert await tokens.fresh() == "FIXTURE-ACCESS-TOKEN-2"
    tokens.store.clock.advance(timedelta(hours=1))
    assert await tokens.fresh() == "FIXTURE-ACCESS-TOKEN-3"
    assert len(fake.refreshes) == 2


async def test_no_message_waits_for_a_renewal_while_its_token_lives(fake, tokens):
    assert await tokens.access() == "FIXTURE-ACCESS-TOKEN-2"
    tokens.store.clock.advance(timedelta(hours=24))
    assert await tokens.access() == "FIXTURE-ACCESS-TOKEN-2"
    assert len(fake.refreshes) == 1
    tokens.store.clock.advance(timedelta(hours=2))
    assert await tokens.access() == "FIXTURE-ACCESS-TOKEN-3"


async def test_a_log_in_that_hangs_is_not_waited_for_and_its_answer_is_kept(fake, tokens):
    """The message certainly did not leave, so an alert takes its next way; the pair comes in later."""
    tokens._patience = 0
    assert await tokens.access() == Retry(30, "account", "token")
    await tokens.settled()
    assert (await tokens.pair()).access == "FIXTURE-ACCESS-TOKEN-2"
    assert await tokens.access() == "FIXTURE-ACCESS-TOKEN-2"
    assert len(fake.refreshes) == 1


async def test_whoever_closes_while_a_pair_is_on_its_way_waits_for_it(fake, tokens):
    tokens._patience = 0
    await tokens.renew("")
    await tokens.close()
    assert (await tokens.pair()).access == "FIXTURE-ACCESS-TOKEN-2"


@pytest.mark.parametrize("mended_by", ["access", "fresh", "settled"])
async def test_a_pair_that_the_database_cannot_take_is_stored_later_and_not_fetched_again(
    fake, tokens, mended_by
):
    store, commit = tokens.store, tokens.store.commit

    async def full(name, connection):
        if name == "token":
            raise StorageBusy(name)
        await commit(name, connection)

    store.commit = full
    assert await tokens.access() == Retry(3, "chat", "token is being renewed")
    assert await tokens.access() == Retry(3, "chat", "token is being renewed")
    assert (await tokens.pair()).gen == 1
    await tokens.settled()  # it cannot yet, and says nothing
    store.commit = commit
    await getattr(tokens, mended_by)()
    assert (await tokens.pair()).access == "FIXTURE-ACCESS-TOKEN-2"
    assert fake.refreshes == ["FIXTURE-REFRESH-TOKEN-1"]


async def test_many_who_ask_at_once_refresh_once(fake, tokens):
    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(tokens.access()) for _ in range(20)]
    assert {one.result() for one in asked} == {"FIXTURE-ACCESS-TOKEN-2"}
    assert len(fake.refreshes) == 1


async def test_two_programs_refresh_once(fake, tokens):
    """Each has a door of its own; the lease in the database is the one they share."""
    other = OaTokens(OaApp(APP, APP_SECRET, fake.url), tokens.store)
    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(one.renew("")) for one in (tokens, other)]
    results = [one.result() for one in asked]
    assert "FIXTURE-ACCESS-TOKEN-2" in results
    assert len(fake.refreshes) == 1
    assert await other.access() == "FIXTURE-ACCESS-TOKEN-2"
    await other.close()


async def test_whoever_looked_before_somebody_renewed_offers_no_used_token(fake, tokens):
    other = OaTokens(OaApp(APP, APP_SECRET, fake.url), tokens.store)
    seen = await tokens.pair()
    assert await other.renew("") == "FIXTURE-ACCESS-TOKEN-2"
    assert await tokens._after(seen, "") == "FIXTURE-ACCESS-TOKEN-2"
    assert fake.refreshes == ["FIXTURE-REFRESH-TOKEN-1"]
    assert (await tokens.pair()).refused_at is None
    await other.close()


async def test_a_lease_of_somebody_who_died_ends(fake, tokens):
    async with tokens.store.transaction("test") as work:
        pair = await work.tokens.get("zalooa", APP)
        assert await work.tokens.lease("zalooa", APP, pair)
    assert await tokens.access() == Retry(3, "chat", "token is being renewed")
    tokens.store.clock.advance(timedelta(seconds=46))
    assert await tokens.access() == "FIXTURE-ACCESS-TOKEN-2"


@pytest.mark.parametrize("name", ["error_oauth_refresh", "error_oauth_without_number"])
async def test_a_failure_with_http_200_never_overwrites_the_pair(fake, tokens, name):
    await tokens.access()
    before = await tokens.pair()
    fake.fail("token", Fault(200, recorded(name)))
    assert await tokens.renew(before.access) == LOGIN
    after = await tokens.pair()
    assert (after.access, after.refresh, after.gen) == (before.access, before.refresh, before.gen)
    assert after.refused_at is not None
    assert await tokens.access() == before.access  # it lives on until its own end
    assert await tokens.renew(before.access) == LOGIN  # and Zalo is not asked again and again
    assert len(fake.refreshes) == 2


@pytest.mark.parametrize(
    "body", [{}, [], {"access_token": "a"}, {"access_token": "a", "refresh_token": ""},
             {"access_token": 7, "refresh_token": "b"}, {"access_token": None, "refresh_token": None},
             {"access_token": "\u1ebf", "refresh_token": "b"}, {"access_token": "a\nb", "refresh_token": "b"}]
)  # fmt: skip
async def test_half_a_pair_is_no_pair(fake, tokens, body):
    before = await tokens.pair()
    fake.fail("token", Fault(200, body))
    assert isinstance(await tokens.renew(""), Retry)
    after = await tokens.pair()
    assert (after.refresh, after.gen) == (before.refresh, before.gen)


async def test_a_refused_pair_is_tried_again_later_and_a_new_login_at_once(fake, tokens):
    fake.fail("token", Fault(200, recorded("error_oauth_refresh")))
    assert await tokens.access() == LOGIN
    tokens.store.clock.advance(timedelta(minutes=11))
    assert await tokens.access() == "FIXTURE-ACCESS-TOKEN-2"
    fake.fail("token", Fault(200, recorded("error_oauth_refresh")))
    assert await tokens.renew("FIXTURE-ACCESS-TOKEN-2") == LOGIN
    await tokens.seed(fake.refresh)
    assert await tokens.access() == "FIXTURE-ACCESS-TOKEN-3"


async def test_a_lost_answer_tries_the_stored_pair_once_more_and_then_asks_for_a_login(
    fake, tokens
):
    fake.fail("token", Fault(cut=True, accept=True))
    assert await tokens.access() == LOGIN
    assert fake.refreshes == ["FIXTURE-REFRESH-TOKEN-1"] * 2


async def test_an_answer_lost_before_anything_was_made_is_no_loss(fake, tokens):
    fake.fail("token", Fault(cut=True))
    assert await tokens.access() == "FIXTURE-ACCESS-TOKEN-2"
    assert fake.refreshes == ["FIXTURE-REFRESH-TOKEN-1"] * 2


@pytest.mark.parametrize(
    "fault", [Fault(500, b"<html>"), Fault(503, {"error": -1}), Fault(200, b"<html>")]
)
async def test_a_platform_that_is_down_is_asked_again_soon(fake, tokens, fault):
    fake.fail("token", fault)
    assert await tokens.access() == Retry(30, "account", "token")
    assert await tokens.access() == "FIXTURE-ACCESS-TOKEN-2"


async def test_whoever_is_cut_off_while_a_pair_arrives_loses_nothing(fake, tokens):
    asking = asyncio.ensure_future(tokens.access())
    await asyncio.wait_for(fake.asked.wait(), 5)
    asking.cancel()
    await asyncio.wait([asking])
    await asyncio.wait_for(tokens._door.acquire(), 5)
    tokens._door.release()
    assert (await tokens.pair()).access == "FIXTURE-ACCESS-TOKEN-2"
    assert len(fake.refreshes) == 1


@pytest.mark.parametrize("told", ["", "x", "-5", "٣", "9" * 12, None])
async def test_an_absurd_length_of_life_is_the_one_that_is_known(fake, tokens, told):
    pair = {"access_token": "a", "refresh_token": "b", "expires_in": told}
    fake.fail("token", Fault(200, pair))
    assert await tokens.renew("") == "a"
    found = await tokens.pair()
    assert found.expires_at - found.made_at == timedelta(hours=25)


async def test_the_pair_lies_sealed_in_the_file(fake, tokens, tmp_path):
    await tokens.access()
    await tokens.store.close()
    with database.owner(tmp_path / "annhi.db") as file:
        ((sealed,),) = file.execute("SELECT pair FROM channel_tokens").fetchall()
    assert b"FIXTURE" not in sealed
    whole = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert b"FIXTURE-" not in whole


async def test_a_code_of_a_login_brings_the_first_pair_only_with_its_verifier(fake, tokens):
    fake.codes = {"one": "wrong challenge"}
    assert not await tokens.redeem("one", "v" * 43)
    assert (await tokens.pair()).refresh == "FIXTURE-REFRESH-TOKEN-1"


async def test_a_code_of_a_login_brings_both_tokens_at_once(fake, tokens):
    """A program that runs beside the log-in must not find a refresh token alone and use it up."""
    fake.codes = {"one": _challenge("v" * 43)}
    assert await tokens.redeem("one", "v" * 43)
    pair = await tokens.pair()
    assert (pair.access, pair.refresh, pair.gen) == (
        "FIXTURE-ACCESS-TOKEN-2", "FIXTURE-REFRESH-TOKEN-2", 2,
    )  # fmt: skip


def _challenge(verifier):
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
