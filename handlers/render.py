"""Questions, answers and buttons become words in the language of their reader."""

import re
from collections.abc import Mapping
from typing import Any

from cases.messages import Choice
from cases.model import Case
from cases.times.calendar import local
from handlers.actor import HELPLINE, Kit
from handlers.flows.report import EXTRAS, REPORT
from handlers.spans import span_words
from handlers.talk.model import SKIPPED, Asking, told
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


DAY = re.compile(r"\d{4}-\d\d-\d\d")


WHOLE, PUBLIC = "whole", "public"
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


WITHDRAWN = "consent_withdrawn"  # an event: who reported takes back that they may be called
TOLD = ("report", "added", WITHDRAWN)  # events that `answers_of` is made of


def standing(kit: Kit, lang: str, name: str) -> Choice:
    """A standing button; `call` dials the number that children reach day and night."""
    tel = HELPLINE if name == "call" else ""
    return Choice(name, kit.catalog.say(lang, f"standing.{name}"), tel=tel, standing=True)


def question(kit: Kit, lang: str, asking: Asking) -> str:
    """The words of a question; a child's own where there are any."""
    flow, _, name = asking.text.partition(".")
    keys = [f"{voice}.{name}" for voice in _VOICES.get(flow, (flow,))]
    key = next((one for one in keys if kit.catalog.has(lang, one)), asking.text)
    values = dict(asking.values)
    if "span" in values:
        values["span"] = span_words(kit, lang, values["span"], public=True)
    return kit.catalog.say(lang, key, **values)


def summary(
    kit: Kit, lang: str, answers: Mapping[str, Any], *, without: tuple[str, ...] = (),
    how: str = "",
) -> list[str]:  # fmt: skip
    """Every answer as `field: words`, what was told in the person's own words first.

    `how`: WHOLE = no words are cut; PUBLIC = hours as everybody says them, not as staff write them.
    """
    order = [*_FIRST, *(ask.id for ask in REPORT.asks if ask.id not in _FIRST)]
    lines = []
    for name in order:
        value = answers.get(name)
        if value in (None, [], SKIPPED) or name in _HIDDEN + without:
            continue
        if name == "first_words" and value in (told(answers, "story") or ()):
            continue  # the first words were the story: once is enough
        words = answer_words(kit, lang, name, value, public=how == PUBLIC)
        lines.append(f"{_field(kit, lang, name)}: {words if how == WHOLE else short(words)}")
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


def answer_words(kit: Kit, lang: str, name: str, value: Any, *, public: bool = False) -> str:
    """One answer of a report in words."""
    if isinstance(value, list):
        return " / ".join(str(one) for one in value)
    if isinstance(value, Mapping):
        return (
            _time_words(kit, lang, value, public=public)
            if "to" in value
            else _mapping(kit, lang, value)
        )
    if isinstance(value, int):
        return str(value)
    known = kit.catalog
    for key in (f"report.{name}.{value}", f"kind.{value}", f"common.{value}"):
        if known.has(lang, key):
            return known.say(lang, key)
    return str(value)


def _time_words(kit: Kit, lang: str, value: Mapping[str, Any], *, public: bool) -> str:
    """The words as they were typed, and what was understood of them."""
    raw = "" if value.get("hinted") else str(value["raw"])
    return " · ".join(one for one in (raw, span_words(kit, lang, value, public=public)) if one)


def _mapping(kit: Kit, lang: str, value: Mapping[str, Any]) -> str:
    if "given" in value:
        return kit.catalog.say(lang, "value.given", given=value["given"])
    commune = kit.places().areas.communes.get(str(value.get("commune", "")), "")
    commune = commune or str(value.get("elsewhere", ""))
    point = _point(kit, lang, value) if value.get("lat") is not None else ""
    said = value.get("words") or value.get("raw") or ""
    return " · ".join(one for one in (str(said), commune, point) if one)


def hint_words(kit: Kit, lang: str, answers: Mapping[str, Any]) -> list[str]:
    """Which words of the first message led to which suggestion, each in its own words."""
    return [
        kit.catalog.say(lang, f"hint.{one['about']}", words=one["words"], **_hinted(kit, lang, one))
        for one in answers.get("hints", ())
    ]


def _hinted(kit: Kit, lang: str, hint: Mapping[str, Any]) -> dict[str, str]:
    if hint["about"] == "kind":
        return {"kind": kit.catalog.say(lang, f"kind.{hint['code']}")}
    if hint["about"] == "place":
        one = kit.places().by_code(str(hint["code"]))
        if one.elsewhere:
            return {"elsewhere": one.elsewhere, "name": "", "unit": ""}
        return {"elsewhere": "none", **kit.places().areas.named(one.code)}
    return {"span": span_words(kit, lang, hint["span"])} if hint["about"] == "time" else {}


def _point(kit: Kit, lang: str, value: Mapping[str, Any]) -> str:
    return kit.catalog.say(lang, "value.point", lat=str(value["lat"]), lon=str(value["lon"]))


def short(text: str) -> str:
    """As much of what somebody wrote as a card has room for."""
    return text if len(text) <= LONGEST else text[:LONGEST] + " …"


def answers_of(events: list[Event]) -> dict[str, Any]:
    """What reporters told so far, the newest answer of each question."""
    answers: dict[str, Any] = {}
    for event in events:
        if event.act == "report":
            answers |= event.body.get("answers", {})
        if event.act == WITHDRAWN and told(answers, "contact"):
            answers["contact"] = "no"  # of a held file it stays where it is, and nobody is shown it
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


def kind_words(kit: Kit, lang: str, case: Case, answers: Mapping[str, Any]) -> str:
    """The kind of a case, as far as it is known."""
    known = case.kind != "other" or told(answers, "kind")
    if not known and answers.get("kind_group"):
        return kit.catalog.say(lang, f"report.kind.{answers['kind_group']}")
    return kit.catalog.say(lang, f"kind.{case.kind}" if known else "card.kind_open")
