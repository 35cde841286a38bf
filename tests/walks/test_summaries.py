"""What a lock screen may show of a morning, a week and a bundle: codes, levels, states, times, counts."""

import re
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from cases.areas.gazetteer import Areas
from cases.deadlines import DEADLINES
from cases.figures import NOT_MET, OUTCOMES, SOURCES, Month, Week
from cases.incident_types import KINDS
from cases.model import Case, Level, Role, Status
from locales.catalog import LANGUAGES, Catalog
from notifications.digest import LINES, Entry, Summary, in_order, masked_sum, morning, weekly
from notifications.monthly import Report, monthly, tables
from storage.records.areas import AreaRow
from tests.walks.test_words import FORBIDDEN

CATALOG = Catalog.load()
NOW = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def case(n, level=Level.HIGH, status=Status.RECEIVED, holder=""):
    code, at = f"7KQ4-2MD{n}", NOW - (20 - n) * HOUR
    return Case(code, code, "20500", level, "sexual_abuse", status, 1, at, at, holder)


def say(lang):
    return partial(CATALOG.say, lang)


def week(**counts):
    levels = dict.fromkeys(Level, 0) | counts.pop("levels", {})
    given = {"in_time": 0, "answerable": 0, "urgent_minutes": (), "closed": 0, "open": 0,
             "overdue": 0, **counts}  # fmt: skip
    return Week(by_level=levels, **given)


def summary(found, **more):
    return Summary(found, NOW - 7 * 24 * HOUR, NOW - 24 * HOUR, lowered=0, **more)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("level", Level)
def test_a_morning_says_no_more_than_a_notice(lang, status, level):
    for due in (None, NOW, NOW + HOUR, NOW + 48 * HOUR):
        text = morning(say(lang), [Entry(case(2, level, status), due)], NOW).lower()
        assert not [word for word in FORBIDDEN[lang] if word in text], text
        assert "7kq4-2md2" in text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("count", [1, 2, 30])
def test_a_bundle_says_no_more_than_its_notices(lang, count):
    for kind in ("news", "alerts"):
        text = CATALOG.say(lang, f"bundle.{kind}", count=count).lower()
        assert not [word for word in FORBIDDEN[lang] if word in text], text


def test_a_morning_puts_what_is_overdue_first_then_today_then_by_level_and_age():
    entries = [
        Entry(case(2, Level.LOW), NOW - HOUR),
        Entry(case(3, Level.URGENT), NOW + 72 * HOUR),
        Entry(case(4, Level.MEDIUM), NOW + HOUR),
        Entry(case(5, Level.URGENT), NOW),
        Entry(case(6, Level.UNKNOWN), None),
        Entry(case(7, Level.UNKNOWN), None),
    ]
    assert [one.case.code[-1] for one in in_order(entries, NOW)] == list("524367")


def test_a_long_list_is_cut_and_says_so():
    entries = [Entry(case(n), None) for n in range(10, 10 + LINES + 3)]
    lines = morning(say("vi"), entries, NOW).split("\n")
    assert len(lines) == 1 + LINES + 1
    assert lines[0] == "Sáng 24/11: 13 việc đang mở, 13 việc chưa ai nhận."
    assert lines[-1] == "và 3 việc nữa"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_week_names_no_case_and_no_role_but_the_silent_ones(lang):
    found = week(levels={Level.URGENT: 7}, in_time=3, answerable=7, urgent_minutes=(1,) * 7)
    silent = [CATALOG.say(lang, f"role.{Role.OFFICER}")]
    for outside in (True, False):
        text = weekly(say(lang), summary(found, silent=() if outside else silent), outside=outside)
        assert not re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", text)
        assert (silent[0] in text) is not outside


COUNTS = [0, 1, 4, 5, 12]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("urgent", COUNTS)
@pytest.mark.parametrize("low", COUNTS)
def test_no_count_below_five_leaves_the_commune(lang, urgent, low):
    found = week(
        levels={Level.URGENT: urgent, Level.LOW: low}, in_time=urgent, answerable=urgent + low,
        urgent_minutes=(90,) * urgent, closed=low, open=urgent, overdue=low,
    )  # fmt: skip
    text = weekly(say(lang), summary(found), outside=True)
    lines = "\n".join(text.split("\n")[1:]).replace("< 5", "")  # the head holds two dates
    bare = re.sub(r"\d+ ?%|90", "", lines)
    assert not [number for number in re.findall(r"\d+", bare) if int(number) < 5], text


def test_a_total_gives_no_masked_cell_away():
    talk = say("vi")
    assert masked_sum(talk, [12, 7, 5]) == "24"
    assert masked_sum(talk, [12, 7, 4]) == "từ 19 trở lên"
    assert masked_sum(talk, [12, 7, 0]) == "từ 19 trở lên"
    assert masked_sum(talk, [3, 4, 4]) == "từ 5 trở lên"
    assert masked_sum(talk, [1, 1, 0]) == "< 5"


def test_the_own_commune_reads_its_figures_as_they_are():
    found = week(levels={Level.URGENT: 1, Level.LOW: 2}, in_time=2, answerable=3,
                 urgent_minutes=(4, 9), closed=1, open=2, overdue=1)  # fmt: skip
    text = weekly(say("vi"), summary(found), outside=False)
    assert "Việc mới: 3" in text
    assert "Khẩn cấp 1, chưa rõ 0, cao 0, trung bình 0, thấp 2" in text
    assert "Nhận đúng hạn: 2 trên 3" in text
    assert "trung bình sau 6 phút có người nhận; một nửa được nhận trong vòng 4 phút" in text


def test_the_share_is_told_in_tenths_so_that_the_late_ones_cannot_be_counted():
    found = week(levels={Level.LOW: 21}, in_time=19, answerable=21)
    assert "khoảng 90 %" in weekly(say("vi"), summary(found), outside=True)
    few = week(levels={Level.LOW: 4}, in_time=4, answerable=4)
    assert "%" not in weekly(say("vi"), summary(few), outside=True)


def test_the_city_reads_which_communes_are_silent():
    areas = Areas([AreaRow("20515", "commune", "Hà Nha", "20515", "")])
    text = weekly(say("vi"), summary(week(), quiet=[areas.communes["20515"]]), outside=True)
    assert text.split("\n")[-1] == "90 ngày không có tin báo, không ai thử chuông: Hà Nha"


# The month.


def month(**given):
    counts = {"by_kind": {"sexual_abuse": 6, "neglect": 1}, "by_part": {"Phú An": 7}, "by_source": {"bot": 7},
              "by_level": {"urgent": 6, "low": 1}, "outcomes": {"resolved": 5},
              "on_time": {clock: (9, 10) for clock in DEADLINES if clock not in NOT_MET}}  # fmt: skip
    return Month(**counts | given)


EMPTY = Month({}, {}, {}, {}, {}, {})


def report(now, before=EMPTY, *, outside=False, city=False):
    return Report(2026, 10, "Đại Lộc", now, before, outside, city)


def rows(found, lang="vi", **more):
    return {table.title: table.rows for table in tables(say(lang), report(found, **more))}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("outside", [True, False])
def test_the_month_on_a_lock_screen_is_counts_of_nothing_in_particular(lang, outside):
    text = monthly(say(lang), report(month(), month(), outside=outside)).lower()
    assert not [word for word in FORBIDDEN[lang] if word in text], text
    assert "phú an" not in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_that_is_counted_has_a_name(lang):
    found = month(by_kind=dict.fromkeys(KINDS, 9), by_source=dict.fromkeys(SOURCES, 9),
                  outcomes=dict.fromkeys((*OUTCOMES, "drill"), 9), by_level=dict.fromkeys(Level, 9),
                  by_part={"": 9})  # fmt: skip
    assert all(len(one) for one in rows(found, lang).values())


def test_inside_counts_are_exact_and_what_never_happened_is_left_out():
    found = rows(month(by_level={"urgent": 6, "low": 1, "high": 0}))
    assert found["Tổng số"] == (("Việc mới", "7", "0"), ("Đã kết thúc", "5", "0"))
    assert found["Việc mới theo mức"] == (("KHẨN CẤP", "6", "0"), ("THẤP", "1", "0"))
    assert ("rà soát", "9/10 (90 %)", "–") in found["Đúng hạn"]


def test_outside_small_counts_are_masked_and_no_missing_row_tells_of_a_zero():
    found = rows(month(by_level={"urgent": 6, "low": 1, "high": 0}), outside=True, city=True)
    assert found["Việc mới theo mức"] == (
        ("KHẨN CẤP", "6", "< 5"),
        ("THẤP", "< 5", "< 5"),
        ("CAO", "< 5", "< 5"),
    )
    assert found["Việc mới theo loại"][0] == ("Xâm hại tình dục", "từ 5 trở lên", "< 5")
    assert found["Việc mới theo xã"] == (("Phú An", "7", "< 5"),)
    assert ("rà soát", "khoảng 90 %", "–") in found["Đúng hạn"]
    few = rows(month(on_time={"review": (1, 4)}, by_level={"urgent": 1}, outcomes={}), outside=True)
    assert few["Đúng hạn"] == (("rà soát", "< 5", "–"),)
    assert few["Tổng số"] == (("Việc mới", "< 5", "< 5"), ("Đã kết thúc", "< 5", "< 5"))


def test_a_message_says_no_levels_where_their_sum_is_masked():
    text = monthly(say("vi"), report(month(by_level={"urgent": 4}, on_time={}), outside=True))
    assert "theo mức" not in text
    assert "Đúng hạn" not in text
