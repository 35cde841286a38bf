"""Small pieces of work that wait for the writer together share one transaction and its commit."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

from storage.store import Again, StorageBusy, Store, anew
from storage.unit_of_work import UnitOfWork

Done = TypeVar("Done")
Piece = Callable[[UnitOfWork], Awaitable[Any]]


class Guard(Protocol):
    """Gives back the bug that a piece of work raised, logged."""

    def __call__(self, work: Awaitable[Done], /) -> Coroutine[Any, Any, Done | Exception]: ...


@dataclass(slots=True, eq=False)
class _Waiting:
    piece: Piece
    settled: bool = False
    answer: Any = None

    def end(self, answer: Any) -> None:
        self.answer, self.settled = answer, True


class Shared:
    """One kind of work. Who finds the writer free does not wait for company.

    Nobody hears that their piece is done before the commit that holds it. Each piece stands alone:
    when one raises, all are rolled back and each is done again by itself, so a bad one harms no
    other. A piece may run twice therefore, and only what its last run wrote is there.
    """

    def __init__(self, store: Store, name: str, guard: Guard) -> None:
        self._store = store
        self._name = name
        self._guard = guard
        self._waiting: list[_Waiting] = []
        self._door = asyncio.Lock()

    async def do(self, piece: Callable[[UnitOfWork], Awaitable[Done]]) -> Done:
        """Carry it out with whatever else waits. Raises what the piece, or its commit, raises."""
        one = _Waiting(piece)
        self._waiting.append(one)
        try:
            while not one.settled:
                async with self._door:
                    if not one.settled:
                        await self._settle()
        finally:
            if one in self._waiting:  # cut off: nobody does it in our place
                self._waiting.remove(one)
        if isinstance(one.answer, Exception):
            raise one.answer
        answer: Done = one.answer
        return answer

    async def _settle(self) -> None:
        batch: list[_Waiting] = []
        try:
            answers = await self._guard(self._together(batch))
            if not isinstance(answers, Exception):
                for one, answer in zip(batch, answers, strict=True):
                    one.end(answer)
            elif not isinstance(answers, Again) and (
                isinstance(answers, StorageBusy) or len(batch) == 1
            ):
                for one in batch or self._take():  # nobody's fault, or this one's own
                    one.end(answers)
            else:
                await self._one_by_one(batch)
        finally:
            # Cut off: the next caller takes along whoever has no answer yet.
            self._waiting = [*(one for one in batch if not one.settled), *self._waiting]

    async def _together(self, batch: list[_Waiting]) -> list[Any]:
        async with self._store.transaction(self._name) as work:
            batch += self._take()  # only now: whoever came while others wrote is taken along
            return [await one.piece(work) for one in batch]

    async def _one_by_one(self, batch: list[_Waiting]) -> None:
        for one in batch:
            one.end(await self._guard(anew(partial(self._alone, one))))

    async def _alone(self, one: _Waiting) -> Any:
        async with self._store.transaction(self._name) as work:
            return await one.piece(work)

    def _take(self) -> list[_Waiting]:
        batch, self._waiting = self._waiting, []
        return batch
