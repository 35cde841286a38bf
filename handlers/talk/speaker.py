"""Who speaks, an adult, a child, a child for a friend, and what they wish beside an answer. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cases.typed.wishes import wish_of
from cases.typed.young import sounds_young
from handlers.talk.flow import Ask
from handlers.talk.model import Option, Said, Talk

Says = tuple[tuple[str, Mapping[str, Any]], ...]
VOICES = ("child", "adult", "friend")
UNSAFE = ("now", "unsure")  # who cannot speak freely counts as one who says it
_MOST = 5  # options of one question
_NEVER = -1


def is_child(talk: Talk) -> bool:
    return bool(talk.answers.get("child"))


def offered(one: Ask, talk: Talk, *, way_back: bool) -> tuple[str, ...]:
    """The standing buttons that mean something now; for a child always a voice to call."""
    names = [name for name in one.standing if name != "back" or way_back]
    if talk.answers.get("behalf"):  # then nobody here is a child or follows a report
        names = ["back" if name == "child" else name for name in names if name != "follow"]
        return tuple(name for name in names if name != "back" or way_back)
    if not is_child(talk):
        late = _may_be_young(talk) and "child" not in names
        return ("child", *names) if late else tuple(names)
    if "child" in one.standing:  # the first question: whose story it is can still be put right
        names = ["back", "exit"] if talk.answers.get("friend") else ["friend", "adult", "exit"]
    unsafe = talk.answers.get("danger_now") in UNSAFE
    return (*["sos"] * unsafe, "call", *names)


def _may_be_young(talk: Talk) -> bool:
    """Words like a child's own, or a cry for help that came before anything could be asked."""
    if talk.answers.get("adult"):
        return False
    cried = bool(talk.answers.get("sos")) and talk.trail == ("danger_now",)
    # Who passes the button by is not asked again and again.
    return cried or len(talk.trail) <= int(talk.notes.get("young", _NEVER))


def led(
    options: tuple[Option, ...], standing: tuple[str, ...], talk: Talk, label: str
) -> tuple[tuple[Option, ...], tuple[str, ...]]:
    """Whoever sounds like a child finds the child's button first, among the answers."""
    if "child" not in standing or not _may_be_young(talk) or not 0 < len(options) < _MOST:
        return options, standing
    rest = tuple(name for name in standing if name != "child")
    return (Option("child", label), *options), rest


def overheard(talk: Talk, said: Said, *, first: bool = False) -> Talk:
    """The talk, with a note when these words sound like a child's own. Nothing is assumed of it.

    The note says until when the child's button is offered: with the next question.
    """
    known = is_child(talk) or talk.answers.get("behalf") or "young" in talk.notes
    if known or not sounds_young(said.text):
        return talk
    return replace(talk, notes={**talk.notes, "young": len(talk.trail) + (not first)})


def spoken_by(talk: Talk, name: str) -> Talk:
    """The same talk, led for a child, for a child who writes for a friend, or for an adult again."""
    who = {"child": name != "adult", "adult": name == "adult", "friend": name == "friend"}
    if name == "adult" and is_child(talk) and "danger_now" in talk.answers:
        who["taken_over"] = True  # it may be somebody else who holds the phone now
    known = {key: value for key, value in who.items() if value or key in talk.answers}
    return _with(talk, **known)


def put_back(talk: Talk) -> Talk:
    """Back from the first question: the friend's story is one's own, and the child is none."""
    last = next((name for name in ("friend", "child") if talk.answers.get(name)), "")
    return _with(talk, **{last: False}) if last else talk


def wished(talk: Talk, said: Said) -> tuple[str, Talk, Says]:
    """What a short message wishes beside an answer; "" = nothing, or nothing to this speaker."""
    own = said.kind == "text" and not talk.answers.get("behalf")
    wish = wish_of(said.text) if own else ""
    if wish == "person":
        asked = int(talk.answers.get("asks_person", 0)) + 1
        return wish, _with(talk, asks_person=asked), (("talk.person", {}),)
    if wish == "privacy":
        return wish, talk, (("talk.who_reads", {}),)
    if wish == "taken_back" and is_child(talk):
        return wish, _with(talk, taken_back=True), (("talk.taken_back_child", {}),)
    if wish == "adult" or (wish == "child" and not is_child(talk)):
        return wish, talk, ()
    return "", talk, ()


def _with(talk: Talk, **answers: Any) -> Talk:
    return replace(talk, answers={**talk.answers, **answers})
