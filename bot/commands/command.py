"""What a command is, and how it says no."""

import argparse
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.config import Config


class Failed(Exception):
    """A command cannot do what was asked; its text is the one sentence the person reads."""


def no_arguments(_: argparse.ArgumentParser) -> None:
    """For a command that takes none."""


@dataclass(frozen=True, slots=True)
class Command:
    """One row of INTERFACES.md section 1. `run` returns the exit code."""

    name: str
    help: str
    run: Callable[[Config, argparse.Namespace], Awaitable[int]]
    arguments: Callable[[argparse.ArgumentParser], None] = no_arguments
