"""What a report says about the case it becomes: its flags, and the commune that can answer."""

from typing import Any

from cases.model import Case
from handlers.actor import Actor
from handlers.talk.model import told
from storage.records.talks import TalkRow


def flags_of(answers: dict[str, Any]) -> tuple[str, ...]:
    """What the officer must know at a glance, and who must not see the case."""
    flags = [name for name in ("child", "adult") if answers.get(name)]
    if answers.get("conflict") in ("commune", "school", "police"):
        flags.append(f"conflict_{answers['conflict']}")
    age = answers.get("child_age")
    if isinstance(age, int) and age in (16, 17):
        flags.append("age_16_17")
    return tuple(flags)


def is_child(case: Case) -> bool:
    """Whether a child wrote it, as far as we know by now: somebody may have said since that they are none."""
    return "child" in case.flags and "adult" not in case.flags


def flags_with(case: Case, answers: dict[str, Any]) -> tuple[str, ...]:
    """The flags of a case after these answers; who is a child again is no adult any more."""
    flags = dict.fromkeys((*case.flags, *flags_of(answers)))
    if answers.get("child"):
        flags.pop("adult", None)
    return tuple(flags)


async def waits_for_alert(actor: Actor, case: Case) -> bool:
    """Whether nobody was alerted yet: the commune, or whom the harmer works for, is still asked."""
    armed = await actor.work.timers.armed(f"case:{case.id}")
    return any(timer.kind == "unplaced" for timer in armed)


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
