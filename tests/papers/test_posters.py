"""Posters: what they say, where their codes lead, and that the same poster is always the same file."""

import argparse
import io
import re
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from bot.commands import Failed
from bot.commands.poster import POSTER, _face
from bot.config import load
from cases.posters import poster_and_words, poster_code, read_poster
from cases.roster import village_code
from handlers.papers.lettering import Lettering
from handlers.papers.poster import HIGH, WIDE, Area, Bar, Code, Letters, TooLong, Way, poster
from handlers.papers.posters import png, svg
from locales.catalog import LANGUAGES, Catalog
from tests.support.fake_telegram import FakeTelegram
from tests.support.pseudo import LANG, write_language
from tests.support.qr import read_qr

SITE = "https://baotin.example"
VILLAGE = village_code("20500", "Hòa Tây")
HERE = Area(
    {"name": "Đại Lộc", "unit": "commune"},
    "Hòa Tây",
    poster_code("20500", VILLAGE),
    poster_code("20500"),
)
LETTERING = Lettering({False: _face(400), True: _face(600)})
ROSTER = (
    "what,commune,role,name,village,aliases,landmark,collaborator,substitute\n"
    "village,20500,,,Hòa Tây,,,,\nvillage,20515,,,Hoằng Phước,,,,\n"
)


def ways(area=HERE):
    return (
        Way(f"{SITE}/join/{area.code}", "poster.link"),
        Way(f"https://t.me/baotin_bot?start={area.code}", "poster.telegram"),
        Way("https://zalo.me/1234567890", "poster.zalo"),
    )


def shapes(lang="vi", area=HERE, catalog=None):
    say = partial((catalog or Catalog.load()).say, lang)
    return poster(say, area, ways(area), LETTERING)


def below(line):
    """How far its letters hang down; numbers do not."""
    return 0 if line.text.isdigit() else line.size * 0.2


def words_of(found):
    return " ".join(one.text for one in found if isinstance(one, Letters))


def in_picture(data, code, dpi=300):
    """The modules of a code as a camera sees them: the picture's own dots, not what was to be drawn."""
    picture = Image.open(io.BytesIO(data)).convert("L")
    left, top, side = (round(one * dpi / 25.4) for one in (code.x, code.y, code.side))
    cut = picture.crop((left, top, left + side, top + side)).point(lambda dot: 255 * (dot < 128))
    x, y, right, bottom = cut.getbbox()
    size = len(code.rows) - 8
    step = (right - x) / size
    assert abs((bottom - y) / size - step) < 0.01
    return [
        [
            cut.getpixel((int(x + (n + 0.5) * step), int(y + (m + 0.5) * step))) > 0
            for n in range(size)
        ]
        for m in range(size)
    ]


def in_drawing(text):
    """The modules of every code in an SVG, from what is filled in it."""
    for path in re.findall(r' d="([^"]+)"', text):
        dark = {(int(y), int(x)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path)}
        last = max(x for _, x in dark)
        yield [[(y, x) in dark for x in range(4, last + 1)] for y in range(4, last + 1)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_poster_says_whom_to_call_in_every_language(lang):
    said = words_of(shapes(lang))
    for number in ("111", "113", "114", "115"):
        assert number in said
    assert "Hòa Tây" in said
    assert "baotin.example/join/xa-20500" in said
    assert "#xa-20500" in said
    assert VILLAGE not in said  # nobody types that


def test_the_codes_in_the_picture_lead_to_the_chat_with_the_village():
    found = shapes()
    data = png(found, LETTERING)
    codes = [one for one in found if isinstance(one, Code)]
    assert [read_qr(in_picture(data, one)) for one in codes] == [way.link for way in ways()]


def test_the_codes_in_the_drawing_are_the_same():
    text = svg(shapes(), LETTERING).decode()
    assert [read_qr(rows) for rows in in_drawing(text)] == [way.link for way in ways()]


def test_a_code_with_one_wrong_module_is_noticed():
    (code, *_) = [one for one in shapes() if isinstance(one, Code)]
    rows = [list(row[4:-4]) for row in code.rows[4:-4]]
    assert read_qr(rows) == ways()[0].link
    rows[-5][-1] = not rows[-5][-1]
    with pytest.raises((AssertionError, UnicodeDecodeError)):
        assert read_qr(rows) == ways()[0].link


def test_the_picture_is_a4_at_300_dots_and_always_the_same():
    first = png(shapes(), LETTERING)
    again = Lettering({False: _face(400), True: _face(600)})
    assert first == png(shapes(), again)
    assert svg(shapes(), LETTERING) == svg(shapes(), again)
    picture = Image.open(io.BytesIO(first))
    assert picture.size == (2480, 3508)
    assert [round(one) for one in picture.info["dpi"]] == [300, 300]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "village", ["", "Hòa Tây", "Thôn Hoằng Phước Bắc và Hoằng Phước Nam số 12"]
)
def test_nothing_leaves_the_page_and_no_words_lie_over_others(lang, village):
    area = Area({"name": "Đại Lộc", "unit": "commune"}, village, HERE.code, HERE.short)
    found = shapes(lang, area)
    lines = [one for one in found if isinstance(one, Letters)]
    boxes = [
        (one.x, one.y - one.size * 0.75, one.x + one.wide, one.y + below(one)) for one in lines
    ]
    boxes += [
        (one.x, one.y, one.x + one.side, one.y + one.side) for one in found if isinstance(one, Code)
    ]
    for n, (left, top, right, bottom) in enumerate(boxes):
        assert 0 < left < right < WIDE and 0 < top < bottom < HIGH
        for other in boxes[:n]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart, lines[n].text if n < len(lines) else "a code"


def test_white_words_stand_on_the_dark_bar():
    found = shapes()
    (bar,) = [one for one in found if isinstance(one, Bar) and one.ink != (255, 255, 255)]
    for one in found:
        if isinstance(one, Letters) and one.ink == (255, 255, 255):
            assert bar.x < one.x and one.x + one.wide < bar.x + bar.wide
            assert bar.y < one.y - one.size * 0.75 and one.y + below(one) < bar.y + bar.high


def test_a_village_may_be_called_anything():
    text = svg(
        shapes(area=Area({"name": "Đại Lộc", "unit": "commune"}, '<a href="x">&', "xa-1", "xa-1")),
        LETTERING,
    ).decode()
    assert "&lt;a href=&quot;x&quot;&gt;&amp;, xã Đại Lộc" in text


def test_words_that_do_not_fit_are_refused():
    long = Catalog.load().reworded("vi", "poster", f"poster-title = {'Báo tin cho trẻ em ' * 30}")
    with pytest.raises(TooLong):
        shapes(catalog=long)


@pytest.mark.parametrize(
    ("text", "read"),
    [("xa-20500", ("20500", "")), ("Xa-20500-5d18cbec37f52813 ", ("20500", "5d18cbec37f52813")),
     ("xa-", ("", "")), ("xa-20500-", ("", "")), ("xa-20500/..", ("", "")), ("xa-" + "1" * 60, ("", "")),
     ("20500", ("", ""))],
)  # fmt: skip
def test_a_code_is_read_whole_or_not_at_all(text, read):
    assert read_poster(text) == read


def test_every_code_fits_into_a_telegram_link():
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", poster_code("20500", VILLAGE))


# The command.


def written(name):
    return Path(name).read_text("utf-8")


def write(name, text, how="utf-8"):
    Path(name).write_bytes(text.encode(how))


def files(where="."):
    return sorted(one.name for one in Path(where).glob("poster*"))


@pytest.fixture
async def made(tmp_path, monkeypatch, capsys):
    """Runs `bot poster` in an empty folder whose roster knows two villages; what it printed."""
    monkeypatch.chdir(tmp_path)
    from bot.commands.org import ORG

    write("roster.csv", ROSTER)
    await ORG.run(load({}), _options(ORG, "import", "roster.csv"))
    capsys.readouterr()

    async def run(*words, **settings):
        config = load({"ANNHI_PUBLIC_URL": SITE, **settings}, Path("none.env"))
        await POSTER.run(config, _options(POSTER, *words))
        return capsys.readouterr().out

    return run


def _options(command, *words):
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    return parser.parse_args(words)


async def test_every_commune_and_village_gets_its_own(made):
    out = await made("--villages", "--format", "svg", "--out", "print")
    names = files("print")
    assert names[:3] == ["poster-20500-hoa-tay.svg", "poster-20500.svg", "poster-20506.svg"]
    assert "poster-20515-hoang-phuoc.svg" in names
    assert len(names) == 7
    for line in out.splitlines():
        name, link = line.split("  ")
        (rows,) = in_drawing(written(name))
        assert read_qr(rows) == link


async def test_one_village_is_asked_for_by_its_name_however_it_is_written(made):
    await made("--commune", "20500", "--village", "hoa tay")
    assert files() == [
        "poster-20500-hoa-tay.png", "poster-20500-hoa-tay.svg",
    ]  # fmt: skip


async def test_where_there_is_a_telegram_bot_its_code_carries_the_place_too(made):
    telegram = FakeTelegram()
    address = await telegram.start()
    await made(
        "--commune", "20500", "--format", "svg", "--zalo", "https://zalo.me/1",
        ANNHI_TELEGRAM_TOKEN="1:x", ANNHI_TELEGRAM_API_URL=address,
    )  # fmt: skip
    await telegram.stop()
    links = [read_qr(rows) for rows in in_drawing(written("poster-20500.svg"))]
    assert links[0] == f"{SITE}/join/xa-20500"
    assert re.fullmatch(r"https://t\.me/\w+\?start=xa-20500", links[1])
    assert links[2] == "https://zalo.me/1"


async def test_a_telegram_that_does_not_answer_is_not_left_out_in_silence(made):
    with pytest.raises(Failed, match="Telegram does not answer"):
        await made(ANNHI_TELEGRAM_TOKEN="1:x", ANNHI_TELEGRAM_API_URL="http://127.0.0.1:9")
    assert not files()


async def test_the_words_are_printed_changed_and_handed_back(made):
    words = await made("--words")
    write("mine.ftl", words.replace("Xin báo tin", "Nhắn cho xã"), "utf-8-sig")
    await made("--commune", "20500", "--format", "svg", "--text", "mine.ftl")
    assert "Nhắn cho xã" in written("poster-20500.svg")


async def test_a_third_language_has_its_poster(made):
    folder = write_language(Path("languages"))
    await made(
        "--commune", "20500", "--format", "svg", "--lang", LANG, ANNHI_LANGUAGES_DIR=str(folder)
    )
    assert "Wörrîéd åböût" in written("poster-20500.svg")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--commune", "99999"), "No commune has the code 99999"),
        (("--commune", "20500", "--village", "Phú Mỹ"), "has no village Phú Mỹ"),
        (("--village", "Hòa Tây"), "needs its --commune"),
        (("--lang", "fr"), "Nobody speaks fr here"),
        (("--zalo", "zalo.me/1"), "begins with https"),
        (("--text", "unknown.ftl"), "poster-other cannot be used"),
        (("--text", "elsewhere.ftl"), "notice-alert cannot be used"),
        (("--text", "value.ftl"), r"poster-title: \$name cannot be used"),
        (("--text", "junk.ftl"), "this is no sentence cannot be used"),
        (("--text", "bytes.ftl"), "is not UTF-8"),
        (("--text", "long.ftl"), "does not fit"),
        (("--text", "no_police.ftl"), "do not name 113"),
        (("--text", "no_helpline.ftl"), "do not name 111"),
    ],
)
async def test_what_cannot_be_made_is_said_and_nothing_is_written(made, words, why):
    for name, text in {
        "unknown": "poster-other = x", "elsewhere": "notice-alert = x", "junk": "this is no sentence",
        "value": "poster-title = { $name }", "long": "poster-scan = " + "dài " * 200,
        "no_police": "poster-police_number = 1130",
        "no_helpline": "poster-child_number = 18001567\nposter-child = Em là trẻ em? Em cũng nhắn được.",
    }.items():  # fmt: skip
        write(f"{name}.ftl", text)
    write("bytes.ftl", "poster-title = Báo", "utf-16")
    with pytest.raises(Failed, match=why):
        await made(*words)
    assert not files()


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:8080"])
async def test_without_an_address_for_everybody_there_is_no_poster(made, address):
    with pytest.raises(Failed, match="ANNHI_PUBLIC_URL"):
        await made("--commune", "20500", ANNHI_PUBLIC_URL=address)


@pytest.mark.parametrize(
    ("text", "read"),
    [("#xa-20500 be bi danh", ("xa-20500", "be bi danh")),
     (" #Xa-20500-5d18cbec37f52813,\ncứu cháu\nvới ", ("Xa-20500-5d18cbec37f52813", "cứu cháu\nvới")),
     ("# xa-20500: sos", ("xa-20500", "sos")), ("#xa-20500", ("", "")), ("xa-20500 ao", ("", "")),
     ("#xa-hội ơi cứu cháu", ("", "")), ("#xa-20500bé bị đánh", ("", ""))],
)  # fmt: skip
def test_words_behind_a_code_are_read_apart_from_it(text, read):
    assert poster_and_words(text) == read
