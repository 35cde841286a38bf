"""Words between a reporter and the staff of a case; neither side learns who the other is."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from cases.messages import Choice, Outgoing
from cases.model import Case, Status
from cases.times.calendar import is_night, local, opening
from handlers.actor import Actor, Voice
from handlers.casework.cards import refresh
from handlers.casework.threads import DIRECT, LATER, NOW, WAITS, Outlook, outlook, threads_of
from notifications.announce import OFFER_LIFE, Call
from storage.records.letters import Letter
from storage.records.offers import Offer
from storage.records.people import Contact
from storage.records.threads import Thread

LETTER = "letter:"  # the outbox key of a letter's words begins so
CLOSED, NOBODY = "reporter_closed", "reporter_nobody"
SAFE = "safe_check"
_OF_CLOSING = {CLOSED: "closed", SAFE: "safe_check"}  # notices and their words
SAFE_ANSWERS = ("safe_yes", "safe_no", "safe_unknown")


async def send_letter(
    actor: Actor, case: Case, thread: Thread, body: dict[str, Any], after: datetime | None = None
) -> None:
    """Kept for this reporter alone; the neutral line rings when it may, and the words follow a press.

    `after`: it is not to be read before then either.
    """
    body = body if after is None else {**body, "after": after.isoformat()}
    from_id = actor.person.id if actor.person else ""
    letter = Letter(
        actor.work.new_id(), case.id, thread.id, from_id, body, actor.work.now
    )  # fmt: skip
    key = f"{case.id}:{thread.id}:{_occasion(actor, case, body)}"
    if not await actor.work.letters.add(key, letter):
        return
    seen = await outlook(actor.work, case, thread, after)
    if seen.contact is None or seen.how == WAITS:
        return
    if seen.how == DIRECT:
        await _show(await _speaking(actor, letter, seen.contact), case, letter, set())
    elif not await _will_ring(actor, letter, seen.at or actor.work.now):
        await _ring(actor, case, seen, Call("reporter_letter", f"news:{letter.id}", {}))


def _occasion(actor: Actor, case: Case, body: dict[str, Any]) -> str:
    """What makes a letter one letter, however often its turn is run again."""
    if "notice" in body:
        return f"{body['notice']}:{case.rev}"
    return f"letter:{actor.voice.row if actor.voice else actor.work.new_id()}"


async def _will_ring(actor: Actor, letter: Letter, at: datetime) -> bool:
    """Whether an earlier letter of this thread rings then, or later: once is enough for both."""
    for other in await actor.work.letters.of_case(letter.case_id):
        if other.thread == letter.thread and other.read_at is None:
            told = await actor.work.outbox.told(f"news:{other.id}:")
            if any(one.state == "waiting" and one.due_at >= at for one in told):
                return True
    return False


async def _ring(actor: Actor, case: Case, seen: Outlook, call: Call) -> None:
    assert seen.contact is not None
    when = replace(call, due_at=seen.at, hours=seen.hours)
    await actor.kit.announcer.tell_contact(actor.work, case, seen.contact, when)


async def _speaking(actor: Actor, letter: Letter, contact: Contact) -> Actor:
    """The same transaction, with the voice that this reporter hears."""
    told = await actor.work.threads.told(contact.id)
    voice = Voice(f"{LETTER}{letter.id}", contact, contact.lang, actor.work.now, told=told)
    return replace(actor, voice=voice, person=None, name=contact.id)


async def say_letters(actor: Actor) -> None:
    """Everything that waited for the reporter in front of us, in order, each once on any address."""
    voice = actor.voice
    assert voice is not None
    waiting = await actor.work.letters.waiting(voice.contact.id)
    waiting = [letter for letter in waiting if not letter.held(actor.work.now)]
    news: set[str] = set()
    for letter in waiting:
        case = await actor.work.cases.get(letter.case_id)
        if case is not None:
            voice.letters += await _show(actor, case, letter, news)
    for case_id in dict.fromkeys(letter.case_id for letter in waiting if _asks(letter)):
        case = await actor.work.cases.get(case_id)
        if case is not None:
            await refresh(actor, case)


async def _show(actor: Actor, case: Case, letter: Letter, news: set[str]) -> bool:
    """Say the letter, quietly. False = nothing was said: read elsewhere, or not true any more.

    `news`: what was said already in this turn; of two reports the same need be said once.
    """
    voice = actor.voice
    assert voice is not None
    await actor.work.outbox.cancel(f"news:{letter.id}:")
    text = await _text(actor, case, letter)
    if not await actor.work.letters.read(letter) or not text or text in news:
        return False
    news |= set() if _asks(letter) else {text}
    key = f"{LETTER}{letter.id}:{voice.contact.id}:{actor.work.new_id()}"
    plain = Outgoing(key=key, text=text, quiet=True)
    await actor.send(await _with_buttons(actor, case, letter, plain), case.id)
    return True


async def _with_buttons(actor: Actor, case: Case, letter: Letter, plain: Outgoing) -> Outgoing:
    """What can be answered has buttons: words of staff, and the question a week after closing."""
    if _asks(letter):
        return await _answerable(actor, case, plain)
    return await _answered(actor, case, plain) if letter.body.get("notice") == SAFE else plain


async def _answered(actor: Actor, case: Case, plain: Outgoing) -> Outgoing:
    assert actor.voice is not None
    prompt, contact = actor.prompt(), actor.voice.contact
    life = actor.work.now + OFFER_LIFE
    await actor.work.offers.put(Offer(prompt, contact.id, SAFE, list(SAFE_ANSWERS), life, case.id))
    buttons = tuple(Choice(one, actor.words(f"relay.{one}")) for one in SAFE_ANSWERS)
    return replace(plain, prompt=prompt, choices=(*buttons, *(actor.call(),) * _is_childs(case)))


def _is_childs(case: Case) -> bool:
    return "child" in case.flags


def _asks(letter: Letter) -> bool:
    """Whether somebody wrote it who can be answered."""
    return "text" in letter.body


async def _answerable(actor: Actor, case: Case, plain: Outgoing) -> Outgoing:
    """A word below the text, no number: a number may be the answer to what is asked in it."""
    assert actor.voice is not None
    prompt, contact = actor.prompt(), actor.voice.contact
    await actor.work.offers.put(
        Offer(prompt, contact.id, "letter", ["reply"], actor.work.now + OFFER_LIFE, case.id)
    )
    reply = Choice("reply", actor.words("relay.menu.reply"), standing=True)
    call = (actor.call(),) * _is_childs(case)
    return replace(plain, prompt=prompt, choices=(reply, *call))


async def _text(actor: Actor, case: Case, letter: Letter) -> str:
    """The words; "" for news that is not true any more."""
    child = "_child" if "child" in case.flags else ""
    notice = letter.body.get("notice")
    if notice == NOBODY:
        still = case.status is Status.RECEIVED and not case.holder
        return actor.words(f"notice.reporter_nobody{child}") if still else ""
    assert actor.voice is not None
    if notice is not None:
        key = _OF_CLOSING.get(notice, "")
        still = bool(key) and case.status is Status.CLOSED
        return actor.words(f"relay.{key}{child}", code=actor.voice.code_of(case)) if still else ""
    several = len(await actor.work.cases.reported_by(actor.voice.contact.id)) > 1
    code = actor.voice.code_of(case) if several else "none"
    return actor.words(f"relay.letter{child}", text=letter.body["text"], code=code)


async def take_back(actor: Actor) -> None:
    """Nothing that waits goes to the address in front of us; its letters wait to be asked for."""
    assert actor.voice is not None
    contact_id = actor.voice.contact.id
    # A letter on its way may or may not arrive: rather twice than never.
    on_its_way = await actor.work.outbox.on_their_way(contact_id)
    for key in [*on_its_way, *await actor.work.outbox.cancel_for(contact_id)]:
        await unread(actor, key)
    await actor.work.offers.forget(contact_id)


async def unread(actor: Actor, key: str) -> None:
    """A letter whose words did not arrive is shown when somebody asks the next time."""
    if key.startswith(LETTER):
        await actor.work.letters.again([key.split(":")[1]])


async def tell_of_closing(actor: Actor, case: Case, after: datetime | None) -> None:
    """Each reporter, once; while the closing can still be undone nobody reads or hears of it."""
    for thread in await threads_of(actor.work, case):
        await send_letter(actor, case, thread, {"notice": CLOSED}, after)


async def ask_if_safe(actor: Actor, case: Case) -> None:
    """Each reporter, once for this closing, by day; who is not to be written to finds it when they write."""
    now = actor.work.now
    by_day = opening(now) if is_night(now) else None
    for thread in await threads_of(actor.work, case):
        await send_letter(actor, case, thread, {"notice": SAFE}, by_day)


async def closing_undone(actor: Actor, case: Case) -> None:
    """The case is open again: what has not been read of its closing is not said, and does not ring."""
    for letter in await actor.work.letters.of_case(case.id):
        if letter.body.get("notice") in (CLOSED, SAFE) and await actor.work.letters.read(letter):
            await actor.work.outbox.cancel(f"news:{letter.id}:")


async def tell_nobody_answers(actor: Actor, case: Case) -> None:
    """Each reporter, once; never first to an address that must not ring.

    It is about calling for help: where it may be said now, it is said whole.
    """
    for thread in await threads_of(actor.work, case):
        seen = await outlook(actor.work, case, thread)
        if seen.how not in (DIRECT, NOW):
            await send_letter(actor, case, thread, {"notice": NOBODY})
            continue
        child = "_child" if "child" in case.flags else ""
        call = Call(f"{NOBODY}{child}", f"case:{case.id}:{NOBODY}{child}:{case.rev}", {})
        await _ring(actor, case, seen, call)


async def forget_news(actor: Actor, case: Case) -> None:
    """Somebody has it: that nobody answers is not said any more."""
    await actor.work.outbox.cancel(f"case:{case.id}:{NOBODY}")


async def reporter_list(actor: Actor, case: Case) -> tuple[tuple[str, str], ...]:
    """Whom a letter may be for, by number and hour, never by who they are."""
    return tuple(
        (thread.id, name_of(actor, n, thread))
        for n, thread in enumerate(await threads_of(actor.work, case), 1)
    )


def name_of(actor: Actor, n: int, thread: Thread) -> str:
    """`người báo tin 2 (20:15)`."""
    return actor.words("relay.reporter", n=str(n), at=f"{local(thread.since):%H:%M}")


async def thread_named(actor: Actor, case: Case, thread_id: str) -> Thread | None:
    found = await threads_of(actor.work, case)
    return next((one for one in found if one.id == thread_id), None)


async def how_it_goes(actor: Actor, case: Case, thread_id: str, key: str) -> str:
    """What will become, or became, of a letter to this reporter, in honest words."""
    thread = await thread_named(actor, case, thread_id)
    if thread is None:
        return ""
    seen = await outlook(actor.work, case, thread)
    at = local(seen.at) if seen.at is not None and seen.how == LATER else None
    return actor.words(
        key, code=case.code, how=seen.how, at=f"{at:%H:%M}" if at else "-",
        day=actor.day(at) if at else "-",
    )  # fmt: skip
