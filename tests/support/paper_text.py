"""A .docx read back as text: what stands on every page, then the page itself, cells with ` | `."""

import io

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph


def read_back(body: bytes) -> str:
    doc = Document(io.BytesIO(body))
    (section,) = doc.sections
    lines = [f"[đầu trang] {_all(section.header.paragraphs)}"]
    lines += [f"[chân trang] {_all(section.footer.paragraphs)}"]
    for one in doc.element.body.iterchildren():
        if one.tag.endswith("}p"):
            lines.append(Paragraph(one, doc).text)
        elif one.tag.endswith("}tbl"):
            lines += [" | ".join(_all(cell.paragraphs) for cell in row.cells)
                      for row in Table(one, doc).rows]  # fmt: skip
    return "\n".join(line for line in lines if line.strip()) + "\n"


def _all(paragraphs: list[Paragraph]) -> str:
    return " / ".join(one.text.replace("\n", " // ") for one in paragraphs if one.text.strip())
