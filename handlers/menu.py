"""What anybody can ask for at any time: help, language, how a report stands, the access code."""

from dataclasses import replace

from cases.codes import access_code
from cases.errors import Refused
from cases.messages import Choice
from cases.model import Status
from handlers.actor import Actor
from handlers.reporting import menu, repeat_question, reporter_words
from handlers.talks import open_talk
from notifications.announce import OFFER_LIFE
from storage.records.offers import Offer


async def help_(actor: Actor) -> None:
    """What this is and whom to call; an open question comes again after it."""
    words = [actor.words("talk.help")]
    row = await open_talk(actor)
    if row is not None and row.flow == "report":
        await repeat_question(actor, row, words)
        return
    await actor.say(words[0])


async def language(actor: Actor) -> None:
    """Vietnamese or English."""
    assert actor.voice is not None
    prompt, options = actor.prompt(), ["vi", "en"]
    await actor.work.offers.put(
        Offer(prompt, actor.voice.contact.id, "menu", options, actor.work.now + OFFER_LIFE)
    )
    buttons = tuple(Choice(one, actor.words(f"talk.language.{one}")) for one in options)
    await actor.say(actor.words("talk.language"), buttons, prompt=prompt)


async def set_language(actor: Actor, lang: str) -> None:
    """Remembered for this address; the open question comes again in the new language."""
    assert actor.voice is not None
    await actor.work.contacts.set_lang(actor.voice.contact.id, lang)
    if actor.person is not None:  # cards speak the language of the person, on every address
        await actor.work.people.save(replace(actor.person, lang=lang))
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
    lines = [actor.words(f"status.{case.status}", code=case.code) for case in cases[:5]]
    text = "\n".join(lines) or actor.words("talk.follow_none")
    row = await open_talk(actor)
    if row is not None and row.flow == "report":
        await repeat_question(actor, row, [text])
        return
    await actor.say(text)


async def come_back(actor: Actor, code: str) -> None:
    """The secret access code from another address opens the reporter's own thread, nothing else."""
    assert actor.voice is not None
    case, contact_id = await actor.work.cases.by_access(code), actor.voice.contact.id
    await actor.work.audit.write(contact_id, "access_used" if case else "access_refused")
    if case is None:
        await actor.say(actor.words("receipt.access_wrong"))
        return
    await actor.work.cases.add_reporter(case.id, contact_id, code)
    await menu(actor, case, actor.words(f"status.{case.status}", code=case.code))


async def give_access(actor: Actor, case_id: str) -> None:
    """The secret access code, once."""
    assert actor.voice is not None
    case = await actor.work.cases.get(case_id)
    contact_id = actor.voice.contact.id
    if case is None or contact_id not in await actor.work.cases.reporters(case_id):
        raise Refused("error.not_found")
    if case.status is Status.CLOSED or not await actor.work.cases.show_access(case_id, contact_id):
        await actor.say(actor.words("receipt.access_once"))
        return
    submission = await actor.work.cases.submission(case_id)
    code = access_code(actor.kit.code_key, submission)
    await actor.say(reporter_words(actor, case, "receipt.access", access=code), protect=False)
