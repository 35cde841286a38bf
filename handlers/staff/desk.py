"""The officer's side of the chat: the list, the card, the buttons, the short forms of acts."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from cases.access import ACTS_OF_PART, View, hidden_from, visits_of
from cases.allowed import allowed
from cases.codes import read_code
from cases.errors import Conflict, Refused
from cases.incident_types import KINDS
from cases.lifecycle import TABLE, Act
from cases.model import Case, Level, Role
from cases.triage import ORDER
from cases.typed.first_words import Word
from handlers.access import case_for, case_to_act, part_for
from handlers.actions.absence import back_early
from handlers.actions.duty import take
from handlers.actions.sign_in import give_link
from handlers.actions.work_case import work_case
from handlers.actor import Actor
from handlers.alarms.conflict import to_let_in, whom
from handlers.casework.acts.handovers import commune_list
from handlers.casework.acts.referrals import referral_lists
from handlers.casework.acts.visits import collaborator_list
from handlers.casework.cards import MORE, PAPERS, show, turn_page
from handlers.casework.explained import before_deciding, lists_of, outcome, told_of
from handlers.casework.plan_view import before_plan, plan_lists
from handlers.casework.relay import how_it_goes, reporter_list
from handlers.flows.act_forms import ACT_FORMS, KEPT, LEVELS, MEASURES, form_of
from handlers.flows.paper_forms import PAPER_FORMS
from handlers.flows.staff_forms import STAFF_FORMS
from handlers.links import pages_address
from handlers.staff.finding import find
from handlers.staff.forms import on_staff_form, open_find_form, open_invite_form
from handlers.staff.home import ask_off, staff_home
from handlers.staff.letters import before_writing, noted, offer_to_send, only_one
from handlers.staff.links import show_link
from handlers.staff.papers import on_paper_form, open_papers, papers_of_case
from handlers.staff.presses import nobody_to_pick, outrun, refusal, why_not
from handlers.staff.unfinished import (
    AFRESH,
    act_of,
    ask_whether,
    go_on,
    of_offer,
    offer_to_go_on,
    put_by,
    waiting,
)
from handlers.staff.worklists import show_list
from handlers.talk.flow import Flow
from handlers.talk.model import Said
from handlers.talks import Lists, Step, ask, carry_on, close_forms, current, start
from notifications.notices import READ
from storage.records.offers import Offer
from storage.records.talks import TalkRow

TAKES = (Act.ACKNOWLEDGE, Act.ACCEPT_VISIT, Act.ACCEPT_HANDOVER)  # the card says it


async def command(actor: Actor, word: Word) -> None:
    """/viec, /vu CODE, /tim TEXT, /truc, /nghi, /moi, /web."""
    assert actor.person is not None
    if word.name == "work":
        await show_list(actor)
    elif word.name == "case":
        code = read_code(word.rest)
        case, _ = await part_for(actor.work, actor.person, code or "-", reading=True)
        await show(actor, case)
    elif word.name == "find":
        await (find(actor, word.rest) if word.rest else open_find_form(actor))
    elif word.name == "papers":
        await papers_of_case(actor, word.rest)
    elif word.name == "duty":
        await back_early(actor)
        await take(actor)
    elif word.name == "off":
        await ask_off(actor)
    elif word.name == "invite_staff":
        await open_invite_form(actor)
    elif word.name == "web":
        await give_link(actor)
    else:
        await staff_home(actor)


async def on_card(actor: Actor, offer: Offer, option: str) -> None:
    """A press on a notice or a card. Stale: the current card, and who was faster."""
    assert actor.person is not None
    if await _over(actor, offer.case_id, option):
        await actor.say(actor.words("work.visit_over"))
        return
    await put_by(actor, offer.case_id)
    if option == MORE:
        case, _ = await part_for(actor.work, actor.person, offer.case_id)
        await turn_page(actor, case, offer)
        return
    if option == READ:
        case, _ = await part_for(actor.work, actor.person, offer.case_id, reading=True)
        await show(actor, case)
    elif option == PAPERS:
        case = await case_for(actor.work, actor.person, offer.case_id, reading=True)
        await open_papers(actor, case)
    else:
        await _press(actor, offer, Act(option))
    await offer_to_go_on(actor)


async def _press(actor: Actor, offer: Offer, act: Act) -> None:
    assert actor.person is not None
    case = await case_to_act(actor.work, actor.person, offer.case_id, act)
    if not await _refused(actor, offer, case, act):
        await _begin(actor, case, act)


async def _begin(actor: Actor, case: Case, act: Act) -> None:
    """What it asks first; without a question it is done. A form left half way is not begun anew."""
    assert actor.person is not None
    form = form_of(act, actor.person)
    if form is None:
        await _do(actor, case, act, {})
    elif (row := await waiting(actor, case, form.name)) is not None:
        await ask_whether(actor, case, row)
    else:
        await _open_form(actor, case, act, form)


async def _over(actor: Actor, case_id: str, option: str) -> bool:
    """A button of a visit that was theirs and is over: they hear that, and nothing of the case."""
    person = actor.person
    assert person is not None
    if person.role is not Role.COLLABORATOR or option not in (READ, *ACTS_OF_PART[View.VISIT]):
        return False
    case = await actor.work.cases.get(case_id)
    mine = [one for one in case.beside if one.person == person.id] if case is not None else []
    return case is not None and bool(mine) and not visits_of(case, person)


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
    await _begin(actor, case, act_of(row))


async def _refused(actor: Actor, offer: Offer, case: Case, act: Act) -> bool:
    """Whether the press came too late or is not theirs; they are told, with what is true now."""
    assert actor.person is not None
    why = refusal(actor.person, case, act, offer.rev)
    if why is None:
        return False
    await actor.say(why_not(actor, why))
    await actor.work.audit.write(actor.person.id, "refused", case.id, {"act": act.value})
    await show(actor, case)
    return True


async def _open_form(
    actor: Actor, case: Case, act: Act, form: Flow, known: Mapping[str, Any] = MappingProxyType({})
) -> None:
    """`known`: what was told already and is not asked again."""
    told = told_of(case, act)
    notes = {"case_id": case.id, "act": act.value, "rev": case.rev, "told": told}
    lists = await pick_lists(actor, case)
    if why := nobody_to_pick(act, form, lists):
        raise why
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
    step = carry_on(actor, row, said, lists)
    if not step.turn.finished:
        assert step.turn.asking is not None
        words += await _remarks(actor, case, step)
        await ask(actor, step.row, step.turn.asking, words)
        return
    await actor.work.talks.delete(row.id)
    notes: dict[str, Any] = step.row.answers["notes"]
    told = step.row.answers["answers"]
    form = {ask.id: told[ask.id] for ask in step.flow.asks if ask.id in told}
    await _do(actor, case, Act(notes["act"]), form)
    await offer_to_go_on(actor)


def _abreast(row: TalkRow, case: Case) -> bool:
    """A form that outlives a change of its case goes on with it; True = the case had changed."""
    notes: dict[str, Any] = row.answers["notes"]
    changed = bool(notes["rev"] != case.rev and row.flow in KEPT)
    notes["rev"] = case.rev if changed else notes["rev"]
    return changed


async def ask_again(actor: Actor, row: TalkRow, words: str) -> bool:
    """The open question of an act's form, below what is said first. False = it is no such form."""
    assert actor.person is not None
    if row.flow in STAFF_FORMS:
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
    await actor.say(actor.words("error.changed"))
    await show(actor, case)
    return True


async def note_by_reply(actor: Actor, case_id: str, text: str) -> None:
    """What somebody wrote as an answer to a notice of this case: a note, and they are told so.

    It may have been meant for the reporter: one press sends it.
    """
    assert actor.person is not None
    case = await case_for(actor.work, actor.person, case_id)
    try:
        after = await work_case(actor, case, Act.NOTE, {"what": "other", "text": text})
    except (Conflict, Refused) as no:
        await actor.say(why_not(actor, no))
        await show(actor, case)
        return
    await offer_to_send(actor, after)


async def send_note(actor: Actor, offer: Offer) -> None:
    """The note was meant for the reporter: it is sent as it stands, once it is clear to whom."""
    assert actor.person is not None
    case = await case_for(actor.work, actor.person, offer.case_id)
    if why := allowed(Act.ASK_REPORTER, case, actor.person):
        await actor.say(actor.words(why))
        await show(actor, case)
        return
    text, people = await noted(actor, case, offer.message), await reporter_list(actor, case)
    if len(people) == 1 and text:
        await _do(actor, case, Act.ASK_REPORTER, {"reporter": people[0][0], "text": text})
        return
    form, known = ACT_FORMS[Act.ASK_REPORTER], {"text": text} if text else {}
    await _open_form(actor, case, Act.ASK_REPORTER, form, known)


async def _do(actor: Actor, case: Case, act: Act, form: dict[str, Any]) -> None:
    try:
        after = await work_case(actor, case, act, form)
    except (Conflict, Refused) as no:
        await actor.say(why_not(actor, no))
        await show(actor, case)
        return
    if act is Act.ASK_REPORTER:
        key = "relay.sent"
        await actor.say(await how_it_goes(actor, after, str(form["reporter"]), key))
        return
    await _answer(actor, after, act, outcome(actor, after, act, form))


async def _answer(actor: Actor, case: Case, act: Act, came_to: list[str]) -> None:
    """What was done is said; the card follows where the person may still see it."""
    assert actor.person is not None
    assert actor.voice is not None
    if act is Act.UNDO:
        await actor.say(actor.words("work.undone", code=case.code))
    elif act not in TAKES:
        words = [actor.words("work.done", code=case.code), *came_to]
        words += [actor.words("work.undo")] * TABLE[act].undoable
        await actor.say(" ".join(words))
    cards = await actor.work.offers.cards(case.id)
    looking = any(card.contact_id == actor.voice.contact.id for card in cards)
    if act is Act.REFER:
        await show_link(actor, case)
    if act in TAKES and not looking:
        await show(actor, (await part_for(actor.work, actor.person, case.id, reading=True))[0])


async def pick_lists(actor: Actor, case: Case) -> Lists:
    """What the pick-lists of a form hold: colleagues, kinds, communes."""
    staff = await actor.work.people.staff(case.commune)
    excluded = await actor.work.cases.exclusions(case.id)
    people = tuple(
        (one.id, one.name or actor.words(f"role.{one.role}"))
        for one in staff
        if one.commune == case.commune
        and one.role in (Role.OFFICER, Role.DEPUTY, Role.LEADER)
        and one.id not in excluded
        and not hidden_from(case, one)
    )
    kinds = tuple((code, actor.words(f"kind.{code}")) for code in KINDS)
    served = {one.commune for one in await actor.work.people.everybody() if one.active}
    communes = tuple(
        (code, name) for code, name in actor.kit.places().areas.communes.items() if code in served
    )
    levels = [(one.value, actor.words(f"act_raise.level.{one}")) for one in LEVELS]
    now = ORDER.index(case.level)
    assert actor.person is not None
    return {
        **lists_of(actor, case),
        "whom": await whom(actor, case, actor.person),
        "shut_out": await to_let_in(actor, case, actor.person),
        "people": people, "kinds": kinds, "communes": communes,
        "reporters": await reporter_list(actor, case),
        "higher": tuple(row for row in levels if ORDER.index(Level(row[0])) > now),
        "lower": tuple(row for row in levels if ORDER.index(Level(row[0])) < now),
        "collaborators": await collaborator_list(actor, case),
        "other_communes": await commune_list(actor, case),
        **await referral_lists(actor, case, links=bool(pages_address(actor.kit))),
        "measures": tuple((one, actor.words(f"act_measure.measure.{one}")) for one in MEASURES),
        **plan_lists(actor, case, people),
    }  # fmt: skip
