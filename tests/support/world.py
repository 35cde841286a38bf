"""The stage of `bot/stage.py` with what only tests do: faults, removals, looking back."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.app import Edges, open_app
from bot.stage import Stage, open_parts
from cases.messages import Choice, Outgoing
from handlers.actions.manage_staff import remove
from handlers.actor import Actor
from tests.support import database

SHELF = Path(__file__).parents[1] / "data" / "media"  # what people send, by name


@dataclass
class World(Stage):
    """Everybody who takes part, and what each of them has heard."""

    heard: dict[str, int] = field(default_factory=dict)
    in_order: bool = False

    def one_by_one(self) -> None:
        """A chat is written in the order of the outbox, on a busy machine and after a restart, too."""
        self.in_order = True
        self.app.sender._lanes = (replace(self.app.sender._lanes[0], places=1, only=""),)

    async def restart(self) -> None:
        """End the program as it is and start it again on the same files."""
        await self.app.close()
        self.app = await open_app(
            self.app.config, Edges(self.clock, self.chance, list(self.channels.values()))
        )
        if self.in_order:
            self.one_by_one()
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

    async def says(self, who: str, text: str, channel: str = "web") -> None:
        await self.hears(self.message(who, channel, "text", text=text))

    async def presses(self, who: str, label: str, channel: str = "web") -> None:
        out, choice = self.button(who, label, channel)
        await self.hears(
            self.message(who, channel, "choice", prompt=out.prompt, option=choice.option)
        )

    async def finds(self, who: str, label: str, channel: str = "web") -> None:
        """Press a button of a card, on whichever of its pages it stands."""
        for _ in range(6):
            try:
                self.button(who, label, channel)
            except AssertionError:
                await self.presses(who, "Việc khác…", channel)
        await self.presses(who, label, channel)

    def button(self, who: str, label: str, channel: str) -> tuple[Outgoing, Choice]:
        for address, out, _ in reversed(self.channels[channel].accepted):
            for choice in out.choices:
                if address.user == who and choice.label == label:
                    return out, choice
        raise AssertionError(f"{who} was never offered [{label}] on {channel}")

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


async def open_world(
    folder: Path, at: str = "2026-11-23 20:15", kind: type[World] = World, **settings: str
) -> World:
    """A fresh installation at a Viet Nam time."""
    if "ANNHI_DATABASE_URL" not in settings:
        settings["ANNHI_DATABASE_URL"] = database.migrated(folder)
    world = kind(*await open_parts(folder, at, settings))
    for channel in world.channels.values():
        channel.shelf = SHELF
    world.channels["web"].link = "http://127.0.0.1:8080"
    return world
