"""F54 on the machine's own side: no command prints, and no file of it holds, what was told."""

import asyncio
import io
import json
from contextlib import suppress

import pytest

from bot.__main__ import main
from bot.commands import COMMANDS
from cases.model import Role
from storage import backup
from tests.pages.test_canary import play
from tests.support import database
from tests.support.canary import TOLD, found_in, keys_of, listening, on_the_disk
from tests.support.office import DAI_LOC, Office
from tests.support.site import SECRET

LOUD = {  # command -> how it is called here; a string says who looks at it elsewhere
    "run": "tests/faults/test_canary.py", "demo": "only runs on a scratch place of its own",
    "chat": "a scratch place of its own; what it saves is what was typed",
    "migrate": ["migrate"], "init": ["init", "--commune", "20500", "--no-wait", "--json"],
    "check": ["check", "--json"], "invite": ["invite", "--role", "officer", "--commune", "20500"],
    "people": ["people", "--json"], "org": ["org", "import", "none.csv"],
    "cases": ["cases", "--json"], "areas": ["areas", "find", "Đại Lộc"],
    "understand": "says back what was typed into it, and reads no row",
    "calendar": ["calendar", "list"], "audit": ["audit", "verify"], "rights": ["rights", "list"],
    "breach": ["breach", "list"], "keys": ["keys", "show"], "drill": ["drill", "--no-wait", "--json"],
    "zalo-oa": ["zalo-oa", "seed"], "backup": ["backup", "copy.bak"],
    "restore": ["restore", "none.bak"], "restore-drill": ["restore-drill", "--json"],
    "poster": ["poster", "--commune", "20500", "--out", "posters"],
}  # fmt: skip
MORE = (["rights", "erased"], ["breach", "new", "mất điện thoại"], ["breach", "list"], ["people"],
        ["cases"], ["check"], ["invite", "--confirm"])  # fmt: skip


@pytest.mark.long  # some twenty commands, one after the other
def test_f54_no_command_prints_or_writes_what_was_told(tmp_path, monkeypatch, capfd):
    assert set(LOUD) == {one.name for one in COMMANDS}, "a new command is called here, or named"
    code = asyncio.run(_a_case(tmp_path))
    capfd.readouterr()
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "ANNHI_DATABASE_URL": database.url(tmp_path),
        "ANNHI_KEY_FILE": f"{tmp_path}/keys.json", "ANNHI_JOURNAL_DIR": f"{tmp_path}/journal",
        "ANNHI_PUBLIC_URL": "https://baotin.example", "ANNHI_ZALO_OA_SECRET_KEY": SECRET,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    hidden = keys_of(tmp_path / "keys.json")
    ran = {}
    with listening() as log:
        for words in (*(one for one in LOUD.values() if not isinstance(one, str)), *MORE):
            with suppress(SystemExit):  # wrong usage: its help was printed
                main(list(words))
            said = "".join(capfd.readouterr())
            ran[words[0]] = said
            assert found_in(said, (*TOLD, SECRET, *hidden)) == set(), words
    assert found_in(log.getvalue(), (*TOLD, SECRET, *hidden)) == set()
    assert on_the_disk(tmp_path, (*TOLD, SECRET, *hidden)) == []
    assert code in ran["cases"] and "p-lan" in ran["people"], "they looked at this very place"
    head = backup.head_of(tmp_path / "copy.bak").line()
    assert found_in(head, (*TOLD, code, "20500", "p-lan")) == set()
    assert set(json.loads(head)) == {
        "name", "backup_at", "revision", "counts", "audit_n", "audit_hash", "kek", "key", "ring", "format",
    }  # fmt: skip
    assert list((tmp_path / "posters").iterdir())


async def _a_case(folder):
    office = await Office.open(folder)
    try:
        lan = await (await office.hire("lan", Role.OFFICER, DAI_LOC)).sign_in()
        return await play(office, lan)
    finally:
        await office.close()
