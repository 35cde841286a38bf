"""What every measurement shares: a real program in a scratch folder, and how a figure is written."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import App, Edges, open_app
from bot.chance import SystemChance
from bot.channels.memory import Memory, raw_of
from bot.clock import SystemClock
from bot.config import load
from cases.messages import Incoming
from cases.model import Person, Role


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; `target` is empty where nothing was promised."""

    what: str
    seen: str
    target: str = ""


def spread(seconds: Sequence[float]) -> str:
    """`p50 4.1 ms, p99 9.8 ms`."""
    ranked = sorted(seconds)
    p50, p99 = ranked[len(ranked) // 2], ranked[min(len(ranked) - 1, len(ranked) * 99 // 100)]
    return f"p50 {p50 * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms"


class Bench:
    """The program with memory channels; `sent_at` is when a text was handed to somebody's channel."""

    def __init__(self, app: App, channels: dict[str, Memory], folder: Path) -> None:
        self.app, self.channels, self.folder = app, channels, folder
        self.n = 0

    def raw(self, who: str, text: str) -> tuple[bytes, object]:
        """The bytes of one message on the web chat, and its key."""
        self.n += 1
        incoming = Incoming(
            "web", "site", who, who, f"d{self.n}", SystemClock().now(), "text", text=text
        )
        raw = raw_of(incoming)
        return raw, self.channels["web"].admit({}, raw)

    async def accept(self, who: str, text: str) -> None:
        raw, admitted = self.raw(who, text)
        await self.app.inbox.accept("web", "site", admitted, raw)

    async def officer(self) -> None:
        async with self.app.kit.store.transaction("bench") as work:
            await work.people.add(Person("p-lan", Role.OFFICER, "20500"))
            contact = await work.contacts.ensure("telegram", "site", "lan", "lan", "vi")
            await work.contacts.link(contact.id, "p-lan")


@asynccontextmanager
async def program() -> AsyncIterator[Bench]:
    """Real SQLite with its real settings, the journal with its fsync, the real engine."""
    with TemporaryDirectory(prefix="annhi-bench-", dir=Path.cwd()) as name:
        folder = Path(name)
        config = load(
            {
                "ANNHI_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/annhi.db",
                "ANNHI_KEY_FILE": str(folder / "keys.json"),
                "ANNHI_JOURNAL_DIR": str(folder / "journal"),
            },
            folder / "none.env",
        )
        channels = {"web": Memory("web"), "telegram": Memory("telegram")}
        edges = Edges(SystemClock(), SystemChance(), [*channels.values()])
        app = await open_app(config, edges)
        try:
            yield Bench(app, channels, folder)
        finally:
            await app.close(5)


async def until(condition: object, seconds: float = 120.0) -> None:
    """Wait in small steps until a condition holds."""
    end = time.perf_counter() + seconds
    while not condition():  # type: ignore[operator]
        if time.perf_counter() > end:
            raise TimeoutError("the program did not finish")
        await asyncio.sleep(0.002)
