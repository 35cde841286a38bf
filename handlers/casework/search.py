"""Searching: sealed words are opened in memory, within what one may see; every hit is in the log."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cases.model import Case
from cases.typed.fold import fold
from handlers.access import SEARCHED, searched_for
from handlers.actor import Actor
from handlers.casework.log import read_by, told_to
from storage.ledgers.history import Event

SHORTEST = 2  # letters; a single one is in every case
_PLACES = ("place", "child_place")
_NOT_TOLD = ("person", "reporter", "record", "submission")  # fields of forms that hold ids
_BETWEEN = "\n"  # between two texts: folded together they are folded as each alone
Matches = Callable[[Case, list[Event]], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """The cases that were found, the newest first. `cut`: only the newest were looked at."""

    cases: list[Case]
    cut: bool
    looked: int = SEARCHED


def too_short(text: str) -> bool:
    """A single letter is in every case."""
    return not any(len(word) >= SHORTEST for word in fold(text).split())


async def search(actor: Actor, text: str) -> Found:
    """Every word of the query begins a word of the case, with or without marks."""
    wanted = fold(text).split()
    return await _look(actor, lambda case, events: _begin(wanted, _words(actor, case, events)))


async def in_village(actor: Actor, village: str) -> Found:
    """Cases that are told to be in this village."""
    name = f" {fold(village)} "
    return await _look(actor, lambda _, events: any(name in f" {one} " for one in _placed(events)))


async def _look(actor: Actor, matches: Matches) -> Found:
    person, work = actor.person, actor.work
    assert person is not None
    cases, cut = await searched_for(work, person)
    events = await work.cases.events_of([case.id for case in cases])
    # Of one that was erased since there is nothing to find.
    found = [case for case in cases if case.id in events and matches(case, events[case.id])]
    for case in found:
        await work.audit.write(person.id, "found", case.id)
    await work.audit.write(person.id, "search", "", {"looked": len(cases), "found": len(found)})
    return Found(found, cut)


def _begin(wanted: list[str], words: str) -> bool:
    return all(f" {one}" in words for one in wanted)


def _words(actor: Actor, case: Case, events: list[Event]) -> str:
    """What this reader may know of a case, without marks: a space before each word."""
    assert actor.person is not None
    commune = actor.kit.places().areas.communes.get(case.commune, "")
    known = (case.code, commune, actor.words(f"kind.{case.kind}"))
    read = [one for one in read_by(actor.person, case, events) if told_to(actor.person, one)]
    told = (text for event in read for text in _told(event.body))
    return f" {fold(_BETWEEN.join((*known, *told)))}"


def _told(body: Mapping[str, Any]) -> Iterator[str]:
    """The words of a report, of an addition, of a form; never an id."""
    yield from _strings(body.get("answers", {}))
    yield from _strings(
        {name: one for name, one in body.get("form", {}).items() if name not in _NOT_TOLD}
    )
    yield from _strings(body.get("text", ""))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(one)


def _placed(events: list[Event]) -> Iterator[str]:
    for event in events:
        answers = event.body.get("answers", {})
        for name in _PLACES:
            yield from (fold(one) for one in _strings(answers.get(name, "")))
