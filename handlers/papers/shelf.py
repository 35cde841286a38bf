"""The papers of a case for who may print them: which there are, what is empty, and the making of one."""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.errors import Refused
from cases.model import Case, Person
from handlers.access import case_for, log_reading, may_take_out
from handlers.actor import Actor
from handlers.papers.boxes import FILLED, LANG, Known, Paper, child_of, papers_of
from handlers.papers.forms import People, Print, file_name, print_of
from handlers.talk.model import SKIPPED


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper ready to be made, and the name of its file."""

    name: str
    printed: Print


async def shelf(actor: Actor, case: Case) -> list[Paper]:
    """Every paper of this case. Raises Refused for whom papers are not; the gate was passed before."""
    assert actor.person is not None
    if not await may_take_out(actor.work, actor.person, case):
        raise Refused("error.not_yours")
    events = await actor.work.cases.events(case.id)
    return papers_of(actor.kit, Known(case, events, await _names(actor, case)))


async def paper_of(actor: Actor, case: Case, paper_id: str) -> Paper:
    """Raises Refused where there is none of this name (any more)."""
    found = [one for one in await shelf(actor, case) if one.id == paper_id]
    if not found:
        raise Refused("error.not_now")
    return found[0]


async def take_off(actor: Actor, ref: str, paper_id: str) -> Sheet:
    """A paper is read and made: logged in this commit, before anybody has it. Raises Refused."""
    assert actor.person is not None
    case = await case_for(actor.work, actor.person, ref)
    paper = await paper_of(actor, case, paper_id)
    await log_reading(actor.work, actor.person, case)
    await actor.work.audit.write(actor.person.id, "paper_made", case.id, {"paper": paper.id})
    holder = await actor.work.people.get(case.holder) if case.holder else None
    people = People(child_of(await shelf(actor, case)), holder.name if holder else "")
    printed = print_of(actor.kit, case, paper, people)
    return Sheet(file_name(case, paper), printed)


async def named(actor: Actor, ref: str, paper_id: str) -> tuple[str, str]:
    """Code of the case and what the paper is called, before anybody has it. Raises Refused."""
    assert actor.person is not None
    case = await case_for(actor.work, actor.person, ref)
    paper = await paper_of(actor, case, paper_id)
    return case.code, title(actor, paper, await shelf(actor, case))


async def fill(actor: Actor, case: Case, paper_id: str, told: Mapping[str, object]) -> bool:
    """What was filled in by hand: an event of the case. False = nothing was. Raises Refused."""
    assert actor.person is not None
    paper = await paper_of(actor, case, paper_id)
    words = {name: str(told[name]) for name in paper.open if told.get(name) not in (None, SKIPPED)}
    if not words:
        return False
    body = {"paper": paper.id, "form": words, "role": actor.person.role}
    key = f"{case.id}:{FILLED}:{actor.work.new_id()}"
    await actor.work.cases.add_event(case.id, key, FILLED, actor.person.id, body)
    await actor.work.audit.write(actor.person.id, FILLED, case.id, {"paper": paper.id})
    return True


def title(actor: Actor, paper: Paper, papers: list[Paper]) -> str:
    """What the paper is called; several of a form are numbered."""
    name = actor.words(f"paper_form.{paper.form.code}")
    same = [one for one in papers if one.form == paper.form]
    if len(same) < 2:
        return name
    return actor.words("papers.twice", name=name, no=1 + same.index(paper))


def empty_words(actor: Actor, paper: Paper) -> list[str]:
    """The names of the boxes in which nothing stands."""
    return [actor.words(f"paper_{paper.form.code}.{name}") for name in paper.empty]


async def _names(actor: Actor, case: Case) -> dict[str, str]:
    """Colleagues as a paper calls them."""
    staff: list[Person] = await actor.work.people.staff(case.commune)
    return {
        one.id: one.name or actor.kit.catalog.say(LANG, f"role.{one.role}") for one in staff
    }  # fmt: skip
