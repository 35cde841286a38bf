"""What the buttons of home and of notices between colleagues do."""

from collections.abc import Awaitable, Callable, Mapping

from cases.data_rights import DONE, REFUSED
from cases.errors import Refused
from cases.typed.first_words import Word
from handlers.actions import data_rights, openings, quiet_communes, yearly_duties
from handlers.actions.absence import answer
from handlers.actions.addresses import add_address, not_mine
from handlers.actions.drill import heard, test_own
from handlers.actions.duty import confirm, off_today
from handlers.actions.families import list_of_mine, visited
from handlers.actions.invite_staff import decide, who
from handlers.actor import Actor
from handlers.flows.staff_forms import FIND_VILLAGE, FIRST_ADDRESS, OLD_ADDRESS, UNLEAVE, UNSHIFT
from handlers.reporter.reporting import begin_report
from handlers.roster.handing_over import brief
from handlers.roster.pins import agree_to_reset
from handlers.staff import worklists
from handlers.staff.desk import command
from handlers.staff.families import families_page, to_report
from handlers.staff.flood import flood_off, flood_on, flood_page
from handlers.staff.forms import (
    open_family_form,
    open_find_form,
    open_invite_form,
    open_leave_form,
    open_list,
    open_opening_form,
    open_removal_form,
    open_shift_form,
)
from handlers.staff.home import addresses_page, duty_page, more, others, show_qr
from handlers.staff.lists import villages
from handlers.talk.flow import Flow
from handlers.watching.paging import seen
from storage.records.offers import Offer

Do = Callable[[Actor], Awaitable[None]]
DoAbout = Callable[[Actor, str], Awaitable[None]]


async def on_home(actor: Actor, option: str) -> None:
    """A button of home; whoever does not work here any more has none."""
    if actor.person is None:
        raise Refused("error.no_role")
    await HOME[option](actor)


async def on_errand(actor: Actor, offer: Offer, option: str) -> None:
    """A button about something between colleagues. Whether it still holds is asked at every press."""
    if actor.person is None:
        raise Refused("error.no_role")
    await _ERRANDS[option](actor, offer.message.partition(":")[2])


async def on_list(actor: Actor, offer: Offer, option: str) -> None:
    """A list seen otherwise: its next page, only some of it, or what is looked for in it."""
    if actor.person is None:
        raise Refused("error.no_role")
    if option == worklists.FILTER:
        await worklists.ask_which(actor, villages=bool(villages(actor, actor.person)))
    elif option == worklists.FIND:
        await open_find_form(actor)
    elif option == worklists.VILLAGE:
        await open_list(actor, FIND_VILLAGE)
    else:
        await worklists.turn(actor, offer, option)


def _word(name: str) -> Do:
    async def do(actor: Actor) -> None:
        await command(actor, Word(name))

    return do


async def _behalf(actor: Actor) -> None:
    await begin_report(actor, None, {})


def _list(form: Flow) -> Do:
    async def do(actor: Actor) -> None:
        await open_list(actor, form)

    return do


async def _accept(actor: Actor, leave_id: str) -> None:
    await answer(actor, leave_id, accepted=True)


async def _refuse(actor: Actor, leave_id: str) -> None:
    await answer(actor, leave_id, accepted=False)


async def _agree(actor: Actor, invite_id: str) -> None:
    await decide(actor, invite_id, agreed=True)


async def _disagree(actor: Actor, invite_id: str) -> None:
    await decide(actor, invite_id, agreed=False)


def _rights(outcome: str, reason: str = "") -> DoAbout:
    async def do(actor: Actor, request_id: str) -> None:
        await data_rights.answer_request(actor, request_id, outcome, reason)

    return do


_RIGHTS: Mapping[str, DoAbout] = {
    "rights_done": _rights(DONE), "rights_protect": _rights(REFUSED, "protect"),
    "rights_open": _rights(REFUSED, "open"), "rights_hold": _rights(REFUSED, "hold"),
}  # fmt: skip


async def _not_opened(actor: Actor, opening_id: str) -> None:
    await openings.decide(actor, opening_id, agreed=False)


HOME: Mapping[str, Do] = {
    "work": _word("work"), "find": _word("find"), "web": _word("web"), "on": _word("duty"), "off": _word("off"),
    "invite": open_invite_form, "behalf": _behalf, "duty": duty_page, "bell": test_own,
    "others": others, "more": more, "qr": show_qr, "addresses": addresses_page, "add_address": add_address,
    "removal": open_removal_form, "shift": open_shift_form, "off_today": off_today,
    "off_days": open_leave_form, "unshift": _list(UNSHIFT), "unleave": _list(UNLEAVE),
    "first_address": _list(FIRST_ADDRESS), "old_address": _list(OLD_ADDRESS),
    "families": families_page, "add_family": open_family_form, "opening": open_opening_form,
    "flood": flood_page, "flood_on": flood_on, "flood_off": flood_off,
}  # fmt: skip
_ERRANDS: Mapping[str, DoAbout] = {
    "confirm": confirm, "accept": _accept, "refuse": _refuse, "brief": brief, "who": who,
    "agree": _agree, "disagree": _disagree, "not_me": not_mine, "heard": heard,
    "yearly_what": yearly_duties.show, "yearly_done": yearly_duties.done,
    "quiet_where": quiet_communes.where, "families": list_of_mine, "visited": visited,
    "to_report": to_report, "rights_what": data_rights.show_request,
    "rights_seen": data_rights.seen_request, **_RIGHTS,
    "seen": seen, "pin_reset": agree_to_reset,
    "opening_who": openings.who_asks, "opening_yes": openings.agree_on_a_page, "opening_no": _not_opened,
}  # fmt: skip
