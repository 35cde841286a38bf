"""The officer's side of the chat: the list, the card, the buttons, the short forms of acts."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from cases.codes import read_code
from cases.errors import Conflict, Refused
from cases.incident_types import KINDS
from cases.lifecycle import QUIET, TABLE, Act, allowed
from cases.messages import Choice
from cases.model import Case, Level, Role
from cases.times.calendar import local
from cases.triage import ORDER
from cases.typed.first_words import Word
from handlers.access import case_for, cases_for
from handlers.actions.duty import set_duty
from handlers.actions.work_case import work_case
from handlers.actor import Actor, Voice
from handlers.cards import MORE, show, turn_page
from handlers.flows.act_forms import ACT_FORMS, LEVELS, MEASURES
from handlers.letters import before_writing, noted, offer_to_send, only_one
from handlers.relay import how_it_goes, reporter_list
from handlers.talk.model import Said
from handlers.talks import Lists, ask, carry_on, current, start
from notifications.announce import OFFER_LIFE
from notifications.notices import READ
from storage.records.offers import Offer
from storage.records.talks import TalkRow

_LIST, _BUTTONS = 20, 5


async def staff_home(actor: Actor) -> None:
    """Who one is here, and the few words one needs."""
    assert actor.person is not None
    role = actor.words(f"role.{actor.person.role}")
    await actor.say(actor.words("work.home", role=role))


async def command(actor: Actor, word: Word) -> None:
    """/viec, /vu CODE, /truc, /nghi."""
    assert actor.person is not None
    if word.name == "work":
        await _list(actor)
    elif word.name == "case":
        code = read_code(word.rest)
        case = await case_for(actor.work, actor.person, code or "-", reading=True)
        await show(actor, case)
    elif word.name in ("duty", "off"):
        await set_duty(actor, on=word.name == "duty")
    else:
        await staff_home(actor)


async def _list(actor: Actor) -> None:
    assert actor.person is not None
    cases = await cases_for(actor.work, actor.person)
    if not cases:
        await actor.say(actor.words("work.none"))
        return
    lines = [actor.words("work.list", count=len(cases))]
    lines += [_line(actor, case) for case in cases[:_LIST]]
    codes, prompt = [case.code for case in cases[:_BUTTONS]], actor.prompt()
    await actor.work.offers.put(
        Offer(prompt, _voice(actor).contact.id, "list", codes, actor.work.now + OFFER_LIFE)
    )
    buttons = tuple(Choice(code, code) for code in codes)
    await actor.say("\n".join(lines), buttons, prompt=prompt)


def _voice(actor: Actor) -> Voice:
    assert actor.voice is not None
    return actor.voice


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
    reading = option == READ
    case = await case_for(actor.work, actor.person, offer.case_id, reading=reading)
    if reading:
        await show(actor, case)
        return
    if option == MORE:
        await turn_page(actor, case, offer)
        return
    act = Act(option)
    if await _refused(actor, offer, case, act):
        return
    if act in ACT_FORMS:
        await _open_form(actor, case, act)
        return
    await _do(actor, case, act, {})


async def _refused(actor: Actor, offer: Offer, case: Case, act: Act) -> bool:
    """Whether the press came too late or is not theirs; they are told, with what is true now."""
    assert actor.person is not None
    why = "" if act is Act.UNDO else allowed(act, case, actor.person)
    if not why and (offer.rev == case.rev or act not in (Act.ACKNOWLEDGE, Act.UNDO)):
        return False
    if not why and act is Act.ACKNOWLEDGE:
        return False  # the level changed, nobody took it: the press still means what it meant
    if act is Act.ACKNOWLEDGE and case.holder and case.acked_at:
        role = actor.words(f"role.{case.acked_by_role}")
        await actor.say(actor.words("error.taken", role=role, at=f"{local(case.acked_at):%H:%M}"))
    else:
        await actor.say(actor.words(why or "error.changed"))
    await actor.work.audit.write(actor.person.id, "refused", case.id, {"act": act.value})
    await show(actor, case)
    return True


async def _open_form(
    actor: Actor, case: Case, act: Act, known: Mapping[str, Any] = MappingProxyType({})
) -> None:
    """`known`: what was told already and is not asked again."""
    notes = {"case_id": case.id, "act": act.value, "rev": case.rev}
    lists = await _lists(actor, case)
    step = await start(actor, ACT_FORMS[act], None, notes, lists)
    step.row.answers["answers"] |= known
    if act is Act.ASK_REPORTER:
        if not lists["reporters"]:
            await actor.say(actor.words("relay.nobody"))
            return
        step = only_one(actor, step, lists)
    assert step.turn.asking is not None
    await _close_others(actor)
    words = await before_writing(actor, case, step)
    await ask(actor, replace(step.row, case_id=case.id), step.turn.asking, words)


async def _close_others(actor: Actor) -> None:
    assert actor.voice is not None
    for row in await actor.work.talks.of_contact(actor.voice.contact.id):
        if row.flow != "report":
            await actor.work.talks.delete(row.id)


async def on_form(actor: Actor, row: TalkRow, said: Said | None) -> None:
    """The next answer of an act's form; when it is complete the act is done."""
    assert actor.person is not None
    try:
        case = await case_for(actor.work, actor.person, row.case_id)
    except Refused:
        await actor.work.talks.delete(row.id)  # a form of a case they may not see any more
        raise
    lists = await _lists(actor, case)
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


async def _outrun(actor: Actor, row: TalkRow, case: Case) -> bool:
    """Whether the case changed while its form was being filled: what was meant may be wrong now."""
    notes: dict[str, Any] = row.answers["notes"]
    if Act(notes["act"]) in QUIET or notes["rev"] == case.rev:
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
        await actor.say(actor.words(no.key, **no.values_))
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
    await _open_form(actor, case, Act.ASK_REPORTER, {"text": text} if text else {})


async def _do(actor: Actor, case: Case, act: Act, form: dict[str, Any]) -> None:
    try:
        after = await work_case(actor, case, act, form)
    except (Conflict, Refused) as no:
        await actor.say(actor.words(no.key, **no.values_))
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
    elif act is not Act.ACKNOWLEDGE:
        words = [actor.words("work.done", code=case.code)]
        words += [actor.words("work.undo")] * TABLE[act].undoable
        await actor.say(" ".join(words))
    cards = await actor.work.offers.cards(case.id)
    looking = any(card.contact_id == actor.voice.contact.id for card in cards)
    if act is Act.ACKNOWLEDGE and not looking:
        await show(actor, await case_for(actor.work, actor.person, case.id, reading=True))


async def _lists(actor: Actor, case: Case) -> Lists:
    """What the pick-lists of a form hold: colleagues, kinds, communes."""
    staff = await actor.work.people.staff(case.commune)
    excluded = await actor.work.cases.exclusions(case.id)
    people = tuple(
        (one.id, one.name or actor.words(f"role.{one.role}"))
        for one in staff
        if one.commune == case.commune
        and one.role in (Role.OFFICER, Role.DEPUTY, Role.LEADER)
        and one.id not in excluded
    )
    kinds = tuple((code, actor.words(f"kind.{code}")) for code in KINDS)
    served = {one.commune for one in await actor.work.people.everybody() if one.active}
    communes = tuple(
        (code, name) for code, name in actor.kit.places().areas.communes.items() if code in served
    )
    levels = [(one.value, actor.words(f"act_raise.level.{one}")) for one in LEVELS]
    now = ORDER.index(case.level)
    return {
        "people": people, "kinds": kinds, "communes": communes,
        "reporters": await reporter_list(actor, case),
        "higher": tuple(row for row in levels if ORDER.index(Level(row[0])) > now),
        "lower": tuple(row for row in levels if ORDER.index(Level(row[0])) < now),
        "measures": tuple((one, actor.words(f"act_measure.measure.{one}")) for one in MEASURES),
    }  # fmt: skip
