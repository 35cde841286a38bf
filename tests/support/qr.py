"""Reads a QR code back from its modules, as the standard says (ISO/IEC 18004), without mending errors.

Ours are of level Q and hold bytes; a code that is drawn wrongly cannot be read, or says something else.
"""

# version -> data codewords of each block, at level Q
_BLOCKS = {1: [13], 2: [22], 3: [17] * 2, 4: [24] * 2, 5: [15] * 2 + [16] * 2, 6: [19] * 4,
           7: [14] * 2 + [15] * 4}  # fmt: skip
_CHECKS = {1: 13, 2: 22, 3: 18, 4: 26, 5: 18, 6: 24, 7: 18}  # of each block
_MASKS = (
    lambda y, x: (y + x) % 2 == 0, lambda y, x: y % 2 == 0, lambda y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0, lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0, lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)  # fmt: skip
_FORMAT = 0b101010000010010  # laid over the bits that say level and mask


def read_qr(rows):
    """The text in these modules, without a light edge; True = dark."""
    size = len(rows)
    version = (size - 17) // 4
    assert size == version * 4 + 17, size
    level, mask = _level_and_mask(rows)
    assert level == 3, "not of level Q"
    bits = [
        rows[y][x] ^ _MASKS[mask](y, x) for y, x in _way(size) if not _fixed(y, x, size, version)
    ]
    words = [_number(bits[n : n + 8]) for n in range(0, len(bits) - 7, 8)]
    blocks = _BLOCKS[version]
    assert len(words) == sum(blocks) + _CHECKS[version] * len(blocks), len(words)
    data = _laid_out(words, blocks)
    stream = [bit for word in data for bit in map(int, f"{word:08b}")]
    assert _number(stream[:4]) == 4, "holds no bytes"
    long = _number(stream[4:12])
    return bytes(_number(stream[12 + 8 * n : 20 + 8 * n]) for n in range(long)).decode()


def _level_and_mask(rows):
    places = [*((8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)), *((y, 8) for y in (7, 5, 4, 3, 2, 1, 0))]
    said = _number([rows[y][x] for y, x in places]) ^ _FORMAT
    return said >> 13, said >> 10 & 7


def _way(size):
    """The order in which modules are filled: two columns at a time, up and down, from the right."""
    for n, right in enumerate(x for x in range(size - 1, 0, -2)):
        right -= right <= 6  # noqa: PLW2901 — the column of the timing pattern is left out
        for step in range(size):
            y = size - 1 - step if n % 2 == 0 else step
            yield from ((y, right), (y, right - 1))


def _fixed(y, x, size, version):
    """What every code of this size has in this place."""
    corner = (y < 9 and x < 9) or (y < 9 and x >= size - 8) or (y >= size - 8 and x < 9)
    near = size - 7
    aligned = version > 1 and any(
        abs(y - a) <= 2 and abs(x - b) <= 2 for a, b in _centres(version, near)
    )
    told = version >= 7 and (
        (y < 6 and size - 11 <= x < size - 8) or (x < 6 and size - 11 <= y < size - 8)
    )
    return corner or aligned or told or y == 6 or x == 6


def _centres(version, near):
    line = [6, near] if version < 7 else [6, 22, near]
    corners = {(6, 6), (6, line[-1]), (line[-1], 6)}
    return [(a, b) for a in line for b in line if (a, b) not in corners]


def _laid_out(words, blocks):
    """Blocks are written one codeword of each in turn; the longer ones have one left at the end."""
    read, at = [[] for _ in blocks], 0
    for n in range(max(blocks)):
        for block, long in zip(read, blocks, strict=True):
            if n < long:
                block.append(words[at])
                at += 1
    return [word for block in read for word in block]


def _number(bits):
    return int("".join("1" if bit else "0" for bit in bits), 2)
