"""Case codes survive telephones, keyboards and tired people."""

import pytest

from cases.codes import ALPHABET, access_code, case_code, check, read_access_code, read_code
from cases.times.calendar import after_working_days, local


def test_the_example_of_the_interface_is_a_code():
    assert check("7KQ4-2MDJ")


@pytest.mark.parametrize("typed", ["7kq4-2mdj", "7KQ42MDJ", " 7kq4 2mdj ", "7Kq4–2MDJ"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == "7KQ4-2MDJ"


def test_every_wrong_and_every_swapped_character_is_noticed():
    for n in range(20):
        code = case_code(b"key", f"submission-{n}", 0).replace("-", "")
        assert check(code)
        for place in range(8):
            for letter in set(ALPHABET) - {code[place]}:
                assert not check(code[:place] + letter + code[place + 1 :])
        for place in range(7):
            swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            assert swapped == code or not check(swapped)


def test_a_replay_gives_the_same_codes_again():
    assert case_code(b"key", "s", 0) == case_code(b"key", "s", 0) != case_code(b"key", "s", 1)
    assert read_access_code(access_code(b"key", "s")) == access_code(b"key", "s").replace(" ", "")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2025-12-31", "2026-01-09"), ("2026-01-07", "2026-01-13"), ("2026-02-13", "2026-02-27"),
        ("2026-04-24", "2026-05-06"), ("2026-08-21", "2026-08-27"), ("2026-08-28", "2026-09-09"),
        ("2026-11-21", "2026-11-30"), ("2026-11-23", "2026-12-01"), ("2027-01-29", "2027-02-12"),
    ],
)  # fmt: skip
def test_the_golden_rows_of_five_working_days(received, due):
    from datetime import UTC, datetime

    start = datetime.fromisoformat(f"{received}T03:00:00").replace(tzinfo=UTC)
    end = local(after_working_days(start, 5))
    assert (end.date().isoformat(), end.hour) == (due, 17)
