"""What anybody can ask for at any time: help, language, how a report stands, the access code."""

from dataclasses import replace

from cases.codes import access_code
from cases.errors import Refused
from cases.messages import Choice
from cases.model import Status
from handlers.actor import Actor
from handlers.casework.cards import refresh
from handlers.casework.intake import is_child
from handlers.casework.relay import say_letters
from handlers.casework.threads import inherit
from handlers.guessing import say_wrong
from handlers.reporter.follow_up import newest_open
from handlers.reporter.phone import traces
from handlers.reporter.reporting import STANDING, menu, repeat_question, reporter_words
from handlers.reporter.standing import standing
from handlers.talks import open_talk
from notifications.announce import OFFER_LIFE
from storage.records.offers import Offer


async def help_(actor: Actor) -> None:
    """What this is and whom to call; an open question comes again after it."""
    row = await open_talk(actor)
    if row is None:
        await _hears(actor)
    words = [actor.words("talk.help"), *_traces(actor)]
    if row is not None and row.flow == "report":
        await repeat_question(actor, row, words)
        return
    await actor.say("\n\n".join(words))


def _traces(actor: Actor) -> list[str]:
    """Where the messenger removes nothing, how to do it oneself; never said after an exit."""
    cannot = actor.abilities.delete_hours == 0 and actor.person is None
    return [traces(actor, child=False)] * cannot


async def _hears(actor: Actor) -> None:
    """After the receipt the newest report says whether a child reads the answer."""
    assert actor.voice is not None
    cases = await actor.work.cases.reported_by(actor.voice.contact.id)
    actor.voice.child = bool(cases) and is_child(cases[0])


async def language(actor: Actor) -> None:
    """Every language that is spoken here, each by its own name."""
    assert actor.voice is not None
    prompt, options = actor.prompt(), list(actor.kit.catalog.languages)
    await actor.work.offers.put(
        Offer(prompt, actor.voice.contact.id, "menu", options, actor.work.now + OFFER_LIFE)
    )
    buttons = tuple(Choice(one, actor.kit.catalog.name(one)) for one in options)
    await actor.say(actor.words("talk.language"), buttons, prompt=prompt)


async def set_language(actor: Actor, lang: str) -> None:
    """Remembered; the open question comes again in the new language."""
    assert actor.voice is not None
    await actor.work.contacts.set_lang(actor.voice.contact.id, lang)
    if actor.person is not None:  # cards and notices speak it to them, on every address
        await actor.work.people.save(replace(actor.person, lang=lang))
        for contact in await actor.work.contacts.of_person(actor.person.id):
            await actor.work.contacts.set_lang(contact.id, lang)
    actor.voice.lang = lang
    words = actor.words("talk.language_set")
    row = await open_talk(actor)
    if row is not None and row.flow == "report":
        await repeat_question(actor, row, [words])
        return
    await actor.say(words)


async def follow(actor: Actor) -> None:
    """How the reports of this address stand, in plain words and nothing about the child."""
    assert actor.voice is not None
    cases = await actor.work.cases.reported_by(actor.voice.contact.id)
    lines = [await standing(actor, case) for case in cases[:5]]
    text = "\n".join(lines) or actor.words("talk.follow_none")
    row = await open_talk(actor)
    closed = {case.id for case in cases if case.status is Status.CLOSED}
    if row is not None and row.flow == "report" and row.case_id not in closed:
        await repeat_question(actor, row, [text])
    elif cases:
        await menu(actor, newest_open(cases) or cases[0], text, STANDING)
    else:
        await actor.say(text)


async def come_back(actor: Actor, code: str) -> None:
    """The secret access code from another address opens the reporter's own thread, nothing else."""
    assert actor.voice is not None
    case, contact_id = await actor.work.cases.by_access(code), actor.voice.contact.id
    await actor.work.audit.write(contact_id, "access_used" if case else "access_refused")
    if case is None:
        await say_wrong(actor, "access_codes", actor.words("receipt.access_wrong"))
        return
    await actor.work.cases.add_reporter(case.id, contact_id, code)
    actor.voice.told = await actor.work.threads.told(contact_id)
    await inherit(actor.work, actor.voice.contact)
    await say_letters(actor)  # what was said before stays where it was said
    text, row = await standing(actor, case), await open_talk(actor)
    if row is not None and row.flow == "report":
        await repeat_question(actor, row, [text])
    else:
        await menu(actor, case, text, STANDING)
    await refresh(actor, case)


async def give_access(actor: Actor, case_id: str) -> None:
    """The secret access code of their own report, once."""
    assert actor.voice is not None
    told = actor.voice.told.get(case_id)
    case_id = actor.voice.now_in(case_id)
    case = await actor.work.cases.get(case_id)
    contact_id = actor.voice.contact.id
    if case is None or contact_id not in await actor.work.cases.reporters(case_id):
        raise Refused("error.not_found")
    if case.status is Status.CLOSED or not await actor.work.cases.show_access(case_id, contact_id):
        await actor.say(actor.words("receipt.access_once"))
        return
    submission = await actor.work.cases.submission(told.told_in if told else case_id)
    code = access_code(actor.kit.code_key, submission)
    await actor.say(reporter_words(actor, case, "receipt.access", access=code), protect=False)
