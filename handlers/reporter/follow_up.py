"""After the receipt: a word to the officer about the right report, and when it is safe to answer."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from cases.codes import read_code
from cases.messages import Incoming
from cases.model import Case, Status
from cases.safe_contact import Safety, learned
from cases.times.calendar import local
from cases.typed.first_words import danger_words
from cases.typed.options import choose
from handlers.actor import Actor
from handlers.casework.threads import learn
from handlers.flows.follow_up import FOLLOW_UPS, SAFETY, WRITE
from handlers.reporter.phone import about_traces, safe_hours
from handlers.reporter.reporting import leave_forms, menu, repeat_question, reporter_words
from handlers.reporter.standing import standing
from handlers.talk.flow import Flow
from handlers.talk.model import Said
from handlers.talks import Lists, Step, ask, carry_on, current, open_talk, start
from storage.records.talks import TalkRow

FORGOTTEN = timedelta(hours=1)  # what is written later is no answer to a form, but news for staff


async def my_cases(actor: Actor) -> list[Case]:
    """The reports of this address, the newest first."""
    assert actor.voice is not None
    return await actor.work.cases.reported_by(actor.voice.contact.id)


def newest_open(cases: list[Case]) -> Case | None:
    """Words that name no report belong to this one."""
    return next((case for case in cases if case.status is not Status.CLOSED), None)


async def begin_write(actor: Actor, case_id: str = "") -> None:
    """Ask what shall be said; which report is meant is asked only where there are several."""
    cases = await my_cases(actor)
    running = [case for case in cases if case.status is not Status.CLOSED]
    if not running:
        await _nothing_open(actor, cases)
        return
    assert actor.voice is not None
    case_id = actor.voice.now_in(case_id)
    meant = next((case for case in running if case.id == case_id), None)
    meant = running[0] if meant is None and len(running) == 1 else meant
    step = await _start(actor, WRITE, _mine(actor, running), child=_is_child(meant or running[0]))
    if meant is not None:
        step = carry_on(
            actor, step.row, Said("option", option=_code(actor, meant)), _mine(actor, running)
        )
    await _ask(actor, step, meant.id if meant is not None else "", [])


async def _nothing_open(actor: Actor, cases: list[Case]) -> None:
    if not cases:
        await actor.say(actor.words("talk.follow_none"))
        return
    await menu(
        actor, cases[0], await standing(actor, cases[0]), ("new", "follow", "access", "rights")
    )


def _mine(actor: Actor, cases: list[Case]) -> Lists:
    return {"mine": tuple((_code(actor, case), _label(actor, case)) for case in cases)}


def _code(actor: Actor, case: Case) -> str:
    assert actor.voice is not None
    return actor.voice.code_of(case)


def _label(actor: Actor, case: Case) -> str:
    """The code, and when it was told: today's hour, or the day."""
    assert actor.voice is not None
    since = actor.voice.since(case)
    at, today = local(since), local(actor.work.now)
    said = f"{at:%H:%M}" if at.date() == today.date() else actor.day(since)
    return f"{_code(actor, case)} ({said})"


def _is_child(case: Case | None) -> bool:
    return case is not None and "child" in case.flags


async def begin_safety(actor: Actor) -> None:
    """Change when it is safe to answer, and who else sees this phone."""
    cases = await my_cases(actor)
    step = await _start(actor, SAFETY, {}, child=_is_child(newest_open(cases)))
    await _ask(actor, step, "", [])


async def _start(actor: Actor, flow: Flow, lists: Lists, *, child: bool) -> Step:
    """At most one such form at a time."""
    await leave_forms(actor)
    return await start(actor, flow, None, {"child": child}, lists)


async def _ask(actor: Actor, step: Step, case_id: str, words: list[str]) -> None:
    assert step.turn.asking is not None
    await ask(
        actor, replace(step.row, case_id=case_id or step.row.case_id), step.turn.asking, words
    )


async def ask_again(actor: Actor, row: TalkRow, words: list[str]) -> None:
    """The open question once more."""
    lists = _mine(
        actor, [case for case in await my_cases(actor) if case.status is not Status.CLOSED]
    )
    asking = current(actor, row, lists)
    if asking is not None:
        await ask(actor, row, asking, words)


async def is_answer(actor: Actor, row: TalkRow, incoming: Incoming) -> bool:
    """Whether this answers the form. Else it is for the staff: what was to be said, or a cry for help."""
    if incoming.kind != "text" or danger_words(incoming.text, actor.kit.places().areas.folded):
        return False
    if row.flow == SAFETY.name:
        return actor.work.now - row.touched_at < FORGOTTEN
    codes = _mine(actor, await my_cases(actor))["mine"]
    return not row.case_id and bool(read_code(incoming.text) or choose(incoming.text, codes))


async def addressed(actor: Actor, row: TalkRow) -> Case | None:
    """The report that words are for: the one chosen, else the newest; then the form has done its work."""
    await actor.work.talks.delete(row.id)
    if row.case_id:
        return await actor.work.cases.get(row.case_id)
    return newest_open(await my_cases(actor))


async def answer(actor: Actor, row: TalkRow, said: Said) -> None:
    """The next answer of one of these forms."""
    running = [case for case in await my_cases(actor) if case.status is not Status.CLOSED]
    if row.flow == WRITE.name and (code := read_code(said.text)):
        said = Said("option", option=code)  # typed as people type codes
    step = carry_on(actor, row, said, _mine(actor, running))
    answers: dict[str, Any] = step.row.answers["answers"]
    words = about_traces(actor, answers, row.answers["answers"])
    if step.turn.finished:
        await actor.work.talks.delete(row.id)
        await _safety_known(actor, answers, words)
        return
    picked = next((case for case in running if _code(actor, case) == answers.get("which")), None)
    words += [] if step.turn.understood else [actor.words("relay.choose")]
    await _ask(actor, step, picked.id if picked is not None else "", words)


async def _safety_known(actor: Actor, answers: dict[str, Any], before: list[str]) -> None:
    """From now on; what was understood is said. Nothing waits to ring: it was all shown before."""
    assert actor.voice is not None
    contact = actor.voice.contact
    await learn(actor.work, contact, {"child": answers.get("child")}, answers)
    known = learned(contact.safety or Safety(), answers)
    words = "\n\n".join([*before, safe_hours(actor, known)])
    report = await open_talk(actor)
    cases = await my_cases(actor)
    if report is not None:
        await repeat_question(actor, report, [words])
    elif (case := newest_open(cases)) is not None:
        await menu(actor, case, words)
    else:
        await actor.say(words)


async def refused(actor: Actor, incoming: Incoming) -> bool:
    """An answer to a message of a report that is not theirs any more goes nowhere, and they hear so."""
    if not await sent_back(actor, incoming):
        return False
    await actor.say(actor.words("relay.reply_refused"))
    return True


async def sent_back(actor: Actor, incoming: Incoming) -> bool:
    """Whether it answers a message of a report that is not theirs any more.

    A cry for help is never sent back: it is taken as what it is.
    """
    about, case = await replied_to(actor, incoming)
    danger = danger_words(incoming.text, actor.kit.places().areas.folded)
    return bool(about) and case is None and not danger


async def replied_to(actor: Actor, incoming: Incoming) -> tuple[str, Case | None]:
    """(the id of the case whose message is answered, that case if it is theirs)."""
    assert actor.voice is not None
    if not incoming.about:
        return "", None
    found = await actor.work.outbox.cases_of(actor.voice.contact.id, incoming.about)
    case_id = actor.voice.now_in(found[0]) if found else ""
    cases = await my_cases(actor) if case_id else []
    return case_id, next((case for case in cases if case.id == case_id), None)


async def acknowledge(actor: Actor, case: Case, words: str) -> None:
    """Said after words were taken; the question that was open meanwhile comes again."""
    row = await open_talk(actor)
    if row is not None and row.flow not in FOLLOW_UPS:
        await repeat_question(actor, row, [words])
        return
    running = [one for one in await my_cases(actor) if one.status is not Status.CLOSED]
    if len(running) > 1 and case.id == running[0].id:  # where words without a choice go
        words = f"{words} {reporter_words(actor, case, 'relay.other_reports')}"
    await menu(actor, case, words)
