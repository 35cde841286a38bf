"""`python -m bot <command>`: a failure is one sentence and exit code 1 or 2, never a traceback."""

import argparse
import asyncio
import sys

from bot.commands import COMMANDS, Failed
from bot.config import BadSettings, load
from bot.logs import catch_the_rest, set_up
from storage.journal import JournalBroken
from storage.keys import KeysUnusable
from storage.migrate import Moved
from storage.moving import CannotMove
from storage.store import DiskBroken, StorageBusy


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    parser = argparse.ArgumentParser(prog="bot", description=__doc__)
    sub = parser.add_subparsers(dest="command", required=True, metavar="command")
    for command in COMMANDS:
        one = sub.add_parser(command.name, help=command.help)
        command.arguments(one)
        one.set_defaults(command_=command)
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run one command. Exit codes: 0 done, 1 refused or failed, 2 wrong usage."""
    options = parser().parse_args(argv)
    set_up()
    try:
        code: int = asyncio.run(options.command_.run(load(), options))
    except (
        BadSettings,
        CannotMove,
        DiskBroken,
        Failed,
        JournalBroken,
        KeysUnusable,
        Moved,
    ) as error:
        print(error, file=sys.stderr)
    except StorageBusy:
        print(
            "The database cannot be written now: it is away, or another program holds it.",
            file=sys.stderr,
        )
    except OSError as error:
        print(f"{error.filename or 'A file'} cannot be used: {error.strerror}.", file=sys.stderr)
    except KeyboardInterrupt:
        return 0
    except Exception as error:
        # A bug: its name helps us, its message could hold somebody's words.
        print(f"Stopped by a fault in the program ({type(error).__name__}).", file=sys.stderr)
    else:
        return code
    return 1


if __name__ == "__main__":
    catch_the_rest()
    sys.exit(main())
