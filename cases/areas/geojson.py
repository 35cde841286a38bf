"""A file of boundaries, checked feature by feature: everything in it is good, or nothing is taken."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from cases.areas.boundaries import Boundary, Point, Ring, holds
from cases.typed.fold import fold

_LONGITUDES, _LATITUDES = (101.0, 118.0), (5.0, 24.0)  # Viet Nam with its islands
_POINTS = 20_000  # of one commune: more is no border but a drawing of every bend
_KINDS = ("xa ", "phuong ", "dac khu ", "thi tran ")


@dataclass(slots=True)
class Checked:
    """The boundaries of a file, or what is wrong with it."""

    boundaries: list[Boundary] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class _BadFeature(Exception):
    """Says what is wrong with one feature."""


def check(data: Any, communes: Mapping[str, str]) -> Checked:
    """Every feature of a FeatureCollection; `communes`: the codes that are known, with their names."""
    found = Checked()
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list) or data.get("type") != "FeatureCollection" or not features:
        found.problems.append("the file must be a FeatureCollection with at least one feature")
        return found
    seen: set[str] = set()
    for number, feature in enumerate(features, 1):
        try:
            found.boundaries.append(_boundary(feature, communes, seen))
        except _BadFeature as problem:
            found.problems.append(f"feature {number}{_called(feature)}: {problem}")
    return found


def _called(feature: Any) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return f" ({name[:60]})" if isinstance(name, str) and name.isprintable() else ""


def _boundary(feature: Any, communes: Mapping[str, str], seen: set[str]) -> Boundary:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        raise _BadFeature("it needs the properties code and name")
    code, name = (feature["properties"].get(one) for one in ("code", "name"))
    if not isinstance(code, str) or not isinstance(name, str):
        raise _BadFeature("code and name must be texts, the code in quotation marks")
    if code not in communes:
        raise _BadFeature(f"no commune has the code {code[:16]!a}")
    if _bare(name) != _bare(communes[code]):
        # Codes are reused: this may be the unit that had it before 2025.
        raise _BadFeature(f"{code} is {communes[code]} today, not {name[:60]}")
    if code in seen:
        raise _BadFeature(f"the code {code} stands here twice")
    seen.add(code)
    return Boundary(code, communes[code], tuple(_polygons(feature.get("geometry"))))


def _bare(name: str) -> str:
    folded = fold(name)
    kind = next((one for one in _KINDS if folded.startswith(one)), "")
    return folded.removeprefix(kind)


def _polygons(geometry: Any) -> Iterator[tuple[Ring, ...]]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise _BadFeature("its geometry must be a Polygon or a MultiPolygon")
    shapes = geometry.get("coordinates")
    for rings in [shapes] if kind == "Polygon" else _list(shapes):
        found = tuple(_ring(one) for one in _list(rings))
        for hole in found[1:]:
            if not holds(found[0], hole[0]):
                raise _BadFeature("a hole lies outside its polygon")
        yield found


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise _BadFeature("its coordinates are empty or no list")
    return value


def _ring(value: Any) -> Ring:
    ring = tuple(_point(one) for one in _list(value))
    if len(ring) > _POINTS:
        raise _BadFeature(f"it has {len(ring)} points: simplify it below {_POINTS}")
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise _BadFeature("a ring needs four points or more, and must end where it begins")
    ring = tuple(one for one, after in pairwise(ring) if one != after) + ring[-1:]
    if len(set(ring)) < 3 or _crosses(ring):
        raise _BadFeature("its border crosses or touches itself")
    return ring


def _point(value: Any) -> Point:
    good = isinstance(value, list) and len(value) >= 2
    if not good or not all(_number(one) for one in value[:2]):
        raise _BadFeature("a point must be two numbers, longitude and latitude")
    lon, lat = float(value[0]), float(value[1])
    if _between(lat, _LONGITUDES) and _between(lon, _LATITUDES):
        raise _BadFeature("longitude and latitude stand the wrong way round")
    if not (_between(lon, _LONGITUDES) and _between(lat, _LATITUDES)):
        raise _BadFeature("a point lies outside Viet Nam")
    return lon, lat


def _number(value: Any) -> bool:
    """A number no larger than a place needs: a whole one may have hundreds of digits."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1_000


def _between(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]


def _crosses(ring: Ring) -> bool:
    """Whether two stretches that are not neighbours meet; those that lie apart are not compared."""
    last = len(ring) - 2
    sides = sorted(
        (min(a[0], b[0]), max(a[0], b[0]), n, a, b) for n, (a, b) in enumerate(pairwise(ring))
    )
    for at, (_, right, n, a, b) in enumerate(sides):
        for left, _, m, c, d in sides[at + 1 :]:
            if left > right:
                break
            neighbours = abs(n - m) == 1 or {n, m} == {0, last}
            if _folds(a, b, c, d) if neighbours else _meet(a, b, c, d):
                return True
    return False


def _folds(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Neighbours that run back over each other."""
    shared = a if a in (c, d) else b
    one, other = (b if shared == a else a), (d if shared == c else c)
    if _turn(shared, one, other) != 0:
        return False
    ahead = (one[0] - shared[0]) * (other[0] - shared[0])
    return ahead + (one[1] - shared[1]) * (other[1] - shared[1]) > 0


def _meet(a: Point, b: Point, c: Point, d: Point) -> bool:
    turns = (_turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b))
    if turns[0] * turns[1] < 0 and turns[2] * turns[3] < 0:
        return True
    on = ((turns[0], a, b, c), (turns[1], a, b, d), (turns[2], c, d, a), (turns[3], c, d, b))
    return any(turn == 0 and _beside(one, other, point) for turn, one, other, point in on)


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _beside(a: Point, b: Point, point: Point) -> bool:
    """A point on the line through a and b lies between them."""
    across = min(a[0], b[0]) <= point[0] <= max(a[0], b[0])
    return across and min(a[1], b[1]) <= point[1] <= max(a[1], b[1])
