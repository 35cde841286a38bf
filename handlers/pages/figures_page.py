"""The monthly report for a page: its tables in words, and the spreadsheet made of them."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from handlers.actor import Actor
from handlers.papers.exports import spreadsheet
from handlers.reports import month_before, month_report, months
from notifications.monthly import Say, Table, tables


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """A month beside the one before. `head`: what it is, and what is to be known of it."""

    month: str  # as an address has it: 2026-10
    months: list[tuple[str, str]]
    columns: tuple[str, str, str]
    head: list[str]
    tables: list[Table]
    masked: bool


async def figures_page(actor: Actor, month: str, *, outside: bool) -> FiguresPage:
    """The month that was asked for, else the last one. Raises Refused for whom figures are not."""
    person = actor.person
    assert person is not None
    known = months(actor.work.now)
    first = next((one for one in known if f"{one:%Y-%m}" == month), known[0])
    report = await month_report(actor, person, first, outside=outside)
    say: Say = partial(actor.kit.catalog.say, actor.lang)
    head = [say("monthly.head", month=report.month, year=str(report.year))]
    head += [say("monthly.place", **report.place)] * bool(report.place["name"])
    return FiguresPage(
        f"{first:%Y-%m}", [(f"{one:%Y-%m}", _name(say, one)) for one in known],
        (say("monthly.what"), _name(say, first), _name(say, month_before(first))),
        [*head, *[say("monthly.masked")] * report.outside],
        [one for one in tables(say, report) if one.rows], report.outside,
    )  # fmt: skip


def _name(say: Say, first: date) -> str:
    return say("monthly.month", month=first.month, year=str(first.year))


async def take_figures(actor: Actor, month: str, *, outside: bool) -> FiguresPage:
    """The same, to be taken out: logged before anybody has it."""
    assert actor.person is not None
    page = await figures_page(actor, month, outside=outside)
    detail = {"month": page.month, "masked": page.masked}
    await actor.work.audit.write(actor.person.id, "figures_made", "", detail)
    return page


async def file_of(page: FiguresPage) -> bytes:
    """The spreadsheet."""
    return await spreadsheet(page.head, page.columns, page.tables)
