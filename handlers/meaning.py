"""What a message means, in which order it is asked: signals, codes, words, buttons, then answers."""

from typing import Any

from cases.codes import read_access_code, read_code
from cases.errors import Refused
from cases.lifecycle import Act
from cases.messages import LARGEST_FILE, Incoming, Outgoing
from cases.model import Case, Status
from cases.times.calendar import local
from cases.typed.first_words import Word, danger_words, global_word, may_be_a_name
from cases.typed.fold import fold
from cases.typed.options import choose
from cases.typed.wishes import wish_of
from handlers.actions import sign_in
from handlers.actions.add_to_report import add_words, cry_for_help, keep_words, move, same_album
from handlers.actions.ask_person import ask_for_person, note_the_wish
from handlers.actions.leave import close_talks, forget, leave
from handlers.actions.manage_staff import enrol
from handlers.actor import Actor
from handlers.colleagues import KIND as ERRAND
from handlers.desk import command, note_by_reply, on_card, on_form, send_note
from handlers.flows import FLOWS
from handlers.flows.follow_up import FOLLOW_UPS
from handlers.follow_up import (
    acknowledge,
    addressed,
    answer,
    ask_again,
    begin_safety,
    begin_write,
    is_answer,
    my_cases,
    newest_open,
    refused,
    replied_to,
)
from handlers.home import staff_home
from handlers.hush import hushed
from handlers.limits import too_fast
from handlers.menu import come_back, follow, give_access, help_, language, set_language
from handlers.reach import address_lost, reporter_back, reporter_gone
from handlers.relay import say_letters
from handlers.remarks import warned
from handlers.reporting import (
    STANDING,
    amend,
    begin_report,
    continue_report,
    menu,
    menu_label,
    repeat_question,
    reporter_words,
    said_of,
    same_again,
)
from handlers.sent_files import Owner, note_files, take_files, tell_lost
from handlers.staff import HOME, on_errand, on_home
from handlers.standing import standing
from handlers.talk.model import Said
from handlers.talks import open_talk
from locales.catalog import LANGUAGES
from notifications.announce import act_key
from notifications.notices import OWN_WORK
from storage.records.offers import Offer
from storage.records.talks import TalkRow

_NAMES = ("child_name", "contact")  # questions that a name answers
_STAFF_WORDS = ("work", "case", "duty", "off", "invite_staff", "web")


async def take(actor: Actor, incoming: Incoming) -> None:
    """What it means; then its files, which belong to the report that it began or joined."""
    await _take(actor, incoming)
    if incoming.media:
        await take_files(actor, incoming)


async def _take(actor: Actor, incoming: Incoming) -> None:
    """The order of meaning: signals, invitations, words that work anywhere, buttons, then answers."""
    if actor.person is None and await _as_reporter(actor, incoming):
        return
    if incoming.kind == "signal":
        await _signal(actor, incoming)
    elif incoming.kind == "start":
        await _start(actor, incoming.payload)
    elif incoming.kind == "choice":
        await _pressed(actor, incoming)
    elif incoming.kind == "text" and (word := await _word(actor, incoming.text)):
        await _worded(actor, word, incoming)
    elif actor.person is None and (code := read_access_code(incoming.text)):
        await come_back(actor, code)
    elif not await too_fast(actor, incoming):
        await _said(actor, incoming)


async def _as_reporter(actor: Actor, incoming: Incoming) -> bool:
    """Whether nothing more may be said; else whatever waited for them comes first."""
    if await hushed(actor, incoming):
        return True
    word = global_word(incoming.text) if incoming.kind == "text" else None
    leaving = incoming.option == "exit" or (word is not None and word.name == "exit")
    if incoming.kind != "signal" and not leaving:
        await say_letters(actor)
    return False


async def _word(actor: Actor, text: str) -> Word | None:
    """A word that works anywhere, unless it is somebody's name and a name is what was asked."""
    word = global_word(text)
    if word is None or actor.person is not None or not may_be_a_name(text):
        return word
    row = await open_talk(actor)
    asked = FLOWS[row.flow].next(row.answers["answers"]) if row is not None else None
    return None if asked is None or asked.id in _NAMES else word


async def _signal(actor: Actor, incoming: Incoming) -> None:
    assert actor.voice is not None
    if incoming.signal == "blocked":
        await actor.work.contacts.mark(actor.voice.contact.id, "blocked")
        if actor.person is not None:
            await address_lost(actor, actor.person, actor.voice.contact)
        for case in await actor.work.cases.reported_by(actor.voice.contact.id):
            await reporter_gone(actor, case, actor.voice.contact)
    elif incoming.signal == "unblocked":
        await reporter_back(actor, actor.voice.contact)
    elif incoming.signal == "exit":
        await _page_left(actor)
    elif incoming.signal == "group":
        await _in_a_group(actor)
    elif incoming.signal == "edited":
        await _edited(actor, incoming)


async def _page_left(actor: Actor) -> None:
    """The page of a reporter forgets; the page of somebody who works here was an address of theirs."""
    assert actor.voice is not None
    if actor.person is None:
        await forget(actor)
        await actor.work.webchat.close(actor.voice.contact.user)
        return
    await actor.work.contacts.mark(actor.voice.contact.id, "blocked")
    await address_lost(actor, actor.person, actor.voice.contact)


async def _in_a_group(actor: Actor) -> None:
    """No report is taken where others read: one neutral line a day, and the way to us."""
    assert actor.voice is not None
    contact = actor.voice.contact
    channel = actor.kit.channels.get((contact.channel, contact.account))
    link = (channel.link if channel is not None else "") or actor.kit.public_url
    text = actor.words("talk.group_link", link=link) if link else actor.words("talk.group")
    key = f"group:{contact.id}:{local(actor.work.now):%Y-%m-%d}"
    await actor.send(Outgoing(key=key, text=text))


async def _edited(actor: Actor, incoming: Incoming) -> None:
    """An amendment: kept with what it amends, and no question moves on."""
    assert actor.voice is not None
    row = await open_talk(actor)
    cases = await actor.work.cases.reported_by(actor.voice.contact.id)
    if actor.person is not None:
        if await _reply_to_notice(actor, incoming):
            return
        cases = await _told_here(actor, row)
    if row is not None and row.flow == "report" and not row.case_id:
        await amend(actor, row, incoming)
    elif cases and incoming.text:
        await add_words(actor, cases[0], incoming)
    elif cases and incoming.lat is not None:
        await move(actor, cases[0], incoming)


async def _told_here(actor: Actor, row: TalkRow | None) -> list[Case]:
    """The case of the report that staff are just telling for somebody, if it is open already."""
    case = await actor.work.cases.get(row.case_id) if row and row.flow == "report" else None
    return [case] if case is not None else []


async def _start(actor: Actor, payload: str) -> None:
    if payload.startswith("xa-"):
        await begin_report(actor, None, {"commune": payload.removeprefix("xa-")})
    elif payload and not payload.startswith("web"):
        await enrol(actor, payload)
    elif actor.person is not None:
        await staff_home(actor)
    else:
        await _report_anew(actor)


async def _report_anew(actor: Actor) -> None:
    row = await open_talk(actor)
    if row is not None and row.flow == "report":
        await repeat_question(actor, row, [])
        return
    await begin_report(actor, None, {})


async def _worded(actor: Actor, word: Word, incoming: Incoming) -> None:
    """A word that works anywhere."""
    row = await open_talk(actor)
    name = word.name
    if name == "exit":
        await leave(actor)
    elif name in ("back", "skip") and row is not None:
        await _answer(actor, row, Said("option", option=name))
    elif name == "cancel":
        await _cancel(actor)
    elif name == "sos":
        await _sos(actor)
    elif name in ("invitation", "start"):
        await _start(actor, word.rest)
    elif name == "unknown":
        await actor.say(actor.words("error.unknown_command"))
    elif name in _STAFF_WORDS:
        await _staff_word(actor, word)
    else:
        await _plain_word(actor, name, word.rest)


async def _plain_word(actor: Actor, name: str, rest: str) -> None:
    if name == "help":
        await help_(actor)
    elif name == "lang" and rest in LANGUAGES:
        await set_language(actor, rest)
    elif name == "lang":
        await language(actor)
    elif name == "follow":
        await follow(actor)
    elif name == "report":
        await _report_anew(actor)
    elif name in ("write", "more", "safety") and actor.person is None:
        await _menu_word(actor, name)
    else:
        await actor.say(actor.words("talk.nothing_open"))


async def _menu_word(actor: Actor, name: str) -> None:
    """The words of the menu after the receipt, typed."""
    cases = await my_cases(actor)
    case = newest_open(cases)
    if name == "safety":
        await begin_safety(actor)
    elif name == "write" or case is None:
        await begin_write(actor)
    else:
        text = reporter_words(actor, case, "talk.menu", code=case.code)
        await acknowledge(actor, case, text)


async def _staff_word(actor: Actor, word: Word) -> None:
    if actor.person is None:
        raise Refused("error.no_role")
    await command(actor, word)


async def _sos(actor: Actor) -> None:
    row = await open_talk(actor)
    if row is not None and row.flow == "report":
        await continue_report(actor, row, Said("sos"))
        return
    assert actor.voice is not None
    cases = await actor.work.cases.reported_by(actor.voice.contact.id)
    if (case := newest_open(cases)) is not None:
        await cry_for_help(actor, case)
        await menu(actor, case, reporter_words(actor, case, "talk.danger"))
        return
    await begin_report(actor, None, same_again(cases[0]) if cases else {}, sos=True)


async def _cancel(actor: Actor) -> None:
    row = await open_talk(actor)
    if row is None:
        await actor.say(actor.words("talk.nothing_open"))
    elif row.flow == "report":
        await close_talks(actor)
        await actor.say(actor.words("talk.cancelled"))
    else:
        await actor.work.talks.delete(row.id)
        await actor.say(actor.words("talk.cancelled"))


async def _pressed(actor: Actor, incoming: Incoming) -> None:
    """A button: who may press it is looked up again at every press; an old one changes nothing."""
    assert actor.voice is not None
    if incoming.option == "exit" and actor.person is None:
        await leave(actor)  # however old the button: who presses it wants to be gone
        return
    offer = await actor.work.offers.get(incoming.prompt)
    mine = offer is not None and offer.contact_id == actor.voice.contact.id
    if offer is None or not mine or not _offered(offer, incoming.option):
        await actor.work.audit.write(actor.name, "press_refused")
        await _whatever_is_open(actor)
        return
    await _meant(actor, offer, incoming.option)


def _offered(offer: Offer, option: str) -> bool:
    """A card may have turned its page under the thumb: there every act is asked again, not the page."""
    return option in offer.options or (offer.kind == "card" and option in set(Act))


async def _meant(actor: Actor, offer: Offer, option: str) -> None:
    if offer.kind == "talk":
        row = await open_talk(actor)
        if option in ("exit", "follow", "cancel", "sos"):
            await _worded(actor, Word(option), Incoming("", "", "", "", "", actor.work.now, "text"))
        elif row is None or (row.prompt != offer.prompt and option != "child"):
            await _whatever_is_open(actor)
        else:
            await tell_lost(actor)
            await _answer(actor, row, Said("option", option=option))
    elif offer.kind in ("menu", "letter"):
        await _menu_choice(actor, offer, option)
    elif offer.kind == ERRAND:
        await on_errand(actor, offer, option)
    elif offer.kind == "resend" and actor.person is not None:
        await send_note(actor, offer)
    elif offer.kind == sign_in.OFFER and actor.person is not None:
        await sign_in.not_me(actor)
    elif offer.kind == "list":
        word = Word("work") if option == OWN_WORK else Word("case", option)
        await _staff_word(actor, word)
    else:
        person = actor.person
        if person is None:
            raise Refused("error.not_found")
        await on_card(actor, offer, option)


async def _menu_choice(actor: Actor, offer: Offer, option: str) -> None:
    if option == "access":
        await give_access(actor, offer.case_id)
    elif option == "follow":
        await follow(actor)
    elif option == "new":
        await begin_report(actor, None, {})
    elif option in ("vi", "en"):
        await set_language(actor, option)
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
    case = next((one for one in await my_cases(actor) if one.id == offer.case_id), None)
    if actor.voice.letters:
        return
    if case is None:
        await follow(actor)
        return
    none = reporter_words(actor, case, "relay.no_letters")
    await menu(actor, case, f"{none} {await standing(actor, case)}", STANDING)


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
        await _said(actor, Incoming("", "", "", "", "", actor.work.now, "start"))


async def _answer(actor: Actor, row: TalkRow, said: Said) -> None:
    if row.flow == "report":
        await continue_report(actor, row, said)
    elif row.flow in FOLLOW_UPS:
        await answer(actor, row, said)
    else:
        await on_form(actor, row, said)


async def _said(actor: Actor, incoming: Incoming) -> None:
    """Ordinary words, a file, a place: an answer, an addition, or a new report."""
    await tell_lost(actor)
    row = await open_talk(actor)
    if actor.person is None and await _to_a_case(actor, row, incoming):
        return
    if row is not None:
        if incoming.kind == "text" and not incoming.text:
            await repeat_question(actor, row, [actor.words("error.empty")])
        else:
            await _answer(actor, row, said_of(incoming))
        return
    if actor.person is not None:
        await _staff_said(actor, incoming)
        return
    if await _typed_choice(actor, incoming):
        return
    assert actor.voice is not None
    cases = await actor.work.cases.reported_by(actor.voice.contact.id)
    if (case := newest_open(cases)) is not None:
        await _more(actor, case, incoming)
        return
    if read_code(incoming.text):
        await follow(actor)
        return
    said = said_of(incoming) if incoming.kind != "start" else None
    await begin_report(actor, said, _again_in_danger(actor, cases, incoming))


async def _to_a_case(actor: Actor, row: TalkRow | None, incoming: Incoming) -> bool:
    """Words for the staff of one report: an answer to its message, or what a form was opened for."""
    if not (incoming.text or incoming.media or incoming.lat is not None):
        return False
    about, case = await replied_to(actor, incoming)
    if about and case is None:
        return await refused(actor, incoming)
    form = row is not None and row.flow in FOLLOW_UPS
    if case is None and row is not None and form and not await is_answer(actor, row, incoming):
        case = await addressed(actor, row)
        if case is None:
            await begin_report(actor, said_of(incoming), {})
            return True
    if case is not None:
        await _more(actor, case, incoming)
    return case is not None


def _again_in_danger(actor: Actor, cases: list[Case], incoming: Incoming) -> dict[str, Any]:
    """Danger after a closed report: the same commune is alerted at once, and asked about afterwards."""
    danger = danger_words(incoming.text, actor.kit.places().areas.folded)
    return same_again(cases[0]) if cases and danger else {}


async def _more(actor: Actor, case: Case, incoming: Incoming) -> None:
    """Words after the receipt join the report they are for; its own code asks how it stands."""
    if case.status is Status.CLOSED:
        await _after_closing(actor, case, incoming)
    elif read_code(incoming.text) == case.code:
        await follow(actor)
    elif incoming.own and "child" not in case.flags:
        await menu(actor, case, reporter_words(actor, case, "media.own_number_after"))
    elif incoming.kind == "start" or not (
        incoming.text or incoming.media or incoming.phone or incoming.lat is not None
    ):
        await menu(actor, case, reporter_words(actor, case, "talk.menu", code=case.code))
    elif wish_of(incoming.text) == "person":
        await _wants_a_person(actor, case, incoming)
    elif await same_album(actor, case, incoming):
        await keep_words(actor, case, incoming)
    else:
        heard = danger_words(incoming.text, actor.kit.places().areas.folded)
        await add_words(actor, case, incoming)
        words = [*(reporter_words(actor, case, key) for key in warned(heard))]
        await acknowledge(actor, case, "\n\n".join([*words, *_added(actor, case, incoming)]))


async def _after_closing(actor: Actor, case: Case, incoming: Incoming) -> None:
    """An answer to a message of a closed report is kept and read; danger begins a new one at once."""
    if again := _again_in_danger(actor, [case], incoming):
        await begin_report(actor, said_of(incoming), again)
        return
    await add_words(actor, case, incoming)
    await acknowledge(actor, case, reporter_words(actor, case, "talk.closed", code=case.code))


def _added(actor: Actor, case: Case, incoming: Incoming) -> list[str]:
    """What is said of words and files after the receipt."""
    kinds = {one.kind for one in incoming.media}
    key = "media.added_voice" if "voice" in kinds else "talk.added"
    key = "media.added_image" if kinds == {"image"} else key
    big = any(one.size > LARGEST_FILE for one in incoming.media)
    words = [reporter_words(actor, case, "talk.too_big")] * big
    key = "talk.added" if big else key
    return [*words, reporter_words(actor, case, key, code=case.code)]


async def _wants_a_person(actor: Actor, case: Case, incoming: Incoming) -> None:
    """After the receipt: kept, told to whoever has the case, and said honestly what that means."""
    heard = danger_words(incoming.text, actor.kit.places().areas.folded)
    await (add_words if heard else keep_words)(actor, case, incoming)
    await note_the_wish(actor, case)
    told = await ask_for_person(actor, case)
    key = "talk.person_told" if told else "talk.call_a_person"
    await acknowledge(actor, case, reporter_words(actor, case, key))


async def _staff_said(actor: Actor, incoming: Incoming) -> None:
    word = global_word(f"/{incoming.text}")  # the slash may be left out, and so may /vu
    if not incoming.about and word is not None and word.name in _STAFF_WORDS and not word.rest:
        await command(actor, word)  # a word by itself is no beginning of a button's label
        return
    if await _typed_choice(actor, incoming):
        return
    if await _reply_to_notice(actor, incoming):
        return
    if incoming.media:
        await actor.say(actor.words("media.staff_loose"))
        return
    word = global_word(f"/{incoming.text}")  # the slash may be left out, and so may /vu
    code = read_code(incoming.text)
    if code:
        await command(actor, Word("case", code))
    elif word is not None and word.name == "case":
        await command(actor, word)
    else:
        await staff_home(actor)


async def _typed_choice(actor: Actor, incoming: Incoming) -> bool:
    """Numbers and labels typed instead of a button of the newest message."""
    assert actor.voice is not None
    offer = await actor.work.offers.newest(actor.voice.contact.id)
    if offer is None or offer.kind == "talk" or incoming.kind != "text":
        return False
    case = await actor.work.cases.get(offer.case_id) if offer.case_id else None
    options = [(one, _offer_label(actor, offer, one, case)) for one in offer.options]
    picked = choose(incoming.text, options, numbers=_numbers_mean(actor, offer))
    if offer.kind == "letter" and fold(incoming.text) != fold(options[0][1]):
        return False  # whatever else was typed is the answer itself
    if picked:
        await _meant(actor, offer, picked)
    return bool(picked)


async def _reply_to_notice(actor: Actor, incoming: Incoming) -> bool:
    """An answer to a notice or card is a note on its case, or is refused aloud; never lost."""
    assert actor.voice is not None
    if not (incoming.about and (incoming.text or incoming.media)):
        return False
    found = await actor.work.outbox.cases_of(actor.voice.contact.id, incoming.about)
    if len(found) > 1:
        raise Refused("error.which_case")
    if found:
        # The gate comes first: what may not be seen takes no file either.
        await note_by_reply(actor, found[0], incoming.text or actor.words("media.staff_note"))
        await note_files(actor, incoming, Owner(found[0]))
    return bool(found)


def _numbers_mean(actor: Actor, offer: Offer) -> bool:
    """Where there are buttons to press, a number after the receipt is for the staff."""
    staff_or_other = actor.person is not None or not offer.case_id
    return staff_or_other or actor.abilities.choice == "numbered"


def _offer_label(actor: Actor, offer: Offer, option: str, case: Case | None) -> str:
    if offer.kind == "list":
        return actor.words(f"digest.{option}") if option == OWN_WORK else option
    if offer.kind == sign_in.OFFER:
        return actor.words("sign_in.not_me")
    if offer.kind == ERRAND:
        return actor.words(f"errand.{option}")
    if offer.kind in ("menu", "letter"):
        if option in ("vi", "en"):
            return actor.words(f"talk.language.{option}")
        return actor.words(f"home.{option}") if option in HOME else menu_label(actor, case, option)
    if offer.kind == "resend":
        return actor.words("relay.noted.send")
    return actor.words(act_key(option, actor.person))
