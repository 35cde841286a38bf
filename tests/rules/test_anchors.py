"""The day's head as people read it out and type it."""

import pytest

from cases.anchors import Anchor, groups, read_anchor

HEAD = bytes.fromhex("3f2a91bc77d012ab9e4c") + b"\0" * 22


def test_ten_bytes_in_five_groups():
    assert groups(HEAD) == "3F2A 91BC 77D0 12AB 9E4C"


@pytest.mark.parametrize("text", [
    "1234 3F2A 91BC 77D0 12AB 9E4C", "1234, 3f2a-91bc-77d0-12ab-9e4c", "dòng 1234, 3F2A91BC77D012AB9E4C.",
    "Mã kiểm: dòng 1234, 3F2A 91BC 77D0 12AB 9E4C. ",
])  # fmt: skip
def test_as_people_type_it(text):
    found = read_anchor(text)
    assert found == Anchor(1234, HEAD[:10])
    assert found.holds(HEAD)
    assert not found.holds(b"\1" * 32)


@pytest.mark.parametrize(
    "text", ["", "1234", "1234 3F2A", "3F2A 91BC 77D0 12AB 9E4C", "1 2 3", "1234 xxxx"]
)
def test_what_is_no_anchor(text):
    assert read_anchor(text) is None
