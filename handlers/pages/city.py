"""What the city sees of its communes: counts that name nobody, and who does not answer."""

from collections import Counter
from dataclasses import dataclass

from cases.figures import SMALL
from cases.model import Case, Role, Status
from cases.roles import NEEDED
from handlers.access import cases_for, late_for
from handlers.actions.quiet_communes import quiet_for
from handlers.actor import Actor
from handlers.casework.dues import overdue
from notifications.digest import masked_sum


@dataclass(frozen=True, slots=True)
class City:
    """Lines in words. Counts below five are not told outside a commune (DOMAIN.md section 7, P14)."""

    late: str
    overdue: list[str]  # communes with five or more
    quiet: str
    silent: str
    unheard: list[str]  # who cannot be reached, by role; what a commune must have and lacks


async def city_view(actor: Actor) -> City:
    """Of the cases this person counts; named alone are communes whose cases they were called to."""
    person, names = actor.person, actor.kit.places().areas.communes
    assert person is not None
    late = await overdue(actor, await late_for(actor.work, person))
    by_commune = Counter(case.commune for case in late)
    cells = [by_commune[code] for code in names] or [0]
    many = [code for code in names if by_commune[code] >= SMALL]
    return City(
        late=actor.words("staff.city_late", count=masked_sum(actor.words, cells)),
        overdue=[
            actor.words("staff.city_commune", name=names[code], count=str(by_commune[code]))
            for code in many
        ],
        quiet=actor.words("staff.city_quiet", names=await _quiet(actor)),
        silent=actor.words("staff.city_silent", names=await _silent(actor)),
        unheard=await _unheard(actor),
    )  # fmt: skip


async def _quiet(actor: Actor) -> str:
    assert actor.person is not None
    return _named(actor, list(await quiet_for(actor, actor.person)))


async def _silent(actor: Actor) -> str:
    """Communes from which a case came up here because nobody there has taken it."""
    assert actor.person is not None
    waiting = [one for one in await cases_for(actor.work, actor.person) if _waits(one)]
    return _named(actor, list(dict.fromkeys(case.commune for case in waiting)))


async def _unheard(actor: Actor) -> list[str]:
    """Communes where an alarm would find no address, or no officer, deputy or leader."""
    people = [one for one in await actor.work.people.everybody() if one.active]
    heard = await actor.work.contacts.reached([one.id for one in people])
    lines = []
    for code, name in actor.kit.places().areas.communes.items():
        here = [one for one in people if one.commune == code]
        missing = [role for role in NEEDED if role not in {one.role for one in here}]
        deaf = [one.role for one in here if one.id not in heard]
        for key, roles in (("unheard", deaf), ("missing", missing if here else [])):
            if roles:
                lines.append(
                    actor.words(f"staff.city_{key}", name=name, roles=_roles(actor, roles))
                )
    return lines or [actor.words("staff.city_heard")]


def _roles(actor: Actor, roles: list[Role]) -> str:
    """Each role once, with how many of them there are when it is more than one."""
    return ", ".join(
        actor.words("staff.city_role", role=actor.words(f"role.{role}"), count=count)
        for role, count in Counter(roles).items()
    )


def _waits(case: Case) -> bool:
    return bool(case.commune) and case.status is Status.RECEIVED and not case.holder


def _named(actor: Actor, codes: list[str]) -> str:
    names = actor.kit.places().areas.communes
    return ", ".join(names.get(code, code) for code in codes) or "none"
