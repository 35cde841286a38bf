"""The files of a case as its page lists them: what each is, whether it is there, what may be done."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.model import Case
from cases.quarantine import SHOW, SHUTTABLE, TAKE
from handlers.actor import Actor
from handlers.casework.attachments import Attachment, files_of
from handlers.casework.locking import police_know
from handlers.casework.shut_files import MAY_OPEN
from handlers.pages.worklist import moment
from storage.records.file_parts import ORIGINAL, VIEW

_KB = 1024


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file in words. `show`: what a press shows here; `save`: what it saves; "" where it may not.

    `handed`: what is saved leaves for the police. `shut`, `unshut`: whether a press may do that.
    """

    id: str
    kind: str
    name: str
    about: str
    state: str  # "" while it is there and may be opened
    reason: bool
    show: str
    save: str
    handed: bool = False
    shut: bool = False
    unshut: bool = False


async def file_rows(actor: Actor, ref: str) -> list[FileRow]:
    """Every file that came with the case, also those that could not be kept."""
    assert actor.person is not None
    found = await files_of(actor.work, actor.person, ref)
    return [_row(actor, one, n) for n, one in enumerate(found, 1)]


async def files_note(actor: Actor, case: Case, rows: Sequence[FileRow]) -> str:
    """Where something is locked: what to do with it, and whether the police know."""
    if not any(one.handed for one in rows):
        return ""
    told = await police_know(actor.work, case)
    return actor.words("media.card_told" if told else "media.card_police")


def _row(actor: Actor, one: Attachment, n: int) -> FileRow:
    name = actor.words("staff.file", n=n, kind=actor.words(f"staff.file.{one.kind}"))
    shown = VIEW if one.kind == "image" else ORIGINAL
    assert actor.person is not None
    return FileRow(
        one.id, one.kind, name, _about(actor, one), _state(actor, one), one.needs_reason,
        show=shown if SHOW in one.can else "", save=ORIGINAL if TAKE in one.can else "",
        handed=one.locked or one.shut,
        shut=one.state == "kept" and not one.shut and one.kind in SHUTTABLE,
        unshut=one.shut and actor.person.role in MAY_OPEN,
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
    if one.shut:
        return actor.words("media.shut")
    if one.locked and not one.can:
        return actor.words("media.locked")
    if one.state == "kept" and one.kind == "image" and one.why == "unsafe":
        return actor.words("media.not_shown")
    return ""
