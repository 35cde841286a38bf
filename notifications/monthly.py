"""The month in words and tables: for a morning, a page and a spreadsheet. Counts only. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cases.figures import SMALL, Month, masked_cells

Say = Callable[..., str]
_FEW, _NONE = f"< {SMALL}", "–"
_Both = tuple[Mapping[str, int], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Report:
    """A month beside the one before. `outside`: it leaves the commune, so small counts are masked.

    `place`: whose figures, as `named` says it; for the city without a name.
    `city`: parts are communes, not villages.
    """

    year: int
    month: int
    place: Mapping[str, str]
    now: Month
    before: Month
    outside: bool
    city: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a name and what stood there now and before; masked where it must be."""

    title: str
    rows: tuple[tuple[str, str, str], ...]


def tables(say: Say, report: Report) -> list[Table]:
    """Everything there is to show, the totals first. Inside, a row of zeros is left out.

    Outside it stands there, masked like any other: what is missing would be known to be zero.
    """
    now, before = report.now, report.before
    new = _sums(say, report, now.new, before.new)
    closed = _sums(say, report, now.closed, before.closed)
    total = Table(
        say("monthly.total"), ((say("monthly.new"), *new), (say("monthly.closed"), *closed))
    )
    parts = "communes" if report.city else "villages"
    shown: tuple[tuple[str, _Both, Callable[[str], str]], ...] = (
        ("levels", (now.by_level, before.by_level), lambda one: say(f"level.{one}")),
        ("kinds", (now.by_kind, before.by_kind), lambda one: say(f"kind.{one}")),
        (parts, (now.by_part, before.by_part), lambda one: one or say("monthly.nowhere")),
        ("sources", (now.by_source, before.by_source), lambda one: say(f"source.{one}")),
        ("outcomes", (now.outcomes, before.outcomes), lambda one: say(f"outcome.{one}")),
    )
    middle = [_table(say, report, title, both, name) for title, both, name in shown]
    return [total, *middle, _clocks(say, report)]


def _sums(say: Say, report: Report, now: int, before: int) -> tuple[str, str]:
    if not report.outside:
        return str(now), str(before)
    (first,), (second,) = masked_cells([now]), masked_cells([before])
    return _cell(say, first), _cell(say, second)


def _cell(say: Say, cell: str) -> str:
    if cell == "some":
        return say("weekly.at_least", count=SMALL)
    return _FEW if cell == "small" else cell


def _table(say: Say, report: Report, title: str, both: _Both, name: Callable[[str], str]) -> Table:
    now, before = both
    keys = [
        key
        for key in dict.fromkeys([*now, *before])
        if report.outside or now.get(key) or before.get(key)
    ]
    columns = [_column(say, report, [one.get(key, 0) for key in keys]) for one in (now, before)]
    names = [name(key) for key in keys]
    return Table(say(f"monthly.{title}"), tuple(zip(names, *columns, strict=True)))


def _column(say: Say, report: Report, counts: Sequence[int]) -> list[str]:
    if not report.outside:
        return [str(count) for count in counts]
    return [_cell(say, one) for one in masked_cells(counts)]


def _clocks(say: Say, report: Report) -> Table:
    """How often each clock was met. A rate of few would tell of each."""
    now, before = report.now.on_time, report.before.on_time
    rows = tuple(
        (
            say(f"met.{clock}"),
            _rate(say, report, now.get(clock, (0, 0))),
            _rate(say, report, before.get(clock, (0, 0))),
        )
        for clock in dict.fromkeys([*now, *before])
    )
    return Table(say("monthly.clocks"), rows)


def _rate(say: Say, report: Report, met_of: tuple[int, int]) -> str:
    met, many = met_of
    if not many:
        return _NONE
    if not report.outside:
        return say("monthly.rate", met=str(met), many=str(many), percent=round(100 * met / many))
    if many < SMALL:
        return _FEW
    # In tenths: from the exact share the few that were late could be counted.
    return say("monthly.about", percent=round(10 * met / many) * 10)


def monthly(say: Say, report: Report) -> str:
    """The first morning of a month: the totals, the levels, the clocks; the rest is on its page."""
    total, levels, *_, clocks = tables(say, report)
    lines = [say("monthly.head", month=report.month, year=str(report.year))]
    lines += [say("monthly.line", name=name, now=now, before=was) for name, now, was in total.rows]
    # Where the sum is masked, so is each of its parts.
    whole = not report.outside or report.now.new >= SMALL
    known = [row for row in clocks.rows if row[1] not in (_FEW, _NONE)]
    lines += [_in_one(levels.title, levels.rows)] * bool(levels.rows and whole)
    lines += [_in_one(clocks.title, known)] * bool(known)
    lines += [say("monthly.masked")] * report.outside
    return "\n".join([*lines, say("monthly.where")])


def _in_one(title: str, rows: Sequence[tuple[str, str, str]]) -> str:
    """A whole table in a line of a message: what is true now."""
    return f"{title}: " + "; ".join(f"{name} {now}" for name, now, _ in rows)
