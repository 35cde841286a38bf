"""Jinja2 with the words of the catalogue; escaping is always on."""

from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web.parts import PARTS

HERE = Path(__file__).parent
_templates = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
)


def page(request: web.Request, name: str, lang: str, **values: object) -> web.Response:
    """Render a template in a language; `t(key, …)` reads the catalogue."""
    parts = request.app[PARTS]

    def words(key: str, **filled: object) -> str:
        return parts.catalog.say(lang, key, **filled)

    others = [(one, parts.catalog.name(one)) for one in parts.catalog.languages if one != lang]
    around = {
        "t": words, "lang": lang, "others": others, "demo": parts.demo, "exit_url": parts.exit_url
    }  # fmt: skip
    html = _templates.get_template(name).render({**around, **values})
    return web.Response(text=html, content_type="text/html")


def language(request: web.Request) -> str:
    """The language a browser asks for, of somebody whom we do not know."""
    wished = request.headers.get("Accept-Language", "").split(",")
    return request.app[PARTS].catalog.known(one.partition(";")[0] for one in wished)


def chosen(request: web.Request) -> str:
    """The language of the address, as a link on the page says it."""
    return request.app[PARTS].catalog.known([request.query.get("lang", "")])
