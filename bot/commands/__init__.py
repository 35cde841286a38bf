"""COMMANDS: everything `python -m bot` can do."""

from bot.commands.areas import AREAS
from bot.commands.backup import BACKUP, DRILL_RESTORE, RESTORE
from bot.commands.calendar import CALENDAR
from bot.commands.chat import CHAT
from bot.commands.command import Command, Failed
from bot.commands.demo import DEMO
from bot.commands.doctor import CHECK
from bot.commands.drill import DRILL
from bot.commands.first_hour import INIT
from bot.commands.keep import AUDIT, MIGRATE
from bot.commands.keys import KEYS
from bot.commands.org import ORG
from bot.commands.poster import POSTER
from bot.commands.privacy import BREACH, RIGHTS
from bot.commands.records import CASES
from bot.commands.serve import RUN
from bot.commands.setup import INVITE, PEOPLE
from bot.commands.understand import UNDERSTAND
from bot.commands.zalo import ZALO_OA

__all__ = ("COMMANDS", "Command", "Failed")
COMMANDS: tuple[Command, ...] = (
    RUN, DEMO, INIT, CHECK, INVITE, PEOPLE, ORG, CASES, AREAS, UNDERSTAND, CALENDAR, POSTER, AUDIT, MIGRATE,
    RIGHTS, BREACH, KEYS, CHAT, DRILL, ZALO_OA, BACKUP, RESTORE, DRILL_RESTORE,
)  # fmt: skip
