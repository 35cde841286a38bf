"""F23 of the desk: what was done and read on pages between a copy and the loss is there after a restore."""

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from aiohttp import FormData
from sqlalchemy import select

from bot.app import Edges, open_app
from bot.chance import FixedChance
from bot.clock import HandClock
from bot.restoring import Source, restore
from cases.model import Role, Status
from storage import backup, tables
from storage.erasure import erase_again, erase_case
from storage.records.file_parts import ORIGINAL, PIECE
from tests.support import database
from tests.support.office import DAI_LOC, Office
from tests.support.pins import PIN
from tests.support.world import SHELF

WHY = "nhà trường gọi lên, cần xem ngay"
NEW_PIN = "314159"


@pytest.fixture
async def office(tmp_path):
    made = await Office.open(tmp_path)
    for name, role, commune in (
        ("lan", Role.OFFICER, DAI_LOC), ("chu", Role.LEADER, DAI_LOC), ("nam", Role.DEPUTY, DAI_LOC),
        ("tam", Role.SUPERVISOR, ""), ("ad", Role.ADMIN, ""),
    ):  # fmt: skip
        await (await made.hire(name, role, commune)).sign_in()
    await made.hire("moi", Role.OFFICER, DAI_LOC, pin=False)
    yield made
    await made.close()


async def lost_and_restored(office, folder):
    """The tables as they were when the disk was lost, and as they are after the restore."""
    before = await remembered(office.site.store)
    app = await restored(office, folder)
    try:
        return before, await remembered(app.kit.store)
    finally:
        await app.close()


async def restored(office, folder):
    """The program on what copy and journal gave back."""
    site = office.site
    config = site.app.config.model_copy(update={"database_url": database.empty(folder, "new.db")})
    now = site.app.kit.clock.now()
    edges = Edges(HandClock(now), FixedChance("another run"))
    await restore(config, Source(folder / "b", config.journal_dir), edges)
    return await open_app(config, edges)


SAME = {  # of each table what must come out the same
    "cases": ("code", "commune", "level", "status", "rev", "holder", "hold"),
    "case_events": ("case_id", "act", "actor", "at"),
    "records": ("case_id", "kind", "no", "state"),
    "slips": ("case_id", "no", "opened_at"),
    "openings": ("id", "case_id", "person_id", "state", "decided_by", "decided_at", "until"),
    "pins": ("person_id", "tries", "set_at", "reset_asked_at"),
    "people": ("id", "role", "commune", "active"),
    "rights": ("no", "what", "state", "outcome", "due_at", "acked_at", "closed_at"),
    "breaches": ("no", "state", "noticed_at", "told_at", "closed_at"),
    "settings": ("commune", "name", "at"),
    "audit": ("at", "actor", "act", "case_id"),
}  # fmt: skip
# Who came in by a link, or did not: sessions and links end with the restore, and nobody's act is in it.
_WAY_IN = ("restored", "sign_in_refused")


async def remembered(store):
    async with store.reading("test") as work:
        found = {}
        for name, columns in SAME.items():
            table = getattr(tables, name)
            mine = [table.c[one] for one in columns if one in table.c]
            found[name] = sorted(
                map(str, [tuple(row.values()) for row in await work._tx.all(select(*mine))])
            )
        found["audit"] = [one for one in found["audit"] if not any(act in one for act in _WAY_IN)]
        ours = tables.timers.c
        clocks = await work._tx.all(
            select(ours.owner, ours.kind, ours.due_at).where(
                ours.state == "armed", ours.kind != "hop"
            )
        )
        found["timers"] = sorted(map(str, [tuple(row.values()) for row in clocks]))
        found["pin"] = [
            await work._tx.open(f"person:{row['person_id']}", f"pins|body|{row['person_id']}", row["body"])
            for row in await work._tx.all(select(tables.pins).order_by(tables.pins.c.person_id))
        ]  # fmt: skip
        assert await work.audit.verify() == []
        return found


def copied(office, folder):
    site = office.site
    return backup.write(
        site.app.config.database_url, site.store._keys, site.app.kit.clock.now(), folder / "b"
    )


def later(office):
    office.site.app.kit.clock.advance(timedelta(seconds=40))


async def form(staff, **more):
    return {"csrf": (await staff.get("/dashboard/pin")).field("csrf"), **more}


async def on_the_pages(office):
    """One of everything that is done on a page."""
    lan, chu, nam, tam, ad, moi = office.people
    code = await office.report()
    later(office)
    await lan.does(await lan.opens(code), "acknowledge")
    await office.site.stage.settle()
    await lan.get(f"/dashboard/case/{code}/paper/01-0")
    boxes = await form(lan, **{"name.words": "Bé Na", "number.words": "7"})
    assert (await lan.post(f"/dashboard/case/{code}/paper/01-0/boxes", boxes)).status == 200
    later(office)
    await slip_of(lan, code)
    later(office)
    await moi.spend(await moi.token())
    await moi.post("/dashboard/pin", await form(moi, new=NEW_PIN, again=NEW_PIN, old=""))
    assert (await nam.post("/dashboard/pin/forgotten", await form(nam))).status == 200
    later(office)
    asked = await form(tam, code=code, reason=WHY)
    assert (await tam.sends("/dashboard/opening", {**asked, "pin": "000000"})).status == 422
    assert (await tam.sends("/dashboard/opening", {**asked, "pin": PIN})).status == 200
    later(office)
    answer = await form(chu, id=(await chu.get("/dashboard/opening")).field("id"), answer="yes")
    assert (await chu.post("/dashboard/opening/answer", answer)).status == 200
    assert (await tam.opens(code)).status == 200
    later(office)
    await chu.post("/dashboard/search", await form(chu, text="bi danh"))
    assert (await nam.get(f"/dashboard/case/{code}/paper/01-0")).status == 200
    assert (await ad.get(f"/dashboard/case/{code}")).status == 404
    later(office)
    gone = await form(chu, person="p-nam", sure="remove")
    assert (await chu.post("/dashboard/people/removal", gone)).status == 200
    return code


async def slip_of(lan, code):
    """Sent by a link, opened and answered by whoever has it."""
    page = await lan.get(f"/dashboard/case/{code}/refer")
    given = {name: page.field(name) for name in ("csrf", "rev", "submission")}
    given |= {"purpose": "clinic_care", "fields": "all", "way": "link"}
    page = await lan.post(f"/dashboard/case/{code}/refer", given)
    token = re.search(r"/slip#([\w-]{22})", page.text).group(1)
    for path in ("/slip", "/slip/received"):
        assert (await lan.post(path, {"token": token})).status == 200


async def test_f23_what_was_done_and_read_on_pages_after_the_copy_is_there_again(office, tmp_path):
    copied(office, tmp_path)
    later(office)
    code = await on_the_pages(office)
    await office.site.stage.settle()
    before, after = await lost_and_restored(office, tmp_path)
    assert after == before
    kinds = {one.split("'")[3] for one in before["audit"]}
    assert {
        "read", "slip_opened", "refer_received", "pin_set", "pin_wrong", "pin_right", "opening_asked",
        "opening_agreed", "paper_filled", "search", "found", "refused", "removed", "signed_in",
    } <= kinds, kinds  # fmt: skip
    assert code


async def test_f23_the_bytes_of_a_page_after_the_copy_are_there_again(office, tmp_path):
    """A message only names them, and no messenger has them: the journal does, in pieces."""
    copied(office, tmp_path)
    later(office)
    big = (SHELF / "nha.jpg").read_bytes() + b"\0" * (PIECE + 10)
    code = await office.report_with(("nha.jpg", "image/jpeg"), ("don.pdf", "application/pdf"))
    await sent(office, big)
    await sent(office, b"no file that anybody takes", status=415)
    before = await files_of(office.site.app)
    assert [len(body) for *_, body in before if len(body) > PIECE] == [len(big)]
    app = await restored(office, tmp_path)
    try:
        await app.files.drain()
        assert await files_of(app) == before
        assert code in {case.code for case in await all_cases(app)}
    finally:
        await app.close()


async def sent(office, data, status=202):
    """One more file of somebody who writes for the first time."""
    header = await office.site.session()
    assert (await office.site.post(header, id="1", kind="text", text="sos"))[0] == 202
    await office.site.messages(header)
    form = FormData({"id": "big"})
    form.add_field("file", BytesIO(data), filename="x.jpg", content_type="image/jpeg")
    url = f"{office.site.url}/api/chat/media"
    async with office.site.client.post(url, data=form, headers=header) as answer:
        assert answer.status == status
    await office.site.messages(header)


async def all_cases(app):
    async with app.kit.store.reading("test") as work:
        return await work.cases.all_cases()


async def files_of(app):
    """Of each file what it is, and its bytes."""
    found = []
    async with app.kit.store.reading("test") as work:
        for one in await work._tx.all(select(tables.files).order_by(tables.files.c.id)):
            many = await work.file_parts.count(one["id"], ORIGINAL)
            pieces = [
                await work.file_parts.read(one["id"], ORIGINAL, n, last=n == many - 1)
                for n in range(many)
            ]
            found.append((one["id"], one["state"], one["kind"], one["size"], b"".join(pieces)))
    return found


async def test_f23_of_a_file_that_was_erased_before_the_copy_no_byte_comes_back(office, tmp_path):
    code = await office.report_with(("nha.jpg", "image/jpeg"))
    case = await office.case(code)
    async with office.site.store.transaction("test") as work:
        closed = replace(case, status=Status.CLOSED, closed_at=work.now, rev=case.rev + 1)
        await work.cases.save(closed, case.rev)
        await work.timers.stop(f"case:{case.id}")
        await erase_case(work, office.site.app.kit.register, case.id, "asked")
    while await erase_again(office.site.store, office.site.app.kit.register):
        pass
    copied(office, tmp_path)
    app = await restored(office, tmp_path)
    try:
        async with app.kit.store.reading("test") as work:
            assert await work._tx.all(select(tables.file_parts)) == []
    finally:
        await app.close()
