"""A trial and real data never meet: neither in one database nor at one public address."""

import asyncio
import logging

import pytest

from bot.__main__ import main
from bot.app import Edges, open_app
from bot.commands.serve import keep_apart
from storage.locks import FileLock
from tests.support import database
from tests.support.site import Site


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder whose settings are those of `Site`; logging as it was before."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANNHI_DATABASE_URL", database.url(tmp_path))
    monkeypatch.setenv("ANNHI_KEY_FILE", str(tmp_path / "keys.json"))
    monkeypatch.setenv("ANNHI_JOURNAL_DIR", str(tmp_path / "journal"))
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield tmp_path
    root.handlers[:] = handlers
    root.setLevel(level)


async def test_somebody_wrote_here_so_no_trial_runs_on_it(here, monkeypatch, capsys):
    site = await Site().start(here)
    await site.post(await site.session(), id="1", kind="text", text="xin chào")
    await site.stop()
    await _refused(monkeypatch, capsys, "demo", "Real people wrote into this database")


async def test_a_trial_is_never_taken_for_the_real_thing(here, monkeypatch, capsys):
    site = await Site().start(here, trial=True)
    await keep_apart(site.app)
    await site.post(await site.session(), id="1", kind="text", text="xin chào")
    await keep_apart(site.app)  # the trial itself goes on after a restart
    await site.stop()
    await _refused(monkeypatch, capsys, "production", "was begun as a trial")


async def _refused(monkeypatch, capsys, env, why):
    monkeypatch.setenv("ANNHI_ENV", env)
    capsys.readouterr()  # what the trial itself logged is not what the command says
    assert await asyncio.to_thread(main, ["run"]) == 1
    said = capsys.readouterr().err
    assert why in said
    assert "ANNHI_DATABASE_URL" in said
    assert said.count("\n") == 1


async def test_an_invitation_of_the_command_line_keeps_nobody_from_a_trial(here, capsys):
    words = ["invite", "--role", "officer", "--commune", "20500", "--json"]
    assert await asyncio.to_thread(main, words) == 0
    site = await Site().start(here, trial=True)
    await keep_apart(site.app)
    await site.stop()


def test_the_trial_does_not_answer_at_the_public_address_of_the_real_program(
    here, monkeypatch, capsys
):
    (here / "annhi.db").touch()
    (here / "var").mkdir()
    (here / "var/demo.db").write_text("of the last trial")
    monkeypatch.setenv("ANNHI_PUBLIC_URL", "https://annhi.example")
    assert main(["demo"]) == 1
    assert "https://annhi.example" in capsys.readouterr().err
    assert (here / "var/demo.db").read_text() == "of the last trial"
    assert (here / "annhi.db").stat().st_size == 0


def test_nor_where_the_real_program_has_a_server(here, monkeypatch, capsys):
    monkeypatch.setenv("ANNHI_DATABASE_URL", "postgresql+psycopg://annhi_app@/annhi?host=/nowhere")
    monkeypatch.setenv("ANNHI_PUBLIC_URL", "https://annhi.example")
    assert main(["demo"]) == 1
    assert "https://annhi.example, PostgreSQL" in capsys.readouterr().err
    assert not (here / "var").exists()


@pytest.mark.sqlite("a lock beside its file")
async def test_a_trial_in_the_same_folder_is_not_taken_for_the_program_that_sends(here):
    """A real program that starts beside it must know that nobody else sends: no lease to await."""
    site = await Site().start(here, trial=True)
    data, keys = f"sqlite+aiosqlite:///{here}/demo.db", here / "demo-keys.json"
    config = site.app.config.model_copy(update={"database_url": data, "key_file": keys})
    other = await open_app(config, Edges(channels=[]))
    await other.start()
    for one in (other, site.app):
        with FileLock(one.config.database_file.with_suffix(".sending")) as lock:
            assert not lock.taken()  # each has its own
    await other.close()
    await site.stop()


def test_a_second_trial_leaves_the_first_alone(here, capsys):
    (here / "var").mkdir()
    (here / "var/demo.db").write_text("of the trial that runs")
    with FileLock(here / "var/demo.sending") as lock:
        assert lock.taken()
        assert main(["demo"]) == 1
    assert "already" in capsys.readouterr().err
    assert (here / "var/demo.db").read_text() == "of the trial that runs"
