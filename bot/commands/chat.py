"""chat: the whole program in a terminal, with everybody played by one person; saves transcripts."""

import argparse
import asyncio
import re
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from bot.commands.command import Command, Failed
from bot.config import Config
from bot.stage import Stage, open_parts
from bot.transcript import INDENT, Scribe, cast_of
from cases.model import Role

AT = "2026-11-23 20:15"
_CAST = """
minh = reporter, web, vi
lan = officer, telegram, vi, Đại Lộc
hoa = deputy, telegram, vi, Đại Lộc
chu = leader, telegram, vi, Đại Lộc
cong = police, telegram, vi, Đại Lộc
tam = supervisor, telegram, vi
ad = admin, telegram, vi
"""
_HELP = """Write as somebody would. A button is chosen by its number or its words.
  @lan            from now on you are lan (the cast stands above)
  ~ 15 minutes    time passes (minutes, hours, days)
  Ctrl-D          the end"""
_SPANS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}


def _arguments(parser: argparse.ArgumentParser) -> None:
    roles = ["reporter", *(role.value for role in Role if role is not Role.COLLABORATOR)]
    parser.add_argument("--as", dest="role", choices=roles, default="reporter")
    parser.add_argument("--save", type=Path, default=None, metavar="FILE.md")


class Terminal:
    """One chat on a scratch database that is thrown away at the end."""

    def __init__(self, stage: Stage, scribe: Scribe, me: str) -> None:
        self._stage = stage
        self._scribe = scribe
        self.me = me
        self.written: list[str] = []

    async def line(self, text: str) -> None:
        """One line that was typed; what it leads to is printed. Raises Failed for a wrong command."""
        if text.startswith("@"):
            self._become(text[1:].strip())
            return
        if text.startswith("~"):
            await self._stage.pass_time(_span(text))
            self._show(f"{INDENT}{text}")
            return
        channel = self._scribe.people[self.me].channels[0]
        await self._stage.hears(self._stage.message(self.me, channel, "text", text=text))
        self._show(f"{INDENT}> {self.me}: {text}")

    def _become(self, name: str) -> None:
        if name not in self._scribe.people:
            raise Failed(f"Nobody here is called {name}.")
        self.me = name

    def _show(self, said: str) -> None:
        heard = self._scribe.heard(self._stage.channels)
        self.written += [said, *heard]
        print("\n".join(heard), flush=True)

    def save(self, path: Path) -> None:
        """A file for tests/transcripts: it is played again exactly as it went."""
        cast = [f"{INDENT}{line}" for line in _CAST.strip().splitlines()]
        head = ["# A chat", "", "Recorded with bot chat.", "", *cast, f"{INDENT}at {AT}", ""]
        path.write_text("\n".join([*head, *self.written]) + "\n", encoding="utf-8")


def _span(text: str) -> timedelta:
    found = re.fullmatch(r"~ *(\d{1,4}) (minute|hour|day)s?", text.strip())
    if found is None:
        raise Failed("Time is written like this: ~ 15 minutes")
    return int(found.group(1)) * _SPANS[found.group(2)]


async def _chat(config: Config, options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="annhi-") as folder:
        stage, scribe = Stage(*await open_parts(Path(folder), AT)), Scribe()
        try:
            me = await _enrol(stage, scribe, options.role)
            terminal = Terminal(stage, scribe, me)
            print(_CAST.strip(), "", _HELP, "", sep="\n", flush=True)
            await _talk(terminal)
        finally:
            await stage.app.close()
    if options.save is not None:
        try:
            terminal.save(options.save)
        except OSError as error:
            raise Failed(f"The chat could not be saved: {error.strerror}.") from error
        print(f"Saved: {options.save}")
    return 0


async def _talk(terminal: Terminal) -> None:
    while True:
        print(f"{terminal.me}> ", end="", flush=True)
        line = await asyncio.to_thread(sys.stdin.readline)
        if not line:
            print()
            return
        if line.strip():
            try:
                await terminal.line(line.strip())
            except Failed as error:
                print(error)


async def _enrol(stage: Stage, scribe: Scribe, role: str) -> str:
    """Bring the cast on; the name of the one who plays this role."""
    codes = {name: code for code, name in stage.app.kit.places().areas.communes.items()}
    me = ""
    for line in _CAST.strip().splitlines():
        one = cast_of(line)
        scribe.people[one.name] = one
        me = me or (one.name if one.role == role else "")
        if one.role == "reporter":
            await stage.reporter(one.name, one.channels[0], one.lang)
            continue
        commune = codes.get(one.commune, "")
        await stage.staff(one.name, Role(one.role), commune, *one.channels, lang=one.lang)
    return me


CHAT = Command("chat", "try it in the terminal, and save what was said", _chat, _arguments)
