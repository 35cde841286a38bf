"""How a chat is written down: the lines of tests/transcripts, made while it happens."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.channels.memory import Memory
from cases.messages import Address, Outgoing

INDENT = "    "
_DEEP = INDENT * 3
_SECRET = re.compile(
    r"(/(?:dashboard|slip)#)[\w-]+"
)  # of a link that lets somebody in: a chat that is kept must not hold it
_HEAD = re.compile(r"\d+, (?:[0-9A-F]{4} ){4}[0-9A-F]{4}")  # other with every row of the log


@dataclass(slots=True)
class Cast:
    """Somebody in the chat, with the channels they use, in order."""

    name: str
    role: str
    channels: list[str]
    lang: str
    commune: str = ""
    villages: tuple[str, ...] = ()


def cast_of(line: str) -> Cast:
    """`lan = officer, telegram then web, vi, Đại Lộc[ / VILLAGE…]`. Raises ValueError."""
    name, _, rest = line.partition(" = ")
    parts = [one.strip() for one in rest.split(",")]
    if len(parts) not in (3, 4):
        raise ValueError(f"nobody understands: {line}")
    role, channels, lang, *where = parts
    commune, *villages = [one.strip() for one in "".join(where).split("/")]
    return Cast(name, role, channels.split(" then "), lang, commune, tuple(villages))


@dataclass(slots=True)
class Scribe:
    """Writes what was newly said on the memory channels, in the order it was said."""

    people: dict[str, Cast] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    shown: dict[str, list[str]] = field(default_factory=dict)

    def heard(self, channels: Mapping[str, Memory]) -> list[str]:
        """The lines since the last call."""
        lines: list[str] = []
        for name, channel in channels.items():
            for address, out, platform_id in channel.accepted[self.seen.get(name, 0) :]:
                if out.op == "edit":
                    lines += self._edit(name, address, out)
                else:
                    lines += self._say(name, address, out)
                    self.shown[platform_id] = _whole(out)
            self.seen[name] = len(channel.accepted)
        return lines

    def _who(self, channel: str, address: Address) -> str:
        person = self.people[address.user]
        return f"{person.name} on {channel}" if len(person.channels) > 1 else person.name

    def _edit(self, channel: str, address: Address, out: Outgoing) -> list[str]:
        """What changed on a card: lines that went with `-`, lines that came with `+`."""
        before, now = self.shown.get(out.target, []), _whole(out)
        self.shown[out.target] = now
        gone = [f"{_DEEP}- {line}" for line in before if line not in now]
        came = [f"{_DEEP}+ {line}" for line in now if line not in before]
        return [f"{INDENT}< {self._who(channel, address)} edit: {now[0]}", *gone, *came]

    def _gone(self, out: Outgoing) -> str:
        """How many messages of each side; or the one that is named."""
        ids = out.ids or (out.target,)
        ours = [one for one in ids if one in self.shown]
        return f"{len(ours)} of ours, {len(ids) - len(ours)} of theirs"

    def _say(self, channel: str, address: Address, out: Outgoing) -> list[str]:
        if out.op == "remove":
            return [f"{INDENT}< {self._who(channel, address)} remove: {self._gone(out)}"]
        first, *more = _HEAD.sub("…", _SECRET.sub(r"\1…", out.text or "-")).split("\n")
        lines = [f"{INDENT}< {self._who(channel, address)}: {first}".rstrip()]
        lines += [f"{_DEEP}| {line}".rstrip() for line in more]
        if out.media is not None:
            lines.append(f"{_DEEP}({out.media.ref})")
        if out.choices:
            lines.append(f"{_DEEP}{_labels(out)}")
        return lines


def _labels(out: Outgoing) -> str:
    return " ".join(f"[{one.label}]" for one in out.choices)


def _whole(out: Outgoing) -> list[str]:
    return [*(out.text or "-").split("\n"), _labels(out)]
