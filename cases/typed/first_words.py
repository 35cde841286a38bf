"""What a message says by itself: words that work anywhere, danger words, a whole story."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from cases.codes import read_invitation
from cases.posters import read_poster
from cases.typed.ages import names_an_age
from cases.typed.danger_words import DANGER, SURE
from cases.typed.fold import clean, fold
from cases.typed.harmless_words import TRAPS
from cases.typed.kind_words import KIND_WORDS
from cases.typed.short import only_nods
from cases.typed.spoken import Phrase, Saying, readings, saying, tokens

_LONG = 4_000  # a danger word after this many characters does not change what happens first

_GLOBAL = {
    "exit": ("thoat", "exit", "quit"),
    "sos": ("sos", "khan cap"),
    "back": ("quay lai", "back"),
    "skip": ("bo qua", "skip"),
    "cancel": ("huy", "huy bo", "cancel"),
    "help": ("tro giup", "trogiup", "help"),
    "report": ("baotin", "bao tin", "report"),
    "follow": ("theodoi", "theo doi", "follow"),
    "write": ("nhan can bo", "nhan co chu", "message the officer"),
    "more": ("bao them", "add more"),
    "safety": ("doi gio nhan", "doigionhan", "change hours"),
    "rights": ("quyen du lieu cua toi", "quyen du lieu", "dulieu", "my data rights", "my data"),
    "rights_withdraw": ("rut lai dong y", "rut dong y", "withdraw consent"),
    "rights_erase": ("xin xoa tin da gui", "xin xoa du lieu", "erase my data"),
    "lang": ("ngonngu", "ngon ngu", "language"),
    "start": ("start",),
    "work": ("viec",),
    "find": ("tim",),
    "duty": ("truc",),
    "off": ("nghi",),
    "invite_staff": ("moi",),
    "web": ("web",),
    "opening": ("xinmo",),
}
_SLASH_ONLY = {"start", "work", "find", "duty", "off", "invite_staff", "web", "opening"}
_A_NAME_TOO = {"huy": ("hủy", "huỷ")}  # Huy is a very common name
_BY_WORD = {word: name for name, words in _GLOBAL.items() for word in words}


@dataclass(frozen=True, slots=True)
class Word:
    """A word that works anywhere; `rest` is what stood behind it (`/vu CODE`, `/start PAYLOAD`)."""

    name: str
    rest: str = ""


def global_word(text: str) -> Word | None:
    """The command in a whole message, with or without slash and accents; None = ordinary words."""
    plain = clean(text)
    if plain.startswith("#") and (read_poster(plain[1:])[0] or _like_an_invitation(plain[1:])):
        return Word("invitation", plain[1:])
    slash = plain.startswith("/")
    if not plain or len(plain) > 120:
        return None
    head, _, rest = plain.lstrip("/").partition(" ")
    head = head.partition("@")[0]  # /viec@the_bot
    if slash and fold(head) == "vu":
        return Word("case", rest.strip())
    if slash and fold(head) == "giay":
        return Word("papers", rest.strip())
    if slash and fold(head) == "start":
        return Word("start", rest.strip())
    name = _BY_WORD.get(fold(plain.split("@")[0])) or (_BY_WORD.get(fold(head)) if slash else None)
    if name is None:
        # A report may begin with a slash: only a single strange word is a command nobody knows.
        return Word("unknown", plain) if slash and not rest and not danger_words(head) else None
    if not slash and name in _SLASH_ONLY:
        return None
    return Word(name, rest.strip() if slash else "")


def may_be_a_name(text: str) -> bool:
    """`Huy` may be somebody where a name is asked; `hủy` and `/huy` are a wish everywhere."""
    marked = _A_NAME_TOO.get(fold(text), ())
    bare = not any(token.said in marked for token in tokens(text))
    return bool(marked) and bare and not text.startswith("/")


def _like_an_invitation(text: str) -> bool:
    """A code, or one with a wrong character in it; words that happen to follow a # are a report."""
    plain = "".join(text.split()).replace("-", "")
    typed = len(plain) == 16 and plain.isascii() and plain.isalnum()
    return read_invitation(text) is not None or (typed and any(one.isdigit() for one in plain))


_WHERE = Phrase(
    "ở/=o/tại/trong/ngoài/gần/nhà/trường/đường/chợ/xóm/ngõ/hẻm/cầu/sông/ao/hồ/at/in/near/home/house"
)
_KINDS = tuple(Phrase(word) for words in KIND_WORDS.values() for word in words)


def danger_words(text: str, place_names: Iterable[str] = ()) -> tuple[str, ...]:
    """The danger words in a message (T9), each of its words read with its marks, or without any.

    Names of places typed without marks are taken out first: dai hiep is not hiếp.
    """
    return tuple(danger_heard(text, place_names))


def danger_heard(text: str, place_names: Iterable[str] = ()) -> Mapping[str, str]:
    """What each danger word is called -> the words of the message that were heard as it."""
    return _read(text[:_LONG], tuple(place_names))


@lru_cache(maxsize=4)  # one turn asks several times about the same message
def _read(text: str, names: tuple[str, ...]) -> Mapping[str, str]:
    found = next((heard for said in readings(text) if (heard := _heard(said, names))), {})
    return MappingProxyType(found)


def _heard(said: Saying, place_names: Iterable[str]) -> dict[str, str]:
    if said.bare == {"cuu"}:
        return {"cứu với": said.of(range(len(said.words)))}  # nothing but a cry
    places = _places(said, place_names)
    found: dict[str, str] = {}
    for rules, taken in ((DANGER, harmless(said) | places), (SURE, places)):
        for one in rules:
            spans = (span for span in one.at(said) if taken.isdisjoint(span))
            if (span := next(iter(spans), None)) is not None:
                found.setdefault(one.text, said.of(span))
    return found


def harmless(said: Saying) -> set[int]:
    """The words of what only sounds like harm: đánh răng is nobody beaten."""
    return {at for trap in TRAPS for span in trap.at(said) for at in span}


def _places(said: Saying, names: Iterable[str]) -> set[int]:
    """Where the name of a place stands in words without marks; marks tell Hiệp from hiếp themselves."""
    bare = " ".join(word.bare for word in said.words)
    taken: set[int] = set()
    for name in names:
        if f" {name} " in f" {bare} ":
            spans = Phrase(name).at(said)
            taken.update(at for span in spans for at in span if not said.words[at].marked)
    return taken


def names_no_place(text: str) -> bool:
    """Whether a message that holds no known place is none either: a face, a nod, or what happened."""
    said = saying(text[:_LONG])
    return (
        not said.words
        or only_nods(text)
        or (tells(text) and not any(True for _ in _WHERE.at(said)))
    )


def is_story(text: str) -> bool:
    """Whether first words tell enough not to ask for the story again: six words, a kind, an age."""
    text = text[:_LONG]
    return len(fold(text).split()) >= 6 or names_an_age(text) or tells(text)


def tells(text: str) -> bool:
    """Whether a message says in so many words what happened: danger, or a kind of incident."""
    said = saying(text[:_LONG])
    taken = harmless(said)
    kind = any(taken.isdisjoint(span) for one in _KINDS for span in one.at(said))
    return kind or bool(danger_words(text))
