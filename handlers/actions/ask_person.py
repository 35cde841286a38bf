"""Somebody wants to talk with a person: whoever has the case, or is on duty, hears of it."""

from cases.model import Case
from cases.routing import people_for
from handlers.actor import Actor
from handlers.alarms.alarm import ring, staff_of
from handlers.casework.cards import refresh
from handlers.casework.intake import waits_for_alert
from notifications.announce import Call

_EVERY = 300  # seconds: who asks again and again rings once


async def ask_for_person(actor: Actor, case: Case) -> bool:
    """Tell the holder, else whoever is on duty. False = nobody knows of the case yet, so nobody is told."""
    if await waits_for_alert(actor, case):
        return False
    staff, excluded = await staff_of(actor, case)
    people = people_for(("holder",) if case.holder else ("officer",), case, staff, excluded)
    slot = int(actor.work.now.timestamp()) // _EVERY
    call = Call("asks_person", f"case:{case.id}:person:{slot}", {})
    await ring(actor, case, people, call, somebody=True)
    return True


async def note_the_wish(actor: Actor, case: Case) -> None:
    """After the receipt: the wish stands on the card of the case."""
    assert actor.voice is not None
    body = {"answers": {"asks_person": 1}, "fired": []}
    key = f"{case.id}:person:{actor.voice.row}"
    await actor.work.cases.add_event(case.id, key, "report", "reporter", body)
    await refresh(actor, case)
