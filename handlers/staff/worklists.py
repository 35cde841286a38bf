"""The list of cases in the chat: a page at a time, all or some of them, what presses first in front."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.messages import Choice
from cases.model import Case
from cases.triage import pressing
from handlers.access import cases_for, parts_for
from handlers.actor import Actor
from handlers.casework.dues import overdue
from handlers.casework.parts import part_line
from notifications.announce import OFFER_LIFE
from storage.records.offers import Offer

PAGE = 5
SHOWS = ("open", "mine", "overdue", "free")
MORE, FILTER, FIND, VILLAGE = "list_more", "list_filter", "list_find", "list_village"
_SHOWN = {f"list_{show}": show for show in SHOWS}
LIST_BUTTONS = (*_SHOWN, MORE, FILTER, FIND, VILLAGE)


async def show_list(actor: Actor, show: str = "open", page: int = 0) -> None:
    """Counts are of what this person may see, and of nothing else."""
    assert actor.person is not None
    cases = await _shown(actor, show)
    parts = await _parts(actor) if show == "open" and not page else Shown("")
    if not cases and parts.codes:
        await offer_list(actor, parts)
        return
    if not cases:
        again = () if show == "open" else (FILTER,)
        await offer_list(actor, Shown(actor.words(f"work.none_{show}"), more=again))
        return
    pages = -(-len(cases) // PAGE)
    start = page % pages * PAGE
    part = cases[start : start + PAGE]
    head = actor.words("work.list", show=show, count=len(cases))
    if pages > 1:
        head = actor.words("work.page", head=head, first=start + 1, last=start + len(part))
    more = (FILTER, MORE) if pages > 1 else (FILTER,) if show != "open" else ()
    lines = [head, *(line(actor, case) for case in part), *[parts.text] * bool(parts.text)]
    codes = [*parts.codes, *(case.code for case in part)]
    await offer_list(actor, Shown("\n".join(lines), codes, more, f"{show}:{page}"))


async def _parts(actor: Actor) -> "Shown":
    """What waits of cases that are not theirs: a visit they were asked for, a handover that is offered."""
    assert actor.person is not None
    found = await parts_for(actor.work, actor.person)
    lines = [part_line(actor.kit, actor.lang, case, view) for case, view in found[:PAGE]]
    return Shown("\n".join(lines), [case.code for case, _ in found[:PAGE]])


async def _shown(actor: Actor, show: str) -> list[Case]:
    assert actor.person is not None
    cases = sorted(await cases_for(actor.work, actor.person), key=pressing)
    if show == "mine":
        return [case for case in cases if case.holder == actor.person.id]
    if show == "free":
        return [case for case in cases if not case.holder]
    return await overdue(actor, cases) if show == "overdue" else cases


async def turn(actor: Actor, offer: Offer, option: str) -> None:
    """The next page of the list that was shown, or another list."""
    show, _, page = offer.message.partition(":")
    if option == MORE:
        await show_list(actor, show if show in SHOWS else "open", int(page or 0) + 1)
    else:
        await show_list(actor, _SHOWN[option])


async def ask_which(actor: Actor, *, villages: bool) -> None:
    """Which cases: one's own, what is late, what nobody has, by village, by words."""
    options = ("list_mine", "list_overdue", "list_free", *((VILLAGE,) * villages), FIND)
    await offer_list(actor, Shown(actor.words("work.which"), more=options))


@dataclass(frozen=True, slots=True)
class Shown:
    """A list as it is said: its codes as buttons, then what else can be pressed. `view`: what it shows."""

    text: str
    codes: Sequence[str] = ()
    more: Sequence[str] = ()
    view: str = ""


async def offer_list(actor: Actor, shown: Shown) -> None:
    """A press on a code opens the card through the gate."""
    assert actor.voice is not None
    if not (shown.codes or shown.more):
        await actor.say(shown.text)
        return
    prompt, life = actor.prompt(), actor.work.now + OFFER_LIFE
    options = [*shown.codes, *shown.more]
    await actor.work.offers.put(
        Offer(prompt, actor.voice.contact.id, "list", options, life, message=shown.view)
    )
    # Beside codes a number means a code.
    beside = bool(shown.codes)
    buttons = [Choice(one, actor.words(f"work.{one}"), standing=beside) for one in shown.more]
    codes = [Choice(code, code) for code in shown.codes]
    await actor.say(shown.text, (*codes, *buttons), prompt=prompt)


def line(actor: Actor, case: Case) -> str:
    """One case of a list: nothing of what was told."""
    assert actor.person is not None
    whose = "mine" if case.holder == actor.person.id else "other" if case.holder else "nobody"
    return actor.words(
        "work.line", code=case.code, level=actor.words(f"level.{case.level}"),
        status=actor.words(f"state.{case.status}"), holder=actor.words(f"work.{whose}"),
    )  # fmt: skip
