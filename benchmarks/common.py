"""What every measurement shares: a real program in a scratch folder, its visitors, how a figure is written."""

import json
import shutil
import socket
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import App, Edges, freeze_heap, open_app
from bot.channels.memory import Memory
from bot.config import load
from cases.messages import Address, Outgoing
from cases.model import Person, Role
from notifications.channel import Result
from storage.ledgers.inbox import InboxRow

ROOT = Path(__file__).parents[1]
COMMUNES = {"20500": "xã Đại Lộc", "20506": "xã Thượng Đức", "20515": "xã Hà Nha",
            "20539": "xã Vu Gia", "20542": "xã Phú Thuận"}  # fmt: skip
# One report, typed: what happened, no danger now, what kind, which of these, where.
WALK = ("co be o mot minh ngoai ho", "không", "bị bỏ rơi", "bỏ mặc", "xã Đại Hiệp")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; `good` says whether the target was reached, None = nothing was promised."""

    what: str
    seen: str
    target: str = ""
    good: bool | None = None


def at(seconds: Sequence[float], share: float) -> float:
    """The value below which this share of them lies, in milliseconds."""
    ranked = sorted(seconds)
    return ranked[min(len(ranked) - 1, int(len(ranked) * share))] * 1000


def spread(seconds: Sequence[float]) -> str:
    """`p50 4.1 ms, p99 9.8 ms, worst 12.0 ms`."""
    return f"p50 {at(seconds, 0.5):.1f} ms, p99 {at(seconds, 0.99):.1f} ms, worst {at(seconds, 1):.0f} ms"


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder on the disk where the program keeps its data by default; gone afterwards."""
    home, made = ROOT / "var", not (ROOT / "var").exists()
    home.mkdir(exist_ok=True)
    try:
        with TemporaryDirectory(prefix="bench-", dir=home) as name:
            yield Path(name)
    finally:
        if made and not any(home.iterdir()):
            shutil.rmtree(home)


class Ear(Memory):
    """The officers' messenger: notes when a message was handed to it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.heard: list[tuple[float, Address, Outgoing]] = []

    async def send(self, outgoing: Outgoing, address: Address) -> Result:
        self.heard.append((time.perf_counter(), address, outgoing))
        return await super().send(outgoing, address)


@dataclass(slots=True)
class Bench:
    """The program, with its own web chat for reporters and a messenger in memory for officers."""

    app: App
    ear: Ear
    folder: Path
    committed: dict[str, float] = field(default_factory=dict)  # message -> when its turn committed
    replies: int = 0
    n: int = 0

    async def sessions(self, many: int) -> list[str]:
        """New threads of the web chat, as its pages open them."""
        async with self.app.kit.store.transaction("bench") as work:
            return [await work.webchat.open_session(f"t{self.n}-{n}", "vi") for n in range(many)]

    async def accept(self, session: str, text: str) -> str:
        """One message as the web chat's API hands it over; returns its key after the fsync."""
        self.n += 1
        key, channel = f"m{self.n}", self.app.kit.channels["web", "site"]
        now = self.app.kit.clock.now().isoformat()
        message = {"id": key, "kind": "text", "text": text, "session": session, "at": now}
        raw = json.dumps({**message, "lang": "vi"}).encode()
        await self.app.inbox.accept("web", "site", channel.admit({}, raw), raw)
        return key

    async def officer(self, commune: str) -> None:
        async with self.app.kit.store.transaction("bench") as work:
            await work.people.add(Person(f"p-{commune}", Role.OFFICER, commune))
            contact = await work.contacts.ensure("telegram", "site", commune, commune, "vi")
            await work.contacts.link(contact.id, f"p-{commune}")

    def watch(self) -> None:
        """Note when each turn has committed and each reply stands in its thread."""
        together = self.app.turns.together

        async def noted(rows: Sequence[InboxRow]) -> None:
            await together(rows)
            now = time.perf_counter()
            self.committed |= {json.loads(row.raw)["id"]: now for row in rows}

        def rung(_: str) -> None:
            self.replies += 1

        self.app.turns.together, self.app.kit.store.ringer = noted, rung


@asynccontextmanager
async def program() -> AsyncIterator[Bench]:
    """SQLite and the journal with the settings of every installation; the engine is not started yet."""
    with scratch() as folder:
        config = load(
            {
                "ANNHI_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/annhi.db",
                "ANNHI_KEY_FILE": str(folder / "keys.json"),
                "ANNHI_JOURNAL_DIR": str(folder / "journal"),
            },
            folder / "none.env",
        )
        app, ear = await open_app(config, Edges()), Ear("telegram")
        freeze_heap()
        app.kit.channels["telegram", "site"] = ear
        bench = Bench(app, ear, folder)
        bench.watch()
        try:
            yield bench
        finally:
            await app.close(5)
