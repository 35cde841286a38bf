"""Who knows of a case and what they may do to it, as TRUST 14 and DOMAIN 1 and 2 say it, held against the gate.

The two tables are written from the documents, not from the code: staff can read them.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from cases.access import View, may_do, view_of
from cases.allowed import allowed
from cases.errors import Refused
from cases.lifecycle import Act
from cases.model import Case, Level, Person, Role, Status
from handlers.access import case_for, case_to_act, cases_for, searched_for, view_for
from storage.records.openings import OPEN, Opening
from tests.support.world import open_world

NOW = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
HERE, THERE = "20500", "20515"
CITY = (Role.SUPERVISOR, Role.ADMIN)
# How somebody stands to a case.
TIES = ("none", "called", "holder", "excluded", "called and excluded", "opened")
CASES = {
    "ordinary": {},
    "without a commune": {"commune": ""},
    "conflict with the commune": {"flags": ("conflict_commune",)},
    "conflict with the police": {"flags": ("conflict_police",)},
    "conflict with the school": {"flags": ("conflict_school",)},
}
STATUSES = {
    "received": Status.RECEIVED, "acknowledged": Status.ACKNOWLEDGED, "emergency": Status.EMERGENCY,
    "detailed": Status.DETAILED, "running": Status.RUNNING, "closed": Status.CLOSED,
}  # fmt: skip

# Who knows of an ordinary case of their commune (DOMAIN.md section 1, column "sees"), by their tie.
KNOWS_OWN = {
    #                none  called holder
    "collaborator": ("no", "no", "no"),
    "officer": ("yes", "yes", "yes"),
    "deputy": ("on duty", "yes", "yes"),
    "leader": ("yes", "yes", "yes"),
    "police": ("no", "yes", "yes"),
    "supervisor": ("closed by the leader", "yes", "yes"),
    "admin": ("no", "no", "no"),
}


def knows(person, tie, case):
    """whole | opened | none, in the words of the documents."""
    role, here = person.role.value, person.commune == HERE
    city = person.role in CITY
    excluded = "excluded" in tie
    if excluded or not person.active:
        return "none"
    conflict = [flag for flag in case.flags if flag.startswith("conflict_")]
    bypassed = "conflict_commune" in case.flags
    hidden = not city and (
        (bypassed and (here or not case.commune)) or ("conflict_police" in conflict and role == "police")
    )  # fmt: skip
    if hidden:
        return "none"
    called = tie in ("called", "holder")
    if role == "supervisor" and (not case.commune or conflict):
        whole = True
    elif not city and (not case.commune or bypassed):
        whole = role == "leader" and called  # stands in where there is no city desk
    elif not city and not here:
        whole = False
    else:
        cell = KNOWS_OWN[role][{"called": 1, "holder": 2}.get(tie, 0)]
        closed_above = case.status is Status.CLOSED and case.closed_by_role == Role.LEADER
        whole = {"yes": True, "no": False, "on duty": person.on_duty,
                 "closed by the leader": closed_above}[cell]  # fmt: skip
    if whole:
        return "whole"
    asks = role in ("officer", "deputy", "leader", "supervisor")
    return "opened" if tie == "opened" and asks else "none"


# The acts that need no record beside the case (DOMAIN.md section 2): in which status, and who.
# staff = officer, deputy, leader; anybody = these, the police contact and the city;
# beyond = the city, where the commune may not know of the case.
# holder = whoever holds it; worker = who holds it for the commune, not the police or the city.
ANY = tuple(STATUSES)
OPEN_ONES = ANY[:-1]
DOES = {
    Act.ACKNOWLEDGE: (("received",), "anybody"),
    Act.DECLINE: (("received",), "anybody"),
    Act.RELEASE: (("acknowledged",), "holder"),
    Act.ASSIGN: (OPEN_ONES, "leader"),
    Act.VERIFY: (("acknowledged",), "worker"),
    Act.NOTE: (OPEN_ONES, "anybody"),
    Act.ASK_REPORTER: (OPEN_ONES, "holder"),
    Act.SEND_VISIT: (OPEN_ONES, "holder"),
    Act.REFER: (OPEN_ONES, "holder leader"),
    Act.ASSESS: (("acknowledged", "emergency"), "worker"),
    Act.MEASURE: (OPEN_ONES, "leader worker"),
    Act.SEPARATE: (OPEN_ONES, "leader"),
    Act.ASSESS_DETAIL: (("detailed",), "worker"),
    Act.MEETING: (("detailed",), "worker"),
    Act.REVIEW: (("running",), "worker"),
    Act.DISMISS: (("acknowledged", "detailed"), "leader"),  # of the track abuse
    Act.MERGE: (OPEN_ONES, "worker"),
    Act.REOPEN: (("closed",), "leader supervisor"),
    Act.RAISE: (OPEN_ONES, "anybody"),
    Act.LOWER: (OPEN_ONES, "worker"),
    Act.OFFER_HANDOVER: (OPEN_ONES, "worker leader"),
    Act.HOLD: (ANY, "leader beyond"),
    Act.ASK_ERASE: (("closed",), "staff supervisor"),
    Act.ROUTE: (("received", "acknowledged"), "supervisor"),
    Act.SET_KIND: (OPEN_ONES, "worker"),
    Act.MARK_CRIME: (OPEN_ONES, "staff"),
    Act.EXCLUDE: (ANY, "anybody"),
    Act.INCLUDE: (ANY, "leader supervisor"),
    Act.SNOOZE: (OPEN_ONES, "holder"),
}
# Nothing stands beside these cases, so none of the others can be done by anybody; undo has its own test.
NEVER = set(Act) - set(DOES) - {Act.OPEN, Act.UNDO}
OF_OPENED = (Act.NOTE, Act.RAISE, Act.EXCLUDE)


def does(person, tie, act, status, case):
    """Whether this may be done by somebody who knows the whole case."""
    if act in NEVER or (act is Act.OFFER_HANDOVER and not case.commune):
        return False
    where, who = DOES[act]
    role, holds = person.role.value, tie == "holder"
    if role in ("collaborator", "admin"):
        return False
    visitor = role in ("police", "supervisor")
    above = role in ("leader", "supervisor")
    if act is Act.ACKNOWLEDGE and above and not case.holder and status in OPEN_ONES[1:]:
        return True  # further on and without a holder: whoever stands above takes it
    if act is Act.ROUTE and role == "leader" and not case.commune:
        return status in where  # stands in for the city desk
    beyond = role == "supervisor" and (not case.commune or "conflict_commune" in case.flags)
    groups = {"beyond": beyond, "anybody": True, "staff": not visitor, "holder": holds,
              "worker": holds and not visitor, role: True}  # fmt: skip
    return status in where and any(groups.get(one, False) for one in who.split())


def people():
    for role, commune, on_duty, active in product(
        Role, (HERE, THERE), (True, False), (True, False)
    ):
        if role in CITY and (commune == THERE or not on_duty):
            continue
        where = "" if role in CITY else commune
        name = f"p-{role}-{where or 'city'}-{on_duty:d}{active:d}"
        yield Person(name, role, where, on_duty=on_duty, active=active)


def case_of(kind, status, tie, person, n="c1"):
    held = person.id if tie == "holder" else "p-other"
    closed = {"closed_at": NOW, "closed_by_role": Role.LEADER} if status == "closed" else {}
    free = status in ("received", "closed") and tie != "holder"
    case = Case(n, "7KQ4-2MDJ", HERE, Level.HIGH, "neglect", STATUSES[status], 1, NOW, NOW,
                holder="" if free else held, **closed)  # fmt: skip
    return replace(case, **CASES[kind])


@pytest.mark.parametrize("role", Role)
def test_every_role_place_tie_case_status_and_act_is_as_the_documents_say(role):
    wrong, seen = [], set()
    for person, tie, kind, status in product(people(), TIES, CASES, STATUSES):
        if person.role is not role:
            continue
        case = case_of(kind, status, tie, person)
        involved, excluded = tie in ("called", "holder", "called and excluded"), "excluded" in tie
        expected = knows(person, tie, case)
        view = view_of(person, case, involved, excluded)
        if expected == "opened":  # the gate adds this one: see below
            assert view is View.NONE
            view = View.OPENED
        seen.add(expected)
        if view.value != expected:
            wrong.append((person.id, tie, kind, status, view, expected))
        for act in (*DOES, *NEVER):
            may = may_do(view, act) and not allowed(act, case, person)
            fits = does(person, tie, act, status, case)
            should = {"whole": fits, "opened": fits and act in OF_OPENED, "none": False}[expected]
            if may != should:
                wrong.append((person.id, tie, kind, status, act, may, should))
    assert not wrong, (len(wrong), wrong[:10])
    assert "none" in seen and ("whole" in seen or role in (Role.ADMIN, Role.COLLABORATOR))


async def test_the_gate_itself_answers_so_for_a_case_a_list_a_search_and_an_act(tmp_path):
    """With the rows of the database; every refusal is the same as where there is no case, and logged."""
    world = await open_world(tmp_path)
    try:
        async with world.app.kit.store.transaction("test") as work:
            await _ask_everybody(work)
    finally:
        await world.app.close()


async def _ask_everybody(work):
    everybody = [one for one in people() if one.active or one.on_duty]
    for person in everybody:
        await work.people.add(person)
    for n, (person, tie, kind) in enumerate(product(everybody, TIES, CASES)):
        status = "acknowledged" if tie == "holder" else ("received", "closed")[n % 2]
        case = replace(case_of(kind, status, tie, person, f"c{n}"), code=f"C{n:08d}")
        await work.cases.insert(case, f"s{n}")
        if "called" in tie or tie == "holder":  # whoever takes it was called to it
            await work.cases.involve(case.id, person.id, "alert")
        if "excluded" in tie:
            await work.cases.exclude(case.id, person.id, "involved")
        if tie == "opened":
            until = work.now + timedelta(hours=1)
            await work.openings.add(
                Opening(f"o{n}", case.id, person.id, OPEN, case.code, "w", work.now, until)
            )
        expected = knows(person, tie, case)
        assert (await view_for(work, person, case)).value == expected, (
            person.id,
            tie,
            kind,
            status,
        )
        before = await work.audit.count()
        opened = await _refused(case_for(work, person, case.code))
        acted = await _refused(case_to_act(work, person, case.id, Act.NOTE))
        assert opened is acted is (expected == "none"), (person.id, tie, kind, status)
        assert await work.audit.count() - before == 2 * opened
        listed = case.id in [one.id for one in await cases_for(work, person)]
        found = case.id in [one.id for one in (await searched_for(work, person))[0]]
        closed = status == "closed"
        # What was opened in need stands in no list, and a leader elsewhere finds only what is open.
        mine = expected == "whole"
        assert listed is (mine and not closed), (person.id, tie, kind, status)
        away = person.role is Role.LEADER and case.commune != person.commune
        assert found is (mine and not (closed and away)), (person.id, tie, kind, status)
        await work._tx.run(_gone(case.id))


def _gone(case_id):
    """Lists stay short, so that what is looked for is what was made just now."""
    from sqlalchemy import update

    from storage.tables import cases

    away = {"commune": "99999", "status": Status.CLOSED.value, "flags": "", "closed_by_role": ""}
    return update(cases).where(cases.c.id == case_id).values(**away)


async def _refused(asked):
    try:
        await asked
    except Refused as no:
        return no.key == "error.not_found"
    return False
