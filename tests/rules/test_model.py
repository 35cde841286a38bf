"""The codes that are stored and shown: statuses, levels, roles, settings, refusals."""

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta

import pytest

from cases.errors import Conflict, Refused
from cases.messages import Address, Choice, Incoming, MediaRef, Outgoing
from cases.model import Case, Level, Person, Record, Role, Status
from cases.policy import DEFAULT

NOW = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)


def test_the_statuses_levels_and_roles_are_those_of_the_law_and_the_design():
    assert [*Status] == [
        "received", "acknowledged", "verifying", "emergency", "detailed", "planning", "approval",
        "running", "review", "closed",
    ]  # fmt: skip
    assert [*Level] == ["low", "medium", "high", "unknown", "urgent"]
    assert [*Role] == [
        "collaborator", "officer", "deputy", "leader", "police", "supervisor", "admin",
    ]  # fmt: skip


def test_a_case_and_a_message_are_values_nobody_changes_in_place():
    case = Case("c", "7KQ4-2MDJ", "", Level.URGENT, "other", Status.RECEIVED, 1, NOW, NOW)
    for value, field in (
        (case, "status"),
        (Person("p", Role.OFFICER), "role"),
        (Outgoing("k"), "text"),
        (Incoming("web", "a", "u", "c", "d", NOW, "text"), "text"),
        (Choice("now", "Có"), "label"),
        (MediaRef("image"), "ref"),
        (Address("web", "a", "u", "c"), "user"),
        (DEFAULT, "repeat"),
    ):
        with pytest.raises(FrozenInstanceError):
            setattr(value, field, "changed")


def test_no_word_of_a_record_is_in_what_an_error_would_quote():
    task = Record("task", 1, "open", NOW, NOW, body={"what": "thăm bé An"})
    case = Case("c", "7KQ4-2MDJ", "", Level.URGENT, "other", Status.RECEIVED, 1, NOW, NOW,
                beside=(task,))  # fmt: skip
    for value in (task, case):
        assert "thăm" not in f"{value!r}{value}"


def test_a_refusal_carries_its_sentence_and_a_conflict_is_one():
    assert isinstance(Conflict("error.changed"), Refused)
    refused = Refused("error.taken", role="officer")
    assert (refused.key, refused.values_, str(refused)) == (
        "error.taken", {"role": "officer"}, "error.taken",
    )  # fmt: skip


def test_the_defaults_a_commune_starts_with():
    minutes = timedelta(minutes=1)
    assert DEFAULT.next_address == 2 * minutes
    assert DEFAULT.repeat == 30 * minutes
    assert DEFAULT.unplaced == DEFAULT.silent_danger == 10 * minutes
    assert (DEFAULT.silent_ask, DEFAULT.silent_file) == (60 * minutes, 24 * 60 * minutes)
    assert set(DEFAULT.unanswered) == set(DEFAULT.idle) == set(Level)
