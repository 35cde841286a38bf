"""07:30: each one's open cases; on Mondays the week, on the first the month. Once, until noon at the latest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from cases.figures import WAITING, week_of
from cases.lifecycle import Act
from cases.messages import Choice, Outgoing
from cases.model import Case, Person, Role, Timer
from cases.times.calendar import midnight, morning_at, morning_of, tet, tet_is_forecast
from handlers.access import cases_for, counted_for
from handlers.actions.audit_heads import heads_this_morning
from handlers.actions.keep_calendar import KEEPERS
from handlers.actions.quiet_communes import quiet_for, quiet_this_morning
from handlers.actions.yearly_duties import owed_this_morning
from handlers.actor import Actor, Kit, new_prompt
from handlers.casework.dues import dues_of
from handlers.casework.oversight import levels_changed, read_at_night
from handlers.reports import READERS, month_before, month_report, runs_in
from handlers.watching.drills import heard_since, unheard
from notifications.announce import OFFER_LIFE, reachable
from notifications.digest import Entry, Say, Summary, in_order, morning, weekly
from notifications.monthly import monthly
from notifications.notices import DIGEST, OWN_WORK
from notifications.outgoing import body_of
from notifications.quiet import ALONE
from storage.ledgers.outbox import Message, OutboxRow
from storage.records.offers import Offer
from storage.records.people import Contact

SUMMARIES = ("digest", "weekly", "monthly", "tet")  # kinds of timers: `round` is the day
DAILY = (Role.OFFICER, Role.DEPUTY, Role.LEADER, Role.SUPERVISOR)
WEEKLY = (Role.LEADER, Role.SUPERVISOR)
NOVEMBER, CATCH_UP = 11, 7  # the first of November, or the first morning after it
BUTTONS = 4  # codes beside the button of the whole list
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Paper:
    """What somebody is told, and the cases they can open from it."""

    text: str
    options: list[str] = field(default_factory=list)


class Mornings:
    """Whoever's morning nobody has thought of yet gets an armed row: the tick does the rest."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    async def arm(self) -> int:
        """How many rows were armed. A row of the day exists once, fired or not."""
        day = morning_of(self._kit.clock.now())
        if day is None:
            return 0
        async with self._kit.store.reading("mornings") as work:
            actor = Actor(work, self._kit)
            missing = [
                *await self._missing(actor, day), *await owed_this_morning(actor, day),
                *await quiet_this_morning(actor, day), *await heads_this_morning(actor, day),
            ]  # fmt: skip
        if not missing:
            return 0
        async with self._kit.store.transaction("mornings") as work:
            for timer in missing:
                await work.timers.start(timer)
            work.wake("timers")
        return len(missing)

    async def _missing(self, actor: Actor, day: date) -> list[Timer]:
        people = await actor.work.people.here_since(morning_at(day))
        missing: list[Timer] = []
        for kind, roles, about in _papers_of(day):
            owners = [f"person:{one.id}" for one in people if one.role in roles]
            round_, due = about.toordinal(), morning_at(day)
            known = await actor.work.timers.thought_of(owners, kind, round_)
            missing += [
                Timer(owner, kind, round_, 0, 0, due) for owner in owners if owner not in known
            ]
        return missing


def _papers_of(day: date) -> list[tuple[str, tuple[Role, ...], date]]:
    """What is told on a morning: kind, to whom, and the day it is about."""
    papers: list[tuple[str, tuple[Role, ...], date]] = [("digest", DAILY, day)]
    if day.weekday() == 0:
        papers.append(("weekly", WEEKLY, day))
    if day.day == 1:
        papers.append(("monthly", READERS, day))
    if day.month == NOVEMBER and day.day <= CATCH_UP:
        papers.append(("tet", KEEPERS, day.replace(day=1)))
    return papers


async def on_morning(actor: Actor, timer: Timer) -> None:
    """Tell them on the first address that works; after noon nobody needs it any more."""
    day = date.fromordinal(timer.round)
    person = await actor.work.people.get(timer.owner.removeprefix("person:"))
    today = morning_of(actor.work.now)
    if person is None or not person.active or today is None:
        return
    if today != day and not (timer.kind == "tet" and DAY <= today - day < CATCH_UP * DAY):
        return
    contacts = await reachable(actor.work, person)
    if contacts:
        await _tell(actor, person, contacts[0], f"{timer.kind}:{day}:{person.id}")


async def elsewhere(actor: Actor, row: OutboxRow, person: Person) -> None:
    """The address that was to have it is gone: the next one has it."""
    contacts = await reachable(actor.work, person)
    if contacts:
        stem = ":".join(row.key.split(":")[:3])
        await _tell(actor, person, contacts[0], f"{stem}:{contacts[0].id}")


async def again(actor: Actor, row: OutboxRow, person: Person) -> Mapping[str, Any] | None:
    """A summary that waited says what is true now; None = there is nothing to say any more."""
    contact = await actor.work.contacts.get(row.contact_id)
    assert contact is not None
    paper = await _paper(actor, person, contact.lang, row.key)
    if paper is None:
        return None
    prompt = str(row.body["prompt"])
    await actor.work.offers.renew(prompt, 0, paper.options, seen=False)
    return {**row.body, **body_of(_outgoing(actor, paper, contact.lang, prompt))}


async def _tell(actor: Actor, person: Person, contact: Contact, key: str) -> None:
    paper = await _paper(actor, person, contact.lang, key)
    if paper is None:
        return
    prompt = new_prompt(actor.work.draws)
    body = body_of(_outgoing(actor, paper, contact.lang, prompt))
    row = Message(key, contact.id, contact.channel, "say", body, DIGEST, bundle=ALONE)
    if await actor.work.outbox.put(row):
        life = actor.work.now + OFFER_LIFE
        offer = Offer(prompt, contact.id, "list", paper.options, life)
        await actor.work.offers.put(offer, unseen=True)
    actor.work.wake("outbox")


def _outgoing(actor: Actor, paper: Paper, lang: str, prompt: str) -> Outgoing:
    own = actor.kit.catalog.say(lang, f"digest.{OWN_WORK}")
    choices = tuple(Choice(one, own if one == OWN_WORK else one) for one in paper.options)
    return Outgoing("", text=paper.text, prompt=prompt, choices=choices, staff=True)


async def _paper(actor: Actor, person: Person, lang: str, key: str) -> Paper | None:
    """What this person is told; None = nothing. The key names the kind and the day."""
    kind, day, _ = key.split(":", 2)
    say = partial(actor.kit.catalog.say, lang)
    if kind == "digest":
        return await _morning(actor, person, say)
    if kind == "tet":
        return _tet(actor, say, date.fromisoformat(day).year + 1)
    if not _here(person):
        return None
    if kind == "monthly":
        first = month_before(date.fromisoformat(day))
        return Paper(monthly(say, await month_report(actor, person, first, outside=False)))
    return await _week(actor, person, say, date.fromisoformat(day))


def _tet(actor: Actor, say: Say, year: int) -> Paper | None:
    """The days of the next new year are reckoned, not decided: working-day clocks go by them."""
    if not tet_is_forecast(year, actor.kit.policy.changes):
        return None
    first = tet(year)
    return Paper(
        say("tet.forecast", year=str(year), day=say("time.day", day=first.day, month=first.month))
    )


def _here(person: Person) -> bool:
    """On duty, and not on leave: their substitute has a morning of their own."""
    return person.on_duty and not person.substitute


async def _morning(actor: Actor, person: Person, say: Say) -> Paper | None:
    """Their open cases; of somebody who is away only those they hold."""
    cases = await cases_for(actor.work, person)
    cases = [case for case in cases if _here(person) or case.holder == person.id]
    if not cases:
        return None
    dues, now = await dues_of(actor, cases), actor.work.now
    entries = in_order([Entry(case, dues.get(case.id)) for case in cases], now)
    codes = [entry.case.code for entry in entries[:BUTTONS]]
    return Paper(morning(say, entries, now), [OWN_WORK, *codes])


async def _week(actor: Actor, person: Person, say: Say, day: date) -> Paper:
    """The seven days before this one: a leader's own commune, the city's in masked figures."""
    until = midnight(day)
    since, outside = until - WEEK, person.role is Role.SUPERVISOR
    cases = await counted_for(actor.work, person, since)
    dues = await dues_of(actor, cases)
    late = {case_id for case_id, due in dues.items() if due <= actor.work.now}
    lowered = await actor.work.figures.done(Act.LOWER, since, until)
    summary = Summary(
        week_of(cases, since, until, await runs_in(actor, cases, WAITING), late), since, until - DAY,
        lowered=sum(case.id in lowered for case in cases),
        levels=() if outside else await levels_changed(actor, cases, since, until),
        night=() if outside else await read_at_night(actor, person, since, until),
        silent=() if outside else await _silent(actor, person, cases, until),
        quiet=await _quiet(actor, person) if outside else (),
        unheard=await _unheard(actor, person, since, outside=outside),
    )  # fmt: skip
    return Paper(weekly(say, summary, outside=outside))


async def _silent(
    actor: Actor, leader: Person, cases: list[Case], until: datetime
) -> tuple[str, ...]:
    """The roles of colleagues on duty who were called to the week's cases and have opened none of them."""
    since = until - WEEK
    new = [case.id for case in cases if since <= case.received_at < until]
    called = await actor.work.figures.called(new)
    heard = await actor.work.figures.answered(new, since)
    staff = await actor.work.people.staff(leader.commune)
    silent = [
        one.role for one in staff
        if one.commune == leader.commune and one.id != leader.id and _here(one)
        and one.id in called and one.id not in heard
    ]  # fmt: skip
    return tuple(
        actor.kit.catalog.say(leader.lang, f"role.{role}") for role in dict.fromkeys(silent)
    )


async def _unheard(
    actor: Actor, person: Person, since: datetime, *, outside: bool
) -> tuple[str, ...]:
    """Who did not hear the drill of the week: roles of the own commune, or for the city the communes."""
    people = unheard(await heard_since(actor.work, since))
    if not outside:
        here = [one.role for one in people if one.commune == person.commune]
        return tuple(
            actor.kit.catalog.say(person.lang, f"role.{role}") for role in dict.fromkeys(here)
        )
    names = actor.kit.places().areas.communes
    return tuple(names.get(code, code) for code in dict.fromkeys(one.commune for one in people))


async def _quiet(actor: Actor, person: Person) -> tuple[str, ...]:
    """The names of communes from which nothing has come for 90 days."""
    names = actor.kit.places().areas.communes
    return tuple(names.get(code, code) for code in await quiet_for(actor, person))
