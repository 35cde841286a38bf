"""What leaves on paper: each form filled from a case, read back; each template fits its form's fields."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from docx import Document
from docxtpl import DocxTemplate

from cases.areas.gazetteer import Areas
from cases.areas.places import Places
from cases.forms import FORMER, FORMS, boxes_of, by_hand, layout
from cases.model import Case, Level, Record, Status
from handlers.papers.boxes import FILLED, Known, child_of, papers_of
from handlers.papers.forms import DOTS, HEAD, TEMPLATES, People, file_name, made, print_of
from locales.catalog import Catalog
from storage.ledgers.history import Event
from storage.records.areas import AreaRow
from tests.support.make_papers import REFERENCE, make
from tests.support.paper_text import read_back

GOLDEN = Path(__file__).parents[1] / "data/papers"
AT = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)  # 20:15 in Viet Nam
DAI_LOC = Places(Areas([AreaRow("20500", "commune", "Đại Lộc", "20500"),
                        AreaRow("20515", "commune", "Hà Nha", "20515")]))  # fmt: skip


class Kit:
    """As much of the program as papers need."""

    catalog = Catalog.load()

    def places(self):
        return DAI_LOC


KIT = Kit()
ANSWERS = {
    "danger_now": "now", "kind": "violence_home", "story": ["bố cháu uống rượu rồi đánh cháu"],
    "place": {"commune": "20500", "words": "thôn Phước Yên"},
    "child_place": {"commune": "20500", "words": "nhà bà Tư"},
    "child_age": 7, "child_sex": "female", "child_name": "Bé Na", "harmer": "parent",
    "harmer_access": "yes", "protector": "no", "help_given": "đã đưa sang nhà bà",
    "contact": {"given": "chị Hoa, 0905 123 456", "consent": True, "at": AT.isoformat()},
    "safe_time": "evening", "shared_phone": "yes",
}  # fmt: skip
BODIES = {
    "form02": {"harm": "high", "harm_why": "có vết bầm", "again": "high", "again_why": {"skipped": True},
               "reach": "middle", "reach_why": "ở cùng nhà", "self_protect": "low",
               "protector": "low", "needs": "chỗ ở tạm", "decision": "urgent"},
    "form03": {"body": "gầy", "mind": "sợ tối", "family": "mẹ đi làm xa", "carers": "bà nội 70 tuổi",
               "setting": "nhà gần sông", "risk": "high", "needs": "học lại", "child_says": "muốn ở với bà"},
    "minutes": {"people": "ông A\nbà B", "needs": "chỗ ở", "agreed": "bà nội chăm"},
    "plan": {"goals": "trẻ an toàn", "task1": "khám sức khỏe", "task1_who": "p-lan",
             "task1_until": "2026-11-30", "task1_more": "add", "task2": "thăm hằng tuần",
             "task2_who": "Hội Phụ nữ", "task2_until": "today", "task2_more": "enough",
             "means": {"skipped": True}, "partners": "trạm y tế",
             "review_on": "2027-01-05", "approve": {"number": "12", "date": "2026-12-01"}},
    "form06": {"harm": "low", "harm_why": "lành", "reach": "low", "barriers": "middle",
               "self_protect": "middle", "protector": "middle", "decision": "end", "why": "đã ổn"},
    "separation": {"from_whom": "ông C", "place": "nhà bà nội", "carer": "bà nội", "since": "2026-11-24",
                   "until": "2026-12-01"},
    "referral": {"purpose": "Công an xã: xác minh", "fields": ["tên", "nơi ở"], "way": "trực tiếp"},
    "handover": {"kind": "to_residence", "why": "gia đình ở đó", "done": "đã đánh giá"},
}  # fmt: skip


def event(act, body, n=0):
    return Event(f"e{act}{n}", "c1", f"k{act}{n}", act, "p-lan", AT, body)


def record(kind, no=1, **more):
    return Record(kind, no, "on_file", AT, AT, body=BODIES[kind], **more)


BESIDE = [record(kind) for kind in BODIES if kind not in ("separation", "handover")]
BESIDE.append(record("separation", due_at=datetime(2026, 12, 4, 10, tzinfo=UTC)))
BESIDE.append(record("handover", commune="20515"))
CASE = Case(
    "c1", "7KQ4-2MDJ", "20500", Level.URGENT, "violence_home", Status.RUNNING, 3, AT, AT,
    holder="p-lan", source="bot", beside=tuple(BESIDE),
)  # fmt: skip
KNOWN = Known(CASE, [event("report", {"answers": ANSWERS})], {"p-lan": "Lan"})


def paper(code, known=KNOWN):
    (one,) = [one for one in papers_of(KIT, known) if one.form.code == code]
    return one


async def printed(one, case=CASE):
    return await made(print_of(KIT, case, one, People("Bé Na, khoảng 7 tuổi", "Nguyễn Thị Lan")))


@pytest.mark.parametrize("code", FORMS)
async def test_each_paper_reads_as_it_was_agreed(code, request):
    text = read_back(await printed(paper(code)))
    golden = GOLDEN / f"{code}.txt"
    if request.config.getoption("--rewrite"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("code", FORMS)
def test_a_template_has_exactly_the_fields_of_its_form(code):
    named = DocxTemplate(TEMPLATES / f"{code}.docx").get_undeclared_template_variables()
    assert set(boxes_of(FORMS[code])) <= named
    assert named <= set(boxes_of(FORMS[code])) | HEAD


@pytest.mark.parametrize("code", FORMS)
def test_a_template_is_what_its_layout_makes(code):
    """Whoever edits a layout makes the template again; nobody edits a .docx that nobody can read."""
    stored, fresh = (
        {one.filename: zipped.read(one) for one in zipped.infolist()}
        for zipped in (
            zipfile.ZipFile(TEMPLATES / f"{code}.docx"), zipfile.ZipFile(io.BytesIO(make(FORMS[code]))),
        )
    )  # fmt: skip
    assert stored == fresh


def test_no_template_and_no_golden_text_is_left_over():
    known = {layout(form) for form in (*FORMS.values(), *FORMER.values())}
    assert {one.stem for one in TEMPLATES.glob("*.docx")} == known
    assert {one.stem for one in TEMPLATES.glob("*.txt")} == known
    assert {one.stem for one in GOLDEN.glob("*.txt")} == set(FORMS)


@pytest.mark.parametrize("code", FORMS)
async def test_a_layout_that_is_not_known_says_so_on_every_page(code):
    doc = Document(io.BytesIO(await printed(paper(code))))
    (section,) = doc.sections
    says = REFERENCE in section.header.paragraphs[0].text
    assert says == FORMS[code].reference
    assert not section.different_first_page_header_footer
    assert {"02", "03", "04", "05"} <= {form.code for form in FORMS.values() if form.reference}


async def test_what_people_write_is_never_read_as_a_template_or_as_markup():
    words = "{{ code }} {% for x in y %} <w:t>&amp; \x00\x0b\ufffe ]]> {{ 7*7 }}\tvà \U0001f642"
    known = replace(KNOWN, events=[event("report", {"answers": {"story": [words]}})])
    text = read_back(await printed(paper("01", known)))
    assert "{{ code }} {% for x in y %} <w:t>&amp;  ]]> {{ 7*7 }} và \U0001f642" in text


async def test_a_very_long_story_and_many_lines_still_print():
    story = "\n".join(f"dòng {n} " + "chữ " * 200 for n in range(60))
    known = replace(KNOWN, events=[event("report", {"answers": {"story": [story]}})])
    text = read_back(await printed(paper("01", known)))
    assert "dòng 59 chữ" in text


async def test_an_empty_case_prints_with_dotted_lines_and_lists_its_boxes():
    case = replace(CASE, beside=(), commune="", kind="other", holder="")
    known = Known(case, [event("report", {"answers": {}})], {})
    one = paper("01", known)
    assert one.empty[:3] == ("number", "name", "born")
    assert set(one.open) == set(by_hand(FORMS["01"]))
    text = read_back(await printed(one, case))
    assert f"Họ và tên trẻ (nếu biết): {DOTS}" in text
    assert "XÃ …………" in text
    assert [one.id for one in papers_of(KIT, known)] == ["01-0", "receipt-0"]


async def test_the_person_who_told_it_stands_there_with_their_yes_only():
    for contact in ({"given": "Hoa 0905123456"}, "no", {"skipped": True}, None):
        known = replace(KNOWN, events=[event("report", {"answers": {"contact": contact}})])
        one = paper("01", known)
        assert not {one.boxes["giver_name"], one.boxes["giver_phone"]} - {""}
        assert "giver_name" not in one.open  # and nobody may write it in for them
    one = paper("01")
    assert (one.boxes["giver_name"], one.boxes["giver_phone"]) == ("chị Hoa", "0905 123 456")


def test_other_papers_name_the_child_as_form_01_does():
    assert child_of(papers_of(KIT, KNOWN)) == "Bé Na, khoảng 7 tuổi"
    nothing = replace(KNOWN, events=[event("report", {"answers": {"child_age": "unknown"}})])
    assert child_of(papers_of(KIT, nothing)) == ""


def test_when_it_is_safe_to_write_stands_on_no_paper():
    state = paper("01").boxes["state"]
    assert "Máy dùng chung" not in state
    assert "Nhắn lại" not in state


def test_what_was_filled_in_by_hand_stands_in_empty_boxes_of_that_paper_only():
    by_lan = event(
        FILLED, {"paper": "01-0", "form": {"mother": "bà Mai", "name": "khác", "nothing": "x"}}
    )
    later = event(FILLED, {"paper": "01-0", "form": {"mother": "bà Mai, 30 tuổi"}}, 1)
    known = replace(KNOWN, events=[*KNOWN.events, by_lan, later])
    one = paper("01", known)
    assert (one.boxes["mother"], one.boxes["name"]) == ("bà Mai, 30 tuổi", "Bé Na")
    assert "mother" not in one.empty
    assert paper("receipt", known).boxes == paper("receipt").boxes


def test_each_record_has_a_paper_of_its_own_and_one_that_was_undone_has_none():
    twice = (
        record("referral"),
        replace(record("referral", 2), state="undone"),
        record("referral", 3),
    )
    known = replace(KNOWN, case=replace(CASE, beside=twice))
    assert [one.id for one in papers_of(KIT, known)] == [
        "01-0",
        "referral-1",
        "referral-3",
        "receipt-0",
    ]


def test_a_decision_is_printed_once_there_is_one():
    body = {name: value for name, value in BODIES["plan"].items() if name != "approve"}
    case = replace(CASE, beside=(replace(record("plan"), body=body),))
    assert "05-1" not in [one.id for one in papers_of(KIT, replace(KNOWN, case=case))]


def test_words_that_are_no_day_stay_words():
    body = {**BODIES["plan"], "review_on": "sau Tết"}
    case = replace(CASE, beside=(replace(record("plan"), body=body),))
    assert paper("04", replace(KNOWN, case=case)).boxes["review_on"] == "sau Tết"


def test_january_and_days_below_ten_are_written_with_two_digits():
    case = replace(CASE, opened_at=datetime(2027, 1, 5, 3, tzinfo=UTC))
    one = paper("01", replace(KNOWN, case=case))
    assert one.of_day == date(2027, 1, 5)
    context = print_of(KIT, case, one, People("", "")).context
    assert context["child"] == DOTS
    assert context["place_date"] == "Đại Lộc, ngày 05 tháng 01 năm 2027"


def test_the_name_of_a_file_says_nothing_but_code_and_form():
    assert file_name(CASE, paper("06")) == "7KQ4-2MDJ-06-1.docx"
