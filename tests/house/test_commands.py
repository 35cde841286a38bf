"""What a person at the terminal gets: an answer, or one sentence and exit code 1; never a traceback."""

import json
import logging
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.commands.setup import make_invitation
from bot.config import BadSettings, load
from bot.logs import JsonLines, redact
from cases.model import Role
from storage.records.people import Invite
from tests.support import database
from tests.support.world import open_world

ROOT = Path(__file__).parents[2]
HEADER = "what,commune,role,name,village,aliases,landmark,collaborator,substitute\n"


def run(capsys, *words):
    code = main(list(words))
    out = capsys.readouterr()
    return code, out.out, out.err


def typed(text, *words):
    """A program of its own that reads what somebody types; its exit code and what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words], input=text, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


def invite(capsys, role="officer"):
    code, out, _ = run(capsys, "invite", "--role", role, "--commune", "20500", "--json")
    assert code == 0
    return json.loads(out)


def test_an_invitation_names_every_way_in(here, capsys):
    made = invite(capsys)
    assert set(made) == {"code", "expires_at", "web", "telegram", "zalo"}
    assert made["web"].endswith(f"/join/{made['code']}")
    assert made["zalo"] == f"#{made['code']}"
    assert "Invitation" in run(capsys, "invite", "--role", "supervisor")[1]


async def test_a_second_address_is_one_more_of_the_same_person(tmp_path):
    world = await open_world(tmp_path)
    lan = await world.staff("lan", Role.OFFICER, "20500", "telegram")
    made = await make_invitation(
        world.app.kit.store, Invite(lan.role, lan.commune, (), lan.name, lan.id)
    )
    await world.says("lan-at-home", f"#{made.code}")
    await world.says("somebody", f"#{made.code}")
    async with world.app.kit.store.reading("test") as work:
        assert len(await work.people.everybody()) == 1
        assert [one.channel for one in await work.contacts.of_person(lan.id)] == ["telegram", "web"]
    assert "không dùng được" in world.texts("somebody")[0]
    await world.says("minh", "sos")
    await world.says("minh", "xã Đại Hiệp")
    await world.pass_time(timedelta(minutes=3))
    assert any("Việc mới" in text for text in world.texts("lan-at-home"))
    await world.app.close()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["invite", "--for=nobody"], "Nobody who works here"),
        (["invite", "--role", "officer"], "needs --commune"),
        (["invite", "--role", "officer", "--commune", "99999"], "No commune"),
        (["people", "--remove", "nobody"], "Nobody has the id"),
        (["init", "--no-wait", "--commune", "Hà Nội"], "Write one of these"),
        (["init", "--no-wait"], "Write one of these"),
        (["org", "import", "missing.csv"], "cannot be read"),
        pytest.param(
            ["run", "--role", "worker"],
            "needs PostgreSQL",
            marks=pytest.mark.sqlite("on PostgreSQL a worker begins to work"),
        ),
    ],
)
def test_a_command_that_cannot_says_why_in_one_sentence(here, capsys, words, said):
    code, _, err = run(capsys, *words)
    assert code == 1
    assert said in err
    assert "Traceback" not in err


def test_wrong_usage_is_exit_code_two(here):
    with pytest.raises(SystemExit) as stop:
        main(["dance"])
    assert stop.value.code == 2


@pytest.mark.parametrize("scale", ["0", "-1", "fast", "1e9", "nan"])
def test_a_trial_whose_clock_cannot_go_is_wrong_usage(here, capsys, scale):
    with pytest.raises(SystemExit) as stop:
        main(["demo", f"--time-scale={scale}"])
    assert stop.value.code == 2
    assert "above 0" in capsys.readouterr().err
    assert not (here / "var").exists()


def test_the_first_hour_makes_three_invitations_and_counts_as_no_staff_yet(here, capsys):
    code, out, _ = run(capsys, "init", "--no-wait", "--commune", "đại lộc", "--officer", "Lan")
    assert code == 0
    assert [word for word in ("officer Lan:", "deputy:", "leader:") if word in out] == [
        "officer Lan:", "deputy:", "leader:",
    ]  # fmt: skip
    lines = run(capsys, "init", "--no-wait", "--commune", "20500", "--json", "--police", "Công")[1]
    assert [json.loads(line)["role"] for line in lines.splitlines()] == [
        "officer", "deputy", "leader", "police",
    ]  # fmt: skip


def test_the_doctor_names_what_is_missing_and_fails(here, capsys):
    code, out, _ = run(capsys, "check")
    assert code == 1
    assert "No commune has any staff" in out
    code, out, _ = run(capsys, "check", "--json")
    found = json.loads(out)
    assert code == 1
    assert found["ok"] is False
    assert {line["level"] for line in found["lines"]} == {"ok", "warning", "error"}


def test_the_doctor_is_content_when_everybody_can_be_reached(here, capsys, monkeypatch):
    import asyncio

    from bot.app import open_store
    from cases.model import Person, Role

    async def staff():
        store, _ = await open_store(load())
        async with store.transaction("test") as work:
            for role in (Role.OFFICER, Role.DEPUTY, Role.LEADER, Role.SUPERVISOR, Role.ADMIN):
                commune = "" if role in (Role.SUPERVISOR, Role.ADMIN) else "20500"
                await work.people.add(Person(role.value, role, commune))
                channel = "web" if role is Role.LEADER else "telegram"
                contact = await work.contacts.ensure(channel, "x", role.value, role.value)
                await work.contacts.link(contact.id, role.value)
        await store.close()

    monkeypatch.setenv("ANNHI_PUBLIC_URL", "https://annhi.example")
    asyncio.run(staff())
    code, out, _ = run(capsys, "check")
    assert code == 0
    assert "Đại Lộc has officer, deputy and leader." in out
    assert "has the web chat only" in out
    monkeypatch.setenv("ANNHI_PUBLIC_URL", "http://annhi.example")
    assert run(capsys, "check")[0] == 1


def test_a_key_file_that_others_can_read_stops_everything_with_its_remedy(here, capsys):
    invite(capsys)
    (here / "var/keys.json").chmod(0o644)
    code, _, err = run(capsys, "people")
    assert code == 1
    assert "chmod 600" in err
    assert "chmod 600" in run(capsys, "check")[1]


def test_people_and_cases_are_lists_without_content(here, capsys):
    assert run(capsys, "people", "--json")[:2] == (0, "[]\n")
    assert run(capsys, "people")[0] == 0
    assert run(capsys, "cases", "--json", "--open", "--commune", "20500")[:2] == (0, "[]\n")
    assert run(capsys, "cases")[0] == 0


def test_a_list_of_people_leaves_the_journal_to_the_program(here, capsys):
    import asyncio

    from bot.app import open_app, open_store
    from storage.journal import Journal
    from storage.ledgers.inbox import Received

    async def lost():
        """A message that is in the journal and not in the database."""
        store, keys = await open_store(load())
        journal = Journal(here / "var/journal", store, keys)
        await journal.write([Received("web", "site", "a", "lane", b"{}")])
        await journal.close()
        await store.close()

    async def started():
        await (await open_app(load())).close()

    def stored():
        return database.asked(here / "var/annhi.db", "SELECT count(*) FROM inbox")[0][0]

    asyncio.run(lost())
    files = sorted((here / "var/journal").iterdir())
    assert run(capsys, "people")[0] == 0
    assert stored() == 0
    assert sorted((here / "var/journal").iterdir()) == files
    asyncio.run(started())
    assert stored() == 1


def test_a_place_is_found_from_the_command_line_and_from_a_pipe(here, capsys):
    code, out, _ = run(capsys, "areas", "find", "xã Đại Hiệp", "--json")
    assert code == 0
    assert json.loads(out)["candidates"][0]["code"] == "20500"
    assert "exact: Đại Lộc" in run(capsys, "areas", "find", "ai nghia")[1]
    lines = typed("ai nghia\ntam kỳ\n", "areas", "find", "-", "--json")[1].splitlines()
    assert [json.loads(line)["match"] for line in lines] == ["exact", "none"]


def test_a_broken_audit_chain_is_named(here, capsys):
    invite(capsys)
    invite(capsys)
    assert run(capsys, "audit", "verify")[0] == 0
    assert json.loads(run(capsys, "audit", "verify", "--json")[1])["ok"] is True
    with database.owner(here / "var/annhi.db") as owner:
        database.without_triggers(owner)
        owner.execute("UPDATE audit SET actor = 'somebody' WHERE n = 1")
    code, out, _ = run(capsys, "audit", "verify")
    assert code == 1
    assert "row 1" in out
    assert json.loads(run(capsys, "audit", "verify", "--json")[1])["first_bad"]["row"] == 1


def test_migrating_again_changes_nothing(here, capsys):
    assert run(capsys, "migrate")[0] == 0
    assert run(capsys, "migrate")[0] == 0


def test_a_roster_is_imported_whole_or_not_at_all(here, capsys):
    good = (
        "\ufeff" + HEADER + "person,20500,officer,Lan,,,,,\nperson,,supervisor,Tâm,,,,,\n\n"
        "village,20500,,,Giao Thủy,Giao Thuỷ;gt,chợ Giao Thủy,Hoa,Bình\n"
    )
    (here / "good.csv").write_text(good, encoding="utf-8")
    assert "1 villages, 2 people" in run(capsys, "org", "import", "good.csv", "--dry-run")[1]
    assert "exact" not in run(capsys, "areas", "find", "thôn Giao Thủy")[1]
    code, out, _ = run(capsys, "org", "import", "good.csv")
    assert code == 0
    assert "officer Lan:" in out
    assert "exact: Đại Lộc" in run(capsys, "areas", "find", "thôn Giao Thủy")[1]
    assert b"Hoa" not in database.whole(here / "var/annhi.db")
    assert run(capsys, "org", "import", "good.csv")[0] == 0  # again: villages are replaced


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("thing,20500,,,,,,,", "what must be"), ("person,99,officer,Lan,,,,,", "no commune has the code 99"),
        ("person,20500,boss,Lan,,,,,", "role must be"), ("person,20500,officer,,,,,,", "needs a name"),
        ("village,20500,,,,,,,", "needs its name"), ("village,,,,X,,,,", "no commune has the code"),
        ("person,20500", "2 fields instead of 9"),
        ("person,20500,officer,Lan,,,,,\nperson,20500,officer,Lan,,,,,", "line 3: stands here twice"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_and_nothing_is_imported(here, capsys, line, said):
    (here / "bad.csv").write_text(HEADER + line + "\n", encoding="utf-8")
    code, _, err = run(capsys, "org", "import", "bad.csv")
    assert code == 1
    assert "Nothing was imported." in err
    assert said in err


def test_a_file_that_is_no_roster_is_refused(here, capsys):
    (here / "other.csv").write_text("a,b\n", encoding="utf-8")
    assert "header must be" in run(capsys, "org", "import", "other.csv")[2]
    (here / "latin.csv").write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in run(capsys, "org", "import", "latin.csv")[2]


def test_a_chat_in_the_terminal_is_saved_as_a_transcript(here):
    said = "co be o mot minh ngoai ho\n\n1\nai nghia\n@lan\nTôi nhận\n~ 5 minutes\n~ soon\n@xx\n"
    code, out = typed(said, "chat", "--save", "mine.md")
    assert code == 0
    assert "~ 15 minutes" in out
    assert "Nobody here is called xx." in out
    saved = (here / "mine.md").read_text(encoding="utf-8")
    assert "    > lan: Tôi nhận" in saved
    assert "Đã có người nhận" in saved
    assert typed("", "chat", "--as", "officer", "--save", "no/such/folder.md")[0] == 1


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ANNHI_NONSENSE", "1", "ANNHI_NONSENSE is not a setting"),
        ("ANNHI_HTTP_PORT", "abc", "ANNHI_HTTP_PORT"),
        ("ANNHI_DATABASE_URL", "mysql://x", "must begin with"),
        ("ANNHI_DATABASE_URL", "postgresql+psycopg://127.0.0.1:1/y", "nobody answers"),
        ("ANNHI_TIME_SCALE", "60", "only with ANNHI_ENV=demo"),
        ("ANNHI_TELEGRAM_TOKEN_FILE", "/no/such/file", "cannot be read"),
        ("ANNHI_PUBLIC_URL", "example.org", "ANNHI_PUBLIC_URL: must be a web address"),
        ("ANNHI_PUBLIC_URL", "ftp://example.org", "must be a web address"),
        ("ANNHI_PUBLIC_URL", "https://", "must be a web address"),
        ("ANNHI_PUBLIC_URL", "https://example.org:x", "must be a web address"),
        ("ANNHI_PUBLIC_URL", "https://[", "must be a web address"),
        ("ANNHI_PUBLIC_URL", "https://a b", "must be a web address"),
        ("ANNHI_PUBLIC_URL", "https://example.org/annhi", "without a path"),
        ("ANNHI_PUBLIC_URL", "https://example.org?x", "without a path"),
        ("ANNHI_PUBLIC_URL", "https://me@example.org", "without a path"),
        ("ANNHI_EXIT_URL", "javascript:alert(1)", "ANNHI_EXIT_URL: must be a web address"),
        ("ANNHI_EXIT_URL", "", "ANNHI_EXIT_URL: must be a web address"),
        ("ANNHI_HEARTBEAT_URL", "hc-ping.com/x", "ANNHI_HEARTBEAT_URL: must be a web address"),
        ("ANNHI_TELEGRAM_WEBHOOK_SECRET", "s3cret!", "1 to 256 letters"),
        ("ANNHI_TELEGRAM_WEBHOOK_SECRET", "a" * 257, "1 to 256 letters"),
        ("ANNHI_ZALO_BOT_WEBHOOK_SECRET", "s3cret", "8 to 256 characters"),
        ("ANNHI_ZALO_BOT_API_URL", "zalo", "ANNHI_ZALO_BOT_API_URL: must be a web address"),
        ("ANNHI_ZALO_BOT_TOKEN", "1:s3cret", "ANNHI_ZALO_BOT_MODE=webhook needs"),
    ],
)
def test_a_bad_setting_stops_the_start_with_a_sentence(
    here, capsys, monkeypatch, name, value, said
):
    monkeypatch.setenv(name, value)
    code, _, err = run(capsys, "people")
    assert code == 1
    assert said in err
    assert len(err.splitlines()) == 1
    assert "s3cret" not in err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_URL", "https://annhi.example"),
        ("PUBLIC_URL", "http://192.168.1.5:8080/"),
        ("PUBLIC_URL", "https://[2001:db8::1]:8443"),
        ("PUBLIC_URL", ""),
        ("EXIT_URL", "https://www.google.com/search?q=weather"),
        ("HEARTBEAT_URL", "https://hc-ping.com/0b1c"),
        ("HEARTBEAT_URL", ""),
        ("TELEGRAM_WEBHOOK_SECRET", "A-z_9" * 51),
        ("ZALO_BOT_WEBHOOK_SECRET", "tám chữ!"),
    ],
)
def test_a_setting_that_works_is_taken_as_it_is(tmp_path, name, value):
    taken = getattr(load({f"ANNHI_{name}": value}, tmp_path / "no.env"), name.lower())
    assert getattr(taken, "get_secret_value", lambda: taken)() == value


def test_a_folder_that_cannot_be_used_is_named(here, capsys, monkeypatch):
    monkeypatch.setenv("ANNHI_DATABASE_URL", "sqlite+aiosqlite:////proc/no/annhi.db")
    code, _, err = run(capsys, "people")
    assert code == 1
    assert "/proc/no" in err
    assert "cannot be used" in err


def test_settings_come_from_the_file_and_secrets_from_files(tmp_path):
    (tmp_path / ".env").write_text("ANNHI_HTTP_PORT=1234\n")
    (tmp_path / "token").write_text("1:abc\n")
    config = load({"ANNHI_TELEGRAM_TOKEN_FILE": str(tmp_path / "token")}, tmp_path / ".env")
    assert config.http_port == 1234
    assert config.telegram_token.get_secret_value() == "1:abc"
    assert "abc" not in repr(config)
    with pytest.raises(BadSettings) as bad:
        load({"ANNHI_TELEGRAM_TOKEN": "1:a", "ANNHI_TELEGRAM_MODE": "webhook"}, tmp_path / "no")
    assert "ANNHI_TELEGRAM_WEBHOOK_SECRET" in str(bad.value)


def test_a_log_line_is_one_json_object_without_secrets_or_words():
    try:
        {}["Nguyễn Thị Bống"]
    except KeyError as error:
        info = (KeyError, error, error.__traceback__)
    message = "to 0905123456 7KQ4-2MDJ bot123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n\x1b[31m /join/ABC"
    record = logging.LogRecord("x", 40, "f", 1, message, (), info)
    record.case = "c1"
    record.text = "Bống"
    line = JsonLines().format(record)
    assert "\n" not in line
    found = json.loads(line)
    assert found["bug"] == "KeyError"
    assert found["case"] == "c1"
    for secret in ("0905123456", "7KQ4", "AAAAA", "Bống", "ABC", "\x1b"):
        assert secret not in line.replace("\\u001b", "")
    assert redact("1234 5678 9012 3456") == "[redacted]"


def calendar(capsys, *words):
    return run(capsys, "calendar", *words)


def test_the_calendar_is_kept_on_the_command_line(here, capsys):
    assert calendar(capsys, "off", "2099-01-05", "Tết,", "QĐ", "12")[0] == 0
    assert calendar(capsys, "worked", "2099-01-10", "làm bù")[0] == 0
    assert calendar(capsys, "remove", "2099-01-10")[0] == 0
    code, out, _ = calendar(capsys, "list", "--year", "2027", "--json")
    found = json.loads(out)
    assert (code, found["year"], found["tet_is_forecast"]) == (0, 2027, True)
    assert {
        "day": "2027-01-01",
        "worked": False,
        "name": "Tết Dương lịch",
        "source": "law",
    } in found["days"]
    assert "2027-02-08  off     law" in calendar(capsys, "list", "--year", "2027")[1]
    assert "forecast" in calendar(capsys, "list", "--year", "2027")[1]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("off", "2027-02-30", "x"), "no such day"),
        (("off", "2020-01-01", "x"), "is over"),
        (("remove", "2099-01-05"), "Nothing was decided"),
        (("worked", "2099-01-05", " "), "needs a name"),
        (("list", "--year", "1900"), "known from last year"),
    ],
)
def test_a_day_that_cannot_be_decided_is_one_sentence(here, capsys, words, why):
    code, _, said = calendar(capsys, *words)
    assert code == 1
    assert why in said
    assert "Traceback" not in said


async def test_what_is_decided_counts_for_what_starts_later_and_moves_nothing_that_runs(tmp_path):
    from datetime import UTC, date, datetime

    from cases.policy import DEFAULT, w
    from handlers.actions.keep_calendar import decide_day

    world = await open_world(tmp_path, "2026-11-23 09:00")
    old = world.app.kit.policy
    async with world.app.kit.store.transaction("test") as work:
        await decide_day(work, "operator", "2026-11-25", "off", "bão")
    await world.settle()
    new = world.app.kit.policy
    assert old.calendar == DEFAULT.calendar
    assert new.calendar[date(2026, 11, 25)] is False
    assert new.under(f"1/{old.calendar_version}").calendar == old.calendar
    from cases.deadlines import after

    start = datetime(2026, 11, 23, 2, tzinfo=UTC)
    assert after(start, w(1), new.calendar) - after(start, w(1), old.calendar) == timedelta(days=1)
    await world.app.close()
