"""Location to commune: inside, near a border, nowhere; and files of boundaries that are no good."""

import copy
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.areas.boundaries import MARGIN, Boundaries, Boundary, holds
from cases.areas.country import Country, Unit
from cases.areas.gazetteer import Areas
from cases.areas.geojson import check
from cases.areas.places import Places
from tests.support.place_set import codes, served

DEGREE = 111_195.0  # metres


def square(lon, lat, side=0.04):
    return [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]


def ring(points):
    return tuple((lon, lat) for lon, lat in points)


WEST = Boundary("20500", "Đại Lộc", ((ring(square(108.00, 15.80)),),))
EAST = Boundary("20515", "Hà Nha", ((ring(square(108.04, 15.80)),),))
LAKE = Boundary(
    "20506", "Thượng Đức",
    ((ring(square(107.80, 15.80)), ring(square(107.81, 15.81, 0.02))), (ring(square(107.7, 15.7)),)),
)  # fmt: skip
PLACES = Places(Areas(served()), Boundaries([WEST, EAST, LAKE]))


def test_a_point_inside_one_commune_is_that_commune_to_be_confirmed():
    found = PLACES.locate(15.82, 108.02)
    assert (found.match, codes(found), found.reason) == ("confirm", ["20500"], "inside")


def test_within_two_hundred_metres_of_a_border_both_are_asked_the_likelier_first():
    metre = 1 / (DEGREE * math.cos(math.radians(15.82)))
    for metres, first, second in ((-190, "20500", "20515"), (190, "20515", "20500")):
        found = PLACES.locate(15.82, 108.04 + metres * metre)
        assert (codes(found), found.reason) == ([first, second], "border")
    assert codes(PLACES.locate(15.82, 108.04 - 210 * metre)) == ["20500"]


def test_near_the_outer_border_one_commune_is_asked_and_far_outside_none_is_guessed():
    assert PLACES.locate(15.8001, 108.02).reason == "border"
    outside = PLACES.locate(15.7995, 108.02)
    assert (codes(outside), outside.reason) == (["20500"], "border")
    assert PLACES.locate(15.75, 108.02).match == "none"
    assert PLACES.locate(0.0, 0.0).match == "none"


def test_a_hole_belongs_to_nobody_and_a_commune_may_have_several_pieces():
    assert PLACES.locate(15.82, 107.82).match == "none"
    assert codes(PLACES.locate(15.805, 107.805)) == ["20506"]
    assert codes(PLACES.locate(15.72, 107.72)) == ["20506"]


def test_a_commune_that_is_not_served_is_named_with_its_province():
    country = Country([Unit("18328", "Thượng Đức", "xã", "42")])
    there = Boundary("18328", "Thượng Đức", ((ring(square(105.6, 18.4)),),))
    found = Places(Areas(served(), country), Boundaries([there])).locate(18.42, 105.62)
    assert found.candidates[0].elsewhere == "xã Thượng Đức, Hà Tĩnh"


_STAR = st.lists(st.floats(0.01, 0.05), min_size=5, max_size=40)


@given(_STAR, st.integers(0, 39), st.floats(0.05, 0.95))
def test_towards_a_corner_of_a_star_a_point_is_inside_and_beyond_it_outside(radii, corner, share):
    turn = 2 * math.pi / len(radii)
    points = [
        (108 + r * math.cos(n * turn), 15.8 + r * math.sin(n * turn)) for n, r in enumerate(radii)
    ]
    lon, lat = points[corner % len(points)]
    closed = [*points, points[0]]
    assert holds(closed, (108 + (lon - 108) * share, 15.8 + (lat - 15.8) * share))
    beyond = 2 - share
    assert not holds(closed, (108 + (lon - 108) * beyond, 15.8 + (lat - 15.8) * beyond))


@given(st.floats(107.99, 108.09), st.floats(15.79, 15.85), st.floats(0, 2 * math.pi))
def test_where_it_is_sure_everything_nearer_than_the_margin_is_the_same_commune(lon, lat, way):
    found = PLACES.locate(lat, lon)
    if found.reason == "inside":
        step = (MARGIN - 5) / DEGREE
        other = PLACES.locate(
            lat + step * math.sin(way), lon + step * math.cos(way) / math.cos(math.radians(lat))
        )
        assert codes(other)[:1] == codes(found)


# Files

NAMES = {"20500": "Đại Lộc", "20515": "Hà Nha"}


def a_file(*shapes, **properties):
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": f"Xã {NAMES[code]}"} | properties,
            "geometry": {"type": "Polygon", "coordinates": shape},
        }
        for code, shape in zip(NAMES, shapes, strict=False)
    ]
    return {"type": "FeatureCollection", "features": features}


def test_a_good_file_is_taken_whole_several_polygons_too():
    data = a_file([square(108, 15.8)], [square(108.04, 15.8)])
    data["features"][0]["geometry"] = {
        "type": "MultiPolygon",
        "coordinates": [[square(108, 15.8), square(108.01, 15.81, 0.01)], [square(107.9, 15.8)]],
    }
    checked = check(data, NAMES)
    assert checked.problems == []
    assert [(one.code, one.name) for one in checked.boundaries] == list(NAMES.items())
    assert len(checked.boundaries[0].polygons) == 2


def test_a_height_and_a_point_that_stands_twice_do_no_harm():
    shape = [[lon, lat, 12.5] for lon, lat in square(108, 15.8)]
    assert check(a_file([[shape[0], *shape]]), NAMES).problems == []


def test_a_point_in_the_middle_of_a_straight_border_does_no_harm():
    shape = square(108, 15.8)
    assert check(a_file([[shape[0], [108.02, 15.8], *shape[1:]]]), NAMES).problems == []
    assert check(
        a_file([[[108.04, 15.8], [108, 15.8], [108.02, 15.8], *shape[2:3], [108.04, 15.8]]]), NAMES
    ).problems


BOW = [[108, 15.8], [108.04, 15.84], [108.04, 15.8], [108, 15.84], [108, 15.8]]
SPIKE = [[108, 15.8], [108.04, 15.8], [108.02, 15.8], [108.02, 15.84], [108, 15.8]]
PINCH = [[108, 15.8], [108.04, 15.8], [108.04, 15.84], [108.02, 15.8], [108, 15.84], [108, 15.8]]
TWIN = [[108, 15.8], [108.04, 15.8], [108.04, 15.84], [108.04, 15.8], [108, 15.84], [108, 15.8]]


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ([BOW], "crosses or touches itself"), ([SPIKE], "crosses or touches itself"),
        ([PINCH], "crosses or touches itself"), ([TWIN], "crosses or touches itself"),
        ([[[108, 15.8]] * 5], "crosses or touches itself"),
        ([square(108, 15.8)[:3]], "four points or more"), ([square(108, 15.8)[:-1]], "end where it begins"),
        ([square(15.8, 108)], "the wrong way round"), ([square(2, 48)], "outside Viet Nam"),
        ([[[108, "15"]]], "two numbers"), ([[[108]]], "two numbers"), ([["x"]], "two numbers"),
        ([[[108, True]]], "two numbers"), ([[[108, float("nan")]]], "two numbers"),
        ([[[108, 10**400]]], "two numbers"), ([[[108, float("inf")]]], "two numbers"),
        ([], "empty or no list"), ([[]], "empty or no list"), ("x", "empty or no list"),
        ([square(108, 15.8), square(109, 15.8)], "a hole lies outside"),
        ([[[108, 15.8]] * 20_001], "simplify it"),
    ],
)  # fmt: skip
def test_a_bad_polygon_is_named_and_nothing_of_it_is_taken(shape, said):
    checked = check(a_file([square(108, 15.8)], shape), NAMES)
    assert len(checked.problems) == 1
    assert checked.problems[0].startswith("feature 2 (Xã Hà Nha): ")
    assert said in checked.problems[0]


def changed(**change):
    data = a_file([square(108, 15.8)])
    data["features"][0] |= change
    return data


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "must be a FeatureCollection"), ({"type": "FeatureCollection"}, "must be a FeatureCollection"),
        ({"type": "FeatureCollection", "features": []}, "at least one feature"),
        ({"type": "Feature", "features": [1]}, "must be a FeatureCollection"),
        ({"type": "FeatureCollection", "features": [1]}, "feature 1: it needs the properties"),
        (changed(properties=None), "feature 1: it needs the properties"),
        (changed(properties={"code": 20500, "name": "Xã Đại Lộc"}), "code and name must be texts"),
        (changed(properties={"code": "20500"}), "code and name must be texts"),
        (changed(properties={"code": "99", "name": "Xã Đại Lộc"}), "no commune has the code '99'"),
        (changed(properties={"code": "20500", "name": "Thị trấn Ái Nghĩa"}), "20500 is Đại Lộc today"),
        (changed(geometry=None), "must be a Polygon"),
        (changed(geometry={"type": "Point"}), "must be a Polygon"),
        (changed(geometry={"type": "MultiPolygon", "coordinates": 5}), "empty or no list"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_good_says_why(data, said):
    checked = check(data, NAMES)
    assert said in checked.problems[0]
    assert checked.boundaries == []


def test_a_commune_that_stands_there_twice_is_named():
    data = a_file([square(108, 15.8)])
    data["features"].append(copy.deepcopy(data["features"][0]))
    assert "feature 2 (Xã Đại Lộc): the code 20500 stands here twice" in check(data, NAMES).problems


def test_a_large_good_border_is_checked_in_reasonable_time():
    turn = 2 * math.pi / 5_000
    circle = [
        [108 + 0.05 * math.cos(n * turn), 15.8 + 0.05 * math.sin(n * turn)] for n in range(5_000)
    ]
    assert check(a_file([[*circle, circle[0]]]), NAMES).problems == []


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.integers(),
                    lambda inner: st.lists(inner, max_size=4), max_leaves=12))  # fmt: skip
def test_no_odd_shape_stops_the_reading(shape):
    assert check(a_file([square(108, 15.8)], shape), NAMES).problems
