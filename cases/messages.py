"""What comes in and what goes out, in words that no messenger owns (CHANNELS.md section 2)."""

from dataclasses import dataclass, field
from datetime import datetime

LARGEST_FILE = 20 * 1024 * 1024  # bytes; no messenger gives a bot more (CHANNELS.md section 11)


@dataclass(frozen=True, slots=True)
class MediaRef:
    """A file somebody sent, by reference: the bytes come later."""

    kind: str  # image | voice | video | file | sticker
    ref: str = ""
    unique: str = ""
    mime: str = ""
    size: int = 0
    group: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message from a person, whatever the channel. `at` is the platform's time, never the order."""

    channel: str
    account: str
    user: str
    chat: str
    dedupe: str
    at: datetime | None  # None: the platform names no time, or an absurd one; the arrival counts
    kind: str  # text | choice | location | contact | media | start | signal
    text: str = ""
    prompt: str = ""
    option: str = ""
    lat: float | None = None
    lon: float | None = None
    phone: str = ""
    own: bool = False
    media: tuple[MediaRef, ...] = ()
    payload: str = ""
    signal: str = ""
    about: str = ""
    lang: str = ""  # the language the platform or page names: vi | en | ""
    id: str = ""  # the platform's id of this very message, where it can be removed by it


@dataclass(frozen=True, slots=True)
class Choice:
    """One button. `option` is a code, never a position; standing ones keep their word when buttons run out."""

    option: str
    label: str
    url: str = ""
    tel: str = ""
    standing: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of ours that everybody may see. What waits keeps its name only, never an address or bytes."""

    ref: str  # a file of the public pages: qr/20500.png
    url: str = ""
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to a person: one outbox row, in transport terms."""

    key: str
    op: str = "say"  # say | media | edit | remove | knock
    text: str = ""
    question: str = ""
    prompt: str = ""
    choices: tuple[Choice, ...] = field(default=())
    takes_numbers: bool = False  # a number typed is the answer itself: no choice may be numbered
    ask: str = ""  # "" | location | contact | media
    media: Picture | None = None  # media: the picture that the text stands under
    target: str = ""  # edit, remove: the platform id of the earlier message
    ids: tuple[str, ...] = ()  # remove: the platform ids of all that shall go
    quiet: bool = False
    repeat: bool = False
    exit: bool = False  # the last line of a quick exit: a page leaves when it hears it
    staff: bool = False  # for somebody who works here: a page may ring
    protect: bool = True  # a receipt may be copied; nothing else leaves the chat


@dataclass(frozen=True, slots=True)
class Address:
    """Where to send: one contact of one person on one channel."""

    channel: str
    account: str
    user: str
    chat: str
