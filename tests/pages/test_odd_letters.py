"""Letters that hide, turn or pile up: neither card nor page shows them, and what came is kept as it came."""

import json

import pytest

from cases.model import Role
from tests.support.office import DAI_LOC, Office

ODD = {
    "bidi": "nha \u202egnoul o\u202c \u2066ben\u2069 song",
    "zero width": "nha\u200b \u200dben\u2060 \ufeffsong",
    "combining": "nha ben" + "\u0316\u0317" * 400 + " song",
}
HIDDEN = "\u202e\u202c\u2066\u2069\u200b\u200d\u2060\ufeff"


@pytest.fixture
async def office(tmp_path):
    made = await Office.open(tmp_path)
    yield made
    await made.close()


@pytest.mark.parametrize("kind", ODD)
async def test_f45_odd_letters_are_on_no_card_and_no_page_and_stay_in_what_came_in(office, kind):
    lan = await office.hire("lan", Role.OFFICER, DAI_LOC)
    await lan.sign_in()
    begun = office.site.store.clock.now()
    code = await office.report(ODD[kind])
    shown = [(await lan.opens(code)).text, _told(await lan.says(f"/vu {code}"))]
    for text in shown:
        assert "nha" in text
        assert "song" in text
        assert [one for one in HIDDEN if one in text] == []
        assert text.count("\u0316") < 20
    async with office.site.store.reading("test") as work:
        raw = [row.raw.decode() for row in await work.inbox.since(begun)]
    assert any(ODD[kind] in _read(one) for one in raw)


def _read(raw):
    return raw.encode().decode("unicode_escape") if "\\u" in raw else raw


def _told(messages):
    return json.dumps(messages, ensure_ascii=False)
