"""Open talks of a person: read back, carried one turn on, saved, asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cases.messages import Outgoing
from handlers.actor import Actor
from handlers.flows import FLOWS
from handlers.flows.act_forms import KEPT
from handlers.render import PUBLIC, choices, label, question, summary
from handlers.talk.advance import advance, again, begin
from handlers.talk.flow import Flow
from handlers.talk.model import Asking, Facts, Said, Talk, Turn
from notifications.announce import OFFER_LIFE
from storage.records.offers import Offer
from storage.records.talks import TalkRow

ASIDE = "@"  # between the name of a flow and the case, while its form is set aside
KEEP = "keep"  # the button that answers as in the paper that came back
Lists = Mapping[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Step:
    """One turn taken: the row as it is now, and what the engine said of it."""

    row: TalkRow
    flow: Flow
    turn: Turn


async def open_talk(actor: Actor) -> TalkRow | None:
    """The talk this address is in, the last touched one."""
    assert actor.voice is not None
    rows = await actor.work.talks.of_contact(actor.voice.contact.id)
    talks = [row for row in rows if row.flow in FLOWS]  # what was set aside is not open
    if talks:
        _hears(actor, talks[0].answers["answers"])
    return talks[0] if talks else None


def _hears(actor: Actor, answers: Mapping[str, Any]) -> None:
    """Whoever answers from here on knows whether a child reads it."""
    if actor.voice is not None:
        actor.voice.child = bool(answers.get("child"))


async def close_forms(actor: Actor) -> None:
    """Whoever works here fills one form at a time; a report they are telling stays.

    A long official form is set aside instead, and so are those that were before.
    """
    assert actor.voice is not None
    for row in await actor.work.talks.of_contact(actor.voice.contact.id):
        if row.flow in KEPT and row.answers["trail"]:
            await set_aside(actor, row)
        elif row.flow != "report" and row.flow in FLOWS:
            await actor.work.talks.delete(row.id)


async def set_aside(actor: Actor, row: TalkRow) -> None:
    """Kept for its case under a name of its own: it is no open talk until it is taken up again."""
    aside = f"{row.flow}{ASIDE}{row.case_id[-12:]}"  # the column holds 32
    for other in await actor.work.talks.of_contact(row.contact_id):
        if other.flow == aside:  # an older one of the same form and case: the newest is kept
            await actor.work.talks.delete(other.id)
    await actor.work.talks.save(replace(row, flow=aside, rev=row.rev + 1))


async def start(
    actor: Actor, flow: Flow, said: Said | None, notes: Mapping[str, Any], lists: Lists
) -> Step:
    """Open a talk with whatever was said first."""
    assert actor.voice is not None
    turn = begin(flow, said, facts(actor, notes, lists), notes)
    _hears(actor, turn.talk.answers)
    row = TalkRow(
        actor.work.new_id(), actor.voice.contact.id, flow.name, flow.fingerprint, "", "", 0,
        actor.voice.heard_at, actor.work.now, turn.talk.json(),
    )  # fmt: skip
    return Step(row, flow, turn)


def carry_on(actor: Actor, row: TalkRow, said: Said, lists: Lists) -> Step:
    """One message in an open talk."""
    flow, talk = FLOWS[row.flow], Talk.read(row.answers)
    turn = advance(flow, talk, said, facts(actor, talk.notes, lists))
    _hears(actor, turn.talk.answers)
    return Step(replace(row, answers=turn.talk.json(), rev=row.rev + 1), flow, turn)


def current(actor: Actor, row: TalkRow, lists: Lists) -> Asking | None:
    """The question that is open now."""
    flow, talk = FLOWS[row.flow], Talk.read(row.answers)
    return again(flow, talk, facts(actor, talk.notes, lists))


async def ask(actor: Actor, row: TalkRow, asking: Asking, before: list[str]) -> TalkRow:
    """Put the question, with what is to be said before it, as one message with its own prompt."""
    assert actor.voice is not None
    prompt, lang = actor.prompt(), actor.lang
    asking, former = _as_before(actor, row, asking)
    buttons = choices(actor.kit, lang, asking)
    text = question(actor.kit, lang, asking)
    if asking.text.endswith(".review"):
        text = "\n".join([text, *summary(actor.kit, lang, row.answers["answers"], how=PUBLIC)])
    await actor.work.offers.put(
        Offer(prompt, actor.voice.contact.id, "talk",
              [one.option for one in buttons if not one.tel],
              actor.work.now + OFFER_LIFE, row.case_id)
    )  # fmt: skip
    key = f"reply:{actor.voice.row}:{actor.voice.said}"
    actor.voice.said += 1
    whole = "\n\n".join([*before, *former, text])
    await actor.send(
        Outgoing(key=key, text=whole, question=asking.question, prompt=prompt, choices=buttons,
                 ask=asking.ask, takes_numbers=asking.takes_numbers)
    )  # fmt: skip
    row = replace(row, prompt=prompt)
    await actor.work.talks.save(row)
    return row


def _as_before(actor: Actor, row: TalkRow, asking: Asking) -> tuple[Asking, list[str]]:
    """Where this question was answered in a paper that came back: that answer, and a button that keeps it."""
    former: Mapping[str, str] = row.answers["notes"].get("former", {})
    words = former.get(asking.question.rpartition(".")[2])
    if words is None:
        return asking, []
    offered = replace(asking, standing=(KEEP, *asking.standing))
    return offered, [actor.words("unfinished.former", words=words)]


def facts(actor: Actor, notes: Mapping[str, Any], lists: Lists) -> Facts:
    """What the engine may know in this turn."""
    return Facts(
        now=actor.work.now, places=actor.kit.places(), label=reader(actor), mark=marker(actor),
        commune=str(notes.get("commune", "")), village=str(notes.get("village", "")), lists=lists,
        calendar=actor.kit.policy.calendar,
    )  # fmt: skip


def marker(actor: Actor) -> Callable[[str], str]:
    """What is kept of a code word: it can be recognised, and not read."""
    return lambda word: actor.kit.store.mark("word", word)


def reader(actor: Actor) -> Callable[[str, str], str]:
    """Reads the label of an option in the language of the person."""

    def read(text: str, option: str) -> str:
        return label(actor.kit, actor.lang, text, option)

    return read
