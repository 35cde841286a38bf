"""Case codes survive telephones, keyboards and tired people."""

import pytest

from cases.codes import (
    ALPHABET,
    access_code,
    case_code,
    check,
    digest,
    invitation,
    read_access_code,
    read_code,
    read_invitation,
)


class Chance:
    def bytes(self, n):
        return bytes(range(n))


def test_the_example_of_the_interface_is_a_code():
    assert check("7KQ4-2MDJ")


@pytest.mark.parametrize("typed", ["7kq4-2mdj", "7KQ42MDJ", " 7kq4 2mdj ", "7Kq4–2MDJ"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == "7KQ4-2MDJ"


def test_every_wrong_and_every_swapped_character_is_noticed():
    for n in range(20):
        code = case_code(b"key", f"submission-{n}", 0).replace("-", "")
        assert check(code)
        for place in range(8):
            for letter in set(ALPHABET) - {code[place]}:
                assert not check(code[:place] + letter + code[place + 1 :])
        for place in range(7):
            swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            assert swapped == code or not check(swapped)


def test_a_replay_gives_the_same_codes_again():
    assert case_code(b"key", "s", 0) == case_code(b"key", "s", 0) != case_code(b"key", "s", 1)
    assert read_access_code(access_code(b"key", "s")) == access_code(b"key", "s").replace(" ", "")


def test_a_code_whose_sum_has_no_character_is_never_given_out():
    codes = [case_code(b"key", f"submission-{n}", 0) for n in range(300)]
    assert all(check(code) for code in codes)
    assert len(set(codes)) == 300


@pytest.mark.parametrize(
    "typed", ["", "7KQ4-2MD", "7KQ4-2MDJJ", "7KQ4-2MD1", "7KQ4-2MDK", "0000-0000"]
)
def test_what_is_no_code_is_not_read_as_one(typed):
    assert not check(typed)
    assert read_code(typed) is None


@pytest.mark.parametrize(
    "typed", ["1234 5678 9012 3456", "1234567890123456", "1234-5678-9012-3456"]
)
def test_an_access_code_is_sixteen_digits_however_they_are_grouped(typed):
    assert read_access_code(typed) == "1234567890123456"


@pytest.mark.parametrize(
    "typed", ["", "123456789012345", "12345678901234567", "１２３４" * 4, "x" * 16]
)
def test_what_is_no_access_code_is_not_read_as_one(typed):
    assert read_access_code(typed) is None


def test_an_invitation_is_typed_the_way_it_is_read_aloud():
    code = invitation(Chance())
    assert len(code) == 16
    assert set(code) <= set(ALPHABET)
    assert read_invitation(f"#{code.lower()}") == code
    assert read_invitation(" ".join(code)) == code
    assert read_invitation("short") is None
    assert read_invitation("O" * 16) is None


def test_of_a_secret_only_its_digest_is_kept():
    assert digest("a") == digest("a") != digest("b")
    assert "secret" not in digest("secret")
