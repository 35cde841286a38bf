"""A poster as a file: SVG for a print shop, PNG for any printer. The same bytes for the same words."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

from handlers.papers.lettering import MARKED, Face, Lettering
from handlers.papers.poster import HIGH, PAPER, WIDE, Bar, Code, Ink, Letters, Shape

if TYPE_CHECKING:
    from PIL import ImageDraw

DPI = 300
_INCH = 25.4
_FAMILY = "Be Vietnam Pro"


def svg(shapes: Sequence[Shape], lettering: Lettering) -> bytes:
    """It brings its letters along, so that it looks the same without them installed."""
    faces = "".join(_face(bold, face) for bold, face in sorted(lettering.faces.items()))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE:g}mm" height="{HIGH:g}mm" '
        f'viewBox="0 0 {WIDE:g} {HIGH:g}">',
        f"<style>{faces}text{{font-family:'{_FAMILY}',sans-serif}}</style>",
        *(line for shape in shapes for line in _drawn(shape)),
        "</svg>\n",
    ]
    return "\n".join(lines).encode()


def _face(bold: bool, face: Face) -> str:
    weight = 600 if bold else 400
    rule = "@font-face{{font-family:'{}';font-weight:{};src:url(data:font/woff2;base64,{}){}}}"
    plain = rule.format(_FAMILY, weight, b64encode(face.plain).decode(), "")
    marks = f";unicode-range:{MARKED}"
    return plain + rule.format(_FAMILY, weight, b64encode(face.marked).decode(), marks)


def _drawn(shape: Shape) -> Iterator[str]:
    match shape:
        case Bar():
            yield _rect(shape.x, shape.y, shape.wide, shape.high, shape.ink)
        case Letters():
            weight = 600 if shape.bold else 400
            yield (
                f'<text x="{shape.x:g}" y="{shape.y:g}" font-size="{shape.size:g}" '
                f'font-weight="{weight}" fill="{_colour(shape.ink)}" '
                f'textLength="{shape.wide:g}">{escape(shape.text)}</text>'
            )
        case Code():
            yield _rect(shape.x, shape.y, shape.side, shape.side, PAPER)
            size = len(shape.rows)
            dark = "".join(
                f"M{x} {y}h1v1h-1z"
                for y, row in enumerate(shape.rows) for x, on in enumerate(row) if on
            )  # fmt: skip
            scale = f"{shape.side / size:.6f}"
            yield (
                f'<path transform="translate({shape.x:g} {shape.y:g}) scale({scale})" '
                f'shape-rendering="crispEdges" d="{dark}"/>'
            )


def _rect(x: float, y: float, wide: float, high: float, ink: Ink) -> str:
    place = f'x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}"'
    return f'<rect {place} fill="{_colour(ink)}"/>'


def _colour(ink: Ink) -> str:
    return "#{:02x}{:02x}{:02x}".format(*ink)


def png(shapes: Sequence[Shape], lettering: Lettering) -> bytes:
    """A4 at 300 dots to the inch."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 — as in lettering.py

    picture = Image.new("RGB", (_dots(WIDE), _dots(HIGH)), PAPER)
    on = ImageDraw.Draw(picture)
    for shape in shapes:
        _paint(on, shape, lettering)
    out = BytesIO()
    picture.save(out, "PNG", dpi=(DPI, DPI), optimize=True)
    return out.getvalue()


def _paint(on: "ImageDraw.ImageDraw", shape: Shape, lettering: Lettering) -> None:
    match shape:
        case Bar():
            _fill(on, (shape.x, shape.y, shape.x + shape.wide, shape.y + shape.high), shape.ink)
        case Letters():
            at = (shape.x * DPI / _INCH, shape.y * DPI / _INCH)
            lettering.draw(on, at, shape.size * DPI / _INCH, shape)
        case Code():
            _paint_code(on, shape)


def _paint_code(on: "ImageDraw.ImageDraw", code: Code) -> None:
    """Every module whole dots wide: a reader must not guess where one ends."""
    dots = _dots(code.side) // len(code.rows)
    spare = (_dots(code.side) - dots * len(code.rows)) // 2
    left, top = _dots(code.x) + spare, _dots(code.y) + spare
    _fill(on, (code.x, code.y, code.x + code.side, code.y + code.side), PAPER)
    for y, row in enumerate(code.rows):
        for x, dark in enumerate(row):
            if dark:
                corner = (left + x * dots, top + y * dots)
                on.rectangle((*corner, corner[0] + dots - 1, corner[1] + dots - 1), (0, 0, 0))


def _fill(on: "ImageDraw.ImageDraw", box: tuple[float, float, float, float], ink: Ink) -> None:
    left, top, right, bottom = (_dots(one) for one in box)
    on.rectangle((left, top, right - 1, bottom - 1), ink)


def _dots(millimetres: float) -> int:
    return round(millimetres * DPI / _INCH)
