"""A finding of the doctor, and those that the machine itself gives: disk, program, clock."""

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.config import Config

_LOW, _FULL = 0.10, 0.02  # of the disk that is still free


@dataclass(frozen=True, slots=True)
class Line:
    """One finding; `sentence` says what mends it."""

    level: Literal["ok", "warning", "error"]
    about: str
    sentence: str


async def machine(config: Config) -> list[Line]:
    """Whether there is room to keep what comes in, and a program that takes it."""
    folders = {folder for folder in (config.database_folder, config.journal_dir) if folder}
    disks = [(folder, shutil.disk_usage(folder)) for folder in sorted(folders)]
    rooms = [found for at, disk in disks if (found := room(at, disk.free / disk.total))]
    return [*(rooms or [Line("ok", "disk", "There is room on the disk.")]), await _program(config)]


def room(folder: Path, free: float) -> Line | None:
    """A finding where the disk of this folder fills up; `free` is between 0 and 1."""
    if free > _LOW:
        return None
    sentence = (
        f"Only {free:.0%} of the disk of {folder} is free: make room, or nothing is taken in."
    )
    return Line("error" if free < _FULL else "warning", "disk", sentence)


async def _program(config: Config) -> Line:
    """A reminder can only leave while the program runs."""
    try:
        async with asyncio.timeout(2):
            _, writer = await asyncio.open_connection("127.0.0.1", config.admin_port)
    except (OSError, TimeoutError):
        sentence = "The program does not run, so nobody is alerted: start bot run."
        return Line("warning", "program", sentence)
    writer.close()
    return Line("ok", "program", f"The program answers on port {config.admin_port}.")
