"""What a message says by itself: words that work anywhere, danger words, a whole story."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cases.codes import read_invitation
from cases.typed.fold import clean, fold, has_marks

_LONG = 4_000  # a danger word after this many characters does not change what happens first

_GLOBAL = {
    "exit": ("thoat", "exit", "quit"),
    "sos": ("sos", "khan cap"),
    "back": ("quay lai", "back"),
    "skip": ("bo qua", "skip"),
    "cancel": ("huy", "cancel"),
    "help": ("tro giup", "trogiup", "help"),
    "report": ("baotin", "bao tin", "report"),
    "follow": ("theodoi", "theo doi", "follow"),
    "lang": ("ngonngu", "ngon ngu", "language"),
    "start": ("start",),
    "work": ("viec",),
    "duty": ("truc",),
    "off": ("nghi",),
    "invite_staff": ("moi",),
    "web": ("web",),
}
_SLASH_ONLY = {"start", "work", "duty", "off", "invite_staff", "web"}
_BY_WORD = {word: name for name, words in _GLOBAL.items() for word in words}


@dataclass(frozen=True, slots=True)
class Word:
    """A word that works anywhere; `rest` is what stood behind it (`/vu CODE`, `/start PAYLOAD`)."""

    name: str
    rest: str = ""


def global_word(text: str) -> Word | None:
    """The command in a whole message, with or without slash and accents; None = ordinary words."""
    plain = clean(text)
    if plain.startswith("#") and _like_an_invitation(plain[1:]):
        return Word("invitation", plain[1:])
    slash = plain.startswith("/")
    if not plain or len(plain) > 120:
        return None
    head, _, rest = plain.lstrip("/").partition(" ")
    head = head.partition("@")[0]  # /viec@the_bot
    if slash and fold(head) == "vu":
        return Word("case", rest.strip())
    if slash and fold(head) == "start":
        return Word("start", rest.strip())
    name = _BY_WORD.get(fold(plain.split("@")[0])) or (_BY_WORD.get(fold(head)) if slash else None)
    if name is None:
        # A report may begin with a slash: only a single strange word is a command nobody knows.
        return Word("unknown", plain) if slash and not rest and not danger_words(head) else None
    return None if name in _SLASH_ONLY and not slash else Word(name, rest.strip() if slash else "")


def _like_an_invitation(text: str) -> bool:
    """A code, or one with a wrong character in it; words that happen to follow a # are a report."""
    plain = "".join(text.split()).replace("-", "")
    typed = len(plain) == 16 and plain.isascii() and plain.isalnum()
    return read_invitation(text) is not None or (typed and any(one.isdigit() for one in plain))


_DANGER = (
    "không muốn sống", "tự tử", "tự sát", "muốn chết", "đang đánh", "đánh chết", "chảy máu",
    "bất tỉnh", "không thở", "hiếp dâm", "bị hiếp", "sàm sỡ", "đụng chạm", "bị nhốt", "bắt cóc",
    "mất tích", "đuối nước", "rơi xuống giếng", "cứu với", "cứu cháu", "cứu em",
)  # fmt: skip
SELF_HARM = frozenset({"không muốn sống", "tự tử", "tự sát", "muốn chết", "suicide"})
_TRAPS = ("cu tu tu", "tu tu thoi", "tu tu ke")  # "slowly", never "suicide"
_FOLDED = tuple((fold(word), word) for word in _DANGER)
_MARKED = tuple((re.compile(rf"(?<!\w){word}(?!\w)"), word) for word in _DANGER)
_EN_DANGER = (
    "suicide",
    "kill",
    "bleeding",
    "unconscious",
    "not breathing",
    "drowning",
    "rape",
    "help me",
)


def danger_words(text: str, place_names: Iterable[str] = ()) -> tuple[str, ...]:
    """The danger words in a message (T9). Names of places are taken out first: Đại Hiệp is not hiếp."""
    plain = clean(text[:_LONG]).lower()
    if has_marks(plain):
        return tuple(word for pattern, word in _MARKED if pattern.search(plain))
    folded = f" {fold(plain)} "
    for name in place_names:
        folded = folded.replace(f" {name} ", " ")
    for trap in _TRAPS:
        folded = folded.replace(f" {trap} ", " ")
    found = [word for bare, word in _FOLDED if f" {bare} " in folded]
    found += [word for word in _EN_DANGER if f" {word} " in folded]
    return tuple(found)


_KIND_WORDS = (
    "danh",
    "bo roi",
    "lac",
    "duoi nuoc",
    "xam hai",
    "bat nat",
    "bo hoc",
    "om",
    "doi",
    "mot minh",
    "hit",
    "alone",
    "hurt",
)


def is_story(text: str) -> bool:
    """Whether first words tell enough not to ask for the story again: six words, or a danger."""
    folded = fold(text[:_LONG])
    if len(folded.split()) >= 6 or danger_words(text):
        return True
    return any(f" {word} " in f" {folded} " for word in _KIND_WORDS)
