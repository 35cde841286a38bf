"""docs/generated/faults.md: what the last runs showed. Each run writes its own part and keeps the others."""

import os
import platform
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from docs.catalogue import FAULTS, NO_LAPTOP

PAGE = Path(__file__).parents[2] / "docs" / "generated" / "faults.md"
QUIET = 1.0  # load average
CATALOGUE, SOAK = "The catalogue", "Soak on {}"
ORDER = (CATALOGUE, SOAK.format("PostgreSQL"), SOAK.format("SQLite"), "What no laptop shows")
HEAD = """# Faults

Written by `make faults` (the catalogue) and `make soak`; nothing here is written by hand. What is expected \
of each fault, and which promise it proves: `promises.md`.
"""
_TEST = re.compile(r"test_(f\d\d)_(\w+)")
OK, BAD, NOT = "passed", "failed", "not run"


@dataclass(frozen=True)
class Result:
    """One test as one run saw it; `why` it was not run."""

    file: str
    name: str
    state: str
    seconds: float
    why: str = ""

    @property
    def fault(self) -> str:
        found = _TEST.match(self.name)
        return found.group(1).upper() if found else ""

    @property
    def words(self) -> str:
        found = _TEST.match(self.name)
        return (found.group(2) if found else self.name).replace("_", " ")


def results(report: Path) -> list[Result]:
    """What pytest wrote with --junitxml."""
    found = []
    for case in ET.parse(report).getroot().iter("testcase"):
        skipped = case.find("skipped")
        bad = case.find("failure") is not None or case.find("error") is not None
        state = BAD if bad else NOT if skipped is not None else OK
        why = skipped.get("message", "") if skipped is not None else ""
        file = case.get("classname", "").removeprefix("tests.").replace(".", "/") + ".py"
        name = case.get("name", "").split("[")[0]
        found.append(Result(file, name, state, float(case.get("time", 0)), why))
    return found


def catalogue(runs: dict[str, list[Result]], took: dict[str, float]) -> str:
    """`runs`: the name of a database: what its run showed."""
    head = [
        f"- {name}: {_count(found, OK)} passed, {_count(found, BAD)} failed, "
        f"{_count(found, NOT)} not run, {took[name]:.0f} s"
        for name, found in runs.items()
    ]
    bare = [fault for fault in FAULTS
            if not any(one.fault == fault for found in runs.values() for one in found)]  # fmt: skip
    tests = sorted({(one.fault, one.file, one.words) for found in runs.values() for one in found})
    rows = []
    for fault, file, words in tests:
        cells = [_cell(one for one in found if (one.fault, one.file, one.words) == (fault, file, words))
                 for found in runs.values()]  # fmt: skip
        rows.append(f"| {fault or 'long'} | `{file}` {words} | {' | '.join(cells)} |")
    return "\n".join([
        "A dash: the test is about the other database. A test of several cases is one line.", "",
        *head, *([f"- without a test: {', '.join(bare)}"] if bare else []), "",
        f"| fault | test | {' | '.join(runs)} |", f"|---|---|{'---|' * len(runs)}", *rows, "",
    ])  # fmt: skip


def _count(found: Iterable[Result], state: str) -> int:
    return sum(one.state == state for one in found)


def _cell(found: Iterable[Result]) -> str:
    """`3 passed, 4.1 s`, and why something was not run."""
    by_state = defaultdict(list)
    for one in found:
        by_state[one.state].append(one)
    if not by_state:
        return "–"
    seconds = sum(one.seconds for some in by_state.values() for one in some)
    parts = [f"{len(by_state[OK])} passed"] if by_state[OK] else []
    parts += [f"**{len(by_state[BAD])} failed**"] if by_state[BAD] else []
    parts += [f"not run ({one})" for one in sorted({one.why for one in by_state[NOT]})]
    return ", ".join(parts) + f", {seconds:.1f} s"


def soaked(verdict, words: dict[str, str]) -> str:
    """Figures of a soak, and what did not hold."""
    figures = dict(verdict.figures)
    blows, wait, took = figures.pop("blows"), figures.pop("wait"), figures.pop("took")
    lines = [f"| {name} | {number:,} |" if name != "seed" else f"| {name} | {number} |"
             for name, number in figures.items()]  # fmt: skip
    lines += [f"| {words[kind]} | {number} |" for kind, number in blows.items()]
    if wait:
        half, most, longest = wait
        lines.append(
            f"| from the last word of a report to the officer's phone, half of them | {half:.1f} s |"
        )
        lines.append(f"| … 95 of 100 | {most:.1f} s |")
        lines.append(f"| … the longest | {longest:.1f} s |")
    lines.append(f"| the whole run | {took:.0f} s |")
    holds = (
        "Nothing was lost, nothing was said twice without its label, every press was one act, every open "
        "case has a future obligation, the audit chain is whole."
    )
    wrong = [f"- **{one}**" for one in verdict.wrong]
    return "\n".join(["| | |", "|---|---|", *lines, "", *(wrong or [holds]), ""])


def machine(busy: float) -> str:
    cpu = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
         if line.startswith("model name")), platform.machine(),
    )  # fmt: skip
    around = f"Load average before the run {busy:.1f}."
    if busy > QUIET:
        around += " Others were at work on the machine: times say little."
    return (
        f"{os.cpu_count()} cores of {cpu}, {platform.system()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}. {around}"
    )


def write(title: str, text: str, busy: float, page: Path = PAGE) -> None:
    """This part anew; the others as their own runs left them."""
    parts = _parts(page)
    parts[title] = f"{machine(busy)}\n\n{text}"
    parts[ORDER[-1]] = "\n".join(f"- {one}" for one in NO_LAPTOP) + "\n"
    body = [f"## {name}\n\n{parts[name].strip()}\n" for name in ORDER if name in parts]
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("\n".join([HEAD, *body]), encoding="utf-8")


def _parts(page: Path) -> dict[str, str]:
    if not page.exists():
        return {}
    pieces = re.split(r"^## (.+)\n", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))
