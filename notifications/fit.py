"""An Outgoing cut to what a channel can do: pieces, numbered options, no edit (CHANNELS.md section 3)."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace

from cases.messages import Choice, Outgoing
from cases.typed.options import lettered, mark
from notifications.channel import Abilities

Says = Callable[[str], str]
BUTTONS = 5  # of one message, where buttons are few
CAPTION = 1000  # under a picture; the shortest that a messenger takes is 1,024 UTF-16 units


def fit(outgoing: Outgoing, abilities: Abilities, say: Says) -> list[Outgoing]:
    """The messages that carry it, in order; buttons only on the last piece."""
    text = unicodedata.normalize("NFC", outgoing.text)
    if outgoing.op == "edit" and not abilities.edit:
        outgoing, text = replace(outgoing, op="say", target=""), f"{say('talk.update')} {text}"
    if not abilities.tel_links:
        text = _numbers_in_words(text, outgoing.choices)
        outgoing = replace(outgoing, choices=tuple(one for one in outgoing.choices if not one.tel))
    outgoing, text = _in_words(outgoing, text, abilities)
    text, choices = _choices(text, outgoing, abilities)
    outgoing = replace(outgoing, choices=choices)
    if outgoing.op == "edit" and _size(text, abilities.utf16) <= abilities.max_text:
        return [replace(outgoing, text=text, repeat=False)]  # the same card: it cannot double
    if outgoing.op == "edit":  # it has outgrown one message: it is shown afresh, whole
        outgoing = replace(outgoing, op="say", target="")
    whole = _keys_apart(replace(outgoing, text=text), abilities, say)
    again = f"{say('talk.repeat')} " if outgoing.repeat else ""
    return [piece for one in whole for piece in _pieces(one, abilities, again)]


def _pieces(outgoing: Outgoing, abilities: Abilities, again: str) -> list[Outgoing]:
    """Of one message. Each says that it may have come before: nobody knows how many of them did."""
    room = _longest(outgoing, abilities) - _size(again, abilities.utf16)
    texts = [again + one for one in split(outgoing.text, room, utf16=abilities.utf16)]
    bare = replace(outgoing, op="say", media=None, choices=(), ask="", prompt="")
    first = [
        replace(bare, key=f"{outgoing.key}+{n}", text=piece) for n, piece in enumerate(texts[:-1])
    ]
    return [*first, replace(outgoing, text=texts[-1])]


def _in_words(outgoing: Outgoing, text: str, abilities: Abilities) -> tuple[Outgoing, str]:
    """A picture that cannot be shown there is an address under the text."""
    picture = outgoing.media
    if outgoing.op != "media" or picture is None or abilities.media_out == "image":
        return outgoing, text
    if abilities.media_out == "link" and picture.url.startswith("https://"):
        return outgoing, text
    return replace(outgoing, op="say", media=None), f"{text}\n{picture.url}"


def _longest(outgoing: Outgoing, abilities: Abilities) -> int:
    return min(abilities.max_text, CAPTION) if outgoing.op == "media" else abilities.max_text


def mended(abilities: Abilities, fix: str) -> Abilities:
    """What a channel is taken for, once it refused a message: shorter pieces, or no buttons."""
    if fix == "split":
        return replace(abilities, max_text=abilities.max_text // 2)
    if fix == "numbered":
        return replace(abilities, choice="numbered", tel_links=False)
    return abilities


def _choices(text: str, outgoing: Outgoing, abilities: Abilities) -> tuple[str, tuple[Choice, ...]]:
    """The text with what cannot be a button, and the buttons that are left."""
    choices = outgoing.choices
    own = [one for one in choices if not one.standing]
    if not choices or abilities.choice not in ("numbered", "button5"):
        return text, choices
    few = len(own) <= BUTTONS and outgoing.op != "media"  # a picture takes the place of buttons
    if abilities.choice == "button5" and few:
        return _with_five(text, choices, BUTTONS - len(own))
    text = "\n\n".join(
        [text, *[f"{one.label}: {one.url}" for one in choices if _unsaid(one, text)]]
    )
    choices = tuple(one for one in choices if not one.url)
    if outgoing.takes_numbers:  # then a number is the answer itself
        choices = tuple(replace(one, standing=True) for one in choices)
    return (f"{text}\n\n{numbered(choices)}" if choices else text), ()


def _unsaid(choice: Choice, text: str) -> bool:
    """A page that only its button names."""
    return bool(choice.url) and choice.url not in text


def _with_five(text: str, choices: tuple[Choice, ...], room: int) -> tuple[str, tuple[Choice, ...]]:
    """Standing words take the buttons that are left over, whoever dials first; the others are named."""
    standing = sorted((one for one in choices if one.standing), key=lambda one: not one.tel)
    words = " · ".join(one.label for one in standing[room:])
    buttons = tuple(one for one in choices if not one.standing or one in standing[:room])
    return (f"{text}\n\n{words}" if words else text), buttons


def _numbers_in_words(text: str, choices: tuple[Choice, ...]) -> str:
    """Where no button can dial, the number to call stands under the text, unless it names it already."""
    calls = [one.label for one in choices if one.tel and one.tel not in text]
    return "\n\n".join([text, *calls])


def _keys_apart(last: Outgoing, abilities: Abilities, say: Says) -> list[Outgoing]:
    """A key that shares place or phone is its own message where buttons hang under the text."""
    shares = last.ask in ("location", "contact") and abilities.choice == "inline"
    if not (shares and last.choices):
        return [last]
    key = Choice("share", say(f"ask.{last.ask}"))
    why = Outgoing(
        f"{last.key}+ask", text=say(f"ask.{last.ask}.why"), choices=(key,), ask=last.ask, quiet=True
    )
    return [replace(last, ask=""), why]


def numbered(choices: tuple[Choice, ...]) -> str:
    """`1. …` lines for what can be chosen, `a. …` where a label names a number itself.

    Standing words stand below without either.
    """
    own = [one.label for one in choices if not one.standing]
    letters = lettered(own)
    lines = [f"{mark(n, letters=letters)}. {label}" for n, label in enumerate(own, 1)]
    standing = " · ".join(one.label for one in choices if one.standing)
    return "\n".join([*lines, standing] if standing else lines)


def split(text: str, longest: int, *, utf16: bool = False) -> list[str]:
    """Pieces no longer than allowed, cut at a paragraph, a line, a word, never inside a grapheme."""
    pieces = []
    while _size(text, utf16) > longest:
        cut = _cut(text, longest, utf16)
        pieces.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*pieces, text]


def _size(text: str, utf16: bool) -> int:
    return len(text) + (sum(one > "\uffff" for one in text) if utf16 else 0)


def _cut(text: str, longest: int, utf16: bool) -> int:
    end, room = 0, longest
    for end, one in enumerate(text):  # noqa: B007 — the place where the room ends
        room -= 2 if utf16 and one > "\uffff" else 1
        if room < 0:
            break
    for gap in ("\n\n", "\n", " "):
        at = text.rfind(gap, longest // 2 if gap != "\n\n" else 1, end)
        if at > 0:
            return at
    while end > 1 and (_joined(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return end


def _joined(one: str) -> bool:
    """Whether a character belongs to the one before it: marks, joiners, emoji parts."""
    return (
        bool(unicodedata.combining(one))
        or one in "\u200d\ufe0f"
        or "\U0001f3fb" <= one <= "\U0001f3ff"
    )
