"""What the doctor says of the keys: whether they could come back, and whether a change was cut off."""

from bot.commands.finding import Line
from storage.halves import HALVES
from storage.keys import KeyRing
from storage.store import Store


async def key_lines(store: Store, keys: KeyRing) -> list[Line]:
    """Findings about the KEK on paper and about older keys."""
    async with store.reading("check") as work:
        counts, confirmed = await work.keks.counts(), await work.keks.confirmed()
    return [_halves(keys.active, set(confirmed)), *_cut_off(keys.active, set(counts))]


def _halves(active: str, confirmed: set[str]) -> Line:
    missing = [half for half in HALVES if half not in confirmed]
    if not missing:
        sentence = f"Two people hold the halves of {active} on paper."
        return Line("ok", "keys", sentence)
    sentence = (
        f"If the key file is lost, nothing can be read: print the halves of {active} for two people "
        f"(bot keys halves), and let each type theirs back (bot keys confirm-half {missing[0]})."
    )
    return Line("warning", "keys", sentence)


def _cut_off(active: str, wrapping: set[str]) -> list[Line]:
    others = sorted(wrapping - {active})
    if not others:
        return []
    sentence = (
        f"A new key was begun and not all keys have it ({', '.join(others)}): bot keys rotate."
    )
    return [Line("warning", "keys", sentence)]
