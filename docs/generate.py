"""Writes docs/generated/*.md from the tables in the code; `--check` fails when a page is not fresh."""

import inspect
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.channels.memory import ABILITIES  # noqa: E402 — the packages stand beside this folder
from bot.commands import COMMANDS  # noqa: E402
from bot.config import PREFIX, Config  # noqa: E402
from cases.beats import Beat  # noqa: E402 — the packages stand beside this folder
from cases.chains import CHAINS, closing_may_move, limits, name_of  # noqa: E402
from cases.deadlines import ARMED, DEADLINES, NOT_OF_A_CASE, Deadline, steps_of  # noqa: E402
from cases.incident_types import GROUPS, KINDS, MORE  # noqa: E402
from cases.lifecycle import ANYBODY, HOLDER, SELF, TRANSITIONS  # noqa: E402
from cases.limits import LIMITS, Limit  # noqa: E402
from cases.model import Case, Level, Person, Role, Status  # noqa: E402
from cases.policy import DAY, DEFAULT, HOUR, MINUTE, NOTHING, Span, Step  # noqa: E402
from cases.roles import ROLES, may_keep_people, may_set, may_set_chain  # noqa: E402
from cases.settings import SETTINGS, as_delivered  # noqa: E402
from cases.triage import RULES  # noqa: E402
from docs.catalogue import FAULTS, PROMISES  # noqa: E402
from handlers.flows import FLOWS  # noqa: E402
from handlers.flows.report import REPORT, order  # noqa: E402
from locales.catalog import Catalog  # noqa: E402
from notifications.channel import Abilities  # noqa: E402
from notifications.notices import NOTICES  # noqa: E402

OUT = ROOT / "docs" / "generated"
NONE = "none yet"
WORDS = Catalog.load()
_NOW = datetime(2026, 11, 23, tzinfo=UTC)


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(one) + " |" for one in lines)


def lifecycle() -> str:
    """Statuses as a diagram, and every act as a row."""
    rows, arrows = [], []
    for row in TRANSITIONS:
        name = WORDS.first("vi", (f"act.{row.act}",)) if WORDS.has("vi", f"act.{row.act}") else ""
        when = ", ".join(one.value for one in Status if one in row.when)
        every = set(row.when) == set(Status) - {Status.CLOSED}
        rows.append([
            f"`{row.act}`", name, "any open" if every else when, row.to.value if row.to else "same",
            ", ".join(row.by), ", ".join(row.stops), ", ".join(row.starts), row.basis,
        ])  # fmt: skip
        if row.to and not every:
            arrows += [
                f"    {one.value} --> {row.to.value}: {row.act}"
                for one in Status
                if one in row.when
            ]
    diagram = "\n".join(["```mermaid", "stateDiagram-v2", *arrows, "```"])
    head = ["act", "button", "from", "to", "by", "stops", "starts", "basis"]
    note = f"`{HOLDER}` = who has the case, `{ANYBODY}` = staff with access, `{SELF}` = who did it."
    return f"# Lifecycle\n\n{diagram}\n\n{table(head, rows)}\n\n{note}\n"


def questions() -> str:
    """Every question with its key, its options and the orders it stands in."""
    orders = {"A": order({"danger_now": "now"}), "N": order({}), "C": order({"child": True})}
    parts = [
        "# Question keys\n\nA = danger, N = no danger, C = a child writes. Staff who "
        "report for somebody are asked `report.source` first, then A or N.\n"
    ]
    for flow in FLOWS.values():
        rows = []
        for ask in flow.asks:
            key = f"{flow.name}.{ask.id}"
            places = [
                f"{name}{ids.index(ask.id) + 1}" for name, ids in orders.items() if ask.id in ids
            ]
            options = getattr(ask.answer, "options", ())
            words = WORDS.say("vi", key) if WORDS.has("vi", key) else ""
            rows.append([
                f"`{key}`", words, type(ask.answer).__name__, " ".join(f"`{one}`" for one in options),
                " ".join(places) if flow is REPORT else "",
            ])  # fmt: skip
        parts.append(
            f"## {flow.name}\n\n"
            + table(["key", "question", "answer", "options", "order"], rows)
            + "\n"
        )
    return "\n".join(parts)


def roles() -> str:
    rows = [
        [f"`{one.role}`", WORDS.say("vi", f"role.{one.role}"), one.scope, "yes" if one.works_cases else "",
         ", ".join(one.invites), _sets(one.role)]
        for one in ROLES.values()
    ]  # fmt: skip
    return (
        "# Roles\n\n"
        + table(["role", "label", "sees", "works cases", "may invite", "sets for a commune"], rows)
        + "\n"
    )


def _sets(role: Role) -> str:
    """What this role may set for the commune it is of, and for another one."""
    own, other = Person("p", role, "here"), Person("p", role, "there")
    rights = (
        ("chain", may_set_chain),
        ("clocks", may_set),
        ("people and villages", may_keep_people),
    )
    return ", ".join(
        f"{what} {'everywhere' if may(other, 'here') else '(own)'}"
        for what, may in rights
        if may(own, "here")
    )


def deadlines() -> str:
    rows = []
    for one in DEADLINES.values():
        steps = _steps(one) if one.id in ARMED - NOT_OF_A_CASE else []
        rows.append([
            f"`{one.id}`", one.due, one.basis, "law" if one.law else "setting",
            "<br>".join(steps), "yes" if one.id in ARMED else "",
        ])  # fmt: skip
    return (
        "# Clocks\n\n"
        + table(["clock", "due", "basis", "kind", "steps", "armed in this release"], rows)
        + "\n"
    )


def _steps(row: Deadline) -> list[str]:
    """Whom it tells and when: a line for all levels, or for each where they differ."""
    found = {level: _at_level(row, level) for level in Level}
    if len(set(found.values())) == 1:
        return [found[Level.LOW]]
    return [f"{level}: {words}" for level, words in found.items()]


def _at_level(row: Deadline, level: Level) -> str:
    if not row.beats:
        case = Case("c", "-", "", level, "other", Status.RECEIVED, 1, _NOW, _NOW)
        return "; ".join(_step(step) for step in steps_of(row.id, case, DEFAULT))
    span = row.span if row.span is not None else DEFAULT.spans[row.id][level]
    return "; ".join([_span(span) or "its date", *[_beat(one) for one in row.beats]])


def _step(step: Step) -> str:
    return f"{_span(step.after) or 'at once'} → {', '.join(step.to)}"


def _span(span: Span) -> str:
    """`2 d working`, `4 h by day`; "" = no time at all."""
    unit = {"c": "", "d": " by day", "w": " working", "e": " later, at 18:00"}[span.counts]
    days, rest = divmod(span.amount, DAY)
    hours = f"{rest // HOUR} h" if rest % HOUR == NOTHING.amount else f"{rest // MINUTE} min"
    amount = " ".join(([f"{days} d"] if days else []) + ([hours] if rest else []))
    return amount + unit if amount else ""


def _beat(beat: Beat) -> str:
    """`1 d before, 08:00 → holder`."""
    when = "half way" if beat.half else "as long again" if beat.twice else ""
    when = when or (f"{_span(beat.before)} before" if _span(beat.before) else "")
    when = when or (f"{_span(beat.after)} late" if _span(beat.after) else "")
    if beat.hour is not None:
        when = f"{when or 'that day'}, {beat.hour:%H:%M}"
    return f"{when or 'at due'} → {', '.join(beat.to)}" if beat.to else when or "at due"


def notices() -> str:
    rows = [
        [f"`{one.name}`", _raw(one.name), str(one.priority),
         ", ".join(one.acts), "yes" if one.alarm else ""]
        for one in NOTICES.values()
    ]  # fmt: skip
    return "# Notices\n\n" + table(["notice", "words", "priority", "buttons", "alarm"], rows) + "\n"


def _raw(name: str) -> str:
    files = sorted((ROOT / "locales" / "vi").glob("*.ftl"))
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    found = re.search(rf"^notice-{name} = (.*(?:\n    .*)*)", text, re.MULTILINE)
    return re.sub(r"\s+", " ", found.group(1)) if found else ""


def kinds() -> str:
    rows = [
        [f"`{one.code}`", WORDS.say("vi", f"kind.{one.code}"), WORDS.say("vi", f"kind.{one.code}.child"),
         one.group, one.track, one.level, ", ".join(extra.name for extra in one.extras)]
        for one in KINDS.values()
    ]  # fmt: skip
    rules = "\n".join(f"- {rule}: {WORDS.say('vi', f'rule.{rule}')}" for rule, _ in RULES)
    return (
        f"# Kinds and levels\n\nGroups: {', '.join(GROUPS)}; then: {', '.join(MORE)}.\n\n"
        + table(
            ["kind", "label", "for a child", "group", "track", "level", "extra questions"], rows
        )
        + f"\n\n## Rules that raise a level\n\n{rules}\n"
    )


def settings() -> str:
    rows = []
    for name, field in Config.model_fields.items():
        default = (
            field.default.get_secret_value()
            if hasattr(field.default, "get_secret_value")
            else field.default
        )
        rows.append(
            [f"`{PREFIX}{name.upper()}`", f"`{default}`" if default not in ("", None) else "–"]
        )
    commands = [[f"`bot {one.name}`", one.help] for one in COMMANDS]
    return (
        "# Settings and commands\n\n" + table(["setting", "default"], rows) + "\n\n"
        + table(["command", "what it does"], commands) + "\n\n## What a commune may set\n\n"
        + table(["setting", "levels", "as delivered", "from", "to", "counts in"], _of_a_commune()) + "\n\n"
        + table(["chain", "second call", "leader", "city", "everybody", "counts in"], _chains()) + "\n\n"
        + "A chain may be faster or call more people, never be slower than this.\n"
    )  # fmt: skip


def _of_a_commune() -> list[list[str]]:
    return [
        [f"`{one.id}`", ", ".join(n.levels), str(as_delivered(one, n)), str(n.least), str(n.most),
         n.unit]
        for one in SETTINGS.values() for n in one.numbers
    ]  # fmt: skip


def _chains() -> list[list[str]]:
    rows = []
    for level in CHAINS:
        most = limits(level)
        closing = [str(most.city), str(most.everybody)]
        if not closing_may_move(level):
            closing = [f"{one} working days" for one in closing]
        rows.append(
            [f"`{name_of(level)}`", str(most.second), str(most.leader), *closing, most.unit]
        )
    return rows


def limits_page() -> str:
    """What is too much, and what happens then."""
    rows = [
        [f"`{one.id}`", str(one.most), _within(one), one.of, one.over, one.passes]
        for one in LIMITS.values()
    ]
    return (
        "# Limits\n\nNone of them silences a first report, a cry for help or the press that says danger; "
        "whoever is slowed reads why, with 111.\n\n"
        + table(["limit", "at once", "within", "counted", "what happens beyond", "never in the way of"], rows)
        + "\n"
    )  # fmt: skip


def _within(one: Limit) -> str:
    """`1 h; beyond: 30 s later`."""
    span = _span(Span(one.within)) if one.within else "one pass"
    return f"{span}; waits {int(one.wait.total_seconds())} s at most" if one.wait else span


def channels() -> str:
    """What each channel can do, and all by which the same chat differs there."""
    names = list(ABILITIES)
    rows = [
        [f"`{one.name}`", *[_ability(getattr(ABILITIES[name], one.name)) for name in names]]
        for one in fields(Abilities)
        if one.name != "knock"  # by a setting, not by the channel
    ]
    instead = [
        [lacks, ", ".join(where), what]
        for lacks, missing, what in _INSTEAD
        if (where := [name for name in names if missing(ABILITIES[name])])
    ]
    return (
        "# What each channel can do\n\nOne chat, every channel: it differs only where an ability is "
        "missing.\n\n" + table(["ability", *names], rows) + "\n\n"
        "Where its window is closed, zalooa can knock with the approved template that "
        "`ANNHI_ZALO_OA_TEMPLATE` names.\n\n"
        "## What differs\n\n`tests/transcripts/test_everywhere.py` plays the chats of reporters and of "
        "staff on every channel and lets nothing else differ.\n\n"
        + table(["what is missing", "where", "what happens instead"], instead) + "\n"
    )  # fmt: skip


_INSTEAD: tuple[tuple[str, Callable[[Abilities], bool], str], ...] = (
    ("buttons", lambda one: one.choice == "numbered",
     "numbered lines under the text, answered with the number; letters stand there where a label is a number itself, and nothing where a number is the answer (an age); standing words are named in the last line, "
     "answered with the word; a link stands in the text. A number means the last message that "
        "has come and offers something, else the open question above it: an alert can be taken while a form "
        "is open, and a card that only changed comes without numbers then. What an older message "
        "offered is reached by writing the code of its case (below a question that takes any words it is asked "
        "which is meant, the answer or the case; with `/vu` before it, it is the case); "
        "a line of an older menu by its whole words. Right after words of the staff nothing is offered: a number typed then is the answer"),
    ("more than five buttons", lambda one: one.choice == "button5",
     "standing words take the buttons that are left over; the others are named in the last line, answered "
     "with the word. Six choices and more are numbered lines"),
    ("a changed message", lambda one: not one.edit,
     "the card comes afresh below everything else and begins with that it is an update. When only a clock "
     "went on, none comes: the reminder itself says what is due, and the next card names the next one; the "
     "card keeps its buttons till then. Below an open question it comes without buttons"),
    ("a message taken back", lambda one: one.delete_hours == 0,
     "after an exit nothing is removed and nothing is claimed; help, and the answer that others see the "
     "phone, say how to delete the chat oneself"),
    ("a message taken back later", lambda one: bool(one.delete_hours),
     "an exit removes what is younger, both sides; the page wipes its own thread"),
    ("long texts", lambda one: one.max_text < 4000, "cut into several messages, buttons under the last"),
    ("a button that dials", lambda one: not one.tel_links, "the number stands in the text"),
    ("a picture of its own", lambda one: one.media_out == "link",
     "Zalo fetches it from our https address; without one the text names the address. Only public pictures "
     "of ours leave (the QR code of a commune), nothing of a case"),
    ("a button that shares the place", lambda one: not one.ask_location,
     "the name of a village or commune is asked for; a place that is shared all the same is understood"),
    ("text and the key that shares the place in one message",
     lambda one: one.choice == "inline" and one.ask_location,
     "the key is a message of its own"),
    ("a link that brings a code", lambda one: not one.start_payload, "the code is typed: `#CODE`"),
    ("room for more than five messages a second", lambda one: one.choice == "numbered",
     "once something was sent, what follows waits a second"),
    ("messages that cost nothing at any time", lambda one: bool(one.free_hours),
     "to who was silent for 48 hours each message is billed: Zalo is asked beforehand, it is counted, and near "
     "the end of the month's quota only alerts and whom to call leave to them; whoever writes is answered"),
    ("an account of the staff's own", lambda one: one.choice == "web",
     "two chats that must wait shut the account for a while, and the page is the reporters', too"),
    ("knowledge of what a screen drew", lambda one: one.choice != "web",
     "an alert that left counts as arrived; on the page one that was not drawn within a minute wakes the "
     "next address"),
)  # fmt: skip


def _ability(value: object) -> str:
    if value is None:
        return "no limit"
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def promises() -> str:
    """Which tests stand behind a promise and behind a fault; a fault without one says so."""
    found = _tests()
    held = [
        [number, about, words, "<br>".join(_proof(one, found[one]) for one in faults.split())]
        for number, (about, words, faults) in PROMISES.items()
    ]
    rows = [
        [
            fault,
            *FAULTS[fault],
            "<br>".join(f"`{path}` {name}" for path, name in found[fault]) or NONE,
        ]
        for fault in FAULTS
    ]
    return (
        "# Promises and their tests\n\nA promise holds while every test of its faults passes, on SQLite "
        "and on PostgreSQL. The name of a test begins with the number of its fault (`test_f12_…`).\n\n"
        + table(["promise", "about", "what is promised", "faults and where their tests are"], held)
        + "\n\n## Faults\n\n"
        + table(["fault", "what happens", "what is expected", "tests"], rows) + "\n"
    )  # fmt: skip


def _tests() -> dict[str, list[tuple[str, str]]]:
    """The tests of each fault: (file, what it says)."""
    found: dict[str, list[tuple[str, str]]] = {fault: [] for fault in FAULTS}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for name in re.findall(r"(?:def test_|id=\")(f\d\d_\w+)", path.read_text(encoding="utf-8")):
            where = str(path.relative_to(ROOT / "tests"))
            found[name[:3].upper()].append((where, name[4:].replace("_", " ")))
    return found


def _proof(fault: str, tests: list[tuple[str, str]]) -> str:
    """A fault with the files of its tests, and how many there are in each."""
    files = Counter(path for path, _ in tests)
    return f"{fault}: " + (", ".join(f"`{path}` {n}" for path, n in files.items()) or NONE)


PAGES = {
    "lifecycle": lifecycle, "questions": questions, "roles": roles, "deadlines": deadlines,
    "notices": notices, "kinds": kinds, "settings": settings, "channels": channels, "promises": promises,
    "limits": limits_page,
}  # fmt: skip


def main() -> int:
    """Write the pages, or say which are stale."""
    stale = []
    for name, make in PAGES.items():
        path, text = OUT / f"{name}.md", inspect.cleandoc(make()) + "\n"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
            if "--check" not in sys.argv:
                OUT.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv:
        print(f"Not fresh: {', '.join(stale)}. Run: make docs", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
