"""Actor: who acts, in which transaction, with which voice."""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from cases.areas.places import Places
from cases.clock import Clock
from cases.codes import Chance
from cases.messages import Choice, Outgoing
from cases.model import Case, Person
from cases.policy import Policy
from cases.times.calendar import local
from locales.catalog import Catalog
from notifications.announce import Announcer
from notifications.channel import Abilities, Channel
from notifications.outgoing import body_of
from storage.ledgers.outbox import Message
from storage.records.people import Contact
from storage.records.threads import Told
from storage.register import Register
from storage.store import Store
from storage.unit_of_work import UnitOfWork

HELPLINE = "111"  # children reach it day and night, free
_HELP = (HELPLINE, "113")
REPLY = 2  # outbox priority of receipts and replies (TRUST.md section 5)


@dataclass(frozen=True, slots=True)
class Kit:
    """What every turn and every tick needs; built once by `bot/app.py`."""

    store: Store
    clock: Clock
    chance: Chance
    catalog: Catalog
    announcer: Announcer
    settings: Callable[[], Policy]
    places: Callable[[], Places]
    channels: Mapping[tuple[str, str], Channel]
    code_key: bytes
    register: Register
    public_url: str = ""
    demo: bool = False

    @property
    def policy(self) -> Policy:
        """The settings as they are now, with the calendar that staff keep."""
        return self.settings()


@dataclass(slots=True)
class Voice:
    """Where a reply goes, and how many went out in this turn already."""

    row: str  # the inbox row or timer that is answered: part of the natural key of a reply
    contact: Contact
    lang: str
    heard_at: datetime  # when what is answered reached the server: law clocks count from here
    said: int = 0
    child: bool = False  # a child reads it: it has sentences of its own, and a number in each
    letters: int = 0  # how many of those were letters that had waited
    mute: bool = False  # a person answers there by hand: nothing is said in this turn
    told: dict[str, Told] = field(default_factory=dict)  # of each case, what its reporter knows

    def code_of(self, case: Case) -> str:
        """The code under which they know the case: their own, whatever it was joined to."""
        told = self.told.get(case.id)
        return told.code if told is not None else case.code

    def since(self, case: Case) -> datetime:
        """When they told of it: another report may have told of it earlier."""
        told = self.told.get(case.id)
        return told.since if told is not None else case.received_at

    def now_in(self, case_id: str) -> str:
        """The case in which a case of theirs goes on."""
        told = self.told.get(case_id)
        return told.now_in if told is not None else case_id


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `person` is None for a reporter and for the clock; `voice` for the clock and for a page."""

    work: UnitOfWork
    kit: Kit
    voice: Voice | None = None
    person: Person | None = None
    name: str = field(default="system")

    @property
    def lang(self) -> str:
        if self.voice is not None:
            return self.voice.lang
        return self.person.lang if self.person is not None else "vi"

    @property
    def abilities(self) -> Abilities:
        """What the messenger in front of us can do; one that is not set up can do nothing."""
        contact = self.voice.contact if self.voice else None
        place = (contact.channel, contact.account) if contact else ("", "")
        channel = self.kit.channels.get(place)
        return channel.abilities if channel is not None else Abilities(delete_hours=0)

    def words(self, key: str, **values: object) -> str:
        """A sentence in the language of the person who hears it; a child's own where there is one."""
        return self.kit.catalog.say(self.lang, self.sentence(key), **values)

    def sentence(self, key: str) -> str:
        """The key of the sentence that this reader gets."""
        own = f"{key}_child"
        child = self.voice is not None and self.voice.child
        return own if child and self.kit.catalog.has(self.lang, own) else key

    def day(self, at: datetime) -> str:
        """A day of this year in Viet Nam, as the person who hears it writes days."""
        here = local(at)
        return self.kit.catalog.day(self.lang, here.day, here.month)

    def words_for(self, key: str, *, child: bool, **values: object) -> str:
        """The same to a reporter; a child has sentences of its own where there are any."""
        own = f"{key}_child"
        return self.words(own if child and self.kit.catalog.has(self.lang, own) else key, **values)

    async def say(
        self, text: str, choices: tuple[Choice, ...] = (), *, case_id: str = "", **more: object
    ) -> None:
        """Answer the person in front of us. One row, one natural key, same commit as the turn.

        With a `case_id` an answer to this very message belongs to that case.
        """
        voice = self.voice
        if voice is None:
            return
        if voice.child and HELPLINE not in text and not more.get("exit"):
            choices = (*choices, self.call())
        plain = Outgoing(key=f"reply:{voice.row}:{voice.said}", text=text, choices=choices)
        await self.send(replace(plain, **more), case_id)  # type: ignore[arg-type]
        voice.said += 1

    def call(self) -> Choice:
        """The button that dials, under whatever a child reads."""
        return Choice("call", self.words("standing.call"), tel=HELPLINE, standing=True)

    async def send(self, outgoing: Outgoing, case_id: str = "") -> None:
        """Put one ready message to the person in front of us into the outbox."""
        assert self.voice is not None
        if self.voice.mute:
            return
        contact = self.voice.contact
        outgoing = replace(outgoing, staff=self.person is not None)
        # Whom to call is no answer that may wait for the next month.
        helps = self.person is None and not case_id and any(one in outgoing.text for one in _HELP)
        await self.work.outbox.put(
            Message(
                key=outgoing.key,
                contact_id=contact.id,
                channel=contact.channel,
                op=outgoing.op,
                body={**body_of(outgoing), "helps": helps},
                priority=REPLY,
                case_id=case_id,
            )
        )
        self.work.wake("outbox")

    def prompt(self) -> str:
        """A new prompt id: 11 characters nobody can guess."""
        return new_prompt(self.work.draws)


def new_prompt(chance: Chance) -> str:
    """11 base64url characters (CHANNELS.md section 3, rule 1)."""
    return urlsafe_b64encode(chance.bytes(8)).decode().rstrip("=")
