"""What people type about a place: tests/data/places.tsv is the promise, best candidate first."""

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from cases.areas.gazetteer import Areas
from cases.areas.places import Places
from tests.rules.tables import table

SEED = Path(__file__).parents[2] / "storage" / "seed" / "areas.json"


class Area(NamedTuple):
    kind: str
    name: str
    commune: str
    aliases: tuple = ()
    landmark: str = ""
    code: str = "v"


def served():
    for commune in json.loads(SEED.read_text(encoding="utf-8"))["communes"]:
        yield Area("commune", commune["name"], commune["code"])
        for unit in commune["old_units"]:
            yield Area("old", unit["name"], commune["code"])


VILLAGES = (
    Area("village", "Giao Thủy", "20500", aliases=("Giao Thuỷ xóm 1",)),
    Area("village", "Giao Thủy", "20539", landmark="chợ Quảng Huế"),
    Area("village", "Trúc Hà", "20506", aliases=("xóm Bến",)),
)
PLACES = Places(Areas(served()))
WITH_VILLAGES = Places(Areas((*served(), *VILLAGES)))


def codes(found):
    return list(dict.fromkeys(one.code for one in found.candidates))


@pytest.mark.parametrize(("text", "match", "communes"), table("places"))
def test_a_place_is_found_the_way_people_write_it(text, match, communes):
    found = PLACES.find(text)
    assert found.match == match
    assert codes(found) == communes.replace("-", "").split()
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "match", "communes"),
    [
        ("thôn Trúc Hà", "exact", ["20506"]),
        ("truc ha", "exact", ["20506"]),
        ("Trúc Hà, Đại Hưng, Đại Lộc", "exact", ["20506"]),
        ("xóm Bến", "exact", ["20506"]),
        ("nhà ở Trúc Hà", "confirm", ["20506"]),
        ("thôn Giao Thủy", "confirm", ["20500", "20539"]),
        ("giao thuy", "confirm", ["20500", "20539"]),
        ("Giao Thuỷ xóm 1", "exact", ["20500"]),
        ("chợ Quảng Huế", "exact", ["20539"]),
        ("ở gần chợ quảng huế, xóm trên", "confirm", ["20539"]),
    ],
)
def test_a_village_alone_is_enough_and_one_name_in_two_communes_is_asked(text, match, communes):
    found = WITH_VILLAGES.find(text)
    assert (found.match, codes(found)) == (match, communes)


@pytest.mark.parametrize(
    "text",
    [
        "dai loc", "Đại Lộc", "ở Đại Lộc", "huyện Đại Lộc", "đại lộc đó", "DDaji Looc",
        "D9a5i Lo65c", "Đại Lộc, Quảng Nam", "dai loc quang nam", "Đại Lộc, Đà Nẵng", "dai lok",
        "thôn 5, Đại Lộc", "nhà chị Huyền Đại Lộc", "huyện Đại Lộc tỉnh Quảng Nam",
    ],
)  # fmt: skip
def test_the_name_shared_by_the_old_district_and_a_commune_is_always_asked(text):
    found = PLACES.find(text)
    assert found.match == "confirm"
    assert found.district == "dai loc"
    assert codes(found) == ["20500", "20515", "20506", "20539", "20542"]
    assert {one.via for one in found.candidates} == {"Đại Lộc"}


@pytest.mark.parametrize("name", sorted({one.name for one in served()} - {"Đại Lộc"}))
def test_the_district_decides_nothing_beside_another_name(name):
    for text in (
        f"xã {name} huyện Đại Lộc", f"{name} Đại Lộc Quảng Nam", f"nhà ở {name} Đại Lộc",
        f"Đại Lộc {name}", f"Đại Lộc, {name}", f"{name}\nĐại Lộc", f"{name} huyện Đại Lộc",
    ):  # fmt: skip
        found = PLACES.find(text)
        assert found.district == "", text
        assert found.candidates[0].via == name, text
        assert "Đại Lộc" not in [one.via for one in found.candidates], text
        assert found.match in ("exact", "confirm"), text


def test_a_district_whose_namesake_is_not_served_is_a_name_like_any_other():
    assert Places(Areas([Area("commune", "Hà Nha", "20515")])).find("Đại Lộc").match == "none"
    alone = Places(Areas([Area("commune", "Đại Lộc", "20500")])).find("Đại Lộc")
    assert (alone.match, codes(alone)) == ("confirm", ["20500"])


@pytest.mark.parametrize("name", sorted({one.name for one in served()} - {"Đại Lộc"}))
def test_every_name_before_and_after_2025_leads_to_its_one_commune(name):
    for text in (name, f"xã {name}", f"{name}, Đại Lộc", f"{name}, Đại Lộc, Quảng Nam"):
        found = PLACES.find(text)
        assert (found.match, [one.via for one in found.candidates]) == ("exact", [name])


@pytest.mark.parametrize("name", sorted({one.name for one in served()}))
def test_a_misspelled_name_is_never_taken_for_sure(name):
    for at in range(1, len(name)):
        assert PLACES.find(name[:at] + "z" + name[at + 1 :]).match != "exact"


@pytest.mark.parametrize("text", ["x" * 5000, "dai " * 2000, "," * 5000, "\ud83d", "a\u0301" * 900])
def test_no_text_is_too_odd_to_be_looked_at(text):
    assert PLACES.find(text).match in ("confirm", "none")


def test_never_more_than_four_candidates_are_offered():
    rows = [Area("village", "Phước Lộc", f"2{n}") for n in range(9)]
    assert len(Places(Areas(rows)).find("Phước Lộc").candidates) == 4
    assert len(Places(Areas(rows)).find("ở Phước Lộc đó").candidates) == 4
