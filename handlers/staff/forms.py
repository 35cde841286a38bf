"""The forms about staff: opened where they make sense, and what is done when one is complete."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from cases.errors import Refused
from cases.model import Role
from cases.openings import MAY_ASK
from cases.roles import ROLES
from handlers.actions.absence import ask_leave, cancel_leave
from handlers.actions.addresses import give_up, put_first
from handlers.actions.duty import cancel, plan
from handlers.actions.families import add_family
from handlers.actions.invite_staff import invite
from handlers.actions.manage_staff import remove_in_chat
from handlers.actions.openings import draft_in_chat
from handlers.actor import Actor
from handlers.flows.staff_forms import (
    FAMILY,
    FIND,
    FIND_VILLAGE,
    FIRST_ADDRESS,
    INVITE,
    LEAVE,
    OLD_ADDRESS,
    OPENING,
    REMOVAL,
    SHIFT,
    STAFF_FORMS,
    UNLEAVE,
    UNSHIFT,
)
from handlers.roster.handing_over import held_by
from handlers.staff.finding import find_village, find_words
from handlers.staff.home import home_buttons
from handlers.staff.lists import staff_lists
from handlers.talk.flow import Flow
from handlers.talk.model import Said
from handlers.talks import ask, carry_on, close_forms, current, start
from storage.records.talks import TalkRow

Known = Mapping[str, str]


async def open_shift_form(actor: Actor) -> None:
    """The leader says for whom; everybody else plans for themselves."""
    person = actor.person
    assert person is not None
    await _open(actor, SHIFT, {} if person.role is Role.LEADER else {"person": person.id})


async def open_leave_form(actor: Actor) -> None:
    """Not without anybody who could stand in; what nobody holds is not asked about."""
    assert actor.person is not None
    if not (await staff_lists(actor))["substitutes"]:
        raise Refused("error.no_substitute")
    await _open(actor, LEAVE, {} if await held_by(actor, actor.person) else {"held": "pass"})


async def open_invite_form(actor: Actor) -> None:
    """`/moi`: what the role leaves no choice about is not asked."""
    person = actor.person
    assert person is not None
    roles = ROLES[person.role].invites
    if not roles:
        raise Refused("error.no_invite")
    own = {} if person.role is Role.ADMIN else {"role": roles[0].value, "commune": person.commune}
    await _open(actor, INVITE, own)


async def open_removal_form(actor: Actor) -> None:
    if not (await staff_lists(actor))["members"]:
        raise Refused("error.nobody_to_remove")
    await _open(actor, REMOVAL, {})


async def open_find_form(actor: Actor) -> None:
    """The words to look for are typed: whatever they are, they answer this question."""
    await _open(actor, FIND, {})


async def open_family_form(actor: Actor) -> None:
    """One more line of a list: not without a collaborator to ask."""
    if not (await staff_lists(actor))["visitors"]:
        raise Refused("error.no_collaborator")
    await _open(actor, FAMILY, {})


async def open_opening_form(actor: Actor) -> None:
    """A case that is not theirs, in need: which, and why. What is typed is looked at when both are there."""
    assert actor.person is not None
    if actor.person.role not in MAY_ASK:
        raise Refused("error.not_yours")
    await _open(actor, OPENING, {})


async def open_list(actor: Actor, flow: Flow) -> None:
    """A form of one question, whose list may have become empty meanwhile."""
    lists = await staff_lists(actor)
    if not lists[_SOURCES[flow.name]]:
        raise Refused("error.errand_over")
    await _open(actor, flow, {})


async def _open(actor: Actor, flow: Flow, known: Known) -> None:
    step = await start(actor, flow, None, {"told": known}, await staff_lists(actor))
    assert step.turn.asking is not None
    await close_forms(actor)
    await ask(actor, step.row, step.turn.asking, [])


async def on_staff_form(actor: Actor, row: TalkRow, said: Said | None) -> None:
    """The next answer; when the form is complete, what it asked for is done."""
    lists = await staff_lists(actor)
    if said is None:
        asking = current(actor, row, lists)
        if asking is not None:
            await ask(actor, row, asking, [actor.words("error.old_button")])
        return
    step = carry_on(actor, row, said, lists)
    if step.turn.asking is not None:
        words = [] if step.turn.understood else [actor.words("work.not_understood")]
        await ask(actor, step.row, step.turn.asking, words)
        return
    await actor.work.talks.delete(row.id)
    try:
        await _FINISH[step.flow.name](actor, step.row.answers["answers"])
    except Refused as no:
        if step.flow.name not in _AGAIN:
            raise
        await home_buttons(actor, actor.words(no.key, **no.values_), _AGAIN[step.flow.name])


async def _unshift(actor: Actor, form: Mapping[str, Any]) -> None:
    await cancel(actor, str(form["shift"]))


async def _unleave(actor: Actor, form: Mapping[str, Any]) -> None:
    await cancel_leave(actor, str(form["leave"]))


async def _first(actor: Actor, form: Mapping[str, Any]) -> None:
    await put_first(actor, str(form["address"]))


async def _old(actor: Actor, form: Mapping[str, Any]) -> None:
    await give_up(actor, str(form["address"]))


_AGAIN = {
    SHIFT.name: ("shift", "duty"), LEAVE.name: ("off_days", "duty"), INVITE.name: ("invite",),
}  # fmt: skip
_SOURCES = {
    UNSHIFT.name: "shifts", UNLEAVE.name: "leaves", FIRST_ADDRESS.name: "addresses",
    OLD_ADDRESS.name: "addresses", FIND_VILLAGE.name: "villages",
}  # fmt: skip
_FINISH: Mapping[str, Callable[[Actor, Mapping[str, Any]], Awaitable[None]]] = {
    FAMILY.name: add_family,
    SHIFT.name: plan,
    LEAVE.name: ask_leave,
    INVITE.name: invite,
    REMOVAL.name: remove_in_chat,
    UNSHIFT.name: _unshift,
    UNLEAVE.name: _unleave,
    FIRST_ADDRESS.name: _first,
    OLD_ADDRESS.name: _old,
    FIND.name: find_words,
    FIND_VILLAGE.name: find_village,
    OPENING.name: draft_in_chat,
}
assert set(_FINISH) == set(STAFF_FORMS)
