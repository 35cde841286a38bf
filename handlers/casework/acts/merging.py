"""`Trùng tin`: a report joins another case. Each reporter keeps a thread of their own, now with that one."""

from collections.abc import Mapping
from dataclasses import replace
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
from handlers.alarms.alarm import plan_anew, sound_afresh, start_again, still_owed
from handlers.alarms.conflict import hide
from handlers.casework.acts.clock_turns import law_clocks
from handlers.casework.acts.done import Done, tell
from handlers.casework.cards import refresh
from handlers.casework.relay import MERGED, send_letter
from handlers.casework.threads import safety_of, threads_of


class Raced(Exception):
    """Somebody changed the other case in the same moment: nothing is done, and it is tried again whole."""


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
    for case_id in ids:
        for person in sorted(out):
            await cases.exclude(case_id, person, "involved")


async def keep_alike(actor: Actor, case: Case) -> None:
    """What was joined to this case is kept from whoever may not know of the case: each names the other."""
    cases = actor.work.cases
    out = sorted(await cases.exclusions(case.id))
    for one in await _joined_to(actor, case):
        for person in out:
            await cases.exclude(one.id, person, "involved")
        after = kept_alike(one, case)
        if after != one:
            after = replace(after, rev=one.rev + 1)
            if not await cases.save(after, one.rev):
                raise Raced
        await hide(actor, after)
        await refresh(actor, after)
        await keep_alike(actor, after)


async def _joined_to(actor: Actor, case: Case) -> list[Case]:
    """The cases that were closed as duplicates of this one."""
    events = await actor.work.cases.events(case.id)
    ids = [event.key.rsplit(":", 1)[1] for event in events if event.act == "merged"]
    found = [await actor.work.cases.get(one) for one in dict.fromkeys(ids)]
    return [
        one for one in found
        if one is not None and one.status is Status.CLOSED and one.closed_reason == "duplicate"
    ]  # fmt: skip


async def merged(done: Done) -> None:
    """The earliest receipt and the higher level count; letters and reminders go on in the open case."""
    actor, case = done.actor, done.case
    other = await other_case(actor, case, done.form)
    after = joined(case, other)
    if not await actor.work.cases.save(after, other.rev):
        raise Raced
    events = await actor.work.cases.events(case.id)
    fired = [one for event in events for one in event.body.get("fired", ())]
    body = {"form": {"other": case.code}, "role": done.person.role, "fired": fired}
    key = f"{other.id}:merged:{case.id}"
    await actor.work.cases.add_event(other.id, key, "merged", done.person.id, body)
    await actor.work.audit.write(done.person.id, "merged", other.id)
    await hide(actor, after)
    await keep_alike(actor, after)
    await _threads(actor, case, after)
    await _clocks(actor, other, after)
    if await _waited(actor, case):
        await still_owed(actor, after)
    await tell(actor, after, "merged", ("holder",), done.person)
    await refresh(actor, after)


async def _threads(actor: Actor, case: Case, after: Case) -> None:
    """Every address of every reporter: what it said of its phone stays with it, and it hears the new code."""
    for contact_id in await actor.work.cases.reporters(case.id):
        contact = await actor.work.contacts.get(contact_id)
        if contact is not None and contact.safety is None:
            await actor.work.safety.put(contact_id, await safety_of(actor.work, case, contact))
    before = {one.id for one in await threads_of(actor.work, after)}
    await actor.work.threads.join(case.id, after.id)
    for thread in await threads_of(actor.work, after):
        if thread.id not in before:
            await send_letter(actor, after, thread, {"notice": MERGED, "old": case.code})


async def _clocks(actor: Actor, other: Case, after: Case) -> None:
    """The law's clocks that run count from the earlier receipt; a higher level plans the others anew."""
    running = {timer.kind for timer in await law_clocks(actor, after)}
    for kind in ("emergency", "plan"):
        if kind in running and law_start(after) != law_start(other):
            await start_again(actor, after, kind, law_start(after))
    if after.level is other.level:
        return
    await plan_anew(actor, after)
    if "unanswered" in running and after.level in ALARMING:
        await sound_afresh(actor, after, "alert")


async def _waited(actor: Actor, case: Case) -> bool:
    """Whether a reporter waited for an answer when it was closed."""
    events = await actor.work.cases.events(case.id)
    closing = [one.body for one in events if one.act == Act.MERGE]
    return "reporter_waiting" in closing[-1]["clocks"]


async def parted(done: Done) -> None:
    """What was closed as a duplicate is a case of its own again, and its reporters are its own."""
    actor = done.actor
    events = await actor.work.cases.events(done.case.id)
    code = next(
        read_code(str(one.body["form"]["other"]))
        for one in reversed(events)
        if one.act == Act.MERGE
    )
    other = await actor.work.cases.by_code(code or "-")
    if other is not None and other.status is not Status.CLOSED:
        await actor.work.threads.part(done.case.id, other.id)
