"""A long roster is imported: killed in the middle it is run again, and reports have their turn meanwhile."""

import pytest

from .place import close_place, open_place

HEAD = "what,commune,role,name,village,aliases,landmark,collaborator,substitute\n"
VILLAGES = 1_000


@pytest.fixture
async def place(tmp_path):
    made = await open_place(tmp_path)
    lines = "".join(f"village,20500,,,Bãi Dâu {n},,,Hoa,\n" for n in range(VILLAGES))
    person = "person,20500,collaborator,Hoa,,,,,\n"
    (tmp_path / "roster.csv").write_text(HEAD + lines + person, encoding="utf-8")
    yield made
    await close_place(made)


def there(place):
    (count,) = place.sql("SELECT count(*) FROM areas WHERE kind = 'village'")[0]
    return count, place.sql("SELECT count(*) FROM invites")[0][0]


async def imported(place, *module):
    process = await place.run(*module, "org", "import", "roster.csv")
    return await process.wait()


async def test_a_kill_between_two_pieces_keeps_the_first_and_the_same_command_does_the_rest(place):
    assert await imported(place, "tests.faults.dying", "KILL", "after", "import", "3") == -9
    assert there(place) == (600, 0)
    for _ in range(2):  # once more changes nothing
        assert await imported(place, "bot") == 0
        assert there(place) == (VILLAGES, 1)


async def test_a_kill_before_a_piece_is_stored_leaves_nothing_of_it(place):
    assert await imported(place, "tests.faults.dying", "KILL", "before", "import", "2") == -9
    assert there(place) == (200, 0)


async def test_an_import_that_stands_still_between_two_pieces_holds_no_report_up(place):
    await place.start()
    held = await place.run(
        "tests.faults.dying", "STOP", "after", "import", "2", "org", "import", "roster.csv"
    )
    await place.eventually(lambda: place.frozen(held))
    place.says("sos", "xã Đại Hiệp")
    await place.until(lambda: place.alerts() and place.receipts())
