"""Point in commune, and how far its border is; DOMAIN.md section 9: near a border one asks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians

MARGIN = 200.0  # metres: closer to a border the phone may be on the other side
_METRES = 111_195.0  # a degree of latitude

Point = tuple[float, float]  # longitude, latitude
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Boundary:
    """A commune's polygons; of each, the outer ring first, then its holes. Rings are closed."""

    code: str
    name: str
    polygons: tuple[tuple[Ring, ...], ...]


@dataclass(frozen=True, slots=True)
class Located:
    """The communes a point may lie in, the likeliest first. `sure`: in the first, far from a border."""

    codes: tuple[str, ...] = ()
    sure: bool = False


class Boundaries:
    """The boundaries that were imported."""

    def __init__(self, rows: Iterable[Boundary] = ()) -> None:
        self._rows = [(row, _box(row)) for row in rows]

    def locate(self, lat: float, lon: float) -> Located:
        """Never the nearest centre: inside, or within the margin of a border."""
        inside, near = [], []
        for row, box in self._rows:
            if not _in_box(box, (lon, lat)):
                continue
            away = min(_distance((lon, lat), ring) for rings in row.polygons for ring in rings)
            if any(_holds(rings, (lon, lat)) for rings in row.polygons):
                inside.append((-away, row.code))
            elif away < MARGIN:
                near.append((away, row.code))
        codes = tuple(code for _, code in (*sorted(inside), *sorted(near)))
        return Located(codes, sure=len(codes) == 1 and bool(inside) and -inside[0][0] >= MARGIN)


def holds(ring: Sequence[Point], point: Point) -> bool:
    """Whether a ray from the point crosses the ring an odd number of times."""
    x, y = point
    odd = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            odd = not odd
    return odd


def _holds(rings: Sequence[Ring], point: Point) -> bool:
    return holds(rings[0], point) and not any(holds(hole, point) for hole in rings[1:])


def _distance(point: Point, ring: Ring) -> float:
    """Metres to the nearest stretch of a ring; flat, which is true enough for a commune."""
    lon, lat = point
    wide = _METRES * cos(radians(lat))
    flat = [((x - lon) * wide, (y - lat) * _METRES) for x, y in ring]
    return min(_to_stretch(a, b) for a, b in pairwise(flat))


def _to_stretch(a: Point, b: Point) -> float:
    """From the origin to the nearest point between a and b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    long = dx * dx + dy * dy
    share = max(0.0, min(1.0, -(a[0] * dx + a[1] * dy) / long)) if long else 0.0
    return hypot(a[0] + share * dx, a[1] + share * dy)


def _box(row: Boundary) -> tuple[Point, Point]:
    """The corners around a commune, with the margin."""
    points = [point for rings in row.polygons for point in rings[0]]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    high = MARGIN / _METRES
    wide = high / cos(radians(max(abs(y) for y in ys)))
    return (min(xs) - wide, min(ys) - high), (max(xs) + wide, max(ys) + high)


def _in_box(box: tuple[Point, Point], point: Point) -> bool:
    (left, low), (right, high) = box
    return left <= point[0] <= right and low <= point[1] <= high
