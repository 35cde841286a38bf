"""What a file is, by its content; and what may be shown of a picture, made apart."""

import subprocess
import sys
from io import BytesIO

import pytest
from PIL import Image

from handlers.casework import media
from handlers.casework.film import without_traces
from handlers.casework.media import ALLOWED, opens_safely, type_of, view_of
from tests.support.make_media import CANARY, docx, files, film_from, lying_docx, picture, png
from tests.support.world import SHELF

TYPES = {
    "nha.jpg": "image/jpeg", "phong.heic": "image/heic", "chan_dung.png": "image/png",
    "dong.gif": "image/gif", "cuoi.webp": "image/webp", "hai_mat.jpg": "image/jpeg",
    "trang.jpg": "", "rong.jpg": "", "bom.png": "image/png", "don.docx": media.DOCX,
    "don.pdf": "application/pdf", "tieng.ogg": "audio/ogg", "ngan.ogg": "audio/ogg",
    "dai.ogg": "audio/ogg", "loi.amr": "audio/amr", "loi.aac": "audio/aac",
    "loi.mp3": "audio/mpeg", "loi.m4a": "audio/mp4", "phim.mp4": "video/mp4",
    "phim.mov": "video/quicktime", "loi.webm": "video/webm", "loi.mp4": "video/mp4",
}  # fmt: skip
PICTURES = [name for name, mime in TYPES.items() if ALLOWED.get(mime) == "image"]
SAFE = [name for name in PICTURES if name != "bom.png"]
REFUSED = [
    b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<!doctype html><p>x", b"#!/bin/sh\n", b"MZ\x90\0",
    b"\x7fELF\x02\x01\x01", b"\x1f\x8b\x08\x00", b"Rar!\x1a\x07\x00", b"BM" + bytes(60), b"\0" * 600,
    b"%!PS-Adobe", b"II*\0" + bytes(60), b"RIFF\0\0\0\0WAVEfmt ", b"{}", b" ",
]  # fmt: skip


def lying(name):
    return (SHELF / name).read_bytes()


def shown(view):
    return Image.open(BytesIO(view))


@pytest.mark.parametrize(("name", "mime"), TYPES.items())
def test_the_type_is_what_the_content_says(name, mime):
    assert type_of(lying(name)) == mime


@pytest.mark.parametrize(("name", "mime"), [("loi.webm", "audio/webm"), ("loi.mp4", "audio/mp4")])
def test_a_box_that_was_recorded_as_a_voice_is_a_voice(name, mime):
    assert type_of(lying(name), voice=True) == mime
    assert ALLOWED[mime] == "voice"


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_stays_a_picture_even_if_it_is_called_a_voice(name):
    assert ALLOWED[type_of(lying(name), voice=True)] == "image"


@pytest.mark.parametrize("data", REFUSED)
def test_whatever_is_not_on_the_list_is_refused(data):
    assert type_of(data) == ""


def test_a_zip_without_a_document_is_no_document():
    from zipfile import ZipFile

    made = BytesIO()
    with ZipFile(made, "w") as whole:
        whole.writestr("a.txt", "x")
    assert type_of(made.getvalue()) == ""


@pytest.mark.parametrize("name", SAFE)
async def test_every_kind_of_picture_has_a_view_without_anything_but_its_pixels(name):
    data = lying(name)
    view = await view_of(data, type_of(data))
    image = shown(view)
    assert (image.format, image.mode) == ("JPEG", "RGB")
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for word in (CANARY.encode(), b"Exif", b"GPS", b"ICC_PROFILE", b"<script", b"PK\x03\x04"):
        assert word not in view


async def test_the_camera_knew_where_it_was_and_the_view_does_not():
    data = lying("nha.jpg")
    exif = Image.open(BytesIO(data)).getexif()
    assert exif.get_ifd(0x8825)  # the test would prove nothing otherwise
    assert CANARY.encode() in data
    assert CANARY.encode() in lying("phong.heic")
    assert not shown(await view_of(data, "image/jpeg")).getexif().get_ifd(0x8825)


async def test_a_picture_taken_upright_is_seen_upright():
    assert shown(lying("nha.jpg")).size == (64, 48)
    assert shown(await view_of(lying("nha.jpg"), "image/jpeg")).size == (48, 64)


async def test_a_large_picture_is_seen_smaller_and_keeps_its_shape():
    assert shown(await view_of(lying("to.jpg"), "image/jpeg")).size == (800, 1600)


async def test_of_a_moving_picture_the_first_is_seen():
    made = BytesIO()
    first, second = Image.new("RGB", (8, 8), "red"), Image.new("RGB", (8, 8), "blue")
    first.save(made, "GIF", save_all=True, append_images=[second])
    red, _, blue = shown(await view_of(made.getvalue(), "image/gif")).getpixel((4, 4))
    assert red > 200 > 50 > blue


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
async def test_every_way_to_hold_colours_is_seen(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    made = BytesIO()
    Image.new(mode, (20, 10)).save(made, form)
    assert shown(await view_of(made.getvalue(), f"image/{form.lower()}")).size == (20, 10)


async def test_what_can_be_seen_through_stands_on_white():
    made = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(made, "PNG")
    assert shown(await view_of(made.getvalue(), "image/png")).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize(
    "data",
    [
        lying("bom.png"), png(60000, 60000), lying("gay.jpg"), b"\xff\xd8\xff" + b"x" * 5_000_000,
        lying("trang.jpg"), b"", lying("phong.heic"), lying("don.pdf"),
    ],
    ids=["bomb", "larger bomb", "half", "noise", "page", "nothing", "other form", "paper"],
)  # fmt: skip
async def test_what_cannot_be_shown_safely_is_not_shown(data):
    assert await view_of(data, "image/jpeg") is None
    assert await view_of(data, "image/gif") is None


async def test_a_bomb_is_a_bomb_under_its_own_name():
    assert await view_of(lying("bom.png"), "image/png") is None
    assert await view_of(png(7000, 8000), "image/png") is not None  # so large is still looked at


@pytest.mark.parametrize(("name", "good"), [("don", True), ("bom", False), ("macro", False)])
async def test_a_document_that_bursts_or_holds_a_program_is_refused(name, good):
    assert await opens_safely(lying(f"{name}.docx")) is good


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", docx()[:-10], docx(**{f"word/{n}": b"" for n in range(6000)})],
    ids=["nothing", "begun", "half", "many parts"],
)
async def test_a_torn_document_is_refused(data):
    assert await opens_safely(data) is False


async def test_a_document_that_is_larger_than_it_says_is_refused():
    from zipfile import ZipFile

    data = lying_docx(5_000_000, 10)
    with ZipFile(BytesIO(data)) as whole:  # whoever believes the list notices nothing
        assert whole.testzip() is None
    assert await opens_safely(data) is False
    assert await opens_safely(lying_docx(10, 10)) is True


_RELS = "word/_rels/settings.xml.rels"
_ELSEWHERE = 'Target="https://example.org/a.dotm" TargetMode="External"/>'
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(kind, out=_ELSEWHERE):
    words = f'<Relationships><Relationship Id="r1" Type="{_TYPES}/{kind}" {out}</Relationships>'
    made = BytesIO(docx())
    from zipfile import ZipFile

    with ZipFile(made, "a") as whole:
        whole.writestr(_RELS, words)
    return made.getvalue()


@pytest.mark.parametrize(
    ("kind", "out", "good"),
    [
        ("hyperlink", _ELSEWHERE, True), ("styles", 'Target="styles.xml"/>', True),
        ("attachedTemplate", _ELSEWHERE, False), ("image", _ELSEWHERE, False),
        ("oleObject", _ELSEWHERE, False),
        ("image", _ELSEWHERE.replace("External", "&#69;xternal"), False),
        ("image", '/><!DOCTYPE x [<!ENTITY e "External">]>', False),
    ],
)  # fmt: skip
async def test_a_document_that_fetches_something_when_it_is_opened_is_refused(kind, out, good):
    assert await opens_safely(related(kind, out)) is good


def test_of_a_film_everything_but_pictures_and_sound_is_blanked_and_nothing_moves():
    film = film_from(CANARY)
    shown = without_traces(film)
    assert CANARY.encode() in film
    assert CANARY.encode() not in shown
    assert len(shown) == len(film)
    assert shown[shown.index(b"mdat") :] == film[film.index(b"mdat") :]
    assert without_traces(shown) == shown


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\0\0\0", b"\0\0\0\x04udta", b"\xff\xff\xff\xffudta" + bytes(9),
        b"\0\0\0\x01udta" + bytes(7), b"\0\0\0\x01udta" + bytes(8), lying("loi.webm"),
    ],
    ids=["nothing", "torn", "too small", "too large", "torn long", "long and small", "other"],
)  # fmt: skip
def test_a_film_that_lies_about_its_boxes_stays_as_it_is(data):
    assert without_traces(data) == data


def test_a_box_that_goes_to_the_end_ends_there():
    assert without_traces(b"\0\0\0\0udta" + CANARY.encode()).endswith(bytes(len(CANARY)))


@pytest.mark.parametrize(
    ("script", "patience"),
    [
        ("import signal; signal.pause()", 0.3),
        ("import sys\nwhile True: sys.stdout.write('x' * 65536)", 60),
        ("import os; print('half', flush=True); os.kill(os.getpid(), 9)", 60),
        ("import sys; sys.stdin.buffer.read(); print('half'); sys.exit(1)", 60),
        ("import sys; sys.stdin.close()", 60),
    ],
    ids=["slow", "says too much", "killed", "fails", "does not listen"],
)
async def test_whatever_the_process_does_nobody_waits_and_nothing_is_shown(
    tmp_path, script, patience
):
    path = tmp_path / "other.py"
    path.write_text(script)
    assert await media._apart("JPEG", bytes(5_000_000), path, patience) == b""


SANDBOX = """
import runpy, socket, sys
sys.argv = ["media", "PNG"]
space = runpy.run_path({path!r})
def probe(data):
    tried = []
    for what in {tries}:
        try:
            what(); tried.append("could")
        except (OSError, MemoryError):
            tried.append("could not")
    return repr(tried).encode()
space["main"].__globals__["_painter"] = lambda form: probe
sys.exit(space["main"]("PNG"))
"""
OUTSIDE = '(lambda: open("/etc/hostname"), lambda: socket.socket(), lambda: open("/tmp/x", "w"))'


def _tried(tries):
    script = SANDBOX.format(path=media.__file__, tries=tries)
    ran = subprocess.run(
        [sys.executable, "-c", script], input=b"x", capture_output=True, check=False
    )
    return ran.stdout, ran.stderr


def test_the_process_reaches_no_file_and_no_network_once_it_holds_a_picture():
    answer, why = _tried(OUTSIDE)
    assert answer == b"['could not', 'could not', 'could not']", why


def test_the_process_takes_no_more_memory_than_it_may():
    answer, why = _tried(f"(lambda: bytearray({media.MEMORY}), lambda: bytearray(1 << 20))")
    assert answer == b"['could not', 'could']", why


def test_the_process_knows_no_secret_of_ours():
    """It is started with an empty environment and imports nothing of ours."""
    imported = "import sys, runpy; runpy.run_path(sys.argv[1]); print([m for m in sys.modules])"
    ran = subprocess.run(
        [sys.executable, "-I", "-c", imported, media.__file__],
        capture_output=True,
        text=True,
        check=True,
    )
    names = ("handlers", "storage", "bot", "cases")
    assert not [name for name in names if f"'{name}'" in ran.stdout]
    assert "'filetype'" in ran.stdout


def test_the_files_of_the_tests_are_those_their_script_makes():
    made = files()
    assert {name for name in made if not (SHELF / name).exists()} == set()
    assert (SHELF / "dai.ogg").read_bytes() == made["dai.ogg"]
    assert len({made[f"{name}.jpg"] for name in "abcdefghij"}) == 10
    assert picture("x").size == (64, 48)
