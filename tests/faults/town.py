"""Twenty communes with their staff, people who report, and officers who press; all by one seed."""

import asyncio
import random
import re
from collections import Counter

from bot.app import open_store
from cases.model import Person, Role
from storage.records.areas import AreaRow
from tests.faults.listener import Heard, Listener
from tests.faults.place import buttons
from tests.support.fake_telegram import TOKEN

PLACES = {  # a commune and how people there call it; five are built in
    "20500": "xã Đại Hiệp", "20506": "xã Đại Hưng", "20515": "xã Đại Quang",
    "20539": "xã Đại Cường", "20542": "xã Đại Chánh",
} | {
    f"9{n:04}": f"xã {name}" for n, name in enumerate((
        "Nông Sơn", "Nam Phước", "Thu Bồn", "Gò Nổi", "Tân Hiệp", "Việt An", "Hiệp Đức",
        "Đồng Dương", "Xuân Phú", "Lãnh Ngọc", "Thạnh Bình", "Sơn Cẩm Hà", "Trà Giáp", "Bến Hiên",
        "Hùng Sơn",
    ))
}  # fmt: skip
STAFF = (Role.OFFICER, Role.DEPUTY, Role.LEADER)
FIRST_STAFF, FIRST = 720000000, 710000000  # numbers of their Telegram accounts
TAKES, TWICE = 0.85, 0.15  # of what an officer hears of, and of what they take
ALERT, TAKE, RECEIPT = "Việc mới", "Tôi nhận", "Mã tin báo"
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")


async def settled(place):
    """Everybody who works here, known to the program before it starts."""
    store, _ = await open_store(place.config)
    account = TOKEN.split(":", maxsplit=1)[0]
    async with store.transaction("test") as work:
        built_in = {row.commune for row in await work.areas.rows()}
        for commune, words in PLACES.items():
            if commune not in built_in:
                name = words.removeprefix("xã ")
                row = AreaRow(commune, "commune", name, commune, province="48", unit="xã")
                await work.areas.put([row])
        for n, commune in enumerate(PLACES):
            for m, role in enumerate(STAFF):
                who, chat = f"p-{commune}-{role}", str(FIRST_STAFF + 10 * n + m)
                await work.people.add(Person(id=who, role=role, commune=commune))
                contact = await work.contacts.ensure("telegram", account, chat, chat, "vi")
                await work.contacts.link(contact.id, who)
    await store.close()


class Town:
    """`place` gives updates their shape and starts the program; the listener hears for everybody."""

    def __init__(self, place, listener: Listener, seed: int) -> None:
        self.place, self.listener = place, listener
        self.chance = random.Random(seed)
        self.told: dict[int, float] = {}  # who has said where: when
        self.asked: set[int] = set()  # who says it once the program has asked
        self.receipts: dict[int, set[str]] = {}
        self.alerts: dict[str, float] = {}  # the code of a case: when its officer first heard of it
        self.pressed: Counter[str] = Counter()  # the code of a case: how often its officer pressed
        self.people = 0
        listener.on_message = self._hears

    def reports(self, many: int) -> None:
        """So many more people in danger; half of them answer only once they are asked."""
        for _ in range(many):
            who = FIRST + self.people
            self.people += 1
            self.receipts[who] = set()
            self._push(self.place.update("sos", who))
            if self.chance.random() < 0.5:
                self.asked.add(who)
            else:
                self._tells(who)

    def waiting(self) -> int:
        """How many have no receipt yet."""
        return sum(not codes for codes in self.receipts.values())

    def unheard(self) -> int:
        """Of how many cases no officer has heard, as far as receipts tell."""
        return sum(code not in self.alerts for codes in self.receipts.values() for code in codes)

    def communes(self) -> list[str]:
        return list(PLACES)

    def _tells(self, who: int) -> None:
        self.told[who] = asyncio.get_running_loop().time()
        self._push(self.place.update(PLACES[self.commune(who)], who))

    def commune(self, who: int) -> str:
        return list(PLACES)[(who - FIRST) % len(PLACES)]

    def officer(self, commune: str) -> int:
        return FIRST_STAFF + 10 * list(PLACES).index(commune)

    def _push(self, update) -> None:
        self.listener.push(update)

    def _hears(self, heard: Heard) -> None:
        if heard.chat in self.receipts:
            self._reporter(heard)
        elif ALERT in heard.text:
            self._staff(heard)

    def _reporter(self, heard: Heard) -> None:
        if heard.chat in self.asked:
            self.asked.remove(heard.chat)
            self._tells(heard.chat)
        if RECEIPT in heard.text:
            self.receipts[heard.chat].add(CODE.search(heard.text).group())

    def _staff(self, heard: Heard) -> None:
        """The first to be called presses, some of them twice; others only hear."""
        code = CODE.search(heard.text).group()
        first = code not in self.alerts
        self.alerts.setdefault(code, heard.at)
        if not first or self.chance.random() >= TAKES:
            return
        if TAKE not in [one["text"] for one in buttons(heard.fields)]:
            return
        for _ in range(1 + (self.chance.random() < TWICE)):
            self.pressed[code] += 1
            self.place.presses(heard.chat, heard.fields, TAKE)
