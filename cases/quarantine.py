"""What a file may show decides who opens it, and who takes it along (DOMAIN.md section 8 rule 5). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cases.incident_types import KINDS
from cases.model import Case
from cases.records import records
from cases.sharing import body_of
from cases.understanding import kinds_of

SEXUAL = "sexual"
SEEN = ("image", "video")  # what can show a child: opened with a reason only
PLAYED = ("voice", "video")  # in a page
SHUTTABLE = (*SEEN, "file")  # a paper may hold a picture
SHOW, TAKE = "show", "take"  # in a page of ours; away, as it came
_POLICE = ("police", "police_city")
_TOLD = ("story", "extra_words", "captions", "added")


@dataclass(frozen=True, slots=True)
class Standing:
    """One file that is here, for one person.

    `shown`: something of it can be shown safely. `locked`: it may show abuse. `shut`: somebody said it
    does. `close`: the holder or the leader. `handed`: the police were told, and may be given it.
    """

    kind: str
    shown: bool = True
    locked: bool = False
    shut: bool = False
    close: bool = False
    handed: bool = False


def may(file: Standing) -> tuple[str, ...]:
    """What this person may do with it: a locked one leaves for the police only, a shut one is not shown."""
    if file.shut or (file.locked and file.kind in SEEN):
        show = file.shown and file.close and not file.shut and file.kind in SEEN
        return (SHOW,) * show + (TAKE,) * (file.close and file.handed)
    show = file.shown and file.kind in (*SEEN, *PLAYED)
    # As it came: with the place where it was made, and the camera.
    return (SHOW,) * show + (TAKE,) * (file.close or file.kind not in SEEN)


def police_told(case: Case) -> bool:
    """Whether a referral to the police of the commune, or those above them, is on file."""
    return any(body_of(one.body) in _POLICE for one in records(case, "referral"))


def is_sexual(kind: str) -> bool:
    """Whether this kind is of the sexual group."""
    return KINDS[kind].group == SEXUAL


def tells_of_abuse(answers: Mapping[str, Any]) -> bool:
    """Whether what was told may be of sexual abuse: the kind or group that was chosen, or any words."""
    kind = answers.get("kind")
    if isinstance(kind, str) and kind in KINDS and is_sexual(kind):
        return True
    if answers.get("kind_group") == SEXUAL and (not kind or kind == "other"):
        return True
    hinted = (one["code"] for one in answers.get("hints", ()) if one["about"] == "kind")
    return any(is_sexual(one) for one in hinted) or any(
        is_sexual(one) for words in _words(answers) for one in kinds_of(words)
    )


def _words(answers: Mapping[str, Any]) -> Iterable[str]:
    for name in _TOLD:
        told = answers.get(name, ())
        if isinstance(told, list | tuple):
            yield from (str(one) for one in told)
