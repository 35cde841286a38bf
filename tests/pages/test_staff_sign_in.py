"""The door of the staff pages (F49): one link, one press, one session, and one press that ends it all."""

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import ClientSession

from cases.limits import LIMITS
from cases.model import Person, Role
from handlers.actions.manage_staff import remove
from handlers.actor import Actor
from storage.records.sign_in import IDLE, LINK_LIFE, LONGEST
from tests.support.office import DAI_LOC
from web.app import build, serve
from web.networks import NETWORKS, Networks

EVIL = "https://evil.example"
LINKS = LIMITS["links"]
FREE, WITHIN, SLOW = LINKS.most, LINKS.within, LINKS.wait.total_seconds()


@pytest.fixture
async def lan(office):
    return await office.hire("lan", Role.OFFICER, DAI_LOC)


def pass_time(office, span):
    office.site.stage.clock.advance(span)


async def inside(staff, **header):
    """Whether the browser is let in."""
    return "/dashboard/sign-out" in (await staff.get("/dashboard", **header)).text


def cookie_of(staff):
    (found,) = [one for one in staff.client.cookie_jar if one.key.endswith("annhi_staff")]
    return found


# The link.


async def test_f49_a_link_that_was_looked_at_is_still_good_and_one_press_spends_it(office, lan):
    token = await lan.token()
    for method in (
        "GET",
        "HEAD",
        "OPTIONS",
        "GET",
    ):  # a preview robot never gets what is behind the #
        async with office.site.client.request(method, f"{office.site.url}/dashboard#{token}"):
            pass
    assert (await lan.get("/dashboard/sign-in")).status == 405
    assert not await inside(lan)
    assert (await lan.spend(token)).path == "/dashboard"
    assert await inside(lan)


@pytest.fixture
async def bad(office, lan):
    """A link of each kind that does not work."""
    used = await lan.token()
    await lan.spend(used)
    lan.client.cookie_jar.clear()
    replaced = await lan.token()
    late = await lan.token()
    pass_time(office, LINK_LIFE)
    return {"guessed": "A" * 22, "used": used, "replaced": replaced, "late": late, "empty": "",
            "strange": "…" * 30, "long": "x" * 5000}  # fmt: skip


async def test_f49_guessed_used_and_late_links_are_refused_in_the_same_words_and_logged(
    office, lan, bad
):
    office.site._public.app[NETWORKS]._pause = _at_once
    pages = {name: await lan.spend(token) for name, token in bad.items()}
    assert {one.status for one in pages.values()} == {401}
    assert len({one.text for one in pages.values()}) == 1
    assert "Liên kết này không dùng được" in pages["used"].words()
    assert not await inside(lan)
    assert await office.audit("sign_in_refused") == [("-", "")] * len(bad)


async def _at_once(seconds):
    """Nobody waits in a test."""


async def test_f49_a_link_works_for_the_fast_one_of_two(office, lan):
    token, thief = await lan.token(), await office.hire("ke", Role.COLLABORATOR, DAI_LOC)
    assert (await lan.spend(token)).status == 200
    assert (await thief.spend(token)).status == 401
    assert not await inside(thief)


async def test_a_link_is_good_until_its_last_moment(office, lan):
    token = await lan.token()
    pass_time(office, LINK_LIFE - timedelta(seconds=1))
    assert (await lan.spend(token)).path == "/dashboard"


async def test_f49_a_press_on_another_site_signs_nobody_in_and_spends_nothing(office, lan):
    token = await lan.token()
    for origin in (EVIL, "null"):
        assert (await lan.spend(token, Origin=origin)).status == 403
    assert not await inside(lan)
    assert (await lan.spend(token)).path == "/dashboard"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"token=\xff", "application/x-www-form-urlencoded"),
        (b"token=x", "application/x-www-form-urlencoded; charset=nonsense"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"token=x", "multipart/form-data"),
    ],
)
async def test_a_torn_form_is_a_bad_form_and_no_fault_of_the_program(office, caplog, body, kind):
    url, header = f"{office.site.url}/dashboard/sign-in", {"Content-Type": kind}
    async with office.site.client.post(url, data=body, headers=header) as answer:
        assert answer.status == 400
    assert not [one for one in caplog.records if one.exc_info]


async def test_the_token_stands_nowhere_but_in_the_chat(office, lan, tmp_path):
    token = await lan.token()
    page = await lan.spend(token)
    cookie = cookie_of(lan).value
    assert token not in page.text
    assert cookie not in (await lan.get("/dashboard")).text
    kept = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert token.encode() not in kept
    assert cookie.encode() not in kept


# Who guesses waits.


async def test_f49_who_guesses_waits_and_who_has_a_link_never_does(office, lan):
    waited = []

    async def pause(seconds):
        waited.append(seconds)

    office.site._public.app[NETWORKS]._pause = pause
    for n in range(FREE):
        await lan.spend(f"{n}" * 22)
    assert waited == []
    await lan.spend("B" * 22)
    assert waited == [SLOW]
    await lan.sign_in()
    assert waited == [SLOW]
    pass_time(office, WITHIN)
    await lan.spend("C" * 22)
    assert waited == [SLOW]


async def test_one_side_that_guesses_slows_no_other_down(office):
    waited = []

    async def pause(seconds):
        waited.append(seconds)

    guesses = Networks(office.site.stage.clock, office.site.stage.chance, pause)
    for _ in range(FREE + 1):
        await guesses.wrong("203.0.113.9")
    await guesses.wrong("203.0.113.10")
    assert waited == [SLOW]
    assert "203.0.113" not in str(guesses._times)


async def test_what_is_known_of_guessing_sides_stays_small(office):
    guesses = Networks(office.site.stage.clock, office.site.stage.chance, _at_once)
    for _ in range(9 * FREE):
        await guesses.wrong("a")
    assert max(len(times) for times in guesses._times.values()) == 5 * FREE + 1
    for n in range(12_000):
        await guesses.wrong(f"side {n}")
    assert len(guesses._times) == 10_000
    pass_time(office, timedelta(days=1))
    salt = guesses._salt
    await guesses.wrong("b")
    assert len(guesses._times) == 1
    assert guesses._salt != salt


# The session.


async def test_a_session_ends_when_it_is_not_used(office, lan):
    await lan.sign_in()
    for _ in range(3):
        pass_time(office, IDLE - timedelta(seconds=1))
        assert await inside(lan)
    pass_time(office, IDLE)
    assert not await inside(lan)


async def test_a_session_ends_after_a_working_day_however_much_it_is_used(office, lan):
    await lan.sign_in()
    began, step = office.site.stage.clock.now(), timedelta(minutes=10)
    while office.site.stage.clock.now() + step < began + LONGEST:
        pass_time(office, step)
        assert await inside(lan)
    pass_time(office, step)
    assert not await inside(lan)


async def test_whoever_signs_out_is_out_and_the_chat_goes_on(office, lan):
    await lan.sign_in()
    cookie = cookie_of(lan).value
    page = await lan.get("/dashboard")
    out = await lan.post("/dashboard/sign-out", {"csrf": page.field("csrf")})
    assert "Anh/chị đã đăng xuất" in out.words()
    assert not await inside(lan)
    lan.client.cookie_jar.update_cookies({"annhi_staff": cookie})
    assert not await inside(lan)
    assert await lan.says("/viec")


async def test_f49_signing_out_and_in_needs_our_own_page(office, lan):
    await lan.sign_in()
    page = await lan.get("/dashboard")
    assert (await lan.post("/dashboard/sign-out", {"csrf": "x" * 22})).status == 403
    assert (await lan.post("/dashboard/sign-out", {"csrf": ""})).status == 403
    form = {"csrf": page.field("csrf")}
    assert (await lan.post("/dashboard/sign-out", form, Origin=EVIL)).status == 403
    assert await inside(lan)


async def test_a_second_sign_in_of_a_browser_ends_the_first(office, lan):
    await lan.sign_in()
    first = cookie_of(lan).value
    await lan.sign_in()
    assert await inside(lan)
    lan.client.cookie_jar.clear()
    assert not await inside(lan, Cookie=f"annhi_staff={first}")


@pytest.mark.parametrize("cookie", ["", "x" * 22, "é" * 22, "x" * 5000, "a=b"])
async def test_a_strange_cookie_opens_nothing(lan, cookie):
    header = {"Cookie": f"annhi_staff={cookie}".encode().decode("latin-1")}
    assert not await inside(lan, **header)


async def test_whoever_is_removed_is_out_at_once(office, lan):
    await lan.sign_in()
    token = await lan.token()
    async with office.site.store.transaction("test") as work:
        person = await work.people.get("p-lan")
        await remove(Actor(work, office.site.app.kit, name="operator"), person)
    assert not await inside(lan)
    assert (await lan.spend(token)).status == 401
    async with office.site.store.transaction("test") as work:  # nor with the role given back
        await work.people.save(person)
    assert not await inside(lan)
    assert (await lan.spend(token)).status == 401


async def test_an_inactive_person_is_let_in_by_no_link_and_no_cookie(office, lan):
    await lan.sign_in()
    token = await lan.token()
    async with office.site.store.transaction("test") as work:
        await work.people.save(replace(lan.person, active=False))
    assert not await inside(lan)
    assert (await lan.spend(token)).status == 401


async def test_what_has_run_out_is_deleted_with_the_next_link(office, lan):
    from sqlalchemy import func, select

    from storage.tables import login_links, staff_sessions

    await lan.sign_in()
    pass_time(office, LONGEST)
    await lan.token()
    async with office.site.store.reading("test") as work:
        many = [
            (await work._tx.one(select(func.count().label("n")).select_from(table)))["n"]
            for table in (login_links, staff_sessions)
        ]
    assert many == [1, 0]


# "That was not me".


async def second_address(office, staff):
    """Another thread of the same person."""
    header = await office.site.session()
    async with office.site.store.transaction("test") as work:
        thread, _ = await work.webchat.session(header["Authorization"].split()[1])
        contact = await work.contacts.ensure("web", "site", thread, thread, "vi")
        await work.contacts.link(contact.id, staff.person.id)
    return header


async def test_a_sign_in_is_said_on_every_address_of_the_person(office, lan):
    other = await second_address(office, lan)
    await lan.spend(await lan.token())
    heard = [(await lan.hears())[-1], (await office.site.messages(other))["messages"][-1]]
    for one in heard:
        assert one["text"] == "Đăng nhập mới vào trang làm việc lúc 20:15."
        assert [choice["label"] for choice in one["choices"]] == ["Không phải tôi"]


async def test_f49_a_stolen_cookie_is_worth_nothing_after_not_me(office, lan):
    thief, cho = await office.hire("ke", Role.COLLABORATOR, DAI_LOC), await lan.token()
    await lan.spend(cho)
    said = (await lan.hears())[-1]
    stolen = {"Cookie": f"annhi_staff={cookie_of(lan).value}"}
    assert await inside(thief, **stolen)
    unspent = await lan.token()
    answer = await lan.presses(said, "not_me")
    assert "Mọi lần đăng nhập của anh/chị đã kết thúc" in answer[-1]["text"]
    assert not await inside(thief, **stolen)
    assert not await inside(lan)
    assert (await lan.spend(unspent)).status == 401
    assert await office.audit("sign_in_disowned") == [("p-lan", "")]
    await lan.sign_in()
    assert await inside(lan)


async def test_f49_nobody_else_can_end_somebodys_sessions(office, lan):
    await lan.sign_in()
    await lan.spend(await lan.token())
    said = (await lan.hears())[-1]
    other = await office.hire("hoa", Role.DEPUTY, DAI_LOC)
    await other.presses(said, "not_me")
    assert await inside(lan)


async def test_administrators_hear_that_a_stranger_came_in(office, lan):
    ad = await office.hire("ad", Role.ADMIN)
    await lan.spend(await lan.token())
    await lan.presses((await lan.hears())[-1], "not_me")
    heard = [one["text"] for one in await ad.hears()]
    assert any("cán bộ bảo vệ trẻ em báo có người khác đăng nhập" in one for one in heard)


# Over https.


@asynccontextmanager
async def public(office, address):
    """The same program behind a public address."""
    parts = replace(office.site.parts, public_url=address)
    runner, port = await serve(build(parts), "127.0.0.1", 0)
    async with ClientSession() as client:
        yield client, f"http://127.0.0.1:{port}"
    await runner.cleanup()


async def test_behind_a_public_address_the_cookie_is_bound_to_it(office, lan):
    address = "https://annhi.example"
    async with public(office, address) as (client, url):
        form, header = {"token": await lan.token()}, {"Origin": address}
        async with client.post(
            f"{url}/dashboard/sign-in", data=form, headers=header, allow_redirects=False
        ) as answer:
            cookie = answer.headers["Set-Cookie"]
            assert answer.status == 303
        name, _, rest = cookie.partition("=")
        assert name == "__Host-annhi_staff"
        assert {"HttpOnly", "Secure", "SameSite=Lax", "Path=/"} <= set(rest.split("; "))
        assert "Domain" not in cookie
        assert "Max-Age" not in cookie  # it ends with the browser
        header = {"Cookie": f"annhi_staff={rest.split(';')[0]}"}
        async with client.get(f"{url}/dashboard", headers=header) as answer:
            assert "/dashboard/sign-out" not in await answer.text()


async def test_on_ones_own_machine_the_cookie_needs_no_https(office, lan):
    await lan.sign_in()
    cookie = cookie_of(lan)
    assert (cookie.key, cookie["httponly"], cookie["samesite"]) == ("annhi_staff", True, "Lax")
    assert not cookie["secure"]


async def test_where_there_are_no_pages_the_chat_says_so(office, lan):
    office.site.app.kit.channels["web", "site"].link = ""
    await lan.hears()
    (said,) = await lan.says("/web")
    assert said["text"] == "Hệ thống chưa có trang làm việc. Xin hỏi quản trị."


async def test_a_reporter_gets_no_link(office):
    header = await office.site.session()
    await office.site.post(header, id="1", kind="text", text="/web")
    said = (await office.site.messages(header))["messages"]
    assert "dashboard" not in str(said)


# Who comes in sees what the role may see.


async def test_an_administrator_sees_that_everything_works_and_no_case(office, lan):
    ad = await office.hire("ad", Role.ADMIN)
    code = await office.report()
    await ad.sign_in()
    page = await ad.get("/dashboard")
    assert "Tình hình hệ thống" in page.words()
    assert "cán bộ bảo vệ trẻ em" in page.words()
    assert code not in page.text
    assert (await ad.opens(code)).status == 404


async def test_a_collaborator_comes_in_and_sees_no_case(office):
    cho = await office.hire("cho", Role.COLLABORATOR, DAI_LOC)
    code = await office.report()
    await cho.sign_in()
    page = await cho.get("/dashboard")
    assert "Hiện không có việc nào đang mở" in page.words()
    assert code not in page.text
    assert (await cho.opens(code)).status == 404


async def test_each_page_speaks_the_language_of_its_reader(office):
    ann = await office.hire("ann", Role.OFFICER, DAI_LOC, lang="en")
    assert isinstance(ann.person, Person)
    await ann.sign_in()
    assert "There are no open cases." in (await ann.get("/dashboard")).words()
    door = await office.hire("door", Role.OFFICER, DAI_LOC)
    english = {"Accept-Language": "en-GB,en;q=0.9"}
    assert "To sign in, write /web" in (await door.get("/dashboard", **english)).words()
