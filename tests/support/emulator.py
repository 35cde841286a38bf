"""lo-bot-api-emulator as an independent Telegram, with what it lacks made good (CHANNELS.md 12.2)."""

from typing import Any

from aiohttp import web
from lo_bot_api_emulator import CONTRACT, LoBotApiEmulator, updates

from tests.support.fake_telegram import ME

_FORM = "multipart/form-data"  # a file on its way: the emulator reads it itself
TOKEN = "654321:" + "E" * 35


class Emulator:
    """The emulator on a free port; `sent` are the form bodies it accepted, in order."""

    def __init__(self) -> None:
        for method, rules in CONTRACT["methods"].items():
            if method.startswith(("send", "edit")):
                missing = {"protect_content", "link_preview_options"} - set(rules["parameters"])
                rules["parameters"] += sorted(missing)
        updates.KINDS.update({"edited_message", "my_chat_member"})
        self._emulator = LoBotApiEmulator(allow_insecure_loopback_webhooks=True)
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.url = ""

    async def start(self) -> str:
        app = self._emulator.app()
        app.middlewares.append(self._note)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self.url

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def push(self, update: dict[str, Any]) -> int:
        """Queue it, and deliver it where a webhook is set. Returns its id."""
        return await self._emulator.enqueue_update(update, token=TOKEN)

    async def deliver(self) -> int:
        return await self._emulator.deliver_updates(token=TOKEN)

    @web.middleware
    async def _note(self, request: web.Request, handler: Any) -> web.StreamResponse:
        method = request.match_info.get("method", "")
        if method == "getMe":
            return web.json_response({"ok": True, "result": ME})
        words = method.startswith(("send", "edit")) and request.content_type != _FORM
        fields = dict(await request.post()) if words else {}
        response = await handler(request)
        if response.status == 200 and fields:
            self.sent.append((method, fields))
        return response
