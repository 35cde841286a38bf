"""A message that was changed: kept with what it amends, and no question moves on."""

from datetime import timedelta

from cases.messages import Incoming
from cases.model import Case
from handlers.actions.add_to_report import add_words, move
from handlers.actor import Actor
from handlers.heard import heard_since
from handlers.meaning.notes import reply_to_notice
from handlers.reporter.follow_up import my_cases, newest_open, refused, replied_to
from handlers.reporter.reporting import amend
from handlers.talks import open_talk
from storage.records.talks import TalkRow

CHANGEABLE = timedelta(hours=48)  # no messenger lets a message be changed later


async def edited(actor: Actor, incoming: Incoming) -> None:
    """An amendment of the report that the message itself was for; staff amend what they note or tell."""
    row = await open_talk(actor)
    if actor.person is not None:
        if await reply_to_notice(actor, incoming):
            return
        case = await _told_here(actor, row)
    elif await refused(actor, incoming):
        return
    else:
        case = await _amended(actor, incoming)
    if case is not None:
        await _to_case(actor, case, incoming)
    elif row is not None and row.flow == "report" and not row.case_id:
        await amend(actor, row, incoming)
    elif cases := await my_cases(actor):
        await _to_case(actor, newest_open(cases) or cases[0], incoming)


async def _to_case(actor: Actor, case: Case, incoming: Incoming) -> None:
    if incoming.text or incoming.media:
        await add_words(actor, case, incoming)
    elif incoming.lat is not None:
        await move(actor, case, incoming)


async def _amended(actor: Actor, incoming: Incoming) -> Case | None:
    """The report that the message answered, or had joined before it was changed."""
    _, case = await replied_to(actor, incoming)
    if case is not None:
        return case
    joined = ""
    for one in await heard_since(actor, actor.work.now - CHANGEABLE):
        if one.incoming.id and one.incoming.id == incoming.id:
            joined = joined or await actor.work.cases.joined(f"added:{one.row}")
    return next((case for case in await my_cases(actor) if case.id == joined), None)


async def _told_here(actor: Actor, row: TalkRow | None) -> Case | None:
    """The case of the report that staff are just telling for somebody, if it is open already."""
    mine = row is not None and row.flow == "report"
    return await actor.work.cases.get(row.case_id) if row is not None and mine else None
