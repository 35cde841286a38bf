"""A reading is in the log before its content leaves: where the log cannot commit, nothing is shown (P12)."""

import pytest

from cases.model import Role
from storage.store import StorageBusy
from tests.pages.test_staff_admin_blind import CANARIES
from tests.support.office import DAI_LOC, PHOTO, VOICE, Office
from tests.support.pins import PIN

TOLD = "bà ngoại kể con Nguyên Hạ bị đánh bằng thắt lưng"


@pytest.fixture
async def office(tmp_path):
    made = await Office.open(tmp_path)
    yield made
    await made.close()


class Refusing:
    """The store of a disk that takes nothing any more: what was read can be shown, and must not be."""

    def __init__(self, store):
        self._store, self._commit, self.seen = store, store.commit, []

    async def _refuse(self, name, connection):
        self.seen.append(name)
        raise StorageBusy(name)

    def __enter__(self):
        self._store.commit = self._refuse
        return self

    def __exit__(self, *_):
        self._store.commit = self._commit


async def asked(staff, method, path, form):
    return await (staff.get(path) if method == "GET" else staff.sends(path, form))


async def _file_of(office, code):
    async with office.site.store.reading("test") as work:
        case = await work.cases.by_code(code)
        return [one.id for one in await work.files.of_case(case.id)]


async def _surfaces(office, code, files):
    """Method, address, form: everything on the pages that shows content."""
    case = f"/dashboard/case/{code}"
    yield "GET", case, {}
    yield "GET", f"{case}/confirm_measure", {}
    yield "GET", f"{case}/paper/01-0", {}
    yield "POST", f"{case}/paper/01-0", {}
    yield "POST", f"{case}/note", {"what": "x", "rev": "1", "submission": "s1"}
    yield "POST", "/dashboard/search", {"text": "that lung"}
    yield "POST", "/dashboard/figures", {"month": "2026-11", "for": "inside", "pin": PIN}
    yield "GET", "/dashboard/reads", {}
    yield "GET", "/dashboard/opening", {}
    for one in files:
        yield "POST", f"{case}/file/{one}", {"reason": "xem vết thương để gọi trạm y tế"}
        yield "POST", f"{case}/file/{one}", {"reason": "lưu vào hồ sơ", "save": "original"}
        yield "GET", f"{case}/file/{one}", {}


async def test_nothing_is_shown_on_a_page_whose_line_in_the_log_could_not_be_written(office):
    chu = await (await office.hire("chu", Role.LEADER, DAI_LOC)).sign_in()
    code = await office.report_with(PHOTO, VOICE)
    await office.site.app.files.drain()
    async with office.site.store.transaction("test") as work:
        case = await work.cases.by_code(code)
        body = {"answers": {"story": [TOLD]}, "fired": []}
        await work.cases.add_event(case.id, f"{case.id}:story", "report", "reporter", body)
    shown = await chu.opens(code)
    assert "Nguyên Hạ" in shown.text
    await chu.does(shown, "acknowledge")
    csrf, before = shown.field("csrf"), len(await office.audit("read"))
    surfaces = [one async for one in _surfaces(office, code, await _file_of(office, code))]
    assert len(surfaces) > 12
    for method, path, form in surfaces:
        with Refusing(office.site.store) as store:
            page = await asked(chu, method, path, {"csrf": csrf, **form})
        assert store.seen, path
        assert page.status == 503, path
        assert not [one for one in CANARIES if one in page.text], path
        assert len(page.text) < 1_000, path  # no picture, no paper, no table either
    assert len(await office.audit("read")) == before


async def test_each_of_them_does_show_something_and_leaves_its_line_when_it_can(office):
    """The other way round: what is refused above is not refused for another reason."""
    chu = await (await office.hire("chu", Role.LEADER, DAI_LOC)).sign_in()
    code = await office.report_with(PHOTO)
    await office.site.app.files.drain()
    page = await chu.opens(code)
    await chu.does(page, "acknowledge")
    csrf, lines = page.field("csrf"), 0
    for method, path, form in [
        one async for one in _surfaces(office, code, await _file_of(office, code))
    ]:
        async with office.site.store.reading("test") as work:
            before = await work.audit.count()
        answer = await asked(chu, method, path, {"csrf": csrf, **form})
        async with office.site.store.reading("test") as work:
            lines += await work.audit.count() > before
        assert answer.status in (200, 404, 409, 422), path
    assert lines >= 7


async def test_a_card_leaves_in_the_commit_of_its_line_or_not_at_all(office):
    lan = await office.hire("lan", Role.OFFICER, DAI_LOC)
    code = await office.report()
    await lan.hears()
    number = office.number()
    await office.site.post(lan.header, id=number, kind="text", text=f"/vu {code}")
    (row,) = await office.site.app.turns.next()
    with Refusing(office.site.store), pytest.raises(StorageBusy):
        await office.site.app.turns.handle(row)
    async with office.site.store.reading("test") as work:
        assert await work.outbox.in_state("waiting") == 0
    assert await office.audit("read") == []
    assert any(f"Hồ sơ {code}" in one["text"] for one in await lan.hears())
    assert [actor for actor, _ in await office.audit("read")] == ["p-lan"]
