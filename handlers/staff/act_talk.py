"""The form of an act, one question a message: opened, gone on with, left, and done when it is complete."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from cases.allowed import allowed
from cases.errors import Conflict, Refused
from cases.lifecycle import Act
from cases.model import Case
from cases.typed.fold import fold
from handlers.access import case_for, case_to_act, log_reading
from handlers.actor import Actor
from handlers.casework.cards import show
from handlers.casework.explained import before_deciding, told_of
from handlers.casework.plan_view import before_plan, filled_before, former_words, quotes_file
from handlers.flows import FLOWS
from handlers.flows.act_forms import KEPT, form_of
from handlers.flows.paper_forms import PAPER_FORMS
from handlers.flows.staff_forms import STAFF_FORMS
from handlers.staff.doing import do
from handlers.staff.forms import on_staff_form
from handlers.staff.letters import before_writing, only_one
from handlers.staff.papers import on_paper_form
from handlers.staff.picks import pick_lists
from handlers.staff.presses import log_refusal, nobody_to_pick, outrun, refusal, refuse
from handlers.staff.unfinished import (
    AFRESH,
    act_of,
    ask_whether,
    go_on,
    interrupted,
    of_offer,
    offer_to_go_on,
    waiting,
)
from handlers.talk.answers import Choice, Pick
from handlers.talk.flow import Flow
from handlers.talk.model import Said
from handlers.talks import KEEP, Step, ask, carry_on, close_forms, current, start
from storage.records.offers import Offer
from storage.records.talks import TalkRow


async def begin(actor: Actor, case: Case, act: Act) -> None:
    """What it asks first; without a question it is done. A form left half way is not begun anew."""
    assert actor.person is not None
    form = form_of(act, actor.person)
    if form is None:
        await do(actor, case, act, {})
        return
    await interrupted(actor, case, form.name)
    if (row := await waiting(actor, case, form.name)) is not None:
        await ask_whether(actor, case, row)
    else:
        await open_form(actor, case, act, form)


async def open_form(
    actor: Actor, case: Case, act: Act, form: Flow, known: Mapping[str, Any] = MappingProxyType({})
) -> None:
    """`known`: what was told already and is not asked again."""
    lists = await pick_lists(actor, case)
    notes = {
        "case_id": case.id, "act": act.value, "rev": case.rev, "told": told_of(case, act),
        "former": former_words(actor, case, act, lists),
    }  # fmt: skip
    if why := nobody_to_pick(act, form, lists):
        await log_refusal(actor, case.id, act.value)
        raise why
    if quotes_file(case, act):
        assert actor.person is not None
        await log_reading(actor.work, actor.person, case)
    step = await start(actor, form, None, notes, lists)
    step.row.answers["answers"] |= known
    if act in (Act.ASK_REPORTER, Act.REFER_RECEIVED):
        step = only_one(actor, step, lists)
    assert step.turn.asking is not None
    await close_forms(actor)
    words = [*await _remarks(actor, case, step), *before_plan(actor, case, act)]
    await ask(actor, replace(step.row, case_id=case.id), step.turn.asking, words)


async def _remarks(actor: Actor, case: Case, step: Step) -> list[str]:
    """What is said before the question that comes now."""
    if step.turn.understood:
        return [*await before_writing(actor, case, step), *before_deciding(actor, case, step)]
    asking = step.turn.asking
    again = f"{asking.text}.again" if asking is not None else ""
    known = actor.kit.catalog.has(actor.lang, again)
    return [actor.words(step.turn.why or (again if known else "work.not_understood"))]


async def on_form(actor: Actor, row: TalkRow, said: Said | None) -> None:
    """The next answer of an act's form; when it is complete the act is done."""
    assert actor.person is not None
    if row.flow in STAFF_FORMS:
        await on_staff_form(actor, row, said)
        return
    if row.flow in PAPER_FORMS:
        await on_paper_form(actor, row, said)
        return
    try:
        act = Act(row.answers["notes"]["act"])
        case = await case_to_act(actor.work, actor.person, row.case_id, act)
    except Refused:
        await actor.work.talks.delete(row.id)  # a form of a case they may not see any more
        raise
    if said is None:
        asking = current(actor, row, await pick_lists(actor, case))
        if asking is not None:
            await ask(actor, row, asking, [actor.words("error.old_button")])
        return
    if await _outrun(actor, row, case):
        await offer_to_go_on(actor)
        return
    await _on_answer(actor, row, case, said)


async def _on_answer(actor: Actor, row: TalkRow, case: Case, said: Said) -> None:
    """On to the next question, or the act itself."""
    lists = await pick_lists(actor, case)
    words = [actor.words("unfinished.changed")] * _abreast(row, case)
    step = carry_on(actor, row, _as_it_was(actor, row, case, said), lists)
    if not step.turn.finished:
        assert step.turn.asking is not None
        words += await _remarks(actor, case, step)
        await ask(actor, step.row, step.turn.asking, words)
        return
    await actor.work.talks.delete(row.id)
    notes: dict[str, Any] = step.row.answers["notes"]
    told = step.row.answers["answers"]
    form = {ask.id: told[ask.id] for ask in step.flow.asks if ask.id in told}
    await do(actor, case, Act(notes["act"]), form)
    await offer_to_go_on(actor)


def _as_it_was(actor: Actor, row: TalkRow, case: Case, said: Said) -> Said:
    """*Giữ như cũ* says again what the paper that came back says; whether it still can be is asked anew."""
    typed = said.kind == "text" and fold(said.text) == fold(actor.words(f"standing.{KEEP}"))
    if not typed and said.option != KEEP:
        return said
    one = FLOWS[row.flow].next(row.answers["answers"])
    value = filled_before(case, act_of(row)).get(one.id) if one is not None else None
    if one is None or value is None:
        return said
    chosen = isinstance(one.answer, Choice | Pick)
    return Said("option", option=value) if chosen else Said("text", text=value)


def _abreast(row: TalkRow, case: Case) -> bool:
    """A form that outlives a change of its case goes on with it; True = the case had changed."""
    notes: dict[str, Any] = row.answers["notes"]
    changed = bool(notes["rev"] != case.rev and row.flow in KEPT)
    notes["rev"] = case.rev if changed else notes["rev"]
    return changed


async def ask_again(actor: Actor, row: TalkRow, words: str) -> bool:
    """The open question of an act's form, below what is said first. False = it is no such form."""
    assert actor.person is not None
    if "act" not in row.answers["notes"]:
        return False
    act = Act(row.answers["notes"]["act"])
    case = await case_to_act(actor.work, actor.person, row.case_id, act)
    asking = current(actor, row, await pick_lists(actor, case))
    if asking is not None:
        await ask(actor, row, asking, [words])
    return asking is not None


async def _outrun(actor: Actor, row: TalkRow, case: Case) -> bool:
    """Whether the case changed while its form was being filled: what was meant may be wrong now."""
    assert actor.person is not None
    notes: dict[str, Any] = row.answers["notes"]
    act = Act(notes["act"])
    if not outrun(case, act, notes["rev"]):
        return False
    # What an official form tells of the child is true whatever became of the case.
    if row.flow in KEPT and not allowed(act, case, actor.person):
        return False
    await actor.work.talks.delete(row.id)
    await refuse(actor, case, act, Conflict("error.changed"))
    return True


async def on_unfinished(actor: Actor, offer: Offer, option: str) -> None:
    """The form that was left half way: on from where it was, or from the beginning."""
    assert actor.person is not None
    case = await case_for(actor.work, actor.person, offer.case_id)
    row = await of_offer(actor, offer)
    if row is None:
        await actor.say(actor.words("unfinished.gone"))
        await show(actor, case)
        return
    if option != AFRESH:
        await go_on(actor, row, await pick_lists(actor, case))
        return
    await actor.work.talks.delete(row.id)
    if (why := refusal(actor.person, case, act_of(row), case.rev)) is not None:
        await refuse(actor, case, act_of(row), why)
        return
    await begin(actor, case, act_of(row))
