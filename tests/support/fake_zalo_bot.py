"""A small Zalo Bot Platform of our own: an accept log, scripted faults, the envelopes of the fixtures."""

import asyncio
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web

from tests.support import fake_telegram

TOKEN = "1459232241454765289:" + "Z" * 32
SECRET = "s3cret-of-zalo"
DATA = Path(__file__).parents[1] / "data" / "zalo_bot"
LONGEST = 2000
METHODS = ("getMe", "getUpdates", "sendMessage", "sendPhoto", "sendVoice", "sendChatAction",
           "setWebhook", "deleteWebhook", "getWebhookInfo")  # fmt: skip


@dataclass
class Fault(fake_telegram.Fault):
    """`headers`: of the answer, for a redirect."""

    headers: dict[str, str] = field(default_factory=dict)


def recorded(name: str) -> Any:
    """A fixture, as JSON."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


@dataclass
class FakeZaloBot:
    """`accepted` is what arrived, in order: the judge of every test.

    `repeats`: consumed updates are given out once more (sources disagree on whether they are).
    """

    token: str = TOKEN
    accepted: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    updates: list[Any] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    hook: str = ""
    hook_secret: str = ""
    repeats: bool = False
    idle: float = 0.0  # seconds that a poll waits before its 408
    url: str = ""
    number: int = 0

    async def start(self) -> str:
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._call)
        app.router.add_get("/fixture/{path:.+}", self._download)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self.url

    async def stop(self) -> None:
        await self._runner.cleanup()

    def push(self, *updates: Any) -> None:
        """For polling, one object at a time."""
        self.updates += updates

    async def knock(self, update: Any, secret: str | None = None) -> int:
        """Deliver it to the webhook that was set; the status of the answer."""
        headers = {"X-Bot-Api-Secret-Token": self.hook_secret if secret is None else secret}
        async with (
            ClientSession() as client,
            client.post(self.hook, json=update, headers=headers) as answer,
        ):
            return answer.status

    def fail(self, method: str, *faults: Fault) -> None:
        self.faults.setdefault(method, []).extend(faults)

    def texts(self, chat: str = "") -> list[str]:
        return [
            body["text"] for name, body in self.accepted
            if name == "sendMessage" and chat in ("", body["chat_id"])
        ]  # fmt: skip

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method, body = request.match_info["method"], await _body(request)
        fault = self._next_fault(method, str(body.get("chat_id", "")))
        if fault is not None:
            if fault.accept:
                self.accepted.append((method, body))
            return await self._failing(request, fault)
        if request.match_info["token"] != self.token:
            return _refused(401, "Unauthorized")
        if method not in METHODS:
            return _refused(404, "Not Found")
        name = re.sub("[A-Z]", lambda one: f"_{one[0].lower()}", method)
        return await getattr(self, f"_{name}")(body)

    async def _get_me(self, _: dict[str, Any]) -> web.Response:
        return web.json_response(recorded("ok_get_me"))

    async def _get_updates(self, body: dict[str, Any]) -> web.Response:
        if self.hook:
            return _refused(400, "Bad Request: webhook is set")
        if not self.updates:
            await asyncio.sleep(min(self.idle, float(body.get("timeout", 30))))
            return _refused(408, "Request timeout")
        update = self.updates[0] if self.repeats else self.updates.pop(0)
        if self.repeats:
            self.updates = [*self.updates[1:], update]
        return _ok(update.get("result", update) if isinstance(update, dict) else update)

    async def _send_message(self, body: dict[str, Any]) -> web.Response:
        text = body.get("text")
        if not isinstance(text, str) or not 1 <= len(text) <= LONGEST or not body.get("chat_id"):
            return _refused(400, "Bad Request")
        return self._took("sendMessage", body)

    async def _send_photo(self, body: dict[str, Any]) -> web.Response:
        fits = len(str(body.get("caption", ""))) <= LONGEST
        if not str(body.get("photo", "")).startswith("https://") or not fits:
            return _refused(400, "Bad Request")
        return self._took("sendPhoto", body)

    async def _send_voice(self, body: dict[str, Any]) -> web.Response:
        if not str(body.get("voice_url", "")).endswith(".aac"):
            return _refused(400, "Bad Request")
        return self._took("sendVoice", body)

    async def _send_chat_action(self, body: dict[str, Any]) -> web.Response:
        self.accepted.append(("sendChatAction", body))
        return web.json_response({"ok": True})

    async def _set_webhook(self, body: dict[str, Any]) -> web.Response:
        secret = str(body.get("secret_token", ""))
        if not body.get("url") or not 8 <= len(secret) <= 256:
            return _refused(400, "Bad Request")
        self.hook, self.hook_secret = str(body["url"]), secret
        return _ok({"url": self.hook, "updated_at": 1795437600000})

    async def _delete_webhook(self, _: dict[str, Any]) -> web.Response:
        self.hook = self.hook_secret = ""
        return web.json_response(recorded("ok_delete_webhook"))

    async def _get_webhook_info(self, _: dict[str, Any]) -> web.Response:
        if not self.hook:
            return _refused(404, "Not Found")
        return _ok({"url": self.hook, "updated_at": 1795437600000})

    def _took(self, method: str, body: dict[str, Any]) -> web.Response:
        self.accepted.append((method, body))
        self.number += 1
        return _ok({"message_id": f"82599fa32f56d0{self.number:06x}", "date": 1795437660000})

    async def _download(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        fault = self._next_fault("download", "")
        if fault is not None:
            return await self._failing(request, fault)
        if path not in self.files:
            return web.Response(status=404)
        return web.Response(body=self.files[path])

    def _next_fault(self, method: str, chat: str) -> Fault | None:
        queue = self.faults.get(method, [])
        fault = next((one for one in queue if one.chat in ("", chat)), None)
        if fault is not None:
            queue.remove(fault)
        return fault

    async def _failing(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.hang:
            await asyncio.Event().wait()
        if fault.cut:
            response = web.StreamResponse(headers={"Content-Length": "1000"})
            await response.prepare(request)
            await response.write(b'{"ok":true,"resu')
            assert request.transport is not None
            request.transport.close()
            return response
        body = fault.body if isinstance(fault.body, bytes) else json.dumps(fault.body).encode()
        headers = fault.headers
        return web.Response(
            body=body, status=fault.status, headers=headers, content_type="application/json"
        )


def _ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _refused(code: int, said: str) -> web.Response:
    body = {"ok": False, "description": said, "error_code": code}
    return web.json_response(body, status=code)


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        found = await request.json()
    except ValueError:
        return dict(await request.post())
    return found if isinstance(found, dict) else {}
