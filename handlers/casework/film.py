"""A film or a recording as a page plays it: what the phone wrote beside pictures and sound is blanked.

Phones put the place, their make and the time into boxes of their own. They become empty boxes of the
same size, so that nothing else moves; the original stays as it came, sealed.
"""

from collections.abc import Iterator

BOXED = ("video/mp4", "video/quicktime", "audio/mp4")
_INSIDE = (b"moov", b"trak", b"moof", b"traf")  # what may hold such a box
_TRACES = (b"udta", b"meta", b"uuid", b"loci", b"xml ", b"bxml")
_EMPTY = b"free"
_DEEPEST = 4
_HEAD, _LONG_HEAD = 8, 16


def without_traces(data: bytes) -> bytes:
    """The same film, of which nothing tells where and with what it was made."""
    made = bytearray(data)
    for start, body, end in _traces(data, 0, len(data), 0):
        made[start + 4 : start + 8] = _EMPTY
        made[body:end] = bytes(end - body)
    return bytes(made)


def _traces(data: bytes, start: int, end: int, depth: int) -> Iterator[tuple[int, int, int]]:
    """(start, body, end) of each; what is torn or lies about its size is left as it is."""
    while start + _HEAD <= end:
        size, kind = int.from_bytes(data[start : start + 4]), data[start + 4 : start + 8]
        body = start + (_LONG_HEAD if size == 1 else _HEAD)
        long = int.from_bytes(data[start + _HEAD : start + _LONG_HEAD])
        stop = end if size == 0 else start + (long if size == 1 else size)
        if stop < body or stop > end:
            return
        if kind in _TRACES:
            yield start, body, stop
        elif kind in _INSIDE and depth < _DEEPEST:
            yield from _traces(data, body, stop, depth + 1)
        start = stop
