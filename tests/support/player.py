"""Plays a transcript against the real program and writes down everything that was said (tests/README.md)."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.transcript import INDENT, Cast, Scribe, cast_of
from cases.messages import MediaRef, Outgoing
from cases.model import Role
from cases.roster import village_code
from cases.times.calendar import local
from notifications.channel import Bad, Gone, Later, Lost, Result, Retry, Unknown
from storage.records.areas import AreaRow
from tests.support.areas import prepare
from tests.support.names import Names
from tests.support.pseudo import LANG, write_language
from tests.support.staff_pages import StaffPages
from tests.support.world import SHELF, World, open_world

_ROLES = {role.value: role for role in Role}
_KINDS = {
    "ogg": "voice", "jpg": "image", "webp": "sticker", "mp4": "video", "mov": "video"
}  # fmt: skip
_LOSSES = {
    "later": Later("unreachable"), "expired": Later("expired"), "too big": Lost("too_big")
}  # fmt: skip
_MARKS = {
    "at": "_opens_at", "village": "_village", "language": "_language", "public": "_public", "set": "_sets",
    ">": "_act", "~": "_wait", "!": "_fault", "?": "_look",
}  # fmt: skip
_SPANS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}


@dataclass
class Player:
    """One transcript on its way."""

    folder: Path
    world: World | None = None
    scribe: Scribe = field(default_factory=Scribe)
    written: list[str] = field(default_factory=list)
    twice: bool = False
    pages: StaffPages | None = None
    opens: Callable[..., Awaitable[World]] = open_world
    villages: list[str] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    names: Names = field(default_factory=Names)

    @property
    def people(self) -> dict[str, Cast]:
        return self.scribe.people

    async def play(self, text: str) -> str:
        """The transcript as it happens now."""
        lines = text.splitlines()
        for n, line in enumerate(lines):
            if not line.startswith(INDENT):
                self.written.append(line)
            elif self._is_input(line):
                self.written.append(line)
                before, answer = len(self.written), self._answer(lines[n + 1 :])
                nothing = [one.strip() for one in answer[:1]] == ["< nothing"]
                await self._do(self._now(line.strip()), expects_nothing=nothing)
                self.names.learn(answer, self.written[before:])
                self.written[before:] = map(self.names.told, self.written[before:])
        return "\n".join(self.written) + "\n"

    def _now(self, line: str) -> str:
        """The line with the codes of this run."""
        return self.names.typed(line)

    def _answer(self, lines: list[str]) -> list[str]:
        """What is written to come before the next input."""
        answer: list[str] = []
        for line in lines:
            if line.startswith(INDENT) and self._is_input(line):
                break
            answer += [line] * line.startswith(INDENT)
        return answer

    async def close(self) -> None:
        if self.world is not None:
            await self.world.app.close()

    def _is_input(self, line: str) -> bool:
        return line[4] != " " and line.strip()[0] not in "<="

    async def _do(self, line: str, *, expects_nothing: bool) -> None:
        before = len(self.written)
        mark, _, rest = line.partition(" ")
        if mark in _MARKS:
            await getattr(self, _MARKS[mark])(rest)
        else:
            self._person(line)
        self._hear()
        if expects_nothing and len(self.written) == before:
            self.written.append(f"{INDENT}< nothing")

    async def _opens_at(self, at: str) -> None:
        self.world = await self.opens(self.folder, at, **self.settings)
        self.world.one_by_one()
        await self._villages()
        await self._enrol()

    async def _village(self, name: str) -> None:
        self.villages.append(name)

    async def _language(self, lang: str) -> None:
        assert lang == LANG, lang
        self.settings["ANNHI_LANGUAGES_DIR"] = str(write_language(self.folder / "languages"))

    async def _public(self, address: str) -> None:
        """`public https://…`: the address that people open."""
        self.settings["ANNHI_PUBLIC_URL"] = address

    async def _sets(self, what: str) -> None:
        assert self.world is not None, "set after the time is said"
        await prepare(self.world, what)

    def _person(self, line: str) -> None:
        person = cast_of(line)
        assert person.role == "reporter" or person.role in _ROLES, line
        self.people[person.name] = person

    async def _villages(self) -> None:
        """`village NAME, COMMUNE`: one that the roster knows."""
        assert self.world is not None
        communes = {name: code for code, name in self.world.app.kit.places().areas.communes.items()}
        async with self.world.app.kit.store.transaction("villages") as work:
            for line in self.villages:
                name, _, where = line.partition(", ")
                code = village_code(communes[where], name)
                await work.areas.put([AreaRow(code, "village", name, communes[where])])
        await self.world.app.geography.fresh()

    async def _enrol(self) -> None:
        assert self.world is not None
        communes = {name: code for code, name in self.world.app.kit.places().areas.communes.items()}
        for person in self.people.values():
            if person.role == "reporter":
                for channel in person.channels:
                    await self.world.reporter(person.name, channel, person.lang)
                continue
            commune = communes[person.commune] if person.commune else ""
            await self.world.staff(
                person.name, _ROLES[person.role], commune, *person.channels, lang=person.lang,
                villages=person.villages,
            )  # fmt: skip

    async def _act(self, rest: str) -> None:
        world, said = self.world, re.match(r"(\w+)(?: on (\w+))?: (.*)$", rest)
        assert world is not None
        if said:
            name, channel, text = said.groups()
            await self._send(name, channel, "text", text=_text(text))
            return
        name, channel, verb, what = re.match(r"(\w+)(?: on (\w+))? (\w+) ?(.*)$", rest).groups()
        await getattr(self, f"_does_{verb}")(name, channel, what)

    async def _does_presses(self, name: str, channel: str | None, what: str) -> None:
        label, _, words = what.partition(' of "')
        on = channel or self.people[name].channels[0]
        out, option = self._button(name, on, label, words.rstrip('"'))
        await self._send(name, on, "choice", prompt=out.prompt, option=option)

    def _button(self, name: str, channel: str, label: str, words: str) -> tuple[Outgoing, str]:
        for address, out, _ in reversed(self.world.channels[channel].accepted):
            if address.user != name or (words and not out.text.startswith(words)):
                continue
            for choice in out.choices:
                if choice.label == label:
                    return out, choice.option
        raise AssertionError(f"{name} was never offered [{label}]")

    async def _does_shares(self, name: str, channel: str | None, what: str) -> None:
        if what.startswith(("phone ", "card ")):
            own, number = what.startswith("phone "), what.split(" ", 1)[1]
            await self._send(name, channel, "contact", phone=number, own=own)
            return
        lat, lon = what.split(", ")
        await self._send(name, channel, "location", lat=float(lat), lon=float(lon))

    async def _does_moves(self, name: str, channel: str | None, what: str) -> None:
        lat, lon = what.removeprefix("to ").split(", ")
        values = {"signal": "edited", "lat": float(lat), "lon": float(lon)}
        await self._send(name, channel, "signal", **values)

    async def _does_sends(self, name: str, channel: str | None, what: str) -> None:
        files, _, caption = what.partition(": ")
        group = "album" + files if files.startswith("album ") else ""
        files = files.removeprefix("album ")
        for one in files.split(", "):
            await self._send(name, channel, "media", text=caption, media=(_file(one, group),))

    async def _does_starts(self, name: str, channel: str | None, what: str) -> None:
        await self._send(name, channel, "start", payload=what)

    async def _does_blocks(self, name: str, channel: str | None, what: str) -> None:
        await self._send(name, what, "signal", signal="blocked")

    async def _does_unblocks(self, name: str, channel: str | None, what: str) -> None:
        await self._send(name, what, "signal", signal="unblocked")

    async def _does_signals(self, name: str, channel: str | None, what: str) -> None:
        """What the messenger itself reports: `signals unsupported`, `signals opened: words`."""
        signal, _, text = what.partition(": ")
        await self._send(name, channel, "signal", signal=signal, text=text)

    async def _does_leaves(self, name: str, channel: str | None, what: str) -> None:
        await self._send(name, channel, "signal", signal="exit")

    async def _does_replies(self, name: str, channel: str | None, what: str) -> None:
        words, how, text = re.match(r'to "(.*)"(: | with )(.*)$', what).groups()
        on = channel or self.people[name].channels[0]
        for address, out, platform_id in reversed(self.world.channels[on].accepted):
            if address.user == name and out.text.startswith(words):
                if how == ": ":
                    await self._send(name, on, "text", text=text, about=platform_id)
                else:
                    await self._send(name, on, "media", media=(_file(text, ""),), about=platform_id)
                return
        raise AssertionError(f"{name} was never told {words}")

    async def _does_signs(self, name: str, channel: str | None, what: str) -> None:
        await self._page(name, await self._pages().signs(name))

    async def _does_opens(self, name: str, channel: str | None, what: str) -> None:
        await self._page(name, await self._pages().opens(name, what))

    async def _does_clicks(self, name: str, channel: str | None, what: str) -> None:
        await self._page(name, await self._pages().clicks(name, what))

    async def _does_sets(self, name: str, channel: str | None, what: str) -> None:
        await self._page(name, await self._pages().sets(name, what))

    async def _does_asks(self, name: str, channel: str | None, what: str) -> None:
        await self._page(name, await self._pages().asks(name, what))

    async def _does_agrees(self, name: str, channel: str | None, what: str) -> None:
        await self._page(name, await self._pages().agrees(name, what))

    async def _does_follows(self, name: str, channel: str | None, what: str) -> None:
        """`follows the slip of LAN`: somebody at another body presses the button of the newest link."""
        said = await self._pages().follows(what.removeprefix("the slip of "))
        self.written += [f"{INDENT}= slip: {one}" for one in said]
        await self.world.settle()

    async def _does_confirms(self, name: str, channel: str | None, what: str) -> None:
        said = await self._pages().confirms(what.removeprefix("the slip of "))
        self.written.append(f"{INDENT}= slip: {said}")
        await self.world.settle()

    def _pages(self) -> StaffPages:
        self.pages = self.pages or StaffPages(self.world)
        return self.pages

    async def _page(self, name: str, said: str) -> None:
        self.written.append(f"{INDENT}= page of {name}: {said}")
        await self.world.settle()

    async def _does_edits(self, name: str, channel: str | None, what: str) -> None:
        text = what.split('": ', 1)[1]
        await self._send(name, channel, "signal", signal="edited", text=text)

    async def _send(self, name: str, channel: str | None, kind: str, **values: object) -> None:
        on = channel or self.people[name].channels[0]
        incoming = self.world.message(name, on, kind, **values)
        await self.world.hears(incoming)
        if self.twice:
            self.twice = False
            assert not await self.world.hears(incoming)

    async def _wait(self, rest: str) -> None:
        clock = self.world.clock
        if rest.startswith("until "):
            hour, minute = (int(one) for one in rest[-5:].split(":"))
            here = local(clock.now())
            then = here.replace(hour=hour, minute=minute, second=0, microsecond=0)
            if " " in rest[6:]:
                year, month, day = (int(one) for one in rest.split()[1].split("-"))
                then = then.replace(year=year, month=month, day=day)
            elif then <= here:
                then += timedelta(days=1)
            await self.world.pass_time(then - here)
            return
        amount, unit = rest.split()
        await self.world.pass_time(timedelta(seconds=int(amount) * _SPANS[f"{unit.rstrip('s')}s"]))

    async def _fault(self, rest: str) -> None:
        if rest == "next message twice":
            self.twice = True
        elif match := re.match(r"text ([\w.]+) broken$", rest):
            self.world.break_text(match.group(1))
        elif rest == "restart":
            await self.world.restart()
        elif match := re.match(r"next send to (\w+)(?: on (\w+))?: (.*)$", rest):
            self._break_send(*match.groups())
        elif match := re.match(r"next (?:(\d+) )?fetch(?:es)? from (\w+): (.*)$", rest):
            many, name, how = match.groups()
            channel = self.world.channels[self.people[name].channels[0]]
            channel.losses += [_LOSSES[how]] * int(many or 1)
        elif match := re.match(r"stopped (\d+) hours$", rest):
            self.world.clock.advance(timedelta(hours=int(match.group(1))))
            await self.world.restart()
        elif match := re.match(r"(\w+) is removed$", rest):
            await self.world.remove(match.group(1))
        elif match := re.match(r"(\w+) goes (on|off) duty$", rest):
            await self.world.duty(match.group(1), on=match.group(2) == "on")
        else:
            raise AssertionError(f"unknown fault: {rest}")

    def _break_send(self, name: str, on: str | None, how: str) -> None:
        results: dict[str, Result] = {
            "gone": Gone("blocked"), "bad": Bad("refused"), "lost": Unknown("lost"),
            "answer lost": Unknown("answer lost"), "window closed": Gone("window"),
            "quota spent": Gone("quota"), "account shut": Retry(600, "account", "token"),
        }  # fmt: skip
        result = results.get(how) or Retry(float(how.split()[1]), "chat", "429")
        channel = self.world.channels[on or self.people[name].channels[0]]
        channel.faults.setdefault(name, []).append(result)
        channel.accept_anyway = how == "answer lost"

    async def _look(self, what: str) -> None:
        if what == "audit":
            async with self.world.app.kit.store.reading("look") as work:
                bad = await work.audit.verify()
            self.written.append(f"{INDENT}= audit: {'broken' if bad else 'whole'}")
        elif what == "outbox":
            async with self.world.app.kit.store.reading("look") as work:
                waiting, dead = (
                    await work.outbox.in_state("waiting"),
                    await work.outbox.in_state("dead"),
                )
            self.written.append(f"{INDENT}= outbox: {waiting} waiting, {dead} dead")
        elif what in self.people:
            await self._look_at_person(what)
        else:
            await self._look_at_case(what)

    async def _look_at_person(self, name: str) -> None:
        async with self.world.app.kit.store.reading("look") as work:
            contacts = await work.contacts.of_person(f"p-{name}")
        states = ", ".join(f"{one.channel} {one.state}" for one in contacts)
        self.written.append(f"{INDENT}= {name}: {states}")

    async def _look_at_case(self, code: str) -> None:
        async with self.world.app.kit.store.reading("look") as work:
            case = await work.cases.by_code(code)
            assert case is not None, code
            armed = [one for one in await work.timers.armed(f"case:{case.id}") if one.kind != "hop"]
        holder = case.holder.removeprefix("p-") or "nobody"
        clocks = (
            ", ".join(f"{one.kind} {local(one.due_at):%d/%m %H:%M}" for one in armed) or "no clock"
        )
        self.written.append(
            f"{INDENT}= {code}: {case.status}, {case.level}, {holder}; next {clocks}"
        )

    def _hear(self) -> None:
        if self.world is not None:
            self.written += self.scribe.heard(self.world.channels)


def _file(said: str, group: str) -> MediaRef:
    """`room.jpg` lies in tests/data/media; `film.mp4 (25 MB)` is said to be larger than it is."""
    file, _, megabytes = said.removesuffix(" MB)").partition(" (")
    kind = _KINDS.get(file.split(".")[-1], "file")
    size = int(megabytes) * 2**20 if megabytes else (SHELF / file).stat().st_size
    return MediaRef(kind, file, f"unique-{file}", size=size, group=group)


def _text(text: str) -> str:
    """`\\u200b` and `×100000` let a transcript hold what cannot be printed."""
    repeated = re.match(r"(.+) ×(\d+)$", text)
    if repeated:
        return repeated.group(1) * int(repeated.group(2))
    return (
        text.encode("latin-1", "backslashreplace").decode("unicode_escape")
        if "\\u" in text
        else text
    )
