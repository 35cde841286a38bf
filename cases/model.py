"""A case and the people around it, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How fast somebody must act. `unknown` is timed as urgent until a person sets a level."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    UNKNOWN = "unknown"
    URGENT = "urgent"


class Status(StrEnum):
    """DOMAIN.md section 2. "Overdue" is a clock's state, never a status."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    VERIFYING = "verifying"
    EMERGENCY = "emergency"
    DETAILED = "detailed"
    PLANNING = "planning"
    APPROVAL = "approval"
    RUNNING = "running"
    REVIEW = "review"
    CLOSED = "closed"


class Role(StrEnum):
    """Who a person is for the product; labels are texts of the commune."""

    COLLABORATOR = "collaborator"
    OFFICER = "officer"
    DEPUTY = "deputy"
    LEADER = "leader"
    POLICE = "police"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff. `commune` is empty for the city and the administrator.

    `substitute`: who stands in while they are on leave; empty = they are here. `leads`: they stand in
    for a leader.
    """

    id: str
    role: Role
    commune: str = ""
    villages: tuple[str, ...] = ()
    name: str = ""
    lang: str = "vi"
    on_duty: bool = True
    active: bool = True
    substitute: str = ""
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A measure, a visit, a task …: beside the case, with a state of its own (cases/records.py).

    `person`: whose it is, if somebody's. `due_at`: its own date, if it has one. `body` is sealed.
    """

    kind: str
    no: int
    state: str
    made_at: datetime
    changed_at: datetime
    person: str = ""
    commune: str = ""
    due_at: datetime | None = None
    body: Mapping[str, Any] = field(default_factory=dict, repr=False)  # words stay out of errors


@dataclass(frozen=True, slots=True)
class Case:
    """The clear columns of a case; every word about a person is in its sealed events.

    `commune` is empty while nobody knows where: then the city desk owns it. `rev` counts changes of
    status, level or holder, so that a note never makes a button stale.
    """

    id: str
    code: str
    commune: str
    level: Level
    kind: str
    status: Status
    rev: int
    received_at: datetime
    opened_at: datetime
    holder: str = ""
    source: str = "bot"
    acked_at: datetime | None = None
    acked_by_role: str = ""
    closed_at: datetime | None = None
    closed_reason: str = ""
    closed_by_role: str = ""
    flags: tuple[
        str, ...
    ] = ()  # child, age_16_17, conflict_commune, conflict_school, conflict_police, raw, reopened, drill
    policy: int = 1  # version of the clocks and settings it was opened under
    beside: tuple[Record, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Timer:
    """One armed obligation: TRUST.md section 3, ledger 3. `owner` is `case:<id>` or `talk:<id>`."""

    owner: str
    kind: str
    round: int
    step: int
    slot: int
    due_at: datetime
    id: str = ""
    started_at: datetime | None = None
    rules: str = ""  # the versions of clocks and calendar under which it was started
