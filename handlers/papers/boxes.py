"""What stands in the boxes of each paper of a case: from its report, its records, and by hand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from cases.forms import ACTS, FORMS, TASKS, Field, Form, as_filled, boxes_of, by_hand
from cases.incident_types import track
from cases.model import Case, Record
from cases.records import NOW, UNDONE
from cases.sharing import extent, removal
from cases.times.calendar import local
from handlers.actor import Kit
from handlers.render import WHOLE, answer_words, answers_of, summary
from handlers.talk.model import SKIPPED, told
from storage.ledgers.history import Event

LANG = "vi"  # the language of the state
NOT_ASKED = "–"  # a box that this case has no answer for, and needs none
FILLED = "paper_filled"  # the event that keeps what was filled in by hand
# What has a box of its own in form 01, or is no business of a paper: when it is safe to write to whom.
_ELSEWHERE = (
    "child_name", "child_age", "child_sex", "place", "child_place", "help_given", "contact", "source",
    "safe_time", "shared_phone", "files",
)  # fmt: skip
_PHONE = re.compile(r"\+?\d[\d .\-]{6,}\d")


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a case. `no`: the record it is of, 0 = the case itself. An empty box holds "".
    A box that has no place in this very paper is not among them.

    `tasks`: what, who, until when; of a plan only. `of_day`: the day it is dated.
    """

    form: Form
    no: int
    of_day: date
    boxes: Mapping[str, str]
    tasks: tuple[Mapping[str, str], ...] = ()

    @property
    def id(self) -> str:
        return f"{self.form.code}-{self.no}"

    @property
    def empty(self) -> tuple[str, ...]:
        """The boxes in which nothing stands."""
        return tuple(
            name for name in boxes_of(self.form)
            if name in self.boxes and name != "tasks" and not self.boxes[name]
        )  # fmt: skip

    @property
    def open(self) -> tuple[str, ...]:
        """Those of them that a person may fill."""
        hand = by_hand(self.form)
        return tuple(name for name in self.empty if name in hand)


@dataclass(frozen=True, slots=True)
class Known:
    """A case as its papers see it. `names`: person -> how a paper calls them."""

    case: Case
    events: Sequence[Event]
    names: Mapping[str, str]


def papers_of(kit: Kit, known: Known) -> list[Paper]:
    """Every paper that can be printed now, in the order of the forms."""
    found = [paper for form in FORMS.values() for paper in _of_form(kit, known, form)]
    return [_with_hand(paper, known.events) for paper in found]


def child_of(papers: Sequence[Paper]) -> str:
    """The child as form 01 knows it: name and age, or ""."""
    report = next(one for one in papers if one.form.code == "01")
    return ", ".join(filter(None, (report.boxes["name"], report.boxes["born"])))


def _of_form(kit: Kit, known: Known, form: Form) -> list[Paper]:
    if not form.record:
        day = local(known.case.opened_at).date()
        return [_paper(form, 0, day, _of_case(kit, known))]
    return [
        _of_record(kit, known, form, one)
        for one in known.case.beside
        if one.kind == form.record and one.state != UNDONE and _said(form, one) is not None
    ]


def _paper(form: Form, no: int, day: date, said: Mapping[str, str]) -> Paper:
    return Paper(form, no, day, {name: said.get(name, "") for name in boxes_of(form)})


def _said(form: Form, record: Record) -> Mapping[str, Any] | None:
    """What the form's act was told; the decision on a plan stands in the plan, once there is one."""
    if form.code != "05":
        return record.body
    decided: Mapping[str, Any] | None = record.body.get(ACTS["05"])
    return decided


def _of_record(kit: Kit, known: Known, form: Form, record: Record) -> Paper:
    body = _said(form, record) or {}
    if form.code == "referral":
        body = {"fields": extent(body), **body}
    form = as_filled(form, body)
    boxes = {
        field.id: box_words(kit, form, field, body.get(field.id), _Of(record, known.names))
        for field in form.fields
    }
    if form.code == "02" and "reach" not in body:  # where nobody harmed it is not asked
        boxes |= dict.fromkeys(("reach", "reach_why"), NOT_ASKED)
    if record.due_at is not None and "until" in boxes:  # a separation may have been extended
        boxes["until"] = day_words(kit, local(record.due_at).date())
    if form.code == "handover" and record.commune in kit.places().areas.communes:
        boxes["to"] = _named(kit, record.commune)
    paper = _paper(form, record.no, _dated(body, record), boxes)
    if form.code == "referral" and not removal(body):
        return _without(paper, "where")  # only what is to be taken off the network is somewhere
    return replace(paper, tasks=_tasks(boxes)) if form.code == "04" else paper


def _without(paper: Paper, box: str) -> Paper:
    return replace(paper, boxes={name: paper.boxes[name] for name in paper.boxes if name != box})


def _dated(body: Mapping[str, Any], record: Record) -> date:
    """The day a decision names for itself, else the day on which it was recorded."""
    try:
        return date.fromisoformat(str(body["date"]))
    except (KeyError, ValueError):
        return local(record.made_at).date()


@dataclass(frozen=True, slots=True)
class _Of:
    """Around one answer: the record it stands in, and the people it may name."""

    record: Record
    names: Mapping[str, str]


def box_words(kit: Kit, form: Form, field: Field, value: Any, of: _Of) -> str:
    """One answer of a form as the paper words it."""
    if value in (None, "", SKIPPED):
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(box_words(kit, form, field, one, of) for one in value)
    if field.kind == "day":
        return _day(kit, str(value), of.record.made_at)
    if field.kind == "person":
        return of.names.get(str(value), str(value))
    keys = (
        f"paper_{field.kind}.{value}", f"paper_{form.code}.{field.id}.{value}",
        f"act_{ACTS[form.code]}.{field.id}.{value}",
    )  # fmt: skip
    simple = re.fullmatch(r"\w+", str(value)) is not None
    return next(
        (kit.catalog.say(LANG, key) for key in keys if simple and kit.catalog.has(LANG, key)),
        str(value),
    )


def _day(kit: Kit, value: str, made_at: datetime) -> str:
    """Today was the day on which it was answered; words stay words."""
    if value in (NOW, "now"):
        return day_words(kit, local(made_at).date())
    try:
        return day_words(kit, date.fromisoformat(value))
    except ValueError:
        return value


def day_words(kit: Kit, day: date) -> str:
    """A day as the state writes days: two digits where one could be changed by a stroke."""
    return kit.catalog.say(LANG, "paper.day", **_digits(day))


def place_and_date(kit: Kit, case: Case, day: date) -> str:
    place = _commune(kit, case.commune) or "…………"
    return kit.catalog.say(LANG, "paper.place_date", place=place, **_digits(day))


def _digits(day: date) -> dict[str, str]:
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return {"day": f"{day.day:02}", "month": month, "year": str(day.year)}


def _commune(kit: Kit, code: str) -> str:
    return kit.places().areas.communes.get(code, "")


def commune_words(kit: Kit, case: Case) -> str:
    """The commune with its kind; unknown = a dotted line."""
    return _named(kit, case.commune)


def _named(kit: Kit, commune: str) -> str:
    return kit.catalog.say(LANG, "paper.commune", **kit.places().areas.named(commune, "…………"))


def _tasks(boxes: Mapping[str, str]) -> tuple[Mapping[str, str], ...]:
    rows = [
        {"what": boxes[f"task{n}"], "who": boxes[f"task{n}_who"], "until": boxes[f"task{n}_until"]}
        for n in range(1, TASKS + 1)
    ]
    return tuple(row for row in rows if row["what"])


def _of_case(kit: Kit, known: Known) -> dict[str, str]:
    """The boxes of form 01 and of the receipt, from what reporters told."""
    case, answers = known.case, answers_of(list(known.events))

    def words(name: str) -> str:
        value = told(answers, name)
        return "" if value in (None, [], "unknown") else answer_words(kit, LANG, name, value)

    here, age = local(case.received_at), told(answers, "child_age")
    say = kit.catalog.say
    return {
        "about": say(LANG, f"paper_about.{'open' if case.kind == 'other' else track(case)}"),
        "via": say(LANG, f"paper_via.{case.source}"),
        "hour": say(LANG, "paper.hour", hour=f"{here:%H}", minute=f"{here:%M}"),
        "day": day_words(kit, here.date()),
        "name": words("child_name"), "sex": words("child_sex"),
        "born": say(LANG, "paper.age", years=age) if isinstance(age, int) else "",
        "place": words("place"), "where_now": words("child_place"),
        "state": "\n".join(summary(kit, LANG, answers, without=_ELSEWHERE, how=WHOLE)),
        "done": words("help_given"), **_giver(told(answers, "contact")),
    }  # fmt: skip


def _giver(contact: Any) -> dict[str, str]:
    """Who told it, only with their own yes (P2): what is no number is the name."""
    if not isinstance(contact, Mapping) or not contact.get("consent"):
        return {}
    given = str(contact["given"])
    phone = _PHONE.search(given)
    name = _PHONE.sub(" ", given)
    return {
        "giver_phone": phone.group(0).strip() if phone else "",
        "giver_name": " ".join(name.split()).strip(" ,.;:-"),
    }


def _with_hand(paper: Paper, events: Sequence[Event]) -> Paper:
    """What people filled in since; a box that the case itself fills stays the case's."""
    boxes = dict(paper.boxes)
    for event in events:
        if event.act == FILLED and event.body["paper"] == paper.id:
            boxes |= {
                name: words
                for name, words in event.body["form"].items()
                if name in paper.boxes and not paper.boxes[name]
            }
    return replace(paper, boxes=boxes)
