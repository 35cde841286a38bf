"""Quick exit: the talk ends, one harmless line stays, what was told of a child is still filed."""

from cases.model import Status
from cases.safe_contact import Safety, left
from handlers.actor import Actor
from handlers.casework.cards import refresh
from handlers.casework.relay import take_back
from handlers.casework.traces import remove_late, remove_traces
from handlers.roster.departing import end_talks


async def leave(actor: Actor) -> None:
    """Quick exit by word or button: forgotten, removed where that can be, and one harmless line stays."""
    assert actor.voice is not None
    if actor.person is not None:  # for staff it only ends what they were filling in
        await close_talks(actor)
        await actor.say(actor.words("talk.exit"))
        return
    late = await actor.work.outbox.on_their_way(actor.voice.contact.id)
    await forget(actor)
    await remove_traces(actor)
    await actor.say(actor.words("talk.exit"), exit=True)
    await remove_late(actor, late)


async def forget(actor: Actor) -> None:
    """End every open talk, without a receipt; whoever writes here next learns of no report.

    Nothing that waits goes out any more, no button means anything, and we never write here first.
    """
    assert actor.voice is not None
    contact = actor.voice.contact
    await close_talks(actor)
    await actor.work.cases.leave(contact.id)
    await actor.work.safety.put(contact.id, left(contact.safety or Safety()))
    await actor.work.files.hush(contact.id)
    await take_back(actor)
    if contact.channel == "web":
        await actor.work.webchat.wipe(contact.user)
    for case_id in await actor.work.threads.ever(contact.id):
        case = await actor.work.cases.get(case_id)
        if case is not None and case.status is not Status.CLOSED:
            await refresh(actor, case)


async def close_talks(actor: Actor) -> None:
    """File what is worth filing, forget the rest."""
    assert actor.voice is not None
    await end_talks(actor, actor.voice.contact.id)
