"""Which tests are of the fault catalogue: their names begin with a fault's number; and all that take long."""

import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
_NAME = re.compile(r"test_f\d\d_")
_LONG = "long"
_NAMED = re.compile(rf"{_NAME.pattern}|\bmark\.{_LONG}\b")  # where a file says one of them
_ON_POSTGRES = {"server", "databases"}  # fixtures of tests that bring a PostgreSQL of their own


def choose(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave only these; a test about PostgreSQL runs with the others on PostgreSQL, once."""
    also = config.getoption("--postgres")
    kept = [one for one in items if _is_fault(one) and (also or not _brings_its_own(one))]
    config.hook.pytest_deselected(items=[one for one in items if one not in kept])
    items[:] = kept


def files(tests: Path = TESTS) -> list[Path]:
    """The files in which one stands, read and not imported: to collect all others costs minutes."""
    return [one for one in sorted(tests.rglob("test_*.py")) if _names_one(one)]


def check_files(items: list[pytest.Item]) -> None:
    """A test of a fault in a file that `files` would leave out ends the run: `make faults` never saw it."""
    for item in items:
        if _is_fault(item) and not _names_one(item.path):
            raise pytest.UsageError(f"{item.nodeid}: write the name or mark.{_LONG} in this file")


@cache
def _names_one(file: Path) -> bool:
    return bool(_NAMED.search(file.read_text(encoding="utf-8")))


def _is_fault(item: pytest.Item) -> bool:
    return bool(_NAME.match(item.name)) or item.get_closest_marker(_LONG) is not None


def _brings_its_own(item: pytest.Item) -> bool:
    return bool(_ON_POSTGRES & set(getattr(item, "fixturenames", ())))
