"""The worker's answer to what the auditor found: what is safe is mended, people hear of the rest."""

import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime

from cases.model import Status
from cases.owed import PASSING
from cases.watch import MENDING, TWICE, WATCH
from handlers.actor import Actor, Kit
from handlers.alarms.clocks import arm_again
from handlers.watching.paging import page
from storage.health import WORKER, Violation
from storage.records.watch import Standing

log = logging.getLogger(__name__)
Guard = Callable[[Awaitable[None]], Coroutine[None, None, Exception | None]]


class Mender:
    """Reads the violations of the last pass. Each is mended alone, in a transaction of its own."""

    def __init__(self, kit: Kit, guard: Guard) -> None:
        self._kit = kit
        self._guard = guard

    async def round(self) -> int:
        """How many violations stand. The mark says that a worker is at work."""
        async with self._kit.store.transaction("mark") as work:
            await work.marks.set(WORKER)
        async with self._kit.store.reading("violations") as work:
            standing = await work.violations.standing()
        for one in standing:
            if WATCH[one.found.rule].mends and one.mended_at is None:
                await self._guard(self._mend(one.found))
        if standing:
            async with self._kit.store.transaction("page") as work:
                await page(
                    Actor(work, self._kit), [one for one in standing if _is_told(one, work.now)]
                )
        return len(standing)

    async def _mend(self, found: Violation) -> None:
        async with self._kit.store.transaction("mend") as work:
            actor = Actor(work, self._kit)
            await _MENDS[found.rule](actor, found.subject)
            await work.violations.mended(found)
        log.warning("mended", extra={"kind": found.rule, "outcome": "mended"})


def _is_told(one: Standing, now: datetime) -> bool:
    """Once a second pass has found it; what mends itself, only when it stands all the same."""
    return one.first_at + (MENDING if WATCH[one.found.rule].mends else TWICE) <= now


async def _clocks(actor: Actor, case_id: str) -> None:
    """An open case gets the clocks that it owes; asked again here: it may have one by now."""
    case = await actor.work.cases.get(case_id)
    if case is None or case.status is Status.CLOSED:
        return
    armed = await actor.work.timers.armed(f"case:{case_id}")
    if any(timer.kind not in PASSING for timer in armed):
        return
    kinds = await arm_again(actor, case)
    await actor.work.audit.write("system", "rearm", case_id, {"clocks": kinds})


async def _lease(actor: Actor, row_id: str) -> None:
    if await actor.work.violations.end_lease(row_id):
        await actor.work.audit.write("system", "lease_ended", "", {"outbox": row_id})
        actor.work.wake("outbox")


_MENDS: dict[str, Callable[[Actor, str], Awaitable[None]]] = {"I1": _clocks, "I8": _lease}
