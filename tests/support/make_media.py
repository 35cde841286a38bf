"""Makes the small real files of tests/data/media: `python -m tests.support.make_media`.

`loi.webm` and `loi.mp4` are no work of this script: Chromium's recorder made them, as a page would.
"""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

from PIL import Image, ImageDraw
from pillow_heif import from_pillow

SHELF = Path(__file__).parents[1] / "data" / "media"
CANARY = "Tran Thi Canary"  # a name in the metadata of a picture
PLACE = (15.8801, 108.1102)  # where it was taken


def picture(words: str, size: tuple[int, int] = (64, 48), colour: str = "steelblue") -> Image.Image:
    """One that differs from every other."""
    made = Image.new("RGB", size, colour)
    ImageDraw.Draw(made).text((4, 4), words, fill="white")
    return made


def exif() -> Image.Exif:
    """What a phone writes into a picture: who, which way up, and where."""
    made = Image.Exif()
    made[0x0112] = 6  # the phone was held upright
    made[0x010F], made[0x013B], made[0x010E] = "Phone", CANARY, CANARY
    degrees = [_degrees(one) for one in PLACE]
    made.get_ifd(0x8825).update({1: "N", 2: degrees[0], 3: "E", 4: degrees[1]})
    return made


def _degrees(value: float) -> tuple[float, float, float]:
    whole = int(value)
    return (float(whole), float(int((value - whole) * 60)), round((value - whole) * 3600 % 60, 2))


def opus(seconds: float) -> bytes:
    """Ogg with Opus: silence in packets of 120 ms, as a voice note is boxed."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 4) + b"test" + struct.pack("<I", 0)
    pages = [_page(0, 0, 2, [head]), _page(1, 0, 0, [tags])]
    packets, at = [b"\xfb\x06"] * max(1, round(seconds / 0.12)), 0
    for start in range(0, len(packets), 250):
        some = packets[start : start + 250]
        at += 5760 * len(some)
        last = 4 if start + 250 >= len(packets) else 0
        pages.append(_page(len(pages), at, last, some))
    return b"".join(pages)


def _page(number: int, at: int, flags: int, packets: list[bytes]) -> bytes:
    sizes = bytes(len(one) for one in packets)
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, at, 7, number, 0, len(sizes))
    page = bytearray(head + sizes + b"".join(packets))
    page[22:26] = struct.pack("<I", _ogg_crc(page))
    return bytes(page)


def _ogg_crc(page: bytes) -> int:
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1) ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1
        crc &= 0xFFFFFFFF
    return crc


def png(width: int, height: int) -> bytes:
    """A black picture of any size that is next to nothing while it is packed."""
    rows = zlib.compress(bytes((width // 8 + 1) * height), 9)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def docx(**more: bytes) -> bytes:
    """A text document; `more` stands in it, too."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as whole:
        whole.writestr("[Content_Types].xml", "<Types/>")
        whole.writestr("_rels/.rels", "<Relationships/>")
        whole.writestr("word/document.xml", "<w:document/>")
        for name, data in more.items():
            whole.writestr(name, data, ZIP_BZIP2)
    return made.getvalue()


def _box(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", 8 + len(data)) + name + data


def film_from(place: str) -> bytes:
    """A film as a phone makes it: where it was, beside the pictures and inside them."""
    here = _box(b"\xa9xyz", place.encode()) + _box(b"loci", place.encode())
    track = _box(b"trak", _box(b"tkhd", bytes(84)) + _box(b"meta", place.encode()))
    moov = _box(b"moov", _box(b"mvhd", bytes(100)) + track + _box(b"udta", here))
    uuid = struct.pack(">I4sQ", 1, b"uuid", 16 + 32 + len(place)) + bytes(32) + place.encode()
    head = _box(b"ftyp", b"isom\0\0\2\0isommp42")
    return head + moov + uuid + _box(b"mdat", b"pictures" * 8)


def lying_docx(real: int, said: int) -> bytes:
    """A text document of which one part is larger than the list of the archive says."""
    body = bytes(real)
    made = bytearray(docx())
    with ZipFile(whole := BytesIO(bytes(made)), "a", ZIP_DEFLATED) as one:
        one.writestr("word/x.xml", body)
    made = bytearray(whole.getvalue())
    wrong, check = struct.pack("<I", said), struct.pack("<I", zlib.crc32(body[:said]))
    for head, offset in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        name = made.rindex(b"word/x.xml") if head.endswith(b"\x02") else made.index(b"word/x.xml")
        at = made.rindex(head, 0, name)
        made[at + offset : at + offset + 4] = check
        made[at + offset + 8 : at + offset + 12] = wrong
    return bytes(made)


def _saved(image: Image.Image, form: str, **values: object) -> bytes:
    made = BytesIO()
    image.save(made, form, **values)
    return made.getvalue()


def files() -> dict[str, bytes]:
    """Name and bytes of each."""
    camera = exif()
    house = _saved(picture("nhà"), "JPEG", exif=camera, comment=CANARY.encode())
    heic = BytesIO()
    from_pillow(picture("phòng", (96, 64))).save(heic, exif=camera.tobytes(), quality=50)
    script = b"<html><script>alert(1)</script></html>"
    made = {
        "nha.jpg": house,
        "phong.heic": heic.getvalue(),
        "chan_dung.png": _saved(picture("x").convert("RGBA"), "PNG"),
        "dong.gif": _saved(picture("1"), "GIF", save_all=True, append_images=[picture("2")]),
        "cuoi.webp": _saved(picture(":)"), "WEBP"),
        "to.jpg": _saved(picture("to", (2400, 1200)), "JPEG", exif=camera),
        "gay.jpg": house[: len(house) // 2],
        "hai_mat.jpg": house + script + docx(),
        "trang.jpg": script,
        "rong.jpg": b"",
        "bom.png": png(20000, 20000),
        "don.docx": docx(),
        "bom.docx": docx(**{"word/media/x.bmp": bytes(250_000_000)}),
        "macro.docx": docx(**{"word/vbaProject.bin": b"macro"}),
        "don.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
        "tieng.ogg": opus(2),
        "ngan.ogg": opus(1),
        "dai.ogg": opus(1200),
        "loi.amr": b"#!AMR\n" + b"\x7c" * 50,
        "loi.aac": b"\xff\xf1\x5c\x40\x01\x7f\xfc\x01\x18\x20\x07" * 20,
        "loi.mp3": b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x10\xc4" * 20,
        "loi.m4a": _box(b"ftyp", b"M4A \0\0\0\0M4A isom") + _box(b"mdat", bytes(64)),
        "phim.mp4": _box(b"ftyp", b"isom\0\0\2\0isommp42") + _box(b"mdat", bytes(64)),
        "phim.mov": _box(b"ftyp", b"qt  \0\0\0\0qt  ") + _box(b"mdat", bytes(64)),
    }
    album = {f"{name}.jpg": _saved(picture(name), "JPEG") for name in "abcdefghij"}
    return {**made, **album}


if __name__ == "__main__":
    SHELF.mkdir(parents=True, exist_ok=True)
    for name, data in files().items():
        (SHELF / name).write_bytes(data)
