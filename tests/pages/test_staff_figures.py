"""The monthly report on the pages: a leader's own commune, the city's masked, nobody else's; and as a file."""

import io
import re
import zipfile
from datetime import timedelta
from html import unescape

import pytest

from cases.model import Role
from handlers.papers.exports import MIME
from storage.records.areas import AreaRow
from tests.support.office import DAI_LOC, ELSEWHERE, Office
from tests.support.pins import PIN


@pytest.fixture
async def office(tmp_path):
    made = await Office.open(tmp_path)
    await made.hire("lan", Role.OFFICER, DAI_LOC)
    yield made
    await made.close()


async def a_month_later(office, *staff):
    """Everybody signs in again: no session lasts so long."""
    office.site.stage.clock.advance(timedelta(days=10))
    for one in staff:
        await one.sign_in()


async def file_of(staff, page, **form):
    url, origin = f"{staff.office.site.url}/dashboard/figures", {"Origin": staff.office.site.url}
    form = {"csrf": page.field("csrf"), "month": "2026-11", "pin": PIN, **form}
    async with staff.client.post(url, data=form, headers=origin) as answer:
        return answer.status, await answer.read(), answer.headers


def cells(body):
    """What stands in the sheet, row by row, as a reader of .xlsx sees it."""
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        shared = re.findall(r"<t[^>]*>(.*?)</t>", book.read("xl/sharedStrings.xml").decode())
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    found = []
    for row in re.findall(r"<row .*?</row>", sheet):
        texts = re.findall(r'<c [^>]*?(t="s")?><v>(.*?)</v>', row)
        found.append([unescape(shared[int(value)]) if kind else value for kind, value in texts])
    return found


async def test_a_leader_reads_the_own_commune_beside_the_month_before(office, chu):
    for _ in range(2):
        await office.report()
    await office.report(place="Đại Đồng")  # another commune's
    await a_month_later(office, chu)
    page = await chu.get("/dashboard/figures")
    words = page.words()
    assert "Báo cáo tháng 11/2026 xã Đại Lộc" in re.sub(r"\s+", " ", words)
    assert "Việc mới 2 0" in words
    assert "&lt; 5" not in page.text
    assert "Báo cáo tháng 10/2026" in (await chu.get("/dashboard/figures?month=2026-10")).words()
    for strange in ("x", "9999-99", "2026-12", "é"):
        assert (
            "Báo cáo tháng 11/2026"
            in (await chu.get(f"/dashboard/figures?month={strange}")).words()
        )


async def test_villages_are_counted_by_what_was_told_and_none_is_ever_a_formula(office, chu):
    async with office.site.store.transaction("test") as work:
        rows = [
            AreaRow("v1", "village", "Phú Mỹ", DAI_LOC),
            AreaRow("v2", "village", "=SUM(A1)", DAI_LOC),
        ]
        await work.areas.put(rows)
    await office.site.app.geography.fresh()
    for place in ("thôn Phú Mỹ, Ái Nghĩa", "Ái Nghĩa", "=SUM(A1), Ái Nghĩa"):
        await office.report(place=place)
    await a_month_later(office, chu)
    page = await chu.get("/dashboard/figures")
    assert "chưa rõ 1 0" in page.words()
    assert "Phú Mỹ 1 0" in page.words()
    _, body, _ = await file_of(chu, page, **{"for": "inside"})
    assert ["=SUM(A1)", "1", "0"] in cells(body)


async def test_a_leader_takes_out_an_exact_file_or_a_masked_one(office, chu):
    for _ in range(6):
        await office.report()
    await a_month_later(office, chu)
    page = await chu.get("/dashboard/figures")
    status, body, headers = await file_of(chu, page, **{"for": "inside"})
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, MIME, "no-store")
    assert headers["Content-Disposition"] == 'attachment; filename="so-lieu-2026-11.xlsx"'
    assert ["Việc mới", "6", "0"] in cells(body)
    assert ["Đã kết thúc", "0", "0"] in cells(body)
    _, body, headers = await file_of(chu, page, **{"for": "outside"})
    assert headers["Content-Disposition"] == 'attachment; filename="so-lieu-2026-11-che.xlsx"'
    assert ["Việc mới", "6", "< 5"] in cells(body)
    assert ["Đã kết thúc", "< 5", "< 5"] in cells(body)
    assert len(await office.audit("figures_made")) == 2
    codes = await office.codes()
    assert not [code for code in codes if code in str(cells(body))]


async def test_the_city_has_all_communes_and_never_an_exact_small_number(office):
    tam = await (await office.hire("tam", Role.SUPERVISOR)).sign_in()
    await office.hire("ha", Role.OFFICER, ELSEWHERE)
    for _ in range(5):
        await office.report()
    await office.report(place="Đại Đồng")
    await a_month_later(office, tam)
    page = await tam.get("/dashboard/figures")
    words = re.sub(r"\s+", " ", unescape(page.words()))
    assert "Việc mới 6 < 5" in words
    assert "Đại Lộc 5 < 5" in words
    assert "Hà Nha < 5 < 5" in words
    assert "dùng trong xã" not in words
    _, body, headers = await file_of(tam, page, **{"for": "inside"})  # asked for all the same
    assert "-che.xlsx" in headers["Content-Disposition"]
    assert ["Hà Nha", "< 5", "< 5"] in cells(body)


async def test_a_case_that_is_shut_to_a_leader_is_not_in_their_figures(office, chu):
    await office.report()
    shut = await office.case(await office.report())
    async with office.site.store.transaction("test") as work:
        await work.cases.exclude(shut.id, "p-chu")
    await a_month_later(office, chu)
    assert "Việc mới 1 0" in (await chu.get("/dashboard/figures")).words()


@pytest.mark.parametrize(
    ("role", "commune"),
    [
        (Role.OFFICER, DAI_LOC),
        (Role.DEPUTY, DAI_LOC),
        (Role.POLICE, DAI_LOC),
        (Role.COLLABORATOR, DAI_LOC),
        (Role.ADMIN, ""),
    ],
)
async def test_nobody_else_has_figures(office, role, commune):
    other = await (await office.hire("other", role, commune)).sign_in()
    page = await other.get("/dashboard")
    assert "/dashboard/figures" not in page.text
    assert (await other.get("/dashboard/figures")).status == 404
    assert (await file_of(other, page))[0] == 404
    assert await office.audit("figures_made") == []


async def test_a_foreign_form_takes_no_figures(office, chu):
    page = await chu.get("/dashboard/figures")
    assert (await file_of(chu, page, csrf="x"))[0] == 403
