"""The house keeps its own rules: every import owned, no words for people in code, clean locks."""

import ast
import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "web", "handlers", "notifications", "storage", "cases", "locales")
VIETNAMESE = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)
MAY_SPEAK = ("cases/areas/", "cases/times/", "cases/typed/")
FILES = [path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def name_of(path):
    return str(path.relative_to(ROOT))


def strings(path):
    """Every string in a file that is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body
            if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
                docs.add(id(body[0].value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_text_for_people_stands_in_code(path):
    if name_of(path).startswith(MAY_SPEAK) or name_of(path) == "bot/commands/chat.py":
        return  # what people type; the cast of the terminal chat
    assert not [text for text in strings(path) if VIETNAMESE.search(text)]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_module_says_what_it_is_for(path):
    if path.name == "__init__.py" and not path.read_text().strip():
        return
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_every_library_has_an_owner():
    owned = {
        module for one in PROJECT["tool"]["importlinter"]["contracts"]
        for module in one.get("protected_modules", ())
    }  # fmt: skip
    used = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                used |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                used.add(node.module.split(".")[0])
    foreign = used - set(sys.stdlib_module_names) - set(PACKAGES)
    assert foreign <= owned | {"pydantic_settings"}, foreign - owned


@pytest.mark.parametrize(
    "lock", ["requirements.lock", "requirements-dev.lock", "benchmarks/peers.txt"]
)
def test_a_lock_is_hashed_and_names_no_address(lock):
    text = (ROOT / lock).read_text()
    assert "://" not in text
    pins = [line for line in text.splitlines() if re.match(r"[\w\[\]-]+==", line)]
    assert len(pins) > 20
    assert text.count("--hash=sha256:") >= len(pins)


def test_a_statement_that_is_given_values_stands_built():
    """It is compiled once and kept (storage/ready.py); one made on the spot would be kept each time."""
    made = []
    for path in (ROOT / "storage").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in ("run", "one", "all") and node.keywords and node.args:
                first = node.args[0]
                first = first.func if isinstance(first, ast.Call) else first
                name = first.id if isinstance(first, ast.Name) else ""
                if not name.startswith("_") and name != "statement":
                    made.append(f"{path.name}:{node.lineno}")
    assert not made


def test_every_dependency_is_pinned():
    extras = PROJECT["project"]["optional-dependencies"].values()
    for one in [*PROJECT["project"]["dependencies"], *(one for many in extras for one in many)]:
        assert "==" in one, one


def test_the_commands_of_the_readme_exist():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z0-9]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"make ([a-z0-9]+)", text)) <= targets
    from bot.commands import COMMANDS

    named = set(re.findall(r"python -m bot ([a-z-]+)", text))
    assert named <= {command.name for command in COMMANDS}


def test_nothing_unfinished_is_left():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    marks = ("TO" + "DO", "FIX" + "ME", "Not" + "ImplementedError")
    for name in filter(None, listed):
        path = ROOT / name
        if path.suffix in (".py", ".ftl", ".md", ".js", ".html") and path.exists():
            text = path.read_text(encoding="utf-8")
            assert not [mark for mark in marks if mark in text], name


@pytest.mark.parametrize("listed", sorted(ROOT.glob("web/**/SHA256SUMS")), ids=name_of)
def test_what_was_taken_from_elsewhere_is_still_what_was_taken(listed):
    sums = dict(reversed(line.split()) for line in listed.read_text().splitlines())
    assert set(sums) == {one.name for one in listed.parent.iterdir()} - {listed.name}
    for name, expected in sums.items():
        assert hashlib.sha256((listed.parent / name).read_bytes()).hexdigest() == expected, name


def test_fonts_are_among_them():
    assert (ROOT / "web/static/fonts/SHA256SUMS").exists()
