"""A consent names its text by version: whoever changes the words must raise it."""

from hashlib import sha256

import pytest

from cases.consents import CONSENTS
from locales.catalog import Catalog


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_words_of_a_consent_are_those_of_its_version(lang):
    for one in CONSENTS.values():
        words = Catalog.load().say(lang, one.key)
        assert sha256(words.encode()).hexdigest()[:8] == one.digests[lang], (one.what, one.version)
