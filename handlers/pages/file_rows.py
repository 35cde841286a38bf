"""The files of a case as its page lists them: what each is, whether it is there, what may be done."""

from dataclasses import dataclass

from handlers.actor import Actor
from handlers.casework.attachments import Attachment, files_of
from handlers.pages.worklist import moment
from storage.records.file_parts import ORIGINAL, VIEW

_KB = 1024


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file in words. `show`: what a press shows here; `save`: what it saves; "" where it may not."""

    id: str
    kind: str
    name: str
    about: str
    state: str  # "" while it is there and may be opened
    reason: bool
    show: str
    save: str


async def file_rows(actor: Actor, ref: str) -> list[FileRow]:
    """Every file that came with the case, also those that could not be kept."""
    assert actor.person is not None
    found = await files_of(actor.work, actor.person, ref)
    return [_row(actor, one, n) for n, one in enumerate(found, 1)]


def _row(actor: Actor, one: Attachment, n: int) -> FileRow:
    name = actor.words("staff.file", n=n, kind=actor.words(f"staff.file.{one.kind}"))
    shown = VIEW if one.kind == "image" else ORIGINAL if one.kind in ("voice", "video") else ""
    return FileRow(
        one.id, one.kind, name, _about(actor, one), _state(actor, one), one.needs_reason,
        show=shown if shown in one.can else "",
        save=ORIGINAL if ORIGINAL in one.can and one.kind != "video" else "",
    )  # fmt: skip


def _about(actor: Actor, one: Attachment) -> str:
    """When it came, its type and size."""
    parts = [moment(actor, one.received_at)] if one.received_at else []
    parts += [one.mime] * bool(one.mime)
    if one.size >= _KB * _KB:
        parts.append(actor.words("staff.file_mb", n=f"{one.size / _KB / _KB:.1f}"))
    elif one.size:
        parts.append(actor.words("staff.file_kb", n=max(1, one.size // _KB)))
    return " · ".join(parts)


def _state(actor: Actor, one: Attachment) -> str:
    if one.state == "wanted":
        return actor.words("staff.file_wanted")
    if one.state == "failed":
        return actor.words("staff.file_lost", why=actor.words(f"media.why.{one.why}"))
    if one.locked and not one.can:
        return actor.words("media.locked")
    if one.state == "kept" and one.kind == "image" and one.why == "unsafe":
        return actor.words("media.not_shown")
    return ""
