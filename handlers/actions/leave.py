"""Quick exit: the talk ends, one harmless line stays, what was told of a child is still filed."""

from handlers.actor import Actor
from handlers.departing import end_talks


async def leave(actor: Actor) -> None:
    """Quick exit by word or button: forgotten, and one harmless line stays."""
    await forget(actor)
    assert actor.voice is not None
    if actor.person is None and actor.voice.contact.channel == "web":
        await actor.work.webchat.wipe(actor.voice.contact.user)
    await actor.say(actor.words("talk.exit"), exit=actor.person is None)


async def forget(actor: Actor) -> None:
    """End every open talk, without a receipt; whoever writes here next learns of no report."""
    assert actor.voice is not None
    await close_talks(actor)
    await actor.work.cases.leave(actor.voice.contact.id)


async def close_talks(actor: Actor) -> None:
    """File what is worth filing, forget the rest."""
    assert actor.voice is not None
    await end_talks(actor, actor.voice.contact.id)
