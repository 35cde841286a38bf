"""How long a call may take, also where the whole process stood still in the middle of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

GRACE = 1.0  # seconds of a call's time in which an answer that has come already is read


@asynccontextmanager
async def patience(seconds: float) -> AsyncIterator[None]:
    """As asyncio.timeout. But whoever wakes up long after the end first hears what has been said.

    Else a frozen process would cut each call at the very moment it wakes, with the answer in its
    socket: it could never take back what that call sent. Raises TimeoutError.
    """
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(None) as limit:
        nearly = loop.call_later(seconds - GRACE, lambda: limit.reschedule(loop.time() + GRACE))
        try:
            yield
        finally:
            nearly.cancel()
