"""Terms and moments of the emergency path, typed and pressed. Now is Monday 23/11/2026, 20:15."""

import pytest

from handlers.flows.act_forms import ACT_FORMS
from handlers.talk.advance import advance, begin
from handlers.talk.model import SKIPPED, Said
from tests.walks.test_flows import facts as walk_facts


def answer(act, ask, text, **told):
    """What this answer comes to when everything else was told; None = not understood."""
    flow = ACT_FORMS[act]
    known = {one.id: "x" for one in flow.asks if one.id not in (ask, "paper", "since", "until")}
    talk = begin(flow, None, walk_facts(), {"told": {**known, **told}}).talk
    assert flow.next(talk.answers).id == ask
    kind = "option" if text.startswith("!") else "text"
    said = Said(kind, option=text[1:]) if kind == "option" else Said("text", text=text)
    return advance(flow, talk, said, walk_facts()).talk.answers.get(ask)


SINCE = [
    ("!today", "2026-11-23"),
    ("!tomorrow", "2026-11-24"),
    ("hôm nay", "2026-11-23"),
    ("30/11", "2026-11-30"),
    ("1/12", None),
    ("hôm qua", None),
    ("22/11", None),
    ("chưa biết", None),
]


@pytest.mark.parametrize(("text", "day"), SINCE)
def test_a_separation_begins_today_or_within_a_week(text, day):
    assert answer("separate", "since", text) == day


UNTIL = [
    ("!days3", "2026-11-26"),
    ("!days15", "2026-12-08"),
    ("15 ngày", "2026-12-08"),
    ("20 days", "2026-12-13"),
    ("3 ngày nữa", "2026-11-26"),
    ("24/11", "2026-11-24"),
    ("23/11", None),
    ("0 ngày", None),
    ("8/12/2027", None),
    ("không biết", None),
]


@pytest.mark.parametrize(("text", "day"), UNTIL)
def test_it_ends_so_many_days_later_or_on_a_day_never_before_its_first(text, day):
    assert answer("separate", "until", text, since="2026-11-24") == day


EXTENDED = [
    ("!days3", "2026-11-25", "2026-11-28"),
    ("!days7", "2026-11-25", "2026-12-02"),
    ("!days3", "2026-11-20", "2026-11-25"),  # it lapsed: from today on
    ("25/11", "2026-11-25", None),
    ("26/11", "2026-11-25", "2026-11-26"),
]


@pytest.mark.parametrize(("text", "last", "day"), EXTENDED)
def test_an_extension_goes_on_from_the_last_day_or_from_today(text, last, day):
    assert answer("extend_separation", "until", text, since="2026-11-20", last=last) == day


def test_without_a_first_day_it_counts_from_today():
    assert answer("separate", "until", "!days3", since=SKIPPED) == "2026-11-25"


PAPER = [("15/2026/QĐ-TA", "15/2026/QĐ-TA"), ("chưa có", None)]


@pytest.mark.parametrize(("text", "number"), PAPER)
def test_the_number_of_a_paper_has_a_digit(text, number):
    days = {"since": "2026-11-23", "until": "2026-12-08"}
    assert answer("separate", "paper", text, **days) == number


def test_within_fifteen_days_in_sum_no_paper_is_asked_for():
    flow, days = ACT_FORMS["extend_separation"], {"since": "2026-11-23", "until": "2026-12-07"}
    assert flow.next({**days, "used": 0}).id == "why"
    assert flow.next({**days, "used": 1}).id == "paper"
    assert flow.next({"since": "2026-11-23", "until": SKIPPED}).id == "why"


SEEN = [
    ("!just_now", "just_now"),
    ("hôm qua", "yesterday"),
    ("9 giờ sáng nay", "9 giờ sáng nay"),
    ("không nhớ", "không nhớ"),
    ("ngày mai", None),
    ("mai gặp", None),
]


@pytest.mark.parametrize(("text", "when"), SEEN)
def test_when_the_child_was_seen_is_over(text, when):
    assert answer("safe", "when", text) == when


def test_a_sticker_is_no_moment():
    flow = ACT_FORMS["safe"]
    talk = begin(flow, None, walk_facts(), {"told": {"who": "x"}}).talk
    assert "when" not in advance(flow, talk, Said("media"), walk_facts()).talk.answers
