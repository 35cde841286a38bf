"""F54 on the pages, papers, figures, posters and the machine's own side: nobody reads what is not for them."""

import ast
import builtins
import importlib
import io
import logging
import re
import sys
import threading
import zipfile
from contextlib import suppress
from pathlib import Path

from aiohttp import ClientSession, FormData, web

from bot.logs import catch_the_rest
from cases.model import Role
from tests.pages.test_staff_admin_blind import _routes
from tests.support.canary import (
    HIDDEN,
    NAME,
    REPORT,
    TOLD,
    found_in,
    keys_of,
    listening,
    on_the_disk,
    picture,
)
from tests.support.fake_telegram import TOKEN
from tests.support.office import ELSEWHERE
from tests.support.pins import PIN
from tests.support.site import SECRET
from web.app import serve
from web.security import guard

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "web", "handlers", "notifications", "storage", "cases", "locales")
WATCHED = ("/metrics", "/healthz", "/readyz")


async def play(office, lan):
    """Reported with everything, a picture too, taken, and told to the police; its code."""
    code = await office.report(REPORT, "xã Đại Lộc")
    await lan.does(await lan.opens(code), "acknowledge")
    refer = await lan.get(f"/dashboard/case/{code}/refer")
    await lan.does(refer, "refer", purpose="police_crime", fields="all", way="phone")
    header = await office.site.session()
    for n, text in enumerate(("sos", "xã Đại Lộc")):
        await office.site.post(header, id=f"p{n}", kind="text", text=text)
        await office.site.messages(header)
    form = FormData({"id": "pic"})
    form.add_field("file", io.BytesIO(picture()), filename=f"{NAME}.jpg")
    url = f"{office.site.url}/api/chat/media"
    await (await office.site.client.post(url, data=form, headers=header)).release()
    await office.site.messages(header)
    return code


def secrets(office, folder):
    tokens = [one.header["Authorization"].split()[1] for one in office.people]
    return (TOKEN, SECRET, PIN, *tokens, *keys_of(folder / "keys.json"))


async def everything(office, who, code):
    """(address, answer with its headers) of every page there is, for this person, or for nobody."""
    fills = {
        "code": code,
        "act": "note",
        "paper": "01-0",
        "token": "x" * 22,
        "file": "f1",
        "kind": "a",
    }
    client = who.client if who else office.site.client
    for method, path in _routes(office.site):
        if method != "GET" or path == "/api/chat/events":
            continue
        where = re.sub(r"{(\w+)[^}]*}", lambda found: fills.get(found[1], code), path)
        async with client.get(f"{office.site.url}{where}", allow_redirects=False) as answer:
            yield where, str(dict(answer.headers)).encode() + await answer.read()


async def test_f54_what_was_told_stands_on_the_page_of_its_case_only(office, lan, tmp_path):
    code = await play(office, lan)
    na = await (await office.hire("na", Role.OFFICER, ELSEWHERE)).sign_in()
    tam = await (await office.hire("tam", Role.SUPERVISOR)).sign_in()
    hidden = secrets(office, tmp_path)
    here = f"/dashboard/case/{code}"
    with listening() as log:
        for who in (lan, na, tam, None):
            async for where, seen in everything(office, who, code):
                assert found_in(seen, (HIDDEN, *hidden)) == set(), where
                told = found_in(seen, TOLD)
                if who is lan and where.partition("?")[0].startswith(here):
                    continue
                assert told == set(), (who and who.person.id, where)
        # What nobody may send comes back to nobody, and stands in no log.
        for method, path in _routes(office.site):
            where = re.sub(r"{(\w+)[^}]*}", NAME, path)
            url, data = f"{office.site.url}{where}", {"text": [REPORT], "reason": REPORT}
            if where == "/api/chat/events":
                continue
            async with lan.client.request(method, url, json=data, headers={"X-A": "x"}) as answer:
                seen = str(dict(answer.headers)).encode() + await answer.read()
                assert found_in(seen, TOLD) == set(), f"{method} {path}"
        async for path, seen in watched(office.site):
            assert found_in(seen, (*TOLD, *hidden, code)) == set(), path
    assert NAME in (await lan.opens(code)).text, "the words came through"
    assert found_in(log.getvalue(), (*TOLD, *hidden)) == set()
    assert on_the_disk(tmp_path, (*TOLD, *hidden[:2], *hidden[3:])) == []


async def watched(site):
    async with ClientSession() as client:
        for path in WATCHED:
            async with client.get(f"{site.admin}{path}") as answer:
                yield path, await answer.read()


# Papers and figures


def unzipped(body):
    """Every part of a document or a sheet, with its name."""
    with zipfile.ZipFile(io.BytesIO(body)) as whole:
        return b"\n".join(one.encode() + whole.read(one) for one in whole.namelist())


async def taken(staff, path, **form):
    """What a browser saves, and its headers."""
    url, origin = f"{staff.office.site.url}{path}", {"Origin": staff.office.site.url}
    csrf = (await staff.get("/dashboard")).field("csrf")
    async with staff.client.post(url, data={"csrf": csrf, **form}, headers=origin) as answer:
        assert answer.status == 200
        return str(dict(answer.headers)), await answer.read()


async def test_f54_a_form_holds_what_it_asks_for_and_no_picture_number_or_secret(
    office, lan, tmp_path
):
    code = await play(office, lan)
    page = await lan.opens(code)
    papers = sorted(set(re.findall(rf"/dashboard/case/{code}/paper/([\w-]+)", page.text)))
    assert len(papers) > 2
    hidden = secrets(office, tmp_path)
    for one in papers:
        headers, body = await taken(lan, f"/dashboard/case/{code}/paper/{one}")
        assert found_in(headers, (*TOLD, *hidden)) == set(), one
        seen = unzipped(body)
        assert found_in(seen, (HIDDEN, *hidden)) == set(), one
        assert not re.search(rb"word/(media|embeddings)/", seen), one
        properties = zipfile.ZipFile(io.BytesIO(body)).read("docProps/core.xml")
        assert found_in(properties, (*TOLD, "p-lan", code)) == set(), one


async def test_f54_figures_hold_numbers_and_nothing_that_was_told(office, lan, chu, tmp_path):
    code = await play(office, lan)
    hidden = secrets(office, tmp_path)
    for whom in ("inside", "outside"):
        form = {"month": "2026-11", "pin": PIN, "for": whom}
        headers, body = await taken(chu, "/dashboard/figures", **form)
        assert found_in(headers, (*TOLD, *hidden, code)) == set()
        assert found_in(unzipped(body), (*TOLD, *hidden, code, "p-lan")) == set()


# Whatever is raised


def _caught():
    """Every class of exception that our code names: caught, raised, or its own."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            named = [one.type for one in ast.walk(tree) if isinstance(one, ast.ExceptHandler)]
            parts = [p for one in named if one for p in getattr(one, "elts", [one])]
            for one in parts:
                yield path.relative_to(ROOT), ast.unparse(one)


def exceptions():
    """The classes themselves, by where they are caught."""
    found = {}
    for path, name in _caught():
        if "migrations" in path.parts or path.stem in ("__main__", "media"):
            continue
        module = importlib.import_module(".".join(path.with_suffix("").parts))
        value = _value(module, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, type) and issubclass(one, Exception):
                found[f"{one.__module__}.{one.__qualname__}"] = one
    return list(found.values())


def _value(module, name):
    first, *rest = name.split(".")
    value = getattr(module, first, getattr(builtins, first, None))
    for one in rest:
        value = getattr(value, one, None)
    return value


def raised(kind):
    """One of this kind that quotes the report in every way it can, met by another that does."""
    error = _made(kind)
    error.add_note(REPORT)
    error.__cause__ = KeyError(REPORT)
    with suppress(kind):
        raise error
    return error


def _made(kind):
    with suppress(Exception):
        return kind(REPORT)
    if hasattr(kind, "from_exception_data"):  # pydantic's
        return kind.from_exception_data(REPORT, [])
    error = kind.__new__(kind)
    error.args = (REPORT, TOKEN)
    return error


def test_f54_no_exception_that_we_know_of_quotes_anybody_in_a_log(monkeypatch):
    known = exceptions()
    assert len(known) > 40
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(logging, "raiseExceptions", False)
    with listening() as log:
        catch_the_rest()
        for kind in known:
            error = raised(kind)
            logging.getLogger("handlers.turn").error("it failed", exc_info=error)
            logging.getLogger("bot").error(error)
            logging.getLogger("bot.loops").error("%s: %r", kind, error)
            logging.getLogger("a.library").error("broke on %r", REPORT, exc_info=error)
            sys.excepthook(type(error), error, error.__traceback__)
        logging.captureWarnings(capture=False)
    assert log.getvalue().count('"bug": ') >= 3 * len(known)
    assert found_in(log.getvalue(), (*TOLD, TOKEN)) == set()


async def test_f54_no_exception_that_we_know_of_quotes_anybody_in_an_answer(office):
    known = exceptions()

    async def breaks(request):
        raise raised(known[int(request.match_info["n"])])

    app = web.Application(middlewares=[guard])
    for key, value in office.site._public.app.items():
        app[key] = value
    app.router.add_get("/{n}", breaks)
    runner, port = await serve(app, "127.0.0.1", 0)
    with listening() as log:
        async with ClientSession() as client:
            for n in range(len(known)):
                async with client.get(f"http://127.0.0.1:{port}/{n}") as answer:
                    seen = f"{answer.reason}{dict(answer.headers)}".encode() + await answer.read()
                assert found_in(seen, (*TOLD, TOKEN)) == set(), known[n]
    await runner.cleanup()
    assert found_in(log.getvalue(), (*TOLD, TOKEN)) == set()


async def test_f54_a_turn_that_breaks_in_any_way_quotes_nobody(office, monkeypatch, tmp_path):
    import handlers.turn

    known = exceptions()
    left = list(known)

    async def breaks(actor, incoming):
        raise raised(left.pop())

    monkeypatch.setattr(handlers.turn, "take", breaks)
    with listening() as log:
        for n in range(len(known)):
            header = await office.site.session()
            await office.site.post(header, id=f"x{n}", kind="text", text=REPORT)
            await office.site.stage.settle()
        async for path, seen in watched(office.site):
            assert found_in(seen, TOLD) == set(), path
    assert left == []
    assert found_in(log.getvalue(), (*TOLD, TOKEN)) == set()
    assert on_the_disk(tmp_path, TOLD) == []
