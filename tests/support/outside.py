"""Somebody else's machine, which the heartbeat calls."""

from aiohttp import web


class Outside:
    """Somebody else's machine, which counts the calls."""

    def __init__(self):
        self.calls, self.status = [], 200

    async def start(self):
        app = web.Application()
        app.router.add_route("*", "/ping", self._called)
        self.runner = web.AppRunner(app)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self.runner.addresses[0][1]}/ping"
        return self

    async def _called(self, request):
        self.calls.append(
            (request.method, dict(request.query), await request.read(), dict(request.headers))
        )
        return web.Response(status=self.status)
