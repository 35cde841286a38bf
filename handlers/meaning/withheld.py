"""Zalo keeps back what a protected person writes: help numbers and our own page, never "send it again"."""

from dataclasses import replace
from datetime import timedelta

from cases.codes import access_code
from cases.messages import Incoming, Outgoing
from handlers.actions.add_to_report import tell_of_withheld
from handlers.actor import Actor
from handlers.casework.opening import Unfiled, open_raw
from handlers.heard import heard_since
from handlers.links import pages_address
from handlers.reporter.follow_up import newest_open
from handlers.reporter.hush import is_hushed

_TOGETHER = timedelta(hours=1)  # a second try within it may be a child who cannot be heard
_SECOND = 2


async def withheld(actor: Actor, incoming: Incoming) -> None:
    """One fixed answer, at most one a minute; what staff must know stands in a case."""
    voice = actor.voice
    assert voice is not None
    filed = actor.person is None and await _noted(actor, incoming)
    link = pages_address(actor.kit)
    # Words that can be read came through a window on somebody's page: no place to tell anything.
    key = f"talk.{'elsewhere' if incoming.text else 'withheld'}{'_link' if link else ''}"
    text = actor.words(key, link=link) if link else actor.words(key)
    if is_hushed(actor):
        text = actor.words("relay.hushed")
    elif filed:
        text = f"{text}\n{actor.words('talk.withheld_filed')}"
    minute = f"{actor.work.now:%Y-%m-%dT%H:%M}{'+' if filed else ''}"
    await actor.send(Outgoing(key=f"withheld:{voice.contact.id}:{minute}", text=text))


async def _noted(actor: Actor, incoming: Incoming) -> bool:
    """With the open report, as a number; else the second within an hour begins one. True = it did."""
    assert actor.voice is not None
    cases = await actor.work.cases.reported_by(actor.voice.contact.id)
    case = newest_open(cases)
    if case is not None:
        await tell_of_withheld(actor, case)
        return False
    heard = await heard_since(actor, actor.work.now - _TOGETHER)
    tried = [one for one in heard if one.incoming.signal == "unsupported"]
    if len(tried) < _SECOND:
        return False
    await _filed(actor, [one.incoming.text for one in tried])
    return True


async def _filed(actor: Actor, said: list[str]) -> None:
    """A raw report: nobody knows what was said, or not all of it; only that somebody tried to."""
    voice = actor.voice
    assert voice is not None
    words = actor.kit.catalog.say(voice.lang, "talk.withheld_words", count=len(said))
    text = "\n".join(filter(None, said)) or words
    plain = replace(actor, voice=None, person=None, name="system")
    case = await open_raw(plain, Unfiled(voice.row, voice.heard_at), text, voice.contact.id)
    # They can be written to, even where they cannot be heard.
    code = access_code(actor.kit.code_key, voice.row)
    await actor.work.cases.add_reporter(case.id, voice.contact.id, code)
