"""Files on the case page: nothing shows unasked, one press opens one file for one session, and is logged."""

import re
from datetime import timedelta
from io import BytesIO

from PIL import Image

from cases.model import Role
from tests.support.office import DAI_LOC, PAPER, PHOTO, VOICE
from tests.support.world import SHELF

REASON = "xem vết thương để gọi trạm y tế"


def paths(page):
    return list(dict.fromkeys(re.findall(r'"(/dashboard/case/[^"]+/file/[^"/]+)"', page.text)))


async def bytes_of(staff, address, **header):
    url = f"{staff.office.site.url}{address}"
    async with staff.client.get(url, headers=header, allow_redirects=False) as answer:
        return answer.status, await answer.read(), answer.headers


async def press(staff, page, path, **form):
    return await staff.post(path, {"csrf": page.field("csrf"), **form})


def shown(page):
    return re.search(r'src="(/dashboard/[^"]+)"', page.text).group(1).replace("&amp;", "&")


async def logged(office, act):
    """The details of every row of this act."""
    import json

    from sqlalchemy import select

    from storage.tables import audit

    async with office.site.store.reading("test") as work:
        rows = await work._tx.all(select(audit).where(audit.c.act == act).order_by(audit.c.n))
        plain = [
            await work._tx.open(f"case:{row['case_id']}", f"audit|detail|{row['n']}", row["detail"])
            for row in rows
        ]
    return [json.loads(one) for one in plain]


async def test_files_are_listed_with_nothing_of_their_content(office, lan):
    code = await office.report_with(PHOTO, VOICE, PAPER)
    page = await lan.opens(code)
    for words in ("Ảnh 1", "Tin thoại 2", "Tài liệu 3", "image/jpeg", "KB"):
        assert words in page.words()
    assert "<img" not in page.text
    assert await logged(office, "file_opened") == []


async def test_a_picture_opens_with_a_reason_by_one_logged_press(office, lan):
    code = await office.report_with(PHOTO)
    page = await lan.opens(code)
    (path,) = paths(page)
    refused = await press(lan, page, path, what="view", reason="  ")
    assert (refused.status, "Xin ghi lý do trước khi mở" in refused.words()) == (409, True)
    opened = await press(lan, page, path, what="view", reason=REASON)
    assert (opened.status, opened.text.count("<img")) == (200, 1)
    status, body, headers = await bytes_of(lan, shown(opened))
    assert (status, headers["Content-Type"]) == (200, "image/jpeg")
    assert Image.open(BytesIO(body)).getexif() == {}
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert re.fullmatch(r'inline; filename="[0-9a-f]{8}\.jpe?g"', headers["Content-Disposition"])
    (row,) = await logged(office, "file_opened")
    assert (row["what"], row["reason"]) == ("view", REASON)


async def test_an_address_that_shows_nothing_is_not_logged_as_a_reading(office, lan):
    """A document is only saved, by its button: whoever types its address has read nothing."""
    code = await office.report_with(PAPER)
    (path,) = paths(await lan.opens(code))
    assert (await bytes_of(lan, path))[0] == 404
    assert await logged(office, "file_opened") == []
    assert len(await logged(office, "file_refused")) == 1


async def test_a_picture_that_was_opened_shows_once_in_this_session_and_soon(office, lan):
    hoa = await (await office.hire("hoa", Role.DEPUTY, DAI_LOC)).sign_in()
    code = await office.report_with(PHOTO)
    page = await lan.opens(code)
    (path,) = paths(page)
    address = shown(await press(lan, page, path, what="view", reason=REASON))
    assert (await bytes_of(hoa, address))[0] == 404
    assert (await bytes_of(lan, address.replace("what=view", "what=orig")))[0] == 404
    assert (await bytes_of(lan, path))[0] == 404
    for strange in ("", "x", "é", "9" * 90):
        assert (await bytes_of(lan, f"{path}?what=view&look={strange}"))[0] == 404
    assert (await bytes_of(lan, address))[0] == 200
    assert (await bytes_of(lan, address))[0] == 404
    late = shown(await press(lan, page, path, what="view", reason=REASON))
    office.site.stage.clock.advance(timedelta(minutes=2))
    assert (await bytes_of(lan, late))[0] == 404
    assert len(await logged(office, "file_opened")) == 2


async def test_a_film_that_was_opened_plays_in_this_session_only_and_for_ten_minutes(office, lan):
    hoa = await (await office.hire("hoa", Role.DEPUTY, DAI_LOC)).sign_in()
    code = await office.report_with(("phim.mp4", "video/mp4"))
    page = await lan.opens(code)
    (path,) = paths(page)
    address = shown(await press(lan, page, path, what="orig", reason=REASON))
    assert (await bytes_of(hoa, address))[0] == 404
    until = int(re.search(r"until=(\d+)", address).group(1))
    assert (await bytes_of(lan, address.replace(str(until), str(until + 600))))[0] == 404
    for strange in ("", "x", "é", "9" * 30):
        assert (await bytes_of(lan, f"{path}?what=orig&until={strange}&seal={strange}"))[0] == 404
    assert (await bytes_of(lan, address))[0] == (await bytes_of(lan, address))[0] == 200
    office.site.stage.clock.advance(timedelta(minutes=10))
    assert (await bytes_of(lan, address))[0] == 404
    assert len(await logged(office, "file_opened")) == 1


async def test_whoever_may_not_know_the_case_any_more_sees_no_more_of_it(office, lan):
    code = await office.report_with(PHOTO)
    page = await lan.opens(code)
    (path,) = paths(page)
    address = shown(await press(lan, page, path, what="view", reason=REASON))
    async with office.site.store.transaction("test") as work:
        case = await work.cases.by_code(code)
        await work.cases.exclude(case.id, "p-lan", "involved")
    assert (await bytes_of(lan, address))[0] == 404
    assert (await press(lan, page, path, what="view", reason=REASON)).status == 404


async def test_f52_a_foreign_file_is_one_that_is_not_there(office, lan):
    na = await (await office.hire("na", Role.OFFICER, "20515")).sign_in()
    code, other = await office.report_with(PHOTO), await office.report_with(VOICE)
    (path,), (foreign,) = paths(await lan.opens(code)), paths(await lan.opens(other))
    mixed = f"/dashboard/case/{code}/file/{foreign.rsplit('/', 1)[1]}"
    nowhere = f"/dashboard/case/{code}/file/none"
    page = await lan.get("/dashboard")
    answers = [await press(lan, page, one, what="orig") for one in (mixed, nowhere)]
    page = await na.get("/dashboard")
    answers += [await press(na, page, path, what="view", reason=REASON)]
    answers += [await na.get(path), await lan.get(mixed)]
    assert {one.status for one in answers} == {404}
    assert await logged(office, "file_opened") == []


async def test_the_police_contact_who_was_only_called_sees_and_opens_no_picture(office, lan):
    cong = await office.hire("cong", Role.POLICE, DAI_LOC)
    code = await office.report_with(PHOTO)
    (path,) = paths(await lan.opens(code))
    case = await office.case(code)
    async with office.site.store.transaction("test") as work:
        await work.cases.involve(case.id, cong.person.id, "alert")
    await cong.sign_in()
    page = await cong.opens(code)
    assert (page.status, paths(page)) == (200, [])
    assert (await press(cong, page, path, what="view", reason=REASON)).status == 404
    assert (await cong.get(path)).status == 404
    assert await logged(office, "file_opened") == []


async def test_a_voice_note_plays_on_the_page_and_in_parts(office, lan):
    code = await office.report_with(VOICE)
    page = await lan.opens(code)
    (path,) = paths(page)
    assert f'preload="none" src="{path}"' in page.text
    whole = (SHELF / "tieng.ogg").read_bytes()
    status, body, headers = await bytes_of(lan, path)
    assert (status, body, headers["Content-Type"]) == (200, whole, "audio/ogg")
    for asked, part in (
        ("bytes=0-1", whole[:2]),
        ("bytes=10-", whole[10:]),
        ("bytes=-5", whole[-5:]),
    ):
        status, body, headers = await bytes_of(lan, path, Range=asked)
        assert (status, body) == (206, part)
        assert headers["Content-Range"].endswith(f"/{len(whole)}")
    for strange in ("bytes=x", "lines=1-2", "bytes=9999999-"):
        assert (await bytes_of(lan, path, Range=strange))[:2] == (200, whole)
    assert {one["what"] for one in await logged(office, "file_opened")} == {"orig"}


async def test_a_document_is_only_saved_under_a_name_that_says_nothing(office, lan):
    code = await office.report_with(PAPER)
    page = await lan.opens(code)
    (path,) = paths(page)
    url, form = f"{office.site.url}{path}", {"csrf": page.field("csrf"), "save": "orig"}
    async with lan.client.post(url, data=form, headers={"Origin": office.site.url}) as answer:
        assert await answer.read() == (SHELF / "don.pdf").read_bytes()
        headers = answer.headers
    assert headers["Content-Type"] == "application/octet-stream"
    assert re.fullmatch(r'attachment; filename="[0-9a-f]{8}\.pdf"', headers["Content-Disposition"])
    assert "sandbox" in headers["Content-Security-Policy"]
    assert (await bytes_of(lan, path))[0] == 404  # never shown in a page


async def test_a_picture_as_it_came_is_for_the_holder_and_saved(office, lan):
    code = await office.report_with(PHOTO)
    page = await lan.opens(code)
    (path,) = paths(page)
    assert 'name="save"' not in page.text
    assert (await press(lan, page, path, save="orig", reason=REASON)).status == 409
    page = await lan.does(page, "acknowledge")
    url = f"{office.site.url}{path}"
    form = {"csrf": page.field("csrf"), "save": "orig", "reason": REASON}
    async with lan.client.post(url, data=form, headers={"Origin": office.site.url}) as answer:
        assert await answer.read() == (SHELF / "nha.jpg").read_bytes()
        assert answer.headers["Content-Disposition"].startswith("attachment")


async def test_f49_a_press_from_elsewhere_opens_nothing(office, lan):
    code = await office.report_with(PHOTO)
    page = await lan.opens(code)
    (path,) = paths(page)
    good = {"csrf": page.field("csrf"), "what": "view", "reason": REASON}
    assert (await lan.post(path, {**good, "csrf": "x"})).status == 403
    assert (await lan.post(path, good, Origin="https://evil.example")).status == 403
    lan.client.cookie_jar.clear()
    assert (await lan.post(path, good)).status == 401
    assert await logged(office, "file_opened") == []


async def test_a_file_that_did_not_come_is_said_so(office, lan):
    code = await office.report_with(PHOTO)
    async with office.site.store.transaction("test") as work:
        from sqlalchemy import update

        from storage.tables import files

        await work._tx.run(update(files).values(state="failed", why="expired"))
    page = await lan.opens(code)
    assert "Không tải được: hết hạn." in page.words()
    assert paths(page) == []


async def test_what_may_show_abuse_is_locked_and_made_for_each_look_anew(office, lan):
    hoa = await (await office.hire("hoa", Role.DEPUTY, DAI_LOC)).sign_in()
    code = await office.report_with(PHOTO)
    await lan.does(await lan.opens(code), "acknowledge")
    kinds = await lan.get(f"/dashboard/case/{code}/set_kind")
    page = await lan.does(kinds, "set_kind", kind="sexual_abuse")
    (path,) = paths(page)
    assert (await office.case(code)).kind == "sexual_abuse"
    others = await hoa.opens(code)
    assert "Tệp này bị khóa" in others.words()
    assert paths(others) == []  # what may be opened; to shut it for good is open to everybody
    refused = await press(hoa, others, path, what="view", reason=REASON)
    assert (refused.status, "Tệp này bị khóa" in refused.words()) == (409, True)
    opened = await press(lan, page, path, what="view", reason=REASON)
    status, body, _ = await bytes_of(lan, shown(opened))
    assert (status, Image.open(BytesIO(body)).format) == (200, "JPEG")
    assert [row["reason"] for row in await logged(office, "file_opened")] == [REASON]


async def test_a_film_opens_with_a_reason_and_plays_in_parts(office, lan):
    code = await office.report_with(("loi.mp4", "video/mp4"))
    page = await lan.opens(code)
    (path,) = paths(page)
    assert "<video" not in page.text
    opened = await press(lan, page, path, what="orig", reason=REASON)
    assert (
        f'<video class="shown" controls controlslist="nodownload" preload="metadata" src="{path}'
        in opened.text
    )
    status, body, headers = await bytes_of(lan, shown(opened), Range="bytes=0-3")
    assert (status, body, headers["Content-Type"]) == (206, b"\0\0\0$", "video/mp4")
    assert (await bytes_of(lan, path))[0] == 404


async def told_of_abuse(office, lan, *files):
    """A case of sexual abuse that Lan holds, with these files; its code."""
    code = await office.report_with(*files)
    await lan.does(await lan.opens(code), "acknowledge")
    kinds = await lan.get(f"/dashboard/case/{code}/set_kind")
    await lan.does(kinds, "set_kind", kind="sexual_abuse")
    return code


async def tells_the_police(lan, code):
    page = await lan.get(f"/dashboard/case/{code}/refer")
    done = await lan.does(page, "refer", purpose="police_crime", fields="all", way="phone")
    assert done.status == 200, done.words()


async def saved(staff, page, path, **form):
    return await staff.post(path, {"csrf": page.field("csrf"), "save": "orig", **form})


async def test_the_original_of_a_locked_picture_leaves_for_the_police_only_with_the_pin(
    office, lan
):
    from hashlib import sha256

    code = await told_of_abuse(office, lan, PHOTO)
    page = await lan.opens(code)
    (path,) = paths(page)
    assert "báo Công an (Báo cơ quan khác)" in page.words()
    assert 'name="save"' not in page.text
    refused = await saved(lan, page, path, reason=REASON)
    assert (refused.status, "chỉ giao cho Công an" in refused.words()) == (409, True)
    await tells_the_police(lan, code)
    page = await lan.opens(code)
    assert "Tải bản gốc để giao Công an" in page.words()
    form = {"csrf": page.field("csrf"), "save": "orig", "reason": REASON}
    office.site.stage.clock.advance(timedelta(minutes=11))  # the PIN that was typed before is old
    asked = await lan.sends(path, form)
    assert (asked.status, 'name="pin"' in asked.text) == (403, True)
    assert await logged(office, "file_handed") == []
    given = await lan.post(path, form)
    assert given.status == 200
    whole = (SHELF / "nha.jpg").read_bytes()
    assert given.headers["Content-Disposition"].startswith("attachment")
    (row,) = await logged(office, "file_handed")
    assert row["reason"] == REASON
    digest = sha256(whole).hexdigest()
    assert digest in (await lan.opens(code)).words()
    assert await logged(office, "file_opened") == []


async def test_a_picture_that_was_shut_is_opened_by_nobody_and_given_to_the_police(office, lan):
    hoa = await (await office.hire("hoa", Role.DEPUTY, DAI_LOC)).sign_in()
    chu = await (await office.hire("chu", Role.LEADER, DAI_LOC)).sign_in()
    code = await office.report_with(PHOTO, ("c.jpg", "image/jpeg"))
    await lan.does(await lan.opens(code), "acknowledge")
    page = await hoa.opens(code)
    path, other = paths(page)
    address = shown(await press(hoa, page, path, what="view", reason=REASON))
    done = await press(hoa, page, f"{path}/shut")
    assert (done.status, "đã khóa hẳn" in done.words()) == (200, True)
    assert (await bytes_of(hoa, address))[0] == 404  # what was just opened is shut, too
    for staff in (lan, hoa, chu):
        page = await staff.opens(code)
        refused = await press(staff, page, path, what="view", reason=REASON)
        assert (refused.status, "đã khóa hẳn" in refused.words()) == (409, True)
        assert (await saved(staff, page, path, reason=REASON)).status == 409
    # One picture of the kind locks the others.
    assert (await press(hoa, page, other, what="view", reason=REASON)).status == 403  # another csrf
    page = await hoa.opens(code)
    assert (await press(hoa, page, other, what="view", reason=REASON)).status == 409
    async with office.site.store.reading("test") as work:
        row = await work.files.get(path.rsplit("/", 1)[1])
        assert row.shut
        assert await work.file_parts.count(row.id, "view") == 0
        assert await work.file_parts.count(row.id, "orig") == 1
    await tells_the_police(lan, code)
    page = await lan.opens(code)
    assert (await saved(lan, page, path, reason="")).status == 409
    assert (await saved(lan, page, path, reason=REASON)).status == 200
    page = await hoa.opens(code)
    assert (await saved(hoa, page, path, reason=REASON)).status == 409
    assert [one for one in await office.events(code) if one.startswith("file_")] == [
        "file_shut", "file_handed",
    ]  # fmt: skip


async def test_only_the_leader_opens_what_was_shut_by_mistake_with_a_reason(office, lan):
    chu = await (await office.hire("chu", Role.LEADER, DAI_LOC)).sign_in()
    code = await office.report_with(PHOTO)
    page = await lan.opens(code)
    (path,) = paths(page)
    page = await press(lan, page, f"{path}/shut")
    assert "Mở khóa" not in page.words()
    assert (await press(lan, page, f"{path}/unshut", reason=REASON)).status == 409
    page = await chu.opens(code)
    assert (await press(chu, page, f"{path}/unshut", reason=" ")).status == 409
    page = await press(chu, page, f"{path}/unshut", reason="ảnh mái nhà")
    assert page.status == 200
    page = await lan.opens(code)
    assert (await press(lan, page, path, what="view", reason=REASON)).status == 200
    assert [one["reason"] for one in await logged(office, "file_unshut")] == ["ảnh mái nhà"]


async def test_whoever_may_not_see_the_case_shuts_nothing_in_it(office, lan):
    na = await (await office.hire("na", Role.OFFICER, "20515")).sign_in()
    ad = await (await office.hire("ad", Role.ADMIN)).sign_in()
    code = await office.report_with(PHOTO)
    (path,) = paths(await lan.opens(code))
    for staff in (na, ad):
        page = await staff.get("/dashboard")
        for way in ("shut", "unshut"):
            assert (await press(staff, page, f"{path}/{way}", reason=REASON)).status == 404
    assert await logged(office, "file_shut") == []
    page = await lan.opens(code)
    assert (await press(lan, page, path, what="view", reason=REASON)).status == 200


async def test_what_was_shut_is_shut_again_after_a_restore(office, lan):
    import json

    from sqlalchemy import select

    from handlers.retold import told_again
    from storage.tables import inbox

    code = await office.report_with(PHOTO)
    page = await lan.opens(code)
    (path,) = paths(page)
    await press(lan, page, f"{path}/shut")
    async with office.site.store.transaction("test") as work:
        rows = await work._tx.all(select(inbox).where(inbox.c.channel == "desk"))
        told = [
            await work._tx.open(f"day:{row['received_at']:%Y-%m-%d}", f"inbox|raw|{row['id']}", row["raw"])
            for row in rows
        ]  # fmt: skip
        (raw,) = [one for one in told if json.loads(one).get("redo") == "file"]
        await work.files.shut(path.rsplit("/", 1)[1], shut=False)
    from handlers.actor import Actor

    async with office.site.store.transaction("test") as work:
        assert await told_again(Actor(work, office.site.app.kit, name="desk"), raw)
        assert (await work.files.get(path.rsplit("/", 1)[1])).shut
