"""The papers of a case as its page lists them, and the form for what is still empty in one."""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.model import Case
from handlers.access import case_for, may_take_out
from handlers.actor import Actor
from handlers.flows.paper_forms import fill_form
from handlers.pages.act_form import ActForm, Field
from handlers.papers.shelf import empty_words, fill, paper_of, shelf, title


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper in words. `opens`: there are boxes that a person may fill."""

    id: str
    name: str
    state: str
    opens: bool


@dataclass(frozen=True, slots=True)
class PaperForm:
    """The empty boxes of one paper, as fields."""

    code: str
    id: str
    name: str
    fields: list[Field]


async def paper_rows(actor: Actor, case: Case) -> list[PaperRow]:
    """Every paper this person may print; nobody else has any."""
    assert actor.person is not None
    if not await may_take_out(actor.work, actor.person, case):
        return []
    papers = await shelf(actor, case)
    return [
        PaperRow(
            one.id, title(actor, one, papers),
            actor.words("papers.empty", boxes="; ".join(empty_words(actor, one)))
            if one.empty else actor.words("papers.full"),
            bool(one.open),
        )
        for one in papers
    ]  # fmt: skip


async def paper_form(actor: Actor, ref: str, paper_id: str) -> PaperForm:
    """What may be filled in; the reading is logged. Raises Refused: not theirs, not there, nothing empty."""
    assert actor.person is not None
    case = await case_for(actor.work, actor.person, ref, reading=True)
    paper = await paper_of(actor, case, paper_id)
    fields = ActForm(actor, fill_form(paper.form.code, paper.open), {}, {}).fields({}, {})
    return PaperForm(case.code, paper.id, title(actor, paper, await shelf(actor, case)), fields)


async def fill_on_page(
    actor: Actor, ref: str, paper_id: str, given: Mapping[str, str]
) -> PaperForm | None:
    """Keep what stands in the fields; None = kept, else the form with what is wrong. Raises Refused."""
    assert actor.person is not None
    case = await case_for(actor.work, actor.person, ref)
    paper = await paper_of(actor, case, paper_id)
    questions = ActForm(actor, fill_form(paper.form.code, paper.open), {}, {})
    filled = questions.fill(given)
    if filled.wrong:
        name = title(actor, paper, await shelf(actor, case))
        return PaperForm(case.code, paper.id, name, questions.fields(given, filled.wrong))
    await fill(actor, case, paper_id, filled.answers)
    return None
