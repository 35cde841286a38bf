"""What no page of ours offers is not done, whoever sends it, and the attempt is in the audit."""

from dataclasses import replace

import pytest

from cases.errors import Refused
from cases.lifecycle import Act
from cases.model import Level, Role
from handlers.actions.work_case import work_case
from handlers.actor import Actor
from tests.support.office import DAI_LOC, ELSEWHERE

SEPARATION = {"from_whom": "bố", "place": "nhà bà", "carer": "bà", "since": "2026-11-23"}


async def form(staff, code, act):
    return await staff.get(f"/dashboard/case/{code}/{act}")


async def held(office, staff, level="medium"):
    """A case that this person holds, at a level that can go both ways."""
    code = await office.report()
    await staff.does(await staff.opens(code), "acknowledge")
    words = {"level": level, "reason__words": "đã có người trông"}
    await staff.does(await form(staff, code, "lower"), "lower", **words)
    assert (await office.case(code)).level == level
    return code


async def refusals(office, code):
    """Who was refused something in this case, in order."""
    case = await office.case(code)
    return [who for who, of in await office.audit("refused") if of == case.id]


@pytest.mark.parametrize(
    ("act", "level"),
    [
        ("raise", "medium"), ("raise", "low"), ("raise", "nonsense"),
        ("lower", "medium"), ("lower", "high"), ("lower", "urgent"),
    ],
)  # fmt: skip
async def test_a_level_that_is_no_step_up_or_down_changes_nothing(office, lan, act, level):
    code = await held(office, lan)
    before = await office.case(code)
    page = await form(lan, code, act)
    wrong = await lan.does(page, act, level=level, reason__words="tôi nghĩ vậy")
    assert wrong.status == 422
    assert "tôi nghĩ vậy" in wrong.text
    assert await office.case(code) == before
    assert await refusals(office, code) == ["p-lan"]


async def test_a_question_that_was_left_empty_is_no_forgery(office, lan):
    code = await held(office, lan)
    wrong = await lan.does(await form(lan, code, "raise"), "raise", reason__words="tôi nghĩ vậy")
    assert wrong.status == 422
    assert await refusals(office, code) == []


@pytest.mark.parametrize("act", ["exclude", "include"])
async def test_a_leader_says_nothing_about_a_person_of_elsewhere(office, lan, chu, act):
    await office.hire("na", Role.OFFICER, ELSEWHERE)
    await office.hire("hoa", Role.DEPUTY, DAI_LOC)
    code = await held(office, lan)
    case = await office.case(code)
    async with office.site.store.transaction("test") as work:
        await work.cases.exclude(case.id, "p-hoa", "involved")  # somebody there is to let in
    page = await form(chu, code, act)
    assert page.status == 200
    wrong = await chu.does(page, act, person="p-na", reason__words="có liên quan")
    assert wrong.status == 422
    assert "na" not in wrong.words().split()
    async with office.site.store.reading("test") as work:
        assert await work.cases.exclusions(case.id) == {"p-hoa"}
    assert await refusals(office, code) == ["p-chu"]


async def test_an_officer_speaks_of_themselves_only_whomever_the_form_names(office, lan, hoa):
    code = await held(office, lan)
    page = await form(lan, code, "exclude")
    await lan.does(page, "exclude", person="p-hoa", reason__words="có liên quan")
    assert (await lan.opens(code)).status == 404
    assert (await hoa.opens(code)).status == 200


@pytest.mark.parametrize(
    ("who", "act", "told", "why"),
    [
        ("lan", Act.RAISE, {"level": "medium"}, "error.level_same"),
        ("lan", Act.RAISE, {"level": "low"}, "error.level_same"),
        ("lan", Act.LOWER, {"level": "medium"}, "error.level_not_lower"),
        ("lan", Act.LOWER, {"level": "urgent"}, "error.level_not_lower"),
        ("chu", Act.EXCLUDE, {"person": "p-na"}, "error.not_yours"),
        ("chu", Act.INCLUDE, {"person": "p-na"}, "error.not_yours"),
        ("chu", Act.INCLUDE, {"person": "conflict_police"}, "error.not_yours"),
        ("chu", Act.SEPARATE, {**SEPARATION, "until": "2026-12-20"}, "error.needs_paper"),
        ("chu", Act.SEPARATE, {**SEPARATION, "until": "2036-12-20"}, "error.day_far"),
        ("chu", Act.SEPARATE, {**SEPARATION, "until": "2026-11-20"}, "error.day_past"),
    ],
)
async def test_the_act_itself_refuses_it_too_whatever_form_it_comes_from(
    office, lan, chu, who, act, told, why
):
    await office.hire("na", Role.OFFICER, ELSEWHERE)
    code = await held(office, lan)
    before = await office.case(code)
    person = {"lan": lan, "chu": chu}[who].person
    with pytest.raises(Refused, match=why):
        await sent(office, person, before.id, act, {**told, "reason": "vì thế"})
    assert await office.case(code) == before
    assert before.level is Level.MEDIUM


async def test_no_form_sends_a_case_back_to_a_commune_it_is_kept_from(office, lan):
    await office.hire("na", Role.OFFICER, ELSEWHERE)
    await office.hire("vu", Role.OFFICER, "20539")
    code = await held(office, lan)
    async with office.site.store.transaction("test") as work:
        case = await work.cases.by_code(code)
        kept = replace(case, flags=(f"conflict_commune_{ELSEWHERE}",), rev=case.rev + 1)
        assert await work.cases.save(kept, case.rev)
    page = await form(lan, code, "offer_handover")
    assert f'value="{ELSEWHERE}"' not in page.text
    told = {"commune": ELSEWHERE, "kind": "moved"}
    words = {"why__words": "về với bà", "done__words": "đã gọi bà"}
    assert (await lan.does(page, "offer_handover", **told, **words)).status == 422
    assert await refusals(office, code) == ["p-lan"]
    with pytest.raises(Refused, match="kept_from"):
        await sent(
            office, lan.person, case.id, Act.OFFER_HANDOVER, {**told, "why": "x", "done": "y"}
        )
    assert await office.case(code) == kept


async def sent(office, person, case_id, act, told):
    """The act, with these answers whatever a form would have taken."""
    async with office.site.store.transaction("test") as work:
        actor = Actor(work, office.site.app.kit, person=person, name=person.id)
        await work_case(actor, await work.cases.get(case_id), act, told)
