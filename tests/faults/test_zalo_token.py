"""F29, the token pair: kill -9 between receiving and using it loses nothing that could be kept."""

import signal

import pytest

from bot.app import open_store
from bot.channels.zalo_oa_tokens import OaApp, OaTokens
from cases.messages import Outgoing
from notifications.outgoing import body_of
from storage.ledgers.outbox import Message
from tests.support.fake_zalo_oa import APP, APP_SECRET, OA_KEY, FakeZaloOA

from .place import Place

WHO = "246845883529197922"


class OaPlace(Place):
    """Its only messenger is an Official Account with a seeded token and one message that waits."""

    def env(self):
        zalo = {
            "ANNHI_ZALO_OA_APP_ID": APP, "ANNHI_ZALO_OA_APP_SECRET": APP_SECRET,
            "ANNHI_ZALO_OA_SECRET_KEY": OA_KEY, "ANNHI_ZALO_OA_API_URL": self.peer.url,
            "ANNHI_ZALO_OA_OAUTH_URL": self.peer.url,
        }  # fmt: skip
        plain = {name: one for name, one in super().env().items() if "TELEGRAM" not in name}
        return {**plain, **zalo}

    async def roster(self):
        store, _ = await open_store(self.config)
        await OaTokens(OaApp(APP, APP_SECRET, self.peer.url), store).seed(self.peer.refresh)
        async with store.transaction("test") as work:
            contact = await work.contacts.ensure("zalooa", APP, WHO, WHO, "vi")
            body = body_of(Outgoing("k", text="xin chào"))
            await work.outbox.put(Message("k", contact.id, "zalooa", "say", body, 2))
        await store.close()

    async def login(self):
        """An administrator brings a refresh token that works."""
        store, _ = await open_store(self.config)
        await OaTokens(OaApp(APP, APP_SECRET, self.peer.url), store).seed(self.peer.refresh)
        await store.close()

    def stored(self):
        return self.sql("SELECT gen, refused_at IS NOT NULL FROM channel_tokens")

    async def until_sent(self):
        await self.eventually(lambda: any("xin chào" in one for one in self.peer.texts()))


@pytest.fixture
async def place(tmp_path):
    peer = FakeZaloOA()
    await peer.start()
    made = OaPlace(tmp_path, peer, scale=30)
    await made.roster()
    yield made
    await made.end()
    await peer.stop()


async def test_f29_a_pair_that_was_received_and_stored_survives_a_kill_before_its_first_use(place):
    dying = await place.start("KILL", "after", "token", "1")
    await place.dies(dying)
    assert place.peer.refreshes == ["FIXTURE-REFRESH-TOKEN-1"]
    assert place.peer.used == []
    assert place.stored() == [(2, 0)]
    await place.start()
    await place.until_sent()
    assert place.peer.refreshes == ["FIXTURE-REFRESH-TOKEN-1"]  # it was not fetched again
    assert set(place.peer.used) == {"FIXTURE-ACCESS-TOKEN-2"}


async def test_f29_a_kill_at_the_very_use_of_a_new_pair_finds_it_stored(place):
    process = []
    place.peer.on_use = lambda: process[0].send_signal(signal.SIGKILL)
    process.append(await place.start())
    await place.dies(process[0])
    place.peer.on_use = None
    assert place.stored() == [(2, 0)]
    await place.start()
    await place.until_sent()
    assert place.peer.refreshes == ["FIXTURE-REFRESH-TOKEN-1"]


async def test_f29_a_pair_that_died_with_the_program_asks_for_a_login_and_the_message_waits(place):
    dying = await place.start("KILL", "before", "token", "1")
    await place.dies(dying)
    assert place.stored() == [(1, 0)]
    again = await place.start()
    await place.eventually(lambda: place.stored() == [(1, 1)])
    await place.eventually(lambda: place.sql("SELECT reason FROM gates") == [("login",)])
    assert place.peer.refreshes == ["FIXTURE-REFRESH-TOKEN-1"] * 2  # the stored one, once more
    assert place.peer.texts() == []
    again.send_signal(signal.SIGTERM)
    await again.wait()
    await place.login()
    await place.start()
    await place.until_sent()
    assert place.peer.refreshes[-1] == "FIXTURE-REFRESH-TOKEN-2"
