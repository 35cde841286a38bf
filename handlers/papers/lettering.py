"""The letters of a printed page: how wide words are, and words drawn into a picture.

The letters come in two files each, as web pages load them: the marks of Vietnamese, and all others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Protocol
from unicodedata import normalize

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

_UNITS = 1000  # letters are measured at this size and scaled: the same on every machine
# As fonts.css says them to a browser.
MARKED = (
    "U+0102-0103, U+0110-0111, U+0128-0129, U+0168-0169, U+01A0-01A1, U+01AF-01B0, U+0300-0301, "
    "U+0303-0304, U+0308-0309, U+0323, U+0329, U+1EA0-1EF9, U+20AB"
)


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of the letters: the two files, as bytes."""

    marked: bytes
    plain: bytes


class Words(Protocol):
    """What is drawn, and how."""

    @property
    def text(self) -> str: ...
    @property
    def bold(self) -> bool: ...
    @property
    def ink(self) -> tuple[int, int, int]: ...


@dataclass(frozen=True)
class Lettering:
    """The letters in both weights: False plain, True bold."""

    faces: Mapping[bool, Face]
    _fonts: "dict[tuple[bool, bool, int], ImageFont.FreeTypeFont]" = field(default_factory=dict)

    @cached_property
    def _marked(self) -> frozenset[str]:
        ranges = (one.strip().removeprefix("U+").split("-") for one in MARKED.split(","))
        return frozenset(
            chr(code) for ends in ranges for code in range(int(ends[0], 16), int(ends[-1], 16) + 1)
        )

    def width(self, text: str, size: float, *, bold: bool) -> float:
        """How wide these words are, in the unit of `size`."""
        long = sum(
            self._font(_UNITS, bold=bold, marked=marked).getlength(run)
            for run, marked in self._runs(text)
        )
        return long * size / _UNITS

    def draw(
        self, on: "ImageDraw.ImageDraw", at: tuple[float, float], size: float, words: Words
    ) -> None:
        """Words whose first letter stands at `at`, on the line that letters stand on; `size` in dots."""
        x, y = at
        for run, marked in self._runs(words.text):
            font = self._font(round(size), bold=words.bold, marked=marked)
            on.text((x, y), run, fill=words.ink, font=font, anchor="ls")
            x += self._font(_UNITS, bold=words.bold, marked=marked).getlength(run) * size / _UNITS

    def _runs(self, text: str) -> Iterator[tuple[str, bool]]:
        """The words in pieces that one file holds."""
        run, kind = "", False
        for letter in normalize("NFC", text):
            marked = letter in self._marked
            if run and marked != kind:
                yield run, kind
                run = ""
            run, kind = run + letter, marked
        if run:
            yield run, kind

    def _font(self, size: int, *, bold: bool, marked: bool) -> "ImageFont.FreeTypeFont":
        from PIL import ImageFont  # noqa: PLC0415 — megabytes, only for whoever makes a poster

        key = (bold, marked, size)
        if key not in self._fonts:
            face = self.faces[bold]
            data = BytesIO(face.marked if marked else face.plain)
            basic = ImageFont.Layout.BASIC  # the other one depends on what the machine has
            self._fonts[key] = ImageFont.truetype(data, size, layout_engine=basic)
        return self._fonts[key]
