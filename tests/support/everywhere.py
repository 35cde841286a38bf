"""One written chat on every channel: what differs must be what `fit` says, and nothing else.

The chat is played twice: once on channels that can do everything, once with somebody moved to another
channel. Each step must say the same to the same people: what was said where everything can be done,
cut by `notifications/fit.py` to the abilities of the other channel. Whoever has no button types the
number that stands in the message, or the word in its last line.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from difflib import unified_diff
from functools import partial
from pathlib import Path

from bot.channels.memory import ABILITIES
from cases.messages import Outgoing
from handlers.flows import FLOWS
from notifications.channel import Abilities
from notifications.fit import fit
from tests.support.player import Player
from tests.support.world import World, open_world

EVERYTHING = Abilities(max_text=10**6, choice="web", tel_links=True, media_out="image")
PAGES = "https://annhi.example"  # a messenger refuses a button to an address of one's own machine
_BEGUN = re.compile(r'\b([0-9A-Z]{4})"')
_CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")
_SECRET = re.compile(r"\b\d{4}(?: ?\d{4}){3}\b")  # by which a report is opened from elsewhere
_INVITED = re.compile(r"\b(?=\d*[A-Z])[0-9A-Z]{16}\b")  # by which somebody is let in
_TYPED = re.compile(r"\b[0-9a-z]{4} ?[0-9a-z]{4}\b")  # the code of a case, as it may be typed
_LINK = re.compile(r"(?<=[#/])[\w-]{22}\b")
_SEAL = re.compile(r"\d+, [0-9A-F]{4}(?: [0-9A-F]{4}){4}\b")  # of the audit trail of this run
_INPUT = re.compile(r"^(> |! next send to )(\w+)(?: on (\w+))?(.*)$")


async def everything_works(folder: Path, at: str, **settings: str) -> World:
    """Every channel has buttons, edits and room enough."""
    world = await on_pages(folder, at, **settings)
    for channel in world.channels.values():
        channel.abilities = EVERYTHING
    return world


async def on_pages(folder: Path, at: str, **settings: str) -> World:
    """As usual, at a public address."""
    world = await open_world(folder, at, **settings)
    world.channels["web"].link = PAGES
    return world


class NotThere(AssertionError):
    """A button of an older message, which its case does not offer any more."""

    def __init__(self, who: str, label: str) -> None:
        super().__init__(f"{who} is not offered [{label}] any more")
        self.who, self.label = who, label


@dataclass
class Step:
    """One line of a chat: what it made everybody hear, and what was looked at after it."""

    line: str
    heard: dict[tuple[str, int], list[Outgoing]] = field(default_factory=lambda: defaultdict(list))
    looks: list[str] = field(default_factory=list)


@dataclass
class Listener(Player):
    """Plays a chat and keeps what was said, whole."""

    steps: list[Step] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    async def _do(self, line: str, *, expects_nothing: bool) -> None:
        self.steps.append(Step(line))
        before = len(self.written)
        await super()._do(line, expects_nothing=False)
        looks = [one.strip() for one in self.written[before:]]
        self.steps[-1].looks = [one for one in looks if one.startswith("= ")]

    def _hear(self) -> None:
        """Removing is an ability of its own (`delete_hours`) and is played in `exit/`."""
        super()._hear()
        if self.world is None:
            return
        for name, channel in self.world.channels.items():
            for address, out, _ in channel.accepted[self.taken[name] :]:
                if out.op != "remove":
                    slot = self.people[address.user].channels.index(name)
                    self.steps[-1].heard[address.user, slot].append(out)
            self.taken[name] = len(channel.accepted)


@dataclass
class Moved(Listener):
    """The same lines with these people on another channel, and what came out otherwise."""

    to: str = ""
    who: frozenset[str] = frozenset()
    base: list[Step] = field(default_factory=list)
    wrote: dict[str, list[str]] = field(default_factory=dict)  # the channels of the written chat
    codes: dict[str, str] = field(default_factory=dict)  # as written: as they are here
    brought: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    uploads: int = 0
    lifted: tuple[str, str] = ("", "")
    asked: set[tuple[str, str]] = field(default_factory=set)
    langs: dict[str, str] = field(default_factory=dict)  # as chosen since
    passed: list[str] = field(default_factory=list)  # buttons that are not to be had any more
    cards: dict[tuple[str, int, str], list[str]] = field(default_factory=dict)
    looked_at: set[tuple[str, int, str]] = field(default_factory=set)  # where it was written
    found: list[str] = field(default_factory=list)

    def _person(self, line: str) -> None:
        super()._person(line)
        name = line.partition(" = ")[0]
        person = self.people[name]
        self.wrote[name] = list(person.channels)
        if name in self.who:
            person.channels = moved(person.channels, self.to)

    async def _do(self, line: str, *, expects_nothing: bool) -> None:
        here, passed, self.lifted = self._here(line), "", ("", "")
        try:
            await super()._do(here, expects_nothing=expects_nothing)
        except NotThere as gone:
            passed = gone.who
            self.passed.append(gone.label)
            self._hear()
        if self.world is not None:
            await self._look_up()
        self._compare(self.base[len(self.steps) - 1], self.steps[-1], but=passed)

    async def _look_up(self) -> None:
        """In which language each of the staff is written to, and who is asked something."""
        self.asked = set()
        async with self.world.app.kit.store.reading("everywhere") as work:
            for name in self.who:
                for contact in await work.contacts.of_person(f"p-{name}"):
                    self.langs[name] = contact.lang
                    if any(one.flow in FLOWS for one in await work.talks.of_contact(contact.id)):
                        self.asked.add((name, contact.channel))

    def _lang(self, name: str) -> str:
        return self.langs.get(name, self.people[name].lang)

    def _here(self, line: str) -> str:
        """The line with the channel that stands in for the written one, and the codes of this run."""
        line = _BEGUN.sub(self._begun, self._renamed(line))
        said = _INPUT.match(line)
        if said is None or said.group(2) not in self.who:
            return line
        mark, name, on, rest = said.groups()
        where = f" on {self._channel(name, on)}" if on else ""
        verb, _, what = rest.strip().partition(" ")
        if verb in ("blocks", "unblocks"):
            rest = f" {verb} {self._channel(name, what)}"
        return f"{mark}{name}{where}{rest}"

    def _begun(self, found: re.Match[str]) -> str:
        """A message that is named by how its code begins."""
        known = (two for one, two in self.codes.items() if one.startswith(found[1]))
        return f'{next(known, found[1])[:4]}"'

    def _channel(self, name: str, written: str) -> str:
        return self.people[name].channels[self.wrote[name].index(written)]

    async def _does_presses(self, name: str, channel: str | None, what: str) -> None:
        """A button where there is one; else its number, else its word."""
        on = channel or self.people[name].channels[0]
        label, _, words = what.partition(' of "')
        label = self._named(name, label)
        out = self._offering(name, on, label, words.rstrip('"'))
        if _has_button(out, label):
            option = next(one.option for one in out.choices if one.label == label)
            await self._send(name, on, "choice", prompt=out.prompt, option=option)
            return
        text = _typed(out, label)
        if out is not self._newest(name, on) and text != label:
            text = await self._instead(name, on, out, label)
        await self._send(name, on, "text", text=text)

    async def _instead(self, name: str, on: str, out: Outgoing, label: str) -> str:
        """A number means the newest message. Of an older one: the code of its case, or the words."""
        code = self._case_of(name, on, out)
        words = _CODE.fullmatch(label) or self.people[name].role == "reporter"
        if code is None or words:
            if _typed(self._newest(name, on), label):
                raise NotThere(name, label)  # the words, too, mean the newest message
            return label
        if label == self._say(name, "act.read"):
            return self._opening(name, on, code.group())  # as the button does
        return _typed(await self._bring_up(name, on, code.group(), label), label)

    def _case_of(self, name: str, on: str, out: Outgoing) -> re.Match[str] | None:
        """The code that stands in it, or in the piece before it where it was cut."""
        told = self._told(name, on)
        at = next(n for n, one in enumerate(told) if one is out)
        if found := _CODE.search(out.text):
            return found
        before = told[at + 1] if at + 1 < len(told) else out
        return _CODE.search(before.text) if before.key.startswith(f"{out.key}+") else None

    def _opening(self, name: str, on: str, code: str) -> str:
        """What brings up a case; below an open question a code alone may be its answer."""
        return f"/vu {code}" if self._newest(name, on).question else code

    async def _send(self, name: str, channel: str | None, kind: str, **values: object) -> None:
        """Each upload on the page is a file of its own: another name of the same one on the shelf."""
        on = channel or self.people[name].channels[0]
        if kind == "media" and on == "web":
            (one,) = values["media"]
            self.uploads += 1
            values["media"] = (replace(one, ref="./" * self.uploads + one.ref),)
        await super()._send(name, channel, kind, **values)

    def _offering(self, name: str, on: str, label: str, words: str) -> Outgoing:
        for out in self._told(name, on):
            if out.text.startswith(words) and (_has_button(out, label) or _typed(out, label)):
                return out
        raise AssertionError(f"{name} was never offered [{label}] on {on}")

    def _newest(self, name: str, on: str) -> Outgoing:
        """The last message from which something can be chosen."""
        return next(one for one in self._told(name, on) if one.prompt)

    def _told(self, name: str, on: str) -> list[Outgoing]:
        accepted = reversed(self.world.channels[on].accepted)
        return [out for address, out, _ in accepted if address.user == name]

    async def _bring_up(self, name: str, on: str, code: str, label: str) -> Outgoing:
        """The code of a case brings its card up, page by page."""
        await self._send(name, on, "text", text=self._opening(name, on, code))
        out = self._newest(name, on)
        first = out.text.split("\n")[0]
        self.brought[name, on].add(first)
        self.lifted = name, first  # what follows changes this card
        more, pages = self._say(name, "act.more"), set[str]()
        while not _typed(out, label):
            text = _typed(out, more)
            if not text or out.text in pages:
                raise NotThere(name, label)
            pages.add(out.text)
            await self._send(name, on, "text", text=text)
            out = self._newest(name, on)
        self.taken |= {one: len(channel.accepted) for one, channel in self.world.channels.items()}
        return out

    def _compare(self, one: Step, two: Step, but: str = "") -> None:
        for name, slot in sorted({*one.heard, *two.heard}):
            for out in one.heard[name, slot]:
                self.looked_at.add((name, slot, out.text.split("\n")[0]))
            if name == but:
                continue
            expected = [
                text
                for out in one.heard[name, slot] if not self._stays(one.line, name, slot, out)
                for text in self._cut(name, slot, out, one.line)
            ]  # fmt: skip
            came = [_shown(out) for out in two.heard[name, slot]]
            self._learn("\n".join(expected), "\n".join(came))
            self._note(f"{name}, after {one.line}", *self._alike(name, slot, expected, came))
        self._note(one.line, [self._moved_in(text) for text in one.looks], two.looks)

    def _stays(self, line: str, name: str, slot: int, out: Outgoing) -> bool:
        """Whether only a clock went on: a card that cannot be changed is not sent again for that."""
        key, before = (name, slot, out.text.split("\n")[0]), self.cards
        late = self._late(name)
        says = [
            one.removesuffix(late)
            for one in out.text.split("\n") if not one.startswith(self._next(name))
        ]  # fmt: skip
        same, before[key] = before.get(key) == says, says
        can = ABILITIES[self.people[name].channels[slot]].edit
        return line.startswith(("~", "! stopped")) and out.op == "edit" and same and not can

    def _next(self, name: str) -> str:
        """How a line of a card begins that names the next reminder."""
        words = self._say(name, "card.next", at="", day="", clock="")
        return words.partition(":")[0] + ":"

    def _late(self, name: str) -> str:
        """How a task of the plan is marked whose day is over."""
        values = {"no": 1, "what": "", "who": "", "day": ""}
        open_, late = (
            self._say(name, "plan.task", state=state, **values) for state in ("open", "late")
        )
        return late.removeprefix(open_)

    def _say(self, name: str, key: str, **values: object) -> str:
        return self.world.app.kit.catalog.say(self._lang(name), key, **values)

    def _alike(
        self, name: str, slot: int, expected: list[str], came: list[str]
    ) -> tuple[list[str], list[str]]:
        """Without what only this channel says: how to delete a chat, its own name, that a card is known."""
        person = self.people[name]
        channel, say = person.channels[slot], self.world.app.kit.catalog.say
        written = self.wrote[name][slot]
        for key in ("relay.traces", "relay.traces_child"):
            traces = say(person.lang, key, channel=channel)
            came = [_without(one, traces) for one in came]
            expected = [_without(one, say(person.lang, key, channel=written)) for one in expected]
        if cards := self.brought[name, channel]:
            update = f"say: {say(self._lang(name), 'talk.update')} "
            came = [one.replace(update, "say: ") for one in came]
            expected = [one.replace(update, "say: ") for one in expected]
            here = {
                self._renamed(one) for who, on, one in self.looked_at if (who, on) == (name, slot)
            }
            extra = {f"say: {one}" for one in cards - here}  # nobody looked at a card there
            came = [one for one in came if one.split("\n")[0] not in extra]
        return [one if one in came else self._named(name, one) for one in expected], came

    def _named(self, reader: str, text: str) -> str:
        """Where somebody's addresses are named, they are where they are here."""
        lang, say = self._lang(reader), self.world.app.kit.catalog.say
        names: dict[str, str] = {}
        for name in sorted(self.who, key=lambda one: one == reader):
            for pair in zip(self.wrote[name], self.people[name].channels, strict=True):
                one, two = (say(lang, f"channel.{channel}") for channel in pair)
                names |= {one: two, f"{pair[0]}.": f"{pair[1]}."} if pair[0] != pair[1] else {}
        known = "|".join(re.escape(one) for one in sorted(names, key=len, reverse=True))
        return re.sub(rf"\b(?:{known})", lambda one: names[one[0]], text) if names else text

    def _note(self, where: str, expected: list[str], came: list[str]) -> None:
        expected = [self._renamed(text) for text in expected]
        if expected != came:
            diff = unified_diff(
                _lines(expected), _lines(came), "written", self.to, lineterm="", n=1
            )
            self.found.append("\n".join([where, *diff]))

    def _cut(self, name: str, slot: int, out: Outgoing, line: str) -> list[str]:
        """What `fit` makes of it for where this person is."""
        channel = self.people[name].channels[slot]
        say = partial(self.world.app.kit.catalog.say, self._lang(name))
        once = replace(out, repeat=False)  # what was heard says so already
        turned = line == f"> {name} presses {self._say(name, 'act.more')}"
        again = out.op == "edit" or (name, self._renamed(out.text.split("\n")[0])) == self.lifted
        if again and not ABILITIES[channel].edit and not turned:
            # Below an open question a card that comes afresh offers nothing.
            once = replace(once, choices=() if (name, channel) in self.asked else out.choices)
        return [_shown(one) for one in fit(once, ABILITIES[channel], say)]

    def _moved_in(self, look: str) -> str:
        """`= lan: telegram ok`, of somebody who is elsewhere now."""
        name, colon, rest = look.removeprefix("= ").partition(": ")
        if name not in self.who or not look.startswith("= "):
            return look
        named = dict(zip(self.wrote[name], self.people[name].channels, strict=True))
        return f"= {name}{colon}" + re.sub(r"\w+", lambda one: named.get(one[0], one[0]), rest)

    def _learn(self, written: str, here: str) -> None:
        """Codes come from chance, and chance from what was asked of it: each has its counterpart."""
        for pattern in (_CODE, _SECRET, _INVITED):
            pairs = zip(pattern.findall(written), pattern.findall(here), strict=False)
            self.codes |= {_plain(one): two for one, two in pairs if _plain(one) not in self.codes}

    def _renamed(self, text: str) -> str:
        for pattern in (_CODE, _SECRET, _INVITED):
            text = pattern.sub(lambda one: self.codes.get(_plain(one[0]), one[0]), text)
        return _TYPED.sub(self._as_typed, text)

    def _as_typed(self, found: re.Match[str]) -> str:
        plain = _plain(found[0]).upper()
        known = self.codes.get(f"{plain[:4]}-{plain[4:]}")
        return found[0] if known is None else known.lower().replace("-", " ")


def moved(channels: list[str], to: str) -> list[str]:
    """`to` becomes the first; where it stood already, it changes places."""
    old, *rest = channels
    return [to, *[old if one == to else one for one in rest]]


def _plain(code: str) -> str:
    return code.replace(" ", "")


def _without(text: str, traces: str) -> str:
    """Where a message is taken back by other means, or by none, other words say how to delete a chat."""
    return text.replace(f"\n\n{traces}", "").replace(f"{traces}\n\n", "")


def _has_button(out: Outgoing, label: str) -> bool:
    return any(one.label == label for one in out.choices)


def _typed(out: Outgoing, label: str) -> str:
    """What somebody types who reads this message and wants that."""
    if number := re.search(rf"^(\d+|[a-z])\. {re.escape(label)}$", out.text, re.MULTILINE):
        return number.group(1)
    return label if label in out.text.split("\n")[-1].split(" · ") else ""


def _shown(out: Outgoing) -> str:
    """As it stands on the screen."""
    labels = "".join(f"\n[{one.label}]" for one in out.choices)
    text = _SEAL.sub("…", _LINK.sub("#…", out.text))
    return f"{out.op}: {text}{labels}"


def _lines(texts: list[str]) -> list[str]:
    return "\n".join(texts).split("\n")
