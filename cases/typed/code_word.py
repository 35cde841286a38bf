"""A word that a reporter chooses to say "not safe" without saying it."""

from cases.typed.first_words import danger_words, global_word
from cases.typed.fold import fold

SHORTEST, LONGEST = 2, 20  # letters
_NO = frozenset({"khong", "ko", "thoi", "khong can", "khong can dau", "no", "no thanks", "nope"})
# What anybody says every day would call for help by mistake.
_EVERYDAY = frozenset(
    [
        *("co", "da", "vang", "u", "um", "uh", "ok", "oke", "okay", "yes", "duoc", "roi", "chua"),
        *("dung", "sai", "xin chao", "chao", "alo", "hello", "hi", "cam on", "thanks", "thank you"),
        *("khong biet", "nam", "nu", "a", "test", "sorry", "xin loi"),
    ]
)


def declined(text: str) -> bool:
    """Whether somebody says that they want none."""
    return fold(text) in _NO


def code_word(text: str) -> str:
    """The word as it is compared, without marks; "" = it will not do: too short, a number, a command."""
    folded = fold(text)
    letters = folded.replace(" ", "")
    fits = SHORTEST <= len(letters) <= LONGEST and letters.isalpha()
    taken = folded in _NO | _EVERYDAY or global_word(text) is not None or bool(danger_words(text))
    return folded if fits and not taken else ""
