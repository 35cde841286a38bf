"""A talk becomes a case, with its alert, clocks and receipt in one commit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.codes import access_code, case_code
from cases.lifecycle import Act
from cases.model import Case, Status
from cases.times.calendar import is_night, local
from cases.triage import Triage, triage
from cases.watch import DRILL_COMMUNE, DRILL_THREAD
from handlers.actor import Actor
from handlers.alarms.alarm import sound
from handlers.alarms.clocks import start_clock, turn_clocks
from handlers.casework.consenting import note_consent
from handlers.casework.intake import flags_of, served, source_of, teller
from handlers.casework.locking import quarantine
from handlers.flows.report import awaits_conflict, commune_of, facts_of, mode
from handlers.talk.model import told
from storage.records.talks import TalkRow


@dataclass(frozen=True, slots=True)
class Unfiled:
    """Something that came in and could not be handled: its id makes one case of it."""

    id: str
    received_at: datetime


async def submit_report(actor: Actor, row: TalkRow, *, silent: bool = False) -> Case:
    """Open the case of this talk. `silent`: filed for a person who stopped writing, nothing is said."""
    answers = row.answers["answers"]
    found = triage(facts_of(answers, night=is_night(row.received_at)))
    case = await _insert(actor, row, answers, found)
    who = teller(row)
    if who == "reporter":  # staff who report for somebody have no thread of their own
        code = access_code(actor.kit.code_key, row.id)
        await actor.work.cases.add_reporter(case.id, row.contact_id, code, case.received_at)
    body = {"answers": answers, "fired": [one.stored() for one in found.fired]}
    await actor.work.cases.add_event(case.id, f"{case.id}:open", "report", who, body)
    await note_consent(actor, case, answers, row.contact_id)
    by = "system" if who == "reporter" else who
    await actor.work.audit.write(by, Act.OPEN.value, case.id)
    await actor.work.files.move(row.id, case.id)
    await quarantine(actor.work, case)
    # A calm report may still name its commune, or whom the harmer works for.
    calm = mode(answers) == "N" and not silent
    waits = calm and (not case.commune or awaits_conflict(answers))
    told = await _alarm(actor, case, waits=waits)
    alerted = "yes" if told else "later" if waits else "no"
    if not silent:
        await receipt(actor, case, answers, alerted=alerted)
    return case


async def open_raw(actor: Actor, what: Unfiled, text: str, contact_id: str) -> Case:
    """A message the program could not handle: kept whole, put before a human (TRUST.md section 4)."""
    row = TalkRow(
        what.id, contact_id, "report", "", "", "", 0, what.received_at, actor.work.now,
        {"answers": {"first_words": text}},
    )  # fmt: skip
    found = Triage(triage({}).level, ())
    case = await _insert(actor, row, row.answers["answers"], found, flags=("raw",))
    await actor.work.cases.add_event(
        case.id, f"{case.id}:open", "report", "system", {"answers": {"first_words": text}}
    )
    await actor.work.audit.write("system", Act.OPEN.value, case.id)
    await _alarm(actor, case, waits=False)
    return case


async def _insert(
    actor: Actor, row: TalkRow, answers: dict[str, Any], found: Triage, *,
    flags: tuple[str, ...] = (),
) -> Case:  # fmt: skip
    drill = await _is_drill(actor, row.contact_id)
    commune = DRILL_COMMUNE if drill else await served(
        actor, commune_of(answers) or str(row.answers.get("notes", {}).get("commune", ""))
    )  # fmt: skip
    case = Case(
        id=actor.work.new_id(), code=await _code(actor, row.id), commune=commune,
        level=found.level, kind=str(told(answers, "kind") or "other"), status=Status.RECEIVED,
        rev=1, received_at=row.received_at, opened_at=actor.work.now, source=source_of(answers),
        flags=("drill",) if drill else flags or _flags(row), policy=actor.kit.policy.version,
    )  # fmt: skip
    return await actor.work.cases.insert(case, row.id)


async def _is_drill(actor: Actor, contact_id: str) -> bool:
    """Told by the thread alone: its words may come again out of a journal, and must alarm nobody."""
    contact = await actor.work.contacts.get(contact_id)
    return contact is not None and contact.user.startswith(DRILL_THREAD)


def _flags(row: TalkRow) -> tuple[str, ...]:
    """What this report says, and what the one before it said of a conflict."""
    known = row.answers.get("notes", {}).get("flags", ())
    return tuple(dict.fromkeys((*flags_of(row.answers["answers"]), *known)))


async def _code(actor: Actor, submission: str) -> str:
    n = 0
    while await actor.work.cases.code_taken(code := case_code(actor.kit.code_key, submission, n)):
        n += 1
    return code


async def _alarm(actor: Actor, case: Case, *, waits: bool) -> bool:
    """Alert now; a report that waits for its commune is alerted by the clock if none comes.

    True = the alert of somebody who can act is in the outbox.
    """
    if waits:
        await turn_clocks(actor, Act.OPEN, case, case, {})
        await start_clock(actor, "unplaced", case)
        return False
    await turn_clocks(actor, Act.OPEN, case, case, {})
    await sound(actor, case, "alert")
    return bool(await actor.work.outbox.told(f"case:{case.id}:alert:"))


async def receipt(actor: Actor, case: Case, answers: dict[str, Any], *, alerted: str) -> None:
    """Part one: time, code, who was alerted. It may be copied: the code must leave the chat.

    alerted: yes; later = as soon as the commune is known; no = nobody could be, and that is said.
    """
    here = local(case.received_at)
    at = actor.words("receipt.time", hour=f"{here.hour}", minute=f"{here:%M}")
    who = "friend" if answers.get("friend") else "child"
    key = f"receipt.opened_{who}" if answers.get("child") else "receipt.opened"
    words = actor.words(key, at=at, code=case.code, alerted=alerted)
    await actor.say(words, case_id=case.id, protect=False)
