"""Invitations made in chat: they wait for a second person, who is never the first."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cases.errors import Refused
from cases.model import Person, Role
from cases.roles import ROLES, may_confirm, may_invite
from cases.roster import check_name, names_in
from handlers.actor import Actor
from handlers.roster.colleagues import Errand, offer, tell
from handlers.roster.invitations import new_code, ways_in
from notifications.announce import reachable
from storage.records.invites import Waiting
from storage.records.people import Invite


async def invite(actor: Actor, form: Mapping[str, Any]) -> None:
    """In chat, where the code is shown once."""
    await actor.say(await invited(actor, form), protect=False)


async def invited(actor: Actor, form: Mapping[str, Any]) -> str:
    """The code is shown once to whoever invites; it opens nothing before somebody else agrees."""
    maker, told = actor.person, _told(form)
    assert maker is not None
    if not may_invite(maker, told.role, told.commune):
        raise Refused("error.no_invite")
    staff = await actor.work.people.everybody()
    told = replace(told, name=check_name(told.name, told.role, told.commune, staff))
    code, invite_id = await new_code(actor, replace(told, made_by=maker.id, confirmed=False))
    await actor.work.audit.write(maker.id, "invited", "", {"role": told.role, "invite": invite_id})
    others = await _confirmers(actor, maker.id, told.commune)
    errand = Errand(
        "invite_asked", f"invite:{invite_id}", f"invite:{invite_id}", {"role": told.role}
    )
    await tell(actor, others, errand)
    waits = actor.words("invitation.waits" if others else "invitation.operator")
    return f"{ways_in(actor, code)}\n\n{waits}"


def _told(form: Mapping[str, Any]) -> Invite:
    """What the form says; city roles have no commune, only collaborators have villages."""
    role = Role(str(form["role"]))
    commune = "" if ROLES[role].city else str(form["commune"])
    villages = names_in(str(form.get("villages", "")))
    return Invite(role, commune, villages, str(form["name"]))


async def _confirmers(actor: Actor, maker_id: str, commune: str) -> list[Person]:
    """Who may be the second person, and can be asked."""
    staff = await actor.work.people.staff(commune)
    return [
        one for one in staff
        if may_confirm(one, maker_id, commune) and await reachable(actor.work, one)
    ]  # fmt: skip


async def who(actor: Actor, invite_id: str) -> None:
    """Whom the invitation is for, to somebody who is asked to agree."""
    waiting = await _mine_to_confirm(actor, invite_id)
    assert actor.person is not None
    await actor.work.audit.write(actor.person.id, "invite_read", "", {"invite": invite_id})
    told = waiting.invite
    maker = await actor.work.people.get(told.made_by)
    by = actor.words(f"role.{maker.role}") if maker is not None else "-"
    place = actor.kit.places().areas.communes.get(told.commune, "none")
    villages = ", ".join(told.villages) or "none"
    words = actor.words(
        "invitation.who", name=told.name, role=actor.words(f"role.{told.role}"), by=by,
        place=place, villages=villages,
    )  # fmt: skip
    await offer(actor, words, f"invite:{invite_id}", ("agree", "disagree"))


async def decide(actor: Actor, invite_id: str, *, agreed: bool) -> None:
    """`Đồng ý` or `Không đồng ý`: the first one decides, whoever invited hears it."""
    waiting = await _mine_to_confirm(actor, invite_id)
    person = actor.person
    assert person is not None
    change = actor.work.invites.confirm if agreed else actor.work.invites.refuse
    if not await change(invite_id, person.id):
        raise Refused("error.errand_over")
    act = "invite_confirmed" if agreed else "invite_refused"
    await actor.work.audit.write(person.id, act, "", {"invite": invite_id})
    maker = await actor.work.people.get(waiting.invite.made_by)
    errand = Errand(act, f"invite:{invite_id}", f"{act}:{invite_id}", {"role": person.role})
    await tell(actor, [maker] if maker is not None and maker.active else [], errand)
    await actor.say(actor.words("invitation.agreed" if agreed else "invitation.not_agreed"))


async def _mine_to_confirm(actor: Actor, invite_id: str) -> Waiting:
    """The waiting invitation. Raises Refused when it waits no more, or for somebody else."""
    waiting, person = await actor.work.invites.waiting(invite_id), actor.person
    assert person is not None
    if waiting is None:
        raise Refused("error.errand_over")
    if waiting.invite.made_by == person.id:
        await actor.work.audit.write(person.id, "invite_own", "", {"invite": invite_id})
        raise Refused("error.own_invite")
    if not may_confirm(person, waiting.invite.made_by, waiting.invite.commune):
        await actor.work.audit.write(person.id, "invite_not_theirs", "", {"invite": invite_id})
        raise Refused("error.errand_over")
    return waiting
