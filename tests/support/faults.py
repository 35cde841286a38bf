"""Which tests are of the fault catalogue: their names begin with a fault's number; and all that take long."""

import re

import pytest

_NAME = re.compile(r"test_f\d\d_")
_ON_POSTGRES = {"server", "databases"}  # fixtures of tests that bring a PostgreSQL of their own


def choose(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave only these; a test about PostgreSQL runs with the others on PostgreSQL, once."""
    also = config.getoption("--postgres")
    kept = [one for one in items if _is_fault(one) and (also or not _brings_its_own(one))]
    config.hook.pytest_deselected(items=[one for one in items if one not in kept])
    items[:] = kept


def _is_fault(item: pytest.Item) -> bool:
    return bool(_NAME.match(item.name)) or item.get_closest_marker("long") is not None


def _brings_its_own(item: pytest.Item) -> bool:
    return bool(_ON_POSTGRES & set(getattr(item, "fixturenames", ())))
