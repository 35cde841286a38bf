"""What a collaborator sends while on a visit: a place, a picture, words in answer to its card."""

from cases.access import View, visits_of
from cases.errors import Refused
from cases.messages import Incoming
from cases.model import Case, Role
from cases.routing import people_for
from cases.times.calendar import local
from handlers.access import parts_for
from handlers.actor import Actor
from handlers.alarms.alarm import ring, staff_of
from handlers.casework.cards import refresh
from handlers.staff.act_talk import ask_again
from notifications.announce import Call
from storage.records.talks import TalkRow


async def from_the_field(actor: Actor, row: TalkRow | None, incoming: Incoming) -> bool:
    """Whether it belongs to a visit they said yes to: then it is on the case, and the holder knows."""
    if actor.person is None or actor.person.role is not Role.COLLABORATOR:
        return False
    telling = row is not None and row.flow == "report"
    sent = incoming.kind in ("media", "location") or (bool(incoming.about) and incoming.text)
    found = [] if telling or not sent else await _visits(actor, incoming)
    if not found:
        return False
    if len(found) > 1:
        raise Refused("error.which_case")
    await _kept(actor, found[0], incoming)
    words = actor.words("part.visit_kept", code=found[0].code)
    if row is None or not await ask_again(actor, row, words):
        await actor.say(words)
    return True


async def _visits(actor: Actor, incoming: Incoming) -> list[Case]:
    """The cases whose visit they are on; of an answer to a message, the one it is about."""
    person, voice = actor.person, actor.voice
    assert person is not None
    assert voice is not None
    going = [
        case for case, view in await parts_for(actor.work, person)
        if view is View.VISIT and any(one.state == "accepted" for one in visits_of(case, person))
    ]  # fmt: skip
    if not incoming.about:
        return going
    about = await actor.work.outbox.cases_of(voice.contact.id, incoming.about)
    return [case for case in going if case.id in about]


async def _kept(actor: Actor, case: Case, incoming: Incoming) -> None:
    """An event of the case, sealed like all of them; its files follow the key of the event."""
    person, voice, now = actor.person, actor.voice, actor.work.now
    assert person is not None
    assert voice is not None
    form = {"text": incoming.text} if incoming.text else {}
    body = {"form": form, "role": person.role}
    if incoming.kind == "location":
        form["point"] = actor.words("value.point", lat=str(incoming.lat), lon=str(incoming.lon))
        body["point"] = {"lat": incoming.lat, "lon": incoming.lon}
    await actor.work.cases.add_event(case.id, f"added:{voice.row}", "field_news", person.id, body)
    staff, excluded = await staff_of(actor, case)
    to = ("holder",) if case.holder else ("officer", "leader")
    values = {"role": person.role, "when": f"{local(now):%H:%M}"}
    # An album is one piece of news.
    call = Call("field_news", f"case:{case.id}:field_news:{person.id}:{now:%d%H%M}", values)
    await ring(actor, case, people_for(to, case, staff, excluded), call, somebody=True)
    await refresh(actor, case)
