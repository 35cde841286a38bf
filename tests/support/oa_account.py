"""A Zalo OA adapter on a scratch database, logged in with a pair that lives at the fake."""

from bot.app import Edges, open_store
from bot.channels.zalo_oa import OaSettings, ZaloOA
from bot.channels.zalo_oa_tokens import OaApp, OaTokens
from bot.clock import HandClock
from bot.config import load
from tests.support import database
from tests.support.fake_zalo_oa import APP, APP_SECRET, OA_KEY


async def oa_account(folder, url, calls="", **more):
    """(store, adapter); `url` is where it logs in, `calls` where its messages go, if elsewhere."""
    here = {
        "ANNHI_DATABASE_URL": database.url(folder),
        "ANNHI_KEY_FILE": str(folder / "keys.json"), "ANNHI_JOURNAL_DIR": str(folder / "journal"),
    }  # fmt: skip
    store, _ = await open_store(load(here, folder / "none.env"), Edges(HandClock()))
    tokens = OaTokens(OaApp(APP, APP_SECRET, url), store)
    await tokens.seed("FIXTURE-REFRESH-TOKEN-1")
    return store, ZaloOA(OaSettings(APP, OA_KEY, calls or url, **more), tokens, store.clock)
