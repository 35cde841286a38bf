"""What a file is, by its content; what of a picture may be shown, made in a process of its own.

Run as a script it is that process: limits first, then one file from stdin, then one answer to stdout.
Nothing of ours is imported here, so that it starts quickly and knows nothing.
"""

import asyncio
import re
import resource
import sys
from codecs import lookup
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from struct import unpack_from
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo
from zlib import decompressobj

import filetype

LONGEST_SIDE = 1600  # pixels of a view copy
PIXELS = 64_000_000  # of a picture we look at: more than any phone of today takes at once
MEMORY, SECONDS, PATIENCE = (
    1024**3,
    10,
    20.0,
)  # of the process: bytes, on the processor, on the wall
ANSWER = 8 * 1024**2  # bytes; a view copy is far smaller
HEAD = 8192  # bytes that tell a type
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_UNPACKED, _MEMBERS = 200 * 1024**2, 5000  # what a document may hold when it is unpacked
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_LINK = re.compile(rb"""Type\s*=\s*["'][^"']*/hyperlink["']""")
_PROGRAMS = (".bin", ".exe", ".dll", ".js", ".vbs")  # a macro stands in vbaProject.bin

# Type by content -> what it is to people. What is not here is refused.
ALLOWED: Mapping[str, str] = {
    "image/jpeg": "image", "image/png": "image", "image/webp": "image", "image/gif": "image",
    "image/heic": "image", "video/mp4": "video", "video/quicktime": "video", "video/webm": "video",
    "audio/ogg": "voice", "audio/aac": "voice", "audio/amr": "voice", "audio/mpeg": "voice",
    "audio/mp4": "voice", "audio/webm": "voice", "application/pdf": "file", DOCX: "file",
}  # fmt: skip
_HEARD = {"video/mp4": "audio/mp4", "video/webm": "audio/webm"}  # the same box, recorded as a voice
_OPENS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF",
          "image/heic": "HEIF"}  # fmt: skip


def type_of(head: bytes, *, voice: bool = False) -> str:
    """The type that the first bytes show, or "" for one we do not take. Names and claims count nothing.

    `voice`: it was recorded as a voice note, so a box that could hold both holds sound.
    """
    mime = str(getattr(filetype.guess(head[:HEAD]), "mime", ""))
    mime = _HEARD.get(mime, mime) if voice else mime
    return mime if mime in ALLOWED else ""


async def view_of(data: bytes, mime: str) -> bytes | None:
    """A JPEG of the picture as it is seen and nothing else; None = it cannot be shown safely."""
    return await _apart(_OPENS[mime], data) or None


async def opens_safely(data: bytes) -> bool:
    """Whether a document is what it says and does not burst when it is unpacked."""
    return await _apart("DOCX", data) == b"ok"


async def _apart(
    what: str, data: bytes, script: Path = Path(__file__), patience: float = PATIENCE
) -> bytes:
    """What the limited process answers; nothing when it refused, crashed, was too slow or said too much."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", str(script), what, env={},
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(patience):
            answer = await _exchange(process, data)
            return answer if await process.wait() == 0 and len(answer) <= ANSWER else b""
    except TimeoutError:
        return b""
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _exchange(process: asyncio.subprocess.Process, data: bytes) -> bytes:
    async with asyncio.TaskGroup() as group:
        group.create_task(_feed(process, data))
        return await _heard(process)


async def _feed(process: asyncio.subprocess.Process, data: bytes) -> None:
    assert process.stdin is not None
    with suppress(ConnectionError):  # it may have ended before it read everything
        process.stdin.write(data)
        await process.stdin.drain()
        process.stdin.close()


async def _heard(process: asyncio.subprocess.Process) -> bytes:
    """What it says, up to one byte more than an answer may have."""
    assert process.stdout is not None
    answer = bytearray()
    while len(answer) <= ANSWER and (more := await process.stdout.read(65536)):
        answer += more
    if len(answer) > ANSWER:
        process.kill()
    return bytes(answer)


def main(what: str) -> int:
    """The limited process. An exit code other than 0 is a refusal."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    work = _reader() if what == "DOCX" else _painter(what)
    data = sys.stdin.buffer.read()
    # Everything it needs is loaded: from here on it opens no file and no socket.
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    sys.stdout.buffer.write(work(data))
    sys.stdout.buffer.flush()
    return 0


def _painter(form: str) -> Callable[[bytes], bytes]:
    """What makes a view copy of this form, with all it needs loaded."""
    # Here and not above: only the process apart needs them, and it needs them all at once.
    from PIL import Image, ImageOps, MpoImagePlugin, TiffImagePlugin  # noqa: F401, PLC0415
    from pillow_heif import register_heif_opener  # noqa: PLC0415

    register_heif_opener(thumbnails=False)
    Image.init()
    Image.MAX_IMAGE_PIXELS = PIXELS

    def paint(data: bytes) -> bytes:
        seen = Image.open(BytesIO(data), formats=[form])
        if seen.width * seen.height > PIXELS:
            raise SystemExit(3)
        seen.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        turned = ImageOps.exif_transpose(seen).convert("RGBA")
        # A new picture holds pixels only: no position, no camera, no comment, no colour profile.
        clean = Image.new("RGB", turned.size, "white")
        clean.paste(turned, mask=turned.getchannel("A"))
        made = BytesIO()
        clean.save(made, "JPEG", quality=85)
        return made.getvalue()

    return paint


def _reader() -> Callable[[bytes], bytes]:
    """What answers `ok` for a text document without programs in it that unpacks to a reasonable size."""
    lookup("cp437")  # the alphabet of names in an archive: loaded now, later nothing can be

    def read(data: bytes) -> bytes:
        members = ZipFile(BytesIO(data)).infolist()
        names = {one.filename for one in members}
        whole = {"[Content_Types].xml", "word/document.xml"} <= names and len(members) <= _MEMBERS
        programs = any(name.lower().endswith(_PROGRAMS) for name in names)
        return b"ok" if whole and not programs and _unpacks(data, members) else b""

    return read


def _unpacks(data: bytes, members: Sequence[ZipInfo]) -> bool:
    """Whether it is as large as it says, in all not too large, and fetches nothing when it is opened."""
    left = _UNPACKED
    for one in members:
        left -= one.file_size
        body = _unpacked(data, one) if left >= 0 else None
        if body is None or (one.filename.lower().endswith(".rels") and not _alone(body)):
            return False
    return True


def _unpacked(data: bytes, one: ZipInfo) -> bytes | None:
    """What it holds, by its own stream; None where that is not what the archive's list says."""
    name, extra = unpack_from("<HH", data, one.header_offset + 26)
    start = one.header_offset + 30 + name + extra
    packed = data[start : start + one.compress_size]
    if one.compress_type == ZIP_STORED:
        return packed if len(packed) == one.file_size else None
    if one.compress_type != ZIP_DEFLATED:
        return None  # no office program packs so
    stream = decompressobj(-15)
    body = stream.decompress(packed, one.file_size + 1)
    return body if len(body) == one.file_size and stream.eof else None


def _alone(relations: bytes) -> bool:
    """Whether nothing but a link that is pressed leads out of the document: no template, no picture."""
    if b"\0" in relations or b"&#" in relations or b"<!" in relations:
        return False  # written so that it cannot be read here
    outside = [one for one in _RELATION.findall(relations) if b"external" in one.lower()]
    return all(_LINK.search(one) for one in outside)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
