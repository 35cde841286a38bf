"""What is secret is compared in constant time: a walk over the code, no clock (F42, F47)."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "web", "handlers", "notifications", "storage", "cases")
WORDS = "secret|token|csrf|seal|signature|mac|hash|digest|pin|access|salt"
SECRET = re.compile(rf"(^|_)({WORDS})s?$")
ANY = re.compile(f"({WORDS})[^\n]*[!=]=|[!=]=[^\n]*({WORDS})")
# Looked up by an index: how far a digest fits tells nothing about what it is the digest of.
COLUMNS = {"hash", "token_hash", "access_hash"}
# Compared plainly, and why that tells nobody anything.
PLAIN = {
    "bot/channels/zalo_oa_tokens.py: pair.access != stale": "both are ours: was it renewed meanwhile",
    "bot/commands/setup.py: one.id == digest(code or '')": "the operator's own invitation",
    "cases/pins.py: pin == pin[:n] * (DIGITS // n)": "a new PIN against itself: too simple",
    "handlers/roster/pins.py: digits != read_pin(again)": "the same person typed both just now",
    "storage/ledgers/audit.py: bytes(row['hash']) == digest": "the verifier over our own rows",
    "storage/ledgers/audit.py: head['hash'] != link": "the verifier over our own rows",
    "storage/ledgers/audit.py: row['hash'] != self._hash(prev, row)": "the verifier over our own rows",
}
GUARDED = {  # the doors: each of them compares what it was given so
    "bot/channels/telegram.py", "bot/channels/zalo_bot.py", "bot/channels/zalo_oa.py",
    "storage/keys.py", "storage/records/pins.py", "web/staff/files.py", "web/staff/session.py",
}  # fmt: skip


def named(node):
    """The name under a comparison: of a variable, an attribute, a column or a key."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    return named(node.func) if isinstance(node, ast.Call) else ""


def of_an_index(node):
    column = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute)
    return column and node.value.attr == "c" and node.attr in COLUMNS


def compared(tree):
    """Each plain comparison of something that is called like a secret with a value that was given."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            plain = all(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops)
            literal = any(isinstance(one, ast.Constant) for one in sides)
            index = any(map(of_an_index, sides))
            if plain and not literal and not index and any(SECRET.search(named(s)) for s in sides):
                yield ast.unparse(node)


def files():
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def test_f42_no_secret_is_compared_letter_by_letter():
    found = {
        f"{name}: {one}"
        for name, text in files() if ANY.search(text) for one in compared(ast.parse(text))
    }  # fmt: skip
    assert found == set(PLAIN)


def test_f42_every_door_compares_in_constant_time():
    assert {name for name, text in files() if "compare_digest(" in text} >= GUARDED


def test_a_comparison_that_must_not_be_is_found():
    for bad in (
        "if given == self._secret: pass", "ok = form['csrf'] != csrf", "x = token == wanted()",
        "a = b.c.d.signature == e", "signature(body) == given", "t.c.secret == given",
    ):  # fmt: skip
        assert list(compared(ast.parse(bad))), bad
    for good in (
        "t.c.token_hash == bindparam('x')",
        "kind == 'secret'",
        "n == m",
        "secret is None",
    ):
        assert not list(compared(ast.parse(good))), good
