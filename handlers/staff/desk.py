"""The officer's side of the chat: the list, the card, the buttons, the short forms of acts."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from cases.access import ACTS_OF_PART, View, hidden_from, visits_of
from cases.codes import read_code
from cases.errors import Conflict, Refused
from cases.incident_types import KINDS
from cases.lifecycle import TABLE, Act, allowed
from cases.model import Case, Level, Role
from cases.triage import ORDER
from cases.typed.first_words import Word
from handlers.access import case_for, case_to_act, cases_for, part_for, parts_for
from handlers.actions.absence import back_early
from handlers.actions.duty import take
from handlers.actions.sign_in import give_link, pages_address
from handlers.actions.work_case import work_case
from handlers.actor import Actor
from handlers.alarms.conflict import to_let_in, whom
from handlers.casework.cards import MORE, show, turn_page
from handlers.casework.handovers import commune_list
from handlers.casework.parts import part_line
from handlers.casework.referrals import referral_lists
from handlers.casework.relay import how_it_goes, reporter_list
from handlers.casework.visits import collaborator_list
from handlers.flows.act_forms import ACT_FORMS, LEVELS, MEASURES, form_of
from handlers.flows.staff_forms import STAFF_FORMS
from handlers.roster.handing_over import offer_cases
from handlers.staff.forms import on_staff_form, open_invite_form
from handlers.staff.home import ask_off, staff_home
from handlers.staff.letters import before_writing, noted, offer_to_send, only_one
from handlers.staff.links import show_link
from handlers.staff.presses import nobody_to_pick, outrun, refusal, why_not
from handlers.talk.flow import Flow
from handlers.talk.model import Said
from handlers.talks import Lists, ask, carry_on, close_forms, current, start
from notifications.notices import READ
from storage.records.offers import Offer
from storage.records.talks import TalkRow

_LIST = 20
TAKES = (Act.ACKNOWLEDGE, Act.ACCEPT_VISIT, Act.ACCEPT_HANDOVER)  # the card says it


async def command(actor: Actor, word: Word) -> None:
    """/viec, /vu CODE, /truc, /nghi, /moi, /web."""
    assert actor.person is not None
    if word.name == "work":
        await _list(actor)
    elif word.name == "case":
        code = read_code(word.rest)
        case, _ = await part_for(actor.work, actor.person, code or "-", reading=True)
        await show(actor, case)
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


async def _list(actor: Actor) -> None:
    assert actor.person is not None
    cases = await cases_for(actor.work, actor.person)
    parts = await parts_for(actor.work, actor.person)
    if not cases and not parts:
        await actor.say(actor.words("work.none"))
        return
    lines = [actor.words("work.list", count=len(cases))] * bool(cases)
    lines += [_line(actor, case) for case in cases[:_LIST]]
    lines += [part_line(actor.kit, actor.lang, case, view) for case, view in parts[:_LIST]]
    codes = [case.code for case, _ in parts] + [case.code for case in cases]
    await offer_cases(actor, "\n".join(lines), codes)


def _line(actor: Actor, case: Case) -> str:
    assert actor.person is not None
    whose = "mine" if case.holder == actor.person.id else "other" if case.holder else "nobody"
    return actor.words(
        "work.line", code=case.code, level=actor.words(f"level.{case.level}"),
        status=actor.words(f"state.{case.status}"), holder=actor.words(f"work.{whose}"),
    )  # fmt: skip


async def on_card(actor: Actor, offer: Offer, option: str) -> None:
    """A press on a notice or a card. Stale: the current card, and who was faster."""
    assert actor.person is not None
    if await _over(actor, offer.case_id, option):
        await actor.say(actor.words("work.visit_over"))
        return
    if option in (READ, MORE):
        reading = option == READ
        case, _ = await part_for(actor.work, actor.person, offer.case_id, reading=reading)
        await (show(actor, case) if reading else turn_page(actor, case, offer))
        return
    act = Act(option)
    case = await case_to_act(actor.work, actor.person, offer.case_id, act)
    if await _refused(actor, offer, case, act):
        return
    if (form := form_of(act, actor.person)) is not None:
        await _open_form(actor, case, act, form)
        return
    await _do(actor, case, act, {})


async def _over(actor: Actor, case_id: str, option: str) -> bool:
    """A button of a visit that was theirs and is over: they hear that, and nothing of the case."""
    person = actor.person
    assert person is not None
    if person.role is not Role.COLLABORATOR or option not in (READ, *ACTS_OF_PART[View.VISIT]):
        return False
    case = await actor.work.cases.get(case_id)
    mine = [one for one in case.beside if one.person == person.id] if case is not None else []
    return case is not None and bool(mine) and not visits_of(case, person)


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
    notes = {"case_id": case.id, "act": act.value, "rev": case.rev}
    lists = await pick_lists(actor, case)
    if why := nobody_to_pick(act, form, lists):
        raise why
    step = await start(actor, form, None, notes, lists)
    step.row.answers["answers"] |= known
    if act in (Act.ASK_REPORTER, Act.REFER_RECEIVED):
        step = only_one(actor, step, lists)
    assert step.turn.asking is not None
    await close_forms(actor)
    words = await before_writing(actor, case, step)
    await ask(actor, replace(step.row, case_id=case.id), step.turn.asking, words)


async def on_form(actor: Actor, row: TalkRow, said: Said | None) -> None:
    """The next answer of an act's form; when it is complete the act is done."""
    assert actor.person is not None
    if row.flow in STAFF_FORMS:
        await on_staff_form(actor, row, said)
        return
    try:
        act = Act(row.answers["notes"]["act"])
        case = await case_to_act(actor.work, actor.person, row.case_id, act)
    except Refused:
        await actor.work.talks.delete(row.id)  # a form of a case they may not see any more
        raise
    lists = await pick_lists(actor, case)
    if said is None:
        asking = current(actor, row, lists)
        if asking is not None:
            await ask(actor, row, asking, [actor.words("error.old_button")])
        return
    if await _outrun(actor, row, case):
        return
    step = carry_on(actor, row, said, lists)
    if not step.turn.finished:
        assert step.turn.asking is not None
        words = [] if step.turn.understood else [actor.words("work.not_understood")]
        words += await before_writing(actor, case, step)
        await ask(actor, step.row, step.turn.asking, words)
        return
    await actor.work.talks.delete(row.id)
    notes: dict[str, Any] = step.row.answers["notes"]
    told = step.row.answers["answers"]
    await _do(actor, case, Act(notes["act"]), {ask.id: told[ask.id] for ask in step.flow.asks})


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
    notes: dict[str, Any] = row.answers["notes"]
    if not outrun(case, Act(notes["act"]), notes["rev"]):
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
    await _answer(actor, after, act)


async def _answer(actor: Actor, case: Case, act: Act) -> None:
    """What was done is said; the card follows where the person may still see it."""
    assert actor.person is not None
    assert actor.voice is not None
    if act is Act.UNDO:
        await actor.say(actor.words("work.undone", code=case.code))
    elif act not in TAKES:
        words = [actor.words("work.done", code=case.code)]
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
    }  # fmt: skip
