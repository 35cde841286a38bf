"""Ordinary words, a file, a place: an answer, an addition, a typed button, or a new report."""

from dataclasses import replace

from cases.codes import read_code
from cases.messages import Incoming
from cases.model import Case
from cases.posters import poster_and_words
from cases.typed.first_words import Word, global_word
from cases.typed.fold import fold
from cases.typed.options import choose, placed
from handlers.actions import sign_in
from handlers.actor import Actor
from handlers.casework.relay import SAFE
from handlers.files.sent_files import tell_lost
from handlers.meaning.afterwards import again_in_danger, more, to_a_case
from handlers.meaning.answering import next_answer
from handlers.meaning.buttons import asks_to_see, meant
from handlers.meaning.code_or_answer import KIND as CODE
from handlers.meaning.code_or_answer import which_is_meant
from handlers.meaning.field import from_the_field
from handlers.meaning.notes import about_another_case, reply_to_notice
from handlers.meaning.words import STAFF_WORDS
from handlers.reporter.follow_up import (
    newest_open,
)
from handlers.reporter.menu import follow
from handlers.reporter.reporting import (
    begin_report,
    menu_label,
    repeat_question,
    said_of,
)
from handlers.roster.colleagues import KIND as ERRAND
from handlers.staff.buttons import HOME
from handlers.staff.desk import command
from handlers.staff.home import staff_home
from handlers.staff.papers import PAPER
from handlers.staff.unfinished import KIND as UNFINISHED
from handlers.staff.worklists import LIST_BUTTONS
from handlers.talks import open_talk
from notifications.announce import act_key
from notifications.notices import OWN_WORK
from storage.records.offers import Offer
from storage.records.talks import TalkRow

_BELOW = (
    "notice",
    "card",
    "list",
    "menu",
    CODE,
)  # what staff may have been shown after the question


async def spoken(actor: Actor, incoming: Incoming) -> None:
    """Ordinary words, a file, a place: an answer, an addition, or a new report."""
    await tell_lost(actor)
    row = await open_talk(actor)
    if await _beside_the_question(actor, row, incoming):
        return
    if actor.person is None and await to_a_case(actor, row, incoming):
        return
    if await from_the_field(actor, row, incoming) or await _another_case(actor, row, incoming):
        return
    if row is not None:
        if incoming.kind == "text" and not incoming.text:
            await repeat_question(actor, row, [actor.words("error.empty")])
        else:
            await next_answer(actor, row, said_of(incoming))
        return
    if actor.person is not None:
        await _staff_said(actor, incoming)
        return
    if await _typed_choice(actor, incoming) or await _by_poster(actor, incoming):
        return
    assert actor.voice is not None
    cases = await actor.work.cases.reported_by(actor.voice.contact.id)
    if (case := newest_open(cases)) is not None:
        await more(actor, case, incoming)
        return
    if read_code(incoming.text):
        await follow(actor)
        return
    said = said_of(incoming) if incoming.kind != "start" else None
    await begin_report(actor, said, again_in_danger(actor, cases, incoming))


async def _another_case(actor: Actor, row: TalkRow | None, incoming: Incoming) -> bool:
    """An answer to a message of another case, or the code of one: then it is asked which is meant."""
    if row is None:
        return False
    if await about_another_case(actor, row, incoming):
        return True
    return await which_is_meant(actor, row, incoming)


async def _by_poster(actor: Actor, incoming: Incoming) -> bool:
    """The code of a poster with the report behind it: both count, as if one had followed the other."""
    code, words = poster_and_words(incoming.text)
    notes = actor.kit.places().areas.of_poster(code)
    if notes:
        await begin_report(actor, said_of(replace(incoming, text=words)), notes)
    return bool(notes)


async def _staff_said(actor: Actor, incoming: Incoming) -> None:
    word = global_word(f"/{incoming.text}")  # the slash may be left out, and so may /vu
    if not incoming.about and word is not None and word.name in STAFF_WORDS and not word.rest:
        await command(actor, word)  # a word by itself is no beginning of a button's label
        return
    if await _typed_choice(actor, incoming) or await _of_older_menu(actor, incoming):
        return
    if await reply_to_notice(actor, incoming):
        return
    if incoming.media:
        await actor.say(actor.words("media.staff_loose"))
        return
    code = read_code(incoming.text)
    if word is not None and word.name == "papers":
        await command(actor, word)
    elif code:
        await command(actor, Word("case", code))
    elif word is not None and word.name == "case":
        await command(actor, word)
    else:
        await staff_home(actor)


async def _beside_the_question(actor: Actor, row: TalkRow | None, incoming: Incoming) -> bool:
    """What stands below an open question and is no answer to it."""
    if actor.person is None and await asks_to_see(actor, incoming):
        return True
    return row is not None and await _from_below(actor, incoming)


async def _from_below(actor: Actor, incoming: Incoming) -> bool:
    """Where numbers stand for buttons, those of the last message: an alert that came while a form is
    open can be taken, and a menu that was asked for means itself."""
    assert actor.voice is not None
    if actor.abilities.choice != "numbered":
        return False
    offer = await actor.work.offers.newest(actor.voice.contact.id)
    if offer is None or offer.kind not in (_BELOW if actor.person is not None else ("menu",)):
        return False
    return await _is_press(actor, offer, incoming.text) and await _typed_choice(actor, incoming)


async def _is_press(actor: Actor, offer: Offer, text: str) -> bool:
    """A number or a whole label; the beginning of one may be an answer to the question above."""
    case = await actor.work.cases.get(offer.case_id) if offer.case_id else None
    options = [(one, _offer_label(actor, offer, one, case)) for one in offer.options]
    return placed(text, options) or fold(text) in [fold(label) for _, label in options]


async def _typed_choice(actor: Actor, incoming: Incoming) -> bool:
    """Numbers and labels typed instead of a button of the newest message."""
    assert actor.voice is not None
    offer = await actor.work.offers.newest(actor.voice.contact.id)
    if offer is None or offer.kind == "talk" or incoming.kind != "text":
        return False
    if incoming.about and offer.case_id:
        about = await actor.work.outbox.cases_of(actor.voice.contact.id, incoming.about)
        if about and offer.case_id not in about:
            return False  # an answer to another message presses no button of this one
    if offer.kind == SAFE and actor.voice.letters:
        return False  # the question is only just being shown: nothing was an answer to it
    case = await actor.work.cases.get(offer.case_id) if offer.case_id else None
    options = [(one, _offer_label(actor, offer, one, case)) for one in offer.options]
    picked = choose(incoming.text, options, numbers=_numbers_mean(actor, offer))
    if offer.kind == "letter" and fold(incoming.text) != fold(options[0][1]):
        return False  # whatever else was typed is the answer itself
    if picked:
        await meant(actor, offer, picked)
    return bool(picked)


async def _of_older_menu(actor: Actor, incoming: Incoming) -> bool:
    """The whole label of a button further up, as if it were pressed: one of home, or the one errand
    that is called so. Where several are, nobody knows which is meant."""
    assert actor.voice is not None
    text = "" if incoming.about or incoming.kind != "text" else fold(incoming.text)
    older = await actor.work.offers.menus(actor.voice.contact.id) if text else []
    found = [
        (offer, option)
        for offer in older
        for option in offer.options
        if (offer.kind == ERRAND or option in HOME)
        and fold(_offer_label(actor, offer, option, None)) == text
    ]
    if not found or (found[0][0].kind == ERRAND and len(found) > 1):
        return False
    await meant(actor, *found[0])
    return True


def _numbers_mean(actor: Actor, offer: Offer) -> bool:
    """Where there are buttons to press, a number after the receipt is for the staff."""
    staff_or_other = actor.person is not None or not offer.case_id
    return staff_or_other or actor.abilities.choice == "numbered"


_LABELS = {
    sign_in.OFFER: "sign_in.not_me", ERRAND: "errand.{option}", UNFINISHED: "unfinished.{option}",
    PAPER: "papers.{option}", CODE: "code_typed.{option}", "resend": "relay.noted.send", SAFE: "relay.{option}",
}  # fmt: skip


def _offer_label(actor: Actor, offer: Offer, option: str, case: Case | None) -> str:
    if offer.kind == "list":
        if option in LIST_BUTTONS:
            return actor.words(f"work.{option}")
        return actor.words(f"digest.{option}") if option == OWN_WORK else option
    if offer.kind in ("menu", "letter"):
        if option in actor.kit.catalog.languages:
            return actor.kit.catalog.name(option)
        return actor.words(f"home.{option}") if option in HOME else menu_label(actor, case, option)
    if offer.kind in _LABELS:
        return actor.words(_LABELS[offer.kind].format(option=option))
    return actor.words(act_key(option, actor.person))
