"""What check says of who is there: test alerts, leave, duty, invitations that wait."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Literal

from cases.duty import FIRST_CALLED, stand_in, there
from cases.model import Person
from cases.roles import ROLES
from cases.times.calendar import local
from storage.unit_of_work import UnitOfWork

# level, about, the sentence that mends it
Finding = tuple[Literal["ok", "warning", "error"], str, str]
_TEST_HOLDS = timedelta(days=30)


async def presence(
    work: UnitOfWork, people: Sequence[Person], communes: Mapping[str, str]
) -> list[Finding]:
    """Every finding about these people."""
    tested = [one for person in people for one in await _tested(work, person)]
    return [*tested, *_on_leave(people), *_on_duty(people, communes), *await _waiting(work)]


async def _tested(work: UnitOfWork, person: Person) -> list[Finding]:
    """Whether they heard a test alert lately, on any address."""
    if not ROLES[person.role].works_cases:
        return []
    heard = [one.heard_at for one in await work.bells.of_person(person.id) if one.heard_at]
    if heard and work.now - max(heard) <= _TEST_HOLDS:
        return []
    since = (
        f"no test alert since {local(max(heard)):%d/%m/%Y}" if heard else "a test alert never yet"
    )
    sentence = f"{_who(person)} has acknowledged {since}: they press the test of the alarm in chat."
    return [("warning", "people", sentence)]


def _on_leave(people: Sequence[Person]) -> list[Finding]:
    lines: list[Finding] = []
    for person in (one for one in people if one.substitute):
        who, substitute = _who(person), stand_in(person, people)
        if substitute is None:
            sentence = (
                f"{who} is on leave and nobody stands in: they write /truc, or ask somebody else."
            )
            lines.append(("error", "duty", sentence))
        else:
            lines.append(("ok", "duty", f"{who} is on leave, {_who(substitute)} stands in."))
    return lines


def _on_duty(people: Sequence[Person], communes: Mapping[str, str]) -> list[Finding]:
    """Communes where nobody would hear of a new case."""
    staffed = sorted({one.commune for one in people if one.role in FIRST_CALLED})
    return [
        (
            "error",
            "duty",
            f"Nobody is on duty in {communes.get(code, code)}: somebody there writes /truc.",
        )
        for code in staffed
        if not there(people, code)
    ]


def _who(person: Person) -> str:
    return f"{person.role.value} {person.name or person.id}"


async def _waiting(work: UnitOfWork) -> list[Finding]:
    count = len(await work.invites.all_waiting())
    if not count:
        return []
    sentence = f"Invitations that wait for a second person: {count}. See bot invite --confirm."
    return [("warning", "people", sentence)]
