"""Who may do what where: one row per role (DOMAIN.md section 1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.model import Person, Role


@dataclass(frozen=True, slots=True)
class RoleRow:
    """`scope`: commune | visit | referred | city | none. `invites`: whom this role may invite."""

    role: Role
    scope: str
    works_cases: bool
    city: bool = False
    invites: tuple[Role, ...] = ()


ROLES: Mapping[Role, RoleRow] = {
    row.role: row
    for row in (
        RoleRow(Role.COLLABORATOR, "visit", works_cases=False),
        RoleRow(Role.OFFICER, "commune", works_cases=True, invites=(Role.COLLABORATOR,)),
        RoleRow(Role.DEPUTY, "commune", works_cases=True, invites=(Role.COLLABORATOR,)),
        RoleRow(Role.LEADER, "commune", works_cases=True, invites=(Role.COLLABORATOR,)),
        RoleRow(Role.POLICE, "referred", works_cases=True),
        RoleRow(Role.SUPERVISOR, "city", works_cases=True, city=True),
        RoleRow(Role.ADMIN, "none", works_cases=False, city=True, invites=tuple(Role)),
    )
}

# Who is called next when somebody could not act, along the chain of an alarm.
STEP_UP: Mapping[Role, Role] = {
    Role.OFFICER: Role.DEPUTY,
    Role.DEPUTY: Role.LEADER,
    Role.LEADER: Role.SUPERVISOR,
    Role.POLICE: Role.SUPERVISOR,
    Role.SUPERVISOR: Role.SUPERVISOR,
}

# Who stands above whom: a conflict of interest and a re-opening go one level up.
ABOVE: Mapping[Role, Role] = {
    Role.COLLABORATOR: Role.OFFICER,
    Role.OFFICER: Role.LEADER,
    Role.DEPUTY: Role.LEADER,
    Role.LEADER: Role.SUPERVISOR,
    Role.POLICE: Role.SUPERVISOR,
    Role.SUPERVISOR: Role.SUPERVISOR,
}

NEEDED = (Role.OFFICER, Role.DEPUTY, Role.LEADER)  # of every commune (DOMAIN.md section 1)
_CONFIRM = (Role.OFFICER, Role.DEPUTY, Role.LEADER)


def may_invite(person: Person, role: Role, commune: str) -> bool:
    """An administrator invites anybody anywhere; whoever works in a commune, its collaborators."""
    near = person.role is Role.ADMIN or (bool(commune) and person.commune == commune)
    return role in ROLES[person.role].invites and near


def may_confirm(person: Person, made_by: str, commune: str) -> bool:
    """The second person: any other who may invite, of that commune or an administrator; never oneself."""
    if person.id == made_by:
        return False
    near = person.role in _CONFIRM and bool(commune) and person.commune == commune
    return person.role is Role.ADMIN or near


def may_remove(by: Person, person: Person) -> bool:
    """Nobody oneself; an administrator anybody else, a leader those of the commune that is led."""
    if by.id == person.id:
        return False
    led = by.role is Role.LEADER and by.commune == person.commune
    return by.role is Role.ADMIN or (led and person.role is not Role.LEADER)


def may_set(by: Person, commune: str) -> bool:
    """Settings belong to the commune: to its leader, and to an administrator, who knows no case."""
    return by.role is Role.ADMIN or (by.role is Role.LEADER and by.commune == commune)


def may_set_chain(by: Person, commune: str) -> bool:
    """Whom an alarm calls also the city decides, to whom what nobody answered comes up."""
    return by.role is Role.SUPERVISOR or may_set(by, commune)


def may_keep_people(by: Person, commune: str) -> bool:
    """Names and villages: of the leader for the own commune, of an administrator for all."""
    return may_set(by, commune)
