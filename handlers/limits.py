"""Limits that never silence: what comes too fast is kept whole, only the replies slow down (TRUST.md 17)."""

from dataclasses import replace

from cases.limits import LIMITS, in_danger
from cases.messages import Incoming
from cases.typed.first_words import global_word
from cases.typed.options import choose
from handlers.actions.add_to_report import keep_words
from handlers.actor import Actor
from handlers.casework.cards import refresh
from handlers.casework.intake import is_child
from handlers.flows.report import REPORT
from handlers.reporter.follow_up import newest_open
from handlers.reporter.reporting import said_of
from handlers.talk.kept import beside
from handlers.talks import open_talk

PER_MINUTE = LIMITS["messages"].most
_COUNTED = ("text", "media", "location", "contact")


async def too_fast(actor: Actor, incoming: Incoming) -> bool:
    """Whether this message was only kept. Presses, staff, commands and danger words always pass."""
    if actor.person is not None or incoming.kind not in _COUNTED or global_word(incoming.text):
        return False
    if await _presses(actor, incoming):
        return False
    assert actor.voice is not None
    recent = await actor.work.contacts.count_message(actor.voice.contact.id)
    if recent <= PER_MINUTE or in_danger(incoming, actor.kit.places().areas.folded):
        return False
    if not await kept(actor, incoming):
        return False
    if recent == PER_MINUTE + 1:
        await actor.say(actor.words("talk.slow"))
    return True


async def too_many_old(actor: Actor) -> bool:
    """Whether this button, which nobody offered to them, is left unanswered: one line, then nothing."""
    limit = LIMITS["old_buttons"]
    recent, _ = await actor.work.audit.recent("press_refused", limit.within, actor.name)
    if recent == limit.most + 1:
        await actor.say(actor.words("talk.slow"))
    return recent > limit.most


async def _presses(actor: Actor, incoming: Incoming) -> bool:
    """Where numbers stand for buttons, the number of what was offered last is a press."""
    assert actor.voice is not None
    if incoming.kind != "text" or actor.abilities.choice != "numbered":
        return False
    offer = await actor.work.offers.newest(actor.voice.contact.id)
    return offer is not None and bool(choose(incoming.text, [(one, "") for one in offer.options]))


async def kept(actor: Actor, incoming: Incoming) -> bool:
    """Stored whole with the open talk while it has no case, else with the newest report of this address.

    False = there is neither: what begins a report is never too much.
    """
    assert actor.voice is not None
    row = await open_talk(actor)
    if row is not None and row.flow == REPORT.name and not row.case_id:
        answers = beside(row.answers["answers"], said_of(incoming))
        await actor.work.talks.save(replace(row, answers={**row.answers, "answers": answers}))
        return True
    cases = await actor.work.cases.reported_by(actor.voice.contact.id)
    case = newest_open(cases) or next(iter(cases), None)
    if case is not None:
        actor.voice.child = is_child(case)
        await keep_words(actor, case, incoming)
        await refresh(actor, case)
    return case is not None
