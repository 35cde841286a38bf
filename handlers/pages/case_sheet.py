"""A case as a page shows it: the card whole, every clock, everything that happened, the acts."""

from dataclasses import dataclass

from cases.access import reads_whole
from cases.lifecycle import Act
from cases.model import Case, Person
from handlers.access import case_for
from handlers.actor import Actor
from handlers.casework.cards import acts_now
from handlers.casework.clocks import ClockNow, clocks
from handlers.casework.exchange import Exchange
from handlers.casework.log import counted, done_words, read_by
from handlers.casework.others import Other, others_of
from handlers.casework.plan_view import plan_lines
from handlers.casework.sheet import Known, Sheet, sheet
from handlers.flows.act_forms import form_of
from handlers.pages.file_rows import FileRow, file_rows, files_note
from handlers.pages.paper_rows import PaperRow, paper_rows
from handlers.pages.worklist import moment, time_left
from notifications.announce import act_key
from storage.ledgers.history import Event

_TOLD = (
    "report",
    "added",
    "gone",
    "reporter_gone",
    "withheld",
)  # what is no act and yet belongs to the history


@dataclass(frozen=True, slots=True)
class Button:
    """One act. `asks`: it has a form; else one press does it."""

    act: str
    label: str
    asks: bool


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One running clock in words; the law's name their article."""

    name: str
    due: str
    left: str
    late: bool


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """What a page shows of a case to one person, in their language."""

    case: Case
    level: str
    sheet: Sheet
    clocks: list[ClockRow]
    happened: list[tuple[str, str]]  # when, what; the newest first
    acts: list[Button]
    files: list[FileRow]
    files_note: str  # what to do about a file that may show abuse
    papers: list[PaperRow]
    others: list[Other]  # visits, referrals and offers, with the links that are good
    exchange: list[str]  # with the reporter: whether they can be written to, and what was said
    plan: list[str]  # its tasks with their dates, or what is missing for one


async def open_sheet(actor: Actor, ref: str) -> CaseSheet:
    """Everything of this case; the reading is logged first. Raises Refused like the gate."""
    assert actor.person is not None
    case = await case_for(actor.work, actor.person, ref, reading=True)
    return await _sheet(actor, case, actor.person)


async def _sheet(actor: Actor, case: Case, person: Person) -> CaseSheet:
    events = await actor.work.cases.events(case.id)
    armed = await actor.work.timers.armed(f"case:{case.id}")
    running = clocks(actor.kit, case, armed)
    whole = reads_whole(person, case)
    talk = Exchange(actor.work, actor.kit, actor.lang, case, whole=True)
    known = read_by(person, case, counted(case, events))
    files = await file_rows(actor, case.id)
    return CaseSheet(
        case=case, level=actor.words(f"level.{case.level}"),
        sheet=sheet(actor.kit, person, case, Known(events, armed, actor.work.now), whole=True),
        clocks=[_clock(actor, one) for one in running],
        happened=[*reversed(happened(actor, person, known))],
        acts=[button(actor, act) for act in await acts_now(actor, case, person)],
        files=files, files_note=await files_note(actor, case, files), papers=await paper_rows(actor, case),
        others=await others_of(actor.work, actor.kit, actor.lang, case) if whole else [],
        exchange=[one for one in await talk.lines(events) if one] if whole else [],
        plan=await plan_lines(actor.work, actor.kit, actor.lang, case) if whole else [],
    )  # fmt: skip


def button(actor: Actor, act: str) -> Button:
    """The act as a button; its words are those of the card."""
    assert actor.person is not None
    asks = form_of(Act(act), actor.person) is not None
    return Button(act, actor.words(act_key(act, actor.person)), asks)


def _clock(actor: Actor, clock: ClockNow) -> ClockRow:
    name = actor.words(f"clock.{clock.kind}")
    left = time_left(actor, clock.at)
    late = clock.due <= actor.work.now
    if late and not clock.fixed:  # its next reminder comes; what it reminds of is overdue
        left = time_left(actor, clock.due)
    key = "staff.clock_due" if clock.fixed else "staff.clock_next"
    return ClockRow(name, actor.words(key, moment=moment(actor, clock.at)), left, late)


def happened(actor: Actor, reader: Person, events: list[Event]) -> list[tuple[str, str]]:
    """Every act with its words, and what else became known, in order."""
    found = [
        (moment(actor, one.at), _words(actor, reader, one, first=not n))
        for n, one in enumerate(events)
    ]
    return [(at, words) for at, words in found if words]


def _words(actor: Actor, reader: Person, event: Event, *, first: bool) -> str:
    if actor.kit.catalog.has(actor.lang, f"act.{event.act}"):
        return done_words(actor.kit, reader, event)
    if event.act not in _TOLD:
        return ""
    key = "opened" if first else event.act
    role = actor.words(f"role.{event.body.get('role', 'system')}")
    return actor.words(f"happened.{key}", role=role)
