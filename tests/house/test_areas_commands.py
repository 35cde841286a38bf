"""bot areas and bot org import from outside: what is taken, what is refused, and who is served then."""

import asyncio
import json
import os
import re
import unicodedata
from pathlib import Path

import pytest

from bot.app import Geography, open_app, open_store
from bot.commands.roster_file import HEADER, MOST, Problem, scan
from bot.config import load
from cases.model import Person
from storage.records.areas import AreaRow
from tests.house.test_commands import run
from tests.support import database

HEAD = ",".join(HEADER) + "\n"
SQUARES = Path(__file__).parents[1] / "data" / "areas" / "squares.geojson"
KNOWN = {"20500": "Đại Lộc", "20539": "Vu Gia"}


def places():
    """The gazetteer as a program reads it that starts now; the country once, not every minute."""

    async def read():
        store, _ = await open_store(load())
        try:
            geography = Geography(store)
            await geography.fresh()
            country = geography.places.areas.country
            await geography.fresh()
            assert geography.places.areas.country is country
        finally:
            await store.close()
        return geography.places

    return asyncio.run(read())


def rows(here, sql):
    return database.asked(here / "var/annhi.db", sql)


def test_the_country_is_loaded_as_often_as_one_likes_and_ours_stay_ours(here, capsys):
    for _ in range(2):
        code, out, _ = run(capsys, "areas", "load", "--country")
        assert code == 0
        assert out.startswith(
            "3321 communes and 10035 old units: vietnamadminunits 1.0.4 (PyPI), licence MIT"
        )
    assert rows(here, "SELECT count(*) FROM areas WHERE kind = 'country'") == [(3321,)]
    assert rows(here, "SELECT count(*) FROM areas WHERE kind IN ('commune', 'old')") == [(23,)]
    assert "exact: Đại Lộc" in run(capsys, "areas", "find", "ai nghia")[1]
    out = run(capsys, "areas", "find", "Thượng Đức, Hà Tĩnh")[1]
    assert out == "exact: xã Thượng Đức, Hà Tĩnh (Thượng Đức, 100) [elsewhere]\n"


def test_a_commune_anywhere_is_served_as_soon_as_somebody_is_invited_for_it(here, capsys):
    person = ("invite", "--role", "officer", "--commune", "18328")
    assert "No commune has the code 18328" in run(capsys, *person)[2]
    run(capsys, "areas", "load", "--country")
    assert set(places().areas.communes) == {"20500", "20506", "20515", "20539", "20542"}
    assert run(capsys, *person)[0] == 0
    there = places()
    assert there.areas.communes == {"18328": "Thượng Đức"}
    assert there.areas.home == {"42"}
    assert there.find("Thượng Đức, Hà Tĩnh").match == "exact"
    assert [one.province for one in there.find("Thượng Đức, Đà Nẵng").candidates] == ["Đà Nẵng"]
    assert there.find("Đức Hương").candidates[0].code == "18328"  # the unit it replaced
    assert run(capsys, "invite", "--role", "officer", "--commune", "20500")[0] == 0
    assert {"18328", "20500", "20542"} <= set(places().areas.communes)


def test_the_first_hour_takes_any_commune_of_the_country(here, capsys):
    run(capsys, "areas", "load", "--country")
    words = (
        "init",
        "--officer",
        "Lan",
        "--deputy",
        "Hoa",
        "--leader",
        "Chu",
        "--no-wait",
        "--json",
    )
    for commune in ("18328", "Thượng Đức, Hà Tĩnh"):
        assert run(capsys, *words, "--commune", commune)[0] in (0, 1)
    assert places().areas.communes == {"18328": "Thượng Đức"}


def test_boundaries_are_imported_whole_and_again(here, capsys):
    for _ in range(2):
        code, out, _ = run(capsys, "areas", "import", str(SQUARES))
        assert (code, out) == (0, "2 boundaries: 20500 Đại Lộc, 20515 Hà Nha.\n")
    assert places().locate(15.88, 108.10).candidates[0].code == "20500"
    assert rows(here, "SELECT count(*) FROM boundaries") == [(2,)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"type":\n"FeatureCollection",\n"features": [}', "line 3: this is no JSON"),
        ("[" * 100_000, "nested too deeply"), (f"[{'9' * 5_000}]", "thousands of digits"),
        ("{}", "must be a FeatureCollection"),
        ('{"type": "FeatureCollection", "features": [{}]}', "feature 1: it needs the properties"),
    ],
)  # fmt: skip
def test_a_file_of_boundaries_that_is_no_good_changes_nothing(here, capsys, text, said):
    run(capsys, "areas", "import", str(SQUARES))
    (here / "bad.geojson").write_text(text, encoding="utf-8")
    code, _, err = run(capsys, "areas", "import", "bad.geojson")
    assert code == 1
    assert said in err
    assert "Nothing was imported." in err
    assert rows(here, "SELECT count(*) FROM boundaries") == [(2,)]


def test_one_bad_feature_keeps_the_good_ones_out_too(here, capsys):
    data = json.loads(SQUARES.read_text(encoding="utf-8"))
    data["features"][1]["geometry"]["coordinates"][0].pop()
    (here / "half.geojson").write_text("\ufeff" + json.dumps(data), encoding="utf-8")
    code, _, err = run(capsys, "areas", "import", "half.geojson")
    assert code == 1
    assert "feature 2 (Xã Hà Nha): a ring needs four points or more" in err
    assert rows(here, "SELECT count(*) FROM boundaries") == [(0,)]


def test_a_file_that_cannot_be_read_is_said_so(here, capsys):
    assert "cannot be read" in run(capsys, "areas", "import", "missing.geojson")[2]
    (here / "latin.geojson").write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in run(capsys, "areas", "import", "latin.geojson")[2]
    with (here / "large.geojson").open("wb") as file:
        file.truncate(50_000_001)
    assert "larger than 50 MB" in run(capsys, "areas", "import", "large.geojson")[2]


# The roster


def read(text):
    """What each line is found to be."""
    return list(scan(text.splitlines(keepends=True), KNOWN))


def problems(text):
    return [str(one) for one in read(text) if isinstance(one, Problem)]


def villages(count, first=0):
    return "".join(
        f"village,20500,,,Bãi Dâu {n},xóm {n},chợ Bãi {n},Hoa,\n"
        for n in range(first, first + count)
    )


def test_fifty_thousand_bad_lines_are_named_by_their_numbers_and_nothing_is_imported(here, capsys):
    lines = "".join(f"village,{n % 2 * 20500},,,Thôn {n},,,,\n" for n in range(50_000))
    (here / "bad.csv").write_text(HEAD + lines, encoding="utf-8")
    code, _, err = run(capsys, "org", "import", "bad.csv")
    assert code == 1
    said = err.splitlines()
    assert said[0] == "Nothing was imported."
    assert said[1:4] == [f"line {n}: no commune has the code 0" for n in (2, 4, 6)]
    assert said[1_001:] == ["and 24000 more lines like these"]
    assert rows(here, "SELECT count(*) FROM areas WHERE kind = 'village'") == [(0,)]


def test_more_lines_than_there_are_villages_in_the_country_are_too_many():
    (last,) = problems(HEAD + "village,20500,,,Thôn,,,,\n" + "\n" * MOST)
    assert last == f"line {MOST + 2}: more than {MOST} lines"


def test_the_lines_before_and_behind_a_bad_one_are_read_too():
    found = problems(HEAD + villages(2_000) + "village,1,,,X,,,,\n" + villages(2_000, 2_000))
    assert found == ["line 2002: no commune has the code 1"]


def test_villages_of_several_pieces_are_imported_whole_and_again(here, capsys):
    (here / "many.csv").write_text("\ufeff" + HEAD + villages(450), encoding="utf-8")
    for _ in range(2):
        assert "450 villages" in run(capsys, "org", "import", "many.csv")[1]
    assert rows(here, "SELECT count(*) FROM areas WHERE kind = 'village'") == [(450,)]
    assert places().find("thôn Bãi Dâu 377").match == "exact"


def test_only_what_has_changed_is_built_again(here):
    async def twice():
        store, _ = await open_store(load())
        geography = Geography(store)
        for name in ("Thôn Bãi Dâu", "Thôn Gò Mía"):  # the second changes no commune
            async with store.transaction("test") as work:
                await work.areas.put([AreaRow(name, "village", name, "20500")])
            await geography.fresh()
            built = geography.places
            assert built.find(name).match == "exact"
            await geography.fresh()
            assert geography.places is built
        await store.close()

    asyncio.run(twice())


def test_a_file_that_is_none_or_far_too_large_is_refused(here, capsys):
    (here / "huge.csv").touch()
    os.truncate(here / "huge.csv", 50_000_001)
    for name in ("huge.csv", "/dev/null"):
        code, _, err = run(capsys, "org", "import", name)
        assert code == 1
        assert "must be a file of at most 50 MB" in err


# Imported again before anybody came.

PEOPLE = "person,20500,officer,Lan,,,,,\nperson,20500,collaborator,Hoa,Phú An,,,,\n"


def codes(said):
    return re.findall(r"Invitation (\S+), once", said)


def again(here, capsys, text=PEOPLE, *more):
    (here / "people.csv").write_text(HEAD + text, encoding="utf-8")
    code, out, _ = run(capsys, "org", "import", "people.csv", *more)
    assert code == 0
    return out


def test_who_was_invited_and_has_not_come_is_not_invited_twice(here, capsys):
    first = codes(again(here, capsys))
    assert len(first) == 2
    out = again(here, capsys, PEOPLE.replace("Lan", " LAN "))
    assert codes(out) == []
    assert "2 people were invited before; what they were given still works:" in out
    assert "officer LAN, until " in out
    assert rows(here, "SELECT count(*) FROM invites") == [(2,)]
    asyncio.run(uses(first[0]))
    assert "1 people to invite, 1 known" in again(here, capsys)


async def uses(code):
    """Whoever has it comes."""
    app = await open_app(load(), replay=False)
    async with app.kit.store.transaction("test") as work:
        invite = await work.invites.use(code)
        assert invite is not None
        person = Person("p1", invite.role, invite.commune, invite.villages, invite.name)
        await work.people.add(person)
    await app.close()


def test_lost_codes_are_replaced_when_that_is_asked_for_and_the_earlier_ones_end(here, capsys):
    first = codes(again(here, capsys))
    out = again(here, capsys, PEOPLE, "--renew")
    assert len(codes(out)) == 2
    assert out.count("The earlier invitation has ended: only this one works.") == 2
    for code, works in [(first[0], False), (codes(out)[0], True)]:
        assert asyncio.run(lets_in(code)) is works


async def lets_in(code):
    store, _ = await open_store(load())
    async with store.transaction("test") as work:
        found = await work.invites.use(code)
    await store.close()
    return found is not None


def test_an_invitation_that_says_something_else_now_takes_the_place_of_the_earlier(here, capsys):
    first = codes(again(here, capsys))
    out = again(here, capsys, PEOPLE.replace("Phú An", "Phú An;Hòa Tây"))
    assert len(codes(out)) == 1
    assert "collaborator Hoa:\nThe earlier invitation has ended" in out
    assert "officer Lan, until" in out
    assert not asyncio.run(lets_in(first[1]))
    assert asyncio.run(lets_in(first[0]))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("village,20500,,,Giao Thủy,,,A,\nvillage,20500,,,giao thuỷ,,,B,\n",
         "line 3: stands here twice, first in line 2"),
        ("person,20500,officer,Lan,,,,,\nperson,20500,officer, lan ,Phú An,,,,\n",
         "line 3: stands here twice, first in line 2"),
        (f"village,20500,,,{'x' * 65},,,,\n", "line 2: village is longer than 64 characters"),
        (f"village,20500,,,X,,{'x' * 256},,\n", "line 2: landmark is longer than 255"),
        ("village,20500,,,!?,,,,\n", "line 2: a village needs its name"),
        (f"village,20500,,,{'x' * 200_000},,,,\n", "line 2: field larger than field limit"),
        ('village,20500,,,"Giao\nThủy",,,,\nvillage,99,,,X,,,,\n', "line 4: no commune has the code 99"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_by_its_number(lines, said):
    [problem] = problems(HEAD + lines)
    assert problem.startswith(said)


def test_names_are_kept_composed_with_single_spaces_and_nothing_invisible():
    apart = unicodedata.normalize("NFD", "Giao Thủy")
    people = f"person,20500,officer,\u200bLê  {unicodedata.normalize('NFD', 'Thị Lẫn')},,,,,\n"
    someone, village = read(HEAD + people + f"village,20500,,,{apart},{apart} trên;xóm Bến,,,\n")
    assert someone.invite.name == "Lê Thị Lẫn"
    assert (village.row.name, village.row.aliases) == ("Giao Thủy", ("Giao Thủy trên", "xóm Bến"))


def test_the_same_name_in_two_communes_or_roles_is_no_mistake():
    lines = "village,20500,,,Giao Thủy,,,,\nvillage,20539,,,Giao Thủy,,,,\n"
    people = "person,20500,officer,Lan,,,,,\nperson,20539,officer,Lan,,,,,\nperson,20500,deputy,Lan,,,,,\n"
    assert problems(HEAD + lines + people) == []


def test_a_file_with_semicolons_is_told_so():
    said = problems(HEAD.replace(",", ";"))
    assert said == [
        f"line 1: the header must be {','.join(HEADER)}; separate the columns by commas"
    ]
