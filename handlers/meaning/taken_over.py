"""Somebody of ours answers by hand in the messenger's own tool: the bot asks nothing there meanwhile."""

from datetime import timedelta

from cases.messages import Incoming
from cases.typed.first_words import danger_words
from cases.typed.fold import fold
from handlers.actions.add_to_report import add_words
from handlers.actor import Actor
from handlers.flows.report import REPORT
from handlers.limits import kept
from handlers.meaning.said import spoken
from handlers.reporter.follow_up import newest_open
from handlers.reporter.reporting import said_of, urgent
from handlers.talks import carry_on, open_talk

SILENCE = timedelta(hours=2)  # after the last word by hand the bot speaks again
_BACK = ("tra lai cho bot", "back to the bot")  # typed there, it ends at once


async def take_over(actor: Actor, incoming: Incoming) -> None:
    """Each word by hand keeps the bot silent in this talk; clocks and alerts go on.

    It counts from when it was typed: what the messenger brings late makes no new pause, and none at
    all where the last one is over.
    """
    assert actor.voice is not None
    contact, now = actor.voice.contact, actor.work.now
    typed, ends = min(incoming.at or now, now), contact.taken_until
    if fold(incoming.text) in _BACK:
        ends = typed
    elif ends is None or ends > now:
        ends = max(typed + SILENCE, ends or now)
    elif typed >= ends:
        ends = typed + SILENCE
    await actor.work.contacts.taken(contact.id, ends)


async def by_hand(actor: Actor, incoming: Incoming) -> bool:
    """Whether this message was only kept, because a person answers there. Danger is always answered."""
    assert actor.voice is not None
    until = actor.voice.contact.taken_until
    if actor.person is not None or until is None or until <= actor.work.now:
        return False
    if danger_words(incoming.text, actor.kit.places().areas.folded):
        return False
    if await _danger_is_told(actor, incoming):
        return False
    actor.voice.mute = True
    case = newest_open(await actor.work.cases.reported_by(actor.voice.contact.id))
    if case is not None:
        await add_words(actor, case, incoming)  # whoever has it hears of it
    elif not await kept(actor, incoming):
        await spoken(actor, incoming)  # a report begins, and nothing is asked
    return True


async def _danger_is_told(actor: Actor, incoming: Incoming) -> bool:
    """Whether with this answer the open report is urgent, and nobody was alerted yet.

    Then it goes on as ever, until there is a case: an alert waits for no word by hand.
    """
    row = await open_talk(actor)
    if row is None or row.flow != REPORT.name or row.case_id:
        return False
    return urgent(carry_on(actor, row, said_of(incoming), {}).row.answers["answers"])
