"""An act on a page is the chat's own act: once per submission, refused aloud, told again after a loss."""

import asyncio
import re
import shutil
from datetime import timedelta

import pytest

from cases.model import Role
from tests.support import database
from tests.support.office import DAI_LOC, Office


async def form(staff, code, act):
    return await staff.get(f"/dashboard/case/{code}/{act}")


async def taken(office, staff):
    """A case that this person holds."""
    code = await office.report()
    await staff.does(await staff.opens(code), "acknowledge")
    return code


# The same act.


async def test_an_act_on_the_page_is_the_act_of_the_chat(office, lan, hoa):
    code = await office.report()
    await lan.hears()
    await lan.says(f"/vu {code}")
    await hoa.says(f"/vu {code}")
    done = await lan.does(await lan.opens(code), "acknowledge")
    assert "Đã ghi. Trong 2 phút" in done.words()
    assert (await office.case(code)).holder == "p-lan"
    assert await office.events(code) == ["report", "acknowledge"]
    for staff in (lan, hoa):  # cards in the chat follow
        edits = [one for one in await staff.hears() if one.get("op") == "edit"]
        assert "Người phụ trách: cán bộ bảo vệ trẻ em" in edits[-1]["text"]


async def test_everything_that_was_written_is_kept_exactly(office, lan):
    code = await taken(office, lan)
    text = 'Dòng một.\r\nDòng hai: <b>đậm</b> & "ngoặc" ' + "rất dài " * 200
    done = await lan.does(await form(lan, code, "note"), "note", what="call", text__words=text)
    assert "Dòng hai: &lt;b&gt;đậm&lt;/b&gt;" in done.text
    async with office.site.store.reading("test") as work:
        case = await work.cases.by_code(code)
        (*_, event) = await work.cases.events(case.id)
    assert event.body["form"] == {"what": "call", "text": text.replace("\r\n", "\n").strip()}


async def test_what_may_be_left_out_is_left_out(office, lan):
    code = await taken(office, lan)
    done = await lan.does(await form(lan, code, "note"), "note", what="arrived")
    assert "Ghi việc đã làm – Đã đến nơi" in done.words()


async def test_every_row_of_a_list_can_be_chosen_whatever_page_it_has_in_the_chat(office, lan):
    from cases.incident_types import KINDS, SPECIAL_GROUPS

    code = await taken(office, lan)
    for kind in (next(iter(KINDS)), list(KINDS)[-1]):
        page = await form(lan, code, "set_kind")
        assert page.text.count("<option") == len(KINDS) + 1 + len(SPECIAL_GROUPS) + 1
        await lan.does(page, "set_kind", kind=kind)
        assert (await office.case(code)).kind == kind


async def test_a_plan_that_was_sent_back_is_there_to_be_mended(office, lan):
    chu = await (await office.hire("chu", Role.LEADER, DAI_LOC)).sign_in()
    code = await taken(office, lan)
    degrees = dict.fromkeys(("harm", "again", "reach", "self_protect", "protector"), "low")
    await lan.does(await form(lan, code, "assess"), "assess", decision="calm", **degrees)
    told = ("body", "mind", "family", "carers", "setting", "needs")
    words = {f"{name}__words": "ổn" for name in told}
    await lan.does(await form(lan, code, "assess_detail"), "assess_detail", risk="low", **words)
    words = {f"{name}__words": "đã bàn" for name in ("people", "needs", "agreed")}
    await lan.does(await form(lan, code, "meeting"), "meeting", **words)
    plan = {
        "goals__words": "cháu an toàn", "task1__words": "rào ao", "task1_who": "family",
        "task1_until__words": "29/11/2026", "task1_more": "enough",
    }  # fmt: skip
    wrong = await lan.does(await form(lan, code, "submit"), "submit", **plan)
    assert "Ngày đó là ngày nghỉ. Xin chọn một ngày làm việc." in wrong.words()
    await lan.does(wrong, "submit", **{**plan, "task1_until__words": "30/11/2026"})
    await chu.does(await form(chu, code, "send_back"), "send_back", change__words="thêm người")
    page = await form(lan, code, "submit")
    for kept in ("cháu an toàn", "rào ao", "30/11/2026"):
        assert kept in page.text
    assert re.search(r'value="family"[^>]* selected', page.text)
    assert "Bản trước được trả lại để sửa: thêm người" in page.words()
    await lan.does(page, "submit", **{**plan, "task1_until__words": "30/11/2026"})
    decided = {"number__words": "12/QĐ-UBND", "date": "today"}
    await chu.does(await form(chu, code, "approve"), "approve", **decided)
    judged = (await form(lan, code, "review")).words()
    assert "Kế hoạch còn 1 việc chưa làm xong:" in judged
    assert "1. rào ao (hạn 30/11)" in judged


async def test_a_form_that_is_not_complete_does_nothing_and_keeps_what_was_written(office, lan):
    code = await taken(office, lan)
    page = await form(lan, code, "measure")
    wrong = await lan.does(page, "measure", who__words="Trạm y tế", measure="nonsense")
    assert wrong.status == 422
    assert "Còn câu chưa trả lời" in wrong.words()
    assert wrong.text.count("Xin trả lời câu này.") == 2
    assert ">Trạm y tế</textarea>" in wrong.text
    assert (await office.case(code)).status == "acknowledged"
    done = await lan.does(
        wrong, "measure", measure="shelter", who__words="Trạm y tế", when__words="ngay"
    )
    assert "Biện pháp khẩn cấp – Nơi tạm trú an toàn; Trạm y tế; ngay" in done.words()


async def test_words_that_are_too_long_are_not_cut_but_given_back(office, lan):
    code = await taken(office, lan)
    page = await form(lan, code, "note")
    wrong = await lan.does(page, "note", what="call", text__words="x" * 4001)
    assert (wrong.status, "Quá 4.000 chữ" in wrong.words()) == (422, True)
    assert "x" * 4001 in wrong.text
    assert (await lan.does(page, "note", what="call", text__words="x" * 4000)).status == 200


@pytest.mark.parametrize("word", ["Quay lại", "Hủy", "Bỏ qua", "thoát"])
async def test_a_word_that_is_a_button_in_the_chat_is_no_button_in_a_field(office, lan, word):
    code = await taken(office, lan)
    await lan.does(await form(lan, code, "note"), "note", what="call", text__words=word)
    assert (await office.case(code)).holder == "p-lan"


# Once.


async def test_f14_a_double_click_is_one_act(office, lan):
    code = await office.report()
    page = await lan.opens(code)
    answers = await asyncio.gather(*[lan.does(page, "acknowledge") for _ in range(4)])
    assert {one.status for one in answers} == {200}
    assert await office.events(code) == ["report", "acknowledge"]
    assert sum("đã được ghi từ lần bấm trước" in one.words() for one in answers) == 3


async def test_the_back_button_and_other_words_are_another_act(office, lan):
    code = await taken(office, lan)
    page = await form(lan, code, "note")
    for text in ("Đã gọi.", "Đã gọi.", "Đã gọi lại."):
        await lan.does(page, "note", what="call", text__words=text)
    assert await office.events(code) == ["report", "acknowledge", "note", "note"]


async def test_what_was_refused_is_refused_again(office, lan, hoa):
    code = await office.report()
    page = await lan.opens(code)
    await hoa.does(await hoa.opens(code), "acknowledge")
    assert [(await lan.does(page, "acknowledge")).status for _ in range(2)] == [409, 409]
    assert (await office.case(code)).holder == "p-hoa"


# Somebody was faster.


async def test_f43_whoever_comes_second_reads_who_and_when_and_sees_what_is_true_now(
    office, lan, hoa
):
    code = await office.report()
    page = await lan.opens(code)
    await hoa.does(await hoa.opens(code), "acknowledge")
    late = await lan.does(page, "acknowledge")
    assert late.status == 409
    assert f"Việc {code} đã có cán bộ thay thế nhận lúc 20:15." in late.words()
    assert "Thay đổi mới nhất: 20:15 ngày 23/11, cán bộ thay thế: Tôi nhận" in late.words()
    assert await office.events(code) == ["report", "acknowledge"]
    assert (await office.audit("refused"))[-1][0] == "p-lan"


async def test_f14_two_who_press_at_once_are_one_winner_and_one_who_is_told(office, lan, hoa):
    code = await office.report()
    pages = [(one, await one.opens(code)) for one in (lan, hoa)]
    answers = await asyncio.gather(*[one.does(page, "acknowledge") for one, page in pages])
    assert sorted(one.status for one in answers) == [200, 409]
    assert await office.events(code) == ["report", "acknowledge"]


async def test_a_form_about_what_has_changed_since_is_refused_and_its_words_are_given_back(
    office, lan
):
    chu = await office.hire("chu", Role.LEADER, DAI_LOC)
    code = await taken(office, lan)
    page = await form(lan, code, "measure")
    await chu.sign_in()
    await chu.does(await form(chu, code, "measure"), "measure", measure="police",
                   who__words="Công an xã", when__words="20:20")  # fmt: skip
    late = await lan.does(page, "measure", measure="medical", who__words="Trạm y tế Ái Nghĩa",
                          when__words="ngay")  # fmt: skip
    assert late.status == 409
    assert "Hồ sơ vừa thay đổi" in late.words()
    assert (
        "Thay đổi mới nhất: 20:15 ngày 23/11, lãnh đạo UBND xã: Biện pháp khẩn cấp" in late.words()
    )
    assert "Chữ này chưa được ghi" in late.words()
    assert "Trạm y tế Ái Nghĩa" in late.text
    assert (await office.events(code)).count("measure") == 1


async def test_a_note_is_never_too_late(office, lan, hoa):
    code = await taken(office, lan)
    page = await form(hoa, code, "note")
    await lan.does(await form(lan, code, "lower"), "lower", level="high", reason__words="đã gặp")
    assert (await hoa.does(page, "note", what="saw_child")).status == 200


async def test_an_undo_is_of_the_act_one_saw_and_within_two_minutes(office, lan):
    code = await taken(office, lan)
    page = await lan.opens(code)
    assert "Đã hoàn tác" in (await lan.does(page, "undo")).words()
    assert (await office.case(code)).holder == ""
    assert (await lan.does(await lan.opens(code), "acknowledge")).status == 200
    page = await lan.opens(code)
    office.site.stage.clock.advance(timedelta(minutes=3))
    late = await lan.does(page, "undo")
    assert (late.status, (await office.case(code)).holder) == (409, "p-lan")
    assert "Không có việc nào để hoàn tác" in late.words()


async def test_whoever_has_to_do_with_it_is_led_back_to_a_list_without_it(office, lan):
    code = await taken(office, lan)
    page = await lan.does(await form(lan, code, "exclude"), "exclude", reason__words="là cháu tôi")
    assert (page.path, page.status) == ("/dashboard", 200)
    assert code not in page.text
    assert (await lan.opens(code)).status == 404


# Not from our page, or not signed in.


async def test_f49_a_press_that_does_not_come_from_our_page_does_nothing(office, lan, hoa):
    code = await office.report()
    page, other = await lan.opens(code), await hoa.opens(code)
    good = {name: page.field(name) for name in ("csrf", "rev", "submission")}
    path = f"/dashboard/case/{code}/acknowledge"
    for bad in ({"csrf": ""}, {"csrf": other.field("csrf")}, {"csrf": "é"}):
        assert (await lan.post(path, {**good, **bad})).status == 403
    for origin in ("https://evil.example", "null"):
        assert (await lan.post(path, good, Origin=origin)).status == 403
    for bad in ({"rev": ""}, {"rev": "-1"}, {"rev": "9" * 30}, {"submission": ""},
                {"submission": "x" * 65}):  # fmt: skip
        assert (await lan.post(path, {**good, **bad})).status == 400
    assert (await office.case(code)).holder == ""
    assert (await lan.post(path, good)).status == 200


async def test_words_written_in_a_page_of_an_earlier_session_are_given_back(office, lan):
    code = await taken(office, lan)
    page = await form(lan, code, "note")
    await lan.sign_in()
    late = await lan.does(page, "note", what="call", text__words="Đã gọi cô giáo.")
    assert late.status == 403
    assert "Trang này mở từ lần đăng nhập trước" in late.words()
    assert "Đã gọi cô giáo." in late.text
    assert "note" not in await office.events(code)


async def test_words_that_were_not_recorded_do_not_give_way_to_the_door(office, lan):
    code = await office.report()
    page = await lan.opens(code)
    assert "Refresh" in page.headers
    form = await lan.get(f"/dashboard/case/{code}/note")
    lost = await lan.does(form, "note", csrf="x", what="call", text__words="Đã gọi cô giáo.")
    assert "Đã gọi cô giáo." in lost.text
    assert "Refresh" not in lost.headers


async def test_words_written_while_the_session_ended_are_given_back(office, lan):
    code = await taken(office, lan)
    page = await form(lan, code, "note")
    office.site.stage.clock.advance(timedelta(minutes=15))
    late = await lan.does(page, "note", what="call", text__words="Đã gọi <cô giáo>")
    assert late.status == 401
    assert "chưa có gì được ghi" in late.words()
    assert "Đã gọi &lt;cô giáo&gt;" in late.text
    assert code not in late.text
    assert "note" not in await office.events(code)


# Kept twice, told again.


def rows(folder):
    with database.owner(folder / "annhi.db") as owner:
        found = owner.execute(
            "SELECT state FROM inbox WHERE channel = 'desk' AND account = 'site'"
        ).fetchall()
    owner.close()
    return [state for (state,) in found]


async def test_an_act_leaves_one_row_done_and_a_refused_one_none(office, lan, hoa, tmp_path):
    code = await office.report()
    page = await hoa.opens(code)
    await lan.does(await lan.opens(code), "acknowledge")
    await hoa.does(page, "acknowledge")
    await lan.does(await form(lan, code, "note"), "note")
    assert rows(tmp_path) == ["done"]


async def test_f23_an_act_that_a_restored_database_lacks_is_done_from_the_journal(
    office, lan, tmp_path
):
    code = await office.report()
    again = tmp_path / "again"
    again.mkdir()
    await asyncio.to_thread(database.copied, office.site.app.config.database_url, again)
    await lan.does(await lan.opens(code), "acknowledge")
    note = await form(lan, code, "note")
    await lan.does(note, "note", what="call", text__words="Đã gọi cô giáo.")
    await lan.hears()
    shutil.copy(tmp_path / "keys.json", again)
    shutil.copytree(tmp_path / "journal", again / "journal")
    restored = await Office.open(again, "again")
    try:
        restored.site.stage.clock.advance(timedelta(minutes=1))
        await restored.site.stage.settle()
        assert (await restored.case(code)).holder == "p-lan"
        assert await restored.events(code) == ["report", "acknowledge", "note"]
        assert rows(again) == ["done"] * 2
    finally:
        await restored.close()


async def test_an_act_that_may_not_be_done_any_more_is_not_done_again(office, lan, tmp_path):
    from handlers.actor import Actor
    from handlers.pages.act_page import act_again

    code = await taken(office, lan)
    raw = '{"person": "%s", "pressed": {"code": "%s", "act": "acknowledge", "rev": 1, '
    raw += '"submission": "s", "given": {}}}'
    told = [raw % (who, code) for who in ("p-lan", "p-nobody")]
    told += [raw % ("p-lan", "2222-222C"), "invite officer", "{}", "[]", "7"]
    before = await office.events(code)
    async with office.site.store.transaction("test") as work:
        for one in told:
            await act_again(Actor(work, office.site.app.kit), one.encode())
    assert await office.events(code) == before


async def test_f16_an_act_the_journal_refused_is_confirmed_when_it_is_in_it(office, lan, tmp_path):
    code = await office.report()
    page = await lan.opens(code)
    journal = office.site.app.journal
    journal._drop()
    folder = tmp_path / "journal"
    folder.rename(tmp_path / "away")
    assert (await lan.does(page, "acknowledge")).status == 503
    (tmp_path / "away").rename(folder)
    again = await lan.does(page, "acknowledge")
    assert "đã được ghi từ lần bấm trước" in again.words()
    kept = [row.channel for path in folder.glob("*.journal") for row in journal._read(path)]
    assert "desk" in kept


async def test_f16_a_case_is_read_while_the_journal_takes_nothing_and_the_line_follows(
    office, lan, tmp_path
):
    """A full disk must not stand between an officer and a child; nothing is confirmed, though."""
    code = await office.report()
    journal, folder = office.site.app.journal, tmp_path / "journal"
    journal._drop()
    folder.rename(tmp_path / "away")
    page = await lan.opens(code)
    assert page.status == 200
    case = await office.case(code)
    assert await office.audit("read") == [("p-lan", case.id)]
    assert (await lan.does(page, "acknowledge")).status == 503
    (tmp_path / "away").rename(folder)
    assert (await lan.does(page, "acknowledge")).status == 200
    kept = [row.raw for path in folder.glob("*.journal") for row in journal._read(path)]
    assert sum(b'"audited"' in raw and case.id.encode() in raw for raw in kept) >= 1


# Letters.


async def test_a_letter_to_the_reporter_is_written_on_the_page_and_shown_whole(office, lan):
    code = await taken(office, lan)
    page = await form(lan, code, "ask_reporter")
    assert "Người báo tin vừa nhắn, nên tin sẽ hiện ngay." in page.words()
    assert page.text.count('type="radio"') == page.text.count(" checked") == 1
    text = "Cháu đang ở với ai ạ? " * 50
    chosen = page.text.split('name="reporter" value="')[1].split('"')[0]
    done = await lan.does(page, "ask_reporter", reporter=chosen, text__words=text)
    assert "Tin đã được nhận để gửi" in done.words()
    assert text.strip() in done.words()
    assert "ask_reporter" in await office.events(code)


async def test_where_there_is_nobody_to_choose_the_page_says_so(office):
    chu = await (await office.hire("chu", Role.LEADER, DAI_LOC)).sign_in()
    code = await office.report()
    page = await form(chu, code, "include")
    assert page.status == 409
    assert "không có ai để chọn" in page.words()
