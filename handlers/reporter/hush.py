"""The code word: "not safe" without saying it. From then on the chat looks harmless to whoever reads it."""

from dataclasses import replace

from cases.codes import read_access_code
from cases.messages import Incoming
from cases.model import Case, Status
from cases.safe_contact import Safety
from cases.typed.code_word import code_word
from cases.typed.first_words import global_word
from handlers.actions.add_to_report import add_words, keep_words, not_safe
from handlers.actor import Actor
from handlers.casework.opening import submit_report
from handlers.casework.relay import take_back
from handlers.flows import FLOWS
from handlers.flows.report import REPORT
from handlers.reporter.reporting import same_again
from handlers.talk.model import Talk
from handlers.talks import open_talk
from storage.records.talks import TalkRow

_ASKS_FOR_IT = ("sos", "report", "start", "exit")  # in plain words the whole chat, or its end


def is_hushed(actor: Actor) -> bool:
    """Whether the code word came here: the chat looks harmless, whatever makes it speak."""
    safety = actor.voice.contact.safety if actor.voice is not None else None
    return safety is not None and safety.unsafe


async def hushed(actor: Actor, incoming: Incoming) -> bool:
    """Whether only the neutral line was said: the code word came, or had come before.

    Looked at before everything else, so that nothing that waits is ever shown after it.
    """
    assert actor.voice is not None
    safety = actor.voice.contact.safety
    if safety is None or incoming.kind == "signal":
        return False
    if await _said_it(actor, safety, incoming):
        await _not_safe(actor, safety)
    elif not safety.unsafe:
        return False
    elif await _asks_for_it(actor, incoming):
        calm = safety.calm()
        await actor.work.safety.put(actor.voice.contact.id, calm)
        actor.voice.contact = replace(actor.voice.contact, safety=calm)
        return False
    else:
        await _keep(actor, incoming)
    await actor.say(actor.words("relay.hushed"))
    return True


async def _said_it(actor: Actor, safety: Safety, incoming: Incoming) -> bool:
    """The word alone, however it is typed; not where a word is just being chosen."""
    word = code_word(incoming.text) if incoming.kind == "text" and safety.word else ""
    if not word or not actor.kit.store.is_mark(safety.word, "word", word):
        return False
    row = await open_talk(actor)
    asked = FLOWS[row.flow].next(row.answers["answers"]) if row is not None else None
    return asked is None or asked.id != "code_word"


async def _asks_for_it(actor: Actor, incoming: Incoming) -> bool:
    """A wrong secret code asks for nothing, and is counted like any other."""
    assert actor.voice is not None
    word = global_word(incoming.text) if incoming.kind == "text" else None
    if (
        incoming.kind == "start"
        or incoming.option == "exit"
        or (word is not None and word.name in _ASKS_FOR_IT)
    ):
        return True
    code = read_access_code(incoming.text)
    right = code is not None and await actor.work.cases.by_access(code) is not None
    if code is not None and not right:
        await actor.work.audit.write(actor.voice.contact.id, "access_refused")
    return right


async def _not_safe(actor: Actor, safety: Safety) -> None:
    """The talk ends where it is, nothing that waits goes out, and somebody is called at once."""
    assert actor.voice is not None
    contact_id, told = actor.voice.contact.id, False
    await actor.work.safety.put(contact_id, replace(safety, unsafe=True))
    await take_back(actor)
    cases = await _cases_ever(actor)
    for row in await actor.work.talks.of_contact(contact_id):
        if row.flow == REPORT.name and not row.case_id:
            await submit_report(actor, _in_danger(actor, row, cases), silent=True)
            told = True
        await actor.work.timers.stop(f"talk:{row.id}")
        await actor.work.talks.delete(row.id)
    if told:
        return
    case = next((one for one in cases if one.status is not Status.CLOSED), None)
    if case is not None:
        await not_safe(actor, case)
    else:
        await submit_report(actor, _anew(actor, cases), silent=True)


def _in_danger(actor: Actor, row: TalkRow, cases: list[Case]) -> TalkRow:
    """What was told so far, as the report of somebody in danger; where, if that was not told, as before."""
    assert actor.voice is not None
    answers = {**row.answers["answers"], "unsafe": actor.voice.row}
    where = {"commune": cases[0].commune} if cases else {}
    notes = {**where, **row.answers["notes"]}
    return replace(row, answers={**row.answers, "answers": answers, "notes": notes})


def _anew(actor: Actor, cases: list[Case]) -> TalkRow:
    """Nothing of theirs is open any more: a new report, where the last one was."""
    voice = actor.voice
    assert voice is not None
    notes = same_again(cases[0]) if cases else {}
    child = {"child": True} if notes.get("child") else {}
    talk = Talk(REPORT.name, {**child, "unsafe": voice.row}, (), notes)
    return TalkRow(
        actor.work.new_id(), voice.contact.id, REPORT.name, REPORT.fingerprint, "", "", 0,
        voice.heard_at, actor.work.now, talk.json(),
    )  # fmt: skip


async def _keep(actor: Actor, incoming: Incoming) -> None:
    """Whatever is written now joins their case, and whoever has it hears so; nothing shows here."""
    cases = await _cases_ever(actor)
    case = next((one for one in cases if one.status is not Status.CLOSED), None)
    told = incoming.text or incoming.media or incoming.phone or incoming.lat is not None
    if not told or read_access_code(incoming.text):  # a secret code is no word for staff
        return
    if case is not None:
        await add_words(actor, case, incoming)
    elif cases:
        await keep_words(actor, cases[0], incoming)


async def _cases_ever(actor: Actor) -> list[Case]:
    """The cases of this address, the newest first; a quick exit does not hide them from us."""
    assert actor.voice is not None
    found = [
        await actor.work.cases.get(one)
        for one in await actor.work.threads.ever(actor.voice.contact.id)
    ]
    return [one for one in found if one is not None]
