"""What a message means, in which order it is asked: signals, codes, words, buttons, then answers."""

from dataclasses import replace

from cases.codes import read_access_code
from cases.messages import Incoming
from cases.typed.first_words import Word, global_word, may_be_a_name
from cases.typed.fold import fold
from handlers.actor import Actor
from handlers.casework.relay import say_letters
from handlers.files.sent_files import take_files
from handlers.flows import FLOWS
from handlers.limits import too_fast
from handlers.meaning.buttons import pressed
from handlers.meaning.said import spoken
from handlers.meaning.signals import signal
from handlers.meaning.taken_over import by_hand
from handlers.meaning.words import start, worded
from handlers.reporter.hush import hushed
from handlers.reporter.menu import come_back
from handlers.talks import open_talk

_ANYWHERE = (
    "exit",
    "follow",
    "sos",
)  # where there are no buttons their words stand in the last line
_NAMES = ("child_name", "contact")  # questions that a name answers


async def take(actor: Actor, incoming: Incoming) -> None:
    """What it means; then its files, which belong to the report that it began or joined."""
    incoming = _as_typed(actor, incoming)
    await _take(actor, incoming)
    if incoming.media:
        await take_files(actor, incoming)


def _as_typed(actor: Actor, incoming: Incoming) -> Incoming:
    """Where no link brings a code it was typed: behind a # that is none of ours, it is a report."""
    typed = f"#{incoming.payload}"
    if incoming.kind != "start" or actor.abilities.start_payload or global_word(typed):
        return incoming
    return replace(incoming, kind="text", text=typed, payload="")


async def _take(actor: Actor, incoming: Incoming) -> None:
    """The order of meaning: signals, invitations, words that work anywhere, buttons, then answers."""
    if actor.person is None and await _as_reporter(actor, incoming):
        return
    if incoming.kind == "signal":
        await signal(actor, incoming)
    elif incoming.kind == "start":
        await start(actor, incoming.payload)
    elif incoming.kind == "choice":
        await pressed(actor, incoming)
    elif incoming.kind == "text" and (word := await _word(actor, incoming.text)):
        await worded(actor, word, incoming)
    elif actor.person is None and (code := read_access_code(incoming.text)):
        await come_back(actor, code)
    elif not await by_hand(actor, incoming) and not await too_fast(actor, incoming):
        await spoken(actor, incoming)


async def _as_reporter(actor: Actor, incoming: Incoming) -> bool:
    """Whether nothing more may be said; else whatever waited for them comes first."""
    if await hushed(actor, incoming):
        return True
    word = global_word(incoming.text) if incoming.kind == "text" else None
    leaving = incoming.option == "exit" or (word is not None and word.name == "exit")
    if incoming.kind != "signal" and not leaving:
        await say_letters(actor)
    return False


def _labelled(actor: Actor, text: str) -> Word | None:
    """The whole label of a button that works anywhere, in the language of whoever types it."""
    said = fold(text)
    labels = {name: fold(actor.words(f"standing.{name}")) for name in _ANYWHERE}
    name = next((one for one, label in labels.items() if said and label == said), "")
    return Word(name) if name and actor.person is None else None


async def _word(actor: Actor, text: str) -> Word | None:
    """A word that works anywhere, unless it is somebody's name and a name is what was asked."""
    word = global_word(text) or _labelled(actor, text)
    if word is None or actor.person is not None or not may_be_a_name(text):
        return word
    row = await open_talk(actor)
    asked = FLOWS[row.flow].next(row.answers["answers"]) if row is not None else None
    return None if asked is None or asked.id in _NAMES else word
