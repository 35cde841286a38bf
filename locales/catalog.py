"""Every sentence in every language: Fluent files, looked up by text keys with dots.

A language is a folder here, or a file or folder beside the program (`ANNHI_LANGUAGES_DIR`).
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentSerializer, ast

HERE = Path(__file__).parent
REFERENCE = "vi"  # says what another language lacks
_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2})?")  # ktv, en-gb; the columns hold 8 characters
_NAME = "language.name"  # each language calls itself


def _found(folder: Path) -> dict[str, tuple[Path, ...]]:
    """The languages in a folder with their files: `ktv.ftl`, or `ktv/` with any number of them."""
    known: dict[str, tuple[Path, ...]] = {}
    for path in sorted(folder.iterdir()):
        all_ = sorted(path.glob("*.ftl")) if path.is_dir() else [path]
        files = tuple(one for one in all_ if one.is_file())  # no link that leads nowhere
        if _CODE.fullmatch(path.stem) and files and files[0].suffix == ".ftl":
            known[path.stem] = (*known.get(path.stem, ()), *files)
    return known


_OURS = _found(HERE)
LANGUAGES = (REFERENCE, *(lang for lang in _OURS if lang != REFERENCE))
FILES = tuple(path.stem for path in _OURS[REFERENCE])


class NoWords(KeyError):
    """A text key has no words in a language; a test walks every key, so no person ever sees this."""


class Unusable(ValueError):
    """Words from a file that cannot stand in for ours."""


class Catalog:
    """`say("vi", "report.danger_now")` -> the message `report-danger_now`; a third part is an attribute."""

    def __init__(self, bundles: Mapping[str, FluentBundle]) -> None:
        self._bundles = bundles

    @classmethod
    def load(cls, more: Path | None = None) -> "Catalog":
        """Our languages, and those of a folder beside the program; ours are never replaced by it."""
        added = _found(more) if more is not None else {}
        files = {lang: _OURS.get(lang) or added[lang] for lang in (*LANGUAGES, *added)}
        return cls({lang: _bundle(lang, paths) for lang, paths in files.items()})

    @property
    def languages(self) -> tuple[str, ...]:
        """Their codes, ours first."""
        return tuple(self._bundles)

    def known(self, codes: Iterable[str]) -> str:
        """The first of these codes that is spoken here, en-GB as en; else the reference."""
        for code in codes:
            plain = code.strip().lower()
            for one in (plain, plain.partition("-")[0]):
                if one in self._bundles:
                    return one
        return REFERENCE

    def name(self, lang: str) -> str:
        """What a language calls itself."""
        return self._said(lang, _NAME, {}) or lang

    def missing(self, lang: str) -> list[str]:
        """The sentences, and parts of sentences, that the reference has to say for a language."""
        theirs = _names(self._bundles[lang])
        return sorted(_names(self._bundles[REFERENCE]) - theirs)

    def doubtful(self, lang: str) -> list[str]:
        """The sentences of a language that say less than ours, or cannot be filled in.

        They use other values than the reference does, leave out a number to call, or name what is not there.
        """
        ours, theirs = self._bundles[REFERENCE]._messages, self._bundles[lang]._messages  # noqa: SLF001
        return sorted(
            name for name in ours.keys() & theirs.keys()
            if _facts(theirs[name], theirs) != _facts(ours[name], ours)
            or not self._fills(lang, theirs[name])
        )  # fmt: skip

    def _fills(self, lang: str, entry: Any) -> bool:
        """Whether the sentence and its parts can be said, once their values are there."""
        bundle = self._bundles[lang]
        values = dict.fromkeys(_values(entry, bundle._messages), 1)  # noqa: SLF001
        message = bundle.get_message(entry.id.name)
        patterns = [one for one in (message.value, *message.attributes.values()) if one is not None]
        return all(_filled(bundle, one, values) is not None for one in patterns)

    def reworded(self, lang: str, part: str, text: str) -> "Catalog":
        """With the sentences of this Fluent text in place of ours, all of them of one part.

        Raises Unusable with the line that is no sentence, or the name that we do not have.
        """
        resource = FluentResource(text)
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                raise Unusable(str(entry.content).strip().splitlines()[0])
            if isinstance(entry, ast.Message | ast.Term):
                self._check(lang, part, entry)
        ours = self._bundles[lang]
        bundle = _empty(lang)
        bundle._messages.update(ours._messages)  # noqa: SLF001 — a bundle cannot be copied otherwise
        bundle._terms.update(ours._terms)  # noqa: SLF001
        bundle.add_resource(resource, allow_overrides=True)
        return Catalog({**self._bundles, lang: bundle})

    def _check(self, lang: str, part: str, entry: Any) -> None:
        """A sentence that we have, which uses no value that ours does not use."""
        known = [
            bundle._messages[entry.id.name]  # noqa: SLF001
            for bundle in (self._bundles[lang], self._bundles[REFERENCE])
            if bundle.has_message(entry.id.name)
        ]
        if not known or not entry.id.name.startswith(f"{part}-"):
            raise Unusable(str(entry.id.name))
        known_values = _values(known[0], self._bundles[REFERENCE]._messages)  # noqa: SLF001
        if new := sorted(_values(entry, {}) - known_values):
            raise Unusable(f"{entry.id.name}: ${new[0]}")

    def has(self, lang: str, key: str) -> bool:
        return any(self._pattern(one, key) is not None for one in (lang, REFERENCE))

    def say(self, lang: str, key: str, **values: object) -> str:
        """The sentence, filled in; what a language lacks or says wrongly, the reference says.

        Raises NoWords for an unknown key or a missing value.
        """
        for one in (lang, REFERENCE):
            text = self._said(one, key, values)
            if text is not None:
                return text
        raise NoWords(f"{lang}: {key}: unknown, or a value is missing")

    def day(self, lang: str, day: int, month: int) -> str:
        """A day of this year as people write it: 24/11, 24 Nov."""
        return self.say(lang, "time.day", day=day, month=month)

    def first(self, lang: str, keys: tuple[str, ...]) -> str:
        """The words of the first of these keys that has any."""
        for key in keys:
            if self.has(lang, key):
                return self.say(lang, key)
        raise NoWords(f"{lang}: {keys[0]}")

    def _said(self, lang: str, key: str, values: Mapping[str, object]) -> str | None:
        pattern = self._pattern(lang, key)
        if pattern is None:
            return None
        return _filled(self._bundles[lang], pattern, values)

    def _pattern(self, lang: str, key: str) -> Any:
        message_id, attribute = _split(key)
        bundle = self._bundles.get(lang)
        if bundle is None or not bundle.has_message(message_id):
            return None
        message = bundle.get_message(message_id)
        return message.attributes.get(attribute) if attribute else message.value


def _filled(bundle: FluentBundle, pattern: Any, values: Mapping[str, object]) -> str | None:
    """The words with their values; None where that cannot be, whatever somebody wrote into a file."""
    try:
        text, errors = bundle.format_pattern(pattern, dict(values))
    except Exception:  # noqa: BLE001 — a sentence that names itself, a value used as what it is not
        return None
    return None if errors else str(text)


@lru_cache(maxsize=4096)
def _split(key: str) -> tuple[str, str]:
    parts = key.split(".")
    return "-".join(parts[:2]), ".".join(parts[2:])


def _names(bundle: FluentBundle) -> set[str]:
    """Every message of a language, and every attribute as `message.attribute`."""
    names: set[str] = set()
    for name, message in bundle._messages.items():  # noqa: SLF001 — the library lists them nowhere else
        parts = [one.id.name for one in message.attributes]
        names |= {name} if message.value is not None else set()
        names |= {f"{name}.{part}" for part in parts}
    return names


def source(lang: str, part: str) -> str:
    """One of our files as it stands, to be changed and handed back; else that of the reference."""
    path = HERE / lang / f"{part}.ftl"
    return (path if path.exists() else HERE / REFERENCE / path.name).read_text(encoding="utf-8")


def _values(entry: Any, messages: Mapping[str, Any]) -> set[str]:
    """The names of the values that a sentence is filled in with, also where it names another one."""
    text = FluentSerializer().serialize_entry(entry)
    found = set(re.findall(r"\$([\w-]+)", text))
    for name in re.findall(r"\{ ([a-z][\w-]*) \}", text):
        if name in messages and name != entry.id.name:
            found |= set(
                re.findall(r"\$([\w-]+)", FluentSerializer().serialize_entry(messages[name]))
            )
    return found


def _facts(entry: Any, messages: Mapping[str, Any]) -> set[str]:
    """What a sentence may not lose in another language: the values in it, and whom to call."""
    numbers = re.findall(r"\b11[1345]\b", FluentSerializer().serialize_entry(entry))
    return _values(entry, messages) | set(numbers)


def _empty(lang: str) -> FluentBundle:
    # Numbers and plurals of a language that nobody described are those of the reference.
    locales = [lang, lang.partition("-")[0], REFERENCE]
    return FluentBundle(locales, use_isolating=False)


def _bundle(lang: str, files: tuple[Path, ...]) -> FluentBundle:
    bundle = _empty(lang)
    for path in files:
        bundle.add_resource(_resource(path))
    return bundle


@cache
def _resource(path: Path) -> Any:
    """Read once in a process: parsing is most of what a catalogue costs, and nobody changes it."""
    return FluentResource(path.read_text(encoding="utf-8-sig", errors="replace"))
