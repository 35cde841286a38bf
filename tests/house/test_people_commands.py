"""What the operator sees and does about people: invitations that wait, leave, duty."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.__main__ import main
from bot.app import open_store
from bot.config import load
from cases.duty import Leave, LeaveState
from cases.model import Person, Role
from storage.records.people import Invite

CODE = "AAAABBBBCCCCDDDD"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asyncio.run(_staff())
    return tmp_path


async def _staff():
    """An officer on leave, a deputy who stands in, and an invitation that waits."""
    store, _ = await open_store(load())
    async with store.transaction("test") as work:
        for name, role in (("lan", Role.OFFICER), ("hoa", Role.DEPUTY), ("chu", Role.LEADER)):
            await work.people.add(Person(name, role, "20500", name=name.title()))
            contact = await work.contacts.ensure("telegram", "x", name, name)
            await work.contacts.link(contact.id, name)
        leave = Leave("l1", "lan", "hoa", work.now, work.now + timedelta(days=2))
        await work.leaves.add(leave)
        await work.leaves.mark(leave, LeaveState.ACCEPTED)
        invite = Invite(
            Role.COLLABORATOR, "20500", ("Phú Mỹ",), "Hải", made_by="lan", confirmed=False
        )
        await work.invites.create(CODE, invite, work.now + timedelta(hours=48))
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


async def _write(what):
    store, _ = await open_store(load())
    async with store.transaction("test") as work:
        await what(work)
    await store.close()


def test_invitations_that_wait_are_listed_without_their_code(here, capsys):
    code, out, _ = run(capsys, "invite", "--confirm")
    assert code == 0
    assert "collaborator" in out and "Hải" in out and "officer Lan" in out
    assert CODE not in out
    (row,) = json.loads(run(capsys, "invite", "--confirm", "--json")[1])
    assert row["role"] == "collaborator"
    assert row["villages"] == "Phú Mỹ"


def test_a_broken_address_and_a_held_one_are_shown_by_people_and_check(here, capsys):
    async def broken(work):
        (lan,) = await work.contacts.of_person("lan")
        await work.contacts.mark(lan.id, "unverified")
        spare = await work.contacts.ensure("zalobot", "z", "lan", "lan")
        await work.contacts.link(spare.id, "lan")
        later = work.now + timedelta(hours=1)
        await work.outbox.shut_gate("zalobot", "z", later, "quota")

    asyncio.run(_write(broken))
    rows = json.loads(run(capsys, "people", "--json")[1])
    assert next(row["addresses"] for row in rows if row["id"] == "lan") == [
        {"channel": "telegram", "state": "unverified", "held": ""},
        {"channel": "zalobot", "state": "ok", "held": "quota"},
    ]
    assert "[telegram unverified, zalobot ok (held: quota)]" in run(capsys, "people")[1]
    out = run(capsys, "check")[1]
    assert "officer Lan cannot be reached on telegram: they must write there again." in out
    assert "Nothing goes out through zalobot (quota)" in out


@pytest.mark.parametrize("by", ["code", "id"])
def test_the_operator_is_the_second_person_and_whoever_invited_hears_it(here, capsys, by):
    (row,) = json.loads(run(capsys, "invite", "--confirm", "--json")[1])
    code, out, _ = run(capsys, "invite", "--confirm", CODE if by == "code" else row["id"])
    assert code == 0
    assert "works from now on" in out
    assert json.loads(run(capsys, "invite", "--confirm", "--json")[1]) == []

    async def told(work):
        contact = (await work.contacts.of_person("lan"))[0]
        return [one.contact_id == contact.id for one in await work.outbox.told("staff:")]

    assert asyncio.run(_read(told)) == [True]

    async def used(work):
        return await work.audit.recent("invite_confirmed", timedelta(hours=1), "operator")

    assert asyncio.run(_read(used))[0] == 1


@pytest.mark.parametrize("typed", ["nothing", "ab", "ZZZZZZZZZZZZZZZZ"])
def test_what_does_not_wait_is_refused_in_one_sentence(here, capsys, typed):
    code, _, err = run(capsys, "invite", "--confirm", typed)
    assert code == 1
    assert "No invitation waits" in err


def test_people_are_listed_with_duty_and_leave(here, capsys):
    out = run(capsys, "people")[1]
    assert "on leave, hoa stands in" in out
    assert out.count("on duty") == 2
    rows = {row["id"]: row for row in json.loads(run(capsys, "people", "--json")[1])}
    assert rows["lan"]["substitute"] == "hoa"
    assert rows["lan"]["leaves"][0]["accepted"] is True
    assert rows["hoa"]["leaves"] == []
    run(capsys, "people", "--remove", "chu")
    assert "removed" in run(capsys, "people")[1]


def test_the_doctor_shows_leave_and_fails_when_nobody_is_on_duty(here, capsys):
    out = run(capsys, "check")[1]
    assert "officer Lan is on leave, deputy Hoa stands in." in out
    assert "acknowledged a test alert never yet" in out
    assert "wait for a second person: 1" in out
    run(capsys, "people", "--remove", "hoa")  # the leave ends, and whoever was away is called again
    assert "Nobody is on duty" not in run(capsys, "check")[1]

    async def off(work):
        lan = await work.people.get("lan")
        await work.people.save(replace(lan, on_duty=False))

    asyncio.run(_write(off))
    code, out, _ = run(capsys, "check")
    assert code == 1
    assert "Nobody is on duty in Đại Lộc" in out


def test_a_roster_knows_who_works_here_however_the_name_is_written(here, capsys):
    head = "what,commune,role,name,village,aliases,landmark,collaborator,substitute\n"
    lines = "person,20500,officer, LAN ,,,,,\nperson,20500,officer,Lan Anh,,,,,\n"
    (here / "roster.csv").write_text(head + lines, encoding="utf-8-sig")
    code, out, _ = run(capsys, "org", "import", "roster.csv", "--dry-run")
    assert (code, out) == (0, "0 villages, 1 people to invite, 1 known.\n")
