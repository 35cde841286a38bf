"""The page of the clocks says of each one that runs whom it tells and when."""

import re

from cases.deadlines import ARMED, NOT_OF_A_CASE
from docs.generate import deadlines

CELLS = {
    line.split(" | ")[0].strip("| `"): line.split(" | ")[4]
    for line in deadlines().splitlines()
    if line.startswith("| `")
}


def test_every_clock_of_a_case_names_its_steps():
    for clock in ARMED - NOT_OF_A_CASE:
        assert CELLS[clock].strip(), clock
        assert not re.search(r":\s*(<br>|$)", CELLS[clock]), clock


def test_a_clock_with_beats_says_how_long_it_runs_and_whom_it_tells():
    assert CELLS["plan"].startswith("5 d working; 2 d working before, 08:00 → holder; ")
    assert "low: 90 d" in CELLS["review"]
    assert "its date; 1 d before, 08:00 → party" in CELLS["task"]
    assert CELLS["handover"].endswith("at due → leader; as long again → leader, supervisor")
