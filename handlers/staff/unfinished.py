"""A long official form that was left half way: kept for its case, and offered to be gone on with."""

from dataclasses import replace
from typing import Any

from cases.allowed import allowed
from cases.errors import Refused
from cases.lifecycle import Act
from cases.messages import Choice
from cases.model import Case
from handlers.access import case_for, open_to
from handlers.actor import Actor
from handlers.flows import FLOWS
from handlers.flows.act_forms import KEPT
from handlers.talks import (
    ASIDE,
    Lists,
    ask,
    close_forms,
    current,
    open_talk,
    set_aside,
)
from notifications.announce import OFFER_LIFE
from storage.records.offers import Offer
from storage.records.talks import TalkRow

KIND = "unfinished"
GO_ON, AFRESH = "go_on", "afresh"


async def put_by(actor: Actor, case_id: str) -> None:
    """Another case comes up: what is typed from here on is none of the open official form's."""
    row = await open_talk(actor)
    if row is not None and row.flow in KEPT and row.case_id != case_id and row.answers["trail"]:
        await set_aside(actor, row)


async def interrupted(actor: Actor, case: Case, flow: str) -> None:
    """The same form is asked for again while it is open: what was answered waits beside the question."""
    row = await open_talk(actor)
    if row is not None and (row.flow, row.case_id) == (flow, case.id):
        await put_down(actor, row)


async def waiting(actor: Actor, case: Case, flow: str) -> TalkRow | None:
    """The form of this kind that was left half way for this case."""
    rows = await _kept(actor)
    return next((row for row in rows if row.case_id == case.id and _name(row) == flow), None)


async def _kept(actor: Actor) -> list[TalkRow]:
    assert actor.voice is not None
    rows = await actor.work.talks.of_contact(actor.voice.contact.id)
    return [row for row in rows if row.flow not in FLOWS and _name(row) in KEPT]


def _name(row: TalkRow) -> str:
    return row.flow.partition(ASIDE)[0]


async def of_offer(actor: Actor, offer: Offer) -> TalkRow | None:
    """The kept form that this button offered."""
    return next((row for row in await _kept(actor) if row.id == offer.message), None)


def act_of(row: TalkRow) -> Act:
    return Act(_notes(row)["act"])


async def of_prompt(actor: Actor, prompt: str) -> TalkRow | None:
    """The kept form whose last question this button belongs to."""
    return next((row for row in await _kept(actor) if row.prompt == prompt), None)


async def offer_to_go_on(actor: Actor) -> None:
    """Once, as soon as nothing else is asked: what was left, and the button to go on.

    Whoever may not know of a case any more keeps no form of it.
    """
    assert actor.voice is not None
    rows = await actor.work.talks.of_contact(actor.voice.contact.id)
    if any(row.flow in FLOWS for row in rows):
        return
    assert actor.person is not None
    fresh = [row for row in rows if _name(row) in KEPT and not _notes(row).get("offered")]
    for row in fresh:
        case = await actor.work.cases.get(row.case_id)
        if case is None or not await open_to(actor.work, actor.person, case):
            await actor.work.talks.delete(row.id)
            continue
        _notes(row)["offered"] = True
        await actor.work.talks.save(replace(row, rev=row.rev + 1))
        await ask_whether(actor, case, row, (GO_ON,))


async def ask_whether(
    actor: Actor, case: Case, row: TalkRow, options: tuple[str, ...] = (GO_ON, AFRESH)
) -> None:
    """Where one was left half way it is not begun anew unasked."""
    assert actor.voice is not None
    prompt = actor.prompt()
    await actor.work.offers.put(
        Offer(prompt, actor.voice.contact.id, KIND, list(options), actor.work.now + OFFER_LIFE,
              case.id, case.rev, row.id)
    )  # fmt: skip
    act = actor.words(f"act.{act_of(row)}")
    text = actor.words("unfinished.kept", act=act, code=case.code, count=len(row.answers["trail"]))
    buttons = tuple(Choice(one, actor.words(f"unfinished.{one}")) for one in options)
    await actor.say(text, buttons, prompt=prompt)


async def take_up(actor: Actor, row: TalkRow) -> TalkRow:
    """It is the open form again. Raises Refused where it cannot be gone on with any more."""
    assert actor.person is not None
    case = await case_for(actor.work, actor.person, row.case_id)
    if allowed(act_of(row), case, actor.person):
        await actor.work.talks.delete(row.id)
        raise Refused("unfinished.over")
    for other in await actor.work.talks.of_contact(row.contact_id):
        if (other.flow, other.case_id) == (_name(row), row.case_id):
            await actor.work.talks.delete(other.id)  # the one that was chosen goes on
    await close_forms(actor)
    notes = {**_notes(row), "rev": case.rev, "offered": False}
    answers = {**row.answers, "notes": notes}
    row = replace(row, flow=_name(row), answers=answers, rev=row.rev + 1)
    await actor.work.talks.save(row)
    return row


async def go_on(actor: Actor, row: TalkRow, lists: Lists) -> None:
    """The question at which it was left."""
    row = await take_up(actor, row)
    asking = current(actor, row, lists)
    assert asking is not None
    await ask(actor, row, asking, [])


def _notes(row: TalkRow) -> dict[str, Any]:
    notes: dict[str, Any] = row.answers["notes"]
    return notes


async def put_down(actor: Actor, row: TalkRow) -> bool:
    """An official form is cancelled: kept, and not offered until somebody asks for it again."""
    if row.flow not in KEPT or not row.answers["trail"]:
        return False
    _notes(row)["offered"] = True
    await set_aside(actor, row)
    return True
