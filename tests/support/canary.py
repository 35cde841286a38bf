"""Words that stand nowhere else, every way in which a program may write them, and ears for its log."""

import io
import json
import logging
from contextlib import contextmanager
from urllib.parse import quote

from PIL import Image

from bot.logs import JsonLines

NAME, PLACE, HIDDEN = "Nguyễn Thị Kanari", "tổ 7 Kanarixóm", "KanariTrongẢnh"
PHONE = "0912345678"
REPORT = f"cháu {NAME} ở {PLACE} đang bị đánh, gọi {PHONE}"
TOLD = (NAME, "Kanari", PLACE, PHONE, HIDDEN)


def spelled(word):
    """The ways in which a program may write it."""
    yield word.encode()
    yield word.lower().encode()
    yield json.dumps(word)[1:-1].encode()
    yield quote(word).encode()
    yield repr(word.encode())[2:-1].encode()
    yield word.encode("utf-16-le")


def found_in(data, words):
    data = data.encode() if isinstance(data, str) else data
    return {word for word in words for one in spelled(word) if one in data}


def picture():
    """With a name in what its camera wrote."""
    exif = Image.Exif()
    exif[0x010E] = HIDDEN
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(data, "JPEG", exif=exif)
    return data.getvalue()


def keys_of(path):
    """Every secret of a key file."""
    return tuple(_secrets(json.loads(path.read_text(encoding="utf-8"))))


def _secrets(value):
    if isinstance(value, dict):
        for one in value.values():
            yield from _secrets(one)
    elif isinstance(value, list):
        for one in value:
            yield from _secrets(one)
    elif isinstance(value, str) and len(value) > 30:
        yield value


def on_the_disk(folder, canaries):
    """Names and bytes of every file: database, write-ahead log, journal, backup."""
    hits = []
    for path in sorted(folder.rglob("*")):
        hits += [(path.name, one) for one in found_in(path.name, canaries)]
        if path.is_file() and path.name != "keys.json":
            hits += [(path.name, one) for one in found_in(path.read_bytes(), canaries)]
    return hits


@contextmanager
def listening():
    """Everything that any logger says, down to DEBUG, as the program writes it."""
    heard, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(heard), root.level
    handler.setFormatter(JsonLines())
    loud = ("httpx", "httpcore", "telegram", "aiohttp.access", "aiohttp.server", "aiosqlite")
    levels = {name: logging.getLogger(name).level for name in loud}
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    for name in loud:
        logging.getLogger(name).setLevel(logging.DEBUG)
    try:
        yield heard
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        for name, old in levels.items():
            logging.getLogger(name).setLevel(old)
