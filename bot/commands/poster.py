"""poster: what hangs in a commune or a village, as SVG and PNG, with codes that open the chat."""

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.app import Geography, open_store
from bot.commands.command import Command, Failed
from bot.commands.doctor import bot_name
from bot.config import Config
from cases.areas.gazetteer import Areas
from cases.posters import poster_code
from cases.roster import village_code
from cases.typed.fold import fold
from handlers.papers.lettering import Face, Lettering
from handlers.papers.poster import Area, NoHelp, Say, Shape, TooLong, Way, poster
from handlers.papers.posters import png, svg
from locales.catalog import Catalog, Unusable, source

_PART = "poster"
_FONTS = Path(__file__).parents[2] / "web" / "static" / "fonts"
_DRAW = {"svg": svg, "png": png}


@dataclass(frozen=True, slots=True)
class Ways:
    """The addresses of this installation, without an area."""

    web: str
    telegram: str  # the bot's name, "" = none
    zalo: str

    def to(self, code: str) -> tuple[Way, ...]:
        """Every way in, with the area where the way can carry one."""
        ways = [Way(f"{self.web}/join/{code}", "poster.link")]
        if self.telegram:
            ways.append(Way(f"https://t.me/{self.telegram}?start={code}", "poster.telegram"))
        if self.zalo:
            ways.append(Way(self.zalo, "poster.zalo"))
        return tuple(ways)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--commune", metavar="CODE", help="of this commune only")
    villages = parser.add_mutually_exclusive_group()
    villages.add_argument("--village", action="append", default=[], metavar="NAME")
    villages.add_argument("--villages", action="store_true", help="one for each village, too")
    parser.add_argument("--lang", default="vi", help="language of the words (vi)")
    parser.add_argument("--words", action="store_true", help="print the words, to be changed")
    parser.add_argument("--text", type=Path, metavar="FILE", help="words as --words prints them")
    parser.add_argument("--zalo", default="", metavar="ADDRESS", help="of the Zalo account, too")
    parser.add_argument("--format", choices=[*_DRAW, "both"], default="both")
    parser.add_argument("--out", type=Path, default=Path(), metavar="FOLDER")


async def _poster(config: Config, options: argparse.Namespace) -> int:
    catalog = _catalog(config, options)
    if options.words:
        print(source(options.lang, _PART), end="")
        return 0
    ways = await _ways(config, options)
    lettering = Lettering({False: _face(400), True: _face(600)})
    say = partial(catalog.say, options.lang)
    wanted = list(_wanted(await _known(config), options))
    drawn = [(area, ways.to(area.code), _drawn(say, area, ways, lettering)) for area in wanted]
    options.out.mkdir(parents=True, exist_ok=True)
    for area, links, shapes in drawn:  # nothing is written unless all of it fits
        for kind in _DRAW if options.format == "both" else (options.format,):
            path = options.out / f"{_file(area)}.{kind}"
            path.write_bytes(_DRAW[kind](shapes, lettering))
            print(f"{path}  {links[0].link}")
    return 0


def _catalog(config: Config, options: argparse.Namespace) -> Catalog:
    """The words, as a file changes them. Raises Failed with what is wrong with it."""
    catalog = Catalog.load(config.languages_dir)
    if options.lang not in catalog.languages:
        raise Failed(f"Nobody speaks {options.lang} here: {', '.join(catalog.languages)}.")
    if options.text is None:
        return catalog
    try:
        words = options.text.read_text(encoding="utf-8-sig")
        return catalog.reworded(options.lang, _PART, words)
    except UnicodeDecodeError as error:
        raise Failed(f"{options.text} is not UTF-8: save it as UTF-8.") from error
    except Unusable as error:
        known = "bot poster --words prints the sentences and the values they may use"
        raise Failed(f"{options.text}: {error} cannot be used; {known}.") from error


async def _ways(config: Config, options: argparse.Namespace) -> Ways:
    web = config.public_url.rstrip("/")
    if not web.startswith("https://"):
        raise Failed("A poster needs the address that people open: set ANNHI_PUBLIC_URL (https).")
    if options.zalo and not options.zalo.startswith("https://"):
        raise Failed("--zalo needs an address that begins with https://.")
    telegram = await bot_name(config)
    if telegram == "":
        raise Failed("Telegram does not answer, so its code cannot be made: check the token.")
    return Ways(web, telegram or "", options.zalo)


async def _known(config: Config) -> Areas:
    store, _ = await open_store(config)
    try:
        geography = Geography(store)
        await geography.fresh()
    finally:
        await store.close()
    return geography.places.areas


def _wanted(areas: Areas, options: argparse.Namespace) -> Iterator[Area]:
    """Each poster that was asked for. Raises Failed for a place that nobody knows."""
    codes = [options.commune] if options.commune else list(areas.communes)
    if options.commune and options.commune not in areas.communes:
        raise Failed(f"No commune has the code {options.commune}.")
    if options.village and not options.commune:
        raise Failed("A village needs its --commune CODE.")
    for code in codes:
        name = areas.communes[code]
        for village in options.village:
            known = areas.villages.get(village_code(code, village))
            if known is None:
                raise Failed(f"{name} has no village {village}: bot org import FILE.csv.")
            yield _area(areas, code, village_code(code, village))
        if not options.village:
            yield _area(areas, code)
        if options.villages:
            own = (key for key, one in areas.villages.items() if one.commune == code)
            yield from (_area(areas, code, key) for key in own)


def _area(areas: Areas, commune: str, village: str = "") -> Area:
    name = areas.villages[village].name if village else ""
    codes = poster_code(commune, village), poster_code(commune)
    return Area(areas.named(commune), name, *codes)


def _drawn(say: Say, area: Area, ways: Ways, lettering: Lettering) -> list[Shape]:
    try:
        return poster(say, area, ways.to(area.code), lettering)
    except TooLong as error:
        raise Failed(f"This does not fit on the poster: {error}") from error
    except NoHelp as error:
        raise Failed(f"These words do not name {error}: a poster says whom to call.") from error


def _file(area: Area) -> str:
    """poster-20500, poster-20500-hoa-tay: a name that any system keeps."""
    commune = area.code.split("-")[1]
    village = re.sub(r"[^a-z0-9]+", "-", fold(area.village)).strip("-")[:60]
    return f"poster-{commune}-{village or area.code[-4:]}" if area.village else f"poster-{commune}"


def _face(weight: int) -> Face:
    name = f"be-vietnam-pro-{{}}-{weight}-normal.woff2"
    return Face(
        (_FONTS / name.format("vietnamese")).read_bytes(),
        (_FONTS / name.format("latin")).read_bytes(),
    )


POSTER = Command("poster", "posters with QR codes, for print", _poster, _arguments)
