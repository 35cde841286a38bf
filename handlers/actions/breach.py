"""A breach of data: its record, its 72 hours from when it was noticed, who was told when (PDPL 23 (u))."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from cases.codes import read_code
from cases.data_rights import NOTICE_PARTS, due_at, next_moment, notifying, told_now
from cases.errors import Refused
from cases.model import Person, Role, Timer
from handlers.actor import Actor
from handlers.roster.colleagues import Errand, tell
from notifications.announce import staff_time
from storage.records.breaches import OPEN, Breach

AUTHORITY = "authority"  # who must be told in any case: the specialised authority (Bộ Công an)
PEOPLE = "people"  # whose data it is


async def open_breach(
    actor: Actor, noticed_at: datetime, told: Mapping[str, str], codes: Sequence[str]
) -> Breach:
    """From now on it is counted from when it was noticed, however late it is written down."""
    work, now = actor.work, actor.work.now
    if noticed_at > now:
        raise Refused("error.breach_ahead")
    if not told.get("what", "").strip():
        raise Refused("error.breach_what")
    body = {
        **{one: told[one] for one in NOTICE_PARTS if told.get(one)},
        "cases": _named(codes),
    }
    made = await work.breaches.add(
        Breach(work.new_id(), 0, OPEN, actor.name, noticed_at, now, body={**body, "told": []})
    )
    await work.audit.write(actor.name, "breach_open", "", {"no": made.no})
    owed = notifying(made.id, noticed_at)
    await work.timers.start(next_moment(owed, actor.kit.policy.calendar, now))
    work.wake("timers")
    await _tell(actor, made, ("leader", "admin"), "breach_new", "new")
    return made


def _named(codes: Sequence[str]) -> list[str]:
    """The codes of the cases it touches. Raises Refused for what is none.

    Nobody is told whether there is such a case; one that is not there touches nobody.
    """
    found = []
    for typed in codes:
        code = read_code(typed)
        if code is None:
            raise Refused("error.no_code")
        found.append(code)
    return found


async def add_facts(actor: Actor, no: int, told: Mapping[str, str], codes: Sequence[str]) -> Breach:
    """What was found out since."""
    one = await _open(actor, no)
    news = {name: told[name] for name in NOTICE_PARTS if told.get(name)}
    cases = list(dict.fromkeys([*one.body["cases"], *_named(codes)]))
    return await _keep(
        actor, replace(one, body={**one.body, **news, "cases": cases}), "breach_facts"
    )


async def tell_breach(actor: Actor, no: int, whom: str, how: str) -> Breach:
    """Somebody was told, and how. Once the authority was, the 72 hours are kept."""
    one = await _open(actor, no)
    if missing := missing_in(one):
        raise Refused("error.breach_parts", parts=", ".join(missing))
    entry = {"whom": whom, "how": how, "at": actor.work.now.isoformat(), "by": actor.name}
    after = replace(one, body={**one.body, "told": [*one.body["told"], entry]})
    if whom == AUTHORITY:
        after = replace(after, state="told", told_at=one.told_at or actor.work.now)
        await actor.work.timers.stop(f"breach:{one.id}")
    return await _keep(actor, after, "breach_told", whom=_group(whom))


async def close_breach(actor: Actor, no: int, words: str, without_notice: str = "") -> Breach:
    """Nothing is left to be done: nobody is reminded any more, and the record stands as it was told.

    Not before the authority was told, or with the reason why nobody had to be: then leaders and
    administrators, who heard of the breach, hear that it ended so.
    """
    one, now = await _open(actor, no), actor.work.now
    if one.told_at is None and not without_notice:
        raise Refused("error.breach_untold")
    end = {"closing": words, "closed_by": actor.name, "without_notice": without_notice}
    after = replace(one, state="closed", closed_at=now, body={**one.body, **end})
    await actor.work.timers.stop(f"breach:{one.id}")
    if without_notice:
        await _tell(actor, after, ("leader", "admin"), "breach_over", "over")
    return await _keep(actor, after, "breach_closed", without_notice=without_notice)


def told_at(one: Breach, whom: str) -> str | None:
    """When these were told first."""
    return next((str(entry["at"]) for entry in one.body["told"] if entry["whom"] == whom), None)


def missing_in(one: Breach) -> list[str]:
    """What the notice must say and the record does not hold yet."""
    return [part for part in NOTICE_PARTS if not str(one.body.get(part, "")).strip()]


def _group(whom: str) -> str:
    """The log names no person: `--whom` may be a name."""
    return whom if whom in (AUTHORITY, PEOPLE) else "other"


async def _open(actor: Actor, no: int) -> Breach:
    one = await actor.work.breaches.by_no(no)
    if one is None or one.state == "closed":
        raise Refused("error.breach_none")
    return one


async def _keep(actor: Actor, one: Breach, act: str, **detail: str) -> Breach:
    await actor.work.breaches.save(one)
    more = {name: value for name, value in detail.items() if value}
    await actor.work.audit.write(actor.name, act, "", {"no": one.no, **more})
    return one


async def on_breach(actor: Actor, timer: Timer) -> None:
    """The notice is owed: leader and administrator before, the city too once it is late."""
    one = await actor.work.breaches.get(timer.owner.partition(":")[2])
    if one is None or one.state != OPEN:
        return
    owed, calendar = notifying(one.id, one.noticed_at), actor.kit.policy.calendar
    late = due_at(owed, calendar) <= actor.work.now
    key = f"{timer.step}:{timer.slot}"
    await _tell(
        actor, one, told_now(timer.kind, timer.step), "breach_late" if late else "breach_soon", key
    )
    await actor.work.timers.start(next_moment(owed, calendar, actor.work.now, timer.slot))


async def _tell(actor: Actor, one: Breach, roles: tuple[str, ...], notice: str, key: str) -> None:
    due = due_at(notifying(one.id, one.noticed_at), actor.kit.policy.calendar)
    values: dict[str, Any] = {"no": one.no, **staff_time("due", due)}
    people = [one_ for one_ in await _everybody(actor, one) if one_.role.value in roles]
    await tell(actor, people, Errand(notice, f"breach:{one.id}", f"breach:{one.id}:{key}", values))


async def _everybody(actor: Actor, one: Breach) -> list[Person]:
    """The leaders of the communes whose cases it touches, else all; the city; administrators."""
    cases = [await actor.work.cases.by_code(code) for code in one.body["cases"]]
    communes = {case.commune for case in cases if case is not None}
    found = await actor.work.people.everybody()
    return [
        person for person in found
        if person.active
        and (person.role is not Role.LEADER or not communes or person.commune in communes)
    ]  # fmt: skip
