"""The table of limits: complete, kind to whoever is slowed, and used wherever something is limited."""

from datetime import timedelta
from pathlib import Path

import pytest

from cases.limits import LIMITS, in_danger, shares, wait_of
from cases.messages import Incoming

ROOT = Path(__file__).parents[2]
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for package in ("bot", "handlers", "web")
    for path in (ROOT / package).rglob("*.py")
)


@pytest.mark.parametrize("limit", LIMITS.values(), ids=LIMITS)
def test_each_limit_is_used_and_says_whom_it_never_stands_in_the_way_of(limit):
    assert f'"{limit.id.removesuffix("_all")}"' in CODE
    assert limit.most > 0
    assert limit.of
    assert limit.over
    assert limit.passes
    assert limit.wait <= timedelta(seconds=30)  # nobody is kept out


def test_a_wait_grows_with_each_and_has_an_end():
    limit = LIMITS["threads"]
    waits = [wait_of(limit, ahead) for ahead in range(6 * limit.most)]
    assert waits == sorted(waits)
    assert set(waits[: limit.most + 1]) == {timedelta(0)}
    assert timedelta(0) < waits[limit.most + 1] < timedelta(seconds=1)
    assert waits[-1] == limit.wait


def test_whoever_is_slowed_in_a_chat_or_on_the_page_reads_why_with_a_number_to_call():
    for lang in ("vi", "en"):
        text = "\n".join(
            path.read_text(encoding="utf-8")
            for path in sorted((ROOT / "locales" / lang).glob("*.ftl"))
        )
        for key in ("talk-slow", "talk-slow_child", "page-crowded", "api-slow_down", "talk-flood"):
            (line,) = [one for one in text.splitlines() if one.startswith(f"{key} = ")]
            assert "111" in line or key == "talk-flood", line


@pytest.mark.parametrize(
    ("kind", "text", "option", "danger"),
    [
        ("text", "SOS", "", True), ("text", "khẩn cấp", "", True), ("text", "cứu với", "", True),
        ("text", "dai hiep", "", False), ("text", "xin chào", "", False), ("text", "", "", False),
        ("choice", "", "now", True), ("choice", "", "sos", True), ("choice", "", "no", False),
        ("choice", "sos", "skip", False), ("media", "bố đang bóp cổ con", "", True),
        ("signal", "", "", False),
    ],
)  # fmt: skip
def test_what_sounds_like_danger_before_its_turn(kind, text, option, danger):
    said = Incoming("web", "site", "u", "u", "d", None, kind, text=text, option=option)
    assert in_danger(said, ("dai hiep",)) is danger


def test_places_are_shared_out_and_never_all_of_them():
    assert shares(50, 0) == (0, 25)
    assert shares(50, 10) == (10, 20)
    assert shares(50, 500) == (40, 5)
