"""`Trùng tin`: a report joins another case. Each reporter keeps a thread of their own, now with that one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from cases.access import hidden_from
from cases.codes import read_code
from cases.deadlines import ALARMING, law_start
from cases.errors import Refused
from cases.lifecycle import Act
from cases.merging import joined, kept_alike, why_not
from cases.model import Case, Status
from handlers.access import case_for
from handlers.actor import Actor
from handlers.alarms.alarm import following_step, sound_afresh
from handlers.alarms.clocks import at_new_level, start_again, still_owed
from handlers.alarms.conflict import hide
from handlers.casework.acts.clock_turns import law_clocks
from handlers.casework.acts.done import Done, Raced, tell
from handlers.casework.cards import refresh
from handlers.casework.joined import is_duplicate, joined_to, joins
from handlers.casework.locking import quarantine, tells
from handlers.casework.threads import safety_of


async def other_case(actor: Actor, case: Case, form: Mapping[str, Any]) -> Case:
    """The open case it shall join, through the gate. Raises Refused with what stands in the way."""
    assert actor.person is not None
    other = await case_for(actor.work, actor.person, read_code(str(form["other"])) or "-")
    if why := why_not(case, other):
        raise Refused(why)
    if await _kept_from_holder(actor, case, other):
        raise Refused("error.merge_conflict")
    if any(row.flow == "report" for row in await actor.work.talks.of_case(case.id)):
        raise Refused("error.merge_telling")
    return other


async def _kept_from_holder(actor: Actor, case: Case, other: Case) -> bool:
    """Whether whoever holds the other case may not know of this one."""
    holder = await actor.work.people.get(other.holder) if other.holder else None
    if holder is None:
        return False
    out = await actor.work.cases.exclusions(case.id)
    return holder.id in out or hidden_from(kept_alike(other, case), holder)


async def shut_alike(done: Done) -> None:
    """Before anybody is told: whoever may not know of one of the two may not know of the other."""
    cases = done.actor.work.cases
    other = await other_case(done.actor, done.case, done.form)
    ids = (done.case.id, other.id)
    out = {person for one in ids for person in await cases.exclusions(one)}
    gone = out & await cases.involved(other.id)
    for case_id in ids:
        for person in sorted(out):
            await cases.exclude(case_id, person, "involved")
    if gone and other.status is Status.RECEIVED:
        await _call_others(done.actor, other)


async def _call_others(actor: Actor, other: Case) -> None:
    """Somebody who was called may not know of it any more: whoever is left of that step is called now."""
    await sound_afresh(actor, other, "alert", await following_step(actor, other) - 1)


async def keep_alike(actor: Actor, case: Case) -> None:
    """What was joined to this case is kept from whoever may not know of the case: each names the other."""
    cases = actor.work.cases
    out = sorted(await cases.exclusions(case.id))
    for one in await joined_to(actor.work, case):
        for person in out:
            await cases.exclude(one.id, person, "involved")
        after = kept_alike(one, case)
        if after != one:
            after = replace(after, rev=one.rev + 1)
            if not await cases.save(after, one.rev):
                raise Raced
        await hide(actor, after)
        await refresh(actor, after)


async def merged(done: Done) -> None:
    """The earliest receipt and the higher level count; letters and reminders go on in the open case."""
    actor, case = done.actor, done.case
    other = await other_case(actor, case, done.form)
    after = joined(case, other)
    if not await actor.work.cases.save(after, other.rev):
        raise Raced
    events = await actor.work.cases.events(case.id)
    fired = [one for event in events for one in event.body.get("fired", ())]
    # `abuse`: so that its pictures stay locked here when the case that joined is erased.
    body = {
        "form": {"other": case.code}, "role": done.person.role, "fired": fired,
        "abuse": await tells(actor.work, case),
    }  # fmt: skip
    key = f"{other.id}:merged:{case.id}"
    await actor.work.cases.add_event(other.id, key, "merged", done.person.id, body)
    await actor.work.audit.write(done.person.id, "merged", other.id)
    await quarantine(actor.work, after)
    await hide(actor, after)
    await keep_alike(actor, after)
    await _threads(actor, case, after)
    await _clocks(actor, other, after)
    ran = await _ran(actor, case)
    await _crime_clock(actor, after, ran)
    if "reporter_waiting" in ran:
        await still_owed(actor, after)
    await tell(actor, after, "merged", ("holder",), done.person)
    await refresh(actor, after)


async def _threads(actor: Actor, case: Case, after: Case) -> None:
    """Every address of every reporter goes on with the open case; what it said of its phone stays with it.

    They hear nothing of it: that somebody else told of the same is not theirs to know.
    """
    for contact_id in await actor.work.cases.reporters(case.id):
        contact = await actor.work.contacts.get(contact_id)
        if contact is not None and contact.safety is None:
            await actor.work.safety.put(contact_id, await safety_of(actor.work, case, contact))
    await actor.work.threads.join(case.id, after.id)


async def _clocks(actor: Actor, other: Case, after: Case) -> None:
    """The law's clocks that run count from the earlier receipt; a higher level plans the others anew."""
    running = {timer.kind for timer in await law_clocks(actor, after)}
    for kind in ("emergency", "plan"):
        if kind in running and law_start(after) != law_start(other):
            await start_again(actor, after, kind, law_start(after))
    if after.level is other.level:
        return
    await at_new_level(actor, other, after)
    if "unanswered" in running and after.level in ALARMING:
        await sound_afresh(actor, after, "alert")


async def _crime_clock(actor: Actor, after: Case, ran: Mapping[str, str]) -> None:
    """The police are owed a word from when signs of a crime were first marked, in whichever of the two."""
    armed = await actor.work.timers.armed(f"case:{after.id}")
    here = [one.started_at for one in armed if one.kind == "crime" and one.started_at is not None]
    if here and "crime" in ran and (first := datetime.fromisoformat(ran["crime"])) < here[0]:
        await start_again(actor, after, "crime", first)


async def _ran(actor: Actor, case: Case) -> Mapping[str, str]:
    """The clocks that ran when it was closed, a reporter's who waited among them, and since when."""
    events = await actor.work.cases.events(case.id)
    closing: list[Mapping[str, str]] = [
        one.body["clocks"] for one in events if one.act == Act.MERGE
    ]
    return closing[-1]


async def parted(done: Done) -> None:
    """What was closed as a duplicate is a case of its own again, and its reporters are its own.

    They are reporters no longer of the case that it joined, nor of one that this has joined since.
    """
    work, code = done.actor.work, await joins(done.actor.work, done.case)
    while (other := await work.cases.by_code(code)) is not None:
        await work.threads.part(done.case.id, other.id)
        code = await joins(work, other) if is_duplicate(other) else ""
