"""Staff at their pages: each with a chat thread, a browser of their own, and the case somebody reported."""

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from aiohttp import ClientSession, CookieJar, FormData

from cases.model import Person, Role
from tests.support.pins import PIN, give_pin
from tests.support.site import Site
from tests.support.world import SHELF

DAI_LOC, ELSEWHERE = "20500", "20515"
PHOTO, VOICE = ("nha.jpg", "image/jpeg"), ("tieng.ogg", "audio/ogg")
PAPER = ("don.pdf", "application/pdf")


@dataclass
class Answer:
    """What a browser got: the page it ended on."""

    status: int
    text: str
    headers: object
    path: str

    def field(self, name: str) -> str:
        """What a hidden field of the page holds."""
        return re.search(rf'name="{name}" value="([^"]*)"', self.text).group(1)

    def words(self) -> str:
        """The page without its markup."""
        inside = re.sub(r"<script.*?</script>|<[^>]+>", " ", self.text, flags=re.DOTALL)
        return re.sub(r"\s+", " ", inside)


class Staff:
    """One member of staff: `header` is their chat, `client` their browser."""

    def __init__(self, office: "Office", person: Person, header: dict[str, str]) -> None:
        self.office, self.person, self.header = office, person, header
        self.client = ClientSession(cookie_jar=CookieJar(unsafe=True))
        self.heard = 0

    async def says(self, text: str) -> list[dict[str, object]]:
        """Write in the chat; what is said to them since the last look."""
        n = self.office.number()
        assert (await self.office.site.post(self.header, id=n, kind="text", text=text))[0] == 202
        return await self.hears()

    async def presses(self, message: dict[str, object], option: str) -> list[dict[str, object]]:
        n = self.office.number()
        body = {"id": n, "kind": "choice", "prompt": message["prompt"], "option": option}
        assert (await self.office.site.post(self.header, **body))[0] == 202
        return await self.hears()

    async def hears(self) -> list[dict[str, object]]:
        found = await self.office.site.messages(self.header, after=self.heard)
        self.heard = found["last"]
        return found["messages"]

    async def token(self) -> str:
        """The secret part of a fresh link."""
        await self.hears()
        (said,) = await self.says("/web")
        return said["choices"][0]["url"].partition("#")[2]

    async def sign_in(self) -> "Staff":
        assert (await self.spend(await self.token())).path == "/dashboard"
        await self.hears()
        return self

    async def spend(self, token: str, **header: str) -> Answer:
        return await self.post("/dashboard/sign-in", {"token": token}, **header)

    async def get(self, path: str, **header: str) -> Answer:
        url = f"{self.office.site.url}{path}"
        async with self.client.get(url, headers=header) as answer:
            return Answer(answer.status, await answer.text(), answer.headers, answer.url.path)

    async def post(self, path: str, form: dict[str, str], **header: str) -> Answer:
        """Whoever is asked for their PIN types it, and the same form goes on its way."""
        answer = await self.sends(path, form, **header)
        if answer.status == 403 and 'name="pin"' in answer.text:
            return await self.sends(path, {**form, "pin": PIN}, **header)
        return answer

    async def sends(self, path: str, form: dict[str, str], **header: str) -> Answer:
        origin = {"Origin": self.office.site.url, **header}
        url = f"{self.office.site.url}{path}"
        async with self.client.post(url, data=form, headers=origin) as answer:
            return Answer(
                answer.status,
                (await answer.read()).decode(errors="replace"),
                answer.headers,
                answer.url.path,
            )

    async def opens(self, code: str) -> Answer:
        return await self.get(f"/dashboard/case/{code}")

    async def does(self, page: Answer, act: str, /, **fields: str) -> Answer:
        """Press an act of a page that was seen; dots of names are written as two underscores."""
        form = {name: page.field(name) for name in ("csrf", "rev", "submission")}
        form |= {name.replace("__", "."): value for name, value in fields.items()}
        code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", page.text).group(0)
        return await self.post(f"/dashboard/case/{code}/{act}", form)


class Office:
    """The real pages, and everybody who works here."""

    def __init__(self, site: Site) -> None:
        self.site, self.people, self.n = site, [], 0

    @classmethod
    async def open(cls, folder: Path, seed: str = "an-nhi") -> "Office":
        """`seed`: other chance for a second program on the same rows."""
        return cls(await Site().start(folder, seed))

    async def close(self) -> None:
        for one in self.people:
            await one.client.close()
        await self.site.stop()

    def number(self) -> str:
        self.n += 1
        return f"m{self.n}"

    async def hire(
        self, name: str, role: Role, commune: str = "", lang: str = "vi", *, pin: bool = True
    ) -> Staff:
        header = await self.site.session()
        person = Person(f"p-{name}", role, commune, name=name, lang=lang)
        token = header["Authorization"].split()[1]
        async with self.site.store.transaction("test") as work:
            await work.people.add(person)
            thread, _ = await work.webchat.session(token)
            contact = await work.contacts.ensure("web", "site", thread, thread, lang)
            await work.contacts.link(contact.id, person.id)
            if pin:
                await give_pin(work, person.id)
        self.people.append(Staff(self, person, header))
        return self.people[-1]

    async def report(self, words: str = "be bi danh", place: str = "Ái Nghĩa") -> str:
        """Somebody reports danger; the code of the case."""
        header, before = await self.site.session(), await self.codes()
        await self.site.post(header, id="1", kind="text", text=words)
        asked = (await self.site.messages(header))["messages"][-1]
        press = {"id": "2", "kind": "choice", "prompt": asked["prompt"], "option": "now"}
        await self.site.post(header, **press)
        await self.site.messages(header)
        for n in ("3", "4"):  # a place that nobody knows is asked for twice
            if not await self.codes() - before:
                await self.site.post(header, id=n, kind="text", text=place)
                await self.site.messages(header)
        (code,) = await self.codes() - before
        return code

    async def report_with(self, *files: tuple[str, str]) -> str:
        """Somebody cries for help and sends these files after it; the code of the case."""
        header, before = await self.site.session(), await self.codes()
        for n, text in enumerate(("sos", "xã Đại Hiệp")):
            await self.site.post(header, id=f"s{n}", kind="text", text=text)
            await self.site.messages(header)
        for name, mime in files:
            form = FormData({"id": self.number()})
            data = BytesIO((SHELF / name).read_bytes())
            form.add_field("file", data, filename="x", content_type=mime)
            url = f"{self.site.url}/api/chat/media"
            async with self.site.client.post(url, data=form, headers=header) as answer:
                assert answer.status == 202
            await self.site.messages(header)
        (code,) = await self.codes() - before
        return code

    async def codes(self) -> set[str]:
        async with self.site.store.reading("test") as work:
            return {case.code for case in await work.cases.all_cases()}

    async def case(self, code: str):
        async with self.site.store.reading("test") as work:
            return await work.cases.by_code(code)

    async def audit(self, act: str) -> list[tuple[str, str]]:
        """(actor, case) of every row of this act."""
        from sqlalchemy import select

        from storage.tables import audit

        async with self.site.store.reading("test") as work:
            rows = await work._tx.all(select(audit).where(audit.c.act == act).order_by(audit.c.n))
        return [(row["actor"], row["case_id"]) for row in rows]

    async def events(self, code: str) -> list[str]:
        async with self.site.store.reading("test") as work:
            case = await work.cases.by_code(code)
            return [event.act for event in await work.cases.events(case.id)]
