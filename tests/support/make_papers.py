"""Makes the .docx templates out of the layouts beside them: `python -m tests.support.make_papers`.

Official layout (Decree 30/2020): country and motto, agency, number, place and date, receivers, signature.
A layout is lines: first the sign behind the number, `=` title, `-` what it is about, `!` centred,
`##` heading, `|` a row of a table, `>` receivers, `<` who signs; `**bold**` anywhere.
"""

import io
import re
import sys
import zipfile
from datetime import datetime
from pathlib import Path

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from cases.forms import FORMS, Form

HERE = Path(__file__).parents[2] / "handlers/papers/templates"
COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
REFERENCE = "Mẫu tham khảo – cần đối chiếu"
PRIVATE = "Có bí mật đời sống riêng tư của trẻ em: không sao chép, không công bố."
WHEN = datetime(2026, 1, 1)


def make(form: Form) -> bytes:
    """The template of a form, the same bytes every time."""
    kind, *lines = (HERE / f"{form.code}.txt").read_text(encoding="utf-8").splitlines()
    doc = Document()
    _page(doc)
    _running(doc, form)
    _head(doc, kind, numbered="number" in {field.id for field in form.fields})
    rest = [line for line in lines if line[0] not in "<>"]
    while rest:
        rest = _table(doc, rest) if rest[0].startswith("|") else _line(doc, rest)
    _foot(doc, [one[2:] for one in lines if one[0] == ">"],
          [one[2:] for one in lines if one[0] == "<"])  # fmt: skip
    return _packed(doc)


def _page(doc) -> None:
    section = doc.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    style = doc.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    style.paragraph_format.space_after = Pt(6)
    props = doc.core_properties
    props.author, props.last_modified_by, props.title, props.comments = "An Nhi", "", "", ""
    props.created = props.modified = WHEN
    props.revision = 1


def _running(doc, form: Form) -> None:
    """On every page: what kind of paper it is, whose, and which page."""
    section = doc.sections[0]
    notes = [REFERENCE] * form.reference
    notes += [f"Mã thủ tục hành chính: {form.procedure} (đối chiếu trước khi dùng)"] * bool(
        form.procedure
    )
    _put(section.header.paragraphs[0], " · ".join(notes), ALIGN.CENTER, size=11, italic=True)
    foot = section.footer.paragraphs[0]
    _put(
        foot,
        f"Hồ sơ {{{{ code }}}} · Bản mẫu {{{{ version }}}} · {PRIVATE} · Trang ",
        ALIGN.CENTER,
        size=10,
    )
    _field(foot, "PAGE")
    _put(foot, "/", size=10)
    _field(foot, "NUMPAGES")


def _field(paragraph, name: str) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(10)
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        one = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            one.set(qn("w:fldCharType"), kind)
        one.text = text or None
        run._r.append(one)


def _head(doc, kind: str, *, numbered: bool) -> None:
    table = doc.add_table(1, 2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    left, right = table.rows[0].cells
    _widths(table, (Mm(68), Mm(97)))
    _put(left.paragraphs[0], "ỦY BAN NHÂN DÂN", ALIGN.CENTER, size=13, bold=True)
    _put(left.add_paragraph(), "{{ commune_caps }}", ALIGN.CENTER, size=13, bold=True)
    _put(left.add_paragraph(), "________", ALIGN.CENTER, size=8)
    number = "{{ number }}" if numbered else "…………"
    _put(left.add_paragraph(), f"Số: {number}{kind}", ALIGN.CENTER, size=13)
    _put(right.paragraphs[0], COUNTRY, ALIGN.CENTER, size=12, bold=True)
    _put(right.add_paragraph(), MOTTO, ALIGN.CENTER, size=13, bold=True)
    _put(right.add_paragraph(), "__________________", ALIGN.CENTER, size=8)
    _put(right.add_paragraph(), "{{ place_date }}", ALIGN.CENTER, size=13, italic=True)
    for paragraph in (*left.paragraphs, *right.paragraphs):
        paragraph.paragraph_format.space_after = Pt(0)


def _line(doc, lines: list[str]) -> list[str]:
    line, paragraph = lines[0], doc.add_paragraph()
    if line[0] == "=":
        paragraph.paragraph_format.space_before = Pt(14)
        _put(paragraph, line[2:], ALIGN.CENTER, bold=True)
    elif line[0] in "-!":
        _put(paragraph, line[2:], ALIGN.CENTER, bold=True)
    elif line.startswith("## "):
        paragraph.paragraph_format.keep_with_next = True
        _put(paragraph, line[3:], bold=True)
    else:
        _put(paragraph, line, ALIGN.JUSTIFY)
    return lines[1:]


def _table(doc, lines: list[str]) -> list[str]:
    rows = []
    while lines and lines[0].startswith("|"):
        rows.append([cell.strip() for cell in lines[0].strip("|").split("|")])
        lines = lines[1:]
    table = doc.add_table(len(rows), len(rows[0]))
    table.style = "Table Grid"
    _widths(table, (Mm(65), Mm(30), Mm(70)) if rows[0][1] == "Mức độ" else (Mm(85), Mm(50), Mm(30)))
    for n, cells in enumerate(rows):
        for cell, words in zip(table.rows[n].cells, cells, strict=True):
            _put(cell.paragraphs[0], words, size=13, bold=n == 0)
    _put(doc.add_paragraph(), "", size=6)
    return lines


def _widths(table, widths) -> None:
    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _foot(doc, receivers: list[str], signers: list[str]) -> None:
    table = doc.add_table(1, 2)
    left, right = table.rows[0].cells
    _widths(table, (Mm(75), Mm(90)))
    _put(left.paragraphs[0], "Nơi nhận:", size=12, bold=True, italic=True)
    for one in receivers:
        _put(left.add_paragraph(), one, size=11)
    (signer,) = signers
    _put(right.paragraphs[0], signer, ALIGN.CENTER, bold=True)
    _put(right.add_paragraph(), "(Ký, ghi rõ họ tên)", ALIGN.CENTER, size=12, italic=True)
    for _ in range(3):
        right.add_paragraph()
    if signer != "CHỦ TỊCH":
        _put(right.add_paragraph(), "{{ officer }}", ALIGN.CENTER, bold=True)
    for paragraph in left.paragraphs:
        paragraph.paragraph_format.space_after = Pt(0)


def _put(paragraph, words: str, align=None, *, size=14, bold=False, italic=False) -> None:
    if align is not None:
        paragraph.alignment = align
    for n, part in enumerate(re.split(r"\*\*", words)):
        if part:
            run = paragraph.add_run(part)
            run.font.size, run.bold, run.italic = Pt(size), bold or n % 2 == 1, italic


def _packed(doc) -> bytes:
    """The file without its own times of day."""
    loose, packed = io.BytesIO(), io.BytesIO()
    doc.save(loose)
    with zipfile.ZipFile(loose) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            if name != "docProps/thumbnail.jpeg":
                new.writestr(info, _without_picture(name, old))
    return packed.getvalue()


def _without_picture(name: str, old: zipfile.ZipFile) -> bytes:
    """python-docx brings a thumbnail of its own default paper."""
    body = old.read(name)
    if name == "_rels/.rels":
        return re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", body)
    return body


if __name__ == "__main__":
    for code in sys.argv[1:] or FORMS:
        (HERE / f"{code}.docx").write_bytes(make(FORMS[code]))
