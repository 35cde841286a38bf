"""The country as data: how many there are, and that it says the same as what is built in."""

from collections import Counter
from pathlib import Path

from cases.areas.country import NOWHERE
from cases.areas.provinces import BY_NAME, NAMES, PROVINCES
from cases.typed.fold import fold
from storage.seed.country import country_rows, read_country
from tests.support.place_set import country, served

FILE = read_country()


def test_every_commune_and_every_province_is_there():
    assert len(FILE.units) == len({code for code, *_ in FILE.units}) == 3_321
    assert len(PROVINCES) == len(NAMES) == 34
    assert {province for *_, province in FILE.units} == set(NAMES)
    assert Counter(kind for _, kind, *_ in FILE.units) == {
        "xã": 2_621,
        "phường": 687,
        "đặc khu": 13,
    }


def test_the_city_of_this_installation_is_as_the_resolution_says():
    here = Counter(kind for _, kind, _, province in FILE.units if province == "48")
    assert here == {"phường": 23, "xã": 70, "đặc khu": 1}


def test_the_country_says_the_same_as_the_names_built_in():
    units = {code: (kind, name) for code, kind, name, _ in FILE.units}
    old = {(name, communes) for _, _, name, communes in FILE.old}
    for area in served():
        if area.kind == "commune":
            assert units[area.commune] == ("xã", area.name)
        else:
            assert (area.name, (area.commune,)) in old
    assert len(list(served())) == 23


def test_every_old_unit_leads_to_communes_of_today_and_split_ones_to_all_of_theirs():
    codes = {code for code, *_ in FILE.units}
    assert len(FILE.old) > 10_000
    assert all(set(communes) <= codes for *_, communes in FILE.old)
    assert sum(len(communes) > 1 for *_, communes in FILE.old) > 400


def test_package_version_licence_and_date_stand_beside_the_data():
    assert FILE.source.startswith("vietnamadminunits 1.0.4 (PyPI), licence MIT")
    assert "2025-07-01" in FILE.source
    packed = Path(__file__).parents[2] / "storage/seed/country.tsv.gz"
    assert packed.stat().st_size < 150_000


def test_the_rows_of_the_country_have_keys_of_their_own():
    keys = [(row.code, row.kind, row.valid_from) for row in country_rows(FILE)]
    assert len(set(keys)) == len(keys)


def test_no_two_provinces_share_a_name_of_today_or_before():
    for one in PROVINCES:
        assert {BY_NAME[fold(name)] for name in (one.name, *one.also)} == {one.code}
    assert BY_NAME["quang nam"] == BY_NAME["da nang"] == "48"


def test_a_kind_that_is_said_chooses_where_anybody_has_it():
    known = country()
    assert {one.kind for one in known.named("hai chau", kind="phuong")} == {"phường"}
    assert known.named("hai chau", kind="dac khu") == known.named("hai chau")
    assert known.named("hai chau", ("42",)) == []
    assert known.alike("ab") == NOWHERE.alike("thuong duc") == []
