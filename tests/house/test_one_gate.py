"""No case is looked for outside the one gate: whoever must, stands here with the reason (F52)."""

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
LISTS = {
    "open_cases",
    "all_cases",
    "standing",
    "open_elsewhere",
    "touched",
}  # many cases at once: lists, counts
ONE = {"get", "by_code", "reported_by", "by_access"}
GATE = "handlers/access.py"

# Lists outside the gate.
MAY_LIST = {
    "bot/commands/records.py": "`bot cases`: codes, levels and times, for the operator of the machine",
    "handlers/watching/rehearsal.py": "the program's own report of nobody, in its own place",
    "handlers/alarms/new_chain.py": "alarms that ring are planned anew; nobody is shown a case",
}
# A single case outside the gate.
THREAD = "the reporter's own thread"
CLOCK = "a clock or the sender: nobody asked, and each person told is looked at by the gate"
AGAIN = "read again with its records, after the gate"
RIGHTS = "the file of a request about one's own data, or of a breach: its record, never the case"
MAY_GET = {
    "handlers/actions/breach.py": RIGHTS,
    "handlers/actions/data_rights.py": RIGHTS,
    "handlers/casework/forgetting.py": CLOCK,
    "handlers/privacy/sweep.py": CLOCK,
    "handlers/reporter/my_data.py": THREAD,
    "handlers/watching/mending.py": CLOCK,
    "handlers/watching/rehearsal.py": THREAD,
    "handlers/actions/add_to_report.py": THREAD,
    "handlers/actions/file_silent.py": CLOCK,
    "handlers/actions/leave.py": THREAD,
    "handlers/actions/manage_staff.py": AGAIN,
    "handlers/actions/openings.py": "breaking the glass: what is found is never shown or named here",
    "handlers/actions/work_case.py": AGAIN,
    "handlers/casework/acts/merging.py": AGAIN,
    "handlers/casework/acts/visits.py": AGAIN,
    "handlers/casework/cards.py": CLOCK,
    "handlers/casework/joined.py": "what was joined is one matter; nobody is shown a case by it",
    "handlers/casework/locking.py": "whether a case that had joined is erased by now",
    "handlers/casework/relay.py": THREAD,
    "handlers/casework/shut_files.py": AGAIN,
    "handlers/delivery.py": CLOCK,
    "handlers/files/fetching.py": CLOCK,
    "handlers/files/sent_files.py": THREAD,
    "handlers/limits.py": THREAD,
    "handlers/meaning/edited.py": THREAD,
    "handlers/meaning/said.py": THREAD,
    "handlers/meaning/signals.py": THREAD,
    "handlers/meaning/taken_over.py": THREAD,
    "handlers/meaning/withheld.py": THREAD,
    "handlers/meaning/words.py": THREAD,
    "handlers/pages/act_page.py": "whether the doer may see the case yet, by the gate",
    "handlers/pages/slip.py": "a link to one referral, for the body it went to; its fixed lines only",
    "handlers/reporter/follow_up.py": THREAD,
    "handlers/reporter/hush.py": THREAD,
    "handlers/reporter/menu.py": THREAD,
    "handlers/reporter/reporting.py": THREAD,
    "handlers/reporter/safe_check.py": THREAD,
    "handlers/roster/departing.py": THREAD,
    "handlers/roster/reach.py": THREAD,
    "handlers/second_thought.py": CLOCK,
    "handlers/staff/desk.py": "a visit that was theirs and is over: they hear that, and nothing else",
    "handlers/staff/unfinished.py": AGAIN,
    "handlers/tick.py": CLOCK,
}


def _asked():
    """File -> which questions it puts to the history of cases or to the figures."""
    found = defaultdict(set)
    for name in ("bot", "web", "handlers", "notifications"):
        for path in sorted((ROOT / name).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
                    ledger = node.value.attr
                    if ledger == "cases" or (ledger, node.attr) == ("figures", "touched"):
                        found[str(path.relative_to(ROOT))].add(node.attr)
    del found[GATE]
    return found


def test_f52_lists_and_counts_of_cases_come_from_the_gate_only():
    assert {file for file, asked in _asked().items() if asked & LISTS} == set(MAY_LIST)


def test_f52_a_single_case_is_looked_for_by_the_gate_or_by_who_is_named_here_with_the_reason():
    assert {file for file, asked in _asked().items() if asked & ONE} == set(MAY_GET)


def test_f52_no_page_asks_for_a_case_by_itself():
    """How many are open, for the machine's own figures, is all that anything in web/ asks."""
    asked = {one for file, all_ in _asked().items() if file.startswith("web/") for one in all_}
    assert asked <= {"count_open"}


def test_f52_rows_of_cases_are_read_in_storage_only():
    """A table of cases cannot even be named above: no statement is built outside storage."""
    for name in ("bot", "web", "handlers", "notifications"):
        for path in (ROOT / name).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert "storage.tables" not in text, path
