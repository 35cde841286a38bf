"""`make faults` is given only the files in which a test of a fault stands: none of them is left out."""

import subprocess
import sys

import pytest

from tests.support import faults

HEAD = "import pytest\n"
NAME = f"test_{'f20'}_x"
LONG = f"pytest.mark.{'long'}"  # nothing here is to be taken for one of them
ONE_OF_THEM = {
    "plain": "def NAME(): ...",
    "async": "async def NAME(): ...",
    "of a class": "class TestX:\n    def NAME(self): ...",
    "of many": '@pytest.mark.parametrize("n", [1, 2])\ndef NAME(n): ...',
    "under another name": "def _x(): ...\nNAME = _x",
    "long": f"@{LONG}\ndef test_x(): ...",
    "long file": f"pytestmark = {LONG}\ndef test_x(): ...",
    "long case": f'@pytest.mark.parametrize("n", [pytest.param(1, marks={LONG})])\n'
    "def test_x(n): ...",
}
NONE = "def test_forms(): ...\ndef test_f1_x(): ...\ndef test_longer(): ..."
HIDDEN = 'globals()["test_f" + "20_x"] = lambda: None'


def _put(folder, text):
    folder.mkdir()
    (folder / "test_it.py").write_text(HEAD + text.replace("NAME", NAME) + "\n")


def _collected(folder, *options):
    """What pytest makes of that folder with the fixtures and hooks of this suite."""
    given = ["--collect-only", "--rootdir", str(folder), "-c", "/dev/null", *options, str(folder)]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "tests.conftest", *given],
        cwd=faults.TESTS.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_every_way_to_write_one_is_found_and_chosen(tmp_path):
    for name, text in ONE_OF_THEM.items():
        _put(tmp_path / name, text)
    _put(tmp_path / "none", NONE)
    found = {file.parent.name for file in faults.files(tmp_path)}
    assert found == set(ONE_OF_THEM)
    collected = _collected(tmp_path, "--faults", "-q", "--import-mode=importlib")
    assert {line.split("/")[0] for line in collected.stdout.splitlines() if "::" in line} == found


def test_one_that_no_reader_of_its_file_would_find_ends_every_run(tmp_path):
    _put(tmp_path / "hidden", HIDDEN)
    assert faults.files(tmp_path) == []
    refused = _collected(tmp_path)
    assert refused.returncode == pytest.ExitCode.USAGE_ERROR
    assert f"hidden/test_it.py::{NAME}: write the name" in refused.stderr


def test_the_catalogue_is_given_far_fewer_files_than_there_are():
    found = set(faults.files())
    assert faults.TESTS / "faults/test_kill_points.py" in found
    assert faults.TESTS / "rules/test_triage.py" not in found
    assert len(found) < len(list(faults.TESTS.rglob("test_*.py")))
