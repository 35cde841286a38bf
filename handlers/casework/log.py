"""What was done to a case, in the words of its log."""

from collections.abc import Mapping
from dataclasses import replace

from cases.access import reads_whole
from cases.codes import read_code
from cases.conflict import stands_above
from cases.lifecycle import Act
from cases.model import Case, Person, Role
from cases.plans import number_of
from handlers.actor import Kit
from handlers.papers.boxes import FILLED
from handlers.render import DAY, short, times_of
from handlers.talk.model import SKIPPED
from storage.ledgers.history import Event

_LOGGED: Mapping[str, tuple[str, ...]] = {
    Act.SUBMIT.value: ("goals",)
}  # its tasks stand on the card themselves


_OF_TASKS = (Act.TASK_DONE, Act.TASK_FAILED)


def counted(case: Case, events: list[Event]) -> list[Event]:
    """Tasks as people count them in their plan, instead of as they are stored."""
    numbers = {str(one.no): str(number_of(one)) for one in case.beside if one.kind == "task"}
    return [_counted(one, numbers) if one.act in _OF_TASKS else one for one in events]


# Who reported, and how they can be reached: they agreed that whoever has the case knows it (P2).
_REPORTERS_OWN = ("contact", "numbers", "safe_time", "shared_phone")


def read_by(reader: Person, case: Case, events: list[Event]) -> list[Event]:
    """What this reader may read of what happened; that it happened they see."""
    if reads_whole(reader, case):
        return events
    return [one if one.actor == reader.id else _without(one) for one in events]


def _without(event: Event) -> Event:
    """An act without the words of its form, a report without the reporter."""
    told = event.body.get("answers", {})
    answers = {name: told[name] for name in told if name not in _REPORTERS_OWN}
    form = event.body.get("form", {}) if event.act == Act.MARK_CRIME else {}
    body = {**event.body, "answers": answers, "form": form}
    if "answer" in body:
        body["text"] = ""  # to a letter of whoever has the case
    return replace(event, body=body)


def _counted(event: Event, numbers: Mapping[str, str]) -> Event:
    form = {**event.body["form"], "record": numbers[event.body["form"]["record"]]}
    return replace(event, body={**event.body, "form": form})


def acts_of(kit: Kit, lang: str, events: list[Event]) -> list[Event]:
    """What was done; what was written to a reporter stands with their answer instead."""
    acts = [event for event in events if kit.catalog.has(lang, f"act.{event.act}")]
    return [event for event in acts if event.act != Act.ASK_REPORTER]


def done_line(kit: Kit, reader: Person, event: Event, *, whole: bool) -> str:
    """When, who by role, what, and the words of the form."""
    when = "{at} {day}".format(**times_of(kit, reader.lang, event.at))
    return f"{when} {done_words(kit, reader, event, whole=whole)}"


def done_words(kit: Kit, reader: Person, event: Event, *, whole: bool = True) -> str:
    """Who by role, what, and the words of the form where the reader may have them."""
    lang, form = reader.lang, _said(kit, reader.lang, event) if told_to(reader, event) else []
    said = "; ".join(one if whole else short(one) for one in form)
    act = kit.catalog.say(lang, f"act.{event.act}")
    role = event.body.get("role") or "system"
    who = kit.catalog.say(lang, f"role.{role}")
    return f"{who}: {act}{' – ' + said if said else ''}"


def told_to(reader: Person, event: Event) -> bool:
    """How somebody is involved only the level above reads; of others, also those beside who said it."""
    if event.act not in (Act.EXCLUDE, Act.INCLUDE):
        return True
    said_by = Role(event.body["role"])
    others = "person" in event.body["form"] and reader.role is said_by
    return others or stands_above(reader.role, said_by)


def _said(kit: Kit, lang: str, event: Event) -> list[str]:
    form = event.body.get("form", {})
    return [
        _form_words(kit, lang, event, name, str(value))
        for name, value in form.items()
        if value != SKIPPED and _logged(event.act, name)
    ]


def _logged(act: str, name: str) -> bool:
    """Whether this answer stands in the log: no person, and a number only of what people count."""
    if name in ("person", "record"):
        return name == "record" and act in _OF_TASKS
    return name in _LOGGED.get(act, (name,))


def _form_words(kit: Kit, lang: str, event: Event, name: str, value: str) -> str:
    words, label = _answer_words(kit, lang, event.act, name, value), _label(event, name)
    return f"{kit.catalog.say(lang, label)}: {words}" if kit.catalog.has(lang, label) else words


def _label(event: Event, name: str) -> str:
    """What the answer is about, where the answer alone does not say it."""
    if event.act != FILLED:
        return f"act_{event.act}.{name}.short"
    form, _, _ = str(event.body["paper"]).rpartition("-")
    return f"paper_{form}.{name}"


def _answer_words(kit: Kit, lang: str, act: str, name: str, value: str) -> str:
    if name == "commune":
        return kit.places().areas.communes.get(value, value)
    if name == "other":
        return read_code(value) or value
    if name == "record":
        return kit.catalog.say(lang, "plan.no", no=value)
    if DAY.fullmatch(value):
        return "/".join(reversed(value.split("-")))
    own = f"act_{act}.{name}.{value}"
    own = f"kind.{value}" if (act, name) == (Act.SET_KIND, "kind") else own
    keys = (own, f"group.{value}" if name == "group" else f"degree.{value}")
    key = next((one for one in keys if kit.catalog.has(lang, one)), "")
    return kit.catalog.say(lang, key) if key else value
