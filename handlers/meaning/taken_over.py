"""Somebody of ours answers by hand in the messenger's own tool: the bot asks nothing there meanwhile."""

from datetime import timedelta

from cases.messages import Incoming
from cases.typed.first_words import danger_words
from cases.typed.fold import fold
from handlers.actions.add_to_report import add_words
from handlers.actor import Actor
from handlers.limits import kept
from handlers.meaning.said import spoken
from handlers.reporter.follow_up import newest_open

SILENCE = timedelta(hours=2)  # after the last word by hand the bot speaks again
_BACK = ("tra lai cho bot", "back to the bot")  # typed there, it ends at once


async def take_over(actor: Actor, incoming: Incoming) -> None:
    """Each word by hand keeps the bot silent in this talk; clocks and alerts go on."""
    assert actor.voice is not None
    back = fold(incoming.text) in _BACK
    until = None if back else actor.work.now + SILENCE
    await actor.work.contacts.taken(actor.voice.contact.id, until)


async def by_hand(actor: Actor, incoming: Incoming) -> bool:
    """Whether this message was only kept, because a person answers there. Danger is always answered."""
    assert actor.voice is not None
    until = actor.voice.contact.taken_until
    if actor.person is not None or until is None or until <= actor.work.now:
        return False
    if danger_words(incoming.text, actor.kit.places().areas.folded):
        return False
    actor.voice.mute = True
    case = newest_open(await actor.work.cases.reported_by(actor.voice.contact.id))
    if case is not None:
        await add_words(actor, case, incoming)  # whoever has it hears of it
    elif not await kept(actor, incoming):
        await spoken(actor, incoming)  # a report begins, and nothing is asked
    return True
