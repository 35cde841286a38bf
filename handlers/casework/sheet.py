"""Everything that is known of a case, in lines of words: a card and a page are made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.lifecycle import Act
from cases.model import Case, Person, Timer
from cases.records import records
from cases.triage import rule_of
from handlers.actor import Kit
from handlers.casework.clocks import clock_words, clocks, next_task
from handlers.casework.log import acts_of, counted, done_line, read_by
from handlers.render import WHOLE, answers_of, hint_words, kind_words, summary, times_of
from handlers.talk.model import SKIPPED
from handlers.talk.signs import signs
from storage.ledgers.history import Event

NEWEST = 6  # acts on the card; older ones are counted


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
    lang, timers = reader.lang, known.timers
    events = read_by(reader, case, counted(case, known.events))
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
        clocks=[clock_words(kit, lang, one) for one in next_task(clocks(kit, case, timers))],
        remarks=[
            *_on_the_case(kit, lang, case, known.now),
            *_withheld(kit, lang, events),
            *_to_notice(kit, lang, answers),
        ],
        told=summary(kit, lang, answers, without=("kind", "files"), how=WHOLE * whole),
        missing=_missing(kit, lang, answers),
        done=[done_line(kit, reader, one, whole=whole) for one in acts_of(kit, lang, events)],
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


def _withheld(kit: Kit, lang: str, events: list[Event]) -> list[str]:
    """How often a messenger kept back what the reporter wrote."""
    count = sum(event.act == "withheld" for event in events)
    return [kit.catalog.say(lang, "card.withheld", count=count)] if count else []


def _to_notice(kit: Kit, lang: str, answers: Mapping[str, Any]) -> list[str]:
    """Whom it is about, what they wish, and signs that a child may not be writing freely."""
    lines = [
        kit.catalog.say(lang, f"card.{name}")
        for name in ("friend", "asks_person")
        if answers.get(name)
    ]
    found = "; ".join(kit.catalog.say(lang, f"sign.{one}") for one in signs(answers))
    lines += [kit.catalog.say(lang, "card.signs", signs=found)] * bool(found)
    hints = hint_words(kit, lang, answers)
    return [*lines, kit.catalog.say(lang, "card.hints", hints="; ".join(hints))] if hints else lines


def _lapsed(kit: Kit, lang: str, case: Case, now: datetime) -> list[str]:
    """A separation whose days are over stays in sight until it is extended or ended."""
    return [
        kit.catalog.say(lang, "card.lapsed", **times_of(kit, lang, one.due_at))
        for one in records(case, "separation", "running")
        if one.due_at is not None and one.due_at <= now
    ]


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


def _group(kit: Kit, lang: str, case: Case, events: list[Event]) -> list[str]:
    """The group of Art. 10 that a person named when they set the kind it still has."""
    forms = [one.body["form"] for one in events if one.act == Act.SET_KIND]
    group = forms[-1].get("group") if forms and forms[-1].get("kind") == case.kind else None
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
