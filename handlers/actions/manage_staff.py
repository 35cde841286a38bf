"""Invitations used, people removed: who belongs to the staff."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cases.codes import read_invitation
from cases.errors import Refused
from cases.model import Person, Role
from cases.roles import may_remove
from handlers.access import cases_around
from handlers.actor import Actor
from handlers.casework.acts.leaving import relieve
from handlers.casework.cards import take_cards
from handlers.guessing import say_wrong
from handlers.roster.colleagues import Errand, tell_contact
from handlers.roster.departing import end_duties, end_talks
from handlers.roster.handing_over import pass_on
from handlers.roster.villages import called_otherwise
from storage.records.people import Invite


async def enrol(actor: Actor, payload: str) -> None:
    """Use a one-time invitation from this address; one winner, a polite refusal for everybody else."""
    voice, code = actor.voice, read_invitation(payload)
    assert voice is not None
    if actor.person is not None:
        await actor.say(actor.words("enrol.already"))
        return
    invite = await actor.work.invites.use(code) if code else None
    if invite is None and code and await actor.work.invites.waits(code):
        await actor.work.audit.write(voice.contact.id, "invite_waits")
        await actor.say(actor.words("enrol.waits"))
        return
    if invite is None:
        await actor.work.audit.write(voice.contact.id, "invite_refused")
        await say_wrong(actor, "invitations", actor.words("enrol.used"))
        return
    person = await _person(actor, invite)
    if not person.active:
        await actor.say(actor.words("enrol.used"))
        return
    before = await actor.work.contacts.of_person(person.id)
    await actor.work.contacts.link(voice.contact.id, person.id)
    await actor.work.contacts.set_lang(voice.contact.id, person.lang)  # theirs, on every address
    voice.lang = person.lang
    await actor.work.audit.write(person.id, "enrolled", "", {"role": person.role})
    await _welcome(replace(actor, person=person), person)
    about, key = f"contact:{voice.contact.id}", f"address:{voice.row}"
    values = {"channel": [voice.contact.channel]}
    for known in (one for one in before if one.state == "ok"):
        await tell_contact(actor, known, Errand("address_added", about, key, values))


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
    """End roles, addresses and sign-ins at once; nothing that waited for this person goes out."""
    contacts = await actor.work.contacts.of_person(person.id)
    for contact in contacts:
        await end_talks(actor, contact.id)  # what they were telling of a child is filed
    await actor.work.people.save(replace(person, active=False, on_duty=False))
    for contact in contacts:
        await actor.work.outbox.cancel_for(contact.id)
        await take_cards(actor, person, contact)
        await actor.work.contacts.unlink(contact.id)
    await actor.work.sign_in.end_all(person.id)
    await actor.work.paper_links.void(person.id)
    await actor.work.pins.forget(person.id)
    for opening in await actor.work.openings.end_all(person.id):
        await actor.work.timers.stop(f"opening:{opening.id}")
    await actor.work.invites.void(person.id)
    await actor.work.audit.write(actor.name, "removed", "", {"person": person.id})
    await called_otherwise(actor, person, "")
    await end_duties(actor, person)
    for known in await cases_around(actor.work, person):
        case = await actor.work.cases.get(known.id)  # with what others were asked for
        assert case is not None
        await pass_on(actor, await relieve(actor, case, person), person)


async def remove_in_chat(actor: Actor, form: Mapping[str, Any]) -> None:
    """The same, by an administrator or the leader of the commune, who has said yes twice."""
    if form["sure"] != "remove":
        await actor.say(actor.words("removal.kept"))
        return
    await remove(actor, await removable(actor, str(form["person"])))
    await actor.say(actor.words("removal.done"))


async def removable(actor: Actor, person_id: str) -> Person:
    """Somebody whose rights this person may end. Raises Refused."""
    by, person = actor.person, await actor.work.people.get(person_id)
    assert by is not None
    if person is None or not person.active or not may_remove(by, person):
        raise Refused("error.errand_over")
    return person
