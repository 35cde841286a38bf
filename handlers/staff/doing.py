"""An act is done, and whoever did it hears what came of it."""

from typing import Any

from cases.access import may_do
from cases.errors import Conflict, Refused
from cases.lifecycle import TABLE, Act
from cases.model import Case
from handlers.access import part_for, view_for
from handlers.actions.work_case import work_case
from handlers.actor import Actor
from handlers.casework.cards import show
from handlers.casework.explained import outcome
from handlers.casework.relay import how_it_goes
from handlers.staff.links import show_link
from handlers.staff.presses import refuse

_SAYS_IT_ALL = (Act.ASSESS, Act.AGREE_ERASE)  # what it came to says that it was logged
TAKES = (Act.ACKNOWLEDGE, Act.ACCEPT_VISIT, Act.ACCEPT_HANDOVER)  # the card says it


async def do(actor: Actor, case: Case, act: Act, form: dict[str, Any]) -> None:
    try:
        after = await work_case(actor, case, act, form)
    except (Conflict, Refused) as no:
        await refuse(actor, case, act, no)
        return
    if act is Act.ASK_REPORTER:
        key = "relay.sent"
        await actor.say(await how_it_goes(actor, after, str(form["reporter"]), key))
        return
    await _answer(actor, after, act, outcome(actor, after, act, form))


async def _answer(actor: Actor, case: Case, act: Act, came_to: list[str]) -> None:
    """What was done is said; the card follows where the person may still see it."""
    assert actor.person is not None
    assert actor.voice is not None
    if act is Act.UNDO:
        await actor.say(actor.words("work.undone", code=case.code))
    elif act not in TAKES:
        await actor.say(" ".join(await _said(actor, case, act, came_to)))
    cards = await actor.work.offers.cards(case.id)
    looking = any(card.contact_id == actor.voice.contact.id for card in cards)
    if act is Act.REFER:
        await show_link(actor, case)
    if act in TAKES and not looking:
        await show(actor, (await part_for(actor.work, actor.person, case.id))[0])


async def _said(actor: Actor, case: Case, act: Act, came_to: list[str]) -> list[str]:
    """Logged, what it came to, and for how long it can be taken back."""
    assert actor.person is not None
    if act in _SAYS_IT_ALL:
        return came_to
    may = may_do(await view_for(actor.work, actor.person, case), Act.UNDO)
    undo = [actor.words("work.undo")] * (TABLE[act].undoable and may)
    return [actor.words("work.done", code=case.code), *came_to, *undo]
