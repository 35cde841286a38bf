"""A stored row of a thread as the message that INTERFACES.md section 3 promises."""

from collections.abc import Sequence
from typing import Any

from storage.store import Store
from web.parts import Parts

Rows = Sequence[tuple[int, str, dict[str, Any]]]


async def drawn(store: Store, session: str, seq: int) -> None:
    """A page that asks for what came after `seq` has drawn everything up to there."""
    async with store.reading("seen") as work:
        if seq <= await work.webchat.seen(session):
            return
    async with store.transaction("drawn") as work:
        await work.webchat.drawn(session, seq)


def told(parts: Parts, lang: str, rows: Rows) -> list[dict[str, Any]]:
    """Rows as the page hears them; in place of a damaged one a line that says so, and whom to call."""
    broken = {"text": parts.catalog.say(lang, "error.unreadable")}
    return [
        message_of(seq, op, body | broken if "unreadable" in body else body, demo=parts.demo)
        for seq, op, body in rows
    ]


def message_of(seq: int, op: str, body: dict[str, Any], *, demo: bool) -> dict[str, Any]:
    """Only the fields a client knows; empty ones are left out.

    `exit`: the last line of a quick exit, a page leaves when it hears it. `staff`: said to somebody
    who works here, so a page may ring and asks before it gives up the address.
    """
    message: dict[str, Any] = {
        "seq": seq, "id": body["id"], "at": body["at"], "text": body.get("text", "")
    }  # fmt: skip
    if op != "say":
        message |= {"op": op, "target": int(body.get("target") or 0)}
    for name in ("question", "prompt", "ask"):
        if body.get(name):
            message[name] = body[name]
    if body.get("choices"):
        message["choices"] = [_choice(one) for one in body["choices"]]
    if body.get("media"):
        ref = body["media"]
        message["media"] = {"id": ref, "kind": "image", "url": f"/{ref}"}
    for name in ("exit", "staff"):
        if body.get(name):
            message[name] = True
    if demo:
        message["demo"] = True
    return message


def _choice(one: dict[str, Any]) -> dict[str, str]:
    kept = {"option": one["option"], "label": one["label"]}
    return {**kept, **{name: one[name] for name in ("url", "tel") if one.get(name)}}
