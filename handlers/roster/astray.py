"""A case that belongs to another commune: its leader knows that it is on its way to them."""

from typing import Any

from cases.access import bypassed
from cases.model import Case
from handlers.actor import Actor
from handlers.flows.report import commune_of
from handlers.roster.colleagues import Errand, leaders_of, tell


async def tell_there(actor: Actor, case: Case) -> None:
    """Once; they may not see the case before it is theirs, and not know of one that passes communes over."""
    commune = await _where_it_happened(actor, case)
    if not commune or commune == case.commune or bypassed(case):
        return
    leaders = await leaders_of(actor, commune, *await actor.work.cases.exclusions(case.id))
    key, values = f"forward:{case.id}:{commune}", {"code": case.code, "level": case.level.value}
    await tell(actor, leaders, Errand("forward_there", "", key, values))


async def _where_it_happened(actor: Actor, case: Case) -> str:
    """As it was told last."""
    answers: dict[str, Any] = {}
    for event in await actor.work.cases.events(case.id):
        if event.act == "report":
            answers |= event.body["answers"]
    return commune_of(answers)
