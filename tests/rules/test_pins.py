"""What is a PIN, and what everybody tries first."""

import pytest

from cases.pins import read_pin, too_easy


@pytest.mark.parametrize(("text", "pin"), [
    ("271828", "271828"), (" 27 18 28 ", "271828"), ("２７１８２８", "271828"),
    ("27182", ""), ("2718281", ""), ("27182a", ""), ("", ""), ("٢٧١٨٢٨", ""), ("²71828", "271828"),
])  # fmt: skip
def test_six_digits_however_they_are_typed(text, pin):
    assert read_pin(text) == pin


@pytest.mark.parametrize(
    "pin", ["000000", "123456", "890123", "654321", "121212", "123123", "432109"]
)
def test_what_is_easy_to_guess(pin):
    assert too_easy(pin)


@pytest.mark.parametrize("pin", ["271828", "112233", "314159", "123457"])
def test_what_is_not(pin):
    assert not too_easy(pin)
