"""A part of a case on a page: what a visit, an offered handover or a referral needs, and nothing else."""

from dataclasses import dataclass

from cases.access import READ_WHOLE
from cases.model import Case
from handlers.access import log_reading, part_for, parts_for
from handlers.actor import Actor
from handlers.casework.cards import acts_now
from handlers.casework.parts import part_line, part_lines
from handlers.pages.case_sheet import Button, button


@dataclass(frozen=True, slots=True)
class PartSheet:
    """The lines of the card, without its head, and what may be done."""

    case: Case
    head: str
    lines: list[str]
    acts: list[Button]


@dataclass(frozen=True, slots=True)
class PartRow:
    """One line of the list of what others ask."""

    code: str
    text: str


async def open_part(actor: Actor, ref: str) -> PartSheet | None:
    """The part, its reading logged; None where the whole case is theirs. Raises Refused like the gate."""
    person = actor.person
    assert person is not None
    case, view = await part_for(actor.work, person, ref)
    if view in READ_WHOLE:
        return None
    await log_reading(actor.work, person, case)
    events = await actor.work.cases.events(case.id)
    armed = await actor.work.timers.armed(f"case:{case.id}")
    head, *lines = part_lines(actor.kit, person, case, view, (events, armed))
    acts = [button(actor, act) for act in await acts_now(actor, case, person)]
    return PartSheet(case, head, [one for one in lines if one], acts)


async def part_rows(actor: Actor) -> list[PartRow]:
    """The visits, offers and referrals of this person: code and level, as on a locked screen."""
    assert actor.person is not None
    return [
        PartRow(case.code, part_line(actor.kit, actor.lang, case, view))
        for case, view in await parts_for(actor.work, actor.person)
    ]
