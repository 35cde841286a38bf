"""What a closed case still owes: one stage after another is forgotten, unless something keeps it."""

from datetime import timedelta

from cases.codes import read_code
from cases.lifecycle import Act
from cases.model import Case, Status, Timer
from cases.retention import (
    BACKUPS,
    KIND,
    RETENTION,
    STAGES,
    Facts,
    class_of,
    first_retention,
    kept_because,
    life_of,
    next_retention,
    put_off,
)
from cases.routing import people_for
from handlers.actor import Actor
from handlers.alarms.alarm import staff_of
from handlers.casework.cards import clear_cards
from notifications.announce import Call
from storage.erasure import erase_case, erase_person
from storage.records.consents import Certificate

BY = "system"  # the clock forgets by rules that people set; a person erases with a second one


async def arm_retention(actor: Actor, case: Case) -> None:
    """In the commit that closes a case: from now on it owes that it is forgotten in time."""
    await actor.work.timers.stop(f"case:{case.id}", KIND)
    first = first_retention(case, actor.kit.policy, actor.work.now)
    await actor.work.timers.start(await actor.work.timers.fresh(first))


async def disarm_retention(actor: Actor, case: Case) -> None:
    """It is open again, and nothing of it is forgotten."""
    await actor.work.timers.stop(f"case:{case.id}", KIND)


async def on_retention(actor: Actor, case: Case, timer: Timer) -> None:
    """One stage, in the commit of its timer; whatever keeps the case puts all of it off."""
    work, now = actor.work, actor.work.now
    facts = await facts_of(actor, case)
    if why := kept_because(case, facts, now):
        await work.timers.start(await work.timers.fresh(put_off(timer, why, facts, now)))
        return
    follow = next_retention(case, actor.kit.policy, timer, now)
    if follow is not None:
        await work.timers.start(await work.timers.fresh(follow))
    await work.audit.write(BY, f"forgets_{STAGES[timer.step]}", case.id)
    await _STAGES[STAGES[timer.step]](actor, case)


async def facts_of(actor: Actor, case: Case) -> Facts:
    """What else keeps it: read when a stage is due, never before."""
    work, now = actor.work, actor.work.now
    armed = await work.timers.armed(f"case:{case.id}")
    written, looked = await work.expired.written_at(case.id), await work.expired.looked_at(case.id)
    return Facts(
        overdue=any(one.kind != KIND and one.due_at < now for one in armed),
        unread=written is not None and (looked is None or looked < written),
        asked=await work.rights.runs_for(case.id),
        joined=await _still_read_elsewhere(actor, case),
        written_at=written,
    )


async def _still_read_elsewhere(actor: Actor, case: Case) -> bool:
    """Whether the case that it was a duplicate of is open, or was closed so lately that it counts as such."""
    if case.closed_reason != "duplicate":
        return False
    events = await actor.work.cases.events(case.id)
    merged = [one for one in events if one.act == Act.MERGE]
    code = read_code(str(merged[-1].body["form"]["other"])) if merged else None
    other = await actor.work.cases.by_code(code) if code else None
    if other is None:
        return False
    return other.status is not Status.CLOSED or _since(actor, other) < RETENTION["dismissed"].life


def _since(actor: Actor, case: Case) -> timedelta:
    return actor.work.now - (case.closed_at or actor.work.now)


async def _bodies(actor: Actor, case: Case) -> None:
    await actor.work.expired.of_case(case.id)


async def _pictures(actor: Actor, case: Case) -> None:
    await actor.work.expired.drop_files(await actor.work.expired.pictures(case.id))


async def _contact(actor: Actor, case: Case) -> None:
    """Who reported: name and number left in words, and the addresses that no other case needs."""
    await actor.work.redaction.contact_of(case.id)
    for contact_id in await actor.work.cases.reporters(case.id):
        if not await _needed_elsewhere(actor, case, contact_id):
            await erase_person(actor.work, actor.kit.register, contact_id, "contact")


async def _needed_elsewhere(actor: Actor, case: Case, contact_id: str) -> bool:
    keep, policy = RETENTION["contact"], actor.kit.policy
    for other_id in await actor.work.threads.ever(contact_id):
        other = await actor.work.cases.get(other_id) if other_id != case.id else None
        if other is None:
            continue
        young = _since(actor, other) < life_of(keep, policy, other.commune)
        if other.status is not Status.CLOSED or young:
            return True
    return False


async def _file(actor: Actor, case: Case) -> None:
    """The whole file; one of abuse is never erased by the clock, its leader is asked."""
    keep = class_of(case)
    if keep.then == "erased":
        await erase_whole(actor, case, keep.id, (BY, BY))
        return
    staff, excluded = await staff_of(actor, case)
    people = people_for(("leader",) if case.commune else ("supervisor",), case, staff, excluded)
    key = f"case:{case.id}:keep:{actor.work.now:%Y-%m-%d}"
    await actor.kit.announcer.tell(actor.work, case, people, Call("keep_asked", key, {}))


async def erase_whole(actor: Actor, case: Case, reason: str, by: tuple[str, str]) -> None:
    """The last thing of a commit: the certificate, cards that are open, then everything of it."""
    work = actor.work
    await work.certificates.add(
        Certificate(
            case.id, case.code, case.commune, reason, *by, erased_at=work.now,
            gone_at=work.now + BACKUPS,
        )
    )  # fmt: skip
    await clear_cards(actor, case)
    await erase_case(work, actor.kit.register, case.id, reason)
    work.wake("retention")


_STAGES = {"bodies": _bodies, "pictures": _pictures, "contact": _contact, "file": _file}
