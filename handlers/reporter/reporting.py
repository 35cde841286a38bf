"""One turn of a report: the engine's answer becomes a case, an alert, a receipt, the next question."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cases.deadlines import ALARMING
from cases.flood import in_flood
from cases.messages import Choice, Incoming
from cases.model import Case, Level, Status, Timer
from cases.triage import triage
from handlers.access import open_to
from handlers.actions.add_to_report import join_answers
from handlers.actions.ask_person import ask_for_person
from handlers.actor import Actor
from handlers.casework.intake import is_child, teller
from handlers.casework.opening import receipt, submit_report
from handlers.casework.threads import learn
from handlers.flows.follow_up import FOLLOW_UPS
from handlers.flows.my_data import MY_DATA
from handlers.flows.report import REPORT, facts_of, mode
from handlers.reporter.phone import about_phone
from handlers.reporter.remarks import ONCE, Sentence, comfort, hello, if_child, said_in
from handlers.talk.kept import amended
from handlers.talk.model import Said
from handlers.talk.signs import in_danger
from handlers.talks import Step, ask, carry_on, close_forms, current, start
from notifications.announce import OFFER_LIFE, act_key
from notifications.notices import READ
from storage.records.offers import Offer
from storage.records.talks import TalkRow

MENU = ("write", "follow", "new", "access")
STANDING = ("write", "new", "safety", "access", "rights")  # beside how it stands


def said_of(incoming: Incoming) -> Said:
    """What the engine hears of a message."""
    kinds = {"location": "location", "media": "media", "contact": "contact", "choice": "option"}
    return Said(
        kinds.get(incoming.kind, "text"), incoming.text, incoming.option, incoming.lat,
        incoming.lon, incoming.media, incoming.phone if incoming.own else "",
        "" if incoming.own else incoming.phone,
    )  # fmt: skip


async def begin_report(
    actor: Actor, said: Said | None, notes: Mapping[str, Any], *, sos: bool = False
) -> None:
    """Any first message opens a report and is kept as its first words.

    A report whose case is open already makes room for the new one; an unfiled one goes on.
    """
    notes = await _on_behalf(actor, notes)
    row = await _open_report(actor)
    if row is not None and not row.case_id:
        await go_on(actor, row, notes)
        return
    if row is not None:
        await actor.work.timers.stop(f"talk:{row.id}")
        await actor.work.talks.delete(row.id)
    step = _knows_word(actor, await start(actor, REPORT, said, _brief(actor, notes), {}))
    if sos:
        step = carry_on(actor, step.row, Said("sos"), {})
    says = [
        *hello(actor, step, notes),
        *_hurry(step),
        *step.turn.says,
        *comfort(step, {}),
        *if_child(step),
    ]
    await _after(actor, step, {}, _sentences(actor, step, says))


def _brief(actor: Actor, notes: Mapping[str, Any]) -> Mapping[str, Any]:
    """In a flood only what brings help is asked; whoever works here tells all they know."""
    commune = str(notes.get("commune", ""))
    if actor.person is not None or not in_flood(actor.kit.policy, commune, actor.work.now):
        return notes
    return {**notes, "brief": True}


def _hurry(step: Step) -> list[Sentence]:
    answers = step.row.answers["answers"]
    return [("talk.flood", {})] if answers.get("brief") and not answers.get("child") else []


async def _on_behalf(actor: Actor, notes: Mapping[str, Any]) -> Mapping[str, Any]:
    """Whoever works here reports for somebody else; their own commune counts like that of a poster."""
    person = actor.person
    if person is None:
        return notes
    await close_forms(actor)
    return {"commune": person.commune, **notes, "child": False, "behalf": True, "by": person.id}


def _knows_word(actor: Actor, step: Step) -> Step:
    """Who has a code word already is not asked for another with each report."""
    assert actor.voice is not None
    safety = actor.voice.contact.safety
    if safety is None or not safety.word:
        return step
    answers = {**step.row.answers["answers"], "code_word": "kept"}
    return replace(step, row=replace(step.row, answers={**step.row.answers, "answers": answers}))


async def _open_report(actor: Actor) -> TalkRow | None:
    assert actor.voice is not None
    talks = await actor.work.talks.of_contact(actor.voice.contact.id)
    return next((row for row in talks if row.flow == REPORT.name), None)


async def go_on(actor: Actor, row: TalkRow, notes: Mapping[str, Any]) -> None:
    """The open question again. A poster also counts for a report that was begun before it was seen."""
    seen = {**notes, **row.answers["notes"]}
    if "village" in notes:  # the one in front of them, not one they saw before
        seen |= {"commune": notes["commune"], "village": notes["village"]}
    row = replace(row, answers={**row.answers, "notes": seen})
    await repeat_question(actor, row, [])


async def continue_report(actor: Actor, row: TalkRow, said: Said) -> None:
    """The next message of an open report."""
    if await _closed_meanwhile(actor, row, said):
        return
    before = dict(row.answers["answers"])
    row = _writes_again(await _late_receipt(actor, row))
    step = carry_on(actor, row, said, {})
    says = said_in(step, before, await _says(actor, step))
    words = _sentences(actor, step, says)
    words += about_phone(actor, step.row.answers["answers"], before)
    await _after(actor, step, before, words)


def _writes_again(row: TalkRow) -> TalkRow:
    """A child that had stopped writes again: the sign on the card is no longer true."""
    answers = row.answers["answers"]
    if not answers.get("stopped"):
        return row
    return replace(row, answers={**row.answers, "answers": {**answers, "stopped": False}})


async def _says(actor: Actor, step: Step) -> list[Sentence]:
    """What the turn says; who asks for a person learns whether somebody was told of it."""
    case = await actor.work.cases.get(step.row.case_id) if step.row.case_id else None
    says: list[Sentence] = []
    for key, values in step.turn.says:
        asked = key == "talk.person" and case is not None and await ask_for_person(actor, case)
        says.append(("talk.person_told" if asked else key, values))
    return says


def same_again(case: Case) -> dict[str, Any]:
    """What a new report of the same person takes over from a closed one: where, and who must not know."""
    conflicts = [flag for flag in case.flags if flag.startswith("conflict_")]
    return {"commune": case.commune, "flags": conflicts, "child": is_child(case)}


async def _closed_meanwhile(actor: Actor, row: TalkRow, said: Said) -> bool:
    """The case was closed while somebody still told of it: their words join it, danger begins anew."""
    case = await actor.work.cases.get(row.case_id) if row.case_id else None
    if case is None or case.status is not Status.CLOSED:
        return False
    await actor.work.timers.stop(f"talk:{row.id}")
    await actor.work.talks.delete(row.id)
    before, step = row.answers["answers"], carry_on(actor, row, said, {})
    answers = step.row.answers["answers"]
    changed = {key: value for key, value in answers.items() if before.get(key) != value}
    body = {"answers": changed, "fired": []}
    key = f"{case.id}:answers:{row.rev}:{actor.work.new_id()}"
    await actor.work.cases.add_event(case.id, key, "report", teller(row), body)
    new = set(triage(facts_of(answers)).fired) - set(triage(facts_of(before)).fired)
    if said.kind == "sos" or any(one.level is Level.URGENT for one in new):
        await begin_report(actor, said, same_again(case), sos=said.kind == "sos")
        return True
    if actor.person is not None:
        await _card_offered(actor, case, [actor.words("behalf.closed", code=case.code)])
    else:
        await menu(actor, case, reporter_words(actor, case, "talk.closed"))
    return True


async def _late_receipt(actor: Actor, row: TalkRow) -> TalkRow:
    """A case opened by silence says nothing until the person writes again."""
    notes = dict(row.answers["notes"])
    case = await actor.work.cases.get(row.case_id) if notes.pop("unheard", False) else None
    if case is None:
        return row
    await receipt(actor, case, row.answers["answers"], alerted="yes")
    return replace(row, answers={**row.answers, "notes": notes})


async def amend(actor: Actor, row: TalkRow, incoming: Incoming) -> None:
    """Words changed, or a place moved on, before there is a case: kept, and nothing is asked."""
    places = actor.kit.places().areas.folded
    answers = amended(row.answers["answers"], said_of(incoming), places)
    row = replace(row, answers={**row.answers, "answers": answers}, rev=row.rev + 1)
    await actor.work.talks.save(row)
    await wait_for_more(actor, row, None)


async def repeat_question(actor: Actor, row: TalkRow, words: list[str]) -> None:
    """The current question again, with a sentence before it."""
    asking = current(actor, row, {})
    if asking is not None:
        await ask(actor, row, asking, words)


def reporter_words(actor: Actor, case: Case, key: str, **values: object) -> str:
    """A sentence after the receipt, with the code they know; a child has sentences of its own."""
    assert actor.voice is not None
    actor.voice.child = is_child(case)
    values["code"] = actor.voice.code_of(case)
    return words_for(actor, key, child=actor.voice.child, **values)


def words_for(actor: Actor, key: str, *, child: bool, **values: object) -> str:
    """A sentence to whoever is telling, a child or not; what is said of it knows who reads."""
    if child and actor.voice is not None:
        actor.voice.child = True
    if key == "talk.too_big" and actor.kit.public_url:
        key, values = "media.too_big_link", {"link": actor.kit.public_url}
    return actor.words_for(key, child=child, **values)


def _sentences(actor: Actor, step: Step, says: list[Sentence]) -> list[str]:
    """What is said before the question. A remark is made once, whatever is answered again."""
    notes = step.row.answers["notes"]
    told: list[str] = list(notes.get("told_once", ()))
    words = []
    for plain, values in says:
        key = _own(actor, step, plain)
        if key not in told:
            words.append(words_for(actor, key, child=False, **values))
        if key.startswith(ONCE):
            told.append(key)
        if key == "talk.who_reads_child":
            told += ["talk.limits", "talk.limits_friend"]  # it says the same
    notes["told_once"] = list(dict.fromkeys(told))
    return words


def _own(actor: Actor, step: Step, key: str) -> str:
    """The key of the sentence for a child, its friend, or staff who report, where they have their own."""
    own = f"{key}_{step.flow.variant(step.row.answers['answers'])}"
    return own if actor.kit.catalog.has(actor.lang, own) else actor.sentence(key)


async def _after(actor: Actor, step: Step, before: dict[str, Any], words: list[str]) -> None:
    assert actor.voice is not None
    await learn(actor.work, actor.voice.contact, before, step.row.answers["answers"])
    row, case = await _case_of(actor, step, before)
    if step.turn.finished:
        await _finish(actor, row, case, words)
        return
    if step.turn.asking is None and words:
        await actor.say("\n\n".join(words))
        await wait_for_more(actor, row, case)
    if step.turn.asking is None:
        await actor.work.talks.save(row)
        return
    row = await ask(actor, row, step.turn.asking, words)
    await wait_for_more(actor, row, case)


async def _case_of(actor: Actor, step: Step, before: dict[str, Any]) -> tuple[TalkRow, Case | None]:
    row = step.row
    if row.case_id:
        return row, await join_answers(actor, row, before)
    if not (step.turn.opens or step.turn.finished):
        return row, None
    case = await submit_report(actor, row)
    return replace(row, case_id=case.id), case


async def _finish(actor: Actor, row: TalkRow, case: Case | None, words: list[str]) -> None:
    """Everything was asked: the second part of the receipt, with the access code on request."""
    assert case is not None
    assert actor.voice is not None
    await actor.work.talks.delete(row.id)
    await actor.work.timers.stop(f"talk:{row.id}")
    if actor.person is not None:
        await _card_offered(actor, case, [*words, actor.words("behalf.done", code=case.code)])
        return
    due = "taken" if case.holder else "urgent" if case.level in ALARMING else "calm"
    due = "city" if due == "calm" and not case.commune else due
    text = "\n\n".join([*words, actor.words("receipt.next", code=case.code, due=due)])
    await menu(actor, case, text, protect=False)


async def _card_offered(actor: Actor, case: Case, words: list[str]) -> None:
    """The last word to staff who report for somebody: the code, and the card if the gate lets them in."""
    assert actor.voice is not None
    assert actor.person is not None
    if not await open_to(actor.work, actor.person, case):
        await actor.say("\n\n".join([*words, actor.words("behalf.unseen")]), protect=False)
        return
    prompt = actor.prompt()
    await actor.work.offers.put(
        Offer(prompt, actor.voice.contact.id, "notice", [READ], actor.work.now + OFFER_LIFE,
              case.id, case.rev)
    )  # fmt: skip
    button = Choice(READ, actor.words(act_key(READ, actor.person)))
    await actor.say("\n\n".join(words), (button,), prompt=prompt, protect=False)


async def menu(
    actor: Actor, case: Case, text: str, options: tuple[str, ...] = MENU, *, protect: bool = True
) -> None:
    """What a reporter can do after the receipt; a reply to this message goes to this case.

    Where numbers stand for buttons there are none right after a letter: a number typed next may be
    the answer to it. A form that was open is left: what is typed next is for the staff.
    """
    assert actor.voice is not None
    await leave_forms(actor)
    if actor.voice.letters and actor.abilities.choice == "numbered":
        await actor.say(text, case_id=case.id, protect=protect)
        return
    if case.status is Status.CLOSED:
        options = tuple(one for one in options if one in ("new", "follow", "rights"))
    prompt = actor.prompt()
    await actor.work.offers.put(
        Offer(prompt, actor.voice.contact.id, "menu", list(options),
              actor.work.now + OFFER_LIFE, case.id)
    )  # fmt: skip
    buttons = tuple(Choice(one, menu_label(actor, case, one)) for one in options)
    await actor.say(text, buttons, case_id=case.id, prompt=prompt, protect=protect)


async def leave_forms(actor: Actor) -> None:
    """What a reporter was filling in after the receipt ends; a report that is told stays."""
    assert actor.voice is not None
    for row in await actor.work.talks.of_contact(actor.voice.contact.id):
        if row.flow in FOLLOW_UPS or row.flow == MY_DATA.name:
            await actor.work.talks.delete(row.id)


def menu_label(actor: Actor, case: Case | None, option: str) -> str:
    """The words on a button after the receipt; a child writes to `cô chú`."""
    child = case is not None and "child" in case.flags
    return actor.words_for(f"relay.menu.{option}", child=child)


def urgent(answers: Mapping[str, Any]) -> bool:
    """Whether what was told so far is urgent by itself."""
    return triage(facts_of(answers)).level is Level.URGENT


async def wait_for_more(actor: Actor, row: TalkRow, case: Case | None) -> None:
    """Nobody's report is lost because a person stopped typing: a clock watches every open talk."""
    answers, policy = row.answers["answers"], actor.kit.policy
    wait, step = policy.silent_ask, 0
    if case is not None:
        wait, step = policy.silent_file, 2  # nothing is left to file: the talk only ends
        if in_danger(answers):
            wait, step = policy.silent_danger, 1  # that a child falls silent is told to the officer
    elif mode(answers) == "A" or in_danger(answers) or urgent(answers):
        wait, step = policy.silent_danger, 2
    if row.rev:
        await actor.work.timers.stop(f"talk:{row.id}")
    due = actor.work.now + wait
    await actor.work.timers.start(Timer(f"talk:{row.id}", "unfinished", row.rev, step, 0, due))
