"""The code of a poster: it names a commune, and perhaps one of its villages, and nothing else.

Whoever reads it can make one up, so it decides nothing: it only says which place is offered first.
"""

import re

PREFIX = "xa-"
_CODE = re.compile(r"xa-([0-9]{1,10})(?:-([0-9a-z]{1,32}))?")
_AND_WORDS = re.compile(
    r"#\s?(xa-[0-9]{1,10}(?:-[0-9a-z]{1,32})?)[\s.,:;]+(\S.*)", re.IGNORECASE | re.DOTALL
)


def poster_code(commune: str, village: str = "") -> str:
    """What a link or a typed `#` carries: 64 characters at most, letters, digits and hyphens."""
    return f"{PREFIX}{commune}-{village}" if village else f"{PREFIX}{commune}"


def is_poster(text: str) -> bool:
    """Whether a code leads in as a reporter and is no invitation, whatever stands behind it."""
    return text.strip().casefold().startswith(PREFIX)


def read_poster(text: str) -> tuple[str, str]:
    """(commune, village) as the code says, "" for what it does not say; a keyboard may write Xa-."""
    found = _CODE.fullmatch(text.strip().casefold())
    return (found[1], found[2] or "") if found else ("", "")


def poster_and_words(text: str) -> tuple[str, str]:
    """`#xa-20500 be bi danh`: where the code is typed, people go on writing behind it; ("", "") = not so."""
    found = _AND_WORDS.fullmatch(text.strip())
    return (found[1], found[2]) if found else ("", "")
