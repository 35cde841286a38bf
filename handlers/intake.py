"""What a report says about the case it becomes: its flags, and the commune that can answer."""

from typing import Any

from handlers.actor import Actor
from handlers.talk.model import told
from storage.records.talks import TalkRow


def flags_of(answers: dict[str, Any]) -> tuple[str, ...]:
    """What the officer must know at a glance, and who must not see the case."""
    flags = ["child"] if answers.get("child") else []
    if answers.get("conflict") in ("commune", "school", "police"):
        flags.append(f"conflict_{answers['conflict']}")
    age = answers.get("child_age")
    if isinstance(age, int) and age in (16, 17):
        flags.append("age_16_17")
    return tuple(flags)


def source_of(answers: dict[str, Any], known: str = "bot") -> str:
    """How the news came in: by the bot itself, or as whoever reports for somebody says."""
    return str(told(answers, "source") or known)


def teller(row: TalkRow) -> str:
    """Who tells: the member of staff who reports for somebody, by id, or the reporter."""
    return str(row.answers.get("notes", {}).get("by", "")) or "reporter"


async def served(actor: Actor, commune: str) -> str:
    """The commune, if anybody works there; one without staff counts as none: the city desk has it."""
    if not commune:
        return ""
    staff = await actor.work.people.staff(commune)
    return commune if any(person.commune == commune for person in staff) else ""
