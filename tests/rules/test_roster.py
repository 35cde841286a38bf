"""Names of people and villages: kept on one line, not too long, not the same twice."""

import pytest

from cases.errors import Refused
from cases.model import Person, Role
from cases.roster import check_name, check_village, names_in, one_line, short, village_code

HERE = "20500"
HOA = Person("hoa", Role.OFFICER, HERE, name="Hòa")


@pytest.mark.parametrize(
    ("name", "staff", "found"),
    [
        ("  Trần  Lan\n", [HOA], "Trần Lan"),
        ("a" * 300, [], "a" * 300),
        ("Hòa", [Person("x", Role.DEPUTY, HERE, name="Hòa")], "Hòa"),
        ("Hòa", [Person("x", Role.OFFICER, "20515", name="Hòa")], "Hòa"),
        ("Hòa", [Person("x", Role.OFFICER, HERE, name="Hòa", active=False)], "Hòa"),
    ],
)
def test_a_name_is_kept_on_one_line(name, staff, found):
    assert check_name(name, Role.OFFICER, HERE, staff) == found


@pytest.mark.parametrize(
    ("name", "why"), [(" ; ", "none"), ("a" * 301, "long"), ("HOÀ", "taken"), ("hoa", "taken")]
)
def test_a_name_is_refused(name, why):
    with pytest.raises(Refused) as no:
        check_name(name, Role.OFFICER, HERE, [HOA])
    assert no.value.key == f"error.name_{why}"


def test_a_village_is_called_as_no_other_is():
    check_village("Phú Mỹ", "chợ", ("Gò Nổi",), ["Ấp Bắc"])
    for name, landmark, aliases, key in (
        ("…", "", (), "village_none"), ("a" * 65, "", (), "village_long"),
        ("Phú Mỹ", "", ("a" * 65,), "village_long"), ("Phú Mỹ", "a" * 256, (), "landmark_long"),
        ("AP BAC", "", (), "village_taken"), ("Phú Mỹ", "", ("ấp bắc",), "village_taken"),
    ):  # fmt: skip
        with pytest.raises(Refused) as no:
            check_village(name, landmark, aliases, ["Ấp Bắc"])
        assert no.value.key == f"error.{key}"


def test_names_in_a_row_are_parted_and_none_is_there_twice():
    assert names_in("xóm Trên, Gò  Nổi; xom tren\n,,Ấp 3") == ("xom tren", "Gò Nổi", "Ấp 3")
    assert one_line("a ; b") == "a , b"


def test_a_long_name_is_cut_where_many_stand_together():
    assert short("Lan") == "Lan"
    assert (len(short("a" * 300)), short("a" * 300)[-1]) == (60, "…")


def test_one_village_has_one_code_however_it_is_written():
    assert village_code(HERE, "Phú Mỹ") == village_code(HERE, "phu my")
    assert village_code(HERE, "Phú Mỹ") != village_code("20515", "Phú Mỹ")
