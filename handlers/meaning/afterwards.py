"""Words after the receipt: they join the report they are for, or begin a new one."""

from typing import Any

from cases.codes import read_code
from cases.messages import LARGEST_FILE, Incoming
from cases.model import Case, Status
from cases.quarantine import SEEN
from cases.typed.first_words import danger_words
from cases.typed.wishes import wish_of
from handlers.actions.add_to_report import add_words, keep_words, same_album
from handlers.actions.ask_person import ask_for_person, note_the_wish
from handlers.actor import Actor
from handlers.casework.locking import suspected
from handlers.files.sent_files import tell_lost
from handlers.flows.follow_up import FOLLOW_UPS
from handlers.reporter.follow_up import (
    acknowledge,
    addressed,
    is_answer,
    my_cases,
    newest_open,
    refused,
    replied_to,
)
from handlers.reporter.menu import follow
from handlers.reporter.remarks import warned
from handlers.reporter.reporting import (
    begin_report,
    menu,
    reporter_words,
    said_of,
    same_again,
)
from storage.records.talks import TalkRow


async def to_a_case(actor: Actor, row: TalkRow | None, incoming: Incoming) -> bool:
    """Words for the staff of one report: an answer to its message, or what a form was opened for."""
    if not (incoming.text or incoming.media or incoming.phone or incoming.lat is not None):
        return False
    if await refused(actor, incoming):
        return True
    _, case = await replied_to(actor, incoming)
    form = row is not None and row.flow in FOLLOW_UPS
    if case is None and row is not None and form and not await is_answer(actor, row, incoming):
        case = await addressed(actor, row)
        if case is None:
            await begin_report(actor, said_of(incoming), {})
            return True
    if case is not None:
        await more(actor, case, incoming)
    return case is not None


def again_in_danger(actor: Actor, cases: list[Case], incoming: Incoming) -> dict[str, Any]:
    """Danger after a closed report: the same commune is alerted at once, and asked about afterwards."""
    danger = danger_words(incoming.text, actor.kit.places().areas.folded)
    return same_again(cases[0]) if cases and danger else {}


async def more(actor: Actor, case: Case, incoming: Incoming) -> None:
    """Words after the receipt join the report they are for; its own code asks how it stands."""
    if case.status is Status.CLOSED:
        await _after_closing(actor, case, incoming)
    elif read_code(incoming.text) == _known_as(actor, case):
        await follow(actor)
    elif incoming.own and "child" not in case.flags:
        await menu(actor, case, reporter_words(actor, case, "media.own_number_after"))
    elif incoming.kind == "start" or not (
        incoming.text or incoming.media or incoming.phone or incoming.lat is not None
    ):
        await menu(actor, case, reporter_words(actor, case, "talk.menu"))
    elif wish_of(incoming.text) == "person":
        await _wants_a_person(actor, case, incoming)
    elif await same_album(actor, case, incoming):
        await keep_words(actor, case, incoming)
    else:
        heard = danger_words(incoming.text, actor.kit.places().areas.folded)
        await add_words(actor, case, incoming)
        words = [*(reporter_words(actor, case, key) for key in warned(heard))]
        await acknowledge(actor, case, "\n\n".join([*words, *await _added(actor, case, incoming)]))


async def _after_closing(actor: Actor, case: Case, incoming: Incoming) -> None:
    """An answer to a message of a closed report is kept and read; danger begins a new one at once."""
    if again := again_in_danger(actor, [case], incoming):
        await begin_report(actor, said_of(incoming), again)
        return
    await add_words(actor, case, incoming)
    await acknowledge(actor, case, reporter_words(actor, case, "talk.closed"))


def _known_as(actor: Actor, case: Case) -> str:
    """The code by which whoever writes knows it."""
    assert actor.voice is not None
    return actor.voice.code_of(case)


async def _added(actor: Actor, case: Case, incoming: Incoming) -> list[str]:
    """What is said of words and files after the receipt."""
    kinds = {one.kind for one in incoming.media}
    key = "media.added_voice" if "voice" in kinds else "talk.added"
    key = "media.added_image" if kinds == {"image"} else key
    if kinds.intersection(SEEN) and await suspected(actor.work, case):
        key = "media.added_locked"
    big = any(one.size > LARGEST_FILE for one in incoming.media)
    words = [reporter_words(actor, case, "talk.too_big")] * big
    key = "talk.added" if big else key
    return [*words, reporter_words(actor, case, key)]


async def _wants_a_person(actor: Actor, case: Case, incoming: Incoming) -> None:
    """After the receipt: kept, told to whoever has the case, and said honestly what that means."""
    heard = danger_words(incoming.text, actor.kit.places().areas.folded)
    await (add_words if heard else keep_words)(actor, case, incoming)
    await note_the_wish(actor, case)
    told = await ask_for_person(actor, case)
    key = "talk.person_told" if told else "talk.call_a_person"
    await acknowledge(actor, case, reporter_words(actor, case, key))


async def where_they_stand(actor: Actor) -> None:
    """Nothing was said that could be taken: their open report, or the beginning of one."""
    await tell_lost(actor)
    case = newest_open(await my_cases(actor))
    if case is None:
        await begin_report(actor, None, {})
        return
    await menu(actor, case, reporter_words(actor, case, "talk.menu"))
