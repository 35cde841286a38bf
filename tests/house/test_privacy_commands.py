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
from cases.data_rights import NO_NOTICE, NOTICE_PARTS
from cases.model import Case, Level, Person, Role, Status
from handlers.actions.audit_heads import KIND as HEADS
from handlers.mornings import SUMMARIES
from storage.erasure import erase_case
from storage.register import Register

PARTS = NOTICE_PARTS[1:]


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


_MORNING = (HEADS, *SUMMARIES)


async def told(work):
    """What people are told; but from 07:30 till noon a restore also sends the morning's own messages."""
    people = {}
    for row in await work._tx.all(_outbox()):
        contact = await work.contacts.get(row["contact_id"])
        kind = row["key"].split(":")[1]
        if kind not in _MORNING:
            people.setdefault(contact.person_id, []).append(kind)
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
    code, out, _ = run(capsys, "breach", "close", "1", "đã", "khóa", "máy")
    assert (code, "people whose data it is were told is not recorded" in out) == (0, True)
    assert "điều đã rõ" in run(capsys, "breach", "draft", "1")[1]


def test_who_was_told_of_a_breach_stands_in_its_record(here, capsys):
    run(capsys, "breach", "new", "--what", "một thư", *[f"--{one}=rõ" for one in PARTS])
    assert run(capsys, "breach", "tell", "1", "--whom", "people", "--how", "thư")[0] == 0
    row = _breach(capsys)
    assert (row["state"], bool(row["people_told_at"]), row["told_at"]) == ("open", True, None)
    assert asyncio.run(_read(_clocks)) == ["breach"]
    code, _, err = run(capsys, "breach", "close", "1", "xong")
    assert (code, "not recorded yet" in err) == (1, True)
    assert run(capsys, "breach", "tell", "1", "--how", "công văn 3")[0] == 0
    assert run(capsys, "breach", "tell", "1", "--whom", "Nguyễn Văn Kín", "--how", "gọi")[0] == 0
    out = run(capsys, "breach", "close", "1", "đã đổi khóa")[1]
    assert out == "Breach no. 1: closed. The record is kept for five years.\n"
    assert [one["whom"] for one in _breach(capsys)["told"]] == [
        "people", "authority", "Nguyễn Văn Kín",
    ]  # fmt: skip
    assert asyncio.run(_read(_audit)) == [
        ("breach_open", {}), ("breach_told", {"whom": "people"}),
        ("breach_told", {"whom": "authority"}), ("breach_told", {"whom": "other"}),
        ("breach_closed", {}),
    ]  # fmt: skip


@pytest.mark.parametrize("reason", NO_NOTICE)
def test_a_breach_of_which_nobody_must_be_told_ends_with_the_reason_and_nobody_is_reminded(
    here, capsys, reason
):
    run(capsys, "breach", "new", "--noticed", "2020-11-23 20:15", "--what", "mất một điện thoại")
    assert asyncio.run(_read(_clocks)) == ["breach"]
    assert run(capsys, "breach", "close", "1", "tìm thấy rồi")[0] == 1
    words = ("breach", "close", "1", "--without-notice", reason, "tìm", "thấy", "rồi")
    code, out, _ = run(capsys, *words)
    assert (code, out.startswith("Breach no. 1: closed without a notice.")) == (0, True)
    assert asyncio.run(_read(_clocks)) == []
    assert asyncio.run(_read(told)) == {"chu": ["breach"] * 2, "root": ["breach"] * 2}
    row = _breach(capsys)
    assert (row["state"], row["told_at"], bool(row["closed_at"])) == ("closed", None, True)
    assert row["without_notice"] == reason
    assert f"without notice: {reason}" in run(capsys, "breach", "list")[1]
    assert "mất một điện thoại" in run(capsys, "breach", "draft", "1")[1]
    assert run(capsys, *words)[0] == 1
    assert asyncio.run(_read(_audit))[-1] == ("breach_closed", {"without_notice": reason})
    assert asyncio.run(_read(_closing)) == ("tìm thấy rồi", "operator")


def _breach(capsys):
    (row,) = json.loads(run(capsys, "breach", "list", "--json")[1])
    return row


async def _clocks(work):
    one = await work.breaches.by_no(1)
    return [timer.kind for timer in await work.timers.armed(f"breach:{one.id}")]


async def _audit(work):
    """What the log says of it, beside the number."""
    from sqlalchemy import select

    from storage.tables import audit

    found = []
    for row in await work._tx.all(select(audit).where(audit.c.act.like("breach%"))):
        detail = await work._tx.open("system", f"audit|detail|{row['n']}", row["detail"])
        found.append((row["act"], {**json.loads(detail)}))
    assert {detail.pop("no") for _, detail in found} == {1}
    return found


async def _closing(work):
    body = (await work.breaches.by_no(1)).body
    return body["closing"], body["closed_by"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["rights", "answer", "9"], "no request with this number"),
        (["rights", "new", "see", "--code", "nothing"], "This code is not right"),
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


def test_a_request_tells_nobody_whether_there_is_such_a_case(here, capsys):
    """A code that is there, one that is not, one that was erased: the same words, the same list."""
    codes = (*asyncio.run(_two_cases()), "2222-2222")
    for more in ((), ("--commune", "20506")):
        said = [run(capsys, "rights", "new", "see", "--code", one, *more) for one in codes]
        plain = [(code, re.sub(r"no\. \d", "", out), err) for code, out, err in said]
        assert plain[0][::2] == (0, "")
        assert len(set(plain)) == 1
    rows = [dict(row) for row in json.loads(run(capsys, "rights", "list", "--json")[1])]
    rows.sort(key=lambda row: row["no"])
    assert [row["commune"] for row in rows] == [""] * 3 + ["20506"] * 3
    alike = [{k: v for k, v in row.items() if k not in ("no", "made_at", "due_at")} for row in rows]
    assert alike[:3] == [alike[0]] * 3
    assert alike[3:] == [alike[3]] * 3


def test_a_request_about_a_case_reaches_its_leader_and_one_about_none_the_city(here, capsys):
    there, _ = asyncio.run(_two_cases())
    run(capsys, "rights", "new", "see", "--code", "2222-2222")
    assert asyncio.run(_read(told)) == {"boss": ["rights"]}
    run(capsys, "rights", "new", "see", "--code", there.lower().replace("-", " "))
    assert asyncio.run(_read(told)) == {"boss": ["rights"], "chu": ["rights"]}
    assert asyncio.run(_read(_about)) == [("", "2222-2222"), (there, there)]


async def _about(work):
    found = [await work.rights.by_no(no) for no in (1, 2)]
    return [(one.case_id, one.body["typed"]["code"]) for one in found]


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
        ("breach", "new", "--what", "không có gì"),
        ("breach", "close", "3", "--without-notice", "no_breach", "nhầm"),
        ("rights", "new", "see", "--code", "2222-2222"),
    ):  # fmt: skip
        assert run(capsys, *words)[0] == 0, words
    before = _records(capsys)
    for one in Path("var").glob("annhi.db*"):
        one.unlink()
    assert run(capsys, "restore", "b")[0] == 0
    assert _records(capsys) == before
    assert [row["state"] for row in before[0]] == ["acked", "closed", "new", "new"]
    assert [row["state"] for row in before[1]] == ["closed", "open", "closed"]
    assert asyncio.run(_read(told)) == {
        "chu": ["rights"] * 3 + ["breach"] * 4,
        "root": ["breach"] * 4,
        "boss": ["rights"],
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
