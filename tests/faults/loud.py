"""The program at DEBUG, with bugs in it that quote what a person wrote: `python -m tests.faults.loud run`."""

import logging
import sys

import bot.__main__
import handlers.turn
from bot.logs import set_up

BROKEN = "hỏng"  # a message with this word in it meets a bug
_take = handlers.turn.take


async def _bug_in_a_turn(actor, incoming):
    if BROKEN in incoming.text:
        raise ValueError(f"cannot read {incoming.text!r}") from KeyError(incoming.text)
    await _take(actor, incoming)


if __name__ == "__main__":
    bot.__main__.set_up = lambda: set_up(logging.DEBUG)
    handlers.turn.take = _bug_in_a_turn
    sys.exit(bot.__main__.main(sys.argv[1:]))
