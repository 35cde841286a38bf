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
_SLOW = Retry(30, "account", "token")  # certainly not sent: an alert takes its next way at once
_AGAIN_AFTER = timedelta(minutes=10)  # a refused pair is not worth more calls than that
_LONGEST_LIFE = 90_000  # seconds; what an answer without a usable number is taken for
_PATIENCE = 8.0  # seconds; the sender cuts a call after fifteen, and then nobody knows
_REFRESH = 20.0  # seconds for one call, whatever trickles in: two of them end before the lease


@dataclass(frozen=True, slots=True)
class OaApp:
    """The app at Zalo: its id, its App Secret (not the webhook's key), where it logs in."""

    id: str
    secret: str
    oauth_url: str

    def __repr__(self) -> str:
        return f"OaApp({self.id})"


@dataclass(frozen=True, slots=True)
class _Received:
    """A pair that came, and in whose place it belongs; until it is stored nobody may lose it."""

    old: Pair
    new: tuple[str, str]
    seconds: int

    def __repr__(self) -> str:
        return f"_Received(after {self.old.gen})"


class OaTokens:
    """Gives the access token. A refresh token works once, so nobody renews beside somebody else."""

    def __init__(self, app: OaApp, store: Store, patience: float = _PATIENCE) -> None:
        self._app = app
        self._store = store
        self._patience = patience
        self._wire = Wire(1)
        self._door = asyncio.Lock()
        self._renewing: asyncio.Future[str | Retry] | None = None
        self._owed: _Received | None = (
            None  # the database could not take it: no call brings it again
        )

    async def access(self) -> str | Retry:
        """A token that is good for now. While one lives, no message waits for a renewal."""
        pair = await self.pair()
        if pair is None:
            return LOGIN
        return pair.access if self._lives(pair) else await self.renew(pair.access)

    async def fresh(self) -> str | Retry:
        """Past half its life it is renewed before anybody needs it; a refresh that fails stops nobody."""
        pair = await self.pair()
        if pair is None:
            return LOGIN
        if self._lives(pair) and not self._half_over(pair) and self._owed is None:
            return pair.access
        renewed = await self.renew(pair.access)
        return pair.access if isinstance(renewed, Retry) and self._lives(pair) else renewed

    async def renew(self, stale: str) -> str | Retry:
        """The token after `stale`; whoever comes second gets what the first one fetched.

        It runs on when its caller is cut off or tired of waiting: an answer must not be lost.
        """
        self._renewing = asyncio.shield(self._renewed(stale))
        try:
            async with asyncio.timeout(self._patience):
                return await self._renewing
        except TimeoutError:
            return _SLOW

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
        new, seconds = found
        async with self._store.transaction("token") as work:
            until = work.now + timedelta(seconds=seconds)
            await work.tokens.begin(NAME, self._app.id, new, until)
        return True

    async def seed(self, refresh: str) -> None:
        """A refresh token that somebody brought: stored first, used afterwards."""
        async with self._store.transaction("token") as work:
            await work.tokens.begin(NAME, self._app.id, ("", refresh), work.now)

    async def settled(self) -> None:
        """Whatever is under way came to its end, and what was received is stored if it can be."""
        async with self._door:
            try:
                await self._pay()
            except StorageBusy:
                return

    async def close(self) -> None:
        """Whoever asked may be tired of waiting; the answer that is on its way is waited for."""
        await self.settled()
        await self._wire.close()

    def _lives(self, pair: Pair) -> bool:
        return bool(pair.access) and self._store.clock.now() < pair.expires_at

    def _half_over(self, pair: Pair) -> bool:
        return self._store.clock.now() >= pair.made_at + (pair.expires_at - pair.made_at) / 2

    async def _renewed(self, stale: str) -> str | Retry:
        async with self._door:
            try:
                await self._pay()
                pair = await self.pair()
                if pair is None:
                    return LOGIN
                return await self._after(pair, stale)
            except StorageBusy:
                return _BUSY

    async def _after(self, pair: Pair, stale: str) -> str | Retry:
        if pair.access != stale:
            return pair.access or LOGIN
        now = self._store.clock.now()
        if pair.refused_at is not None and now < pair.refused_at + _AGAIN_AFTER:
            return LOGIN
        async with self._store.transaction("token lease") as work:
            ours = await work.tokens.lease(NAME, self._app.id, pair)
        if ours:
            return await self._with_lease(pair)
        newest = await self.pair()  # somebody else renews it now, or just did
        done = newest is not None and newest.access and newest.gen != pair.gen
        return newest.access if newest is not None and done else _BUSY

    async def _with_lease(self, pair: Pair) -> str | Retry:
        answer = await self._refresh(pair)
        if isinstance(answer, Unknown):  # it may have worked: the stored pair once more
            answer = await self._refresh(pair)
        if isinstance(answer, Answer):
            found = _pair_of(answer)
            if found is not None:
                self._owed = _Received(pair, *found)
                return await self._pay() or _BUSY
            if isinstance(answer.body, dict) and answer.status < 500:
                async with self._store.transaction("token refused") as work:
                    await work.tokens.refused(NAME, self._app.id, pair)
                return LOGIN
        async with self._store.transaction("token lease") as work:
            await work.tokens.release(NAME, self._app.id, pair)
        return Retry(30, "account", "token")

    async def _pay(self) -> str:
        """What was received is committed before anybody uses it: a kill from here on loses nothing.

        Where the database cannot take it, it stays owed. "" = nothing is, or somebody began anew.
        """
        owed = self._owed
        if owed is None:
            return ""
        async with self._store.transaction("token") as work:
            until = work.now + timedelta(seconds=owed.seconds)
            ours = await work.tokens.renewed(NAME, self._app.id, owed.old, owed.new, until)
        self._owed = None
        return owed.new[0] if ours else ""

    async def _refresh(self, pair: Pair) -> Answer | Retry | Unknown:
        return await self._asked({"refresh_token": pair.refresh, "grant_type": "refresh_token"})

    async def _asked(self, form: dict[str, str]) -> Answer | Retry | Unknown:
        url = f"{self._app.oauth_url.rstrip('/')}/v4/oa/access_token"
        data, headers = {**form, "app_id": self._app.id}, {"secret_key": self._app.secret}
        try:
            async with asyncio.timeout(_REFRESH):
                return await self._wire.call("POST", url, data=data, headers=headers)
        except TimeoutError:
            return Unknown("time-out")


def _pair_of(answer: Answer) -> tuple[tuple[str, str], int] | None:
    """((access, refresh), seconds) of an answer that holds both; nothing else is a pair."""
    body = answer.body if isinstance(answer.body, dict) else {}
    access, refresh = body.get("access_token"), body.get("refresh_token")
    if not (_is_token(access) and _is_token(refresh)):
        return None
    told = str(body.get("expires_in", ""))
    seconds = int(told) if told.isascii() and told.isdigit() and len(told) < 9 else _LONGEST_LIFE
    return (str(access), str(refresh)), max(seconds, 60)


def _is_token(value: object) -> bool:
    """What a header can carry; anything else would fail at its first use, where nobody sees why."""
    return isinstance(value, str) and bool(value) and value.isascii() and value.isprintable()
