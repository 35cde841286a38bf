"""On the card: what staff and reporter wrote each other, and whether they can be written to at all."""

from datetime import datetime

from cases.model import Case, Status
from cases.times.calendar import local
from cases.times.windows import always, clock
from handlers.actor import Kit
from handlers.casework.threads import hours_of, threads_of
from handlers.render import short
from storage.ledgers.history import Event
from storage.records.letters import Letter
from storage.unit_of_work import UnitOfWork

NEWEST = 12


class Exchange:
    """The words of both sides of one case, for one language."""

    def __init__(
        self, work: UnitOfWork, kit: Kit, lang: str, case: Case, *, whole: bool = False
    ) -> None:
        self._work = work
        self._kit = kit
        self._lang = lang
        self._case = case
        self._whole = whole  # a page has room for all of it
        self._names: dict[str, str] = {}  # of threads, where there are several

    async def lines(self, events: list[Event]) -> list[str]:
        """What the card says of it; [] where nobody wrote and nothing stands in the way."""
        threads = await threads_of(self._work, self._case)
        if len(threads) > 1:
            self._names = {
                one.id: self._say("reporter", n=str(n), at=f"{local(one.since):%H:%M}")
                for n, one in enumerate(threads, 1)
            }
        letters = await self._work.letters.of_case(self._case.id)
        said = [self._letter(one) for one in letters if "text" in one.body]
        said += [self._answer(one) for one in events if one.body.get("answer")]
        told = [line for *_, line in sorted(said)]
        head = [self._say("card_talk")] * bool(told)
        if len(told) > NEWEST and not self._whole:
            head.append(self._say("card_more", count=len(told) - NEWEST))
            told = told[-NEWEST:]
        lines = [*await self._reach(), *head, *told]
        return ["", *lines] if lines else []

    def _say(self, key: str, **values: object) -> str:
        return self._kit.catalog.say(self._lang, f"relay.{key}", **values)

    def _letter(self, letter: Letter) -> tuple[datetime, int, str]:
        seen = "yes" if letter.read_at is not None else "no"
        line = self._line("card_letter", letter.made_at, letter.thread, letter.body["text"], seen)
        return letter.made_at, 0, line

    def _answer(self, event: Event) -> tuple[datetime, int, str]:
        text = event.body["text"] or self._say("card_file")
        return event.at, 1, self._line("card_answer", event.at, event.body["answer"], text)

    def _line(self, key: str, at: datetime, thread: str, text: str, seen: str = "yes") -> str:
        who, here = self._names.get(thread, "none"), local(at)
        text = text if self._whole else short(text)
        day = self._kit.catalog.day(self._lang, here.day, here.month)
        return self._say(key, at=f"{here:%H:%M}", day=day, who=who, text=text, seen=seen)

    async def _reach(self) -> list[str]:
        """Who can be written to only at some hours, not first, or not at all."""
        if self._case.status is Status.CLOSED:
            return []
        found = []
        for thread in await threads_of(self._work, self._case):
            who = self._names.get(thread.id, "none")
            contact, hours = await hours_of(self._work, self._case, thread)
            if contact is None:
                found.append(self._say("card_gone", who=who))
            elif hours is None:
                found.append(self._say("card_waits", who=who))
            elif not always(hours):
                start, end = clock(hours[0]), clock(hours[1])
                found.append(self._say("card_hours", who=who, start=start, end=end))
        return found
