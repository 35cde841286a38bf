"""What a commune has set, and how far it may: its chains, its own clocks; the law's to read only."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cases.chains import CHAINS, name_of
from cases.deadlines import ARMED, DEADLINES
from cases.model import Level, Person, Role
from cases.policy import Policy
from cases.roles import may_set, may_set_chain
from cases.settings import SETTINGS, Number, Setting, as_delivered
from handlers.actions.keep_settings import policy_now
from handlers.actor import Actor
from handlers.pages.chain_page import ChainRow, chain_row, decided_since

_LAW_DUE = re.compile(r"(\d+) (min|h|d|w)$")
_UNITS = {"min": "minutes", "h": "hours", "d": "days", "w": "working"}


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One clock of the commune: what it is for, and for which levels how long; (levels, now, delivered)."""

    id: str
    name: str
    why: str
    amounts: list[tuple[str, str, str]]
    since: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The settings of one commune. `editable`, `chains_editable`: by whoever looks."""

    commune: str
    place: str
    chains: list[ChainRow]
    settings: list[SettingRow]
    laws: list[tuple[str, str, str]]
    editable: bool
    chains_editable: bool


@dataclass(frozen=True, slots=True)
class NumberField:
    """One amount: for which levels, as delivered, and between what."""

    name: str
    levels: str
    unit: str
    amount: str
    hint: str


@dataclass(frozen=True, slots=True)
class NumbersForm:
    """One setting as a form."""

    id: str
    name: str
    why: str
    numbers: list[NumberField]
    seen: int


async def settings_page(actor: Actor, commune: str) -> Shown:
    """Of a commune whose settings this person may read."""
    person, policy = _person(actor), (await policy_now(actor)).of(commune)
    staff = await actor.work.people.staff(commune)
    return Shown(
        commune, actor.kit.places().areas.communes[commune],
        [await chain_row(actor, commune, level, policy, staff) for level in CHAINS],
        [await _row(actor, commune, one, policy) for one in SETTINGS.values()],
        [_law(actor, clock) for clock in DEADLINES if DEADLINES[clock].law and clock in ARMED],
        editable=may_set(person, commune), chains_editable=may_set_chain(person, commune),
    )  # fmt: skip


async def _row(actor: Actor, commune: str, setting: Setting, policy: Policy) -> SettingRow:
    spans = setting.spans(policy)
    amounts = [
        (
            levels_of(actor, setting, one),
            amount_words(actor, one.of(spans[one.levels[0]]), one.unit),
            amount_words(actor, as_delivered(setting, one), one.unit),
        )
        for one in setting.numbers
    ]
    name, why = setting_words(actor, setting)
    return SettingRow(
        setting.id, name, why, amounts, await decided_since(actor, commune, setting.id)
    )


def setting_words(actor: Actor, setting: Setting) -> tuple[str, str]:
    """Its name, and what it is for."""
    return actor.words(f"setting.{setting.id}"), actor.words(f"setting.{setting.id}.why")


def levels_of(actor: Actor, setting: Setting, number: Number) -> str:
    if len(setting.numbers) == 1:
        key = "setting.urgent_only" if Level.LOW not in number.levels else "setting.every_level"
        return actor.words(key)
    return ", ".join(actor.words(f"level.{one}") for one in number.levels)


def amount_words(actor: Actor, many: int, unit_: str) -> str:
    return actor.words("staff.amount", amount=many, unit=unit_)


def _law(actor: Actor, clock: str) -> tuple[str, str, str]:
    """Name, how long, article."""
    name, _, article = actor.words(f"clock.{clock}").partition(", ")
    found = _LAW_DUE.match(DEADLINES[clock].due)
    assert found is not None
    return name, amount_words(actor, int(found[1]), _UNITS[found[2]]), article


async def numbers_form(
    actor: Actor, commune: str, setting: Setting, typed: Mapping[str, str] | None = None
) -> NumbersForm:
    """As it is in force, or as somebody filled it and must go on."""
    spans = setting.spans((await policy_now(actor)).of(commune))
    newest = await actor.work.settings.newest(commune, setting.id)
    name, why = setting_words(actor, setting)
    fields = [
        NumberField(
            one.name, levels_of(actor, setting, one), actor.words("staff.unit", unit=one.unit),
            typed.get(one.name, "")[:8] if typed else str(one.of(spans[one.levels[0]])),
            actor.words(
                "setting.range", least=one.least, most=one.most, unit=one.unit,
                delivered=as_delivered(setting, one),
            ),
        )
        for one in setting.numbers
    ]  # fmt: skip
    return NumbersForm(setting.id, name, why, fields, newest.n if newest else 0)


async def in_force(actor: Actor, commune: str, name: str) -> list[str]:
    """What a chain or a setting is now, a line each: for whoever was too late."""
    policy = (await policy_now(actor)).of(commune)
    if name in SETTINGS:
        row = await _row(actor, commune, SETTINGS[name], policy)
        return [
            actor.words("staff.set_line", what=levels, now=now) for levels, now, _ in row.amounts
        ]
    staff = await actor.work.people.staff(commune)
    level = next(one for one in CHAINS if name_of(one) == name)
    chain = await chain_row(actor, commune, level, policy, staff)
    return [actor.words("staff.set_line", what=when, now=whom) for when, whom in chain.steps]


async def communes_of(actor: Actor) -> list[tuple[str, str]]:
    """The communes whose settings this person may read: those where somebody works."""
    person, names = _person(actor), actor.kit.places().areas.communes
    if person.role is Role.LEADER:
        return [(person.commune, names[person.commune])]
    works = {one.commune for one in await actor.work.people.everybody() if one.active}
    return [(code, name) for code, name in names.items() if code in works]


def _person(actor: Actor) -> Person:
    assert actor.person is not None
    return actor.person
