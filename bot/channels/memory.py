"""A channel in memory, with any channel's abilities: for tests and for the terminal."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from cases.messages import Address, Incoming, MediaRef, Outgoing
from notifications.channel import (
    Abilities,
    Admitted,
    Fetched,
    Found,
    Lost,
    Rejected,
    Result,
    Sent,
)

ABILITIES = {
    "web": Abilities(max_text=4000, choice="web", media_out="image", tel_links=True),
    "telegram": Abilities(max_text=4096, utf16=True, delete_hours=48, media_out="image", protect=True),
    "zalobot": Abilities(max_text=2000, choice="numbered", edit=False, delete_hours=0,
                         ask_location=False, start_payload=False, media_out="link"),
    "zalooa": Abilities(max_text=2000, choice="button5", edit=False, delete_hours=0,
                        ask_location=False, start_payload=False, media_out="image", tel_links=True,
                        free_hours=48),
}  # fmt: skip


@dataclass(slots=True)
class Memory:
    """Keeps what it accepted, in order. `faults` are answers to give instead, by user."""

    name: str
    account: str = "site"
    link: str = ""
    accepted: list[tuple[Address, Outgoing, str]] = field(default_factory=list)
    faults: dict[str, list[Result]] = field(default_factory=dict)
    accept_anyway: bool = False  # a scripted Unknown that did arrive: "the answer was lost"
    shelf: Path | None = None  # where the files lie that people send, by name
    losses: list[Found] = field(default_factory=list)  # answers to give instead of a file
    abilities: Abilities = field(init=False)

    def __post_init__(self) -> None:
        self.abilities = ABILITIES[self.name]

    def admit(self, headers: Mapping[str, str], body: bytes) -> Admitted | Rejected:
        try:
            incoming = json.loads(body)
            return Admitted(self.account, str(incoming["chat"]), str(incoming["dedupe"]))
        except (ValueError, KeyError, TypeError):
            return Rejected(400, "not JSON")

    def read(self, raw: bytes) -> Incoming | None:
        body = json.loads(raw)
        media = tuple(MediaRef(**one) for one in body.pop("media", ()))
        at = body.pop("at")
        return Incoming(at=datetime.fromisoformat(at) if at else None, media=media, **body)

    async def send(self, outgoing: Outgoing, address: Address) -> Result:
        queue = self.faults.get(address.user)
        if queue:
            result = queue.pop(0)
            if self.accept_anyway:
                self._keep(outgoing, address)
            return result
        return Sent(self._keep(outgoing, address))

    async def fetch(self, ref: str) -> Found:
        if self.losses:
            return self.losses.pop(0)
        path = self.shelf / ref if self.shelf is not None else None
        return Fetched(path.read_bytes()) if path is not None and path.exists() else Lost("expired")

    def _keep(self, outgoing: Outgoing, address: Address) -> str:
        platform_id = f"{self.name}-{len(self.accepted) + 1}"
        self.accepted.append((address, outgoing, platform_id))
        return platform_id


def raw_of(incoming: Incoming) -> bytes:
    """The bytes this channel's `read` understands."""
    at = incoming.at.isoformat() if incoming.at else ""
    return json.dumps({**asdict(incoming), "at": at}).encode()
