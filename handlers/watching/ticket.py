"""Who may open a thread of the daily rehearsal: only who has the key file, and only on that day."""

import hmac

from cases.times.calendar import local
from cases.watch import DRILL_THREAD
from storage.store import Store

_TICKET = "rehearsal-"


def ticket(store: Store) -> str:
    """What the program itself says at its own door, in place of an invitation."""
    return f"{_TICKET}{store.opaque('rehearsal', _today(store))}"


def drill_thread(store: Store, start: str | None) -> str:
    """The name of a thread of nobody for who brings today's ticket; "" for everybody else.

    The name stays with it in every message and in the journal: whatever rows a restore has lost,
    nothing that came in there is ever a real report.
    """
    if start is None or not start.startswith(_TICKET):
        return ""
    known = store.opaques("rehearsal", _today(store))
    if not any(hmac.compare_digest(start.encode(), f"{_TICKET}{one}".encode()) for one in known):
        return ""
    return f"{DRILL_THREAD}{_today(store)}:{store.chance.bytes(6).hex()}"


def _today(store: Store) -> str:
    return local(store.clock.now()).date().isoformat()
