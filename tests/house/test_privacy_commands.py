"""`bot rights` and `bot breach`: records with the law's clocks, and no content for the operator."""

import asyncio
import json
import re
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.app import open_store
from bot.config import load
from cases.codes import read_code
from cases.model import Case, Level, Person, Role, Status
from storage.erasure import erase_case
from storage.register import Register


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asyncio.run(_staff())
    return tmp_path


async def _staff():
    store, _ = await open_store(load())
    async with store.transaction("test") as work:
        for name, role, commune in (
            ("chu", Role.LEADER, "20500"), ("boss", Role.SUPERVISOR, ""), ("root", Role.ADMIN, ""),
        ):  # fmt: skip
            await work.people.add(Person(name, role, commune, name=name.title()))
            contact = await work.contacts.ensure("telegram", "x", name, name)
            await work.contacts.link(contact.id, name)
    await store.close()


def run(capsys, *words):
    code = main(list(words))
    out = capsys.readouterr()
    return code, out.out, out.err


async def _read(what):
    store, _ = await open_store(load())
    async with store.reading("test") as work:
        found = await what(work)
    await store.close()
    return found


async def told(work):
    rows = await work._tx.all(_outbox())
    people = {}
    for row in rows:
        contact = await work.contacts.get(row["contact_id"])
        people.setdefault(contact.person_id, []).append(row["key"].split(":")[1])
    return people


def _outbox():
    from sqlalchemy import select

    from storage.tables import outbox

    return select(outbox.c.contact_id, outbox.c.key)


def test_a_request_by_paper_is_taken_acknowledged_extended_once_and_refused_with_a_reason(
    here, capsys
):
    secret = "tôi là Nguyễn Văn Kín"
    code, out, _ = run(capsys, "rights", "new", "erase", "--commune", "20500", "--text", secret)
    assert code == 0
    assert "no. 1" in out
    rows = json.loads(run(capsys, "rights", "list", "--json")[1])
    assert [(row["no"], row["what"], row["state"]) for row in rows] == [(1, "erase", "new")]
    assert "Kín" not in json.dumps(rows, ensure_ascii=False)
    assert asyncio.run(_read(told)) == {"chu": ["rights"]}
    assert run(capsys, "rights", "answer", "1")[0] == 0
    assert run(capsys, "rights", "extend", "1", "nhiều", "hồ", "sơ")[0] == 0
    code, _, err = run(capsys, "rights", "extend", "1", "nữa")
    assert (code, "once already" in err) == (1, True)
    code, _, err = run(capsys, "rights", "close", "1", "--outcome", "refused")
    assert (code, "needs a reason" in err) == (1, True)
    close = ("rights", "close", "1", "--outcome", "refused", "--reason", "protect")
    assert run(capsys, *close)[0] == 0
    code, _, err = run(capsys, *close)
    assert (code, "answered already" in err) == (1, True)
    (row,) = json.loads(run(capsys, "rights", "list", "--all", "--json")[1])
    assert row["outcome"] == "refused:protect"

    async def armed(work):
        one = await work.rights.by_no(1)
        return await work.timers.armed(f"rights:{one.id}")

    assert asyncio.run(_read(armed)) == []


def test_a_breach_runs_from_when_it_was_noticed_until_the_authority_was_told(here, capsys):
    new = ("breach", "new", "--noticed", "2020-11-23 20:15", "--what", "mất một điện thoại")
    code, out, _ = run(capsys, *new)
    assert code == 0
    assert "72 hours of 23/11/2020 20:15" in out
    assert "still lacks" in out
    assert asyncio.run(_read(told)) == {"chu": ["breach"], "root": ["breach"]}
    code, _, err = run(capsys, "breach", "tell", "1", "--how", "công văn 3")
    assert (code, "still lacks" in err) == (1, True)
    code, _, err = run(capsys, "breach", "close", "1", "xong")
    assert (code, "not recorded yet" in err) == (1, True)
    parts = ("whose", "count", "when", "consequences", "measures", "contact")
    assert run(capsys, "breach", "add", "1", *[f"--{one}=điều đã rõ" for one in parts])[0] == 0
    draft = run(capsys, "breach", "draft", "1")[1]
    assert "DỰ THẢO" in draft
    assert "mất một điện thoại" in draft
    assert "Still missing" not in draft
    assert run(capsys, "breach", "tell", "1", "--how", "công văn 3")[0] == 0
    (row,) = json.loads(run(capsys, "breach", "list", "--json")[1])
    assert row["state"] == "told"
    assert [one["whom"] for one in row["told"]] == ["authority"]
    assert run(capsys, "breach", "close", "1", "đã", "khóa", "máy")[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["rights", "answer", "9"], "no request with this number"),
        (["rights", "new", "see", "--code", "7KQ4-2MDJ"], "There is no file 7KQ4-2MDJ"),
        (["breach", "new"], "what happened"),
        (["breach", "new", "--what", "x", "--noticed", "2999-01-01 10:00"], "later than now"),
        (["breach", "new", "--what", "x", "--noticed", "yesterday"], "Write the time as"),
        (["breach", "new", "--what", "x", "--case", "nothing"], "This code is not right"),
        (["breach", "draft", "4"], "no open breach"),
    ],
)
def test_what_cannot_be_says_why_in_one_sentence(here, capsys, words, said):
    code, _, err = run(capsys, *words)
    assert code == 1
    assert said in err
    assert "Traceback" not in err


def test_a_breach_tells_nobody_whether_there_is_such_a_case(here, capsys):
    """A code that is there, one that is not, one that was erased: the same words."""
    there, gone = asyncio.run(_two_cases())
    said = [
        run(capsys, "breach", "new", "--what", "x", "--case", one)
        for one in (there, gone, "2222-2222")
    ]
    assert {read_code(one) is None for one in (there, gone, "2222-2222")} == {False}
    assert {(code, err, re.sub(r"no\. \d", "", out)) for code, out, err in said} == {
        (0, "", re.sub(r"no\. \d", "", said[0][1]))
    }
    listed = run(capsys, "cases")[1]
    assert there in listed
    assert gone not in listed
    assert [row["code"] for row in json.loads(run(capsys, "cases", "--json")[1])] == [there]


async def _two_cases():
    """The codes of a case and of one that was erased."""
    store, _ = await open_store(load())
    async with store.transaction("test") as work:
        at = work.now
        for code in ("7KQ4-2MDJ", "2345-678N"):
            case = Case(
                code, code, "20500", Level.LOW, "other", Status.CLOSED, 1, at, at, closed_at=at
            )
            await work.cases.insert(case, code)
        await erase_case(work, Register(load().journal_dir), "2345-678N", "asked")
    await store.close()
    return "7KQ4-2MDJ", "2345-678N"


def test_f23_requests_and_breaches_after_the_copy_are_there_after_a_restore(here, capsys):
    assert run(capsys, "backup", "b")[0] == 0
    parts = [
        f"--{one}=điều đã rõ" for one in ("whose", "count", "when", "consequences", "measures")
    ]
    for words in (
        ("rights", "new", "see", "--commune", "20500", "--text", "cho tôi xem"),
        ("rights", "new", "erase", "--commune", "20500"),
        ("rights", "new", "correct", "--commune", "20500"),
        ("rights", "answer", "1", "đang", "xem"),
        ("rights", "extend", "1", "nhiều", "hồ", "sơ"),
        ("rights", "close", "2", "--outcome", "refused", "--reason", "protect"),
        ("breach", "new", "--noticed", "2020-11-23 20:15", "--what", "mất một điện thoại"),
        ("breach", "add", "1", *parts, "--contact=0236"),
        ("breach", "tell", "1", "--how", "công văn 3"),
        ("breach", "new", "--what", "một thư"),
        ("breach", "close", "1", "đã", "khóa", "máy"),
    ):  # fmt: skip
        assert run(capsys, *words)[0] == 0, words
    before = _records(capsys)
    for one in Path("var").glob("annhi.db*"):
        one.unlink()
    assert run(capsys, "restore", "b")[0] == 0
    assert _records(capsys) == before
    assert [row["state"] for row in before[0]] == ["acked", "closed", "new"]
    assert [row["state"] for row in before[1]] == ["closed", "open"]
    assert asyncio.run(_read(told)) == {
        "chu": ["rights"] * 3 + ["breach"] * 2,
        "root": ["breach"] * 2,
    }


def _records(capsys):
    """Every request and breach; of a time only that there is one, for a replay moves by seconds."""
    found = [
        json.loads(run(capsys, *words, "--json")[1])
        for words in (("rights", "list", "--all"), ("breach", "list"))
    ]
    return [[_timeless(row) for row in sorted(rows, key=lambda row: row["no"])] for rows in found]


def _timeless(row):
    plain = {name: value for name, value in row.items() if name != "told"}
    return {name: bool(value) if name.endswith("_at") else value for name, value in plain.items()}
