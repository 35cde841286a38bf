"""Who may be taken out of a case, and who lets them in again: only the level above (DOMAIN.md 1). Pure."""

from collections.abc import Mapping

from cases.model import Case, Person, Role
from cases.roles import ABOVE

CITY = ""  # a supervisor has no commune, and stands above all of them
# What the answer of a reporter hides, and who may show it again.
RELEASES: Mapping[str, Role] = {
    "conflict_commune": Role.SUPERVISOR,
    "conflict_police": Role.SUPERVISOR,
}


def stands_above(role: Role, other: Role) -> bool:
    """Whether the way up from one role leads through the other; above a supervisor is another one."""
    while (up := ABOVE.get(other)) is not None and up is not other:
        if up is role:
            return True
        other = up
    return role is other is Role.SUPERVISOR


def may_take_out(doer: Person, other: Person) -> bool:
    """About oneself always; a leader about whoever works in the commune; the city about anybody."""
    if doer.id == other.id:
        return True
    if doer.role is Role.LEADER:
        # Who hides a case from the police contact takes care; only the city shows it to them again.
        below = stands_above(Role.LEADER, other.role) or other.role is Role.POLICE
        return below and other.commune == doer.commune
    return doer.role is Role.SUPERVISOR and stands_above(doer.role, other.role)


def may_let_in(doer: Person, other: Person) -> bool:
    """Never oneself; the level above, and in the own commune below the city."""
    near = doer.commune in (CITY, other.commune)
    return doer.id != other.id and near and stands_above(doer.role, other.role)


def to_release(doer: Person, case: Case) -> tuple[str, ...]:
    """The conflicts of whole units that this person may end."""
    return tuple(flag for flag, by in RELEASES.items() if flag in case.flags and doer.role is by)
