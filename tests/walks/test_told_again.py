"""Whatever changes a fact without a message of its own is done again after a restore, or says here why not.

A new transaction, a new button of a page, a new act of the desk has no row here, and a test says so.
"""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from handlers.done_again import DONE_AGAIN
from handlers.retold import RETOLD

ROOT = Path(__file__).parents[2]
ACTS = {**RETOLD, **DONE_AGAIN}

# Why a transaction leaves nothing to be told again.
MESSAGE = "a message came in: it is in the journal whole, and its turn is lived through again"
CLOCK = "a clock fired: it stands in the copy or is started again, and fires again"
SIGNS = "a sign of life of this process: the next beat writes it anew"
SENT = "what left is a row that follows from a turn or a clock: it leaves again, with its mark"
FETCHED = "files of messengers are asked for again by the reference in their message"
AUDITED = "only its row in the audit, which is told again by itself"
KEYS = "keys lie in the key file, with the one the copy needs; bot keys rotate goes on"
ERASED = "the register of erasures lies beside journal and copies, and is applied last"
PASS = "a pair of passes is used up by its next use: bot zalo-oa login (OPERATIONS, Restore)"
RESTORE = "a restore's own rows"
TRIAL = "a trial's own people: nobody restores one"
WATCHED = "what the next pass of the auditor or of its worker finds by itself"
AGAIN = "a bell that rang is nobody's duty any more; the next drill rings"
SESSION = "sessions and links end with a restore; what was logged is told again"
FILE = "read once more from its file (bot areas import); until then the commune is asked, never guessed"

NEXT = "whose turn is next, not whether: after a restore what waits is looked at anew"

WRITERS = {
    ("bot/app.py", "copies"): SIGNS,
    ("bot/auditor.py", "audit pass"): WATCHED,
    ("bot/auditor.py", "heartbeat"): SIGNS,
    ("bot/backups.py", "canary"): RESTORE,
    ("bot/channels/zalo_oa_tokens.py", "token"): PASS,
    ("bot/channels/zalo_oa_tokens.py", "token lease"): PASS,
    ("bot/channels/zalo_oa_tokens.py", "token refused"): PASS,
    ("bot/commands/areas.py", "areas import"): FILE,
    ("bot/commands/areas.py", "areas load"): ("country",),
    ("bot/commands/calendar.py", "calendar"): ("calendar",),
    ("bot/commands/doctor.py", "check"): SIGNS,
    ("bot/commands/drill.py", "drill"): AGAIN,
    ("bot/commands/first_hour.py", "test alert"): AGAIN,
    ("bot/commands/keys.py", "keys"): ("half",),
    ("bot/commands/org.py", "import"): ("villages",),
    ("bot/commands/org.py", "invite"): ("invite", "uninvite"),
    ("bot/commands/privacy.py", "privacy"): (
        "rights_new", "rights_answer", "rights_extend", "rights_close",
        "breach_new", "breach_add", "breach_tell", "breach_close",
    ),
    ("bot/commands/serve.py", "apart"): TRIAL,
    ("bot/commands/serve.py", "polls"): SIGNS,
    ("bot/commands/setup.py", "confirm"): ("confirm",),
    ("bot/commands/setup.py", "invite"): ("invite",),
    ("bot/commands/setup.py", "remove"): ("remove",),
    ("bot/commands/zalo.py", "zalo-oa"): PASS,
    ("bot/company.py", "handover"): SENT,
    ("bot/company.py", "leases"): SENT,
    ("bot/demo.py", "demo"): TRIAL,
    ("bot/restoring.py", "piece"): RESTORE,
    ("bot/restoring.py", "replay"): RESTORE,
    ("bot/restoring.py", "restore"): RESTORE,
    ("bot/stage.py", "stage"): TRIAL,
    ("bot/versions.py", "versions"): SIGNS,
    ("bot/vitals.py", "polled"): SIGNS,
    ("bot/zalo_passes.py", "zalo pass"): WATCHED,
    ("handlers/backlog.py", "backlog"): NEXT,
    ("handlers/files/fetching.py", "file kept"): FETCHED,
    ("handlers/files/fetching.py", "file later"): FETCHED,
    ("handlers/files/fetching.py", "file lost"): FETCHED,
    ("handlers/files/fetching.py", "file aside"): FETCHED,
    ("handlers/files/fetching.py", "file piece"): FETCHED,
    ("handlers/files/fetching.py", "files"): FETCHED,
    ("handlers/files/fetching.py", "files swept"): FETCHED,
    ("handlers/files/uploads.py", "upload"): "its bytes are in the journal of pieces (storage/pieces.py)",
    ("handlers/inbox.py", "accept"): MESSAGE,
    ("handlers/mornings.py", "mornings"): CLOCK,
    ("handlers/privacy/sweep.py", "retention"): "what is too old is forgotten again by the next pass",
    ("handlers/tick.py", "tick"): CLOCK,
    ("handlers/tick.py", "tick failed"): CLOCK,
    ("handlers/turn.py", "turn"): MESSAGE,
    ("handlers/turn.py", "turn failed"): MESSAGE,
    ("handlers/watching/drills.py", "drills"): AGAIN,
    ("handlers/watching/mending.py", "mark"): WATCHED,
    ("handlers/watching/mending.py", "mend"): WATCHED,
    ("handlers/watching/mending.py", "page"): WATCHED,
    ("handlers/watching/rehearsal.py", "born"): SIGNS,
    ("handlers/watching/rehearsal.py", "rehearsal"): "the report of nobody is rehearsed anew the next day",
    ("handlers/watching/steady.py", "clock"): WATCHED,
    ("notifications/billing.py", "billed"): "the console of Zalo has the sum of the month",
    ("notifications/finish.py", "finish"): SENT,
    ("notifications/sender.py", "claim"): SENT,
    ("notifications/sender.py", "gather"): SENT,
    ("storage/erasure.py", "erase"): ERASED,
    ("storage/erasure.py", "erased pieces"): ERASED,
    ("storage/journal.py", "journal"): "what is too old is forgotten again by the next pass",
    ("storage/journal.py", "replay"): MESSAGE,
    ("storage/rotation.py", "keys"): KEYS,
    ("storage/seed/__init__.py", "seed"): "every start does it",
    ("storage/shared.py", "self._name"): SENT,  # the sender's claims and ends
    ("web/health.py", "ready"): SIGNS,
    ("web/public/chat_api.py", "exit"): ("left",),
    ("web/public/chat_api.py", "session"): ("thread",),
    ("web/public/slip.py", "slip"): ("slip_opened", "slip_received"),
    ("web/public/thread.py", "drawn"): SENT,  # a page draws by its number
    ("web/staff/session.py", "page"): (
        "setting", "calendar", "person", "villages", "remove", "invited", "opening", "decided",
        "pin", "pin_forgotten", "pin_tries", "boxes", "audited",
        "file",
    ),
    ("web/staff/sign_in.py", "sign in"): SESSION,
}  # fmt: skip

ROUTES = {
    "POST /api/chat/sessions": ("thread",),
    "POST /api/chat/messages": MESSAGE,
    "DELETE /api/chat/sessions": ("left",),
    "POST /api/chat/media": MESSAGE,
    "POST /api/demo/again": TRIAL,
    "POST /api/demo/push": TRIAL,
    "POST /slip": ("slip_opened",),
    "POST /slip/received": ("slip_received",),
    "POST /telegram/webhook": MESSAGE,
    "POST /zalo/bot/webhook": MESSAGE,
    "POST /zalo/oa/webhook": MESSAGE,
    "POST /dashboard/calendar": ("calendar",),
    "POST /dashboard/case/{code}/file/{file}": ("audited", "file"),
    "POST /dashboard/case/{code}/file/{file}/shut": ("audited", "file"),
    "POST /dashboard/case/{code}/file/{file}/unshut": ("audited", "file", "pin_tries"),
    "POST /dashboard/case/{code}/paper/{paper}": ("audited",),
    "POST /dashboard/case/{code}/paper/{paper}/boxes": ("boxes",),
    "POST /dashboard/case/{code}/{act}": "an act, kept whole by its submission (handlers/pages/act_page.py)",
    "POST /dashboard/figures": ("audited",),
    "POST /dashboard/opening": ("opening", "pin_tries"),
    "POST /dashboard/opening/answer": ("decided", "pin_tries"),
    "POST /dashboard/paper/{token}": ("audited",),
    "POST /dashboard/people/invite": ("invited",),
    "POST /dashboard/people/person": ("person",),
    "POST /dashboard/people/removal": ("remove",),
    "POST /dashboard/people/village": ("villages",),
    "POST /dashboard/pin": ("pin",),
    "POST /dashboard/pin/forgotten": ("pin_forgotten",),
    "POST /dashboard/search": ("audited",),
    "POST /dashboard/seen": "what is dead is found dead once more, and looked at once more",
    "POST /dashboard/settings/{name}": ("setting",),
    "POST /dashboard/sign-in": SESSION,
    "POST /dashboard/sign-out": SESSION,
}
_PACKAGES = ("bot", "web", "handlers", "notifications", "storage")


def trees():
    for package in _PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def transactions():
    """(file, name) of every place that opens one that writes."""
    for path, tree in trees():
        for node in ast.walk(tree):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if called and node.func.attr == "transaction":
                name = node.args[0]
                yield path, name.value if isinstance(name, ast.Constant) else ast.unparse(name)


def routes():
    """METHOD and path of every route of the pages and doors."""
    for path in sorted((ROOT / "web").rglob("*.py")):
        if "RouteTableDef()" in path.read_text("utf-8"):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for one in import_module(name).routes:
                yield f"{one.method} {one.path}"


def said():
    """Every act that the code leaves to be told again: its name, or the pattern of it."""
    for _, tree in trees():
        for node in ast.walk(tree):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if called and node.func.attr in ("redo", "again") and node.args:
                name = node.args[0]
                if isinstance(name, ast.Constant):
                    yield re.escape(name.value)
                elif isinstance(name, ast.JoinedStr):
                    yield "".join(
                        re.escape(one.value) if isinstance(one, ast.Constant) else r"\w+"
                        for one in name.values
                    )
    yield "audited"  # by the ledger itself


def named(table):
    return {one for value in table.values() if isinstance(value, tuple) for one in value}


def test_every_transaction_is_told_again_or_says_why_not():
    assert set(transactions()) == set(WRITERS)


def test_every_button_and_form_of_a_page_is_told_again_or_says_why_not():
    assert {one for one in routes() if not one.startswith("GET ")} == set(ROUTES)


def test_what_is_named_here_is_told_again_by_somebody_and_left_by_somebody():
    assert named(WRITERS) | named(ROUTES) == set(ACTS)
    patterns = list(said())
    for act in ACTS:
        assert any(re.fullmatch(one, act) for one in patterns), act
    for one in patterns:
        assert any(re.fullmatch(one, act) for act in ACTS), one


@pytest.mark.parametrize("table", [WRITERS, ROUTES])
def test_every_reason_is_a_sentence(table):
    for value in table.values():
        assert isinstance(value, tuple) or len(value.split()) > 3
