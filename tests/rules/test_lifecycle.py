"""The lifecycle table: who may do what from where, and what it changes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cases.errors import Refused
from cases.lifecycle import TABLE, TRANSITIONS, WORKING, Act, acts_for, allowed, apply, track
from cases.model import Case, Level, Person, Role, Status

NOW = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
CASE = Case("c1", "7KQ4-2MDJ", "20500", Level.URGENT, "neglect", Status.RECEIVED, 1, NOW, NOW)
STAFF = {role: Person(f"p-{role}", role, "20500") for role in Role}


def case(status="received", holder="", kind="neglect", level=Level.URGENT):
    person = f"p-{holder}" if holder else ""
    return replace(CASE, status=Status(status), holder=person, kind=kind, level=level)


def test_every_act_has_exactly_one_row():
    assert len(TABLE) == len(TRANSITIONS) == len(Act)


@pytest.mark.parametrize(
    ("act", "who", "what", "why"),
    [
        ("acknowledge", "officer", case(), ""),
        ("acknowledge", "deputy", case(), ""),
        ("acknowledge", "leader", case(), ""),
        ("acknowledge", "police", case(), ""),
        ("acknowledge", "supervisor", case(), ""),
        ("acknowledge", "collaborator", case(), "error.not_yours"),
        ("acknowledge", "admin", case(), "error.not_yours"),
        ("acknowledge", "officer", case("acknowledged", "deputy"), "error.not_now"),
        ("decline", "officer", case(), ""),
        ("release", "officer", case("acknowledged", "officer"), ""),
        ("release", "deputy", case("acknowledged", "officer"), "error.not_yours"),
        ("release", "officer", case("emergency", "officer"), "error.not_now"),
        ("assign", "leader", case(), ""),
        ("assign", "officer", case(), "error.not_yours"),
        ("note", "officer", case("acknowledged", "deputy"), ""),
        ("note", "police", case("acknowledged", "deputy"), ""),
        ("note", "admin", case(), "error.not_yours"),
        ("measure", "leader", case(), ""),
        ("measure", "officer", case(), "error.not_yours"),
        ("measure", "officer", case("acknowledged", "officer"), ""),
        ("measure", "police", case("acknowledged", "police"), "error.not_yours"),
        ("safe", "officer", case("emergency", "officer"), ""),
        ("safe", "leader", case("emergency", "officer"), ""),
        ("safe", "officer", case("acknowledged", "officer"), "error.not_now"),
        ("raise", "deputy", case("acknowledged", "officer"), ""),
        ("lower", "officer", case("acknowledged", "officer"), ""),
        ("lower", "deputy", case("acknowledged", "officer"), "error.not_yours"),
        ("route", "supervisor", case(), ""),
        ("route", "officer", case(), "error.not_yours"),
        ("route", "supervisor", case("emergency", "officer"), "error.not_now"),
        ("resolve", "officer", case("acknowledged", "officer", "injury"), ""),
        ("resolve", "officer", case("acknowledged", "officer", "neglect"), "error.not_now"),
        ("resolve", "deputy", case("acknowledged", "officer", "injury"), "error.not_yours"),
        ("dismiss", "leader", case("acknowledged", "officer", "neglect"), ""),
        ("dismiss", "officer", case("acknowledged", "officer", "neglect"), "error.not_yours"),
        ("dismiss", "officer", case("acknowledged", "officer", "injury"), ""),
        ("dismiss", "leader", case("acknowledged", "officer", "injury"), "error.not_yours"),
        ("reopen", "leader", case("closed"), ""),
        ("reopen", "officer", case("closed"), "error.not_yours"),
        ("snooze", "officer", case("acknowledged", "officer"), ""),
        ("snooze", "police", case("acknowledged", "police"), ""),
        ("release", "police", case("acknowledged", "police"), ""),
        ("exclude", "officer", case(), ""),
        ("submit", "officer", case("planning", "officer"), "error.not_now"),
    ],
)  # fmt: skip
def test_an_act_is_allowed_to_whom_the_table_names(act, who, what, why):
    assert allowed(Act(act), what, STAFF[Role(who)]) == why


def test_a_card_shows_exactly_what_is_allowed_now():
    for status in Status:
        for role in Role:
            what = case(status, "officer" if status is not Status.RECEIVED else "")
            shown = set(acts_for(what, STAFF[role]))
            may = {
                act for act in WORKING - {Act.OPEN, Act.UNDO} if not allowed(act, what, STAFF[role])
            }
            assert shown == may - {Act.RAISE}  # it is urgent already


def test_a_refused_act_changes_nothing():
    with pytest.raises(Refused, match=r"error\.not_yours"):
        apply(Act.ROUTE, case(), STAFF[Role.OFFICER], NOW)


def test_acknowledging_names_the_holder_and_makes_older_buttons_stale():
    after = apply(Act.ACKNOWLEDGE, case(), STAFF[Role.OFFICER], NOW)
    assert (after.status, after.holder, after.acked_at) == (Status.ACKNOWLEDGED, "p-officer", NOW)
    assert after.acked_by_role is Role.OFFICER
    assert after.rev == 2


def test_a_measure_on_a_received_case_acknowledges_it():
    after = apply(Act.MEASURE, case(), STAFF[Role.LEADER], NOW)
    assert (after.status, after.holder) == (Status.EMERGENCY, "p-leader")


def test_a_note_makes_no_button_stale():
    assert apply(Act.NOTE, case("acknowledged", "officer"), STAFF[Role.OFFICER], NOW).rev == 1


def test_closing_and_reopening_keep_their_facts():
    closed = apply(Act.RESOLVE, case("acknowledged", "officer", "injury"), STAFF[Role.OFFICER], NOW)
    assert (closed.closed_at, closed.closed_by_role) == (NOW, Role.OFFICER)
    opened = apply(Act.REOPEN, closed, STAFF[Role.LEADER], NOW)
    assert (opened.status, opened.holder, opened.closed_at) == (Status.RECEIVED, "", None)


def test_an_unknown_kind_counts_as_abuse():
    assert track(case(kind="not in the table")) == "abuse"
