"""What an event of a Zalo Official Account means (CHANNELS.md section 8); pure: bytes in, Incoming out."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from bot.channels.zalo_reading import named, nfc, start_code, when
from cases.messages import Incoming, MediaRef

NAME = "zalooa"
_FROM_US = (
    "user_received_message",
    "user_seen_message",
)  # receipts: sent by the OA, about a person
_MEDIA = {
    "image": "image", "gif": "image", "video": "video", "audio": "voice", "file": "file",
    "sticker": "sticker",
}  # fmt: skip
_WITH_FILES = {f"user_send_{one}" for one in _MEDIA}
_PLAIN: Mapping[str, str] = {
    "follow": "opened", "user_click_chatnow": "opened", "unfollow": "left",
    "user_received_message": "delivered", "user_seen_message": "seen",
    "user_reacted_message": "reacted", "user_withdraw": "withdraw",
}  # fmt: skip
_PRESS = "#c:"  # anybody can type it: it is taken for no more than a wish


def user_of(event: dict[str, Any]) -> str:
    """The person an event is about, whoever sent it."""
    name = named(event, "event_name")
    if name.startswith("oa_send_") or name in _FROM_US:
        return named(event, "recipient", "id")
    places = (("sender", "id"), ("follower", "id"), ("user_id",))
    return next((found for one in places if (found := named(event, *one))), "")


def chat_of(event: dict[str, Any]) -> str:
    """Where to answer: a visitor of a web page has a conversation, everybody else only their id."""
    visits = named(event, "event_name").startswith("anonymous_send_")
    return (named(event, "message", "conversation_id") if visits else "") or user_of(event)


def key_of(event: Any, body: bytes) -> str:
    """The dedupe key. Receipts and echoes carry the id of *our* message, so their name belongs to it."""
    event = event if isinstance(event, dict) else {}
    name, numbers = named(event, "event_name"), _numbers(event)
    if not name:
        return f"h:{hashlib.sha256(body).hexdigest()}"
    if numbers and name.startswith(("user_send_", "anonymous_send_")):
        return f"m:{numbers[0]}"
    about = ",".join(numbers) or "-"
    # The key stands in clear in the inbox: a mark of the person, not their id.
    who = hashlib.sha256(f"{name}|{about}|{user_of(event)}".encode()).hexdigest()[:16]
    return f"{name}:{about}:{named(event, 'timestamp')}:{who}"


def read(account: str, event: Any, raw: bytes) -> Incoming | None:
    """None: stored and ignored."""
    try:
        return _read(account, event, raw)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        return _incoming(account, event, raw, "signal", signal="unreadable")


def _read(account: str, event: dict[str, Any], raw: bytes) -> Incoming | None:
    name = event["event_name"]
    if "_send_group_" in name or _is_number_of_a_phone(event, name):
        return None
    values: dict[str, Any]
    if name in _PLAIN:
        values = {"kind": "signal", "signal": _PLAIN[name], "about": "".join(_numbers(event)[:1])}
    elif name.startswith("oa_send_"):
        values = _ours(event)
    elif name.startswith("anonymous_send_"):
        text = nfc(event["message"].get("text", ""))
        values = {"kind": "signal", "signal": "unsupported", "text": text}
    elif name == "user_submit_info":
        values = {
            "kind": "contact",
            "phone": _submitted(event),
            "own": True,
            "signal": "info_submitted",
        }
    else:
        values = _content(name, event["message"])
    if not user_of(event):
        raise KeyError("sender")
    return _incoming(account, event, raw, **values)


def _ours(event: dict[str, Any]) -> dict[str, Any]:
    """Our own send comes back; with an admin's id somebody of ours typed it by hand."""
    by_hand = bool(named(event, "sender", "admin_id"))
    text = nfc(event["message"].get("text", ""))
    signal = "staff_took_over" if by_hand else "echo"
    about = "".join(_numbers(event)[:1])
    return {"kind": "signal", "signal": signal, "text": text, "about": about}


def _content(name: str, message: dict[str, Any]) -> dict[str, Any]:
    text, about = nfc(message.get("text", "")), named(message, "quote_msg_id")
    if name == "user_send_text":
        return _typed(nfc(message["text"]), about)
    if name == "user_send_link":
        return {"kind": "text", "text": text or nfc(_payload(message)["url"]), "about": about}
    if name == "user_send_location":
        return {"about": about, "text": text, **_place(message)}
    if name == "user_send_business_card":
        card = json.loads(_payload(message)["description"])
        return {"kind": "contact", "phone": _phone(card["phone"]), "about": about}
    if name in _WITH_FILES:
        return {"kind": "media", "text": text, "media": _media(message), "about": about}
    raise ValueError("an event of a kind nobody knows")


def _typed(text: str, about: str) -> dict[str, Any]:
    if text.startswith(_PRESS):
        parts = text.split(":")
        known = len(parts) == 3 and all(parts)
        prompt, option = (parts[1], parts[2]) if known else ("-", "-")
        return {"kind": "choice", "prompt": prompt, "option": option}
    if code := start_code(text):
        return {"kind": "start", "payload": code}
    return {"kind": "text", "text": text, "about": about}


def _place(message: dict[str, Any]) -> dict[str, Any]:
    """Coordinates are text or numbers; where they are neither, the words count."""
    try:
        found = _payload(message)["coordinates"]
        lat, lon = float(found["latitude"]), float(found["longitude"])
    except (KeyError, TypeError, ValueError):
        return {"kind": "text"}
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):  # also what is no number at all
        return {"kind": "text"}
    return {"kind": "location", "lat": lat, "lon": lon}


def _media(message: dict[str, Any]) -> tuple[MediaRef, ...]:
    found = [
        _file(_MEDIA[one["type"]], one["payload"])
        for one in message["attachments"]
        if one["type"] in _MEDIA
    ]
    if not found:
        raise ValueError("no file of a kind we know")
    return tuple(found)


def _file(kind: str, payload: dict[str, Any]) -> MediaRef:
    size = named(payload, "size")
    ref = named(payload, "url") or named(payload, "id")
    count = int(size) if size.isascii() and size.isdigit() else 0
    return MediaRef(kind, ref, named(payload, "checksum") or ref, named(payload, "type"), count)


def _payload(message: dict[str, Any]) -> dict[str, Any]:
    return dict(message["attachments"][0]["payload"])


def _submitted(event: dict[str, Any]) -> str:
    """A phone of one's own, in any of the three shapes of a submitted form."""
    found = event.get("info") or json.loads(event["message"]["text"])
    return _phone(found["phone"])


def _phone(value: Any) -> str:
    if not (digits := str(value).strip()):
        raise ValueError("no phone")
    return digits


def _is_number_of_a_phone(event: dict[str, Any], name: str) -> bool:
    """A receipt of a template that went to a phone: no address of ours."""
    return name in _FROM_US and bool(named(event, "message", "tracking_id"))


def _numbers(event: dict[str, Any]) -> list[str]:
    """The ids of the messages an event is about."""
    message = event.get("message")
    many = message.get("msg_ids") if isinstance(message, dict) else None
    found = many if isinstance(many, list) else [named(message, "msg_id")]
    return [one for one in found if isinstance(one, str) and one]


def _incoming(account: str, event: Any, raw: bytes, kind: str, **values: Any) -> Incoming:
    event = event if isinstance(event, dict) else {}
    own = named(event, "message", "msg_id")
    theirs = named(event, "event_name").startswith("user_send_")
    return Incoming(
        channel=NAME, account=account, user=user_of(event), chat=chat_of(event),
        dedupe=key_of(event, raw), at=when(event.get("timestamp")), kind=kind,
        id=own if theirs else "", **values,
    )  # fmt: skip
