"""The officer's side of the chat: words, the card and its buttons, notes."""

from cases.access import ACTS_OF_PART, View, visits_of
from cases.allowed import allowed
from cases.codes import read_code
from cases.errors import Conflict, Refused
from cases.lifecycle import PAGE_ONLY, Act
from cases.model import Case, Role
from cases.typed.first_words import Word
from handlers.access import case_for, case_to_act, part_for
from handlers.actions.absence import back_early
from handlers.actions.duty import take
from handlers.actions.sign_in import give_link
from handlers.actions.work_case import work_case
from handlers.actor import Actor
from handlers.casework.cards import MORE, PAPERS, show, turn_page
from handlers.casework.relay import reporter_list
from handlers.flows.act_forms import ACT_FORMS
from handlers.staff.act_talk import begin, open_form
from handlers.staff.doing import do
from handlers.staff.finding import find
from handlers.staff.forms import open_find_form, open_invite_form, open_opening_form
from handlers.staff.home import ask_off, staff_home
from handlers.staff.letters import noted, offer_to_send
from handlers.staff.papers import open_papers, papers_of_case
from handlers.staff.presses import refusal, refuse
from handlers.staff.unfinished import (
    offer_to_go_on,
    put_by,
)
from handlers.staff.worklists import show_list
from handlers.watching.state import may_watch, show_state
from notifications.notices import READ
from storage.records.offers import Offer


async def command(actor: Actor, word: Word) -> None:
    """/viec, /vu CODE, /tim TEXT, /truc, /nghi, /moi, /web, /xinmo."""
    assert actor.person is not None
    if word.name == "work":
        await (show_state if may_watch(actor.person) else show_list)(actor)
    elif word.name == "case":
        code = read_code(word.rest)
        case, _ = await part_for(actor.work, actor.person, code or "-")
        await show(actor, case)
    elif word.name == "find":
        await (find(actor, word.rest) if word.rest else open_find_form(actor))
    elif word.name == "papers":
        await papers_of_case(actor, word.rest)
    elif word.name == "duty":
        await back_early(actor)
        await take(actor)
    elif word.name == "off":
        await ask_off(actor)
    elif word.name == "invite_staff":
        await open_invite_form(actor)
    else:
        await {"web": give_link, "opening": open_opening_form}.get(word.name, staff_home)(actor)


async def on_card(actor: Actor, offer: Offer, option: str) -> None:
    """A press on a notice or a card. Stale: the current card, and who was faster."""
    assert actor.person is not None
    if await _over(actor, offer.case_id, option):
        await actor.say(actor.words("work.visit_over"))
        return
    await put_by(actor, offer.case_id)
    if option == MORE:
        case, _ = await part_for(actor.work, actor.person, offer.case_id)
        await turn_page(actor, case, offer)
        return
    if option == READ:
        case, _ = await part_for(actor.work, actor.person, offer.case_id)
        await show(actor, case)
    elif option == PAPERS:
        case = await case_for(actor.work, actor.person, offer.case_id, reading=True)
        await open_papers(actor, case)
    else:
        await _press(actor, offer, Act(option))
    await offer_to_go_on(actor)


async def _press(actor: Actor, offer: Offer, act: Act) -> None:
    assert actor.person is not None
    case = await case_to_act(actor.work, actor.person, offer.case_id, act)
    if act in PAGE_ONLY:
        raise Refused("error.page_only")
    if not await _refused(actor, offer, case, act):
        await begin(actor, case, act)


async def _over(actor: Actor, case_id: str, option: str) -> bool:
    """A button of a visit that was theirs and is over: they hear that, and nothing of the case."""
    person = actor.person
    assert person is not None
    if person.role is not Role.COLLABORATOR or option not in (READ, *ACTS_OF_PART[View.VISIT]):
        return False
    case = await actor.work.cases.get(case_id)
    mine = [one for one in case.beside if one.person == person.id] if case is not None else []
    return case is not None and bool(mine) and not visits_of(case, person)


async def _refused(actor: Actor, offer: Offer, case: Case, act: Act) -> bool:
    """Whether the press came too late or is not theirs; they are told, with what is true now."""
    assert actor.person is not None
    why = refusal(actor.person, case, act, offer.rev)
    if why is None:
        return False
    await refuse(actor, case, act, why)
    return True


async def note_by_reply(actor: Actor, case_id: str, text: str) -> None:
    """What somebody wrote as an answer to a notice of this case: a note, and they are told so.

    It may have been meant for the reporter: one press sends it.
    """
    assert actor.person is not None
    case = await case_to_act(actor.work, actor.person, case_id, Act.NOTE)
    try:
        after = await work_case(actor, case, Act.NOTE, {"what": "other", "text": text})
    except (Conflict, Refused) as no:
        await refuse(actor, case, Act.NOTE, no)
        return
    await offer_to_send(actor, after)


async def send_note(actor: Actor, offer: Offer) -> None:
    """The note was meant for the reporter: it is sent as it stands, once it is clear to whom."""
    assert actor.person is not None
    case = await case_for(actor.work, actor.person, offer.case_id)
    if why := allowed(Act.ASK_REPORTER, case, actor.person):
        await refuse(actor, case, Act.ASK_REPORTER, Refused(why))
        return
    text, people = await noted(actor, case, offer.message), await reporter_list(actor, case)
    if len(people) == 1 and text:
        await do(actor, case, Act.ASK_REPORTER, {"reporter": people[0][0], "text": text})
        return
    form, known = ACT_FORMS[Act.ASK_REPORTER], {"text": text} if text else {}
    await open_form(actor, case, Act.ASK_REPORTER, form, known)
