"""A language added beside the program: spoken where it has words, Vietnamese where it lacks them."""

import pytest

from locales.catalog import LANGUAGES, Catalog
from tests.support.pseudo import LANG, accented, write_language


def test_one_file_is_a_language(tmp_path):
    catalog = Catalog.load(write_language(tmp_path / "more"))
    assert catalog.languages == (*LANGUAGES, LANG)
    assert catalog.name(LANG) == accented("English")
    assert catalog.missing(LANG) == []
    said = catalog.say(LANG, "notice.reporter_letter")
    assert said == accented(catalog.say("en", "notice.reporter_letter"))


def test_a_folder_is_a_language_too(tmp_path):
    (tmp_path / "ktv").mkdir()
    (tmp_path / "ktv" / "a.ftl").write_text("language-name = Cơ Tu\n", "utf-8")
    (tmp_path / "ktv" / "b.ftl").write_text("\ufeffstanding-skip = Lướt\n", "utf-8")
    catalog = Catalog.load(tmp_path)
    assert (catalog.name("ktv"), catalog.say("ktv", "standing.skip")) == ("Cơ Tu", "Lướt")


def test_what_a_language_lacks_is_said_in_vietnamese_and_named(tmp_path):
    folder = write_language(tmp_path / "more", without=("notice-reporter_letter", "language-name"))
    catalog = Catalog.load(folder)
    assert catalog.say(LANG, "notice.reporter_letter") == "Bạn có một tin nhắn mới."
    assert catalog.has(LANG, "notice.reporter_letter")
    assert catalog.missing(LANG) == ["language-name", "notice-reporter_letter"]
    assert catalog.name(LANG) == LANG  # not what Vietnamese calls itself


@pytest.mark.parametrize(
    "broken",
    [
        "talk-language_set = { $nobody_gives_this }",
        "talk-language_set = { not",
        "talk-language_set =",
        "talk-language_set = { talk-language_set }",
        "talk-language_set = { standing-back }\nstanding-back = { talk-language_set }",
    ],
)
def test_a_broken_sentence_stops_nothing(tmp_path, broken):
    (tmp_path / "ktv.ftl").write_text(f"{broken}\n", "utf-8")
    words = Catalog.load(tmp_path).say("ktv", "talk.language_set")
    assert words == Catalog.load().say("vi", "talk.language_set")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("notice-alert", "Việc mới. Mức: { $level }."),  # which one?
        ("notice-alert", "Việc mới { $kode }. Mức: { $level }. Nhận { $at }."),
        ("talk-danger", "Xin gọi ngay 113."),
        ("notice-reporter_letter", "{ -nobody }"),
        ("notice-reporter_letter", "{ SHOUT() }"),
        ("notice-reporter_letter", "{ notice-reporter_letter }"),
    ],
)
def test_a_sentence_that_says_less_or_cannot_be_filled_in_is_named(tmp_path, key, words):
    folder = write_language(tmp_path / "more", without=(key,))
    assert Catalog.load(folder).doubtful(LANG) == []
    with (folder / f"{LANG}.ftl").open("a", encoding="utf-8") as file:
        file.write(f"\n{key} = {words}\n")
    catalog = Catalog.load(folder.rename(tmp_path / "changed"))
    assert (catalog.missing(LANG), catalog.doubtful(LANG)) == ([], [key])


def test_a_link_that_leads_nowhere_is_no_language(tmp_path):
    (tmp_path / "ktv.ftl").symlink_to(tmp_path / "gone.ftl")
    assert Catalog.load(tmp_path).languages == LANGUAGES


def test_ours_say_nothing_less_than_vietnamese():
    catalog = Catalog.load()
    assert not any(catalog.doubtful(lang) for lang in LANGUAGES)


def test_our_own_words_are_never_replaced_from_outside(tmp_path):
    (tmp_path / "vi.ftl").write_text("notice-reporter_letter = Trẻ bị đánh\n", "utf-8")
    (tmp_path / "readme.txt").write_text("", "utf-8")
    (tmp_path / "draft one.ftl").write_text("", "utf-8")
    catalog = Catalog.load(tmp_path)
    assert catalog.languages == LANGUAGES
    assert catalog.say("vi", "notice.reporter_letter") == "Bạn có một tin nhắn mới."


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [(["en-GB", "vi"], "en"), (["fr", " EN"], "en"), (["EN-XA"], LANG), (["fr-FR"], "vi"), ([""], "vi")],
)  # fmt: skip
def test_whoever_we_do_not_know_hears_the_first_language_they_ask_for(tmp_path, asked, spoken):
    assert Catalog.load(write_language(tmp_path / "more")).known(asked) == spoken
