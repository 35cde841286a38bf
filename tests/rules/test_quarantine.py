"""Who opens a file, and who takes it along; which words lock what was sent."""

from datetime import UTC, datetime
from itertools import product

import pytest

from cases.model import Case, Level, Record, Status
from cases.quarantine import SHOW, TAKE, Standing, is_sexual, may, police_told, tells_of_abuse

NOW = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
KINDS = ("image", "video", "voice", "file", "sticker")


@pytest.mark.parametrize(
    ("standing", "can"),
    [
        (Standing("image"), (SHOW,)),
        (Standing("image", close=True), (SHOW, TAKE)),
        (Standing("image", shown=False, close=True), (TAKE,)),
        (Standing("video"), (SHOW,)),
        (Standing("voice"), (SHOW, TAKE)),
        (Standing("file"), (TAKE,)),
        (Standing("image", locked=True), ()),
        (Standing("image", locked=True, close=True), (SHOW,)),
        (Standing("image", locked=True, close=True, handed=True), (SHOW, TAKE)),
        (Standing("image", locked=True, handed=True), ()),
        (Standing("voice", locked=True), (SHOW, TAKE)),
        (Standing("image", shut=True, close=True), ()),
        (Standing("image", shut=True, close=True, handed=True), (TAKE,)),
        (Standing("file", shut=True, close=True), ()),
        (Standing("file", shut=True, close=True, handed=True), (TAKE,)),
        (Standing("file", shut=True, handed=True), ()),
    ],
)
def test_what_one_person_may_do_with_one_file(standing, can):
    assert may(standing) == can


def test_a_shut_file_is_never_shown_and_a_locked_one_leaves_with_the_police_only():
    for kind, shown, locked, close, handed in product(KINDS, *[(True, False)] * 4):
        shut = may(Standing(kind, shown, locked, True, close, handed))
        assert SHOW not in shut
        assert (TAKE in shut) is (close and handed)
        if kind in ("image", "video") and locked:
            found = may(Standing(kind, shown, locked, False, close, handed))
            assert (TAKE in found) is (close and handed)
            assert (SHOW in found) is (close and shown)


def case(*purposes):
    beside = tuple(
        Record("referral", n, "sent", NOW, NOW, body={"purpose": one})
        for n, one in enumerate(purposes, 1)
    )
    return Case(
        "c1", "7KQ4-2MDJ", "20500", Level.LOW, "sexual_abuse", Status.ACKNOWLEDGED, 4, NOW, NOW,
        beside=beside,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("purposes", "told"),
    [
        ((), False), (("clinic_care",), False), (("h111_removal",), False),
        (("police_crime",), True), (("city_crime",), True), (("clinic_care", "police_protect"), True),
    ],
)  # fmt: skip
def test_only_a_referral_to_the_police_lets_an_original_out(purposes, told):
    assert police_told(case(*purposes)) is told


@pytest.mark.parametrize(
    ("answers", "locks"),
    [
        ({}, False),
        ({"kind": "sexual_abuse"}, True),
        ({"kind": "online_abuse"}, True),
        ({"kind": "violence_home"}, False),
        ({"kind": {"skipped": True}}, False),
        ({"kind": "no kind of ours"}, False),
        ({"kind_group": "sexual"}, True),
        ({"kind_group": "hurt"}, False),
        ({"kind_group": "sexual", "kind": "other"}, True),
        ({"kind_group": "sexual", "kind": "violence_home"}, False),
        ({"hints": [{"about": "kind", "code": "sexual_abuse", "words": "x"}]}, True),
        ({"hints": [{"about": "kind", "code": "violence_home", "words": "x"}]}, False),
        ({"hints": [{"about": "place", "code": "20500", "words": "x"}]}, False),
        ({"story": ["ông ấy sờ vào chỗ kín của cháu"]}, True),
        ({"story": {"skipped": True}}, False),
        ({"captions": ["anh nong cua chau no dang len mang"]}, True),
        ({"extra_words": ["nó dọa đăng ảnh"], "story": ["cháu sợ"]}, True),
        ({"added": ["cháu đang ở nhà bà"]}, False),
    ],
)
def test_what_was_told_locks_what_was_sent(answers, locks):
    assert tells_of_abuse(answers) is locks


def test_the_sexual_group_and_no_other():
    assert is_sexual("sexual_abuse")
    assert not is_sexual("violence_home")
