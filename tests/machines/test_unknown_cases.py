"""F52: to whoever may not know of a case, the world is the same, letter by letter, as without it."""

import asyncio
import re
import tempfile
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from cases.codes import case_code
from cases.errors import Refused
from cases.lifecycle import TAKERS, Act
from cases.model import Case, Level, Record, Role, Status
from cases.policy import DEFAULT
from cases.timers import dated_timer, first_timer
from handlers.actor import Actor
from handlers.alarms.alarm import sound
from handlers.alarms.clocks import start_clock
from handlers.casework.search import search
from handlers.pages.act_page import Pressed, open_form
from handlers.pages.case_sheet import open_sheet
from handlers.pages.city import city_view
from handlers.pages.figures_page import figures_page
from handlers.pages.file_rows import file_rows
from handlers.pages.paper_rows import paper_form
from handlers.pages.part_sheet import open_part, part_rows
from handlers.pages.roster import roster
from handlers.pages.worklist import rows_of, worklist
from handlers.papers.shelf import named, take_off
from tests.support import database
from tests.support.world import open_world

HERE, THERE, BEYOND = "20500", "20515", "20539"
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # nights full of commits, on no disk
SUNDAY = "2026-11-29 19:40"  # the night, the morning and the week follow
STAFF = {"lan": Role.OFFICER, "hoa": Role.DEPUTY, "chu": Role.LEADER, "cong": Role.POLICE,
         "tam": Role.SUPERVISOR, "bay": Role.SUPERVISOR}  # fmt: skip
# Whoever may know a part of a case of their own, and of nobody else's.
ASKED = {"mai": (Role.COLLABORATOR, HERE), "tu": (Role.COLLABORATOR, HERE),
         "na": (Role.OFFICER, THERE), "nam": (Role.LEADER, THERE),
         "vu": (Role.OFFICER, BEYOND), "bao": (Role.POLICE, HERE),
         "sau": (Role.POLICE, THERE)}  # fmt: skip
_HEARD_AT = re.compile(r"last_in_at=datetime\.datetime\([^)]*\)")
OLD = (Status.RECEIVED, Status.ACKNOWLEDGED, Status.DETAILED, Status.CLOSED)


@dataclass(frozen=True)
class Plan:
    """A case to be: how it stands, who was called to it, how long it is there."""

    level: Level
    status: Status
    holder: str
    called: frozenset[str]
    days: int
    lowered: bool


@dataclass(frozen=True)
class Hidden:
    """The case that the reader may not know: hidden by a conflict, or from this very person."""

    plan: Plan
    reader: str
    how: str


people = st.sampled_from([*STAFF])
plans = st.builds(
    Plan, st.sampled_from(Level), st.sampled_from(OLD), people, st.frozensets(people, max_size=3),
    st.integers(0, 9), st.booleans(),
)  # fmt: skip


PARTS = {
    "anothers_visit": ("visit", "asked", "tu", ""),
    "a_visit_that_is_over": ("visit", "declined", "mai", ""),
    "an_offer_elsewhere": ("handover", "offered", "", BEYOND),
    "an_offer_withdrawn": ("handover", "withdrawn", "", THERE),
    "a_referral_elsewhere": ("referral", "sent", "lan", HERE),
    "a_referral_of_before": ("referral", "sent", "lan", THERE),
}


@st.composite
def hidden(draw):
    how = draw(st.sampled_from(["excluded", "conflict_commune", "conflict_police", *PARTS]))
    readers = {"excluded": [*STAFF], "conflict_police": ["cong"],
               "conflict_commune": ["lan", "hoa", "chu", "cong"],
               "anothers_visit": ["mai"], "a_visit_that_is_over": ["mai"],
               "an_offer_elsewhere": ["na", "nam", "mai"],
               "an_offer_withdrawn": ["na", "nam"], "a_referral_elsewhere": ["sau", "na"],
               "a_referral_of_before": ["sau"]}  # fmt: skip
    return Hidden(draw(plans), draw(st.sampled_from(readers[how])), how)


async def _make(world, n, plan, how="", reader=""):
    """The case as the program would have it: its row, its events, its clocks, who was called."""
    kit = world.app.kit
    async with kit.store.transaction("test") as work:
        at = work.now - timedelta(days=plan.days, minutes=5)
        open_ = plan.status is not Status.CLOSED
        holder = f"p-{plan.holder}" if open_ and plan.status is not Status.RECEIVED else ""
        case = Case(
            f"c{n}", case_code(b"k", str(n), 0), HERE, plan.level, "neglect", plan.status, 1, at, at,
            holder, acked_at=None if plan.status is Status.RECEIVED else at, acked_by_role=Role.OFFICER,
            closed_at=None if open_ else at, closed_by_role="" if open_ else Role.OFFICER,
            flags=(how,) if how.startswith("conflict_") else (),
        )  # fmt: skip
        await work.cases.insert(case, f"s{n}")
        if how in PARTS:
            kind, state, who, commune = PARTS[how]
            body = {"what": "xem", "why": "w", "done": "d", "kind": "moved",
                    "purpose": "police_protect", "fields": "all",
                    "told": {"level": "urgent", "answers": {"child_age": 9}}}  # fmt: skip
            one = Record(kind, 1, state, at, at, f"p-{who}" if who else "", commune, None, body)
            case = replace(case, beside=(one,))
            await work.cases.save(case, 1)
        for name in plan.called:
            await work.cases.involve(case.id, f"p-{name}", "alert")
        if how == "excluded":
            await work.cases.exclude(case.id, f"p-{reader}", "involved")
        await work.cases.add_event(case.id, f"{case.id}:open", "report", "reporter",
                                   {"answers": {"story": ["lời kể"]}, "fired": []})  # fmt: skip
        if plan.lowered:
            await work.cases.add_event(case.id, f"{case.id}:l", Act.LOWER, "p-lan",
                                       {"form": {}, "role": "officer"})  # fmt: skip
    return case


async def _alive(world, case):
    """It alarms, reminds and is written to, as open cases are."""
    kit = world.app.kit
    if case.status is Status.CLOSED:
        return
    async with kit.store.transaction("test") as work:
        actor = Actor(work, kit)
        if case.status is Status.RECEIVED:
            await sound(actor, case, "alert")
        else:
            await start_clock(actor, "idle", case)
        await work.timers.start(first_timer("emergency", case, DEFAULT, work.now))
        for one in case.beside:
            if one.state in ("asked", "offered", "sent"):
                kind = f"{one.kind}:1"
                await work.timers.start(dated_timer(kind, case, DEFAULT, work.now, work.now))


def _heard(world, name):
    """Every word and every label this person was shown, whichever message carried it."""
    return sorted(
        (out.op, out.text, tuple(one.label for one in out.choices))
        for to, out, _ in world.channels["telegram"].accepted
        if to.user == name
    )


def _here_for_years(world):
    with database.owner(world.app.config.database_url) as owner:
        owner.execute("UPDATE people SET since = '2024-01-01T00:00:00.000000Z'")
    owner.close()


async def _said(world, name, text):
    before = len(world.texts(name, "telegram"))
    await world.says(name, text, "telegram")
    return world.texts(name, "telegram")[before:]


async def _pages(world, name, known, code):
    """What the staff pages would show this person: every list and count, each page of a case."""
    kit = world.app.kit
    async with kit.store.transaction("page") as work:
        person = await work.people.get(f"p-{name}")
        actor = Actor(work, kit, person=person, name=person.id)
        shown = {"list": await worklist(actor), "parts": await part_rows(actor)}
        shown["found"] = await rows_of(actor, (await search(actor, "loi ke")).cases)
        shown["staff"] = await roster(actor, "")
        if person.role is Role.SUPERVISOR:
            shown["city"] = await city_view(actor)
        for month in ("2026-10", "2026-11"):
            shown[month] = await _page(figures_page(actor, month, outside=False))
        for one in (*(case.code for case in known), code):
            for opens in (open_sheet, open_part, file_rows):
                shown[opens.__name__, one] = await _page(opens(actor, one))
            for opens in (paper_form, take_off, named):
                shown[opens.__name__, one] = await _page(opens(actor, one, "01-0"))
            for act in Act:
                pressed = Pressed(one, act.value, 0, "", {})
                shown[act, one] = await _page(open_form(actor, pressed))
    ours = [page for name, page in shown.items() if isinstance(name, tuple) and name[1] == code]
    assert set(ours) == {"error.not_found"}
    # Of an address a page shows the channel; when it was last heard from moves with the test's clock.
    return {name: _HEARD_AT.sub("", repr(page)) for name, page in shown.items()}


async def _page(coming):
    """A page, or why there is none."""
    try:
        return await coming
    except Refused as no:
        return no.key


async def _life(folder, others, unknown, *, there):
    """Everything the reader could see in a night, a morning and by asking; with or without the case."""
    world = await open_world(folder, SUNDAY)
    reader = unknown.reader
    try:
        for name, role in STAFF.items():
            commune = "" if role is Role.SUPERVISOR else HERE
            await world.staff(name, role, commune, "telegram")
        for name, (role, commune) in ASKED.items():
            await world.staff(name, role, commune, "telegram")
        _here_for_years(world)
        cases = [await _make(world, n, plan) for n, plan in enumerate(others)]
        code = case_code(b"k", "x", 0)
        if there:
            cases.append(await _make(world, "x", unknown.plan, unknown.how, reader))
        for case in cases:
            await _alive(world, case)
        await world.settle()
        seen = {"list": await _said(world, reader, "/viec")}
        seen["code"] = await _said(world, reader, f"/vu {code}")
        seen["typed"] = await _said(world, reader, code)
        for said in (f"/tim {code}", "/tim loi ke", "/tim", f"/giay {code}"):
            seen[said] = await _said(world, reader, said)
        seen["pages"] = await _pages(world, reader, cases[: len(others)], code)
        await world.says(reader, "được", "telegram")
        seen["cards"] = [
            await _said(world, reader, f"/vu {case.code}") for case in cases[: len(others)]
        ]
        await world.pass_time(timedelta(hours=13))
        seen["again"] = await _said(world, reader, "/viec")
        seen["figures"] = [text for text in world.texts(reader, "telegram") if "Tổng hợp" in text]
        seen["mornings"] = [text for text in world.texts(reader, "telegram") if "Sáng" in text]
        heard = _heard(world, reader)
        assert not [one for one in heard if code in str(one)]
        world.clock.advance(timedelta(days=2))  # a new month: the figures of the last one are there
        seen["pages again"] = await _pages(world, reader, cases[: len(others)], code)
        return seen, heard
    finally:
        await world.app.close()


_NEW = Plan(Level.MEDIUM, Status.RECEIVED, "lan", frozenset(), 1, lowered=False)
_CALLED = replace(_NEW, level=Level.URGENT, called=frozenset({"lan", "hoa", "cong", "chu", "tam"}))
_HELD = replace(_CALLED, status=Status.ACKNOWLEDGED, lowered=True)


@example([_NEW] * 4, Hidden(_CALLED, "tam", "excluded"))  # it would make five of four
@example([], Hidden(_CALLED, "tam", "excluded"))  # it would break the silence of a commune
@example([], Hidden(_CALLED, "chu", "conflict_commune"))  # whom it called would seem to be silent
@example([_NEW], Hidden(_HELD, "chu", "excluded"))
@example([_NEW], Hidden(_HELD, "lan", "excluded"))
@example([], Hidden(_CALLED, "cong", "conflict_police"))
@example([_NEW], Hidden(_HELD, "mai", "anothers_visit"))
@example([_NEW], Hidden(_HELD, "mai", "a_visit_that_is_over"))
@example([], Hidden(_HELD, "na", "an_offer_elsewhere"))
@example([], Hidden(_HELD, "nam", "an_offer_withdrawn"))
@example([_NEW], Hidden(_HELD, "sau", "a_referral_elsewhere"))
@example([], Hidden(_HELD, "sau", "a_referral_of_before"))
@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],  # an example is two whole nights: nothing is shrunk
)
@given(st.lists(plans, max_size=3), hidden())
def test_f52_a_case_nobody_may_tell_one_of_is_not_there_in_any_list_count_or_word(others, unknown):
    with tempfile.TemporaryDirectory(dir=MEMORY) as one:
        here = asyncio.run(_life(Path(one), others, unknown, there=True))
    assert here == _without(tuple(others), unknown.reader)


@lru_cache
def _without(others, reader):
    """The same world where there is no such case: one for all that is hidden from this reader in it."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as two:
        return asyncio.run(_life(Path(two), others, Hidden(_NEW, reader, ""), there=False))


def test_f52_the_surfaces_that_are_compared_do_show_a_case_one_may_know(tmp_path):
    """The other way round: nothing above is equal because nothing is shown."""
    plan = Plan(Level.MEDIUM, Status.ACKNOWLEDGED, "lan", frozenset(), 3, lowered=True)
    shown = Hidden(plan, "chu", "")
    (tmp_path / "a").mkdir()
    gone, _ = _without((), "chu")
    with_it, _ = asyncio.run(_life(tmp_path / "a", [plan], replace(shown), there=False))
    for name in ("list", "again", "figures", "mornings"):
        assert with_it[name] != gone[name], name
    for name in ("list", "found", "2026-11"):
        assert with_it["pages again"][name] != gone["pages again"][name], name


@pytest.mark.parametrize(
    ("how", "reader"),
    [("anothers_visit", "tu"), ("an_offer_elsewhere", "vu"), ("a_referral_elsewhere", "bao")],
)
def test_f52_whoever_may_know_a_part_is_shown_that_part_and_not_a_word_told(tmp_path, how, reader):
    """The other way round for parts: what is equal above is not equal because no part is ever shown."""
    seen, heard = asyncio.run(_part(tmp_path, how, reader))
    assert seen != ["Hiện không có việc nào đang mở."]
    assert "lời kể" not in str(heard)


async def _part(folder, how, reader):
    world = await open_world(folder, SUNDAY)
    try:
        for name, (role, commune) in ASKED.items():
            await world.staff(name, role, commune, "telegram")
        await world.staff("lan", Role.OFFICER, HERE, "telegram")
        case = await _make(world, "x", _HELD, how)
        await _alive(world, case)
        seen = await _said(world, reader, "/viec")
        await _said(world, reader, f"/vu {case.code}")
        return seen, _heard(world, reader)
    finally:
        await world.app.close()


def test_f52_a_role_that_works_cases_is_in_the_play():
    assert set(STAFF.values()) == set(TAKERS)
