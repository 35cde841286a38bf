"""The texts somebody says yes to, as versions: a changed text is a new version (DOMAIN.md 7, P2). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One text in force. `key`: the sentence in locales; `digests`: of its words in each language.

    Whoever changes the words must raise the version: tests/rules/test_consents.py compares.
    """

    what: str
    version: int
    key: str
    digests: Mapping[str, str]


CONTACT = ConsentText("contact", 1, "report.contact_consent", {"vi": "9306b927", "en": "f735ad18"})
CONSENTS: Mapping[str, ConsentText] = {one.what: one for one in (CONTACT,)}
