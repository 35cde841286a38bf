"""Pictures that everybody may see, by name: nothing else leaves a chat as one (CHANNELS.md section 11)."""

import re
from functools import lru_cache
from io import BytesIO

import segno

from cases.messages import Picture
from cases.posters import poster_code
from handlers.actor import Kit

_QR = re.compile(r"qr/([0-9]{1,10})\.png")
_DOTS, _EDGE = 16, 4  # of a module; light modules around the code, as its standard wants


def qr_of(commune: str) -> str:
    """The name of the code that opens the chat for this commune, as its poster does."""
    return f"qr/{commune}.png"


def public_picture(kit: Kit, ref: str) -> Picture | None:
    """None: nobody made it public, or there is no address that people could open."""
    found, here = _QR.fullmatch(ref), kit.public_url.rstrip("/")
    if found is None or not here or found[1] not in kit.places().areas.communes:
        return None
    return Picture(ref, f"{here}/{ref}", _code(f"{here}/join/{poster_code(found[1])}"))


@lru_cache(maxsize=64)  # anybody may ask for it, as often as they like
def _code(link: str) -> bytes:
    made = segno.make(link, error="q", micro=False, boost_error=False)
    out = BytesIO()
    made.save(out, kind="png", scale=_DOTS, border=_EDGE)
    return out.getvalue()
