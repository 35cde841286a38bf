"""The pass that forgets: a little of each kind at a time, so that whatever rings goes first."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from cases.retention import RETENTION
from handlers.actor import Actor, Kit
from handlers.casework.forgetting import arm_retention
from storage.erasure import finish_erasure
from storage.unit_of_work import UnitOfWork

MANY = 50  # rows of one commit: some milliseconds of the one writer
_MOST = 200  # commits of one kind in one pass: the rest waits for the next
_DAY = timedelta(days=1)
_BILLS = 92 * _DAY  # longer than anybody asks what a month was billed for


class Sweep:
    """Every hour. `stopping`: the program ends, and what is left waits for the next start."""

    def __init__(self, kit: Kit, stopping: Callable[[], bool] = lambda: False) -> None:
        self._kit = kit
        self._stopping = stopping

    async def run(self) -> int:
        """How many rows were emptied, deleted or armed. Between two commits everybody else has a turn."""
        count = 0
        for step in (_raw, _said, _doors, _asked, _requests, _keys, _bills, self._unarmed):
            count += await self._until_none(step)
        count += await self._threads()
        await finish_erasure(self._kit.store)
        return count

    async def _until_none(self, step: Callable[[UnitOfWork], Awaitable[int]]) -> int:
        count = 0
        for _ in range(_MOST):
            if self._stopping():
                break
            async with self._kit.store.transaction("retention") as work:
                done = await step(work)
            count += done
            if not done:
                break
        return count

    async def _unarmed(self, work: UnitOfWork) -> int:
        """Cases that were closed before there was a timer for it, or whose timer was lost."""
        found = await work.expired.unarmed(MANY)
        for case in found:
            await arm_retention(Actor(work, self._kit), case)
        return len(found)

    async def _threads(self) -> int:
        """Threads of the web chat, each after the last case of whoever wrote there."""
        last, count = "", 0
        while not self._stopping():
            async with self._kit.store.transaction("retention") as work:
                found = await work.expired.threads(last, work.now - RETENTION["bodies"].life, MANY)
                for session in found:
                    count += await self._forget_thread(work, session)
            if not found:
                break
            last = found[-1]
        return count

    async def _forget_thread(self, work: UnitOfWork, session: str) -> int:
        """A reporter's stays while a case of theirs runs, or was closed so lately that they may ask."""
        for place, channel in self._kit.channels.items():
            contact = None
            if channel.name == "web":
                contact = await work.contacts.by_address(*place, session)
            if contact is not None and await self._needs(work, contact.id):
                return 0
        await work.expired.drop_thread(session)
        return 1

    async def _needs(self, work: UnitOfWork, contact_id: str) -> bool:
        for case_id in await work.threads.ever(contact_id):
            case = await work.cases.get(case_id)
            if case is None:
                continue
            if case.closed_at is None or work.now - case.closed_at < RETENTION["bodies"].life:
                return True
        return False


async def _raw(work: UnitOfWork) -> int:
    return await work.expired.raw(work.now - RETENTION["raw"].life, MANY)


async def _said(work: UnitOfWork) -> int:
    return await work.expired.said(work.now - RETENTION["said"].life, MANY)


async def _doors(work: UnitOfWork) -> int:
    return await work.expired.doors(work.now, MANY)


async def _asked(work: UnitOfWork) -> int:
    return await work.expired.asked(work.now - RETENTION["asked"].life, MANY)


async def _requests(work: UnitOfWork) -> int:
    return await work.expired.requests(work.now - RETENTION["request"].life, MANY)


async def _bills(work: UnitOfWork) -> int:
    return await work.billed.forget(work.now - _BILLS, MANY)


async def _keys(work: UnitOfWork) -> int:
    return await work.expired.keys_of_nothing(MANY)
