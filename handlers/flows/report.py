"""What we ask a person who reports about a child, in which order (DOMAIN.md section 6)."""

from collections.abc import Callable, Mapping
from typing import Any

from cases.incident_types import KINDS
from cases.typed.danger_words import SELF_HARM
from cases.typed.fold import fold
from cases.typed.short import SAFE
from handlers.talk.answers import (
    Age,
    Choice,
    CodeWord,
    Contact,
    Files,
    Kind,
    Place,
    Review,
    When,
    Words,
)
from handlers.talk.flow import Ask, Flow
from handlers.talk.model import SKIPPED, Answers, Facts, told

YES = ("yes", "no", "unknown")
SOURCES = ("phone", "visit", "h111", "police", "school")  # how staff heard of it; else `bot`
FIRST = ("child", "follow", "exit")
_GREETING = frozenset(
    [
        *("xin", "chao", "a", "alo", "lo", "anh", "chi", "em", "ban", "co", "chu", "ac", "oi"),
        *("nhe", "nha", "da", "vang", "cho", "hoi", "minh", "toi", "hello", "hi", "hey", "good"),
        *("morning", "evening", "test", "thu", "start"),
    ]
)


def mode(answers: Answers) -> str:
    """A = danger, C = child, N = calm. Danger words and an SOS count like the button."""
    if answers.get("child"):
        return "C"
    danger = answers.get("danger_now") == "now" or answers.get("unsafe")
    return "A" if danger or answers.get("sos") or answers.get("danger_words") else "N"


def voice(answers: Answers) -> str:
    """Whose wording: a child's own, a child's who writes for a friend, that of staff, or the plain one."""
    if not answers.get("child"):
        return "behalf" if answers.get("behalf") else ""
    return "friend" if answers.get("friend") else "child"


def track(answers: Answers) -> str:
    """The track of the kind told so far; "" while it is not known."""
    kind = KINDS.get(str(told(answers, "kind") or ""))
    return kind.track if kind else ""


def _abuse(answers: Answers) -> bool:
    return track(answers) == "abuse"


def _reached(answers: Answers) -> bool:
    """Whether it makes sense to ask how to answer safely: who writes here, or left a way to be reached."""
    given = told(answers, "contact")
    return not answers.get("behalf") or (isinstance(given, Mapping) and "given" in given)


def _of(name: str) -> Callable[[Answers], bool]:
    def applies(answers: Answers) -> bool:
        kind = KINDS.get(str(told(answers, "kind") or ""))
        return kind is not None and any(extra.name == name for extra in kind.extras)

    return applies


def _extras() -> tuple[Ask, ...]:
    found = {extra.name: extra for kind in KINDS.values() for extra in kind.extras}
    return tuple(
        Ask(
            f"extra_{extra.name}",
            Choice(extra.options, extra.free) if extra.options else Words(),
            _of(extra.name),
        )
        for extra in found.values()
    )


EXTRAS = _extras()
_EXTRA_IDS = tuple(ask.id for ask in EXTRAS)
_LAST = ("safe_time", "shared_phone", "code_word")
_ORDERS = {
    "A": ("danger_now", "child_place", "kind", "conflict", "child_age", "story", "more",
          *_EXTRA_IDS, "harmer", "harmer_access", "protector", "place", "when", "help_given",
          "child_sex", "child_name", "media", "contact", *_LAST, "review"),
    "N": ("danger_now", "kind", "conflict", "place", "story", "child_age", "more", "when",
          "child_place", *_EXTRA_IDS, "harmer", "harmer_access", "protector", "help_given",
          "child_sex", "child_name", "media", "contact", *_LAST, "review"),
    "C": ("danger_now", "child_place", "kind", "story", "protector", *_LAST, "child_name"),
}  # fmt: skip

# A child that does not want to live is first asked who is near, and only then for its story; who
# said it in words is not asked what is happening.
_BEFORE = ("danger_now", "child_place")
_AFTER = ("protector", "story", *_LAST, "child_name")
_NEAR_FIRST = (*_BEFORE, "kind", *_AFTER)
_SAID_IT = (*_BEFORE, *_AFTER)


# In a flood (TRUST.md 17), and whom the harmer works for: nobody may be alerted who did it (ADR 38).
_BRIEF = ("danger_now", "child_place", "kind", "conflict")


def order(answers: Answers) -> tuple[str, ...]:
    """The questions in force. After "send now" only how to answer safely, then the receipt."""
    if answers.get("brief") and not answers.get("child"):
        return _BRIEF
    ids = _ORDERS[mode(answers)]
    if answers.get("child"):
        ids = _child_order(answers)
    if answers.get("more") == "send" and "more" in ids:
        number = ("contact",) * bool(answers.get("number_waits"))
        ids = (*ids[: ids.index("more") + 1], *number, *_LAST)
    return _with_source(ids, answers) if answers.get("behalf") else ids


def _with_source(ids: tuple[str, ...], answers: Answers) -> tuple[str, ...]:
    """Who reports for somebody says first how they heard of it; after a cry for help, where comes first."""
    at = ids.index("child_place") + 1 if answers.get("sos") else 0
    return (*ids[:at], "source", *ids[at:])


def _child_order(answers: Answers) -> tuple[str, ...]:
    if "kind" not in answers and SELF_HARM.intersection(answers.get("danger_words", ())):
        return _SAID_IT
    return _NEAR_FIRST if told(answers, "kind") == "self_harm" else _ORDERS["C"]


def opens(answers: Answers, facts: Facts) -> bool:
    """Alert first, ask later: from here on the case must be open.

    Danger and a child: once asked where the child is, or at once where a poster named the commune
    or the cry for help came twice (a child that presses it has answered before).
    Otherwise: once the kind was asked.
    """
    how = mode(answers)
    if how == "N":
        return "kind" in answers
    if int(answers.get("sos", 0)) > (how == "A"):
        return True
    poster = bool(facts.commune) and (how == "A" or "danger_now" in answers)
    return poster or "child_place" in answers


REPORT = Flow(
    name="report",
    asks=(
        Ask("source", Choice(SOURCES)),
        Ask(
            "danger_now",
            Choice(("now", "no", "unsure"), also={"child": SAFE, "friend": SAFE}),
            standing=FIRST,
        ),
        Ask("child_place", Place(same_as="place")),
        Ask("kind", Kind()),
        Ask("conflict", Choice(("commune", "school", "police", "no", "unknown")), _abuse),
        Ask("place", Place(same_as="child_place")),
        Ask("child_age", Age()),
        Ask("story", Words(media=True)),
        Ask("more", Choice(("ok", "send"))),
        *EXTRAS,
        Ask("harmer", Choice(("parent", "carer", "known", "stranger", "unknown")), _abuse),
        Ask("harmer_access", Choice(YES), _abuse),
        Ask("protector", Choice(YES, free=True)),
        Ask("help_given", Words()),
        Ask("when", When()),
        Ask("child_sex", Choice(("male", "female", "unknown"))),
        Ask("child_name", Words()),
        Ask("media", Files()),
        Ask("contact", Contact()),
        Ask(
            "safe_time", Choice(("anytime", "morning", "evening", "no_first"), free=True), _reached
        ),
        Ask("shared_phone", Choice(("yes", "no")), _reached),
        Ask("code_word", CodeWord(), lambda answers: answers.get("shared_phone") == "yes"),
        Ask(
            "review",
            Review(never=frozenset({"more", "code_word"})),
            standing=("back", "exit"),
            must=True,
        ),
    ),
    order=order,
    opens=opens,
    listens=True,
    variant=voice,
)


def facts_of(answers: Answers, *, night: bool = False) -> Mapping[str, Any]:
    """What triage looks at; `night`: it is told between 21:00 and 06:00."""
    age = told(answers, "child_age")
    extras = {
        key.removeprefix("extra_"): value
        for key, value in answers.items()
        if key.startswith("extra_") and isinstance(value, str)
    }
    words = answers.get("first_words") or any(isinstance(v, str) and v for v in extras.values())
    return {
        "danger_now": told(answers, "danger_now") or "",
        "kind": told(answers, "kind") or "",
        "harmer": told(answers, "harmer") or "",
        "harmer_access": told(answers, "harmer_access") or "",
        "child_age": age if isinstance(age, int) else None,
        "child": voice(answers) == "child",
        "sos": bool(answers.get("sos")),
        "unsafe": bool(answers.get("unsafe")),
        "danger_words": tuple(answers.get("danger_words", ())),
        "extras": extras,
        "night": night,
        "ahead": isinstance(when := told(answers, "when"), Mapping) and bool(when.get("ahead")),
        "media_only": bool(answers.get("files")) and not words and "kind" not in answers,
    }


def commune_of(answers: Answers) -> str:
    """The responsible commune: of the event, else where the child is now; "" = not known."""
    for name in ("place", "child_place"):
        value = told(answers, name)
        if isinstance(value, Mapping) and value.get("commune"):
            return str(value["commune"])
    return ""


def awaits_conflict(answers: Answers) -> bool:
    """In a calm report of abuse nobody is alerted before we asked whom the harmer works for."""
    return mode(answers) == "N" and track(answers) == "abuse" and "conflict" not in answers


def worth_filing(answers: Answers) -> bool:
    """Whether a silent talk holds anything about a child: an answer, or more than a greeting."""
    if answers.get("files") or answers.get("point") or answers.get("danger_words"):
        return True
    silent = ("source", "code_word")  # how it came, and a word to agree on, say nothing of a child
    asked = (ask.id for ask in REPORT.asks if ask.id not in silent)
    if any(answers.get(name) not in (None, SKIPPED) for name in asked):
        return True
    words = fold(str(answers.get("first_words", ""))).split()
    return bool(set(words) - _GREETING)
