"""The real program on a scratch SQLite database, with a hand clock, fixed chance and memory channels."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import App, Edges, open_app
from bot.channels.memory import ABILITIES, Memory, raw_of
from bot.config import load
from bot.loops import drain_rows
from cases.messages import Choice, Incoming, Outgoing
from cases.model import Person, Role
from handlers.actions.manage_staff import remove
from handlers.actor import Actor
from tests.support.hand import FixedChance, HandClock


@dataclass
class World:
    """Everybody who takes part, and what each of them has heard."""

    app: App
    clock: HandClock
    chance: FixedChance
    channels: dict[str, Memory]
    n: int = 0
    heard: dict[str, int] = field(default_factory=dict)

    async def staff(
        self, name: str, role: Role, commune: str, *channels: str, lang: str = "vi"
    ) -> Person:
        person = Person(id=f"p-{name}", role=role, commune=commune, name=name, lang=lang)
        async with self.app.kit.store.transaction("test") as work:
            await work.people.add(person)
            for channel in channels:
                contact = await work.contacts.ensure(channel, "site", name, name, lang)
                await work.contacts.link(contact.id, person.id)
        return person

    async def restart(self) -> None:
        """End the program as it is and start it again on the same files."""
        await self.app.close()
        self.app = await open_app(
            self.app.config, Edges(self.clock, self.chance, list(self.channels.values()))
        )
        await self.settle()

    def break_text(self, key: str) -> None:
        """The sentence is gone from every language."""
        name, _, _ = key.replace(".", "-", 1).partition(".")
        for bundle in self.app.kit.catalog._bundles.values():
            bundle._messages.pop(name)

    async def remove(self, name: str) -> None:
        async with self.app.kit.store.transaction("test") as work:
            person = await work.people.get(f"p-{name}")
            await remove(Actor(work, self.app.kit, name="operator"), person)
        await self.settle()

    async def duty(self, name: str, *, on: bool) -> None:
        async with self.app.kit.store.transaction("test") as work:
            person = await work.people.get(f"p-{name}")
            await work.people.save(replace(person, on_duty=on))

    async def hears(self, incoming: Incoming) -> bool:
        channel = self.channels[incoming.channel]
        raw = raw_of(incoming)
        new = await self.app.inbox.accept(
            channel.name, channel.account, channel.admit({}, raw), raw
        )
        await self.settle()
        return new

    def message(self, who: str, channel: str, kind: str, **values: object) -> Incoming:
        self.n += 1
        return Incoming(
            channel=channel, account="site", user=who, chat=who, dedupe=f"d{self.n}",
            at=self.clock.now(), kind=kind, **values,
        )  # fmt: skip

    async def says(self, who: str, text: str, channel: str = "web") -> None:
        await self.hears(self.message(who, channel, "text", text=text))

    async def presses(self, who: str, label: str, channel: str = "web") -> None:
        out, choice = self.button(who, label, channel)
        await self.hears(
            self.message(who, channel, "choice", prompt=out.prompt, option=choice.option)
        )

    def button(self, who: str, label: str, channel: str) -> tuple[Outgoing, Choice]:
        for address, out, _ in reversed(self.channels[channel].accepted):
            for choice in out.choices:
                if address.user == who and choice.label == label:
                    return out, choice
        raise AssertionError(f"{who} was never offered [{label}] on {channel}")

    async def settle(self) -> None:
        """Work on everything that is due; a chat's own pace passes in seconds."""
        for _ in range(60):
            await drain_rows(self.app.turns)
            await drain_rows(self.app.ticks)
            await self.app.sender.drain()
            async with self.app.kit.store.reading("test") as work:
                due = await work.outbox.next_at()
                inbox = await work.inbox.next_at()
            now = self.clock.now()
            if not ((due and due <= now) or (inbox and inbox <= now)):
                return
            self.clock.advance(1)

    async def pass_time(self, span: timedelta) -> None:
        """Every due moment on the way is lived through in order."""
        until = self.clock.now() + span
        while True:
            await self.settle()
            async with self.app.kit.store.reading("test") as work:
                moments = [await work.timers.next_at(), await work.outbox.next_at(),
                           await work.inbox.next_at()]  # fmt: skip
            ahead = [at for at in moments if at and at <= until]
            if not ahead:
                break
            self.clock.advance(max(min(ahead) - self.clock.now(), timedelta(seconds=1)))
        if until > self.clock.now():
            self.clock.advance(until - self.clock.now())

    def texts(self, who: str, channel: str = "web") -> list[str]:
        """What this person has been told there, in order."""
        return [out.text for to, out, _ in self.channels[channel].accepted if to.user == who]

    def new(self, who: str, channel: str = "web") -> list[str]:
        """What is new since the last look."""
        key = f"{who}|{channel}"
        texts = self.texts(who, channel)
        fresh = texts[self.heard.get(key, 0) :]
        self.heard[key] = len(texts)
        return fresh


async def open_world(folder: Path, at: str = "2026-11-23 20:15") -> World:
    """A fresh installation at a Viet Nam time."""
    now = datetime.strptime(at, "%Y-%m-%d %H:%M").replace(tzinfo=UTC) - timedelta(hours=7)
    clock, chance = HandClock(now), FixedChance()
    config = load(
        {
            "ANNHI_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/annhi.db",
            "ANNHI_KEY_FILE": str(folder / "keys.json"),
            "ANNHI_JOURNAL_DIR": str(folder / "journal"),
        },
        folder / "none.env",
    )
    channels = {name: Memory(name) for name in ABILITIES}
    app = await open_app(config, Edges(clock, chance, list(channels.values())))
    return World(app, clock, chance, channels)
