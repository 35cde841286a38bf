"""The emergency path on pages: the same questions and the same refusals as in the chat."""

DEGREES = {
    "harm": "high",
    "again": "low",
    "reach": "low",
    "self_protect": "low",
    "protector": "low",
}
PEOPLE = {"from_whom__words": "người bố", "place__words": "nhà bà", "carer__words": "bà nội"}


async def form(staff, code, act):
    return await staff.get(f"/dashboard/case/{code}/{act}")


async def taken(office, staff):
    code = await office.report()
    await staff.does(await staff.opens(code), "acknowledge")
    return code


async def test_form_02_on_a_page_needs_its_degrees_and_its_conclusion(office, lan):
    code = await taken(office, lan)
    page = await form(lan, code, "assess")
    assert "Anh/chị là người kết luận." in page.words()
    wrong = await lan.does(page, "assess", **(DEGREES | {"harm": ""}))
    assert (wrong.status, wrong.text.count("Xin trả lời câu này.")) == (422, 2)
    done = await lan.does(wrong, "assess", **DEGREES, decision="urgent", harm_why__words="bầm tím")
    assert "mức độ tổn hại: Cao; bầm tím;" in done.words()
    assert (await office.case(code)).status == "emergency"


async def test_a_dangerous_place_is_not_asked_about_for_who_harms(office, lan):
    code = await taken(office, lan)
    assert 'name="reach"' in (await form(lan, code, "assess")).text
    await lan.does(await form(lan, code, "set_kind"), "set_kind", kind="dangerous_place")
    page = await form(lan, code, "assess")
    assert 'name="reach"' not in page.text
    degrees = {name: DEGREES[name] for name in DEGREES if name != "reach"}
    await lan.does(page, "assess", **degrees, decision="calm")
    assert (await office.case(code)).status == "detailed"


async def test_a_separation_says_of_each_day_what_is_wrong(office, lan, chu):
    code = await taken(office, lan)
    page = await form(chu, code, "separate")
    wrong = await chu.does(page, "separate", **PEOPLE, since__words="hôm qua", until="days3")
    assert (wrong.status, "Ngày đó đã qua." in wrong.words()) == (422, True)
    days = {"since": "today", "until__words": "20 ngày"}
    wrong = await chu.does(page, "separate", **PEOPLE, **days)
    assert wrong.status == 422
    wrong = await chu.does(page, "separate", **PEOPLE, **days, paper__words="chưa có")
    assert "Cách ly quá 15 ngày cần có số" in wrong.words()
    assert (await office.case(code)).beside == ()
    await chu.does(page, "separate", **PEOPLE, **days, paper__words="15/QĐ-TA")
    assert [one.state for one in (await office.case(code)).beside] == ["running"]


async def test_the_leader_reads_on_the_page_what_is_to_be_confirmed(office, lan, chu):
    code = await taken(office, lan)
    words = {"who__words": "Trạm y tế", "when__words": "ngay"}
    await lan.does(await form(lan, code, "measure"), "measure", measure="medical", **words)
    page = await form(chu, code, "confirm_measure")
    assert "Biện pháp: Y tế. Người thực hiện: Trạm y tế. Lúc: ngay." in page.words()
    assert 'name="record"' not in page.text
    await chu.does(page, "confirm_measure", decision="refused", reason__words="chưa đủ")
    assert [one.state for one in (await office.case(code)).beside] == ["refused"]


async def test_a_case_is_not_closed_by_an_older_page_while_a_separation_runs(office, lan, chu):
    code = await taken(office, lan)
    older = await form(chu, code, "dismiss")
    days = {"since": "today", "until": "days3"}
    await chu.does(await form(chu, code, "separate"), "separate", **PEOPLE, **days)
    degrees = {"decision": "urgent", **DEGREES}
    await lan.does(await form(lan, code, "assess"), "assess", **degrees)
    seen = {"who__words": "Lan", "when": "just_now", "where__words": "nhà bà"}
    await lan.does(await form(lan, code, "safe"), "safe", **seen)
    assert (await office.case(code)).status == "detailed"
    told = {"reason": "unfounded", "checked__words": "đã xem", "seen": "yes"}
    assert (await chu.does(older, "dismiss", **told)).status == 409
    assert "Quyết định cách ly còn hiệu lực." in (await form(chu, code, "dismiss")).words()
    assert (await office.case(code)).status == "detailed"


async def test_of_several_measures_the_leader_chooses_one(office, lan, chu):
    code = await taken(office, lan)
    words = {"who__words": "Trạm y tế", "when__words": "ngay"}
    for measure in ("medical", "mental"):
        await lan.does(await form(lan, code, "measure"), "measure", measure=measure, **words)
    page = await form(chu, code, "confirm_measure")
    await chu.does(page, "confirm_measure", record="1", decision="confirmed", reason__words="ừ")
    assert [one.state for one in (await office.case(code)).beside] == ["confirmed", "proposed"]
