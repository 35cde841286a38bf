"""An old record is read with the form that asked it: each keeps the version, each paper names it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cases.acting import apply
from cases.forms import FORMS, MARK, Field, as_filled, layout
from cases.lifecycle import Act
from cases.model import Case, Level, Person, Record, Role, Status
from cases.records import Doing, records

NOW = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
LAN, CHU = Person("lan", Role.OFFICER, "20500"), Person("chu", Role.LEADER, "20500")
CASE = Case(
    "c1", "7KQ4-2MDJ", "20500", Level.LOW, "neglect", Status.VERIFYING, 3, NOW, NOW, holder="lan"
)
OLD = replace(FORMS["02"], fields=(Field("harm"), Field("dropped")))
NEW = replace(FORMS["02"], version=2)
FORMER = {("02", 1): OLD}


def test_what_an_official_form_asked_is_kept_with_its_version():
    form = {"decision": "calm", "harm": "low"}
    (one,) = records(apply(Act.ASSESS, CASE, Doing(LAN, NOW, form)), "form02")
    assert one.body == {**form, MARK: FORMS["02"].version}


def test_a_later_form_on_the_same_record_keeps_a_version_of_its_own():
    plan = Record("plan", 1, "submitted", NOW, NOW, "lan", body={"goals": "x", MARK: 1})
    case = replace(CASE, status=Status.APPROVAL, beside=(plan,))
    form = {"number": "12", "date": "2026-11-23", "record": "1"}
    (one,) = records(apply(Act.APPROVE, case, Doing(CHU, NOW, form)), "plan")
    assert (one.body[MARK], one.body["approve"][MARK]) == (1, FORMS["05"].version)


def test_what_no_official_form_asked_has_none():
    form = {"person": "mai", "what": "xem cháu"}
    (one,) = records(apply(Act.SEND_VISIT, CASE, Doing(LAN, NOW, form)), "visit")
    assert one.body == form


@pytest.mark.parametrize(
    ("said", "form"), [({MARK: 1}, OLD), ({}, OLD), ({MARK: 2}, NEW)], ids=["old", "first", "new"]
)
def test_a_record_is_read_with_its_own_definition(said, form):
    assert as_filled(NEW, said, FORMER) == form


def test_a_form_that_was_replaced_keeps_its_layout():
    assert layout(FORMS["02"]) == "02"
    assert layout(replace(FORMS["02"], version=0)) == "02-0"
