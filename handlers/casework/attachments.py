"""Files of a case for its staff: what the card says, what a page lists, what one press opens."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cases.access import reads_whole
from cases.errors import Refused
from cases.incident_types import KINDS
from cases.model import Case, Person, Role
from handlers.access import case_for, case_in_full
from handlers.actor import Kit
from handlers.casework.media import view_of
from handlers.render import answers_of
from storage.records.attachments import Count, FileRow
from storage.records.file_parts import ORIGINAL, VIEW
from storage.store import Store
from storage.unit_of_work import UnitOfWork

SEEN = ("image", "video")  # what can show a child: opened with a reason only
_PLAYED = ("voice", "video")  # in a page, as they came
_KINDS = ("image", "voice", "video", "file", "sticker")
_LOSSES = ("too_big", "expired", "unreachable", "type", "empty", "unsafe", "full", "broken")


async def suspected(work: UnitOfWork, case: Case) -> bool:
    """Whether its pictures may show sexual abuse: then they are locked, and have no copy."""
    if KINDS[case.kind].group == "sexual":
        return True
    if case.kind != "other":
        return False
    return answers_of(await work.cases.events(case.id)).get("kind_group") == "sexual"


async def quarantine(work: UnitOfWork, case: Case) -> None:
    """As soon as a case may be one of sexual abuse, no copy of its pictures is left."""
    if await suspected(work, case):
        await work.file_parts.drop_views(case.id)


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file as the staff pages list it: nothing of its content."""

    id: str
    kind: str
    mime: str
    size: int
    state: str
    why: str
    received_at: datetime | None
    sha256: str
    can: tuple[str, ...]  # what this person may ask for: view, orig
    needs_reason: bool
    locked: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to open, and why. view: a picture without its metadata; orig: as it came.

    `here`: in a page only; what no page shows is then not opened.
    """

    file_id: str
    what: str = VIEW
    reason: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A reading that is logged. `inline`: may be shown or played in a page; else it is only saved."""

    file_id: str
    what: str
    mime: str
    size: int  # 0: not known before it was made
    pieces: int
    inline: bool
    fresh: bool = False  # no view is stored: it is made for this reading and kept nowhere


async def files_of(work: UnitOfWork, person: Person, ref: str) -> list[Attachment]:
    """The files of a case this person may see. Raises Refused like the gate itself."""
    case = await case_for(work, person, ref)
    if not reads_whole(person, case):
        return []
    locked = await suspected(work, case)
    return [
        Attachment(
            row.id, row.kind, row.mime, row.size, row.state, row.why, row.received_at,
            str(row.facts.get("sha256", "")), _can(row, case, person, locked=locked),
            row.kind in SEEN, locked and row.kind in SEEN,
        )
        for row in await work.files.of_case(case.id)
        if row.state != "same"
    ]  # fmt: skip


async def open_file(work: UnitOfWork, person: Person, ref: str, wish: Wish) -> Opened:
    """Through the gate, with a reason where a child may be seen, and logged: commit, then `contents`.

    Raises Refused, which is caught inside the transaction, so that the refusal is logged, too.
    """
    case = await case_in_full(work, person, ref)
    row = await work.files.get(wish.file_id)
    if row is None or row.case_id != case.id or row.state == "same":
        await work.audit.write(person.id, "refused", case.id)
        raise Refused("error.not_found")
    locked = row.kind in SEEN and await suspected(work, case)
    reason = " ".join(wish.reason.split())[:300]
    may = wish.what in _can(row, case, person, locked=locked)
    why = _why_not(row, replace(wish, reason=reason), may=may, locked=locked)
    detail = {"file": row.id, "what": wish.what, "reason": reason}
    await work.audit.write(person.id, "file_refused" if why else "file_opened", case.id, detail)
    if why:
        raise Refused(why)
    return await _opened(work, row, wish.what, locked=locked)


def _why_not(row: FileRow, wish: Wish, *, may: bool, locked: bool) -> str:
    """The key of the sentence; "" = it is opened."""
    if row.state != "kept":
        return "media.not_here"
    if not may:
        return "media.locked" if locked else "media.not_shown"
    if wish.here and wish.what != VIEW and row.kind not in _PLAYED:
        return "media.not_shown"
    return "media.reason" if row.kind in SEEN and not wish.reason else ""


async def _opened(work: UnitOfWork, row: FileRow, what: str, *, locked: bool) -> Opened:
    shown = what == VIEW
    stored = 0 if shown and locked else await work.file_parts.count(row.id, what)
    fresh = shown and not stored
    pieces = await work.file_parts.count(row.id, ORIGINAL) if fresh else stored
    return Opened(
        row.id, what, "image/jpeg" if shown else row.mime, 0 if shown else row.size, pieces,
        inline=shown or row.kind in _PLAYED, fresh=fresh,
    )  # fmt: skip


async def contents(store: Store, opened: Opened) -> AsyncGenerator[bytes]:
    """The bytes, piece by piece. Raises Refused before the first where they cannot be shown safely."""
    if opened.fresh:
        async with store.reading("file") as work:
            row = await work.files.get(opened.file_id)
        whole = b"".join([one async for one in whole_of(store, opened.file_id, opened.pieces)])
        view = await view_of(whole, row.mime) if row is not None else None
        if view is None:
            raise Refused("media.not_shown")
        yield view
        return
    async for piece in whole_of(store, opened.file_id, opened.pieces, opened.what):
        yield piece


async def whole_of(
    store: Store, file_id: str, pieces: int, what: str = ORIGINAL
) -> AsyncIterator[bytes]:
    """Each piece in a reading of its own."""
    for n in range(pieces):
        async with store.reading("file piece") as work:
            yield await work.file_parts.read(file_id, what, n, last=n == pieces - 1)


def _can(row: FileRow, case: Case, person: Person, *, locked: bool) -> tuple[str, ...]:
    """A picture as it came (its place, its camera) and a locked one are for the holder and the leader."""
    if row.state != "kept":
        return ()
    close = person.id == case.holder or person.role is Role.LEADER
    if row.kind != "image":
        return (ORIGINAL,) if close or not locked else ()
    shown = row.why != "unsafe" and (close or not locked)
    return (VIEW,) * shown + (ORIGINAL,) * close


def file_lines(kit: Kit, lang: str, counts: Sequence[Count], *, locked: bool) -> list[str]:
    """What the card says of the files: how many of which kind, what did not come and why."""
    say = kit.catalog.say
    kept = [one for one in counts if one.state in ("kept", "noted")]
    parts = [
        say(lang, f"media.{kind}s", count=n)
        for kind in _KINDS
        if (n := sum(one.n for one in kept if one.kind == kind))
    ]
    lines = [say(lang, "media.card", list=", ".join(parts))] if parts else []
    if n := sum(one.n for one in counts if one.state == "wanted"):
        lines.append(say(lang, "media.loading", count=n))
    lines += [
        say(lang, "media.lost", count=n, why=say(lang, f"media.why.{why}"))
        for why in _LOSSES
        if (n := sum(one.n for one in counts if one.state == "failed" and one.why == why))
    ]
    if n := sum(one.n for one in kept if one.why == "unsafe"):
        lines.append(say(lang, "media.unsafe", count=n))
    if any(one.kind in SEEN for one in kept):
        lines.append(say(lang, "media.card_locked" if locked else "media.card_seen"))
    elif any(one.kind != "sticker" for one in kept):
        lines.append(say(lang, "media.card_open"))
    return lines


async def opened_again(work: UnitOfWork, person: Person, ref: str, wish: Wish) -> Opened:
    """What was opened and logged just now, for the page that shows it: the same gate, no second log.

    Raises Refused.
    """
    case = await case_in_full(work, person, ref)
    row = await work.files.get(wish.file_id)
    if row is None or row.case_id != case.id:
        raise Refused("error.not_found")
    locked = row.kind in SEEN and await suspected(work, case)
    if wish.what not in _can(row, case, person, locked=locked):
        raise Refused("media.not_shown")
    return await _opened(work, row, wish.what, locked=locked)
