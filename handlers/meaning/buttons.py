"""A pressed button: what it offered is looked up again; an old one brings what is true now."""

from collections.abc import Awaitable, Callable, Mapping

from cases.errors import Refused
from cases.lifecycle import Act
from cases.messages import Incoming
from cases.model import Case
from cases.typed.first_words import Word
from cases.typed.fold import fold
from handlers.actions import sign_in
from handlers.actions.leave import leave
from handlers.actor import Actor
from handlers.casework.cards import PAPERS
from handlers.casework.relay import SAFE, SAFE_ANSWERS
from handlers.files.sent_files import tell_lost
from handlers.flows.follow_up import FOLLOW_UPS
from handlers.limits import too_many_old
from handlers.meaning.afterwards import where_they_stand
from handlers.meaning.answering import next_answer
from handlers.meaning.code_or_answer import KIND as CODE
from handlers.meaning.code_or_answer import on_which
from handlers.meaning.words import staff_word, worded
from handlers.reporter.follow_up import (
    ask_again,
    begin_safety,
    begin_write,
    my_cases,
)
from handlers.reporter.menu import follow, give_access, set_language
from handlers.reporter.my_data import OPTIONS as MY_DATA_OPTIONS
from handlers.reporter.my_data import on_my_data
from handlers.reporter.reporting import (
    STANDING,
    begin_report,
    menu,
    repeat_question,
    reporter_words,
)
from handlers.reporter.safe_check import safe_answer
from handlers.reporter.standing import standing
from handlers.roster.colleagues import KIND as ERRAND
from handlers.staff.act_talk import on_form, on_unfinished
from handlers.staff.buttons import HOME, on_errand, on_home, on_list
from handlers.staff.desk import on_card, send_note
from handlers.staff.home import staff_home
from handlers.staff.papers import PAPER, on_paper
from handlers.staff.unfinished import KIND as UNFINISHED
from handlers.staff.unfinished import of_prompt, take_up
from handlers.staff.worklists import LIST_BUTTONS
from handlers.talk.model import Said
from handlers.talks import open_talk
from notifications.notices import OWN_WORK, SEE
from storage.records.offers import Offer
from storage.records.talks import TalkRow


async def pressed(actor: Actor, incoming: Incoming) -> None:
    """A button: who may press it is looked up again at every press; an old one changes nothing."""
    assert actor.voice is not None
    if incoming.option == "exit" and actor.person is None:
        await leave(actor)  # however old the button: who presses it wants to be gone
        return
    offer = await actor.work.offers.get(incoming.prompt)
    mine = offer is not None and offer.contact_id == actor.voice.contact.id
    if offer is None or not mine or not _offered(offer, incoming.option):
        await actor.work.audit.write(actor.name, "press_refused")
        if not await too_many_old(actor):
            await _whatever_is_open(actor)
        return
    await meant(actor, offer, incoming.option)


def _offered(offer: Offer, option: str) -> bool:
    """A card may have turned its page under the thumb: there every act is asked again, not the page."""
    on_a_card = offer.kind == "card" and (option in set(Act) or option == PAPERS)
    return option in offer.options or on_a_card


async def meant(actor: Actor, offer: Offer, option: str) -> None:
    if offer.kind == "talk":
        row = await open_talk(actor) or await _taken_up(actor, offer)
        if option in ("exit", "follow", "cancel", "sos"):
            await worded(actor, Word(option), Incoming("", "", "", "", "", actor.work.now, "text"))
        elif row is None or (row.prompt != offer.prompt and option != "child"):
            await _whatever_is_open(actor)
        else:
            await tell_lost(actor)
            await next_answer(actor, row, Said("option", option=option))
    elif offer.kind in ("menu", "letter", SAFE):
        await _menu_choice(actor, offer, option)
    elif offer.kind == ERRAND:
        await on_errand(actor, offer, option)
    elif offer.kind in _OF_STAFF and actor.person is not None:
        await _OF_STAFF[offer.kind](actor, offer, option)
    elif offer.kind == "list":
        await _on_list(actor, offer, option)
    else:
        person = actor.person
        if person is None:
            raise Refused("error.not_found")
        await on_card(actor, offer, option)


async def _resend(actor: Actor, offer: Offer, _: str) -> None:
    await send_note(actor, offer)


async def _not_me(actor: Actor, _: Offer, __: str) -> None:
    await sign_in.not_me(actor)


_OF_STAFF: Mapping[str, Callable[[Actor, Offer, str], Awaitable[None]]] = {
    "resend": _resend, sign_in.OFFER: _not_me, UNFINISHED: on_unfinished, PAPER: on_paper,
    CODE: on_which,
}  # fmt: skip


async def _taken_up(actor: Actor, offer: Offer) -> TalkRow | None:
    """A button of an official form that was set aside takes it up again, if no other form is open."""
    row = await of_prompt(actor, offer.prompt) if actor.person is not None else None
    return await take_up(actor, row) if row is not None else None


async def _on_list(actor: Actor, offer: Offer, option: str) -> None:
    """A list of cases: one of them, all of one's own, or the list seen otherwise."""
    if option in LIST_BUTTONS:
        await on_list(actor, offer, option)
        return
    word = Word("work") if option == OWN_WORK else Word("case", option)
    await staff_word(actor, word)


async def _menu_choice(actor: Actor, offer: Offer, option: str) -> None:
    if option == "access":
        await give_access(actor, offer.case_id)
    elif option == "follow":
        await follow(actor)
    elif option == "new":
        await begin_report(actor, None, {})
    elif option in ("rights", *MY_DATA_OPTIONS):
        await on_my_data(actor, option)
    elif option in actor.kit.catalog.languages:
        await set_language(actor, option)
    elif option in SAFE_ANSWERS:
        await safe_answer(actor, offer.case_id, option)
    elif option in HOME:
        await on_home(actor, option)
    elif option in ("write", "reply"):
        await begin_write(actor, offer.case_id if option == "reply" else "")
    elif option == "safety":
        await begin_safety(actor)
    else:
        await _see(actor, offer)


async def _see(actor: Actor, offer: Offer) -> None:
    """What waited was said before this press was looked at; where nothing did, how it stands."""
    assert actor.voice is not None
    case_id = actor.voice.now_in(offer.case_id)
    case = next((one for one in await my_cases(actor) if one.id == case_id), None)
    row = await open_talk(actor)
    telling = row is not None and row.flow == "report"
    if actor.voice.letters:
        return
    if telling and row is not None:
        still = actor.words("talk.still_there")
        await repeat_question(actor, row, [await _none_new(actor, case) if case else still])
    elif case is None:
        await follow(actor)
    else:
        await menu(actor, case, await _none_new(actor, case), STANDING)


async def _none_new(actor: Actor, case: Case) -> str:
    none = reporter_words(actor, case, "relay.no_letters")
    return f"{none} {await standing(actor, case)}"


async def asks_to_see(actor: Actor, incoming: Incoming) -> bool:
    """The word of the button under a neutral line, typed: no answer to a question that is open."""
    assert actor.voice is not None
    if incoming.kind != "text" or fold(incoming.text) != fold(actor.words("relay.menu.see")):
        return False
    if actor.voice.letters:
        return True  # they were said before this was looked at
    offer = await actor.work.offers.newest(actor.voice.contact.id)
    if offer is None or SEE not in offer.options:
        return False
    await _see(actor, offer)
    return True


async def _whatever_is_open(actor: Actor) -> None:
    """An old, foreign or forged button brings what is true now."""
    row = await open_talk(actor)
    old = actor.words("error.old_button")
    if row is not None and row.flow == "report":
        await repeat_question(actor, row, [old])
    elif row is not None and row.flow in FOLLOW_UPS:
        await ask_again(actor, row, [old])
    elif row is not None:
        await on_form(actor, row, None)
    elif actor.person is not None:
        await staff_home(actor)
    else:
        await where_they_stand(actor)
