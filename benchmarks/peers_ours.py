"""`python -m bot run` beside its peers: with an officer, and without its pace towards Telegram.

In an installation no chat gets more than a message a second after three at once, and no account
more than 25: Telegram takes no more. The peers have no such pace, so here ours has none either.

python -m benchmarks.peers_ours URL TOKEN FOLDER
"""

import asyncio
import os
import sys
from datetime import timedelta

from bot.__main__ import main
from bot.app import open_store
from bot.config import load
from cases.model import Person, Role
from notifications import pace
from storage.ledgers import outbox

COMMUNE, OFFICER = "20500", "1"


async def _roster(account: str) -> None:
    """Somebody is alerted, as always."""
    store, _ = await open_store(load())
    async with store.transaction("bench") as work:
        await work.people.add(Person("p-officer", Role.OFFICER, COMMUNE))
        contact = await work.contacts.ensure("telegram", account, OFFICER, OFFICER, "vi")
        if not contact.person_id:
            await work.contacts.link(contact.id, "p-officer")
    await store.close()


def run(url: str, token: str, folder: str) -> int:
    os.environ |= {
        "ANNHI_TELEGRAM_TOKEN": token, "ANNHI_TELEGRAM_API_URL": url,
        "ANNHI_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/annhi.db",
        "ANNHI_KEY_FILE": f"{folder}/keys.json", "ANNHI_JOURNAL_DIR": f"{folder}/journal",
    }  # fmt: skip
    pace.PER_SECOND.clear()
    outbox.PACE = timedelta(0)
    asyncio.run(_roster(token.split(":", maxsplit=1)[0]))
    return main(["run"])


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]))
