"""Every key, variable and attribute exists in every language; nothing on a lock screen says too much."""

import re
from pathlib import Path

from fluent.syntax import FluentParser, ast

from cases.deadlines import DEADLINES, NOT_OF_A_CASE
from cases.incident_types import KINDS
from cases.model import Status
from handlers.flows import FLOWS
from locales.catalog import LANGUAGES, Catalog
from notifications.notices import TO_REPORTERS
from tests.support.lock_screen import FORBIDDEN, VALUES, to_staff

ROOT = Path(__file__).parents[2] / "locales"


def _shape(lang):
    """Every message with its attributes and variables, in however many files they stand."""
    found = {}
    for path in sorted((ROOT / lang).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            assert not isinstance(entry, ast.Junk), f"{path}: {entry.content}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{path}: {entry.id.name} stands here twice"
                variables = set(re.findall(r"\$(\w+)", _source(entry)))
                found[entry.id.name] = ({one.id.name for one in entry.attributes}, variables)
    return found


def _source(entry):
    from fluent.syntax import FluentSerializer

    return FluentSerializer().serialize_entry(entry)


def test_every_language_has_the_same_keys_attributes_and_variables():
    reference = _shape("vi")
    for lang in LANGUAGES:
        shape = _shape(lang)
        assert {
            key for key in {*shape, *reference} if shape.get(key) != reference.get(key)
        } == set()


def test_every_question_and_kind_has_words_in_every_language():
    catalog = Catalog.load()
    for lang in LANGUAGES:
        for flow in FLOWS.values():
            for ask in flow.asks:
                assert catalog.has(lang, f"{flow.name}.{ask.id}"), (lang, flow.name, ask.id)
        for kind in KINDS:
            for part in ("", ".child", ".tip"):
                assert catalog.has(lang, f"kind.{kind}{part}")


# The clocks that remind by their name.
CLOCKS = [one.id for one in DEADLINES.values() if one.beats and one.id not in NOT_OF_A_CASE]


def test_a_lock_screen_shows_code_level_times_and_role_only():
    catalog = Catalog.load()
    for lang, words in FORBIDDEN.items():
        for name in to_staff():
            for clock in CLOCKS:
                values = {**VALUES, "clock": catalog.say(lang, f"due.{clock}", no="2")}
                text = catalog.say(lang, f"notice.{name}", **values).lower()
                assert not [word for word in words if word in text], (lang, name, text)


REPORTERS_MAY_NOT = {
    "vi": ("trẻ", "bạo lực", "xâm hại", " con ", "bé"), "en": ("child", "abuse", "violence"),
}  # fmt: skip


def test_a_reporters_lock_screen_shows_no_code_no_child_and_no_harm():
    catalog = Catalog.load()
    for lang, forbidden in REPORTERS_MAY_NOT.items():
        for name in TO_REPORTERS:
            text = catalog.say(lang, f"notice.{name}", code="7KQ4-2MDJ").lower()
            assert "7kq4" not in text
            assert not [word for word in forbidden if word in text], (lang, name, text)


def test_the_neutral_line_says_nothing_but_that_there_is_a_message():
    catalog = Catalog.load()
    assert catalog.say("vi", "notice.reporter_letter") == "Bạn có một tin nhắn mới."
    assert catalog.say("en", "notice.reporter_letter") == "You have a new message."


def test_every_status_has_words_for_adults_and_children():
    catalog = Catalog.load()
    for lang in LANGUAGES:
        for name in [*Status, "moved", "reopened", "again", "orphan"]:
            for due in ("urgent", "calm"):
                values = {"code": "7KQ4-2MDJ", "at": "20:15", "due": due}
                for key in (f"status.{name}", f"status.{name}_child"):
                    assert "7KQ4-2MDJ" in catalog.say(lang, key, **values)
