"""Papers in the chat: which there are and what is empty, the empty boxes one by one, the way to a file."""

from dataclasses import replace

from cases.codes import read_code
from cases.errors import Refused
from cases.messages import Choice
from cases.model import Case
from cases.typed.fold import fold
from handlers.access import case_for
from handlers.actions.give_paper import give_paper
from handlers.actor import Actor
from handlers.flows.paper_forms import DONE, FILLS, WHICH
from handlers.papers.boxes import Paper
from handlers.papers.shelf import empty_words, fill, paper_of, shelf, title
from handlers.talk.flow import Flow
from handlers.talk.model import SKIPPED, Said
from handlers.talks import Lists, ask, carry_on, close_forms, current, start
from notifications.announce import OFFER_LIFE
from storage.records.offers import Offer
from storage.records.talks import TalkRow

PAPER = "paper"  # the kind of the buttons under one paper
_FILL, _LOAD, _OTHER = "fill", "load", "other"


async def open_papers(actor: Actor, case: Case) -> None:
    """What can be printed; the gate has let them in and logged it. Raises Refused."""
    papers = await shelf(actor, case)
    lines = [actor.words("papers.list", code=case.code)]
    lines += [
        actor.words("papers.line", name=title(actor, one, papers), count=len(one.empty))
        for one in papers
    ]
    await _begin(actor, case, WHICH, {}, ["\n".join(lines)])


async def papers_of_case(actor: Actor, words: str) -> None:
    """`/giay CODE`; without a code those of the case that was looked at last. Raises Refused."""
    assert actor.person is not None
    assert actor.voice is not None
    looked_at = await actor.work.offers.newest(actor.voice.contact.id)
    ref = next(filter(None, map(read_code, words.split())), None)
    ref = ref or (looked_at.case_id if looked_at is not None else "")
    case = await case_for(actor.work, actor.person, ref or "-", reading=True)
    await open_papers(actor, case)


async def _begin(
    actor: Actor, case: Case, flow: Flow, notes: dict[str, object], before: list[str]
) -> None:
    lists = await _lists(actor, case)
    step = await start(actor, flow, None, {**notes, "case_id": case.id}, lists)
    assert step.turn.asking is not None
    await close_forms(actor)
    await ask(actor, replace(step.row, case_id=case.id), step.turn.asking, before)


async def _lists(actor: Actor, case: Case) -> Lists:
    papers = await shelf(actor, case)
    return {"papers": tuple((one.id, title(actor, one, papers)) for one in papers)}


async def on_paper_form(actor: Actor, row: TalkRow, said: Said | None) -> None:
    """The next answer: which paper, or what belongs into a box."""
    assert actor.person is not None
    try:
        case = await case_for(actor.work, actor.person, row.case_id)
        lists = await _lists(actor, case)
    except Refused:
        await actor.work.talks.delete(row.id)  # of a case they may not see any more
        raise
    if said is None:
        asking = current(actor, row, lists)
        if asking is not None:
            await ask(actor, row, asking, [actor.words("error.old_button")])
        return
    if _enough(actor, row, said):
        await _keep(actor, case, row)
        return
    step = carry_on(actor, row, said, lists)
    if step.turn.asking is not None:
        words = [] if step.turn.understood else [actor.words("work.not_understood")]
        await ask(actor, step.row, step.turn.asking, words)
        return
    if step.flow.name == WHICH.name:
        await actor.work.talks.delete(row.id)
        await _show(actor, case, str(step.row.answers["answers"]["paper"]))
        return
    await _keep(actor, case, step.row)


def _enough(actor: Actor, row: TalkRow, said: Said) -> bool:
    """Nobody has to pass over each of the other boxes."""
    typed = said.kind == "text" and fold(said.text) == fold(actor.words("standing.done"))
    return row.flow != WHICH.name and (typed or (said.kind == "option" and said.option == DONE))


async def _keep(actor: Actor, case: Case, row: TalkRow) -> None:
    """What was told so far stands in the boxes now."""
    await actor.work.talks.delete(row.id)
    told, notes = row.answers["answers"], row.answers["notes"]
    key = "papers.filled" if await fill(actor, case, notes["paper"], told) else "papers.nothing"
    await _show(actor, case, notes["paper"], [actor.words(key, code=case.code)])


async def _show(actor: Actor, case: Case, paper_id: str, before: list[str] | None = None) -> None:
    """One paper: what is empty in it, and what can be done with it."""
    assert actor.voice is not None
    paper = await paper_of(actor, case, paper_id)
    lines = [*(before or []), actor.words(f"paper_form.{paper.form.code}")]
    if paper.empty:
        boxes = "; ".join(empty_words(actor, paper))
        lines += [actor.words("papers.empty", boxes=boxes), actor.words("papers.dots")]
    else:
        lines.append(actor.words("papers.full"))
    options = [*[_FILL] * bool(paper.open), _LOAD, _OTHER]
    prompt = actor.prompt()
    await actor.work.offers.put(
        Offer(prompt, actor.voice.contact.id, PAPER, options, actor.work.now + OFFER_LIFE, case.id,
              case.rev, paper.id)
    )  # fmt: skip
    buttons = tuple(Choice(one, actor.words(f"papers.{one}")) for one in options)
    await actor.say("\n".join(lines), buttons, prompt=prompt)


async def on_paper(actor: Actor, offer: Offer, option: str) -> None:
    """Fill its empty boxes, have it, or look for another. Whether they still may is asked at every press."""
    assert actor.person is not None
    case = await case_for(actor.work, actor.person, offer.case_id)
    if option == _OTHER:
        await open_papers(actor, case)
        return
    paper = await paper_of(actor, case, offer.message)
    if option == _LOAD:
        await give_paper(actor, case, paper, title(actor, paper, await shelf(actor, case)))
    elif paper.open:
        await _ask_boxes(actor, case, paper)
    else:
        await _show(actor, case, paper.id)  # somebody filled it meanwhile


async def _ask_boxes(actor: Actor, case: Case, paper: Paper) -> None:
    """Only what is empty is asked: any other box counts as passed over."""
    flow = FILLS[paper.form.code]
    done = {one.id: SKIPPED for one in flow.asks if one.id not in paper.open}
    notes: dict[str, object] = {"told": done, "paper": paper.id}
    await _begin(actor, case, flow, notes, [actor.words("papers.begin")])
