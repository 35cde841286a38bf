"""Telegram through PTB's `Bot` only: our own inlet persists before it confirms (CHANNELS.md section 6)."""

import hashlib
import hmac
import json
import sys
import unicodedata
import warnings
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from cases.messages import LARGEST_FILE, Address, Incoming, MediaRef, Outgoing
from cases.typed.fold import sound
from notifications.channel import (
    Abilities,
    Admitted,
    Bad,
    Fetched,
    Found,
    Gone,
    Later,
    Lost,
    Rejected,
    Result,
    Retry,
    Sent,
    Unknown,
)
from notifications.patience import patience

# httpcore looks for it a dozen times a call; where it is not installed, each look walks the whole
# search path of modules: a seventh of what a message cost (ADR 0018).
sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]

UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 — a header's name
_MEDIA = {
    "photo": "image", "voice": "voice", "audio": "voice", "video": "video", "video_note": "video",
    "animation": "video", "document": "file", "sticker": "sticker",
}  # fmt: skip
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_NO_KEYBOARD = ReplyKeyboardRemove()  # a message without buttons takes an old key away
_CALL = 15.0  # seconds, as long as the sender waits: sooner makes a marked repeat for nothing
# Nor does HTTP hang up on what makes a new message: it would do so at once where the process stood
# still, with the answer in its socket.
_NO_END: dict[str, Any] = {"read_timeout": None, "write_timeout": None}
_ABSURD = 4_000_000_000  # seconds: in the year 2096
_FIXES = (
    ("message to edit not found", "fresh"), ("can't be edited", "fresh"),
    ("can't parse entities", "plain"), ("message is too long", "split"),
)  # fmt: skip


class Telegram:
    """One bot account. `poll` gives raw updates; the caller commits before it asks for more."""

    name = "telegram"
    rest = 0.0  # seconds between two polls: an offset confirms, and a poll waits by itself
    failures = (TelegramError,)  # what `start`, `poll`, `use_polling` and `use_webhook` raise
    abilities = Abilities(
        max_text=4096, utf16=True, delete_hours=48, media_out="image", protect=True
    )

    def __init__(self, token: str, api_url: str, secret: str = "") -> None:
        self.account = token.split(":", 1)[0]
        self._secret = secret
        self.link = ""
        sending = HTTPXRequest(connection_pool_size=16, read_timeout=_CALL, write_timeout=_CALL)
        polling = HTTPXRequest(connection_pool_size=1)
        self._pools = sending, polling
        # Files have connections of their own: a slow one takes none from an alert.
        self._files = httpx.AsyncClient(timeout=30, follow_redirects=False)
        self.bot = Bot(
            token, base_url=f"{api_url}/bot", base_file_url=f"{api_url}/file/bot",
            request=sending, get_updates_request=polling,
        )  # fmt: skip

    def knows(self, headers: Mapping[str, str]) -> bool:
        given, known = headers.get(SECRET_HEADER, ""), self._secret.encode()
        return hmac.compare_digest(given.encode("utf-8", "replace"), known) and bool(known)

    def admit(self, headers: Mapping[str, str], body: bytes) -> Admitted | Rejected:
        if not self.knows(headers):
            return Rejected(401, "wrong secret")
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return Rejected(400, "not JSON")
        return self.key_of(update, body)

    def key_of(self, update: Any, body: bytes) -> Admitted:
        """The dedupe key and the conversation of an update of any shape."""
        update = update if isinstance(update, dict) else {}
        try:
            dedupe = str(int(update["update_id"]))
        except (KeyError, ValueError, TypeError, OverflowError):
            dedupe = f"h:{hashlib.sha256(body).hexdigest()}"
        return Admitted(self.account, _chat(update) or dedupe, dedupe)

    def read(self, raw: bytes) -> Incoming | None:
        update = sound(json.loads(raw))
        try:
            return self._read(update, raw)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            return self._incoming(update, raw, "signal", signal="unreadable")

    def _read(self, update: dict[str, Any], raw: bytes) -> Incoming | None:
        if "update_id" not in update:
            raise KeyError("update_id")
        if "callback_query" in update:
            return self._press(update, raw)
        if "my_chat_member" in update:
            return self._member(update, raw)
        for name in ("message", "edited_message"):
            if name in update:
                return self._message(update, update[name], raw, edited=name != "message")
        raise ValueError("an update of a kind nobody knows")

    def _press(self, update: dict[str, Any], raw: bytes) -> Incoming:
        query = update["callback_query"]
        if not isinstance(query["chat_instance"], str):
            raise TypeError("chat_instance")
        parts = str(query.get("data", "")).split(":")
        prompt, option = (parts[1], parts[2]) if len(parts) == 3 and parts[0] == "c" else ("-", "-")
        return self._incoming(update, raw, "choice", prompt=prompt, option=option)

    def _member(self, update: dict[str, Any], raw: bytes) -> Incoming | None:
        change = update["my_chat_member"]
        if change["chat"]["type"] != "private":
            return None
        status = change["new_chat_member"]["status"]
        return self._incoming(
            update, raw, "signal", signal="blocked" if status == "kicked" else "unblocked"
        )

    def _message(
        self, update: dict[str, Any], message: dict[str, Any], raw: bytes, *, edited: bool
    ) -> Incoming | None:
        _check(message)
        if message.get("from", {}).get("is_bot"):
            return None
        if message["chat"]["type"] != "private":
            return self._incoming(update, raw, "signal", signal="group")
        text = _nfc(message.get("text", message.get("caption", "")))
        if edited:
            return self._edited(update, message, raw, text)
        if text.startswith("/start") and text[6:7] in ("", " "):
            return self._incoming(update, raw, "start", payload=text[6:].strip())
        return self._content(update, message, raw, text)

    def _edited(
        self, update: dict[str, Any], message: dict[str, Any], raw: bytes, text: str
    ) -> Incoming:
        """Words or a picture that were changed, or a live position that moved on."""
        point = message.get("location")
        told = {"text": text, "about": _about(message), "media": _media(message)}
        values: dict[str, Any] = _point(point) if point else told
        return self._incoming(update, raw, "signal", signal="edited", **values)

    def _content(
        self, update: dict[str, Any], message: dict[str, Any], raw: bytes, text: str
    ) -> Incoming:
        about = _about(message)
        if "location" in message:
            title = _nfc(message.get("venue", {}).get("title", ""))
            point = _point(message["location"])
            return self._incoming(update, raw, "location", text=title, about=about, **point)
        if "contact" in message:
            contact = message["contact"]
            own = contact.get("user_id") == message["from"]["id"]
            phone = str(contact["phone_number"])
            return self._incoming(update, raw, "contact", phone=phone, own=own, about=about)
        media = _media(message)
        kind = "media" if media else "text"
        return self._incoming(update, raw, kind, text=text, media=media, about=about)

    def _incoming(self, update: Any, raw: bytes, kind: str, **values: Any) -> Incoming:
        body = update if isinstance(update, dict) else {}
        key, chat = self.key_of(body, raw), _chat(body)
        part = _part(body)
        return Incoming(
            channel=self.name, account=self.account, user=chat, chat=chat, dedupe=key.dedupe,
            at=_when(part.get("date")), kind=kind, lang=_lang(part), id=_own_id(body), **values,
        )  # fmt: skip

    async def send(self, outgoing: Outgoing, address: Address) -> Result:
        try:
            async with patience(_CALL):
                return await self._send(outgoing, address)
        except TimeoutError:
            return Unknown("no answer")
        except (TelegramError, KeyError, TypeError) as error:
            return result_of(error)

    async def _send(self, outgoing: Outgoing, address: Address) -> Result:
        chat, buttons = int(address.chat), _keyboard(outgoing)
        if outgoing.op == "remove":
            return await self._remove(chat, outgoing)
        if outgoing.op == "edit":
            await self.bot.edit_message_text(
                outgoing.text, chat, int(outgoing.target), reply_markup=buttons,
                link_preview_options=_NO_PREVIEW,
            )  # fmt: skip
            return Sent(outgoing.target)
        if outgoing.op == "media":
            return await self._send_picture(chat, outgoing)
        sent = await self.bot.send_message(
            chat, outgoing.text, reply_markup=_share(outgoing) or buttons or _NO_KEYBOARD,
            protect_content=outgoing.protect, disable_notification=outgoing.quiet,
            link_preview_options=_NO_PREVIEW, **_NO_END,
        )  # fmt: skip
        return Sent(str(sent.message_id))

    async def _send_picture(self, chat: int, outgoing: Outgoing) -> Result:
        """With its bytes: whoever would fetch it needs no way to us."""
        if outgoing.media is None or not outgoing.media.data:
            return Bad("no picture")
        sent = await self.bot.send_photo(
            chat, outgoing.media.data, caption=outgoing.text,
            reply_markup=_keyboard(outgoing), protect_content=outgoing.protect,
            disable_notification=outgoing.quiet, **_NO_END,
        )  # fmt: skip
        return Sent(str(sent.message_id))

    async def _remove(self, chat: int, outgoing: Outgoing) -> Result:
        """Everything in one call; where that is refused as a whole, each by itself."""
        ids = [int(one) for one in outgoing.ids]
        if not ids:
            await self.bot.delete_message(chat, int(outgoing.target))
            return Sent(outgoing.target)
        try:
            await self.bot.delete_messages(chat, ids)
        except (NetworkError, InvalidToken) as error:
            if not _one_by_one(error):
                raise
            for one in ids:
                await self._remove_one(chat, one)
        return Sent("")

    async def _remove_one(self, chat: int, message: int) -> None:
        """One that is gone, or too old to go, holds up no other."""
        try:
            await self.bot.delete_message(chat, message)
        except BadRequest as error:
            if isinstance(_bad(str(error).lower()), Gone):
                raise

    async def fetch(self, ref: str) -> Found:
        """The address of a file holds the token: it is asked for anew each time and never kept."""
        try:
            file = await self.bot.get_file(ref)
            if (file.file_size or 0) > LARGEST_FILE:
                return Lost("too_big")
            return await self._download(str(file.file_path))
        except (TelegramError, httpx.HTTPError, httpx.InvalidURL, KeyError, TypeError) as error:
            return found_of(error)

    async def _download(self, address: str) -> Found:
        data = bytearray()
        plain = {"Accept-Encoding": "identity"}  # nothing that grows while it is unpacked
        async with self._files.stream("GET", address, headers=plain) as answer:
            if answer.status_code != 200:
                return Later("expired" if answer.status_code in (404, 410) else "unreachable")
            async for piece in answer.aiter_raw():
                data += piece
                if len(data) > LARGEST_FILE:
                    return Lost("too_big")
        return Fetched(bytes(data))

    async def poll(self, offset: int | None, wait: int = 25) -> list[dict[str, Any]]:
        """Raw updates. Raises TelegramError; without an offset nothing is confirmed."""
        arguments: dict[str, Any] = {"timeout": wait, "allowed_updates": UPDATES}
        if offset is not None:
            arguments["offset"] = offset
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # PTB advises its own method, which loses whole batches
            found: Any = await self.bot.do_api_request(
                "getUpdates", api_kwargs=arguments, read_timeout=wait + 10
            )
        return list(found)

    async def ack(self, update: Any) -> None:
        """Stop the button's spinner at once. Its failure costs nobody anything."""
        query = update.get("callback_query") if isinstance(update, dict) else None
        if isinstance(query, dict) and "id" in query:
            try:
                await self.bot.answer_callback_query(str(query["id"]))
            except (TelegramError, KeyError, TypeError):
                return

    async def start(self) -> str:
        """Connect; the bot's user name. Raises TelegramError."""
        await self.bot.initialize()
        self.link = f"https://t.me/{self.bot.username}"
        return str(self.bot.username)

    async def use_polling(self) -> None:
        await self.bot.delete_webhook(drop_pending_updates=False)

    async def use_webhook(self, url: str) -> int:
        """Ask Telegram to knock here. Raises TelegramError: try again later."""
        await self.start()
        await self.bot.set_webhook(url, secret_token=self._secret, allowed_updates=UPDATES)
        return 1

    async def close(self) -> None:
        """Also what only sent and never began: PTB shuts down nothing that was not initialized."""
        await self.bot.shutdown()
        await self._files.aclose()
        for pool in self._pools:
            await pool.shutdown()


def result_of(error: Exception) -> Result:
    """CHANNELS.md section 6: the most specific class first. An unknown answer is never Sent."""
    text = str(error).lower()
    match error:
        case RetryAfter():
            return Retry(_seconds(error), "chat", "429")
        case Forbidden():
            return Gone("deactivated" if "deactivated" in text else "blocked")
        case ChatMigrated():
            return Gone("unknown")
        case InvalidToken() | EndPointNotFound() | Conflict():
            return Retry(30, "account", type(error).__name__)
        case BadRequest():
            return _bad(text)
    cause = error.__cause__
    if isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return Retry(2, "chat", "no connection")
    if isinstance(error, TimedOut | NetworkError):
        return Unknown("no answer")
    return Unknown("unreadable answer")


def found_of(error: Exception) -> Found:
    """What a refused file means. A reference stays good, so most of it is worth asking again."""
    match error:
        case RetryAfter():
            return Later("unreachable", _seconds(error))
        case BadRequest() if "too big" in str(error).lower():
            return Lost("too_big")
        case BadRequest() | ChatMigrated():
            return Later("expired")  # also "temporarily unavailable", in the same words
    return Later("unreachable")


def _seconds(error: RetryAfter) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # PTB announces that this will be a timedelta: both are read
        after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


def _bad(text: str) -> Result:
    if "not modified" in text or "message to delete not found" in text:
        return Sent("")
    if "chat not found" in text:
        return Gone("unknown")
    fix = next((fix for said, fix in _FIXES if said in text), "")
    return Bad("refused", fix)


def _one_by_one(error: TelegramError) -> bool:
    """Whether a whole batch was refused, or its method is not known: then each goes by itself."""
    refused = isinstance(error, BadRequest | InvalidToken)
    return refused or "not implemented" in str(error).lower()


def _keyboard(outgoing: Outgoing) -> InlineKeyboardMarkup | None:
    rows = [
        [InlineKeyboardButton(one.label, url=one.url)] if one.url
        else [InlineKeyboardButton(one.label, callback_data=f"c:{outgoing.prompt}:{one.option}")]
        for one in outgoing.choices
    ]  # fmt: skip
    return InlineKeyboardMarkup(rows) if rows else None


def _share(outgoing: Outgoing) -> ReplyKeyboardMarkup | None:
    """One key that shares the place, or the phone number."""
    if outgoing.ask not in ("location", "contact"):
        return None
    label = outgoing.choices[0].label if outgoing.choices else outgoing.text
    button = KeyboardButton(
        label, request_location=outgoing.ask == "location",
        request_contact=outgoing.ask == "contact",
    )  # fmt: skip
    return ReplyKeyboardMarkup([[button]], one_time_keyboard=True, resize_keyboard=True)


def _part(update: dict[str, Any]) -> dict[str, Any]:
    for name in ("message", "edited_message", "my_chat_member"):
        if isinstance(update.get(name), dict):
            return dict(update[name])
    query = update.get("callback_query")
    if isinstance(query, dict):
        message = query.get("message")
        inner = message if isinstance(message, dict) else {}
        # Who pressed is who counts: a button belongs to its person, not to the chat it stands in.
        return {**inner, "from": query.get("from", {}), "chat": query.get("from", {}), "date": None}
    return {}


def _own_id(update: dict[str, Any]) -> str:
    """The id of the person's own message; a press has none, its message is ours."""
    for name in ("message", "edited_message"):
        if isinstance(update.get(name), dict):
            return str(update[name].get("message_id", ""))
    return ""


def _chat(update: dict[str, Any]) -> str:
    part = _part(update)
    for name in ("chat", "from"):
        found = part.get(name)
        if isinstance(found, dict) and "id" in found:
            return str(found["id"])
    return ""


def _check(message: dict[str, Any]) -> None:
    """PTB accepts wrong types; a wrong one here becomes `unreadable`, which a human reads."""
    if not isinstance(message["chat"]["type"], str) or not isinstance(message["date"], int):
        raise TypeError("chat or date")
    for name in ("text", "caption"):
        if not isinstance(message.get(name, ""), str):
            raise TypeError(name)


def _media(message: dict[str, Any]) -> tuple[MediaRef, ...]:
    for name, kind in _MEDIA.items():
        if name not in message:
            continue
        found = message[name][-1] if name == "photo" else message[name]
        return (
            MediaRef(
                kind, str(found["file_id"]), str(found["file_unique_id"]),
                str(found.get("mime_type", "")), int(found.get("file_size", 0)),
                str(message.get("media_group_id", "")),
            ),
        )  # fmt: skip
    return ()


def _about(message: dict[str, Any]) -> str:
    return str(message.get("reply_to_message", {}).get("message_id", ""))


def _point(location: dict[str, Any]) -> dict[str, float]:
    return {"lat": float(location["latitude"]), "lon": float(location["longitude"])}


def _when(date: Any) -> datetime | None:
    """The platform's time; None for a missing or absurd one (a button under an old message has 0)."""
    if isinstance(date, bool) or not isinstance(date, int) or not 0 < date < _ABSURD:
        return None
    return datetime.fromtimestamp(date, UTC)


def _lang(part: dict[str, Any]) -> str:
    person = part.get("from")
    code = person.get("language_code", "") if isinstance(person, dict) else ""
    return code if isinstance(code, str) and code else "vi"


def _nfc(text: Any) -> str:
    return unicodedata.normalize("NFC", str(text)).strip()
