"""People who report on the page, all at once, through real HTTP: what they were asked, and what they have."""

import asyncio
import random
import re
import time

from aiohttp import ClientError, ClientSession, TCPConnector

RECEIPT = re.compile(r"Mã tin báo: ([2-9A-Z]{4}-[2-9A-Z]{4})")
CALM, DANGER = "có đứa bé bị bỏ đói", "nuoc cuon troi chau be"
PLACE = "Ái Nghĩa"


def question(message):
    """Its key; what was heard in the first words is put as the same question."""
    return message["question"].removesuffix("_hint")


class Reporter:
    """One phone: a thread of its own, behind one of many networks."""

    def __init__(self, crowd, number):
        self.crowd, self.number = crowd, number
        self.danger = number % crowd.one_in == 0
        self.asked, self.code, self.texts = [], "", []
        self.header, self.seen, self.n = {}, 0, 0
        self.said = 0.0  # when the last word before the receipt was confirmed

    async def reports(self):
        """From the first word to a receipt, with nothing left to answer."""
        await asyncio.sleep(self.crowd.chance.uniform(0, self.crowd.within))
        network = f"203.0.{self.number % self.crowd.networks}.7"
        asks = {"X-Forwarded-For": network}
        made = await self._call("POST", "/api/chat/sessions", 201, {}, asks)
        self.header = {"Authorization": f"Bearer {made['token']}"}
        await self._says(kind="text", text=DANGER if self.danger else CALM)
        while (asked := await self._next()) is not None:
            self.asked.append(question(asked))
            await self._answers(asked)

    async def _answers(self, asked):
        name, options = question(asked), {one["label"]: one for one in asked.get("choices", ())}
        wants = {
            "report.danger_now": "Có, ngay bây giờ" if self.danger else "Không",
            "report.child_place": "Đúng", "report.conflict": "Không",
            "report.kind": "Đuối nước" if self.danger else "Đúng",
        }  # fmt: skip
        if name == "report.child_place" and "Đúng" not in options:
            await self._says(kind="text", text=PLACE)
            return
        press = options[wants[name]]
        await self._says(kind="choice", prompt=asked["prompt"], option=press["option"])

    async def _says(self, **message):
        self.n += 1
        await self._call(
            "POST", "/api/chat/messages", 202, {"id": f"{self.n}", **message}, self.header
        )
        if not self.code:
            self.said = time.monotonic()

    async def _next(self):
        """The next question, or None once all is told. A page asks again, the longer the less often."""
        pause = 0.3
        while True:
            await asyncio.sleep(pause)
            pause = min(pause * 1.6, 5)
            path = f"/api/chat/messages?after={self.seen}"
            found = await self._call("GET", path, 200, None, self.header)
            self.seen = found["last"]
            for one in found["messages"]:
                self.texts.append(one["text"])
                self.code = self.code or "".join(RECEIPT.findall(one["text"]))
            asked = [one for one in found["messages"] if one.get("question")]
            if asked:
                return asked[-1]
            if self.code and any("đã đủ để xử lý" in text for text in self.texts):
                return None

    async def _call(self, method, path, status, body, header):
        """As the page does it: what was not answered is sent again, under the same name."""
        while True:
            try:
                async with self.crowd.client.request(
                    method, f"{self.crowd.url}{path}", json=body, headers=header
                ) as answer:
                    if answer.status == status:
                        return await answer.json()
                    assert answer.status == 503, (path, answer.status)  # never refused
                    self.crowd.busy += 1
            except ClientError:
                self.crowd.busy += 1
            await asyncio.sleep(0.5)


class Crowd:
    """`within`: the seconds in which all of them begin; one in `one_in` is in danger."""

    def __init__(self, url, many, within, one_in, networks=40):
        self.url, self.within, self.one_in, self.networks = url, within, one_in, networks
        self.chance = random.Random(many)
        self.busy = 0
        self.people = [Reporter(self, number) for number in range(many)]

    async def reports(self):
        lines = TCPConnector(limit=200)
        async with ClientSession(connector=lines) as self.client, asyncio.TaskGroup() as group:
            for one in self.people:
                group.create_task(one.reports())
