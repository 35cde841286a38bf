"""A reporter's own yes to be called: recorded with its text; taken back by one message, at once."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cases.consents import CONTACT
from cases.model import Case
from cases.records import records
from handlers.actor import Actor
from handlers.casework.cards import refresh
from handlers.render import WITHDRAWN
from storage.records.consents import Consent
from storage.records.redaction import NOTHING


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
    if not held:
        await _out_of_the_talk(actor, contact_id)
    if not (taken or erased):
        return "none"
    key = f"{case.id}:{WITHDRAWN}:{work.new_id()}"
    await work.cases.add_event(case.id, key, WITHDRAWN, "reporter", {"held": held})
    await refresh(actor, case)
    return "held" if held else "erased"


async def let_go(actor: Actor, case: Case) -> None:
    """The hold is over: what was taken back while it lasted goes now."""
    if any(one.withdrawn_at for one in await actor.work.consents.of_case(case.id)):
        await actor.work.redaction.contact_of(case.id)


async def _out_of_the_talk(actor: Actor, contact_id: str) -> None:
    """A report that is still being told holds it, too."""
    for row in await actor.work.talks.of_contact(contact_id):
        answers = row.answers.get("answers", {})
        if isinstance(answers.get("contact"), Mapping):
            told = {**row.answers, "answers": {**answers, "contact": NOTHING}}
            await actor.work.talks.save(replace(row, answers=told, rev=row.rev + 1))
