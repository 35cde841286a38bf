"""The month's list of families: who may ask whom, when it is told, and when it is gone."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from cases.families import gone_at, may_set, month_after, month_now, told_at
from cases.model import Person, Role
from cases.times.calendar import ZONE, local

MAI = Person("mai", Role.COLLABORATOR, "20500")


def shown(at):
    return f"{local(at):%Y-%m-%d %H:%M}"


def test_a_list_is_told_on_the_first_and_deleted_at_the_end_of_the_month_after():
    month = month_now(datetime(2026, 11, 30, 23, 59, tzinfo=ZONE))
    assert month == date(2026, 11, 1)
    assert month_after(month) == date(2026, 12, 1)
    assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)
    assert shown(told_at(month_after(month))) == "2026-12-01 07:30"
    assert shown(gone_at(month)) == "2027-01-01 00:00"


@pytest.mark.parametrize(
    ("role", "commune", "visitor", "may"),
    [
        (Role.OFFICER, "20500", MAI, True), (Role.DEPUTY, "20500", MAI, True),
        (Role.LEADER, "20500", MAI, False), (Role.POLICE, "20500", MAI, False),
        (Role.OFFICER, "20515", MAI, False), (Role.SUPERVISOR, "", MAI, False),
        (Role.OFFICER, "", replace(MAI, commune=""), False),
        (Role.OFFICER, "20500", replace(MAI, role=Role.DEPUTY), False),
        (Role.OFFICER, "20500", replace(MAI, active=False), False),
    ],
)  # fmt: skip
def test_only_staff_of_the_commune_ask_its_collaborators(role, commune, visitor, may):
    assert may_set(Person("x", role, commune), visitor) == may
