"""A small Telegram of our own: an accept log, scripted faults, and updates that wait for their offset."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "123456:" + "F" * 35
ME = {"id": 123456, "is_bot": True, "first_name": "An Nhi", "username": "fixture_bot"}


@dataclass
class Fault:
    """What happens to one call instead of an ordinary answer."""

    status: int = 200
    body: Any = None
    cut: bool = False  # the answer breaks off in the middle
    hang: bool = False  # no answer at all: the caller has to give up
    accept: bool = False  # the message arrived all the same
    chat: str = ""  # only calls to this chat


@dataclass
class FakeTelegram:
    """`accepted` is what arrived, in order: the judge of every test."""

    accepted: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)  # what a file_id stands for
    downloads: list[str] = field(default_factory=list)
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    confirmed: int = 0
    removed: set[int] = field(default_factory=set)  # what was taken off the phones again
    url: str = ""

    async def start(self) -> str:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self.url

    async def stop(self) -> None:
        await self._runner.cleanup()

    def push(self, *updates: dict[str, Any]) -> None:
        """They are given out until an offset confirms them."""
        self.updates += updates

    def fail(self, method: str, *faults: Fault) -> None:
        self.faults.setdefault(method, []).extend(faults)

    def texts(self, method: str = "sendMessage") -> list[str]:
        return [fields["text"] for name, fields in self.accepted if name == method]

    def shown(self, chat: int) -> list[str]:
        """What still stands on this phone, in the order in which it came."""
        return [
            str(fields.get("text", fields.get("caption", "")))
            for fields in self._standing(chat).values()
        ]

    def _standing(self, chat: int) -> dict[int, dict[str, Any]]:
        """By the ids that were given out."""
        return {
            number: fields
            for number, (method, fields) in enumerate(self.accepted, 1)
            if method in ("sendMessage", "sendPhoto") and number not in self.removed
            and str(fields["chat_id"]) == str(chat)
        }  # fmt: skip

    def _remove(self, method: str, fields: dict[str, Any]) -> bool:
        """False = one that is not there: alone it is refused, among others it is passed over."""
        several = method == "deleteMessages"
        asked = json.loads(fields["message_ids"]) if several else [int(fields["message_id"])]
        standing = self._standing(int(fields["chat_id"]))
        self.removed |= {one for one in asked if one in standing}
        return several or asked[0] in standing

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method, fields = request.match_info["method"], await _fields(request)
        fault = self._next_fault(method, str(fields.get("chat_id", "")))
        if fault is None or fault.accept:
            self.accepted.append((method, fields))
            self.heard.set()
        if fault is not None:
            return await self._failing(request, fault)
        if method in ("deleteMessage", "deleteMessages") and not self._remove(method, fields):
            body = {"description": "Bad Request: message to delete not found"}
            return web.json_response({"ok": False, "error_code": 400, **body}, status=400)
        if method == "sendPhoto" and (wrong := _no_photo(fields)):
            self.accepted.pop()
            body = {"ok": False, "error_code": 400, "description": f"Bad Request: {wrong}"}
            return web.json_response(body, status=400)
        return web.json_response({"ok": True, "result": await self._result(method, fields)})

    async def _download(self, request: web.Request) -> web.StreamResponse:
        file_id = request.match_info["path"].rsplit("/", 1)[-1]
        self.downloads.append(file_id)
        fault = self._next_fault("download", "")
        if fault is not None:
            return await self._failing(request, fault)
        if file_id not in self.files:
            return web.Response(status=404)
        return await self._give(request, self.files[file_id])

    async def _give(self, request: web.Request, data: bytes) -> web.StreamResponse:
        return web.Response(body=data)

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
            request.transport.close()
            return response
        return web.Response(
            body=json.dumps(fault.body), status=fault.status, content_type="application/json"
        )

    async def _result(self, method: str, fields: dict[str, Any]) -> Any:
        if method == "getMe":
            return ME
        if method == "getUpdates":
            offset = int(fields.get("offset", 0))
            self.confirmed = max(self.confirmed, offset)
            self.updates = [one for one in self.updates if _number(one) >= offset]
            if not self.updates:
                await asyncio.sleep(0.01)
            return self.updates[:100]
        if method == "getFile":
            file_id = fields["file_id"]
            size = len(self.files.get(file_id, b""))
            path = f"documents/{file_id}"
            return {"file_id": file_id, "file_unique_id": "u", "file_size": size, "file_path": path}
        if method in ("sendMessage", "editMessageText"):
            chat = {"id": int(fields["chat_id"]), "type": "private"}
            number = int(fields.get("message_id", len(self.accepted)))
            return {
                "message_id": number,
                "date": 1_795_437_800,
                "chat": chat,
                "text": fields["text"],
            }
        if method == "sendPhoto":
            chat, size = {"id": int(fields["chat_id"]), "type": "private"}, len(fields["photo"])
            photo = {
                "file_id": "p",
                "file_unique_id": "u",
                "width": 9,
                "height": 9,
                "file_size": size,
            }
            return {
                "message_id": len(self.accepted), "date": 1_795_437_800, "chat": chat, "photo": [photo]
            }  # fmt: skip
        return True


def _no_photo(fields: dict[str, Any]) -> str:
    """Why a photo is refused: uploaded bytes of a picture, 10 MB at most, a caption of 1,024 units."""
    photo, caption = fields.get("photo"), str(fields.get("caption", ""))
    if not isinstance(photo, bytes) or not photo.startswith((b"\x89PNG", b"\xff\xd8")):
        return "IMAGE_PROCESS_FAILED"
    if len(photo) > 10 * 2**20:
        return "file is too big"
    return "message caption is too long" if len(caption.encode("utf-16-le")) > 2048 else ""


def _number(update: dict[str, Any]) -> int:
    return int(update.get("update_id", 0))


async def _fields(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return await request.json()
    found = dict(await request.post())
    files = {name: one.file.read() for name, one in found.items() if isinstance(one, web.FileField)}
    given = {n: one.removeprefix("attach://") for n, one in found.items() if isinstance(one, str)}
    return {**given, **{n: files.pop(one) for n, one in given.items() if one in files}, **files}
