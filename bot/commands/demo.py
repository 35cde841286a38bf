"""demo: everybody side by side on one page, over a scratch database that each start throws away."""

import argparse
import shutil
from pathlib import Path

from bot.app import Edges, open_app
from bot.clock import DemoClock, SystemClock
from bot.commands.command import Command, Failed
from bot.commands.serve import serve_app
from bot.config import Config
from bot.demo import DemoWorld, demo_start
from storage.locks import FileLock

_DATA, _KEYS, _JOURNAL = Path("var/demo.db"), Path("var/demo-keys.json"), Path("var/demo-journal")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--time-scale", type=_scale, default=None, metavar="N",
        help="N seconds of the trial pass in one (1; the page pushes the clock by itself)",
    )  # fmt: skip


def _scale(text: str) -> float:
    """Raises ArgumentTypeError for what no clock can do."""
    try:
        scale = float(text)
    except ValueError:
        scale = 0.0
    if not 0 < scale <= 100_000:
        raise argparse.ArgumentTypeError("must be a number above 0 and at most 100000")
    return scale


async def _demo(config: Config, options: argparse.Namespace) -> int:
    """Starting again from the page is another start in the same place."""
    _apart(config)
    _alone()
    config = config.silent().model_copy(
        update={
            "env": "demo", "database_url": f"sqlite+aiosqlite:///{_DATA}", "key_file": _KEYS,
            "journal_dir": _JOURNAL,
        }
    )  # fmt: skip
    while True:
        _throw_away()
        scale = options.time_scale or config.time_scale
        clock = DemoClock(scale, demo_start(SystemClock().now()))
        app = await open_app(config, Edges(clock=clock))
        world = DemoWorld(app, clock, scratch=True)
        try:
            port = await serve_app(app, world)
        finally:
            await app.close()
        if not world.over:
            return 0
        config = config.model_copy(update={"http_port": port})


def _apart(config: Config) -> None:
    """Real people come to the public address: a trial must never answer them there. Raises Failed."""
    real = config.database_file  # None: a server, and nobody names one for a trial
    if config.public_url and not config.demo and (real is None or real.exists()):
        where = "PostgreSQL" if real is None else real.name
        raise Failed(
            f"The real program lives here ({config.public_url}, {where}), and its people must "
            "not end in a trial: run it in another folder, without ANNHI_PUBLIC_URL."
        )


def _alone() -> None:
    """A second trial would throw the first one's data away under its feet. Raises Failed."""
    _DATA.parent.mkdir(mode=0o700, exist_ok=True)
    with FileLock(_DATA.with_suffix(".sending")) as lock:  # a trial that runs holds it
        if not lock.taken():
            raise Failed("A trial runs in this folder already: open its page, or stop it first.")


def _throw_away() -> None:
    """The journal too: it would give the old messages to the new database."""
    for path in (_KEYS, *(_DATA.with_name(_DATA.name + end) for end in ("", "-wal", "-shm"))):
        path.unlink(missing_ok=True)
    if _JOURNAL.exists():
        shutil.rmtree(_JOURNAL)


DEMO = Command("demo", "try it on one page, on a scratch database", _demo, _arguments)
