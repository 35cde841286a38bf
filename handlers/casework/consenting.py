"""A reporter's own yes to be called: recorded with its text; taken back by one message, at once."""

from collections.abc import Mapping
from typing import Any

from cases.consents import CONTACT
from cases.model import Case
from cases.records import records
from handlers.actor import Actor
from handlers.casework.cards import refresh
from storage.records.consents import Consent

WITHDRAWN = "consent_withdrawn"  # an event of the case


async def note_consent(
    actor: Actor, case: Case, answers: Mapping[str, Any], contact_id: str
) -> None:
    """Which text was agreed to, when and where. A child's number rests on no consent (P1, P2)."""
    given = answers.get("contact")
    if not (isinstance(given, Mapping) and given.get("consent")):
        return
    contact = await actor.work.contacts.get(contact_id)
    await actor.work.consents.add(
        Consent(
            contact_id, case.id, CONTACT.what, CONTACT.version, actor.lang,
            contact.channel if contact else "", actor.work.now,
        )
    )  # fmt: skip


async def withdraw(actor: Actor, case: Case, contact_id: str) -> str:
    """From now on nobody uses it; it is erased, too, unless the file is held: `erased`, `held`, `none`.

    `case`: the one they opened, so that what another reporter left stays.
    """
    work = actor.work
    taken = await work.consents.take_back(contact_id, case.id)
    held = bool(records(case, "hold", "on"))
    erased = 0 if held else await work.redaction.contact_of(case.id)
    if not (taken or erased):
        return "none"
    key = f"{case.id}:{WITHDRAWN}:{work.new_id()}"
    await work.cases.add_event(case.id, key, WITHDRAWN, "reporter", {"held": held})
    await refresh(actor, case)
    return "held" if held else "erased"
