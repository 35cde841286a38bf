"""Finding a case in the chat: by its code, by words, by village. What was looked for is never said again."""

from collections.abc import Mapping
from typing import Any

from cases.codes import read_code
from handlers.access import part_for
from handlers.actor import Actor
from handlers.casework.cards import show
from handlers.casework.search import Found, in_village, search, too_short
from handlers.staff.worklists import PAGE, Shown, line, offer_list

_LINES = 10


async def find(actor: Actor, text: str) -> None:
    """A code opens what one may know of its case; anything else is looked for in what one may see."""
    assert actor.person is not None
    if (code := read_code(text)) is not None:
        case, _ = await part_for(actor.work, actor.person, code)
        await show(actor, case)
    elif too_short(text):
        await actor.say(actor.words("work.too_short"))
    else:
        await _say(actor, await search(actor, text))


async def find_words(actor: Actor, form: Mapping[str, Any]) -> None:
    await find(actor, str(form["text"]))


async def find_village(actor: Actor, form: Mapping[str, Any]) -> None:
    await _say(actor, await in_village(actor, str(form["village"])))


async def _say(actor: Actor, found: Found) -> None:
    """The newest of them; how to see fewer, and whether older ones were not looked at."""
    lines = [actor.words("work.found", count=len(found.cases))]
    lines += [line(actor, case) for case in found.cases[:_LINES]]
    if len(found.cases) > _LINES:
        lines.append(actor.words("work.found_more", count=len(found.cases) - _LINES))
    if found.cut:
        lines.append(actor.words("work.cut", count=found.looked))
    codes = [case.code for case in found.cases[:PAGE]]
    await offer_list(actor, Shown("\n".join(lines), codes))
