"""What is kept of a message beside an answer: files, places, numbers, words, new danger. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from cases.messages import LARGEST_FILE, MediaRef
from cases.quarantine import SEEN, tells_of_abuse
from cases.typed.first_words import danger_words, tells
from handlers.talk.model import Said, Talk, files_of
from handlers.talk.speaker import Says


def amended(answers: Mapping[str, Any], said: Said, places: Iterable[str]) -> dict[str, Any]:
    """The answers with an edited message beside them: new words, the last point, new danger."""
    kept = dict(answers)
    if said.text:
        kept["extra_words"] = [*kept.get("extra_words", ()), said.text]
        known = list(kept.get("danger_words", ()))
        new = [word for word in danger_words(said.text, places) if word not in known]
        kept |= {"danger_words": [*known, *new]} if new else {}
    if said.lat is not None:
        kept["moved_to"] = {"lat": said.lat, "lon": said.lon}
    return kept


def beside(answers: Mapping[str, Any], said: Said) -> dict[str, Any]:
    """The answers with a message that was only kept: its words, files and place."""
    kept = {**answers, **aside(answers, said)}
    if said.text and not said.media:
        kept["extra_words"] = [*kept.get("extra_words", ()), said.text]
    return kept


def with_words(talk: Talk, said: Said, *, listens: bool) -> Talk:
    """Kept word for word, whatever was asked; what tells what happened is the story."""
    known = talk.answers
    if listens and tells(said.text) and "story" not in known:
        story = {**known, "story": [said.text]}
        return replace(talk, answers=story, trail=("story", *talk.trail))
    extra = [*known.get("extra_words", ()), said.text]
    return replace(talk, answers={**known, "extra_words": extra})


def spoken(said: Said) -> bool:
    """Whether it was told by voice."""
    return any(one.kind == "voice" for one in said.media)


def aside(answers: Mapping[str, Any], said: Said) -> dict[str, Any]:
    """What came beside the question: files and points are kept with the report in any case."""
    kept: dict[str, Any] = {}
    if said.media:
        kept["files"] = [*answers.get("files", ()), *files_of(said.media)]
        if said.text:
            kept["captions"] = [*answers.get("captions", ()), said.text]
    # A child's own number needs no consent (P1), somebody else's is part of what is told.
    if number := said.number or (said.phone if answers.get("child") else ""):
        kept["numbers"] = [*answers.get("numbers", ()), number]
    if said.kind == "location":
        kept["point"] = {"lat": said.lat, "lon": said.lon}
    return kept


def of_files(said: Said, answers: Mapping[str, Any]) -> Says:
    """What is said of a file at once. Of pictures once: who sees them, and which not to send.

    Where it may be one of abuse, each time: send no more, pass it on to nobody, 111.
    """
    if any(one.size > LARGEST_FILE for one in said.media):
        return (("talk.too_big", {}),)
    if spoken(said):
        return (("media.voice", {}),)
    if may_show_abuse(said.media, {**answers, **aside(answers, said)}):
        return (("media.image_locked", {}),)
    seen = any(one.kind == "image" for one in said.media)
    known = any(file["kind"] == "image" for file in answers.get("files", ()))
    return (("media.image", {}),) if seen and not known else ()


def may_show_abuse(media: Iterable[MediaRef], answers: Mapping[str, Any]) -> bool:
    """Whether one of these can show a child, where what was told may be of sexual abuse."""
    return any(one.kind in SEEN for one in media) and tells_of_abuse(answers)


def now_locked(before: Mapping[str, Any], after: Mapping[str, Any]) -> Says:
    """An answer tells that what was sent before may show abuse: it is locked, and whoever sent it hears so."""
    sent = any(file["kind"] in SEEN for file in before.get("files", ()))
    if sent and tells_of_abuse(after) and not tells_of_abuse(before):
        return (("media.now_locked", {}),)
    return ()


def of_an_album(talk: Talk, said: Said) -> bool:
    """A further picture of an album that was answered already: kept, and nothing is said."""
    known = {file["group"] for file in talk.answers.get("files", ())}
    return any(one.group and one.group in known for one in said.media)
