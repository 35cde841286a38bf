"""Writing to a reporter, from the officer's side: to whom, how it will get there, and what a note was."""

from dataclasses import replace

from cases.access import may_do
from cases.allowed import allowed
from cases.lifecycle import Act
from cases.messages import Choice
from cases.model import Case
from handlers.access import view_for
from handlers.actor import Actor
from handlers.casework.relay import how_it_goes
from handlers.talk.answers import Pick
from handlers.talk.model import Said
from handlers.talks import Lists, Step, carry_on, current
from notifications.announce import OFFER_LIFE
from storage.records.offers import Offer

SEND = "send"


def only_one(actor: Actor, step: Step, lists: Lists) -> Step:
    """Where a case has one reporter, or one referral that waits, nobody is asked which."""
    first = step.flow.asks[0].answer
    people = lists[first.source] if isinstance(first, Pick) else ()
    if len(people) != 1:
        return step
    step = carry_on(actor, step.row, Said("option", option=people[0][0]), lists)
    row = replace(step.row, answers={**step.row.answers, "trail": []})  # there is no way back to it
    return replace(step, row=row, turn=replace(step.turn, asking=current(actor, row, lists)))


async def before_writing(actor: Actor, case: Case, step: Step) -> list[str]:
    """Said before the words are typed: when they will be seen, or that they may never be."""
    asking, told = step.turn.asking, step.row.answers["answers"]
    if step.flow.name != f"act_{Act.ASK_REPORTER.value}" or asking is None:
        return []
    if not asking.question.endswith(".text"):
        return []
    words = await how_it_goes(actor, case, str(told.get("reporter", "")), "relay.outlook")
    return [words] if words else []


async def offer_to_send(actor: Actor, case: Case) -> None:
    """It was kept and not sent; who has the case can send it with one press."""
    assert actor.voice is not None
    assert actor.person is not None
    words = actor.words("relay.noted", code=case.code)
    if may_do(await view_for(actor.work, actor.person, case), Act.UNDO):
        words += f" {actor.words('work.undo')}"
    if allowed(Act.ASK_REPORTER, case, actor.person):
        await actor.say(words)
        return
    events = [one for one in await actor.work.cases.events(case.id) if one.act == Act.NOTE]
    prompt = actor.prompt()
    await actor.work.offers.put(
        Offer(prompt, actor.voice.contact.id, "resend", [SEND], actor.work.now + OFFER_LIFE,
              case.id, case.rev, events[-1].id)
    )  # fmt: skip
    await actor.say(words, (Choice(SEND, actor.words("relay.noted.send")),), prompt=prompt)


async def noted(actor: Actor, case: Case, event_id: str) -> str:
    """The words of a note."""
    for event in await actor.work.cases.events(case.id):
        if event.id == event_id:
            return str(event.body["form"]["text"])
    return ""
