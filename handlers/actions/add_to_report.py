"""Later answers and later words join the open case; the level can only rise by itself."""

from dataclasses import replace
from typing import Any

from cases.access import bypassed, hidden_from
from cases.acting import without_holder
from cases.deadlines import ALARMING, applies, owes_crime
from cases.lifecycle import Act
from cases.messages import Incoming
from cases.model import Case, Level, Role, Status
from cases.routing import people_for
from cases.times.calendar import is_night
from cases.triage import highest, triage
from cases.typed.first_words import danger_words
from handlers.actor import Actor
from handlers.alarms.alarm import ring, sound_afresh, staff_of
from handlers.alarms.clocks import at_new_level, clocks_of_records, start_clock, still_owed
from handlers.alarms.conflict import hide
from handlers.casework.acts.clock_turns import law_clocks
from handlers.casework.acts.merging import keep_alike
from handlers.casework.cards import refresh
from handlers.casework.consenting import note_consent
from handlers.casework.intake import flags_with, served, source_of, teller, waits_for_alert
from handlers.casework.locking import quarantine
from handlers.casework.threads import answers_letter
from handlers.flows.report import awaits_conflict, commune_of, facts_of
from handlers.roster.astray import tell_who_held
from handlers.talk.model import files_of, told
from notifications.announce import Call
from storage.records.talks import TalkRow


async def join_answers(actor: Actor, row: TalkRow, before: dict[str, Any]) -> Case | None:
    """The answers of this turn are added to the case of the talk."""
    answers = row.answers["answers"]
    changed = {key: value for key, value in answers.items() if before.get(key) != value}
    case = await actor.work.cases.get(row.case_id)
    if case is None or not changed:
        return case
    night = is_night(case.received_at)
    found, known = triage(facts_of(answers, night=night)), triage(facts_of(before, night=night))
    body = {"answers": changed, "fired": [one.stored() for one in found.fired]}
    key = f"{case.id}:answers:{row.rev}:{actor.work.new_id()}"
    await actor.work.cases.add_event(case.id, key, "report", teller(row), body)
    await note_consent(actor, case, changed, row.contact_id)
    if case.status is not Status.CLOSED:
        # Only a new reason raises: what a person has lowered meanwhile is not raised by old facts.
        danger = not {"sos", "danger_words"}.isdisjoint(changed)
        news = danger or set(found.fired) - set(known.fired)
        after = await _re_think(actor, case, changed, found.level if news else case.level)
        if danger:
            await _ring_for_danger(actor, case, after)
        elif "asks_person" in changed:
            pass  # whoever has it is rung for that
        elif not {"extra_words", "files", "stopped"}.isdisjoint(changed):
            await _tell_of_more(actor, after)  # what nobody asked for, nobody is waiting for either
        case = after
        await quarantine(actor.work, case)
        await _waits_no_longer(actor, case, answers)
        await _astray(actor, case, answers)
    await refresh(actor, case)
    return case


async def _waits_no_longer(actor: Actor, case: Case, answers: dict[str, Any]) -> None:
    """What the alert waited for is known: the commune, and whom the harmer works for."""
    ready = case.status is Status.RECEIVED and case.commune and not awaits_conflict(answers)
    if ready and await waits_for_alert(actor, case):
        await sound_afresh(actor, case, "alert")


async def _astray(actor: Actor, case: Case, answers: dict[str, Any]) -> None:
    """It happened in another commune than the one that was alerted: it must be sent on at once."""
    commune = commune_of(answers)  # also one without staff: then the city has it
    if not commune or not case.commune or commune == case.commune:
        return
    running = {timer.kind for timer in await actor.work.timers.armed(f"case:{case.id}")}
    if "forward" not in running:
        await start_clock(actor, "forward", case)
        staff, excluded = await staff_of(actor, case)
        people = people_for(("holder", "officer", "supervisor"), case, staff, excluded)
        call = Call("forward", f"case:{case.id}:astray:{case.rev}", {})
        await ring(actor, case, people, call, somebody=True)


async def keep_words(actor: Actor, case: Case, incoming: Incoming) -> None:
    """A message after the receipt joins the case, whole; to a letter of staff it is the answer."""
    # One's own number needs a yes of its own, except a child's.
    number = "" if incoming.own and "child" not in case.flags else incoming.phone
    text = f"{incoming.text} {number}".strip()
    body: dict[str, Any] = {"text": text, "files": files_of(incoming.media)}
    if incoming.lat is not None:
        body["text"] = f"{incoming.text} {incoming.lat}, {incoming.lon}".strip()
    assert actor.voice is not None
    who = actor.person.id if actor.person is not None else "reporter"
    if thread := await answers_letter(actor.work, case, actor.voice.contact.id):
        body["answer"] = thread
    await actor.work.cases.add_event(case.id, f"added:{actor.voice.row}", "added", who, body)
    await quarantine(actor.work, case)  # what was sent before may show what these words tell


async def move(actor: Actor, case: Case, incoming: Incoming) -> None:
    """A live position moved on: the card shows the last one, nobody is rung for it."""
    assert actor.voice is not None
    body = {"answers": {"moved_to": {"lat": incoming.lat, "lon": incoming.lon}}, "fired": []}
    key = f"moved:{actor.voice.row}"
    await actor.work.cases.add_event(case.id, key, "report", "reporter", body)
    await refresh(actor, case)


async def same_album(actor: Actor, case: Case, incoming: Incoming) -> bool:
    """Whether an earlier picture of this album was acknowledged already."""
    groups = {one.group for one in incoming.media if one.group}
    if not groups:
        return False
    events = await actor.work.cases.events(case.id)
    files = [file for event in events if event.act == "added" for file in event.body["files"]]
    return any(file["group"] in groups for file in files)


async def add_words(actor: Actor, case: Case, incoming: Incoming) -> None:
    """A message after the receipt: kept with the case, whoever has it is told, and owes an answer.

    Staff who report for somebody wait for none.
    """
    await keep_words(actor, case, incoming)
    waits = actor.person is None
    if waits and case.status is not Status.CLOSED:
        await still_owed(actor, case)
    if heard := danger_words(incoming.text, actor.kit.places().areas.folded):
        await _in_danger(actor, case, {"danger_words": list(heard)})
    else:
        await (_tell_of_words if waits else _tell_of_more)(actor, case)


async def tell_of_withheld(actor: Actor, case: Case) -> None:
    """They wrote once more, and the messenger kept it back: the card counts it, whoever has it hears."""
    assert actor.voice is not None
    key = f"withheld:{actor.voice.row}"
    await actor.work.cases.add_event(case.id, key, "withheld", "reporter", {})
    await _tell_of_more(actor, case)


async def not_safe(actor: Actor, case: Case) -> None:
    """The code word: nobody may see that anything was said, and somebody is called at once."""
    assert actor.voice is not None
    await _in_danger(actor, case, {"unsafe": actor.voice.row})


async def cry_for_help(actor: Actor, case: Case) -> None:
    """`sos` after the receipt: the case is urgent from now on, and somebody hears of it now."""
    await _in_danger(actor, case, {"sos": True})


async def _in_danger(actor: Actor, case: Case, answers: dict[str, Any]) -> None:
    """New danger in an open case: stored with its rule, the level rises, somebody's phone rings."""
    assert actor.voice is not None
    found = triage(facts_of(answers))
    fired = [one.stored() for one in found.fired if one.rule != "T2"]
    key = f"{case.id}:danger:{actor.voice.row}"
    body = {"answers": answers, "fired": fired}
    await actor.work.cases.add_event(case.id, key, "report", "reporter", body)
    after = await _re_think(actor, case, answers, found.level)
    await _ring_for_danger(actor, case, after)
    await refresh(actor, after)


async def _ring_for_danger(actor: Actor, case: Case, after: Case) -> None:
    """Each cry rings, however many came before it; where it raised the case, that rang already."""
    assert actor.voice is not None
    if after.level is not case.level and after.level in ALARMING:
        return
    staff, excluded = await staff_of(actor, after)
    called = await actor.work.cases.involved(after.id)
    people = people_for(("holder", Role.LEADER), after, staff, excluded)
    if not after.holder:
        people = tuple(one for one in staff if one.id in called and one.id not in excluded)
        people = tuple(one for one in people if one.role is not Role.ADMIN)
    call = Call("danger", f"case:{after.id}:danger:{actor.voice.row}", {})
    await ring(actor, after, people, call, somebody=True)


async def _tell_of_words(actor: Actor, case: Case) -> None:
    """Whoever has it, else those on duty: once in five minutes, and after each letter of theirs."""
    if await waits_for_alert(actor, case):
        return  # nobody of the commune may know of it yet
    staff, excluded = await staff_of(actor, case)
    people = people_for(("holder",) if case.holder else ("officer",), case, staff, excluded)
    written = len(await actor.work.letters.of_case(case.id))
    slot = int(actor.work.now.timestamp()) // 300
    call = Call("reporter_wrote", f"case:{case.id}:wrote:{written}:{slot}", {})
    await ring(actor, case, people, call, somebody=True)
    await refresh(actor, case)


async def _tell_of_more(actor: Actor, case: Case) -> None:
    if await waits_for_alert(actor, case):
        return  # nobody of the commune may know of it yet
    staff, excluded = await staff_of(actor, case)
    to = ("holder",) if case.holder else ("officer",)
    # At most one notice in five minutes: the card follows each word, the phone need not ring for each.
    slot = int(actor.work.now.timestamp()) // 300
    call = Call("added", f"case:{case.id}:added:{slot}", {})
    await actor.kit.announcer.tell(actor.work, case, people_for(to, case, staff, excluded), call)
    await refresh(actor, case)


async def _re_think(actor: Actor, case: Case, answers: dict[str, Any], level: Level) -> Case:
    """What these new answers make of the case; a person's own word on the kind is not overruled."""
    case = await actor.work.cases.get(case.id) or case  # a list gives it without its records
    commune = await served(actor, commune_of(answers))
    placed = not case.commune and bool(commune)
    after = replace(
        case, level=highest(case.level, level), kind=await _kind(actor, case, answers),
        commune=case.commune or commune, source=source_of(answers, case.source),
        flags=flags_with(case, answers),
    )  # fmt: skip
    if after == case:
        return case
    after = replace(await _held_by_whom_it_may(actor, after, placed), rev=case.rev + 1)
    if not await actor.work.cases.save(after, case.rev):
        return case
    if placed:
        await actor.work.cases.leaves(after.id, after.commune)
        if case.holder != after.holder:
            await tell_who_held(actor, case, after)
    await hide(actor, after)
    if after.flags != case.flags:
        await keep_alike(actor, after)
    await _alarm_again(actor, case, after, placed=placed)
    await clocks_of_records(actor, case, after)
    if owes_crime(after) and not owes_crime(case):
        await _tell_to_report(actor, after)
    return after


async def _kind(actor: Actor, case: Case, answers: dict[str, Any]) -> str:
    kind = str(told(answers, "kind") or case.kind)
    if kind == case.kind:
        return kind
    events = await actor.work.cases.events(case.id)
    return case.kind if any(event.act == Act.SET_KIND for event in events) else kind


async def _held_by_whom_it_may(actor: Actor, case: Case, placed: bool) -> Case:
    """Without its holder, if they must not know of it, or took it for a commune that is not theirs.

    It is then free for the level above, or for the commune that was just named.
    """
    holder = await actor.work.people.get(case.holder) if case.holder else None
    if holder is None:
        return case
    astray = placed and not bypassed(case) and holder.commune not in ("", case.commune)
    if not (astray or hidden_from(case, holder)):
        return case
    return without_holder(case)


async def _alarm_again(actor: Actor, case: Case, after: Case, *, placed: bool) -> None:
    conflict = [one for one in after.flags if one not in case.flags and "conflict" in one]
    raised = after.level is not case.level and after.level in ALARMING
    lost = bool(case.holder) and not after.holder
    if lost or (after.status is Status.RECEIVED and (placed or raised or conflict)):
        waits = (
            not after.commune
            and after.level not in ALARMING
            and await waits_for_alert(actor, after)
        )
        if not waits:
            await sound_afresh(actor, after, "alert")
    elif raised:
        await _tell_holder(actor, after)
    await law_clocks(actor, after)
    if not applies("plan", after):  # the kind that it turned out to be has none
        await actor.work.timers.stop(f"case:{after.id}", "plan")
    if raised:
        await at_new_level(actor, case, after)


async def _tell_to_report(actor: Actor, case: Case) -> None:
    """The police who were told are in question since: others must be, and the clock runs again."""
    staff, excluded = await staff_of(actor, case)
    people = people_for(("holder", Role.LEADER), case, staff, excluded)
    call = Call("crime_marked", f"case:{case.id}:crime:{case.rev}", {})
    await ring(actor, case, people, call, somebody=True)


async def _tell_holder(actor: Actor, case: Case) -> None:
    staff, excluded = await staff_of(actor, case)
    people = people_for(("holder", Role.LEADER), case, staff, excluded)
    call = Call("raised", f"case:{case.id}:raised:{case.rev}", {})
    await actor.kit.announcer.tell(actor.work, case, people, call)
