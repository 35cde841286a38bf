"""A small Zalo Official Account of our own: Open API v3, OAuth, signed webhooks, windows, scripted faults."""

import asyncio
import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web

from tests.support.fake_zalo_bot import Fault

DATA = Path(__file__).parents[1] / "data" / "zalo_oa"
APP, APP_SECRET, OA_KEY = "360846524940903967", "APP-SECRET-of-tests", "OA-SECRET-KEY-for-tests"
OA = "388613280878808645"
ANSWERS = 8  # free ones, to each interaction
FREE, WINDOW = timedelta(hours=48), timedelta(days=7)
LONGEST, BUTTONS = 2000, 5
RETRIES = (30, 300, 900, 1800, 3600)  # seconds; after them Zalo unsubscribes the app
_KINDS = ("oa.query.hide", "oa.query.show", "oa.open.url", "oa.open.phone")


def recorded(name: str) -> Any:
    """A fixture, as JSON."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def signed(body: bytes, stamp: str, key: str = OA_KEY, app: str = APP) -> str:
    """The header that Zalo puts beside this body."""
    mac = hashlib.sha256(app.encode() + body + stamp.encode() + key.encode()).hexdigest()
    return f"mac={mac}"


@dataclass
class FakeZaloOA:
    """`accepted` is what arrived, in order; `seen` when somebody last interacted.

    `now` is the hand clock's; `buttons`: whether texts may carry them; `on_use` happens whenever an
    access token is offered, before anything is answered.
    """

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    accepted: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    seen: dict[str, datetime] = field(default_factory=dict)
    answered: dict[str, int] = field(default_factory=dict)  # since then, of the free answers
    questions: list[str] = field(default_factory=list)  # whose quota was asked for
    billed: list[str] = field(default_factory=list)  # whom each billed message went to
    access: str = "FIXTURE-ACCESS-TOKEN-1"
    refresh: str = "FIXTURE-REFRESH-TOKEN-1"
    expired: bool = False
    codes: dict[str, str] = field(default_factory=dict)  # code of a log-in -> its challenge
    pairs: int = 1
    refreshes: list[str] = field(default_factory=list)  # every refresh token that was offered
    used: list[str] = field(default_factory=list)  # every access token that was offered
    buttons: bool = True
    windows: bool = False
    hook: str = ""
    subscribed: bool = True
    recent: list[dict[str, Any]] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)  # for a token
    on_use: Callable[[], None] | None = None
    url: str = ""
    number: int = 0
    uploads: dict[str, bytes] = field(default_factory=dict)  # attachment_id -> what it stands for

    async def start(self) -> str:
        app = web.Application()
        app.router.add_post("/v4/oa/access_token", self._tokens)
        app.router.add_post("/v3.0/oa/message/cs", self._cs)
        app.router.add_post("/v3.0/oa/message/template", self._template)
        app.router.add_post("/v3.0/oa/quota/message", self._quota)
        app.router.add_post("/v2.0/oa/upload/{what}", self._upload)
        app.router.add_get("/v2.0/oa/listrecentchat", self._recent)
        for gone in (
            "/v2.0/oa/message",
            "/v3.0/oa/message/transaction",
            "/v3.0/oa/message/promotion",
        ):
            app.router.add_post(gone, self._shut_down)
        app.router.add_get("/fixture/{path:.+}", self._download)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self.url

    async def stop(self) -> None:
        await self._runner.cleanup()

    def fail(self, what: str, *faults: Fault) -> None:
        """`what`: token, cs, template, quota, upload, recent, download."""
        self.faults.setdefault(what, []).extend(faults)

    def texts(self, user: str = "") -> list[str]:
        return [
            body["message"]["text"] for name, body in self.accepted
            if name == "cs" and user in ("", _user(body))
        ]  # fmt: skip

    def buttons_of(self, user: str) -> dict[str, str]:
        """Of the newest message to this person: title -> payload, address or number."""
        body = [body for name, body in self.accepted if name == "cs" and _user(body) == user][-1]
        payload = body["message"].get("attachment", {}).get("payload", {})
        return {one["title"]: one["payload"] for one in payload.get("buttons", ())}

    async def knock(self, event: Any, *, key: str = OA_KEY, num_retry: int = 0) -> int:
        """Deliver an event to the webhook, signed over its own bytes; the status of the answer."""
        body = event if isinstance(event, bytes) else json.dumps(event, ensure_ascii=False).encode()
        stamp = str(json.loads(body).get("timestamp", ""))
        headers = {"X-ZEvent-Signature": signed(body, stamp, key)}
        if num_retry:
            headers["num_retry"] = str(num_retry)
        async with (
            ClientSession() as client,
            client.post(self.hook, data=body, headers=headers) as answer,
        ):
            return answer.status

    async def deliver(self, event: Any) -> int:
        """As the console's *Webhook Retry*: again and again, then the app is unsubscribed."""
        for turn in range(len(RETRIES) + 1):
            status = await self.knock(event, num_retry=turn)
            if status == 200:
                return turn
        self.subscribed = False
        return -1

    async def _tokens(self, request: web.Request) -> web.StreamResponse:
        form = dict(await request.post())
        self.refreshes.append(str(form.get("refresh_token", "")))
        self.asked.set()
        fault = self._next_fault("token")
        if fault is not None and not fault.accept:
            return await self._failing(request, fault)
        right = request.headers.get("secret_key") == APP_SECRET and form.get("app_id") == APP
        if not right or not self._grants(form):
            return web.json_response(recorded("error_oauth_without_number"))
        self.pairs += 1
        self.access, self.expired = f"FIXTURE-ACCESS-TOKEN-{self.pairs}", False
        self.refresh = f"FIXTURE-REFRESH-TOKEN-{self.pairs}"
        if fault is not None:
            return await self._failing(request, fault)
        pair = {"access_token": self.access, "refresh_token": self.refresh, "expires_in": "90000"}
        return web.json_response(pair)

    def _grants(self, form: dict[str, Any]) -> bool:
        """A refresh token works once; a code only with the verifier of its challenge."""
        if form.get("grant_type") == "refresh_token":
            return form.get("refresh_token") == self.refresh
        challenge = self.codes.pop(str(form.get("code", "")), None)
        digest = hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()
        return challenge is not None and challenge == _base64(digest)

    async def _cs(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        if (early := await self._early(request, "cs", body)) is not None:
            return early
        code = self._wrong(body["message"]) or self._closed(_user(body))
        if code:
            return _error(code)
        self.accepted.append(("cs", body))
        self.recent.insert(0, self._row(OA, _user(body), self._next_id(), body["message"]["text"]))
        data = {
            "message_id": self.recent[0]["message_id"], "user_id": _user(body),
            "sent_time": self._stamp(),
        }  # fmt: skip
        if self._left(_user(body)):
            self.answered[_user(body)] = self.answered.get(_user(body), 0) + 1
            left = str(self._left(_user(body)))
            data["quota"] = {"quota_type": "reply", "remain": left, "total": str(ANSWERS)}
        else:
            self.billed.append(_user(body))
        return web.json_response({"data": data, "error": 0, "message": "Success"})

    async def _template(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        if (early := await self._early(request, "template", body)) is not None:
            return early
        if not body.get("template_id") or "template_data" not in body or not body.get("user_id"):
            return _error(-201)
        self.accepted.append(("template", body))
        self.billed.append(body["user_id"])
        return web.json_response(recorded("ok_zbs_template"))

    async def _quota(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.questions.append(body["user_id"])
        if (early := await self._early(request, "quota", body)) is not None:
            return early
        answer, last = recorded("ok_quota_user"), self.seen.get(body["user_id"])
        if last is not None:
            answer["data"]["last_interaction"] = str(int(last.timestamp() * 1000))
            answer["data"]["cs_reply"] = {"remain": self._left(body["user_id"]), "total": ANSWERS}
        return web.json_response(answer)

    def _left(self, user: str) -> int:
        """How many free answers this person may still have."""
        if self.windows and self.now() - self.seen[user] > FREE:
            return 0
        return ANSWERS - self.answered.get(user, 0) if self.windows else ANSWERS

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        early = await self._early(request, "upload", {})
        what = request.match_info["what"]
        if early is not None or what not in ("image", "file", "gif"):
            return early or _error(-201)
        part = (await request.post()).get("file")
        if part is None or isinstance(part, str):
            return _error(-201)
        if what != "image":
            return web.json_response(
                recorded("ok_upload_file" if what == "file" else "ok_upload_image")
            )
        data = part.file.read()
        if len(data) > 2**20 or not data.startswith((b"\x89PNG", b"\xff\xd8")):
            return _error(-201)
        answer = recorded("ok_upload_image")
        number = answer["data"]["attachment_id"] + f"-{len(self.uploads)}" * bool(self.uploads)
        self.uploads[number] = data
        return web.json_response({**answer, "data": {"attachment_id": number}})

    async def _recent(self, request: web.Request) -> web.StreamResponse:
        asked = json.loads(request.query.get("data", "{}"))
        if (early := await self._early(request, "recent", asked)) is not None:
            return early
        first, count = int(asked["offset"]), min(int(asked["count"]), 10)
        rows = self.recent[first : first + count]
        return web.json_response({"data": rows, "error": 0, "message": "Success"})

    async def _shut_down(self, request: web.Request) -> web.StreamResponse:
        return await self._early(request, "v2", {}) or _error(-240)

    async def _early(
        self, request: web.Request, what: str, body: dict[str, Any]
    ) -> web.StreamResponse | None:
        """What is answered before anything is looked at: a dead token, a scripted fault."""
        token = request.headers.get("access_token", "")
        self.used.append(token)
        if self.on_use is not None:
            self.on_use()
        fault = self._next_fault(what, _user(body))
        if fault is not None:
            if fault.accept:
                self.accepted.append((what, body))
            return await self._failing(request, fault)
        if token == self.access and self.expired:
            return web.json_response(recorded("error_216_token_expired"))
        if token != self.access:
            return web.json_response(recorded("error_216_token_invalid"))
        return None

    def _wrong(self, message: dict[str, Any]) -> int:
        text = message.get("text")
        if not isinstance(text, str) or not text:
            return -201
        if len(text) > LONGEST:
            return -210
        payload = message.get("attachment", {}).get("payload", {})
        for one in payload.get("elements", ()):
            if payload.get("template_type") != "media" or one.get("media_type") != "image":
                return -201
            if one.get("attachment_id") not in self.uploads:
                return -100
        buttons = payload.get("buttons", [])
        if buttons and not self.buttons:
            return -233
        fit = all(
            one.get("type") in _KINDS and one.get("payload") and 0 < len(one["title"]) <= 100
            and len(json.dumps(one["payload"])) <= 1000
            for one in buttons
        )  # fmt: skip
        return 0 if fit and len(buttons) <= BUTTONS else -201

    def _closed(self, user: str) -> int:
        if not self.windows:
            return 0
        last = self.seen.get(user)
        return 0 if last is not None and self.now() - last <= WINDOW else -230

    def happened(self, event: dict[str, Any]) -> None:
        """A person interacted: their window is open, and the newest messages name what they wrote."""
        user = event.get("sender", {}).get("id", "")
        self.seen[user] = self.now()
        self.answered[user] = 0
        message = event.get("message", {})
        if "msg_id" in message:
            row = self._row(user, OA, message["msg_id"], message.get("text", ""))
            self.recent.insert(0, row)

    def echo(self, user: str, text: str, number: str, *, by_hand: bool = False) -> dict[str, Any]:
        """The event of a message that the OA sent."""
        event = recorded("oa_send_text_by_staff" if by_hand else "oa_send_text_by_api")
        event["recipient"]["id"], event["timestamp"] = user, self._stamp()
        event["message"] = {"msg_id": number, "text": text}
        return event

    def receipt(self, user: str, number: str) -> dict[str, Any]:
        event = recorded("user_received_message")
        event["recipient"]["id"], event["timestamp"] = user, self._stamp()
        event["message"]["msg_id"] = number
        return event

    def _row(self, sender: str, to: str, number: str, text: str) -> dict[str, Any]:
        return {
            "from_id": sender, "to_id": to, "message_id": number, "type": "text", "message": text,
            "time": int(self._stamp()),
        }  # fmt: skip

    def _next_id(self) -> str:
        self.number += 1
        return f"0a1b2c3d4e5f6071{self.number:04x}"

    def _stamp(self) -> str:
        return str(int(self.now().timestamp() * 1000))

    async def _download(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        fault = self._next_fault("download")
        if fault is not None:
            return await self._failing(request, fault)
        if path not in self.files:
            return web.Response(status=404)
        return web.Response(body=self.files[path])

    def _next_fault(self, what: str, user: str = "") -> Fault | None:
        queue = self.faults.get(what, [])
        fault = next((one for one in queue if one.chat in ("", user)), None)
        if fault is not None:
            queue.remove(fault)
        return fault

    async def _failing(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.hang:
            await asyncio.Event().wait()
        if fault.cut:
            response = web.StreamResponse(headers={"Content-Length": "1000"})
            await response.prepare(request)
            await response.write(b'{"error":0,"da')
            assert request.transport is not None
            request.transport.close()
            return response
        body = fault.body if isinstance(fault.body, bytes) else json.dumps(fault.body).encode()
        return web.Response(
            body=body, status=fault.status, headers=fault.headers, content_type="application/json"
        )


def _user(body: dict[str, Any]) -> str:
    to = body.get("recipient", {})
    return str(to.get("user_id") or to.get("anonymous_id") or body.get("user_id", ""))


def _error(code: int) -> web.Response:
    return web.json_response({"error": code, "message": "refused"})


def _base64(digest: bytes) -> str:
    return urlsafe_b64encode(digest).decode().rstrip("=")
