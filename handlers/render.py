"""Questions, receipts and cards become messages in the language of their reader."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cases.codes import read_code
from cases.conflict import stands_above
from cases.deadlines import AFTER_CLOSING, DEADLINES, steps_of
from cases.lifecycle import Act
from cases.messages import Choice
from cases.model import Case, Person, Role, Timer
from cases.plans import number_of
from cases.records import clock_of, records
from cases.timers import due_of
from cases.times.calendar import local
from cases.triage import rule_of
from handlers.actor import HELPLINE, Kit
from handlers.flows.report import EXTRAS, REPORT
from handlers.talk.model import SKIPPED, Asking, told
from handlers.talk.signs import signs
from storage.ledgers.history import Event

_HIDDEN = (
    "kind_group", "danger_words", "child", "sos", "files", "review", "more", "media", "code_word",
)  # fmt: skip
_FIRST = ("first_words", "story", "extra_words", "captions", "added", "numbers")
# Whose sentences are used: a child's own, or those of staff who report, where there are any.
_VOICES = {
    "child": ("child", "report"), "friend": ("friend", "child", "report"),
    "behalf": ("behalf", "report"),
}  # fmt: skip
_LOGGED: Mapping[str, tuple[str, ...]] = {
    Act.SUBMIT.value: ("goals",)
}  # its tasks stand on the card themselves
_OF_TASKS = (Act.TASK_DONE, Act.TASK_FAILED)
DAY = re.compile(r"\d{4}-\d\d-\d\d")
NEWEST = 6  # acts on the card; older ones are counted
LONGEST = 700  # characters of one answer on the card; the rest is in the case


def label(kit: Kit, lang: str, text: str, option: str) -> str:
    """The words on a button: of the question itself, else of the kind, else the common ones."""
    flow, _, name = text.partition(".")
    keys: tuple[str, ...] = () if name else (f"{text}.{option}",)
    for voice in _VOICES.get(flow, (flow, "report")) if name else ():
        keys += (f"{voice}.{name}.{option}",)
        if name == "kind_detail":
            keys += (f"kind.{option}" if voice == "report" else f"kind.{option}.{voice}",)
    keys += (f"common.{option}", f"field.{option}", f"degree.{option}", f"ahead.{option}")
    if option.startswith("extra_"):
        keys = (*keys, f"report.{option}")
    return kit.catalog.first(lang, keys)


def choices(kit: Kit, lang: str, asking: Asking) -> tuple[Choice, ...]:
    """The buttons of a question: its options, then the standing ones."""
    own = tuple(
        Choice(one.code, one.label or label(kit, lang, asking.text, one.code))
        for one in asking.options
    )
    return own + tuple(standing(kit, lang, name) for name in asking.standing)


def standing(kit: Kit, lang: str, name: str) -> Choice:
    """A standing button; `call` dials the number that children reach day and night."""
    tel = HELPLINE if name == "call" else ""
    return Choice(name, kit.catalog.say(lang, f"standing.{name}"), tel=tel, standing=True)


def question(kit: Kit, lang: str, asking: Asking) -> str:
    """The words of a question; a child's own where there are any."""
    flow, _, name = asking.text.partition(".")
    keys = [f"{voice}.{name}" for voice in _VOICES.get(flow, (flow,))]
    key = next((one for one in keys if kit.catalog.has(lang, one)), asking.text)
    return kit.catalog.say(lang, key, **asking.values)


def summary(
    kit: Kit, lang: str, answers: Mapping[str, Any], *, without: tuple[str, ...] = (),
    whole: bool = False,
) -> list[str]:  # fmt: skip
    """Every answer as `field: words`, what was told in the person's own words first."""
    order = [*_FIRST, *(ask.id for ask in REPORT.asks if ask.id not in _FIRST)]
    lines = []
    for name in order:
        value = answers.get(name)
        if value in (None, [], SKIPPED) or name in _HIDDEN + without:
            continue
        if name == "first_words" and value in (told(answers, "story") or ()):
            continue  # the first words were the story: once is enough
        words = answer_words(kit, lang, name, value)
        lines.append(f"{_field(kit, lang, name)}: {words if whole else short(words)}")
    if moved := answers.get("moved_to"):
        lines.append(f"{_field(kit, lang, 'moved_to')}: {_point(kit, lang, moved)}")
    point = answers.get("point")
    if point and not any(_has_point(answers.get(name)) for name in ("place", "child_place")):
        lines.append(f"{kit.catalog.say(lang, 'field.point')}: {_point(kit, lang, point)}")
    if (files := answers.get("files")) and "files" not in without:
        lines.append(kit.catalog.say(lang, "card.files", count=len(files)))
    return lines


def _has_point(value: Any) -> bool:
    return isinstance(value, Mapping) and value.get("lat") is not None


def _field(kit: Kit, lang: str, name: str) -> str:
    if name in {ask.id for ask in EXTRAS}:
        return kit.catalog.say(lang, f"report.{name}").rstrip("?")
    return kit.catalog.say(lang, f"field.{name}")


def answer_words(kit: Kit, lang: str, name: str, value: Any) -> str:
    """One answer of a report in words."""
    if isinstance(value, list):
        return " / ".join(str(one) for one in value)
    if isinstance(value, Mapping):
        return _mapping(kit, lang, value)
    if isinstance(value, int):
        return str(value)
    known = kit.catalog
    for key in (f"report.{name}.{value}", f"kind.{value}", f"common.{value}"):
        if known.has(lang, key):
            return known.say(lang, key)
    return str(value)


def _mapping(kit: Kit, lang: str, value: Mapping[str, Any]) -> str:
    if "given" in value:
        return kit.catalog.say(lang, "value.given", given=value["given"])
    commune = kit.places().areas.communes.get(str(value.get("commune", "")), "")
    point = _point(kit, lang, value) if value.get("lat") is not None else ""
    said = value.get("words") or value.get("raw") or ""
    return " · ".join(one for one in (str(said), commune, point) if one)


def _point(kit: Kit, lang: str, value: Mapping[str, Any]) -> str:
    return kit.catalog.say(lang, "value.point", lat=str(value["lat"]), lon=str(value["lon"]))


def short(text: str) -> str:
    """As much of what somebody wrote as a card has room for."""
    return text if len(text) <= LONGEST else text[:LONGEST] + " …"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is known of a case, in lines of words; a card and a page are made of it."""

    head: str
    facts: list[str]  # level and why, status, holder, received, commune, kind
    clocks: list[str]
    remarks: list[str]
    told: list[str]
    missing: list[str]
    done: list[str]  # without its heading, the oldest first


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a case beside its facts: its events, its armed clocks, and what time it is."""

    events: list[Event]
    timers: list[Timer]
    now: datetime


def sheet(
    kit: Kit, reader: Person, case: Case, known: Known, *,
    whole: bool = False,
) -> Sheet:  # fmt: skip
    """`whole`: no words are cut."""
    lang, events, timers = reader.lang, known.events, known.timers
    say, answers = kit.catalog.say, answers_of(events)
    facts = [
        say(lang, "card.level", level=say(lang, f"level.{case.level}")),
        *_why(kit, lang, events),
        say(lang, "card.status", status=say(lang, f"state.{case.status}")),
        _holder(kit, lang, case),
        say(lang, "card.received", **times_of(kit, lang, case.received_at)),
        _commune(kit, lang, case),
        say(lang, "card.kind", kind=kind_words(kit, lang, case, answers)),
        *_group(kit, lang, case, events),
    ]
    return Sheet(
        head=say(lang, "card.head", code=case.code), facts=facts,
        clocks=[clock_words(kit, lang, one) for one in _next_task(clocks(kit, case, timers))],
        remarks=[*_on_the_case(kit, lang, case, known.now), *_to_notice(kit, lang, answers)],
        told=summary(kit, lang, answers, without=("kind", "files"), whole=whole),
        missing=_missing(kit, lang, answers),
        done=[_done(kit, reader, one, whole=whole) for one in _acts(kit, lang, counted(case, events))],
    )  # fmt: skip


def card(kit: Kit, reader: Person, case: Case, known: Known) -> str:
    """The case card: what is known, who has it, the next deadline, what was done."""
    say, lang, all_ = kit.catalog.say, reader.lang, sheet(kit, reader, case, known)
    lines = [all_.head, *all_.facts, *all_.clocks, *all_.remarks]
    lines += [*[""] * bool(all_.told), *all_.told]
    if all_.missing:
        lines += ["", *all_.missing]
    if all_.done:
        lines += ["", say(lang, "card.log")]
    if len(all_.done) > NEWEST:
        lines.append(say(lang, "card.log_more", count=len(all_.done) - NEWEST))
    return "\n".join([*lines, *all_.done[-NEWEST:]])


def _on_the_case(kit: Kit, lang: str, case: Case, now: datetime) -> list[str]:
    shown = [flag for flag in case.flags if flag in ("child", "age_16_17", "raw", "crime")]
    return [
        *_lapsed(kit, lang, case, now),
        *[kit.catalog.say(lang, f"card.{one}") for one in shown],
    ]


def _to_notice(kit: Kit, lang: str, answers: Mapping[str, Any]) -> list[str]:
    """Whom it is about, what they wish, and signs that a child may not be writing freely."""
    lines = [
        kit.catalog.say(lang, f"card.{name}")
        for name in ("friend", "asks_person")
        if answers.get(name)
    ]
    found = "; ".join(kit.catalog.say(lang, f"sign.{one}") for one in signs(answers))
    return [*lines, kit.catalog.say(lang, "card.signs", signs=found)] if found else lines


def _lapsed(kit: Kit, lang: str, case: Case, now: datetime) -> list[str]:
    """A separation whose days are over stays in sight until it is extended or ended."""
    return [
        kit.catalog.say(lang, "card.lapsed", **times_of(kit, lang, one.due_at))
        for one in records(case, "separation", "running")
        if one.due_at is not None and one.due_at <= now
    ]


def answers_of(events: list[Event]) -> dict[str, Any]:
    """What reporters told so far, the newest answer of each question."""
    answers: dict[str, Any] = {}
    for event in events:
        if event.act == "report":
            answers |= event.body.get("answers", {})
        if event.act == "added":
            answers["files"] = [*answers.get("files", []), *event.body.get("files", [])]
        if event.act == "added" and not event.body.get("answer"):
            words = [event.body["text"]] if event.body.get("text") else []
            answers["added"] = [*answers.get("added", []), *words]
    return answers


def times_of(kit: Kit, lang: str, at: Any) -> dict[str, str]:
    """A time of the day and its day, as words need them."""
    here = local(at)
    return {"at": f"{here:%H:%M}", "day": kit.catalog.day(lang, here.day, here.month)}


def _why(kit: Kit, lang: str, events: list[Event]) -> list[str]:
    fired = [rule_of(one) for event in events for one in event.body.get("fired", ())]
    # What was unclear at first (T2) is no reason any more once another rule has fired.
    rules = [rule for rule in dict.fromkeys(fired) if rule != "T2"] or fired[:1]
    if not rules:
        return []
    reasons = ", ".join(kit.catalog.say(lang, f"rule.{rule}") for rule in rules)
    return [kit.catalog.say(lang, "card.why", reasons=reasons)]


def _holder(kit: Kit, lang: str, case: Case) -> str:
    if not case.holder or case.acked_at is None:
        return kit.catalog.say(lang, "card.nobody")
    role = kit.catalog.say(lang, f"role.{case.acked_by_role}")
    return kit.catalog.say(lang, "card.holder", role=role, **times_of(kit, lang, case.acked_at))


def _commune(kit: Kit, lang: str, case: Case) -> str:
    name = kit.places().areas.communes.get(case.commune, "")
    if not name:
        return kit.catalog.say(lang, "card.no_commune")
    return kit.catalog.say(lang, "card.commune", name=name)


@dataclass(frozen=True, slots=True)
class ClockNow:
    """One running clock: `due` is what it calls due, `at` what is shown of it.

    `fixed`: it has a due of its own; any other only comes back.
    """

    kind: str
    fixed: bool
    at: datetime
    due: datetime


def clocks(kit: Kit, case: Case, timers: list[Timer]) -> list[ClockNow]:
    """What is due when, then when the next reminder comes by itself."""
    found = []
    for timer in timers:
        row = DEADLINES.get(clock_of(timer.kind))
        if row is None or row.id in AFTER_CLOSING:
            continue
        fixed = row.law or bool(row.beats)
        stepped = fixed or bool(steps_of(timer.kind, case, kit.policy))
        due = due_of(timer, case, kit.policy) if stepped else timer.due_at
        found.append(ClockNow(row.id, fixed, due if fixed else timer.due_at, due))
    return sorted(found, key=lambda one: (not one.fixed, one.due))


def _next_task(found: list[ClockNow]) -> list[ClockNow]:
    """Without the later tasks: the plan names each with its day."""
    tasks = [one for one in found if one.kind == "task"]
    return [one for one in found if one not in tasks[1:]]


def clock_words(kit: Kit, lang: str, clock: ClockNow) -> str:
    """`Hạn: …` for a due, `Nhắc tiếp: …` for a setting."""
    name = kit.catalog.say(lang, f"clock.{clock.kind}")
    key = "card.due" if clock.fixed else "card.next"
    return kit.catalog.say(lang, key, clock=name, **times_of(kit, lang, clock.at))


def kind_words(kit: Kit, lang: str, case: Case, answers: Mapping[str, Any]) -> str:
    """The kind of a case, as far as it is known."""
    known = case.kind != "other" or told(answers, "kind")
    if not known and answers.get("kind_group"):
        return kit.catalog.say(lang, f"report.kind.{answers['kind_group']}")
    return kit.catalog.say(lang, f"kind.{case.kind}" if known else "card.kind_open")


def _group(kit: Kit, lang: str, case: Case, events: list[Event]) -> list[str]:
    """The group of Art. 10 that a person named when they set the kind it still has."""
    forms = [one.body["form"] for one in events if one.act == Act.SET_KIND]
    group = forms[-1].get("group") if forms and forms[-1]["kind"] == case.kind else None
    return (
        [kit.catalog.say(lang, "plan.group", group=kit.catalog.say(lang, f"group.{group}"))]
        if group
        else []
    )


def _missing(kit: Kit, lang: str, answers: Mapping[str, Any]) -> list[str]:
    wanted = ("place", "story", "child_age", "child_sex", "when")
    missing = [name for name in wanted if answers.get(name) in (None, [], SKIPPED)]
    if not missing:
        return []
    fields = ", ".join(kit.catalog.say(lang, f"field.{name}") for name in missing)
    return [kit.catalog.say(lang, "card.missing", fields=fields)]


def counted(case: Case, events: list[Event]) -> list[Event]:
    """Tasks as people count them in their plan, instead of as they are stored."""
    numbers = {str(one.no): str(number_of(one)) for one in case.beside if one.kind == "task"}
    return [_counted(one, numbers) if one.act in _OF_TASKS else one for one in events]


def _counted(event: Event, numbers: Mapping[str, str]) -> Event:
    form = {**event.body["form"], "record": numbers[event.body["form"]["record"]]}
    return replace(event, body={**event.body, "form": form})


def _acts(kit: Kit, lang: str, events: list[Event]) -> list[Event]:
    """What was done; what was written to a reporter stands with their answer instead."""
    acts = [event for event in events if kit.catalog.has(lang, f"act.{event.act}")]
    return [event for event in acts if event.act != Act.ASK_REPORTER]


def _done(kit: Kit, reader: Person, event: Event, *, whole: bool) -> str:
    """When, who by role, what, and the words of the form."""
    when = "{at} {day}".format(**times_of(kit, reader.lang, event.at))
    return f"{when} {done_words(kit, reader, event, whole=whole)}"


def done_words(kit: Kit, reader: Person, event: Event, *, whole: bool = True) -> str:
    """Who by role, what, and the words of the form where the reader may have them."""
    lang, form = reader.lang, _said(kit, reader.lang, event) if _told_to(reader, event) else []
    said = "; ".join(one if whole else short(one) for one in form)
    act = kit.catalog.say(lang, f"act.{event.act}")
    role = event.body.get("role") or "system"
    who = kit.catalog.say(lang, f"role.{role}")
    return f"{who}: {act}{' – ' + said if said else ''}"


def _told_to(reader: Person, event: Event) -> bool:
    """How somebody is involved only the level above reads; of others, also those beside who said it."""
    if event.act not in (Act.EXCLUDE, Act.INCLUDE):
        return True
    said_by = Role(event.body["role"])
    others = "person" in event.body["form"] and reader.role is said_by
    return others or stands_above(reader.role, said_by)


def _said(kit: Kit, lang: str, event: Event) -> list[str]:
    form = event.body.get("form", {})
    return [
        _form_words(kit, lang, event.act, name, str(value))
        for name, value in form.items()
        if value != SKIPPED and _logged(event.act, name)
    ]


def _logged(act: str, name: str) -> bool:
    """Whether this answer stands in the log: no person, and a number only of what people count."""
    if name in ("person", "record"):
        return name == "record" and act in _OF_TASKS
    return name in _LOGGED.get(act, (name,))


def _form_words(kit: Kit, lang: str, act: str, name: str, value: str) -> str:
    words, short = _answer_words(kit, lang, act, name, value), f"act_{act}.{name}.short"
    return f"{kit.catalog.say(lang, short)}: {words}" if kit.catalog.has(lang, short) else words


def _answer_words(kit: Kit, lang: str, act: str, name: str, value: str) -> str:
    if name == "commune":
        return kit.places().areas.communes.get(value, value)
    if name == "other":
        return read_code(value) or value
    if name == "record":
        return kit.catalog.say(lang, "plan.no", no=value)
    if DAY.fullmatch(value):
        return "/".join(reversed(value.split("-")))
    own = f"kind.{value}" if name == "kind" else f"act_{act}.{name}.{value}"
    keys = (own, f"group.{value}" if name == "group" else f"degree.{value}")
    key = next((one for one in keys if kit.catalog.has(lang, one)), "")
    return kit.catalog.say(lang, key) if key else value
