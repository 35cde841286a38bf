"""Who may be taken out of a case, and who lets them in again: only the level above (DOMAIN.md 1). Pure."""

from collections.abc import Mapping

from cases.model import Case, Person, Role
from cases.roles import ABOVE

COMMUNE = "conflict_commune"
LEFT = f"{COMMUNE}_"  # and the code of a commune that the case has left: it is kept from it still
CITY = ""  # a supervisor has no commune, and stands above all of them
# What the answer of a reporter hides, and who may show it again.
RELEASES: Mapping[str, Role] = {
    "conflict_commune": Role.SUPERVISOR,
    "conflict_police": Role.SUPERVISOR,
}


def concerns_commune(case: Case) -> bool:
    """Whether the commune that has the case is the one concerned, or may be while none is known."""
    return COMMUNE in case.flags or f"{LEFT}{case.commune}" in case.flags


def kept_from(case: Case, commune: str) -> bool:
    """Whether it has left this commune for a conflict of interest that nobody above has ended."""
    return bool(commune) and f"{LEFT}{commune}" in case.flags


def commune_left(flag: str) -> str:
    """The commune that a flag keeps a case from, which went elsewhere; "" for any other flag."""
    return flag.removeprefix(LEFT) if flag.startswith(LEFT) else ""


def flags_in(case: Case, commune: str) -> tuple[str, ...]:
    """Its flags when it goes to a commune: the one concerned goes on being the one concerned."""
    if commune == case.commune or not case.commune or COMMUNE not in case.flags:
        return case.flags
    left = f"{LEFT}{case.commune}"
    return tuple(dict.fromkeys(left if flag == COMMUNE else flag for flag in case.flags))


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
    units = [flag for flag, by in RELEASES.items() if flag in case.flags and doer.role is by]
    elsewhere = [flag for flag in case.flags if commune_left(flag)]
    return (*units, *(elsewhere if doer.role is RELEASES[COMMUNE] else ()))
