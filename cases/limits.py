"""LIMITS: how much is too much, and what happens then. None of them silences a first report. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from cases.messages import Incoming
from cases.typed.first_words import danger_words, global_word

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_IN_DANGER = ("now", "sos")  # what a button answers to whether a child is in danger


@dataclass(frozen=True, slots=True)
class Limit:
    """More than `most` within `within` is too much; who is over it waits `wait` for the answer."""

    id: str
    most: int
    within: timedelta
    of: str  # whose: who is counted
    over: str  # what happens then
    passes: str  # what it never stands in the way of
    wait: timedelta = timedelta(0)


LIMITS: Mapping[str, Limit] = {
    one.id: one
    for one in (
        Limit("messages", 20, _MINUTE, "an address",
              "kept whole with the report; one polite line, then no reply until the minute is over",
              "first messages, danger words, SOS, buttons, commands, staff"),
        Limit("old_buttons", 20, _MINUTE, "an address",
              "changes nothing, as always; one polite line, then no reply until the minute is over",
              "buttons that were offered to this address"),
        Limit("access_codes", 5, _HOUR, "an address", "the same words, later",
              "the right code, however many were wrong", timedelta(seconds=30)),
        Limit("access_codes_all", 200, _HOUR, "all together",
              "the same words, later, to whoever guesses; administrators hear, once an hour",
              "the right code", timedelta(seconds=30)),
        Limit("invitations", 5, _HOUR, "an address", "the same words, later",
              "a code that works", timedelta(seconds=30)),
        Limit("invitations_all", 100, _HOUR, "all together",
              "the same words, later, to whoever guesses; administrators hear, once an hour",
              "a code that works", timedelta(seconds=30)),
        Limit("case_codes", 20, _HOUR, "a member of staff",
              "the same words, later; administrators hear, once an hour",
              "cases that are theirs", timedelta(seconds=5)),
        Limit("links", 5, _HOUR, "a network", "the same page, later",
              "a link that works", timedelta(seconds=5)),
        Limit("links_all", 50, _HOUR, "all together",
              "administrators hear, once an hour", "a link that works"),
        Limit("threads", 30, _MINUTE, "a network",
              "each further new thread of the page opens a little later than the one before",
              "threads that are open; whatever the network, the longest wait",
              timedelta(seconds=8)),
        Limit("backlog", 50, timedelta(0), "all together",
              "danger first, then first messages and the oldest by turns",
              "the order within one conversation"),
    )
}  # fmt: skip


def in_danger(incoming: Incoming, place_names: Iterable[str] = ()) -> bool:
    """Whether this message by itself says that somebody is in danger: words, SOS, or the button for it."""
    if incoming.kind == "choice":
        return incoming.option in _IN_DANGER
    word = global_word(incoming.text)
    return (word is not None and word.name == "sos") or bool(
        danger_words(incoming.text, place_names)
    )


# Of a full list of waiting messages: the rest is for whoever waits longest, so that nobody starves.
_FOR_DANGER, _FOR_FIRST = 0.8, 0.5


def shares(many: int, danger: int) -> tuple[int, int]:
    """Of so many places: how many the messages in danger get, and how many first messages."""
    urgent = min(danger, int(many * _FOR_DANGER))
    return urgent, int((many - urgent) * _FOR_FIRST)


def wait_of(limit: Limit, ahead: int) -> timedelta:
    """How long the next one waits when so many were there within the time: longer with each, up to `wait`."""
    return min(limit.wait, limit.wait * max(ahead - limit.most, 0) / (4 * limit.most))
