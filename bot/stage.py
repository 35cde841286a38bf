"""The whole program on a scratch database, with a hand clock, fixed chance and memory channels.

For the terminal chat, and for the tests that play written chats again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import App, Edges, open_app
from bot.chance import FixedChance
from bot.channels.memory import ABILITIES, Memory, raw_of
from bot.clock import HandClock
from bot.config import load
from bot.loops import drain_rows
from cases.messages import Incoming
from cases.model import Person, Role
from cases.times.calendar import next_morning
from notifications.channel import Admitted


@dataclass
class Stage:
    """Everybody who takes part; nothing moves unless it is told to."""

    app: App
    clock: HandClock
    chance: FixedChance
    channels: dict[str, Memory]
    n: int = 0

    async def staff(
        self, name: str, role: Role, commune: str, *channels: str, lang: str = "vi",
        villages: tuple[str, ...] = (),
    ) -> Person:  # fmt: skip
        """A member of staff with these addresses, in order."""
        person = Person(f"p-{name}", role, commune, villages, name, lang)
        async with self.app.kit.store.transaction("stage") as work:
            await work.people.add(person)
            for channel in channels:
                contact = await work.contacts.ensure(channel, "site", name, name, lang)
                await work.contacts.link(contact.id, person.id)
        return person

    async def reporter(self, name: str, channel: str, lang: str) -> None:
        """An address that speaks a language."""
        async with self.app.kit.store.transaction("stage") as work:
            await work.contacts.ensure(channel, "site", name, name, lang)

    def message(self, who: str, channel: str, kind: str, **values: object) -> Incoming:
        """The next message of somebody."""
        self.n += 1
        own = f"{channel}-in-{self.n}" if kind not in ("choice", "signal") else ""
        return Incoming(
            channel=channel, account="site", user=who, chat=who, dedupe=f"d{self.n}", id=own,
            at=self.clock.now(), kind=kind, **values,  # type: ignore[arg-type]
        )  # fmt: skip

    async def hears(self, incoming: Incoming) -> bool:
        """Take it in and work until nothing is due. False = known already."""
        channel = self.channels[incoming.channel]
        raw = raw_of(incoming)
        admitted = channel.admit({}, raw)
        assert isinstance(admitted, Admitted)
        new = await self.app.inbox.accept(channel.name, channel.account, admitted, raw)
        await self.settle()
        return new

    async def settle(self) -> None:
        """Work on everything that is due; a chat's own pace passes in seconds."""
        for _ in range(60):
            await drain_rows(self.app.turns, together=self.app.turns.together)
            await self.app.settings.fresh()
            await self.app.mornings.arm()
            await drain_rows(self.app.ticks)
            await self.app.files.drain()
            await self.app.sender.drain()
            if not any(at <= self.clock.now() for at in await self._moments(timers=False)):
                return
            self.clock.advance(1)

    async def pass_time(self, span: timedelta) -> None:
        """Every due moment on the way is lived through in order."""
        until = self.clock.now() + span
        while True:
            await self.settle()
            moments = [*await self._moments(timers=True), next_morning(self.clock.now())]
            ahead = [at for at in moments if at <= until]
            if not ahead:
                break
            self.clock.advance(max(min(ahead) - self.clock.now(), timedelta(seconds=1)))
        if until > self.clock.now():
            self.clock.advance(until - self.clock.now())

    async def _moments(self, *, timers: bool) -> list[datetime]:
        async with self.app.kit.store.reading("stage") as work:
            found = [await work.outbox.next_at(held=True), await work.inbox.next_at()]
            found.append(await work.files.next_at())
            if timers:
                found.append(await work.timers.next_at())
        return [at for at in found if at]


async def open_parts(
    folder: Path, at: str, settings: Mapping[str, str] | None = None
) -> tuple[App, HandClock, FixedChance, dict[str, Memory]]:
    """A fresh installation in this folder at a Viet Nam time, `2026-11-23 20:15`."""
    now = datetime.strptime(at, "%Y-%m-%d %H:%M").replace(tzinfo=UTC) - timedelta(hours=7)
    clock, chance = HandClock(now), FixedChance()
    config = load(
        {
            "ANNHI_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/annhi.db",
            "ANNHI_KEY_FILE": str(folder / "keys.json"),
            "ANNHI_JOURNAL_DIR": str(folder / "journal"),
            **(settings or {}),
        },
        folder / "none.env",
    )
    channels = {name: Memory(name) for name in ABILITIES}
    app = await open_app(config, Edges(clock, chance, [*channels.values()]))
    return app, clock, chance, channels
