"""Who works here, who is there now, and whom an alarm calls in which order; to read, not to change."""

from dataclasses import dataclass

from cases.duty import LeaveState, stand_in
from cases.model import Level, Person, Role
from cases.policy import DAY, HOUR, MINUTE, Span, Step
from handlers.actions.keep_calendar import may_keep
from handlers.actor import Actor
from handlers.pages.worklist import moment
from storage.records.people import Contact

LEVELS = (Level.URGENT, Level.HIGH, Level.MEDIUM, Level.LOW)
may_look = may_keep  # the settings are read by those who keep the calendar


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One colleague: presence in words, and each address with whether it works; never an address itself."""

    name: str
    role: str
    place: str
    presence: str
    addresses: list[Contact]


@dataclass(frozen=True, slots=True)
class ChainRow:
    """The steps of the alarm of one level: (when, whom), in order."""

    code: str
    level: str
    steps: list[tuple[str, str]]
    again: str


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a commune, or for an administrator of all, and the chain that is in force."""

    people: list[PersonRow]
    chain: list[ChainRow]


async def roster(actor: Actor) -> Roster:
    """A leader reads of the own commune and of the city desk, an administrator of everybody."""
    person = actor.person
    assert person is not None
    people = [one for one in await actor.work.people.everybody() if one.active]
    if person.role is not Role.ADMIN:
        people = [one for one in people if one.commune in (person.commune, "")]
    people.sort(key=lambda one: (one.commune == "", one.commune, list(Role).index(one.role)))
    rows = [await _row(actor, one, people) for one in people]
    return Roster(rows, [_chain(actor, level) for level in LEVELS])


async def _row(actor: Actor, person: Person, staff: list[Person]) -> PersonRow:
    names = actor.kit.places().areas.communes
    return PersonRow(
        person.name, actor.words(f"role.{person.role}"), names.get(person.commune, ""),
        await _presence(actor, person, staff),
        await actor.work.contacts.of_person(person.id),
    )  # fmt: skip


async def _presence(actor: Actor, person: Person, staff: list[Person]) -> str:
    """On duty, off duty, or on leave until then with whoever is called in their place."""
    if not person.substitute:
        return actor.words("staff.admin_on" if person.on_duty else "staff.admin_off")
    leaves = [one for one in await actor.work.leaves.open() if one.person_id == person.id]
    until = max(
        (one.ends_at for one in leaves if one.state is LeaveState.ACCEPTED), default=actor.work.now
    )
    who = stand_in(person, staff)
    return actor.words(
        "staff.on_leave", until=moment(actor, until),
        who=(who.name or actor.words(f"role.{who.role}")) if who is not None else "none",
    )  # fmt: skip


def _chain(actor: Actor, level: Level) -> ChainRow:
    policy = actor.kit.policy
    steps = [(_when(actor, step.after), _whom(actor, step)) for step in policy.unanswered[level]]
    again = "staff.again_urgent" if level is Level.URGENT else "staff.again_calm"
    minutes = policy.repeat // MINUTE
    return ChainRow(
        level.value, actor.words(f"level.{level}"), steps, actor.words(again, minutes=minutes)
    )


def _when(actor: Actor, after: Span) -> str:
    if not after.amount:
        return actor.words("staff.step_now")
    if after.counts == "w":
        return actor.words("staff.step", amount=after.amount // DAY, unit="working")
    if after.amount % HOUR:
        return actor.words("staff.step", amount=after.amount // MINUTE, unit="minutes")
    unit = "day_hours" if after.counts == "d" else "hours"
    return actor.words("staff.step", amount=after.amount // HOUR, unit=unit)


def _whom(actor: Actor, step: Step) -> str:
    return ", ".join(actor.words(f"role.{role}") for role in step.to)
