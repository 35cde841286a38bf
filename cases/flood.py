"""Flood mode: so many report at once that only what brings help is asked (TRUST.md section 17). Pure."""

from datetime import datetime, timedelta

from cases.model import Person, Role
from cases.policy import Policy

SETTING = "flood"  # a decision of a commune: {"until": when it ends by itself}
LASTS = timedelta(hours=12)


def may_switch(person: Person) -> bool:
    """The leader of a commune, for their own."""
    return person.active and person.role is Role.LEADER and bool(person.commune)


def until(policy: Policy, commune: str, now: datetime) -> datetime | None:
    """When the flood mode of this commune ends; None = it is not on."""
    decided = [one for one in policy.decided.by_commune.get(commune, ()) if one.name == SETTING]
    if not decided:
        return None
    ends = datetime.fromisoformat(decided[-1].value["until"])
    return ends if ends > now else None


def in_flood(policy: Policy, commune: str, now: datetime) -> bool:
    """Whether a report is told briefly. While nobody knows the commune, it may be any that is flooded."""
    known = (commune,) if commune else tuple(policy.decided.by_commune)
    return any(until(policy, one, now) is not None for one in known)
