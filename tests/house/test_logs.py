"""What fails beside everything else says of what kind it was, and quotes nobody."""

import ast
import asyncio
import gc
import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from bot.logs import FIELDS, JsonLines
from bot.loops import Loops

SAID = "bé An ở thôn Mỹ An"


@pytest.fixture
def lines(caplog):
    """Everything that was logged, as the program writes it."""
    caplog.set_level(logging.DEBUG)
    return lambda: "\n".join(JsonLines().format(record) for record in caplog.records)


async def test_what_nobody_waited_for_is_logged_by_its_kind_alone(lines):
    future = asyncio.get_running_loop().create_future()
    future.set_exception(ValueError(SAID))
    del future
    gc.collect()
    assert '"bug": "ValueError"' in lines()
    assert "exception" not in lines()
    assert "Mỹ An" not in lines() and "M\\u1ef9 An" not in lines()


async def test_something_aside_that_fails_is_logged_by_its_kind(lines):
    begun = asyncio.Event()

    async def fails():
        begun.set()
        raise LookupError(SAID)

    loops = Loops()
    loops.aside(fails())
    await begun.wait()
    await asyncio.sleep(0)  # its end is told in the next round of the loop
    await loops.stop(within=1)
    gc.collect()
    assert '"bug": "LookupError"' in lines() and "bot.loops" in lines()
    assert "never retrieved" not in lines()
    assert "M\\u1ef9 An" not in lines()


async def test_something_aside_that_is_cut_is_no_bug(lines):
    loops = Loops()
    loops.aside(asyncio.Event().wait())
    await loops.stop(within=0.01)
    assert '"bug"' not in lines()


ROOT = Path(__file__).parents[2]
OURS = ("bot", "web", "handlers", "notifications", "storage", "cases", "locales")
SECRETS = {
    "token": "bot123456789:AAE-ab_cdefghijklmnopqrstuvwxyz012345",
    "bare token": "123456789:AAE-ab_cdefghijklmnopqrstuvwxyz012345",
    "url": "https://api.example/bot1/x?access_token=abc",
    "join": "/join/AAAABBBBCCCCDDDD",
    "phone": "0905123456", "phone cut": "0905 123 456", "phone dots": "0905.123.456",
    "phone abroad": "+84 905 123 456", "phone plain": "84905123456",
    "case": "7KQ4-2MDJ", "case small": "7kq4-2mdj",
    "access": "1234 5678 9012 3456", "access whole": "1234567890123456",
    "access dashes": "1234-5678-9012-3456",
    "key": "q83vEjRWeJq83vEjRWeJq83vEjRWeJq83vEjRWeJq80=", "digest": "ab12" * 16,
    "address": "203.0.113.9",
}  # fmt: skip


def line(name, message, *args, **extra):
    made = logging.getLogger(name).makeRecord(
        name, logging.WARNING, "/x/y.py", 7, message, args, None, extra=extra
    )
    return JsonLines().format(made)


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("logger", ["bot.x", "telegram.Bot", "sqlalchemy.engine", "root"])
def test_f54_no_secret_passes_the_formatter_by_any_way(logger, name):
    """In the words, in their values, in a field, in an exception with the value, in the logger's own name."""
    secret = SECRETS[name]
    assert secret not in line(logger, f"x {secret} y")
    assert secret not in line(logger, "x %s y", secret)
    assert secret not in line(logger, "x", outcome=f"was {secret} there", where=secret)
    assert secret not in line(logger, "x", detail=secret, text=secret)
    assert secret not in line(
        logger, "x", outcome={"a": secret}, case=[secret], count=Exception(secret)
    )
    assert secret not in line(f"{logger}.{secret}", "x")
    error = ValueError(secret, {"value": secret})
    record = logging.LogRecord(logger, 40, "/x/y.py", 7, "x", (), (type(error), error, None))
    record.stack_info, record.exc_text = secret, secret
    assert secret not in JsonLines().format(record)


def test_f54_what_somebody_wrote_passes_through_no_library():
    for name in (
        "telegram.ext",
        "PIL.Image",
        "aiohttp.web",
        "py.warnings",
        "sqlalchemy.engine.Engine",
    ):
        made = json.loads(line(name, "update %s", SAID))
        assert made["event"] == "a library reports" and made["where"] == "y.py:7"
    assert "An" not in line("bot.x", "loop failed %s", SAID)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\x1b[31m", "\u2028", "\x00", "\x9b2J"])
def test_f46_one_event_is_one_line_whatever_is_in_it(end):
    forged = f'x{end}{{"level": "error"}}'
    for made in (
        line("bot.x", forged), line(f"bot.{forged}", "x"), line("bot.x", "x", outcome=forged),
        line("lib", forged, forged),
    ):  # fmt: skip
        assert made.isascii() and made.isprintable()
        assert set(json.loads(made)) <= {"at", "level", "from", "event", "where", *FIELDS}


def _calls():
    for package in OURS:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if (
                    isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
                    and isinstance(node.func.value, ast.Name) and node.func.value.id == "log"
                ):  # fmt: skip
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def test_every_event_is_a_sentence_of_ours_with_fields_of_the_list():
    found = list(_calls())
    assert len(found) > 10
    for where, call in found:
        (words,) = call.args
        assert isinstance(words, ast.Constant) and isinstance(words.value, str), where
        for one in call.keywords:
            assert one.arg in ("extra", "exc_info"), where
            if one.arg == "extra":
                assert {key.value for key in one.value.keys} <= set(FIELDS), where


BREAKS = """
import logging, sys, threading, warnings
from bot.logs import catch_the_rest, set_up
set_up(logging.DEBUG)
catch_the_rest()
SAID = "0905 123 456"
class Falls:
    def __del__(self):
        raise ValueError(SAID)
thread = threading.Thread(target=lambda: int(SAID))
thread.start(); thread.join()
Falls()
warnings.warn(SAID)
logging.getLogger("bot.x").warning("%d", SAID)
for loud in ("httpx", "httpcore.http11", "telegram.Bot", "telegram.ext.Updater", "aiohttp.access"):
    logging.getLogger(loud).info(SAID)
    logging.getLogger(loud).debug(SAID)
raise KeyError(SAID)
"""


def test_f54_what_python_itself_would_print_quotes_nobody_with_debug_on():
    done = subprocess.run(
        [sys.executable, "-c", BREAKS], capture_output=True, text=True, cwd=ROOT, check=False
    )
    lines = [json.loads(one) for one in done.stderr.splitlines()]
    assert "0905" not in done.stderr + done.stdout
    assert [one.get("bug") for one in lines] == ["ValueError", "ValueError", None, None, "KeyError"]
    assert done.returncode == 1
