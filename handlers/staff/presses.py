"""Whether a press or a filled form still means what it meant: one rule for the chat and for the pages."""

from datetime import datetime

from cases.allowed import allowed
from cases.errors import Conflict, Refused
from cases.lifecycle import QUIET, Act
from cases.model import Case, Person, Role
from cases.times.calendar import local
from handlers.actor import Actor
from handlers.casework.cards import show
from handlers.talk.answers import Pick
from handlers.talk.flow import Flow
from handlers.talks import Lists


def refusal(person: Person, case: Case, act: Act, rev: int) -> Refused | None:
    """Why this press comes too late or is not theirs; None = go on. `rev`: the case as they saw it."""
    why = "" if act is Act.UNDO else allowed(act, case, person)
    if why and act in (Act.ACKNOWLEDGE, Act.ACCEPT_HANDOVER) and case.holder and case.acked_at:
        taken = {"role": Role(case.acked_by_role), "at": case.acked_at}
        return Conflict("error.taken", code=case.code, **taken)
    if why:
        return Refused(why)
    # When only the level has changed, a press to take the case still means what it meant.
    return Conflict("error.changed") if act is Act.UNDO and rev != case.rev else None


def outrun(case: Case, act: Act, rev: int) -> bool:
    """Whether the case changed while a form about it was being filled: what was meant may be wrong."""
    return act not in QUIET and rev != case.rev


def nobody_to_pick(act: Act, form: Flow, lists: Lists) -> Refused | None:
    """A form that begins with a choice among nobody is not opened; None = go on."""
    first = form.asks[0].answer
    if not isinstance(first, Pick) or lists[first.source]:
        return None
    return Refused("relay.nobody" if act is Act.ASK_REPORTER else "error.nobody_to_pick")


async def log_refusal(actor: Actor, case_id: str, act: str) -> None:
    """One row for every act that a rule refused, wherever it was pressed, typed or filled in."""
    assert actor.person is not None
    await actor.work.audit.write(actor.person.id, "refused", case_id, {"act": act})


async def refuse(actor: Actor, case: Case, act: Act, why: Refused) -> None:
    """In the chat: they hear why not, with the case as it is now."""
    await log_refusal(actor, case.id, act.value)
    await actor.say(why_not(actor, why))
    await show(actor, case)


def why_not(actor: Actor, why: Refused) -> str:
    """A refusal in words; a colleague is a role, a moment is a time of the day."""
    return actor.words(why.key, **{name: _word(actor, one) for name, one in why.values_.items()})


def _word(actor: Actor, value: object) -> object:
    if isinstance(value, Role):
        return actor.words(f"role.{value}")
    return f"{local(value):%H:%M}" if isinstance(value, datetime) else value
