"""What is deployed starts what is there: commands, settings and files of deploy/ are those of the program."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.__main__ import parser
from bot.config import PREFIX, Config

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("systemd/*.service"))
KNOWN = {f"{PREFIX}{name.upper()}" for name in Config.model_fields}


@pytest.mark.parametrize("unit", UNITS, ids=lambda one: one.name)
def test_a_unit_starts_a_command_that_there_is(unit):
    (line,) = re.findall(r"^ExecStart=\S+ -m bot (.+)$", unit.read_text("utf-8"), re.MULTILINE)
    assert parser().parse_args(shlex.split(line)).role


def test_every_container_starts_a_command_that_there_is():
    found = re.findall(r"command: \[(.+)\]", (DEPLOY / "compose.yaml").read_text("utf-8"))
    assert len(found) == 4
    for one in found:
        parser().parse_args(one.split(", "))


def test_every_setting_that_is_named_is_one():
    for path in DEPLOY.rglob("*"):
        if path.is_file() and path.suffix in (".service", ".env", ".yaml"):
            names = set(re.findall(rf"{PREFIX}[A-Z_]+", path.read_text("utf-8")))
            assert {
                name.removesuffix("_FILE") if name not in KNOWN else name for name in names
            } <= KNOWN


def test_the_container_holds_every_package_and_nothing_that_is_not_there():
    lines = (DEPLOY / "Containerfile").read_text("utf-8").splitlines()
    copied = [line.split()[1] for line in lines if line.startswith("COPY ")]
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert {one for one in copied if not one.endswith(".lock")} == packages
    assert all((ROOT / one).exists() for one in copied)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_systemd_understands_every_unit(tmp_path):
    for path in DEPLOY.glob("systemd/annhi*"):
        text = path.read_text("utf-8").replace("/opt/annhi/.venv/bin/python", "/bin/true")
        (tmp_path / path.name.replace("@", "@1")).write_text(text, encoding="utf-8")
    for path in sorted(tmp_path.iterdir()):
        if path.suffix in (".service", ".socket"):
            done = subprocess.run(
                ["systemd-analyze", "verify", str(path)], capture_output=True, text=True, check=False
            )  # fmt: skip
            assert (done.returncode, done.stdout + done.stderr) == (0, "")
