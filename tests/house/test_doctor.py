"""Each fault that keeps an alert from reaching somebody is named by the doctor, with what mends it."""

import asyncio
import socket
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.app import open_store
from bot.commands.doctor import examine, working_days
from bot.commands.finding import room
from bot.config import load
from cases.model import Person, Role, Timer
from cases.times.calendar import ZONE, DayChange, local, tet
from storage.ledgers.inbox import Received
from storage.ledgers.outbox import Message
from storage.records.areas import AreaRow, Owners
from tests.support.pseudo import LANG, write_language

LAN = Person("lan", Role.OFFICER, "20500", name="Lan")


@pytest.fixture
def config(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("ANNHI_ADMIN_PORT", str(port))
    return load()


async def _said(config, prepare):
    store, _ = await open_store(config)
    async with store.transaction("test") as work:
        await work.people.add(LAN)
        for channel in ("telegram", "web"):
            contact = await work.contacts.ensure(channel, "x", "lan", "lan")
            await work.contacts.link(contact.id, "lan")
        await prepare(work)
    await store.close()
    return [f"{one.level} {one.sentence}" for one in await examine(config)]


async def test_a_blocked_address_is_named_while_another_still_works(config):
    async def blocked(work):
        contact = await work.contacts.by_address("telegram", "x", "lan")
        await work.contacts.mark(contact.id, "blocked")

    said = await _said(config, blocked)
    assert "warning officer Lan cannot be reached on telegram: they must write there again." in said


async def test_a_trial_is_not_taken_for_the_real_thing(config):
    (line,) = [one for one in await examine(config) if one.about == "settings"]
    assert line.level == "ok"
    trial = await examine(config.model_copy(update={"env": "demo"}))
    (line,) = [one for one in trial if one.about == "settings"]
    assert (line.level, "ANNHI_ENV" in line.sentence) == ("warning", True)


async def test_what_a_language_lacks_is_listed(config, tmp_path):
    folder = write_language(tmp_path / "more", without=("talk-hello", "notice-alert"))
    (folder / "ktv.ftl").write_text("language-name = Cơ Tu\n", "utf-8")
    found = await examine(config.model_copy(update={"languages_dir": folder}))
    whole, short = [one for one in found if one.about == "languages"]
    assert (whole.level, short.level) == ("warning", "warning")
    assert (
        f"{LANG} lacks 2 sentences, said in Vietnamese instead: notice-alert, talk-hello."
        in whole.sentence
    )
    assert short.sentence.endswith(", ….")
    folder = write_language(tmp_path / "doubtful", without=("notice-reporter_letter",))
    with (folder / f"{LANG}.ftl").open("a", encoding="utf-8") as file:
        file.write("\nnotice-reporter_letter = { $lost }\n")
    found = await examine(config.model_copy(update={"languages_dir": folder}))
    whole, doubtful = [one for one in found if one.about == "languages"]
    assert (whole.level, doubtful.level) == ("ok", "warning")
    assert doubtful.sentence.endswith("to call than ours: notice-reporter_letter.")
    folder = write_language(tmp_path / "whole")
    found = await examine(config.model_copy(update={"languages_dir": folder}))
    assert [one.level for one in found if one.about == "languages"] == ["ok"]


async def test_a_village_without_a_collaborator_is_named_with_its_commune(config):
    async def villages(work):
        for code, name in (("v1", "Mỹ Hảo"), ("v2", "Quảng Huế")):
            await work.areas.put([AreaRow(code, "village", name, "20500")])
        owned = next(row for row in await work.areas.rows() if row.code == "v2")
        await work.areas.set_owners(owned, Owners("Hoa", ""))

    said = "\n".join(await _said(config, villages))
    assert "No collaborator is named for Mỹ Hảo (Đại Lộc): bot org import FILE.csv." in said


async def test_messages_that_did_not_arrive_are_counted_by_person(config):
    async def dead(work):
        contact = await work.contacts.by_address("telegram", "x", "lan")
        for n in range(2):
            await work.outbox.put(Message(f"k{n}", contact.id, "telegram", "say", {}, 1))
        for row in await work.outbox.claim("w", 5, but="web"):
            await work.outbox.finish(row, "dead")

    said = await _said(config, dead)
    assert [one for one in said if "1 message to officer Lan on telegram did not arrive" in one]


async def test_what_is_late_is_an_error(config):
    async def late(work):
        before = work.now - timedelta(minutes=6)
        await work.timers.start(Timer("case:x", "unanswered", 1, 1, 0, before))
        await work.inbox.accept([Received("web", "site", "d", "l", b"{}", before)])

    said = await _said(config, late)
    assert "error Reminders are more than 5 minutes late: start bot run." in said
    assert "error A message has waited unread for more than 5 minutes: start bot run." in said


async def test_a_program_that_does_not_run_is_said_and_one_that_runs_too(config):
    async def nothing(work):
        pass

    said = "\n".join(await _said(config, nothing))
    assert "The program does not run, so nobody is alerted: start bot run." in said
    server = await asyncio.start_server(
        lambda _, writer: writer.close(), "127.0.0.1", config.admin_port
    )
    said = "\n".join(one.sentence for one in await examine(config))
    server.close()
    assert f"The program answers on port {config.admin_port}." in said


def test_a_disk_that_fills_up_is_a_warning_and_then_an_error():
    here = Path("data")
    assert room(here, 0.11) is None
    assert room(here, 0.09).level == "warning"
    assert room(here, 0.01).level == "error"


@pytest.mark.parametrize(
    ("today", "decided", "level", "words"),
    [
        ("2026-10-31", "", "ok", "The working days of 2026 are known."),
        ("2026-11-01", "", "warning", "bot calendar off 2027-02-06 NAME"),
        ("2026-11-01", "2027-02-05", "ok", "The working days of 2026 and 2027 are known."),
        ("2027-01-20", "", "warning", "The days of Tet 2027 are a forecast"),
        ("2027-01-20", "2027-02-05", "ok", "The working days of 2027 are known."),
        ("2027-03-20", "", "ok", "The working days of 2027 are known."),
    ],
)
def test_tet_is_a_forecast_until_its_days_were_decided(today, decided, level, words):
    changes = [DayChange(1, date.fromisoformat(decided), worked=False)] if decided else []
    now = datetime.combine(date.fromisoformat(today), time(9), ZONE)
    line = working_days(now, changes)
    assert (line.level, words in line.sentence) == (level, True)


async def test_what_staff_decided_about_tet_is_what_the_check_reads(config):
    async def decided(work):
        for year in (local(work.now).year, local(work.now).year + 1):
            await work.calendar.add(tet(year), worked=False, name="Tết", by="lan")

    said = await _said(config, decided)
    assert [one for one in said if one.startswith("ok The working days of")]
