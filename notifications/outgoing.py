"""An Outgoing as the JSON of an outbox row, and back."""

from typing import Any

from cases.messages import Choice, Outgoing, Picture

_PLAIN = (
    "op", "text", "question", "prompt", "takes_numbers", "ask", "target", "quiet", "exit", "staff",
    "protect",
)  # fmt: skip


def body_of(outgoing: Outgoing) -> dict[str, Any]:
    """What the outbox keeps; the key is the row's own."""
    choices = [
        {"option": one.option, "label": one.label, "url": one.url, "tel": one.tel,
         "standing": one.standing}
        for one in outgoing.choices
    ]  # fmt: skip
    plain = {name: getattr(outgoing, name) for name in _PLAIN}
    picture = {"media": outgoing.media.ref} if outgoing.media is not None else {}
    return {**plain, **picture, "choices": choices, "ids": list(outgoing.ids)}


def outgoing_of(key: str, body: dict[str, Any]) -> Outgoing:
    """The message of a row."""
    choices = tuple(Choice(**one) for one in body.get("choices", ()))
    plain = {name: body[name] for name in _PLAIN if name in body}
    media = Picture(body["media"]) if body.get("media") else None
    ids = tuple(body.get("ids", ()))
    return Outgoing(key=key, choices=choices, ids=ids, media=media, **plain)
