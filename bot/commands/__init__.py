"""COMMANDS: everything `python -m bot` can do."""

from bot.commands.chat import CHAT
from bot.commands.command import Command, Failed
from bot.commands.keep import AUDIT, MIGRATE
from bot.commands.records import AREAS, CASES
from bot.commands.serve import DEMO, RUN
from bot.commands.setup import INVITE, PEOPLE

__all__ = ("COMMANDS", "Command", "Failed")
COMMANDS: tuple[Command, ...] = (RUN, DEMO, INVITE, PEOPLE, CASES, AREAS, AUDIT, MIGRATE, CHAT)
