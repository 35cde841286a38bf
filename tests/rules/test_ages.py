"""How old, as people say it: tests/data/ages.tsv is the promise, said in 2026."""

import pytest

from cases.typed.ages import age_of, names_an_age
from tests.rules.tables import table

ROWS = table("ages")


@pytest.mark.parametrize(("text", "age", "named"), ROWS)
def test_an_age_is_understood_the_way_people_say_it(text, age, named):
    assert age_of(text, 2026) == (None if age == "-" else int(age))
    assert names_an_age(text) == (named == "named")


@pytest.mark.parametrize("text", ["9" * 5000, "mười " * 2000, "\ud83d", "sinh 2019 " * 500])
def test_no_text_is_too_odd_to_be_looked_at(text):
    assert age_of(text, 2026) in (None, 7, 10)
