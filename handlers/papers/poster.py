"""What hangs on a wall: whom to call, and a code that opens the chat with the place already offered.

A4, in millimetres from the upper left corner; `posters.py` draws it as SVG and PNG.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import segno

from handlers.papers.lettering import Lettering

WIDE, HIGH = 210.0, 297.0
MARGIN = 16.0
INK, PAPER, ALARM, QUIET = (17, 24, 39), (255, 255, 255), (155, 28, 28), (75, 85, 99)
_SMALLEST = 0.55  # of the size asked for: below that nobody reads it from two steps away
_LEADING = 1.25
_EDGE = 4  # light modules around a code, as its standard wants
Ink = tuple[int, int, int]


class TooLong(ValueError):
    """Words that do not fit into their place on the poster."""


class NoHelp(ValueError):
    """Words that name no number to call; the number that is missing."""


@dataclass(frozen=True, slots=True)
class Letters:
    """One line; `x` is its left end, `y` the line that letters stand on."""

    x: float
    y: float
    text: str
    size: float
    wide: float
    bold: bool
    ink: Ink


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle."""

    x: float
    y: float
    wide: float
    high: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code with its light edge; `rows` are its modules, True = dark."""

    x: float
    y: float
    side: float
    rows: tuple[tuple[bool, ...], ...]


Shape = Letters | Bar | Code


@dataclass(frozen=True, slots=True)
class Way:
    """One way in: the address in the code, and the key of the words under it."""

    link: str
    words: str


@dataclass(frozen=True, slots=True)
class Area:
    """Of whom the poster is: names as the roster has them, their codes, and that of the commune alone."""

    named: Mapping[str, str]  # the commune: its name and what kind of unit it is
    village: str
    code: str
    short: str  # what somebody may have to type


@dataclass(frozen=True, slots=True)
class Place:
    """Where words go: a box, its largest size, and how they stand in it."""

    x: float
    y: float
    wide: float
    high: float
    size: float
    bold: bool = False
    ink: Ink = INK
    centred: bool = False


Say = Callable[..., str]
_FULL = WIDE - 2 * MARGIN
_RIGHT = 112.0
_SIDE = 88.0  # of the code of the web chat; the others are half as large
_SMALL = 38.0
# key of the words -> where they stand; the order is that of reading
PLACES = {
    "poster.head": Place(MARGIN, 15, _FULL, 10, 7.5, ink=QUIET, centred=True),
    "poster.title": Place(MARGIN, 26.5, _FULL, 36, 15, bold=True, centred=True),
    "poster.call": Place(MARGIN + 6, 68.5, _FULL - 12, 11, 7.5, bold=True, ink=PAPER, centred=True),
    "poster.child_number": Place(MARGIN + 2, 76.5, 86, 28, 28, bold=True, ink=PAPER, centred=True),
    "poster.child_line": Place(MARGIN + 4, 108, 82, 13, 5.2, ink=PAPER, centred=True),
    "poster.police_number": Place(106, 76.5, 86, 28, 28, bold=True, ink=PAPER, centred=True),
    "poster.police_line": Place(108, 108, 82, 13, 5.2, ink=PAPER, centred=True),
    "poster.scan": Place(MARGIN, 131, _FULL, 11, 8.5, bold=True, centred=True),
    "poster.how": Place(_RIGHT, 147, WIDE - MARGIN - _RIGHT, 40, 6.2),
    "poster.link": Place(MARGIN, 239, _FULL, 8, 5.2, centred=True),
    "poster.child": Place(MARGIN, 251, _FULL, 18, 7, bold=True, centred=True),
    "poster.foot": Place(MARGIN, 273, _FULL, 12, 4.4, ink=QUIET, centred=True),
}  # fmt: skip

HELP = ("111", "113")  # no poster is made without them
_NAMES = ("poster.head", "poster.link")  # of a place, of a page: any number may stand there


def poster(say: Say, area: Area, ways: tuple[Way, ...], lettering: Lettering) -> list[Shape]:
    """Everything on the page, from the back to the front. The first way is the web chat.

    What may have to be typed names the commune alone: nobody types sixteen letters.
    Raises TooLong when words do not fit even when they are small, NoHelp when they name nobody to call.
    """
    values = {
        **area.named, "village": area.village or "none", "code": f"#{area.short}",
        "link": ways[0].link.partition("://")[2].replace(area.code, area.short),
    }  # fmt: skip
    shapes: list[Shape] = [Bar(0, 0, WIDE, HIGH, PAPER), Bar(MARGIN, 66, _FULL, 58, ALARM)]
    for key, text in _with_help({key: say(key, **values) for key in PLACES}):
        shapes += _set(text, PLACES[key], lettering)
    shapes.append(_code(ways[0].link, MARGIN, 145, _SIDE))
    for n, way in enumerate(ways[1:]):
        x = _RIGHT - 2 + n * (_SMALL + 6)
        shapes.append(_code(way.link, x, 190, _SMALL))
        under = Place(x, 228, _SMALL, 8, 4.2, centred=True)
        shapes += _set(say(way.words, **values), under, lettering)
    return shapes


def _with_help(texts: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """The words, whatever was put in place of ours: a child in danger reads here whom to call."""
    words = " ".join(text for key, text in texts.items() if key not in _NAMES)
    said = re.findall(r"\d+", words)
    if lost := next((one for one in HELP if one not in said), ""):
        raise NoHelp(lost)
    return texts.items()


def _code(link: str, x: float, y: float, side: float) -> Code:
    """Read from two steps away though a corner is torn: a quarter of it may be missing."""
    made = segno.make(link, error="q", micro=False, boost_error=False)
    rows = tuple(tuple(bool(dark) for dark in row) for row in made.matrix_iter(border=_EDGE))
    return Code(x, y, side, rows)


def _set(text: str, place: Place, lettering: Lettering) -> Iterator[Letters]:
    """The words in lines, as large as they fit, from the top of their place."""
    size, lines = _fitted(text, place, lettering)
    y = place.y + size
    for line in lines:
        wide = lettering.width(line, size, bold=place.bold)
        x = place.x + (place.wide - wide) / 2 if place.centred else place.x
        yield Letters(round(x, 3), round(y, 3), line, size, round(wide, 3), place.bold, place.ink)
        y += size * _LEADING


def _fitted(text: str, place: Place, lettering: Lettering) -> tuple[float, list[str]]:
    size = place.size
    while size >= place.size * _SMALLEST:
        lines = list(_lines(text, place, size, lettering))
        high = size * (1 + _LEADING * (len(lines) - 1) + 0.25)
        wide = max((lettering.width(one, size, bold=place.bold) for one in lines), default=0)
        if high <= place.high + size * 0.25 and wide <= place.wide:
            return round(size, 3), lines
        size *= 0.97
    raise TooLong(text)


def _lines(text: str, place: Place, size: float, lettering: Lettering) -> Iterator[str]:
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split(" "):  # a hard space keeps two together
            longer = f"{line} {word}".strip()
            if line and lettering.width(longer, size, bold=place.bold) > place.wide:
                yield line
                longer = word
            line = longer
        yield line
