"""Each minute: does everything hold? A worker hears what does not; somebody outside, that all does."""

import asyncio
import logging
import signal

import httpx

from bot.chance import SystemChance
from bot.clock import SystemClock
from bot.config import Config
from bot.loops import Loops
from bot.systemd import Watchdog
from bot.versions import newer
from storage import migrate
from storage.health import PASS
from storage.keys import KeyRing
from storage.store import Store

log = logging.getLogger(__name__)
HEARTBEAT, UNHEARD = "heartbeat", "heartbeat_failed"
PATIENCE = 10.0  # seconds for the call outside
MINUTE = 60.0


class WrongSchema(Exception):
    """The schema is not this program's: the auditor stops, and with it the heartbeat."""


class Auditor:
    """Reads on a connection that cannot write; what it found becomes rows, and a worker acts on them.

    The heartbeat leaves only after a whole pass that found nothing and was written down: a database
    that takes no write, or an auditor that fails, falls silent.
    """

    def __init__(self, store: Store, heartbeat_url: str) -> None:
        self._store = store
        self._url = heartbeat_url

    async def round(self) -> int:
        """One pass. Returns how many violations it found."""
        async with self._store.reading("audit pass") as work:
            if await work.pulse.schema() != migrate.head() or newer(await work.pulse.versions()):
                raise WrongSchema
            found = await work.health.violations()
        async with self._store.transaction("audit pass") as work:
            await work.pulse.beat()
            await work.violations.replace(found)
            await work.marks.set(PASS, str(len(found)))
            if found:
                work.wake("mend")
        for rule in sorted({one.rule for one in found}):
            count = sum(one.rule == rule for one in found)
            log.warning("does not hold", extra={"kind": rule, "count": count})
        if not found and self._url:
            await self._beat()
        return len(found)

    async def _beat(self) -> None:
        """A call that carries nothing. That it failed is logged and marked, never raised."""
        outcome = await self._call()
        async with self._store.transaction("heartbeat") as work:
            await work.marks.set(UNHEARD if outcome else HEARTBEAT, outcome)
        if outcome:
            log.warning("heartbeat not taken", extra={"outcome": outcome})

    async def _call(self) -> str:
        """What went wrong; "" = it was taken."""
        try:
            async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
                async with asyncio.timeout(PATIENCE):
                    answer = await client.get(self._url, headers={"User-Agent": "-"})
        except (httpx.HTTPError, TimeoutError) as error:
            return type(error).__name__
        return "" if answer.is_success else f"status {answer.status_code}"


async def watch(config: Config) -> int:
    """`--role auditor`: a process of its own beside those it watches. It has no key, and migrates nothing."""
    clock, chance, loops = SystemClock(), SystemChance(), Loops()
    store = await Store.open(config.database_url, KeyRing.passing(chance), clock, chance)
    auditor, watchdog = Auditor(store, config.heartbeat_url), Watchdog.of_this_process(clock)

    async def step() -> int:
        found = await auditor.round()
        watchdog.fed()
        await loops.pause(MINUTE)
        return found

    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, loops.ask_to_stop)
    watchdog.ready()
    try:
        await loops.forever("auditor", step)
    finally:
        await store.close()
    return 0
