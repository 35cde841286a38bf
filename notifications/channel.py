"""What every messenger can be asked to do, and the only five answers it may give (CHANNELS.md section 2.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from cases.messages import Address, Incoming, Outgoing


@dataclass(frozen=True, slots=True)
class Sent:
    """Accepted by the platform under this id; `before`: the ids of the pieces that went ahead of it.

    `billed`: it costs, because nobody had written there lately.
    """

    id: str
    before: tuple[str, ...] = ()
    billed: bool = False


@dataclass(frozen=True, slots=True)
class Retry:
    """Certainly not sent. scope `chat`: this chat waits; `account`: every chat of this bot waits, alarm.

    `begun`: earlier pieces of the same message did go out, under the ids `before`. `most`: after so
    many attempts more it will never pass (0: it is tried for ever).
    """

    after: float
    scope: str = "chat"
    why: str = ""
    begun: bool = False
    before: tuple[str, ...] = ()
    most: int = 0


@dataclass(frozen=True, slots=True)
class Gone:
    """This address cannot be reached now: blocked | deactivated | window | unknown | quota."""

    why: str


@dataclass(frozen=True, slots=True)
class Bad:
    """Will never pass as it is. fix: plain | split | numbered | reupload | fresh | ""."""

    why: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """May have been sent."""

    why: str = ""


Result = Sent | Retry | Gone | Bad | Unknown


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes of a file somebody sent."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Later:
    """Not now; asking again may help. `after`: not before so many seconds."""

    why: str
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class Lost:
    """It will not come: too_big | expired."""

    why: str


Found = Fetched | Later | Lost


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a channel can do (CHANNELS.md section 2.3)."""

    max_text: int = 4000
    utf16: bool = False  # max_text counts UTF-16 units
    choice: str = "inline"  # web | inline | button5 | numbered
    edit: bool = True
    delete_hours: int | None = None  # None: no limit, 0: cannot
    ask_location: bool = True
    start_payload: bool = True
    media_out: str = ""  # a picture of ours: "" | image | link (fetched from an https address)
    tel_links: bool = False
    protect: bool = False
    free_hours: int = 0  # since somebody wrote there: later, messages are billed; 0: they never are
    knock: bool = False  # neutral words that also pass where nothing else does any more


@dataclass(frozen=True, slots=True)
class Window:
    """What a messenger says of one person: whether we may write to them, and whether that is free."""

    open: bool
    free: bool


@dataclass(frozen=True, slots=True)
class Admitted:
    """The body may be stored: its key, and the lane that keeps its order."""

    account: str
    chat: str
    dedupe: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The body may not be stored; `status` is the HTTP status that says why (401, 400; 200: a probe)."""

    status: int
    why: str


@runtime_checkable
class Guarded(Protocol):
    """A channel whose messenger is known by a header: nobody else's body is even read."""

    def knows(self, headers: Mapping[str, str]) -> bool:
        """Whether the secret is right; compared in constant time."""
        ...


class Channel(Protocol):
    """One messenger. Holds no state of a talk, reads no table, decides nothing about a case."""

    name: str
    account: str
    abilities: Abilities
    link: str  # where people reach us on it; "" while nobody knows

    def admit(self, headers: Mapping[str, str], body: bytes) -> Admitted | Rejected:
        """Before the commit: secret, shape and key only."""
        ...

    def read(self, raw: bytes) -> Incoming | None:
        """After the commit: one stored body gives at most one Incoming; None is stored and ignored.

        A body nobody can read becomes a signal `unreadable`.
        """
        ...

    async def send(self, outgoing: Outgoing, address: Address) -> Result:
        """One call to the platform, inside the lease. Never raises for an answer of the platform."""
        ...

    async def fetch(self, ref: str) -> Found:
        """The bytes behind a reference, at most LARGEST_FILE of them, counted while they come.

        Never raises for an answer of the platform.
        """
        ...


@runtime_checkable
class Billing(Protocol):
    """A messenger that can be asked for a price beforehand."""

    async def window(self, address: Address) -> Window | None:
        """None = it does not say. Never raises for what the messenger does."""
        ...
