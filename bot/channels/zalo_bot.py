"""Zalo Bot Platform through a client of our own: numbered text, no buttons (CHANNELS.md section 7)."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from bot.channels.timed_http import Answer, Downloads, PlatformDown, Wire
from bot.channels.zalo_reading import named, nfc, start_code, when
from cases.clock import Clock
from cases.messages import Address, Incoming, MediaRef, Outgoing
from cases.typed.fold import sound
from notifications.channel import (
    Abilities,
    Admitted,
    Bad,
    Found,
    Rejected,
    Result,
    Retry,
    Sent,
    Unknown,
)

SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 — a header's name
LONGEST = 2000
QUOTA_PAUSE = 900.0  # nothing says when a quota opens again
_UNSURE = (403, 408)  # "Internal server error" and a time-out: it may have gone out
_EVENTS = {
    "message.text.received": "text", "message.link.received": "text",
    "message.image.received": "image", "message.voice.received": "voice",
    "message.sticker.received": "sticker",
}  # fmt: skip
_SIGNALS = {
    "message.unsupported.received": "unsupported", "message.reaction.received": "reacted",
}  # fmt: skip
_PLACES = {  # where the reference of a file stands: live, in the documents, at last its own id
    "image": ("photo_url", "photo"), "voice": ("voice_url",),
    "sticker": ("url", "sticker_id", "sticker"),
}  # fmt: skip


class ZaloBot:
    """One bot account. Ids are text: they exceed what a number keeps."""

    name = "zalobot"
    failures = (PlatformDown,)
    rest = 1.0  # seconds between two polls: nobody promises that updates do not come back
    abilities = Abilities(
        max_text=LONGEST, choice="numbered", edit=False, delete_hours=0, ask_location=False,
        start_payload=False, media_out="link",
    )  # fmt: skip

    def __init__(
        self, token: str, api_url: str, clock: Clock, *, secret: str = "",
        downloads: Downloads | None = None,
    ) -> None:  # fmt: skip
        self.account = _account(token)
        self.link = ""
        self._clock = clock
        self._secret = secret
        self._root = f"{api_url.rstrip('/')}/bot{token}"
        self._wire = Wire()
        self._polling = Wire(1)  # a poll that waits takes no connection from a message
        self._files = downloads or Downloads()

    def knows(self, headers: Mapping[str, str]) -> bool:
        given, known = headers.get(SECRET_HEADER, ""), self._secret.encode()
        return hmac.compare_digest(given.encode("utf-8", "replace"), known) and bool(known)

    def admit(self, headers: Mapping[str, str], body: bytes) -> Admitted | Rejected:
        if not body:
            return Rejected(200, "probe")
        if not self.knows(headers):
            return Rejected(401, "wrong secret")
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return Rejected(400, "not JSON")
        return self.key_of(update, body)

    def key_of(self, update: Any, body: bytes) -> Admitted:
        """The dedupe key and the conversation of an update of any shape, flat or wrapped."""
        message, key = _message(update), _key(update, body)
        if not message:  # nothing tells two of them apart but the time at which they came
            key = f"{key}:{self._clock.now():%Y-%m-%dT%H:%M}"
        return Admitted(self.account, _chat(message) or key, key)

    def read(self, raw: bytes) -> Incoming | None:
        update = sound(json.loads(raw))
        try:
            return self._read(update, raw)
        except (KeyError, TypeError, ValueError, AttributeError):
            return self._incoming(update, raw, "signal", signal="unreadable")

    def _read(self, update: Any, raw: bytes) -> Incoming | None:
        message, event = _message(update), _event(update)
        if message.get("from", {}).get("is_bot") is True:
            return None
        if _where(message) != "PRIVATE":
            return self._incoming(update, raw, "signal", signal="group")
        if event in _SIGNALS:
            return self._incoming(update, raw, "signal", signal=_SIGNALS[event])
        return self._content(update, message, raw, _EVENTS[event])

    def _content(self, update: Any, message: dict[str, Any], raw: bytes, what: str) -> Incoming:
        if what == "text":
            text = nfc(message["text"])
            if code := start_code(text):
                return self._incoming(update, raw, "start", payload=code)
            return self._incoming(update, raw, "text", text=text)
        ref = next((found for name in _PLACES[what] if (found := named(message, name))), "")
        media = (MediaRef(what, ref, ref),)
        text = nfc(message.get("caption", ""))
        return self._incoming(update, raw, "media", text=text, media=media)

    def _incoming(self, update: Any, raw: bytes, kind: str, **values: Any) -> Incoming:
        message = _message(update)
        chat = _chat(message)
        return Incoming(
            channel=self.name, account=self.account, user=chat, chat=chat,
            dedupe=_key(update, raw), at=when(message.get("date")), kind=kind,
            id=named(message, "message_id"), **values,
        )  # fmt: skip

    async def send(self, outgoing: Outgoing, address: Address) -> Result:
        if outgoing.op == "media" and outgoing.media is not None and outgoing.media.url:
            photo = {"chat_id": address.chat, "photo": outgoing.media.url, "caption": outgoing.text}
            return result_of(await self._call("sendPhoto", photo))
        if outgoing.op != "say":
            return Bad("not_supported")
        body = {"chat_id": address.chat, "text": outgoing.text}
        return result_of(await self._call("sendMessage", body), len(outgoing.text))

    async def fetch(self, ref: str) -> Found:
        return await self._files.fetch(ref)

    async def poll(self, _: int | None = None, wait: int = 25) -> list[Any]:
        """What is new: one object, or a list of them; an idle 408 is nothing. Raises PlatformDown."""
        url = f"{self._root}/getUpdates"
        answer = await self._polling.call("POST", url, json={"timeout": wait}, wait=float(wait))
        if isinstance(answer, Answer) and _code(answer) == 408:
            return []
        found = _result(answer)
        return found if isinstance(found, list) else [found] if found else []

    async def ack(self, _: Any) -> None:
        """There is no button whose spinner could be stopped."""

    async def start(self) -> str:
        """The bot's own name. Raises PlatformDown."""
        found = _result(await self._call("getMe", {}))
        return named(found, "account_name")

    async def use_polling(self) -> None:
        """A webhook and polling exclude each other. Raises PlatformDown."""
        _result(await self._call("deleteWebhook", {}))

    async def use_webhook(self, url: str) -> int:
        """Ask Zalo to knock here. Raises PlatformDown: try again later."""
        body = {"url": url, "secret_token": self._secret}
        if _unverified(_result(await self._call("setWebhook", body))):
            raise PlatformDown("the webhook was not verified")
        return 1

    async def webhook(self) -> str:
        """The address that Zalo knocks at; "" = none, or not verified. Raises PlatformDown."""
        answer = await self._call("getWebhookInfo", {})
        if isinstance(answer, Answer) and _code(answer) == 404:
            return ""
        found = _result(answer)
        return "" if _unverified(found) else named(found, "url")

    async def close(self) -> None:
        await self._wire.close()
        await self._polling.close()
        await self._files.close()

    async def _call(self, method: str, body: dict[str, Any]) -> Answer | Retry | Unknown:
        return await self._wire.call("POST", f"{self._root}/{method}", json=body)


def result_of(answer: Answer | Retry | Unknown, length: int = 0) -> Result:
    """CHANNELS.md section 7. `ok` decides, never the status alone; what nobody knows is not Sent."""
    if not isinstance(answer, Answer):
        return answer
    body = answer.body if isinstance(answer.body, dict) else {}
    if body.get("ok") is True and 200 <= answer.status < 300:
        return Sent(named(body, "result", "message_id"))
    code = _code(answer)
    if code == 400:
        return Bad("refused", "split" if length > LONGEST else "")
    if code in (401, 404):
        return Retry(30, "account", "token")
    if code == 429:
        return Retry(QUOTA_PAUSE, "account", "quota")
    return Unknown("no answer" if code in _UNSURE or code >= 500 else "unreadable answer")


def _code(answer: Answer) -> int:
    found = answer.body.get("error_code") if isinstance(answer.body, dict) else None
    known = isinstance(found, int) and not isinstance(found, bool) and found > 0
    return found if known and found is not None else answer.status


def _result(answer: Answer | Retry | Unknown) -> Any:
    """What a call gave. Raises PlatformDown, without a word of what the address or answer holds."""
    if not isinstance(answer, Answer):
        raise PlatformDown(answer.why)
    if not isinstance(answer.body, dict) or answer.body.get("ok") is not True:
        raise PlatformDown(f"refused with {_code(answer)}")
    return answer.body.get("result")


def _unverified(hook: Any) -> bool:
    """Whether Zalo says that it could not verify the address."""
    verification = hook.get("verification") if isinstance(hook, dict) else None
    return isinstance(verification, dict) and verification.get("ok") is False


def _account(token: str) -> str:
    """The number before the colon; a token in another form is named by its digest, never by itself."""
    head, colon, _ = token.partition(":")
    if colon and head.isdigit():
        return head
    return f"h{hashlib.sha256(token.encode()).hexdigest()[:16]}"


def _forms(update: Any) -> list[dict[str, Any]]:
    """Wrapped in `result`, as the documents say, and flat, as it was seen: first what has a message.

    Nothing is lost where both forms are mixed, or the wrapping is empty. Wrapped wins over both.
    """
    if not isinstance(update, dict):
        return []
    forms = [one for one in (update.get("result"), update) if isinstance(one, dict)]
    return sorted(forms, key=lambda one: not isinstance(one.get("message"), dict))


def _message(update: Any) -> dict[str, Any]:
    found = [one.get("message") for one in _forms(update)]
    return next((one for one in found if isinstance(one, dict)), {})


def _event(update: Any) -> str:
    """Its name; "" where it has none."""
    return next((named(one, "event_name") for one in _forms(update) if "event_name" in one), "")


def _where(message: dict[str, Any]) -> str:
    """PRIVATE, or a place where others read. A chat that names no kind is private."""
    return str(message.get("chat", {}).get("chat_type") or "PRIVATE").upper()


def _key(update: Any, body: bytes) -> str:
    number = named(_message(update), "message_id")
    return f"m:{number}" if number else f"h:{hashlib.sha256(body).hexdigest()}"


def _chat(message: dict[str, Any]) -> str:
    return named(message, "chat", "id") or named(message, "from", "id")
