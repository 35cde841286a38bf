"""Our fake Telegram with rarer failures: odd bytes, a connection that ends, an answer that is held back."""

import asyncio
from dataclasses import dataclass

from aiohttp import web

from tests.support import fake_telegram
from tests.support.fake_telegram import FakeTelegram


@dataclass
class Fault(fake_telegram.Fault):
    """`raw`: these very bytes; `close`: not a byte; `hold`: the ordinary answer, once this is set."""

    raw: bytes | None = None
    close: bool = False
    hold: asyncio.Event | None = None

    def __post_init__(self) -> None:
        self.accept = self.accept or self.hold is not None


class FailingTelegram(FakeTelegram):
    """Fails as the base does, and in these ways too."""

    async def _failing(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.hold is not None:
            fields = await fake_telegram._fields(request)
            result = await self._result(request.match_info["method"], fields)
            await fault.hold.wait()
            return web.json_response({"ok": True, "result": result})
        if fault.close:
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        if fault.raw is not None:
            return web.Response(
                body=fault.raw, status=fault.status, content_type="application/json"
            )
        return await super()._failing(request, fault)
