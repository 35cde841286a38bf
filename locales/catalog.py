"""Every sentence in every language: Fluent files, looked up by text keys with dots."""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("vi", "en")
FILES = (
    "talk", "work", "notices", "errors", "pages", "media", "relay", "people", "digest", "staff", "demo", "plan",
    "lists", "papers", "settings", "roster",
)  # fmt: skip


class NoWords(KeyError):
    """A text key has no words in a language; a test walks every key, so no person ever sees this."""


class Catalog:
    """`say("vi", "report.danger_now")` -> the message `report-danger_now`; a third part is an attribute."""

    def __init__(self, bundles: Mapping[str, FluentBundle]) -> None:
        self._bundles = bundles

    @classmethod
    def load(cls) -> "Catalog":
        return cls({lang: _bundle(lang) for lang in LANGUAGES})

    def has(self, lang: str, key: str) -> bool:
        return self._pattern(lang, key) is not None

    def say(self, lang: str, key: str, **values: object) -> str:
        """The sentence, filled in. Raises NoWords for an unknown key or a missing value."""
        lang = lang if lang in self._bundles else "vi"
        pattern = self._pattern(lang, key)
        if pattern is None:
            raise NoWords(f"{lang}: {key}")
        errors: list[Exception] = []
        text, errors = self._bundles[lang].format_pattern(pattern, dict(values))
        if errors:
            raise NoWords(f"{lang}: {key}: a value is missing")
        return str(text)

    def day(self, lang: str, day: int, month: int) -> str:
        """A day of this year as people write it: 24/11, 24 Nov."""
        return self.say(lang, "time.day", day=day, month=month)

    def first(self, lang: str, keys: tuple[str, ...]) -> str:
        """The words of the first of these keys that has any."""
        for key in keys:
            if self.has(lang, key):
                return self.say(lang, key)
        raise NoWords(f"{lang}: {keys[0]}")

    def _pattern(self, lang: str, key: str):  # type: ignore[no-untyped-def]
        message_id, attribute = _split(key)
        bundle = self._bundles.get(lang, self._bundles["vi"])
        if not bundle.has_message(message_id):
            return None
        message = bundle.get_message(message_id)
        return message.attributes.get(attribute) if attribute else message.value


@lru_cache(maxsize=4096)
def _split(key: str) -> tuple[str, str]:
    parts = key.split(".")
    return "-".join(parts[:2]), ".".join(parts[2:])


def _bundle(lang: str) -> FluentBundle:
    bundle = FluentBundle([lang], use_isolating=False)
    for name in FILES:
        bundle.add_resource(_resource(lang, name))
    return bundle


@cache
def _resource(lang: str, name: str) -> Any:
    """Read once in a process: parsing is most of what a catalogue costs, and nobody changes it."""
    path = files("locales") / lang / f"{name}.ftl"
    return FluentResource(path.read_text(encoding="utf-8"))
