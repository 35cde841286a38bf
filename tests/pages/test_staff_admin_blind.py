"""The administrator reads every surface there is, and finds no word of a case (TRUST.md section 14, P12).

A rich case is played with canaries in it; then every address, every word and button of the chat, every
command of the machine and everything an administrator is told is looked through for them.
"""

import asyncio
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from cases.model import Role
from tests.support import database
from tests.support.office import DAI_LOC, Office
from tests.support.pins import PIN

ROOT = Path(__file__).parents[2]
# What was told of the child and by whom, in words that stand nowhere else.
CANARIES = ("Nguyên Hạ", "nguyen ha", "thắt lưng", "that lung", "Cầu Gỗ Đỏ", "cau go do", "0905714263",
            "0905 714 263", "bà ngoại kể", "ba ngoai ke", "Trường Kim Tước", "kim tuoc")  # fmt: skip
WORDS = ("/viec", "/vu {code}", "{code}", "/tim Nguyên Hạ", "/tim {code}", "/tim", "/giay {code}", "/truc",
         "/nghi", "/xinmo", "/moi", "hủy", "thắt lưng", "/theodoi", "/trogiup", "alo")  # fmt: skip
COMMANDS = (("people", "--json"), ("cases", "--json"), ("check", "--json"))


@pytest.fixture
async def office(tmp_path):
    made = await Office.open(tmp_path)
    yield made
    await made.close()


async def _play(office, lan):
    """Reported with words and a number, taken, worked on, and closed to nobody."""
    header, before = await office.site.session(), await office.codes()
    said = ["bà ngoại kể con Nguyên Hạ bị đánh bằng thắt lưng gần Cầu Gỗ Đỏ, đang rất nguy hiểm", "xã Đại Lộc",
            "0905 714 263"]  # fmt: skip
    for n, text in enumerate(said):
        await office.site.post(header, id=f"w{n}", kind="text", text=text)
        asked = (await office.site.messages(header))["messages"][-1]
        if n == 0 and asked.get("choices"):
            press = {"id": "w9", "kind": "choice", "prompt": asked["prompt"], "option": "now"}
            await office.site.post(header, **press)
            await office.site.messages(header)
    (code,) = await office.codes() - before
    page = await lan.opens(code)
    assert "Nguyên Hạ" in page.text
    await lan.does(page, "acknowledge")
    note = {"what": "call", "text__words": "gọi Trường Kim Tước, số 0905714263"}
    await lan.does(await lan.get(f"/dashboard/case/{code}/note"), "note", **note)
    return code


def _routes(site):
    """Every address of the program, with its method."""
    for route in site._public.app.router.routes():
        info = route.resource.get_info() if route.resource else {}
        path = info.get("path") or info.get("formatter")
        if path and route.method in ("GET", "POST"):
            yield route.method, path


async def _pages(ad, code, person):
    """What each address answers to a browser that is signed in as administrator."""
    csrf = (await ad.get("/dashboard/pin")).field("csrf")
    fills = {
        "code": code,
        "act": "note",
        "paper": "01-0",
        "token": "x" * 22,
        "file": "f1",
        "kind": "a",
    }
    form = {"csrf": csrf, "text": "bi danh", "code": code, "reason": "cần xem ngay vì trẻ",
            "person": person, "month": "2026-11", "for": "inside", "rev": "1", "submission": "s",
            "commune": DAI_LOC, "pin": PIN}  # fmt: skip
    for method, path in _routes(ad.office.site):
        if path in (
            "/dashboard/sign-out",
            "/dashboard/pin",
            "/dashboard/sign-in",
            "/api/chat/events",
        ):
            continue
        where = re.sub(r"{(\w+)[^}]*}", lambda found: fills.get(found[1], code), path)
        answer = await (ad.get(where) if method == "GET" else ad.sends(where, form))
        yield f"{method} {where}", answer


async def _chat(ad, code):
    """Everything that is said to an administrator who types and presses whatever there is."""
    said = []
    for word in WORDS:
        said += await ad.says(word.format(code=code))
    pressed = set()
    for _ in range(30):
        offers = [
            (one, choice["option"])
            for one in said
            if one.get("prompt")
            for choice in one.get("choices", ())
            if (one["prompt"], choice["option"]) not in pressed
        ]
        if not offers:
            break
        message, option = offers[-1]
        pressed.add((message["prompt"], option))
        said += await ad.presses(message, option)
    return said


def _commands(folder):
    env = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT),
        "ANNHI_DATABASE_URL": database.url(folder),
        "ANNHI_KEY_FILE": str(folder / "keys.json"), "ANNHI_JOURNAL_DIR": str(folder / "journal"),
    }  # fmt: skip
    one_start = f"from bot.__main__ import main\nfor one in {COMMANDS!r}: print(one, main(one))"
    done = subprocess.run(
        [sys.executable, "-c", one_start], cwd=folder, env=env, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


def _found(texts):
    return [
        (where, one) for where, text in texts for one in CANARIES if one.lower() in text.lower()
    ]


async def test_f52_an_administrator_reads_every_surface_and_finds_no_word_of_a_case(
    office, tmp_path
):
    lan = await (await office.hire("lan", Role.OFFICER, DAI_LOC)).sign_in()
    ad = await (await office.hire("ad", Role.ADMIN)).sign_in()
    code = await _play(office, lan)
    pages = [(where, one.text) async for where, one in _pages(ad, code, "p-lan")]
    assert len(pages) > 50
    assert not _found(pages)
    # Nor does any page say that there is such a case; the door of invitations says what was typed.
    assert not [where for where, text in pages if code in text and "/join/" not in where]
    said = [("chat", one["text"] + str(one.get("choices", ""))) for one in await _chat(ad, code)]
    assert len(said) > len(WORDS)
    office.site.app.kit.clock.advance(timedelta(hours=30))
    await office.site.stage.settle()
    said += [("told", one["text"]) for one in await ad.hears()]
    assert not _found(said)
    told = await asyncio.to_thread(_commands, tmp_path)
    assert code in told  # `bot cases`: code, level and times, for the operator of the machine
    assert not _found([("commands", told)])
    assert ("p-ad", (await office.case(code)).id) in await office.audit("refused")
    assert not [actor for actor, _ in await office.audit("read") if actor == "p-ad"]


async def test_the_same_look_finds_the_words_where_they_may_be_read(office):
    """The other way round: nothing above is missing because nothing was looked for."""
    lan = await (await office.hire("lan", Role.OFFICER, DAI_LOC)).sign_in()
    code = await _play(office, lan)
    pages = [(where, one.text) async for where, one in _pages(lan, code, "p-lan")]
    assert {one for _, one in _found(pages)} >= {
        "Nguyên Hạ",
        "thắt lưng",
        "Cầu Gỗ Đỏ",
        "0905714263",
    }
