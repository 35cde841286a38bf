"""`python -m tests.faults catalogue`: F1-F56 on both databases; `… soak`: killed again and again.

Both write what they saw to docs/generated/faults.md, and fail where something did not hold.
"""

import argparse
import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.faults import page
from tests.faults.oracle import Verdict, judge
from tests.faults.soak import WORDS, Size, Soak, on_postgres, on_sqlite
from tests.support import faults
from tests.support.cluster import cluster

RUNS = {"SQLite": (), "PostgreSQL": ("--postgres",)}


def main() -> int:
    given = _arguments()
    busy = os.getloadavg()[0]
    return _catalogue(given, busy) if given.what == "catalogue" else _soak(given, busy)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("what", choices=("catalogue", "soak"))
    parser.add_argument("--on", choices=("postgres", "sqlite", "both"), default="both")
    parser.add_argument("--kills", type=int, default=200, help="on PostgreSQL")
    parser.add_argument("--reports", type=int, default=3000, help="on PostgreSQL")
    parser.add_argument("--workers", type=int, default=4, help="on PostgreSQL")
    parser.add_argument("--file-kills", type=int, default=50, help="on SQLite, of one program")
    parser.add_argument("--file-reports", type=int, default=500, help="on SQLite")
    parser.add_argument("--seed", type=int, default=20261126)
    parser.add_argument(
        "--only", default="", help="the catalogue's tests of these names; only shown"
    )
    parser.add_argument("--page", type=Path, default=page.PAGE, help="where the figures go")
    return parser.parse_args()


def _catalogue(given: argparse.Namespace, busy: float) -> int:
    found, took, failed = {}, {}, False
    for name, options in RUNS.items():
        began = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.xml"
            failed |= bool(subprocess.run([
                sys.executable, "-m", "pytest", "--faults", "-m", "not browser", "-n", "auto",
                "--dist", "worksteal", "-k", given.only, f"--junitxml={report}", *options,
                *map(str, faults.files()),
            ], check=False).returncode)  # fmt: skip
            found[name] = page.results(report)
        took[name] = time.perf_counter() - began
    text = page.catalogue(found, took)
    if given.only:
        print(text)
    else:
        page.write(page.CATALOGUE, text, busy, given.page)
    return int(failed)


def _soak(given: argparse.Namespace, busy: float) -> int:
    wrong = False
    if given.on != "sqlite":
        size = Size(given.kills, given.reports, given.workers, given.seed)
        with cluster() as server:
            wrong |= _written(
                "PostgreSQL", lambda folder: on_postgres(folder, size, server), busy, given.page
            )
    if given.on != "postgres":
        size = Size(given.file_kills, given.file_reports, 1, given.seed)
        wrong |= _written("SQLite", lambda folder: on_sqlite(folder, size), busy, given.page)
    return int(wrong)


def _written(name: str, opened, busy: float, where: Path) -> bool:
    """Whether something did not hold. The folder stays where it did not."""
    folder = Path(tempfile.mkdtemp(prefix="annhi-soak-"))
    print(f"soak on {name} in {folder} …", flush=True)
    verdict = asyncio.run(_judged(opened, folder))
    text = page.soaked(verdict, WORDS)
    print(text, flush=True)
    page.write(page.SOAK.format(name), text, busy, where)
    if not verdict.wrong:
        shutil.rmtree(folder)
    return bool(verdict.wrong)


async def _judged(opened, folder: Path) -> Verdict:
    async with opened(folder) as soak:
        watch = asyncio.create_task(_says(soak))
        try:
            await soak.run()
        finally:
            watch.cancel()
        return await judge(soak)


async def _says(soak: Soak) -> None:
    """Where it stands, each half minute."""
    while True:
        await asyncio.sleep(30)
        print(f"{sum(soak.blows.values())} blows, {soak.stand()}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
