"""Erases every case of a folder that may be erased, and dies around the commit that does it.

python -m tests.faults.dying_erasure FOLDER before|after
"""

import asyncio
import sys
from pathlib import Path

from bot.app import open_store
from bot.config import load
from storage.erasure import erase_case, finish_erasure
from storage.register import Register
from tests.faults.dying import arm
from tests.support.installed import settings


async def _erase(folder: Path) -> None:
    config = load(settings(folder), folder / "none.env")
    store, _ = await open_store(config)
    async with store.reading("test") as work:
        cases = await work.cases.all_cases()
    for case in cases:
        async with store.transaction("erase") as work:
            await erase_case(work, Register(config.journal_dir), case.id, "asked")
        await finish_erasure(store)


if __name__ == "__main__":
    arm("KILL", sys.argv[2], "erase", 1)
    asyncio.run(_erase(Path(sys.argv[1])))
