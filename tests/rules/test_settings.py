"""What a commune may set: ranges, chains, and which clocks a change is for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cases.chains import (
    CHAINS,
    chain_of,
    check,
    limits,
    may_be_called,
    name_of,
    one_person,
    open_steps,
    unit,
)
from cases.deadlines import DEADLINES, run_of, steps_of
from cases.errors import Refused
from cases.model import Case, Level, Person, Role, Status, Timer
from cases.policy import (
    DEFAULT,
    MINUTE,
    Decided,
    Decisions,
    Step,
    c,
    chain_levels,
    d,
    steps_from,
    stored,
)
from cases.roles import may_keep_people, may_set, may_set_chain
from cases.routing import people_for
from cases.settings import SETTINGS, amount_of, as_delivered, decided_value
from cases.timers import due_of, half_time, next_timer, replanned, rules_of

NOW = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
HERE = "20500"
EVERYBODY = {role.value for role in Role}


def of(level=Level.URGENT, status=Status.RECEIVED, commune=HERE):
    return Case("c1", "7KQ4-2MDJ", commune, level, "other", status, 1, NOW, NOW)


def decided(name, value, n=1, commune=HERE):
    return replace(DEFAULT, decided=Decisions((Decided(n, commune, name, value),)))


def with_chain(steps, level=Level.URGENT):
    return decided(name_of(level), stored(steps))


def urgent(*rows, city=60, everybody=90):
    return chain_of(Level.URGENT, rows, city, everybody)


# Spans.


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_every_setting_is_a_clock_of_the_commune_and_what_is_delivered_lies_within(setting):
    keeps = setting.id.startswith("keep_")
    assert keeps or setting.id == "repeat" or not DEADLINES[setting.id].law
    levels = [level for one in setting.numbers for level in one.levels]
    assert len(levels) == len(set(levels))
    assert set(levels) in (set(Level), {Level.URGENT, Level.UNKNOWN})
    for one in setting.numbers:
        spans = {setting.spans(DEFAULT)[level] for level in one.levels}
        assert len(spans) == 1
        assert one.least <= as_delivered(setting, one) <= one.most
        if Level.URGENT in one.levels and not keeps:
            assert one.most == as_delivered(setting, one)  # never slower where it is urgent


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_decided_value_is_what_the_clock_then_runs(setting):
    typed = {one.name: str(one.least) for one in setting.numbers}
    mine = decided(setting.id, decided_value(setting, typed)).of(HERE)
    for one in setting.numbers:
        for level in one.levels:
            assert one.of(setting.spans(mine)[level]) == one.least
            assert setting.spans(mine)[level].counts == setting.spans(DEFAULT)[level].counts


@pytest.mark.parametrize("typed", ["", "0", "3", "-1", "1.5", "x", "99999", "hai"])
def test_what_is_no_number_within_is_refused(typed):
    with pytest.raises(Refused) as no:
        decided_value(SETTINGS["verify"], {"urgent": typed, "high": "4"})
    assert no.value.key == "error.setting_range"
    assert (no.value.values_["level"], no.value.values_["most"]) == ("urgent", 2)


def test_a_number_is_read_as_people_type_it():
    assert [amount_of(one) for one in (" 12 ", "0", "")] == [12, 0, None]


def test_only_the_own_commune_is_changed_and_the_newest_decision_counts():
    policy = replace(
        DEFAULT,
        decided=Decisions(
            (
                Decided(1, HERE, "verify", {"urgent": 90}),
                Decided(2, "20515", "verify", {"urgent": 30}),
                Decided(3, HERE, "verify", {"urgent": 60}),
                Decided(4, HERE, "unheard_of", {"urgent": 1}),
            )
        ),
    )
    assert run_of("verify", of(), policy, NOW).span == c(60 * MINUTE)
    assert run_of("verify", of(Level.HIGH), policy, NOW).span == DEFAULT.spans["verify"][Level.HIGH]
    assert policy.of("20539") is policy
    assert policy.of(HERE).repeat == DEFAULT.repeat


class Looked(tuple):
    """Rows that know how often somebody went through them."""

    times = 0

    def __iter__(self):
        Looked.times += 1
        return super().__iter__()


def test_all_decisions_are_looked_through_once_however_many_clocks_ask():
    """A list of the city asks thousands of clocks, and an alarm waits behind it."""
    rows = Looked(Decided(n, str(20000 + n % 93), "verify", {"high": n}) for n in range(1, 1001))
    policy, Looked.times = replace(DEFAULT, decided=Decisions(rows)), 0
    timer = Timer("case:c1", "verify", 1, 0, 0, NOW, rules=f"1/{DEFAULT.calendar_version}/500")
    dues = {due_of(timer, of(Level.HIGH, commune="20050"), policy) for _ in range(100)}
    assert dues == {NOW + 422 * MINUTE}  # the newest of this commune up to then
    assert rules_of(policy).endswith("/1000")
    assert Looked.times == 2


def test_a_law_clock_hears_of_no_setting():
    policy = decided("emergency", {"urgent": 6000})
    assert steps_of("emergency", of(), policy) == steps_of("emergency", of(), DEFAULT)


def test_f39_a_running_clock_keeps_its_span_but_follows_the_newest_chain():
    chain = urgent((0, ["officer"]), (5, ["leader"]))
    policy = replace(
        DEFAULT,
        decided=Decisions(
            (
                Decided(1, HERE, "verify", {"urgent": 90}),
                Decided(2, HERE, name_of(Level.URGENT), stored(chain)),
                Decided(3, HERE, "repeat", {"urgent": 10}),
                Decided(4, HERE, "verify", {"urgent": 60}),
            )
        ),
    )
    assert rules_of(policy) == f"1/{DEFAULT.calendar_version}/4"
    for rules, minutes in ((rules_of(DEFAULT), 120), (f"{rules_of(DEFAULT)}/1", 90)):
        then = policy.under(rules)
        assert run_of("verify", of(), then, NOW).span == c(minutes * MINUTE)
        assert steps_of("unanswered", of(), then) == chain
        assert then.of(HERE).repeat == 10 * MINUTE
    assert policy.under(rules_of(policy)) is policy
    assert policy.under("") is policy


def test_the_last_step_is_repeated_as_the_commune_wants_it():
    policy = decided("repeat", {"urgent": 10})
    last = Timer("case:c1", "unanswered", 1, 4, 0, NOW, started_at=NOW - timedelta(hours=2))
    assert next_timer("unanswered", of(), policy, last, NOW).due_at == NOW + 10 * MINUTE


# Who may.


@pytest.mark.parametrize(
    ("role", "commune", "spans", "chain"),
    [
        (Role.LEADER, HERE, True, True),
        (Role.LEADER, "20515", False, False),
        (Role.ADMIN, "", True, True),
        (Role.SUPERVISOR, "", False, True),
        (Role.OFFICER, HERE, False, False),
        (Role.DEPUTY, HERE, False, False),
        (Role.POLICE, HERE, False, False),
        (Role.COLLABORATOR, HERE, False, False),
    ],
)
def test_who_may_set_what(role, commune, spans, chain):
    by = Person("p", role, commune)
    assert (may_set(by, HERE), may_set_chain(by, HERE)) == (spans, chain)
    assert may_keep_people(by, HERE) == spans


def test_by_name_is_called_who_works_on_cases_here_or_at_the_city():
    assert may_be_called(Person("p", Role.DEPUTY, HERE), HERE)
    assert may_be_called(Person("p", Role.SUPERVISOR), HERE)
    assert not may_be_called(Person("p", Role.DEPUTY, "20515"), HERE)
    assert not may_be_called(Person("p", Role.COLLABORATOR, HERE), HERE)
    assert not may_be_called(Person("p", Role.ADMIN), HERE)
    assert not may_be_called(Person("p", Role.DEPUTY, HERE, active=False), HERE)


def test_somebody_named_is_called_as_a_role_is():
    hoa = Person("hoa", Role.DEPUTY, HERE)
    for person, called in (
        (hoa, True), (replace(hoa, on_duty=False), False), (replace(hoa, active=False), False),
        (replace(hoa, commune="20515"), False),
    ):  # fmt: skip
        found = people_for((one_person(hoa),), of(), [person], frozenset())
        assert bool(found) == called


# Chains.


@pytest.mark.parametrize("level", CHAINS)
def test_the_chain_as_delivered_is_within_its_own_limits(level):
    steps = DEFAULT.unanswered[level]
    check(level, steps, EVERYBODY)
    assert steps_from(stored(steps)) == steps
    most = limits(level)
    rows = [(int(one.after.amount / _size(level)), one.to) for one in open_steps(steps)]
    assert chain_of(level, rows, most.city, most.everybody) == steps
    assert level in chain_levels(level)
    assert unit(open_steps(steps)[1]) == most.unit


def _size(level):
    return {"minutes": MINUTE, "day_hours": timedelta(hours=1), "working": timedelta(days=1)}[
        limits(level).unit
    ]


def why(level, steps, here=EVERYBODY):
    with pytest.raises(Refused) as no:
        check(level, steps, here)
    return no.value.key.removeprefix("error.chain_"), no.value.values_.get("what")


OFFICER, DEPUTY, LEADER, BOTH = ["officer"], ["deputy"], ["leader"], ["leader", "police"]


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        (urgent(), ("who", None)),
        (urgent((0, OFFICER), (5, [])), ("who", None)),
        (urgent((0, OFFICER), (5, LEADER), (5, DEPUTY)), ("order", None)),
        (urgent((0, OFFICER), (5, LEADER), (4, DEPUTY)), ("order", None)),
        (urgent((0, OFFICER), (16, LEADER)), ("late", "second")),
        (urgent((0, OFFICER), (15, DEPUTY)), ("late", "leader")),
        (urgent((0, OFFICER), (15, DEPUTY), (31, LEADER)), ("late", "leader")),
        (urgent((0, OFFICER), (15, LEADER)), ("late", "police")),
        (urgent((0, OFFICER), (15, LEADER), (31, ["police"])), ("late", "police")),
        (urgent((0, OFFICER), (15, BOTH), city=61), ("late", "city")),
        (urgent((0, OFFICER), (15, BOTH), everybody=91), ("late", "all")),
        (urgent((0, OFFICER), (15, BOTH), city=15), ("order", None)),
        (urgent((0, OFFICER), (15, BOTH), everybody=60), ("order", None)),
        (urgent((0, LEADER)), ("late", "second")),
    ],
)
def test_what_no_urgent_chain_may_be(steps, found):
    assert why(Level.URGENT, steps) == found


def test_somebody_of_the_first_step_must_have_an_address():
    chain = urgent((0, [*OFFICER, "staff:hoa"]), (15, BOTH))
    assert why(Level.URGENT, chain, {"leader"}) == ("first", None)
    check(Level.URGENT, chain, {"staff:hoa"})
    check(Level.URGENT, urgent((0, LEADER), city=10, everybody=20), {"leader"})


def test_a_calm_chain_may_call_twice_at_one_time_and_needs_a_second_call():
    check(Level.LOW, chain_of(Level.LOW, [(0, OFFICER), (1, DEPUTY), (1, LEADER)], 0, 0), EVERYBODY)
    alone = chain_of(Level.HIGH, [(0, LEADER)], 0, 0)
    assert why(Level.HIGH, alone) == ("late", "second")


def calm(level, *rows):
    return chain_of(level, rows, 0, 0)


@pytest.mark.parametrize(
    ("level", "steps", "found"),
    [
        # the closing steps wait for the one before them, so that may not be later than as delivered
        (Level.HIGH, [(0, OFFICER), (2, DEPUTY), (8, LEADER), (9, DEPUTY)], ("late", "last")),
        (
            Level.MEDIUM,
            [(0, OFFICER), (4, DEPUTY), (16, LEADER), (9999, OFFICER)],
            ("late", "last"),
        ),
        (Level.LOW, [(0, OFFICER), (1, DEPUTY), (2, LEADER), (3, OFFICER)], ("late", "last")),
        # of two at one time the second waits for the next morning
        (Level.HIGH, [(0, OFFICER), (2, OFFICER), (8, DEPUTY), (8, LEADER)], ("order", None)),
        (Level.MEDIUM, [(0, OFFICER), (4, DEPUTY), (4, LEADER)], ("order", None)),
        (Level.LOW, [(0, OFFICER), (1, DEPUTY), (2, DEPUTY), (2, LEADER)], ("late", "leader")),
        (Level.LOW, [(0, OFFICER), (1, DEPUTY), (1, OFFICER), (1, LEADER)], ("late", "leader")),
        (Level.LOW, [(0, LEADER), (1, DEPUTY), (1, OFFICER), (1, DEPUTY)], ("late", "last")),
    ],
)
def test_no_calm_chain_comes_later_than_as_delivered_to_leader_or_city(level, steps, found):
    assert why(level, calm(level, *steps)) == found


def test_half_the_time_of_the_own_first_step_is_when_the_next_address_is_tried():
    chain = chain_of(Level.HIGH, [(0, OFFICER), (1, LEADER)], 0, 0)
    policy = with_chain(chain, Level.HIGH)
    day = NOW - timedelta(hours=6)
    assert half_time(of(Level.HIGH), policy, day) - day == timedelta(minutes=30)


# A chain that is changed while it rings.


def ringing(step, minutes, level=Level.URGENT):
    """A chain that began so long ago; what is armed is `step`, as delivered."""
    begun = NOW - minutes * MINUTE
    due = begun + DEFAULT.unanswered[level][step].after.amount
    return Timer("case:c1", "unanswered", 1, step, 0, due, started_at=begun)


def after_change(case, chain, timer, level=Level.URGENT):
    before = DEFAULT.unanswered[level]
    late, then = replanned(case, with_chain(chain, level), timer, before, NOW)
    return late, then.step, (then.due_at - timer.started_at) / MINUTE


@pytest.mark.parametrize(
    ("rows", "step", "minutes", "found"),
    [
        # nothing before now: the next step, as soon as the new chain says
        ([(0, OFFICER), (10, DEPUTY), (30, LEADER)], 1, 5, ([], 1, 10)),
        # a step that should have rung already rings now, then the one that follows
        ([(0, OFFICER), (10, DEPUTY), (30, LEADER)], 1, 12, ([1], 2, 15)),
        # what was to ring next rings no later, whoever it calls
        ([(0, OFFICER), (30, LEADER)], 1, 5, ([], 1, 15)),
        # who was called already is not called again
        ([(0, OFFICER), (5, DEPUTY), (30, LEADER)], 2, 20, ([], 2, 30)),
        # somebody new in a step that is past
        ([(0, [*OFFICER, "staff:hoa"]), (15, DEPUTY), (30, LEADER)], 1, 5, ([0], 1, 15)),
    ],
)
def test_f39_a_ringing_chain_follows_the_new_one(rows, step, minutes, found):
    assert after_change(of(), urgent(*rows), ringing(step, minutes)) == found


def test_f39_a_chain_that_is_through_goes_on_repeating_its_last_step():
    begun = NOW - 100 * MINUTE
    timer = Timer("case:c1", "unanswered", 1, 4, 1, begun + 120 * MINUTE, started_at=begun)
    chain = urgent((0, OFFICER), (10, LEADER), city=20, everybody=30)
    assert after_change(of(), chain, timer) == ([], 3, 120)


def test_whom_only_a_leader_can_help_begins_at_the_leader():
    case = of(status=Status.DETAILED)
    timer = ringing(3, 35)
    chain = urgent((0, ["staff:hoa"]), (10, [*LEADER, "staff:mai"]))
    assert after_change(case, chain, timer) == ([1], 2, 60)


def test_a_calm_chain_goes_on_where_it_is_though_less_time_has_passed():
    timer = ringing(3, 1, Level.HIGH)  # declined twice: the deputy was called early
    chain = chain_of(Level.HIGH, [(0, OFFICER), (1, DEPUTY), (2, DEPUTY), (8, LEADER)], 0, 0)
    late, step, _ = after_change(of(Level.HIGH), chain, timer, Level.HIGH)
    assert (late, step) == ([], 3)


def test_a_chain_without_a_leader_begins_at_its_beginning():
    chain = (Step(c(timedelta(0)), ("officer",)), Step(d(timedelta(hours=1)), ("deputy",)))
    late, then = replanned(
        of(Level.HIGH, Status.DETAILED), with_chain(chain, Level.HIGH), ringing(1, 0, Level.HIGH),
        DEFAULT.unanswered[Level.HIGH], NOW,
    )  # fmt: skip
    assert (late, then.step) == ([], 1)
