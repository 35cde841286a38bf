"""The OA's token pair: one refresher, a pair stored before its first use (CHANNELS.md section 8)."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from bot.channels.timed_http import Answer, Wire
from notifications.channel import Retry, Unknown
from storage.keys import Unreadable
from storage.records.accounts import Pair
from storage.store import StorageBusy, Store

NAME = "zalooa"
LOGIN = Retry(60, "account", "login")  # only an administrator mends it: bot zalo-oa login
_BUSY = Retry(3, "chat", "token is being renewed")
_AGAIN_AFTER = timedelta(minutes=10)  # a refused pair is not worth more calls than that
_LONGEST_LIFE = 90_000  # seconds; what an answer without a usable number is taken for


@dataclass(frozen=True, slots=True)
class OaApp:
    """The app at Zalo: its id, its App Secret (not the webhook's key), where it logs in."""

    id: str
    secret: str
    oauth_url: str

    def __repr__(self) -> str:
        return f"OaApp({self.id})"


class OaTokens:
    """Gives the access token. A refresh token works once, so nobody renews beside somebody else."""

    def __init__(self, app: OaApp, store: Store) -> None:
        self._app = app
        self._store = store
        self._wire = Wire(1)
        self._door = asyncio.Lock()
        self._renewing: asyncio.Future[str | Retry] | None = None

    async def access(self) -> str | Retry:
        """A token that is good for now; past half its life it is renewed before it is used."""
        pair = await self.pair()
        if pair is None:
            return LOGIN
        if not pair.access or self._half_over(pair):
            renewed = await self.renew(pair.access)
            # While the old one lives a refresh that fails stops nobody.
            alive = pair.access and self._store.clock.now() < pair.expires_at
            return pair.access if isinstance(renewed, Retry) and alive else renewed
        return pair.access

    async def renew(self, stale: str) -> str | Retry:
        """The token after `stale`; whoever comes second gets what the first one fetched.

        It runs on when its caller is cut off: an answer that arrived must not be lost.
        """
        self._renewing = asyncio.shield(self._renewed(stale))
        return await self._renewing

    async def pair(self) -> Pair | None:
        """What is stored; None also where nobody can read it any more."""
        try:
            async with self._store.reading("token") as work:
                return await work.tokens.get(NAME, self._app.id)
        except Unreadable:
            return None

    async def redeem(self, code: str, verifier: str) -> bool:
        """The first pair, for the code of a log-in. False = Zalo refuses it, or did not answer."""
        form = {"code": code, "code_verifier": verifier, "grant_type": "authorization_code"}
        answer = await self._asked(form)
        found = _pair_of(answer) if isinstance(answer, Answer) else None
        if found is None:
            return False
        await self.seed(found[0][1])
        pair = await self.pair()
        return pair is not None and bool(await self._stored(pair, *found))

    async def seed(self, refresh: str) -> None:
        """A refresh token that somebody brought: stored first, used afterwards."""
        async with self._store.transaction("token") as work:
            await work.tokens.seed(NAME, self._app.id, refresh)

    async def close(self) -> None:
        await self._wire.close()

    def _half_over(self, pair: Pair) -> bool:
        return self._store.clock.now() >= pair.made_at + (pair.expires_at - pair.made_at) / 2

    async def _renewed(self, stale: str) -> str | Retry:
        async with self._door:
            pair = await self.pair()
            if pair is None:
                return LOGIN
            if pair.access != stale:
                return pair.access or LOGIN
            now = self._store.clock.now()
            if pair.refused_at is not None and now < pair.refused_at + _AGAIN_AFTER:
                return LOGIN
            try:
                async with self._store.transaction("token lease") as work:
                    if not await work.tokens.lease(NAME, self._app.id):
                        return _BUSY
                return await self._with_lease(pair)
            except StorageBusy:
                return _BUSY

    async def _with_lease(self, pair: Pair) -> str | Retry:
        answer = await self._refresh(pair)
        if isinstance(answer, Unknown):  # it may have worked: the stored pair once more
            answer = await self._refresh(pair)
        if isinstance(answer, Answer):
            found = _pair_of(answer)
            if found is not None:
                return await self._stored(pair, *found)
            if isinstance(answer.body, dict) and answer.status < 500:
                async with self._store.transaction("token refused") as work:
                    await work.tokens.refused(NAME, self._app.id, pair)
                return LOGIN
        async with self._store.transaction("token lease") as work:
            await work.tokens.release(NAME, self._app.id, pair)
        return Retry(30, "account", "token")

    async def _stored(self, pair: Pair, new: tuple[str, str], seconds: int) -> str | Retry:
        """Committed before anybody uses it: a kill from here on loses nothing."""
        async with self._store.transaction("token") as work:
            until = work.now + timedelta(seconds=seconds)
            ours = await work.tokens.renewed(NAME, self._app.id, pair, new, until)
        if ours:
            return new[0]
        newest = await self.pair()
        return newest.access if newest is not None and newest.access else _BUSY

    async def _refresh(self, pair: Pair) -> Answer | Retry | Unknown:
        return await self._asked({"refresh_token": pair.refresh, "grant_type": "refresh_token"})

    async def _asked(self, form: dict[str, str]) -> Answer | Retry | Unknown:
        url = f"{self._app.oauth_url.rstrip('/')}/v4/oa/access_token"
        data, headers = {**form, "app_id": self._app.id}, {"secret_key": self._app.secret}
        return await self._wire.call("POST", url, data=data, headers=headers)


def _pair_of(answer: Answer) -> tuple[tuple[str, str], int] | None:
    """((access, refresh), seconds) of an answer that holds both; nothing else is a pair."""
    body = answer.body if isinstance(answer.body, dict) else {}
    access, refresh = body.get("access_token"), body.get("refresh_token")
    if not (isinstance(access, str) and access and isinstance(refresh, str) and refresh):
        return None
    told = str(body.get("expires_in", ""))
    seconds = int(told) if told.isascii() and told.isdigit() and len(told) < 9 else _LONGEST_LIFE
    return (access, refresh), max(seconds, 60)
