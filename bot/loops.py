"""Poll, drain, serve, stop: the only place that starts tasks and catches bugs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Coroutine, Sequence
from typing import Any, Protocol, TypeVar

log = logging.getLogger(__name__)
Row = TypeVar("Row")
Done = TypeVar("Done")
TOGETHER = 8  # rows that share a commit, when so many wait
_HELD, _MOMENT = 20, 0.1  # looks at rows that other workers have locked, and seconds between them
_PAUSES = (0.2, 1.0, 3.0, 8.0, 20.0)  # seconds after the first, second, … failure in a row


class Loops:
    """The running loops of this process. One that fails is logged, waits and goes on."""

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._cut: set[str] = set()
        self._asides: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    def start(self, name: str, work: Coroutine[Any, Any, None], *, cut: bool = False) -> None:
        """Begin a loop. `cut`: it may be ended in mid-step (a poller: nothing is confirmed)."""
        task = asyncio.create_task(work, name=name)  # noqa: TID251 — the one place
        self._tasks[name] = task
        if cut:
            self._cut.add(name)

    def aside(self, work: Coroutine[Any, Any, None]) -> None:
        """Something small that may fail without harm; nobody waits for it, but its failure is logged."""
        task = asyncio.create_task(work)  # noqa: TID251 — the one place
        self._asides.add(task)
        task.add_done_callback(self._aside_ended)

    def _aside_ended(self, task: asyncio.Task[None]) -> None:
        self._asides.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("aside failed", exc_info=error)

    def ask_to_stop(self) -> None:
        """No new step begins from now on; pollers are cut off at once: nothing is confirmed."""
        self._stopping.set()
        for name in self._cut:
            self._tasks[name].cancel()

    async def whenever(
        self, name: str, bell: asyncio.Event, drain: Callable[[], Awaitable[int]]
    ) -> None:
        """Drain whenever the bell rings, until nothing is due."""
        failures = 0
        while not self.stopping:
            await bell.wait()
            if self.stopping:
                return
            bell.clear()
            failures = await self._step(name, drain, failures)
            if failures:
                bell.set()

    async def forever(
        self, name: str, step: Callable[[], Awaitable[int]], at_most: float = _PAUSES[-1]
    ) -> None:
        """One step after another: a poller. A step that finds nothing waits by itself.

        `at_most`: the longest pause after a failure.
        """
        failures = 0
        while not self.stopping:
            failures = await self._step(name, step, failures, at_most)

    async def always(self, name: str, step: Callable[[], Awaitable[int]]) -> None:
        """One step after another, also while everything else comes to its end."""
        while True:
            failures = await self._step(name, step, 0, 0)
            if failures:
                await asyncio.sleep(1.0)

    async def until_done(self, name: str, step: Callable[[], Awaitable[int]]) -> None:
        """One step, again and again with pauses, until it worked once."""
        failures = await self._step(name, step, 0)
        while failures and not self.stopping:
            failures = await self._step(name, step, failures)

    async def _step(
        self, name: str, step: Callable[[], Awaitable[int]], failures: int,
        at_most: float = _PAUSES[-1],
    ) -> int:  # fmt: skip
        try:
            await step()
        except asyncio.CancelledError:
            raise
        except Exception:
            log.exception("loop failed", extra={"queue": name, "attempt": failures + 1})
            await self.pause(min(_PAUSES[min(failures, len(_PAUSES) - 1)], at_most))
            return failures + 1
        return 0

    async def pause(self, seconds: float) -> None:
        """Wait, but not longer than until the program stops."""
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return

    async def stop(self, within: float) -> None:
        """Let every loop end its step, then cut those that did not: the ledgers allow it.

        Afterwards nothing runs any more: the database may be closed.
        """
        self.ask_to_stop()
        await _ended(self._tasks.values(), within)
        late = [task for task in (*self._tasks.values(), *self._asides) if not task.done()]
        for task in late:
            task.cancel()
        await _ended(late, within)


async def _ended(tasks: Collection[asyncio.Task[None]], within: float) -> None:
    if tasks:
        await asyncio.wait(tasks, timeout=within)


async def guarded(work: Awaitable[Done]) -> Done | Exception:
    """What it gave, or the bug it raised, logged: for work of which one part must not stop another."""
    try:
        return await work
    except Exception as error:
        log.exception("part failed")
        return error


class RowWork(Protocol[Row]):
    """Work that stands in rows: each is handled alone, so that a bad one never stops the others."""

    async def next(self) -> Sequence[Row]:
        """What is due now, oldest first."""
        ...

    async def handle(self, row: Row) -> None:
        """One row, one transaction."""
        ...

    async def failed(self, row: Row, error: Exception) -> None:
        """Handling rolled back: count it, back off, or put it before a human."""
        ...


async def drain_rows(
    work: RowWork[Row], stopping: Callable[[], bool] = lambda: False,
    together: Callable[[Sequence[Row]], Awaitable[None]] | None = None,
) -> int:  # fmt: skip
    """Handle what is due until nothing is. A row that fails is counted and backs off.

    `together` handles several in one transaction; where it fails, each is handled by itself.
    Raises what could not even be counted, after every other row had its turn. No row is begun
    once the program is `stopping`.
    """
    count, looks, before = 0, 0, list[Row]()
    while not stopping() and (rows := list(await work.next())):
        looks = looks + 1 if rows == before else 0
        if looks > _HELD:
            break  # others are at all of them
        if looks:
            await asyncio.sleep(_MOMENT)
        before = rows
        broken = await _pass(work, rows, stopping, together)
        count += len(rows)
        if broken:
            raise broken[0]
    return count


async def _pass(
    work: RowWork[Row], rows: Sequence[Row], stopping: Callable[[], bool],
    together: Callable[[Sequence[Row]], Awaitable[None]] | None,
) -> list[Exception]:  # fmt: skip
    broken: list[Exception] = []
    size = TOGETHER if together is not None else 1
    for n in range(0, len(rows), size):
        if not stopping():
            broken += await _some(work, rows[n : n + size], together)
    return broken


async def _some(
    work: RowWork[Row], rows: Sequence[Row],
    together: Callable[[Sequence[Row]], Awaitable[None]] | None,
) -> list[Exception]:  # fmt: skip
    error = await guarded(together(rows)) if len(rows) > 1 and together is not None else None
    if len(rows) > 1 and together is not None and error is None:
        return []
    return [error for row in rows if (error := await _one(work, row)) is not None]


async def _one(work: RowWork[Row], row: Row) -> Exception | None:
    try:
        await work.handle(row)
    except Exception as error:
        log.exception("row failed", extra={"where": type(work).__name__})
        try:
            await work.failed(row, error)
        except Exception as worse:
            return worse
    return None
