"""What people type about a place: tests/data/places.tsv is the promise, best candidate first."""

import pytest

from cases.areas.country import Country, Unit
from cases.areas.gazetteer import Areas
from cases.areas.places import Places
from tests.support.place_set import COUNTRY, LINES, LOCAL, WITH_VILLAGES, Area, codes, score, served

RIGHT = 0.98  # of everything in tests/data/places.tsv; and never a wrong place without a question


def test_the_set_is_large_enough_and_nothing_in_it_stands_there_twice():
    assert len(LINES) >= 400
    assert sum(line.match == "none" for line in LINES) >= 100
    assert len({(line.text, line.scope) for line in LINES}) == len(LINES)


def test_places_are_found_the_way_people_write_them():
    seen = score()
    print(f"\nplaces: {seen.words}", *seen.misses, sep="\n")
    assert seen.accepted == [], "a wrong place would be taken without a question"
    assert seen.right / seen.all >= RIGHT, seen.misses


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


NUMBERED = Places(
    Areas(
        (
            *served(), Area("village", "Thôn 3", "20506"), Area("village", "Thôn Đông", "20500"),
            Area("village", "Thôn Giao Thủy", "20500"), Area("village", "Bàn Tân", "20515"),
            Area("village", "Phú Mỹ", "20542", landmark="chợ"),
        )
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "match", "communes"),
    [
        # Every commune may have such a one: whose roster was imported first decides nothing.
        ("thôn 3", "confirm", ["20506"]),
        ("thôn đông", "confirm", ["20500"]),
        ("chợ", "confirm", ["20542"]),
        ("thôn 3, Đại Nghĩa", "exact", ["20500"]),
        ("thôn 3 xã đại lãnh", "exact", ["20506"]),
        ("thôn đông, đại hồng", "exact", ["20515"]),
        ("thon 4", "none", []),
        # A roster that writes `Thôn` before its names.
        ("giao thủy", "exact", ["20500"]),
        ("thôn giao thuỷ", "exact", ["20500"]),
        ("bàn tân", "exact", ["20515"]),
        ("tân", "none", []),
    ],
)
def test_a_village_by_its_number_alone_is_never_taken_for_sure(text, match, communes):
    found = NUMBERED.find(text)
    assert (found.match, codes(found)) == (match, communes)


def test_a_village_is_known_with_and_without_its_kind():
    assert NUMBERED.areas.village_in("20500", "nhà ở giao thủy") == "Thôn Giao Thủy"
    assert NUMBERED.areas.village_in("20506", "ở thôn 3") == "Thôn 3"


@pytest.mark.parametrize(
    "text",
    [
        "dai loc", "Đại Lộc", "ở Đại Lộc", "huyện Đại Lộc", "đại lộc đó", "DDaji Looc",
        "D9a5i Lo65c", "Đại Lộc, Quảng Nam", "dai loc quang nam", "Đại Lộc, Đà Nẵng", "dai lok",
        "thôn 5, Đại Lộc", "nhà chị Huyền Đại Lộc", "huyện Đại Lộc tỉnh Quảng Nam",
    ],
)  # fmt: skip
def test_the_name_shared_by_the_old_district_and_a_commune_is_always_asked(text):
    found = LOCAL.find(text)
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
        found = LOCAL.find(text)
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
        found = LOCAL.find(text)
        assert (found.match, [one.via for one in found.candidates]) == ("exact", [name])


@pytest.mark.parametrize("name", sorted({one.name for one in served()}))
def test_a_misspelled_name_is_never_taken_for_sure(name):
    for at in range(1, len(name)):
        assert LOCAL.find(name[:at] + "z" + name[at + 1 :]).match != "exact"


@pytest.mark.parametrize("text", ["x" * 5000, "dai " * 2000, "," * 5000, "\ud83d", "a\u0301" * 900])
def test_no_text_is_too_odd_to_be_looked_at(text):
    assert LOCAL.find(text).match in ("confirm", "none")


def test_never_more_than_four_candidates_are_offered():
    rows = [Area("village", "Phước Lộc", f"2{n}") for n in range(9)]
    assert len(Places(Areas(rows)).find("Phước Lộc").candidates) == 4
    assert len(Places(Areas(rows)).find("ở Phước Lộc đó").candidates) == 4


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ai nghia", "named"), ("ở ái nghĩa", "inside"), ("Đ.Nghĩa", "short"), ("vugia", "joined"),
        ("xadaihong", "joined"), ("Ais Nghiax", "keyboard"), ("thuog duc", "misspelt"),
        ("ttainghia", "joined"), ("dai loc", "district"), ("tam kỳ", "nothing"),
        ("Đại Hồng, Vu Gia", "several"), ("Thượng Đức, Hà Tĩnh", "elsewhere"), ("Phú Thuận, quận 7", "doubted"),
    ],
)  # fmt: skip
def test_an_answer_says_why(text, reason):
    assert LOCAL.find(text).reason == reason


@pytest.mark.parametrize(
    "text",
    [
        "Thượng Đức, Hà Tĩnh",
        "thuong duc ha tinh",
        "xã Phú Thuận, tỉnh Vĩnh Long",
        "Đại Đồng, Sài Gòn",
    ],
)
def test_the_same_name_in_another_province_is_never_taken_for_ours(text):
    assert LOCAL.find(text).match == "none"
    found = COUNTRY.find(text)
    assert all(one.province for one in found.candidates)


def test_without_a_known_province_of_our_own_no_province_is_another():
    here = Places(Areas([Area("commune", "Thượng Đức", "18328", province="")]))
    assert here.find("Thượng Đức, Hà Tĩnh").match == "exact"


def test_a_split_old_ward_is_asked_about():
    units = [Unit("26740", "Sài Gòn", "phường", "79"), Unit("26743", "Bến Thành", "phường", "79")]
    split = Country(units, [("Bến Nghé", "phường", ("26740", "26743", "99999"))])
    found = Places(Areas(served(), split)).find("phường Bến Nghé, TP Hồ Chí Minh")
    assert (found.match, codes(found)) == ("confirm", ["26740", "26743"])


def test_a_misspelt_name_of_another_province_is_asked_about():
    found = COUNTRY.find("Thượng Đứcc, Hà Tĩnh")
    assert (found.match, found.candidates[0].code) == ("confirm", "18328")
    assert found.candidates[0].province == "Hà Tĩnh"
    assert COUNTRY.find("bcd, Hà Tĩnh").match == "none"


def test_names_of_our_own_province_are_seen_inside_a_sentence_others_are_not():
    assert codes(COUNTRY.find("hôm qua nó ở bên Tam Kỳ nha chú")) == ["20341"]
    assert COUNTRY.find("hôm qua nó ở bên Sa Pa nha chú").match == "none"
    assert COUNTRY.find("nó thăng binh rồi").candidates[0].code == "20791"
    assert COUNTRY.find("nó hội ăn ở đó").match == "none"


def test_what_speaks_against_ours_is_asked_together_with_the_others():
    found = COUNTRY.find("Phú Thuận, quận 7")
    assert [one.elsewhere for one in found.candidates][:2] == ["", "phường Phú Thuận, Hồ Chí Minh"]
    assert found.match == "confirm"


def test_a_ward_that_is_served_is_named_as_a_ward():
    ward = Area("commune", "Phú Thuận", "27484", province="79", unit="phường")
    assert Places(Areas([ward])).find("phường Phú Thuận, quận 7").match == "exact"


HERE_AND_THERE = (*served(), Area("commune", "Kỳ Anh", "18781", province="42"))
TWINS = (*served(), Area("commune", "Thượng Đức", "18328", province="42"))


@pytest.mark.parametrize(
    "text",
    ["Thượng Đức, Hà Tĩnh", "xã Thượng Đức tỉnh Hà Tĩnh", "thuong duc ha tinh", "Kỳ Anh, Đà Nẵng"],
)
def test_where_two_provinces_are_served_a_name_of_the_other_one_is_not_taken_for_ours(text):
    assert Places(Areas(HERE_AND_THERE)).find(text).match == "none"


def test_two_communes_served_with_one_name_are_told_apart_by_their_provinces():
    twins = Places(Areas(TWINS))
    asked = twins.find("Thượng Đức")
    assert asked.match == "confirm"
    assert [one.name for one in asked.candidates] == [
        "Thượng Đức (Đà Nẵng)",
        "Thượng Đức (Hà Tĩnh)",
    ]
    assert twins.by_code("18328").name == "Thượng Đức (Hà Tĩnh)"
    assert twins.by_code("20542").name == "Phú Thuận"
    for text, code in (("Thượng Đức, Hà Tĩnh", "18328"), ("xã Thượng Đức, Đà Nẵng", "20506")):
        assert (twins.find(text).match, codes(twins.find(text))) == ("exact", [code])
    assert codes(twins.find("thuong duc ha tinh")) == ["18328"]


@pytest.mark.parametrize(
    "text",
    [
        "Phú Thuận, Phú Vang",
        "phu thuan phu vang",
        "o phu thuan binh dai ben tre",
        "Phú Thuận, quận 7",
    ],
)
def test_a_district_or_province_beside_a_name_of_ours_puts_it_in_doubt(text):
    found = LOCAL.find(text)
    assert (found.match, found.reason, codes(found)) == ("confirm", "doubted", ["20542"])


def test_in_doubt_a_commune_served_is_told_with_its_kind_and_province():
    assert LOCAL.whole("20542").elsewhere == "xã Phú Thuận, Đà Nẵng"
    assert Places(Areas(TWINS)).whole("20506").elsewhere == "xã Thượng Đức, Đà Nẵng"
    assert Places(Areas([Area("commune", "Hà Nha", "20515")])).whole("20515").elsewhere == ""
    assert COUNTRY.whole("18328").elsewhere == "xã Thượng Đức, Hà Tĩnh"
