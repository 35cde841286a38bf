"""Our own web chat: what is sent lands in the session's sealed thread; a page draws it by seq."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any
from unicodedata import normalize

from bot.loops import guarded
from cases.messages import Address, Incoming, MediaRef, Outgoing
from cases.typed.fold import sound
from notifications.channel import (
    Abilities,
    Admitted,
    Found,
    Gone,
    Lost,
    Rejected,
    Result,
    Retry,
    Sent,
)
from notifications.outgoing import body_of
from storage.shared import Shared
from storage.store import StorageBusy, Store
from storage.unit_of_work import UnitOfWork

_KINDS = ("text", "choice", "location", "start", "signal", "media")


class WebChat:
    """An open page hears of each commit at once: `Webchat.append` rings it."""

    name = "web"
    account = "site"
    abilities = Abilities(max_text=4000, choice="web", media_out="image", tel_links=True)
    link = ""  # where the pages stand, once they listen

    def __init__(self, store: Store) -> None:
        self._threads = Shared(store, "thread", guarded)

    def admit(self, headers: Mapping[str, str], body: bytes) -> Admitted | Rejected:
        """Called by our own API with the session already proven; shape and key only."""
        try:
            message = json.loads(body)
            session, key, kind = message["session"], message["id"], message["kind"]
        except (ValueError, KeyError, TypeError):
            return Rejected(400, "not a message")
        if kind not in _KINDS or not isinstance(key, str) or not 0 < len(key) <= 64:
            return Rejected(400, "not a message")
        return Admitted(self.account, session, f"{session}:{key}")

    def read(self, raw: bytes) -> Incoming | None:
        body: dict[str, Any] = sound(json.loads(raw))
        session = str(body["session"])
        return Incoming(
            channel=self.name, account=self.account, user=session, chat=session,
            dedupe=f"{session}:{body['id']}", at=datetime.fromisoformat(body["at"]).astimezone(UTC),
            kind=str(body["kind"]), text=normalize("NFC", str(body.get("text") or "")).strip(),
            prompt=str(body.get("prompt") or ""), option=str(body.get("option") or ""),
            lat=_number(body.get("lat")), lon=_number(body.get("lon")),
            payload=str(body.get("payload") or ""), signal=str(body.get("signal") or ""),
            media=tuple(MediaRef(**one) for one in body.get("media", ())),
            lang=str(body.get("lang") or ""),
        )  # fmt: skip

    async def send(self, outgoing: Outgoing, address: Address) -> Result:
        """`Sent` = committed in the thread. It cannot double: the key is unique in the session."""
        body = {**body_of(outgoing), "repeat": outgoing.repeat}
        if outgoing.op in ("edit", "remove"):
            body["target"] = outgoing.target
        try:
            seq = await self._threads.do(partial(_append, address.user, outgoing, body))
        except StorageBusy:
            return Retry(2, "chat", "busy")
        if seq is None:
            return Gone("unknown")
        return Sent(str(seq))

    async def fetch(self, ref: str) -> Found:
        """A page's file comes with its message: what is not here by then never was, or is gone."""
        return Lost("expired")


async def _append(
    session: str, outgoing: Outgoing, body: dict[str, Any], work: UnitOfWork
) -> int | None:
    """The number of the message in its thread; None = the thread is closed."""
    if not await work.webchat.turn(session):
        return None
    op = "say" if outgoing.op == "media" else outgoing.op  # a message that brings a picture
    return await work.webchat.append(session, outgoing.key, op, body)


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
