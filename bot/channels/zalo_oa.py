"""Zalo Official Account, Open API v3: signed webhooks, buttons, windows, one token pair (CHANNELS.md 8)."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.channels import zalo_oa_events as events
from bot.channels.timed_http import Answer, Downloads, PlatformDown, Wire
from bot.channels.zalo_oa_answers import TOKEN, code_of, result_of, window_of
from bot.channels.zalo_oa_tokens import OaTokens
from bot.channels.zalo_reading import named, when
from cases.clock import Clock
from cases.messages import Address, Incoming, Outgoing, Picture
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
    Window,
)

SIGNATURE, STAMP = "X-ZEvent-Signature", "X-ZEvent-Timestamp"
BUTTONS = 5
FREE_HOURS = 48
_TITLE = 100
_CS = "/v3.0/oa/message/cs"
_QUOTA = "/v3.0/oa/quota/message"
_UPLOAD = "/v2.0/oa/upload/image"
_NO_UPLOAD = Retry(5, "chat", "upload", most=3)  # nobody has heard anything yet
_PAGE = 10  # rows of the newest messages, at a time


@dataclass(frozen=True, slots=True)
class OaSettings:
    """What the webhook is signed with, where we call, and the template for a closed window."""

    app_id: str
    webhook_key: str
    api_url: str
    template: str = ""

    def __repr__(self) -> str:
        return f"OaSettings({self.app_id})"


class ZaloOA:
    """One Official Account. HTTP 200 says nothing here: `error` does."""

    name = events.NAME
    abilities = Abilities(
        max_text=2000, choice="button5", edit=False, delete_hours=0, ask_location=False,
        start_payload=False, media_out="image", tel_links=True, free_hours=FREE_HOURS,
    )  # fmt: skip

    def __init__(
        self, settings: OaSettings, tokens: OaTokens, clock: Clock,
        downloads: Downloads | None = None,
    ) -> None:  # fmt: skip
        self.account = settings.app_id
        self.link = ""
        self.tokens = tokens
        self.abilities = replace(ZaloOA.abilities, knock=bool(settings.template))
        self._settings = settings
        self._clock = clock
        self._wire = Wire()
        self._files = downloads or Downloads()

    def admit(self, headers: Mapping[str, str], body: bytes) -> Admitted | Rejected:
        signature = headers.get(SIGNATURE, "")
        if not signature and body.strip() == b"{}":
            return Rejected(200, "probe")
        event = _json(body)
        stamps = [headers.get(STAMP, "")]
        if isinstance(event, dict):
            stamps.append(named(event, "timestamp"))
        if not self._signed(signature, body, stamps):
            return Rejected(401, "wrong signature")
        if event is None and body.strip() != b"null":
            return Rejected(400, "not JSON")
        return self.key_of(event, body)

    def key_of(self, event: Any, body: bytes) -> Admitted:
        """The dedupe key and the conversation of an event of any shape."""
        key = events.key_of(event, body)
        chat = events.chat_of(event) if isinstance(event, dict) else ""
        return Admitted(self.account, sound(chat or key), sound(key))

    def _signed(self, signature: str, body: bytes, stamps: list[str]) -> bool:
        """A plain hash over the raw bytes. Every candidate is compared, whichever fits."""
        key, fits = self._settings.webhook_key.encode(), False
        if not key:
            return False
        for stamp in stamps:
            stamped = stamp.encode("utf-8", "replace")
            plain = hashlib.sha256(self.account.encode() + body + stamped + key).hexdigest()
            given = signature.encode("utf-8", "replace")
            fits |= bool(stamp) & hmac.compare_digest(given, f"mac={plain}".encode())
        return fits

    def read(self, raw: bytes) -> Incoming | None:
        try:
            event = sound(json.loads(raw))
        except (ValueError, RecursionError):  # deeper than anybody can look
            event = None
        return events.read(self.account, event, raw)

    async def send(self, outgoing: Outgoing, address: Address) -> Result:
        if outgoing.op == "knock":
            path, body = "/v3.0/oa/message/template", self._knock(address)
        elif outgoing.op == "say":
            path, body = _CS, _message(outgoing, address)
        elif outgoing.op == "media" and outgoing.media is not None and outgoing.media.data:
            return await self._send_picture(outgoing, outgoing.media, address)
        else:
            return Bad("not_supported")
        answer = await self._with_token("POST", path, json=body)
        result = result_of(answer, self._clock.now(), buttons=bool(outgoing.choices))
        if isinstance(result, Bad) and result.fix == "numbered":
            # Not for this account: from now on everything goes out with numbers.
            self.abilities = replace(self.abilities, choice="numbered", tel_links=False)
        if isinstance(result, Sent) and outgoing.op == "knock":
            return replace(result, billed=True)  # its own quota says nothing of the price
        return result

    async def window(self, address: Address) -> Window | None:
        """Asked before somebody is written to who has been silent. A visitor of a page has none."""
        if address.chat != address.user:
            return None
        answer = await self._with_token("POST", _QUOTA, json={"user_id": address.user})
        return window_of(answer, self._clock.now())

    async def _send_picture(self, outgoing: Outgoing, picture: Picture, address: Address) -> Result:
        """Uploaded anew each time: an id dies after days, and a copy that is refused (-100) needs another."""
        file = {"file": (picture.ref.rsplit("/", 1)[-1], picture.data, "image/png")}
        answer = await self._with_token("POST", _UPLOAD, files=file)
        result = result_of(answer, self._clock.now())
        if not isinstance(result, Sent | Unknown):
            return result
        number = named(answer.body, "data", "attachment_id") if isinstance(answer, Answer) else ""
        if isinstance(result, Unknown) or not number:
            return _NO_UPLOAD
        body = _message(outgoing, address)
        element = {"media_type": "image", "attachment_id": number}
        payload = {"template_type": "media", "elements": [element]}
        body["message"]["attachment"] = {"type": "template", "payload": payload}
        return result_of(await self._with_token("POST", _CS, json=body), self._clock.now())

    def _knock(self, address: Address) -> dict[str, Any]:
        """Approved, neutral words: whoever holds the phone reads nothing but that there is something."""
        template = self._settings.template
        return {"user_id": address.user, "template_id": template, "template_data": {}}

    async def fetch(self, ref: str) -> Found:
        return await self._files.fetch(ref)

    async def recent(self, page: int = 0) -> list[tuple[str, datetime | None]]:
        """(id, time) of the newest messages over all people, ours too; [] = no more. Raises PlatformDown."""
        data = json.dumps({"offset": page * _PAGE, "count": _PAGE})
        answer = await self._with_token("GET", "/v2.0/oa/listrecentchat", params={"data": data})
        body = answer.body if isinstance(answer, Answer) else None
        if (
            not isinstance(body, dict)
            or code_of(body) != 0
            or not isinstance(body.get("data"), list)
        ):
            raise PlatformDown("no list of recent messages")
        rows = [one for one in body["data"] if isinstance(one, dict)]
        return [
            (found, when(one.get("time"))) for one in rows if (found := named(one, "message_id"))
        ]

    async def close(self) -> None:
        await self._wire.close()
        await self._files.close()
        await self.tokens.close()

    async def _with_token(self, method: str, path: str, **parts: Any) -> Answer | Retry | Unknown:
        """With a token that is good for now; one that just died is renewed, and it is said once more."""
        token = await self.tokens.access()
        answer: Answer | Retry | Unknown = Retry(30, "account", "token")
        for last in (False, True):
            if isinstance(token, Retry):
                return token
            url = f"{self._settings.api_url.rstrip('/')}{path}"
            answer = await self._wire.call(method, url, headers={"access_token": token}, **parts)
            if last or not isinstance(answer, Answer) or code_of(answer.body) not in TOKEN:
                return answer
            token = await self.tokens.renew(token)
        return answer


def _message(outgoing: Outgoing, address: Address) -> dict[str, Any]:
    message: dict[str, Any] = {"text": outgoing.text}
    if outgoing.choices:
        payload = {"buttons": [_button(outgoing.prompt, one) for one in outgoing.choices]}
        message["attachment"] = {"type": "template", "payload": payload}
    who = {"user_id": address.user}
    if address.chat != address.user:  # a visitor of a web page
        who = {"anonymous_id": address.user, "conversation_id": address.chat}
    return {"recipient": who, "message": message}


def _button(prompt: str, choice: Any) -> dict[str, Any]:
    title = choice.label[:_TITLE]
    if choice.tel:
        return {"title": title, "type": "oa.open.phone", "payload": {"phone_code": choice.tel}}
    if choice.url:
        return {"title": title, "type": "oa.open.url", "payload": {"url": choice.url}}
    payload = f"#c:{prompt}:{choice.option}"
    return {"title": title, "type": "oa.query.hide", "payload": payload}


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
