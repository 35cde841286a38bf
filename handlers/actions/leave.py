"""Quick exit: the talk ends, one harmless line stays, what was told of a child is still filed."""

from handlers.actor import Actor
from handlers.cards import refresh
from handlers.flows.report import worth_filing
from handlers.opening import submit_report
from handlers.talk.signs import in_danger
from storage.records.talks import TalkRow


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
    for row in await actor.work.talks.of_contact(actor.voice.contact.id):
        if row.flow == "report" and in_danger(row.answers["answers"]):
            await _left(actor, row)
        if row.flow == "report" and not row.case_id and worth_filing(row.answers["answers"]):
            await submit_report(actor, row, silent=True)
        await actor.work.timers.stop(f"talk:{row.id}")
        await actor.work.talks.delete(row.id)


async def _left(actor: Actor, row: TalkRow) -> None:
    """A child in danger left in a hurry: a sign for the officer, on the report or on its open case."""
    row.answers["answers"]["left"] = True
    case = await actor.work.cases.get(row.case_id) if row.case_id else None
    if case is not None:
        body = {"answers": {"left": True}, "fired": []}
        key = f"{case.id}:left:{row.id}"
        await actor.work.cases.add_event(case.id, key, "report", "reporter", body)
        await refresh(actor, case)
