"""A reporter's thread: on which address, and when, a word to them may be said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.model import Case
from cases.safe_contact import Safety, answers_now, learned, opening, window_of
from cases.times.windows import Window
from storage.records.people import Contact
from storage.records.threads import Thread
from storage.unit_of_work import UnitOfWork

# How a word to a reporter gets there: as an answer to what they just wrote; as a neutral line now, or
# later; only when they write the next time; only when they come back by their secret code.
DIRECT, NOW, LATER, WAITS, GONE = "direct", "now", "later", "waits", "gone"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would become of a word said now. `hours`: those in which it may ring."""

    how: str
    contact: Contact | None = None
    at: datetime | None = None
    hours: Window | None = None


async def threads_of(work: UnitOfWork, case: Case) -> list[Thread]:
    """The reporters of a case, in the order they came; staff who told of it for others are none."""
    found = []
    for thread in await work.threads.of_case(case.id):
        known = [await work.contacts.get(one) for one in (*thread.contacts, *thread.left)]
        if not any(contact is not None and contact.person_id for contact in known):
            found.append(thread)
    return found


async def outlook(
    work: UnitOfWork, case: Case, thread: Thread, after: datetime | None = None
) -> Outlook:
    """One thread has one voice: the address from which it wrote last. No other is ever told.

    `after`: it may not be said before then, and so it answers nothing.
    """
    contact = await _last_used(work, thread)
    if contact is None:
        return Outlook(GONE)
    safety = await safety_of(work, case, contact)
    if after is None and answers_now(safety, contact.last_in_at, work.now):
        return Outlook(DIRECT, contact)
    hours = window_of(safety)
    if hours is None:
        return Outlook(WAITS, contact)
    at = opening(hours, after or work.now)
    return Outlook(LATER if at > work.now else NOW, contact, at, hours)


async def hours_of(
    work: UnitOfWork, case: Case, thread: Thread
) -> tuple[Contact | None, Window | None]:
    """The address of this thread, if there is one, and the hours in which it may ring, if any."""
    contact = await _last_used(work, thread)
    if contact is None:
        return None, None
    return contact, window_of(await safety_of(work, case, contact))


async def answers_letter(work: UnitOfWork, case: Case, contact_id: str) -> str:
    """The thread of this address, if staff has written to it: what it says now is an answer."""
    letters = await work.letters.of_case(case.id)
    if not letters:
        return ""
    threads = await work.threads.of_case(case.id)
    mine = next((one.id for one in threads if contact_id in one.contacts), "")
    written = any(one.thread == mine and "text" in one.body for one in letters)
    return mine if written else ""


async def _last_used(work: UnitOfWork, thread: Thread) -> Contact | None:
    known = [await work.contacts.get(one) for one in thread.contacts]
    found = [one for one in known if one is not None and one.state == "ok"]
    return max(found, key=lambda one: one.last_in_at, default=None)


async def safety_of(work: UnitOfWork, case: Case, contact: Contact) -> Safety:
    """What is known of this address; where it never said, what the report itself says."""
    if contact.safety is not None:
        return contact.safety
    answers: dict[str, Any] = {}
    for event in await work.cases.events(case.id):
        answers |= event.body.get("answers", {})
    return learned(Safety(child="child" in case.flags), answers)


_TOLD = ("child", "safe_time", "shared_phone", "code_word")


async def learn(
    work: UnitOfWork, contact: Contact, before: Mapping[str, Any], answers: Mapping[str, Any]
) -> None:
    """What a report newly says of its reporter's phone; a code word counts on all their addresses."""
    if all(before.get(name) == answers.get(name) for name in _TOLD):
        return
    known = contact.safety or Safety()
    after = learned(known, answers)
    if after != known:
        await work.safety.put(contact.id, after)
    if after.word != known.word:
        await _share_word(work, contact, after.word)


async def _share_word(work: UnitOfWork, contact: Contact, word: str) -> None:
    for other_id in await work.threads.addresses(contact.id):
        other = await work.contacts.get(other_id)
        if other is not None and other_id != contact.id:
            known = other.safety or Safety()
            await work.safety.put(other_id, learned(known, {"code_word": {"mark": word}}))


async def inherit(work: UnitOfWork, contact: Contact) -> None:
    """A new address of a thread begins with what the others know, the code word too."""
    if contact.safety is not None:
        return
    for other_id in await work.threads.addresses(contact.id):
        other = await work.contacts.get(other_id)
        if other is not None and other.safety is not None:
            await work.safety.put(contact.id, other.safety.calm())
            return
