"""The chain of one level: shown in words, and as a form that works without scripts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cases.chains import (
    CALLED,
    MOST_STEPS,
    amount,
    chain_of,
    closing_may_move,
    limits,
    may_be_called,
    name_of,
    one_person,
    open_steps,
    unit,
    unit_of,
)
from cases.errors import Refused
from cases.model import Level, Person, Role
from cases.policy import MINUTE, Policy, Step
from cases.roster import short
from cases.settings import amount_of
from handlers.actions.keep_settings import policy_now
from handlers.actor import Actor
from handlers.pages.worklist import moment


@dataclass(frozen=True, slots=True)
class ChainRow:
    """The steps of the alarm of one level: (when, whom), in order."""

    code: str
    level: str
    steps: list[tuple[str, str]]
    again: str
    since: str


@dataclass(frozen=True, slots=True)
class StepField:
    """One step in the form: how long after the report, and whom with a tick."""

    n: int
    amount: str
    whom: list[tuple[str, str, bool]]


@dataclass(frozen=True, slots=True)
class ChainForm:
    """The chain of a level as a form; `seen` is the decision that it shows."""

    level: Level
    words: str
    unit: str
    steps: list[StepField]
    city: str
    everybody: str
    ends: list[tuple[str, str]]  # where the closing steps stand fast: (when, whom)
    limits: str
    seen: int
    moves: bool


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody typed into the form of a chain."""

    rows: list[tuple[str, list[str]]]
    city: str
    everybody: str


async def chain_row(
    actor: Actor, commune: str, level: Level, policy: Policy, staff: Sequence[Person]
) -> ChainRow:
    steps = [(_when(actor, one), whom(actor, one, staff)) for one in policy.unanswered[level]]
    again = "staff.again_urgent" if level is Level.URGENT else "staff.again_calm"
    return ChainRow(
        level.value, actor.words(f"level.{level}"), steps,
        actor.words(again, minutes=policy.repeat // MINUTE),
        await decided_since(actor, commune, name_of(level)),
    )  # fmt: skip


def _when(actor: Actor, step: Step) -> str:
    if not step.after.amount:
        return actor.words("staff.step_now")
    return actor.words("staff.step", amount=amount(step), unit=unit(step))


def whom(actor: Actor, step: Step, staff: Sequence[Person]) -> str:
    """Roles, and people by name; who does not work here any more is said to be gone."""
    people = {one_person(one): short(one.name) or _role(actor, one.role) for one in staff}
    roles = {one.value for one in Role}
    return ", ".join(
        actor.words(f"role.{one}") if one in roles
        else people.get(one, actor.words("staff.chain_gone"))
        for one in step.to
    )  # fmt: skip


def _role(actor: Actor, role: Role) -> str:
    return actor.words(f"role.{role}")


async def decided_since(actor: Actor, commune: str, name: str) -> str:
    """Who decided it and when; empty while it is as delivered."""
    newest = await actor.work.settings.newest(commune, name)
    if newest is None or newest.at is None:
        return ""
    by = await actor.work.people.get(newest.by)
    role = _role(actor, by.role) if by is not None else "-"
    return actor.words("staff.set_since", role=role, moment=moment(actor, newest.at))


async def chain_form(
    actor: Actor, commune: str, level: Level, filled: Filled | None = None
) -> ChainForm:
    """As it is in force, or as somebody filled it and must go on."""
    steps = (await policy_now(actor)).of(commune).unanswered[level]
    newest, most = await actor.work.settings.newest(commune, name_of(level)), limits(level)
    own = [(str(amount(one) or ""), list(one.to)) for one in open_steps(steps)]
    rows = filled.rows if filled else own
    choices, staff = await _choices(actor, commune), await actor.work.people.staff(commune)
    shown = [*rows, *[("", [])] * (len(rows) < MOST_STEPS)]
    ends = [] if closing_may_move(level) else steps[-2:]
    return ChainForm(
        level, actor.words(f"level.{level}"), actor.words("staff.unit", unit=unit_of(level)),
        [
            StepField(n, many[:4], [(key, words, key in to) for key, words in choices])
            for n, (many, to) in enumerate(shown)
        ],
        filled.city[:4] if filled else str(amount(steps[-2])),
        filled.everybody[:4] if filled else str(amount(steps[-1])),
        [(_when(actor, one), whom(actor, one, staff)) for one in ends],
        actor.words(
            "staff.chain_limits", unit=most.unit, second=most.second, leader=most.leader,
            city=most.city, all=most.everybody,
        ),
        newest.n if newest else 0, closing_may_move(level),
    )  # fmt: skip


async def _choices(actor: Actor, commune: str) -> list[tuple[str, str]]:
    """Whom a step may call: a role, or somebody by name."""
    people = [one for one in await actor.work.people.staff(commune) if may_be_called(one, commune)]
    roles = [(one.value, _role(actor, one)) for one in CALLED]
    named = [
        (one_person(one), actor.words("staff.chain_one", name=short(one.name), role=_role(actor, one.role)))
        for one in people if one.name
    ]  # fmt: skip
    return [*roles, *named]


async def read_chain(actor: Actor, commune: str, form: Mapping[str, str]) -> Filled:
    """What stands in the fields; a step without people and without a time is no step."""
    choices = [key for key, _ in await _choices(actor, commune)]
    rows = []
    for n in range(MOST_STEPS):
        to = [one for one in choices if f"to.{n}.{one}" in form]
        typed = form.get(f"after.{n}", "").strip()
        if to or typed:
            rows.append((typed, to))
    return Filled(rows, form.get("city", ""), form.get("all", ""))


def steps_of_form(level: Level, filled: Filled) -> tuple[Step, ...]:
    """Raises Refused for a time that is none."""
    rows = [(_amount(typed) if n else 0, to) for n, (typed, to) in enumerate(filled.rows)]
    ends = (0, 0)
    if closing_may_move(level):
        ends = (_amount(filled.city), _amount(filled.everybody))
    return chain_of(level, rows, *ends)


def _amount(typed: str) -> int:
    found = amount_of(typed)
    if not found:
        raise Refused("error.setting_number")
    return found
