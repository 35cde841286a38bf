"""A paper as .docx: the template of its form, filled with what stands in its boxes."""

import asyncio
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cases.forms import Form, layout
from cases.model import Case
from handlers.actor import Kit
from handlers.papers.boxes import Paper, commune_words, place_and_date

TEMPLATES = Path(__file__).parent / "templates"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOTS, SHORT = "…" * 28, "…" * 4  # an empty box: a line to write on; a number needs less
# Besides its boxes a paper names its case and child, its commune, its day, who has the case, and the
# version of its form.
HEAD = frozenset({"code", "child", "commune", "commune_caps", "place_date", "officer", "version"})
# What XML cannot hold, and what a template would take for a page or paragraph of its own.
_UNPRINTABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Print:
    """Everything one print-out says; whoever makes it has read the case."""

    form: Form
    context: dict[str, Any]


@dataclass(frozen=True, slots=True)
class People:
    """The names a paper needs besides its boxes; "" = not known. `officer`: who has the case."""

    child: str
    officer: str


def print_of(kit: Kit, case: Case, paper: Paper, people: People) -> Print:
    """The words of a paper, ready to be filled in."""
    commune = commune_words(kit, case)
    boxes = {
        name: _clean(words) or (SHORT if name == "number" else DOTS)
        for name, words in paper.boxes.items()
        if name != "tasks"
    }
    head = {
        "code": case.code, "commune": commune, "commune_caps": commune.upper(),
        "place_date": place_and_date(kit, case, paper.of_day), "officer": _clean(people.officer),
        "child": _clean(people.child) or DOTS, "version": paper.form.version,
    }  # fmt: skip
    tasks = [{name: _clean(words) or DOTS for name, words in task.items()} for task in paper.tasks]
    return Print(paper.form, {**boxes, "tasks": tasks, **head})


def _clean(words: str) -> str:
    return _UNPRINTABLE.sub("", words.replace("\t", " ")).strip()


def file_name(case: Case, paper: Paper) -> str:
    """Whose and which, and nothing else."""
    return f"{case.code}-{paper.id}.docx"


async def made(printed: Print) -> bytes:
    """The .docx. It takes a tenth of a second, so it is made beside the loop."""
    return await asyncio.to_thread(_fill, printed)


def _fill(printed: Print) -> bytes:
    from docxtpl import DocxTemplate  # noqa: PLC0415 — megabytes, only for whoever prints

    template = DocxTemplate(TEMPLATES / f"{layout(printed.form)}.docx")
    template.render(printed.context, autoescape=True)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()
