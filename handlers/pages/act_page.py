"""An act done on a page: the chat's own act, with the revision the page showed, once per submission."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from cases.access import View
from cases.codes import digest
from cases.errors import Conflict, Refused
from cases.lifecycle import Act
from cases.model import Case, Person
from cases.records import records
from handlers.access import case_for, case_to_act, log_reading, open_to, view_for
from handlers.actions.work_case import work_case
from handlers.actor import Actor
from handlers.casework.acts.done import Raced
from handlers.casework.explained import before_a_form, told_of
from handlers.casework.plan_view import before_plan, filled_before, quotes_file
from handlers.casework.relay import how_it_goes, reporter_list
from handlers.flows.act_forms import form_of
from handlers.pages.act_form import WORDS, ActForm, Field
from handlers.pages.case_sheet import Button, button
from handlers.staff.picks import pick_lists
from handlers.staff.presses import log_refusal, nobody_to_pick, outrun, refusal
from storage.ledgers.inbox import Received

CHANNEL = "desk"


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a page sent: which act on which case, as it was seen, and what stood in the fields.

    `submission` was made with the page: however often the button is pressed, the act is done once.
    """

    code: str
    act: str
    rev: int
    submission: str
    given: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """The questions of one act, for a page."""

    case: Case
    button: Button
    level: str
    status: str
    fields: list[Field]
    before: list[str]  # what is to be known before anything is written


@dataclass(frozen=True, slots=True)
class Done:
    """The act was done, or had been by the same submission. `visible`: its doer may see the case yet."""

    received: Received
    again: bool
    visible: bool


class NotFilled(Exception):
    """Something in the form is wrong: nothing was done, and what was written is still in it.

    `strange`: it asked for what was not to be chosen, a person of elsewhere or a level that is none.
    """

    def __init__(self, form: Form, *, strange: bool) -> None:
        super().__init__(form.button.act)
        self.form, self.strange = form, strange


async def open_form(actor: Actor, pressed: Pressed) -> Form:
    """The form of an act this person may do now. Raises Refused: not theirs, not now, not there."""
    case, act = await _found(actor, pressed)
    if why := refusal(_doer(actor), case, act, pressed.rev):
        raise why
    questions = await _questions(actor, case, act)
    if questions is None:
        raise Refused("error.not_now")
    known = await _known(actor, case, act)
    return await _form(actor, case, act, questions.fields({**known, **pressed.given}, {}))


async def act_on_page(actor: Actor, pressed: Pressed) -> Done:
    """Do it. Raises Refused or NotFilled: roll back, nothing was done.

    It leaves a row among what came in, in the same commit: a journal can tell it again.
    """
    received = _received(_doer(actor), pressed)
    (new,) = await actor.work.inbox.accept([received], state="done")
    if new is None:
        return Done(received, again=True, visible=await _visible(actor, pressed.code))
    actor.work.follows("turn", new)
    try:
        await _do(actor, pressed)
    except Raced as raced:
        raise Conflict("error.changed") from raced
    return Done(received, again=False, visible=await _visible(actor, pressed.code))


async def act_again(actor: Actor, raw: bytes) -> None:
    """An act that only the journal knew: done now if it still may be, as for any late press."""
    try:
        told = json.loads(raw)
        who, pressed = told["person"], Pressed(**told["pressed"])
    except (ValueError, KeyError, TypeError):
        return  # a note about the command line, not an act
    person = await actor.work.people.get(who)
    if person is None or not person.active:
        return
    doer = replace(actor, person=person, name=person.id)
    try:
        await _do(doer, pressed)
    except (Refused, NotFilled):
        await log_refusal(doer, "", pressed.act)


async def _do(actor: Actor, pressed: Pressed) -> None:
    case, act = await _found(actor, pressed)
    questions = await _questions(actor, case, act)
    if questions is not None and outrun(case, act, pressed.rev):
        raise Conflict("error.changed")
    if why := refusal(_doer(actor), case, act, pressed.rev):
        raise why
    answers: Mapping[str, Any] = {}
    if questions is not None:
        filled = questions.fill(pressed.given)
        if filled.wrong:
            fields = questions.fields(pressed.given, filled.wrong)
            form = await _form(actor, case, act, fields)
            raise NotFilled(form, strange=filled.strange)
        answers = filled.answers
    await work_case(actor, case, act, answers)


async def _found(actor: Actor, pressed: Pressed) -> tuple[Case, Act]:
    """The case, through the gate, and the act. Raises Refused."""
    if pressed.act not in set(Act):
        await case_for(actor.work, _doer(actor), pressed.code)
        raise Refused("error.not_now")
    act = Act(pressed.act)
    return await case_to_act(actor.work, _doer(actor), pressed.code, act), act


def _doer(actor: Actor) -> Person:
    assert actor.person is not None
    return actor.person


async def _questions(actor: Actor, case: Case, act: Act) -> ActForm | None:
    """Raises Refused where there is nobody to choose."""
    flow = form_of(act, _doer(actor))
    if flow is None:
        return None
    lists = await pick_lists(actor, case)
    if why := nobody_to_pick(act, flow, lists):
        raise why
    return ActForm(actor, flow, lists, told_of(case, act))


async def _form(actor: Actor, case: Case, act: Act, fields: list[Field]) -> Form:
    whole = await open_to(actor.work, _doer(actor), case)
    level = actor.words(f"level.{case.level}")
    status = actor.words(f"state.{case.status}") if whole else ""
    return Form(case, button(actor, act), level, status, fields, await _outlook(actor, case, act))


async def _known(actor: Actor, case: Case, act: Act) -> Mapping[str, str]:
    """Where there is one reporter, or one referral, nobody is asked which; a plan that came back is there."""
    if act is Act.SUBMIT:
        told = filled_before(case, act)
        return {**told, **{name + WORDS: value for name, value in told.items()}}
    people = await reporter_list(actor, case) if act is Act.ASK_REPORTER else ()
    if len(people) == 1:
        return {"reporter": people[0][0]}
    sent = records(case, "referral", "sent") if act is Act.REFER_RECEIVED else ()
    return {"record": str(sent[0].no)} if len(sent) == 1 else {}


async def _outlook(actor: Actor, case: Case, act: Act) -> list[str]:
    """Said before anything is written: of a letter, when it will be seen; what a decision is about."""
    if quotes_file(case, act):
        await log_reading(actor.work, _doer(actor), case)
    people = await reporter_list(actor, case) if act is Act.ASK_REPORTER else ()
    found = [*before_a_form(actor, case, act), *before_plan(actor, case, act)]
    for thread, name in people:
        words = await how_it_goes(actor, case, thread, "relay.outlook")
        if words and len(people) > 1:
            words = actor.words("staff.about", who=name, words=words)
        found += [words] * bool(words)
    return found


async def _visible(actor: Actor, code: str) -> bool:
    case = await actor.work.cases.by_code(code)
    if case is None:
        return False
    return await view_for(actor.work, _doer(actor), case) is not View.NONE


def _received(person: Person, pressed: Pressed) -> Received:
    """One submission with the same words is one row; with other words it is another act."""
    raw = json.dumps({"person": person.id, "pressed": asdict(pressed)}, ensure_ascii=False)
    name = digest(raw)
    return Received(CHANNEL, "site", name, f"{CHANNEL}:site:{name}", raw.encode())
