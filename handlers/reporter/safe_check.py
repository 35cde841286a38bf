"""A week after closing: whether the child is safe. "No" opens the case again, one level up."""

from cases.messages import Incoming
from cases.model import Case, Status
from handlers.actions.add_to_report import add_words
from handlers.actions.work_case import reopen_by_answer
from handlers.actor import Actor
from handlers.casework.cards import refresh
from handlers.casework.relay import SAFE
from handlers.reporter.follow_up import my_cases
from handlers.reporter.menu import follow
from handlers.reporter.reporting import menu, reporter_words

NO = "safe_no"


async def safe_answer(actor: Actor, case_id: str, answer: str) -> None:
    """Every answer is kept; a later "no" counts as much as the first."""
    case = next((one for one in await my_cases(actor) if one.id == case_id), None)
    if case is None:
        await follow(actor)
        return
    await _keep(actor, case, answer)
    if answer == NO and case.status is Status.CLOSED:
        await reopen_by_answer(actor, case)
    elif answer == NO:
        await _to_staff(actor, case)
    else:
        await refresh(actor, case)
    words = reporter_words(actor, case, f"relay.heard_{answer}")
    await menu(actor, await actor.work.cases.get(case.id) or case, words)


async def _keep(actor: Actor, case: Case, answer: str) -> None:
    assert actor.voice is not None
    body = {"form": {"answer": answer}, "role": "reporter"}
    key = f"{case.id}:{SAFE}:{actor.voice.row}"
    await actor.work.cases.add_event(case.id, key, SAFE, "reporter", body)


async def _to_staff(actor: Actor, case: Case) -> None:
    """It is open again already: whoever has it hears what was answered."""
    assert actor.voice is not None
    voice = actor.voice
    text = actor.words(f"relay.{NO}")
    said = Incoming("", "", "", "", "", voice.heard_at, "text", text=text)
    await add_words(actor, case, said)
