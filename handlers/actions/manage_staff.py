"""Invitations used, people removed: who belongs to the staff."""

from dataclasses import replace

from cases.codes import read_invitation
from cases.lifecycle import EARLY
from cases.model import Case, Person, Role, Status
from handlers.access import cases_around
from handlers.actor import Actor
from handlers.alarm import first_step, sound_afresh
from handlers.cards import take_cards
from storage.records.people import Invite


async def enrol(actor: Actor, payload: str) -> None:
    """Use a one-time invitation from this address; one winner, a polite refusal for everybody else."""
    voice, code = actor.voice, read_invitation(payload)
    assert voice is not None
    if actor.person is not None:
        await actor.say(actor.words("enrol.already"))
        return
    invite = await actor.work.invites.use(code) if code else None
    if invite is None:
        await actor.work.audit.write(voice.contact.id, "invite_refused")
        await actor.say(actor.words("enrol.used"))
        return
    person = await _person(actor, invite)
    if not person.active:
        await actor.say(actor.words("enrol.used"))
        return
    await actor.work.contacts.link(voice.contact.id, person.id)
    await actor.work.audit.write(person.id, "enrolled", "", {"role": person.role})
    await _welcome(replace(actor, person=person), person)


async def _person(actor: Actor, invite: Invite) -> Person:
    """Whom the invitation is for: somebody new, or one more address of somebody who is here."""
    known = await actor.work.people.get(invite.person_id) if invite.person_id else None
    if known is not None:
        return known
    person = Person(
        id=actor.work.new_id(), role=invite.role, commune=invite.commune,
        villages=invite.villages, name=invite.name, lang=actor.lang,
    )  # fmt: skip
    await actor.work.people.add(person)
    return person


async def _welcome(actor: Actor, person: Person) -> None:
    if person.role is Role.ADMIN:
        await actor.say(actor.words("enrol.welcome_admin"))
        return
    role = actor.words(f"role.{person.role}")
    words = [actor.words("enrol.welcome", name=person.name or "none", role=role)]
    assert actor.voice is not None
    addresses = await actor.work.contacts.of_person(person.id)
    if [one.channel for one in addresses] == ["web"]:
        words.append(actor.words("enrol.web_only"))
    await actor.say("\n\n".join(words))


async def remove(actor: Actor, person: Person) -> None:
    """End a person's roles, addresses and sign-ins at once; nothing that waited for them goes out any more."""
    await actor.work.people.save(replace(person, active=False, on_duty=False))
    await actor.work.sign_in.end_all(person.id)
    for contact in await actor.work.contacts.of_person(person.id):
        await actor.work.outbox.cancel_for(contact.id)
        await take_cards(actor, person, contact)
        for talk in await actor.work.talks.of_contact(contact.id):
            await actor.work.talks.delete(talk.id)
        await actor.work.contacts.unlink(contact.id)
    await actor.work.audit.write(actor.name, "removed", "", {"person": person.id})
    for case in await cases_around(actor.work, person):
        await _pass_on(actor, case, person)


async def _pass_on(actor: Actor, case: Case, person: Person) -> None:
    """What they held or were called to goes to the next person now."""
    called, lost = person.id in await actor.work.cases.involved(case.id), case.holder == person.id
    if lost:
        status = Status.RECEIVED if case.status in EARLY else case.status
        after = replace(case, holder="", status=status, rev=case.rev + 1)
        await actor.work.cases.save(after, case.rev)
        case = after
    elif not (called and case.status is Status.RECEIVED):
        return
    armed = await actor.work.timers.armed(f"case:{case.id}")
    step = next((timer.step for timer in armed if timer.kind == "unanswered"), 0)
    await sound_afresh(actor, case, "alert", first_step(actor, case) if lost else step)
