"""A case that belongs to another commune: who waits for it there, and who had it until then, hear so."""

from typing import Any

from cases.access import bypassed, hidden_from
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


async def tell_who_held(actor: Actor, before: Case, after: Case) -> None:
    """Whoever took it while nobody knew where has nothing to do with it any more, and hears so."""
    holder = await actor.work.people.get(before.holder)
    if holder is not None and not hidden_from(after, holder):
        errand = Errand(
            "went_home", "", f"went_home:{before.id}:{before.rev}", {"code": before.code}
        )
        await tell(actor, [holder], errand)


async def _where_it_happened(actor: Actor, case: Case) -> str:
    """As it was told last."""
    answers: dict[str, Any] = {}
    for event in await actor.work.cases.events(case.id):
        if event.act == "report":
            answers |= event.body["answers"]
    return commune_of(answers)
