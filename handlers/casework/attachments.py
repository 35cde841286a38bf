"""Files of a case for its staff: what the card says, what a page lists, what one press opens."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cases.access import reads_whole
from cases.errors import Refused
from cases.model import Case, Person, Role
from cases.quarantine import (
    PLAYED,
    SEEN,
    SHOW,
    TAKE,
    Standing,
    may,
)
from cases.watch import DAMAGED, LOOKED_AT
from handlers.access import case_for, case_in_full, open_to
from handlers.actor import Kit
from handlers.casework.film import BOXED, without_traces
from handlers.casework.locking import police_know, suspected
from handlers.casework.media import view_of
from storage.records.attachments import Count, FileRow
from storage.records.file_parts import ORIGINAL, VIEW
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_KINDS = ("image", "voice", "video", "file", "sticker")
_LOSSES = (
    "too_big", "expired", "unreachable", "type", "empty", "unsafe", "full", "broken",
    DAMAGED, LOOKED_AT,
)  # fmt: skip


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
    can: tuple[str, ...]  # what this person may do with it: show, take
    needs_reason: bool
    locked: bool
    shut: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to open, and why. view: a picture without its metadata; orig: as it came.

    `take`: to be saved, not to be shown or played.
    """

    file_id: str
    what: str = VIEW
    reason: str = ""
    take: bool = False

    def does(self, row: FileRow) -> str:
        """What this would be, or "" for what there is not."""
        shows = VIEW if row.kind == "image" else ORIGINAL if row.kind in PLAYED else ""
        if self.what == ORIGINAL and (self.take or shows != ORIGINAL):
            return TAKE
        return SHOW if self.what == shows else ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A reading that is logged. `inline`: may be shown or played in a page; else it is only saved."""

    file_id: str
    case_id: str
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
            str(row.facts.get("sha256", "")), await _can(work, row, case, person, locked=locked),
            _needs_reason(row), locked and row.kind in SEEN, row.shut,
        )
        for row in await work.files.of_case(case.id)
        if row.state != "same"
    ]  # fmt: skip


async def file_in_full(
    work: UnitOfWork, person: Person, ref: str, file_id: str
) -> tuple[Case, FileRow]:
    """One file of a case that this person may read whole. Raises Refused, as if it were not there."""
    case = await case_in_full(work, person, ref)
    row = await work.files.get(file_id)
    if row is None or row.case_id != case.id or row.state == "same":
        await work.audit.write(person.id, "refused", case.id)
        raise Refused("error.not_found")
    return case, row


async def open_file(work: UnitOfWork, person: Person, ref: str, wish: Wish) -> Opened:
    """Through the gate, with a reason where a child may be seen, and logged: commit, then `contents`.

    Raises Refused, which is caught inside the transaction, so that the refusal is logged, too.
    """
    case, row = await file_in_full(work, person, ref, wish.file_id)
    locked = row.kind in SEEN and await suspected(work, case)
    reason = " ".join(wish.reason.split())[:300]
    may = wish.does(row) in await _can(work, row, case, person, locked=locked)
    why = _why_not(row, replace(wish, reason=reason), may=may, locked=locked)
    detail = {"file": row.id, "what": wish.what, "reason": reason}
    act = "file_handed" if row.shut or (locked and wish.does(row) == TAKE) else "file_opened"
    await work.audit.write(person.id, "file_refused" if why else act, case.id, detail)
    if why:
        raise Refused(why)
    return await _opened(work, row, wish, locked=locked)


async def open_in_page(work: UnitOfWork, person: Person, ref: str, wish: Wish) -> Opened:
    """The same, of what a page plays by itself: what is only saved is then not opened. Raises Refused."""
    case, row = await file_in_full(work, person, ref, wish.file_id)
    if wish.does(row) != SHOW:
        detail = {"file": row.id, "what": wish.what}
        await work.audit.write(person.id, "file_refused", case.id, detail)
        raise Refused("media.not_shown")
    return await open_file(work, person, ref, wish)


async def is_handed(work: UnitOfWork, person: Person, ref: str, wish: Wish) -> bool:
    """Whether this would give a locked file to the police: then the PIN comes first. Raises Refused."""
    case, row = await file_in_full(work, person, ref, wish.file_id)
    locked = row.shut or (row.kind in SEEN and await suspected(work, case))
    return locked and wish.does(row) == TAKE


def _why_not(row: FileRow, wish: Wish, *, may: bool, locked: bool) -> str:
    """The key of the sentence; "" = it is opened."""
    if row.state != "kept":
        return "media.not_here"
    if not may:
        return _closed(row, wish, locked=locked)
    return "media.reason" if _needs_reason(row) and not wish.reason else ""


def _closed(row: FileRow, wish: Wish, *, locked: bool) -> str:
    if wish.does(row) == TAKE and (locked or row.shut):
        return "media.for_police"
    if row.shut:
        return "media.shut"
    return "media.locked" if locked else "media.not_shown"


def _needs_reason(row: FileRow) -> bool:
    return row.kind in SEEN or row.shut


async def _opened(work: UnitOfWork, row: FileRow, wish: Wish, *, locked: bool) -> Opened:
    shown = wish.what == VIEW
    stored = 0 if shown and locked else await work.file_parts.count(row.id, wish.what)
    fresh = shown and not stored
    pieces = await work.file_parts.count(row.id, ORIGINAL) if fresh else stored
    return Opened(
        row.id, row.case_id, wish.what, "image/jpeg" if shown else row.mime,
        0 if shown else row.size, pieces, inline=wish.does(row) == SHOW, fresh=fresh,
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
    pieces = whole_of(store, opened.file_id, opened.pieces, opened.what)
    if opened.inline and opened.mime in BOXED:  # in a page nobody needs to know where it was made
        yield without_traces(b"".join([piece async for piece in pieces]))
        return
    async for piece in pieces:
        yield piece


async def whole_of(
    store: Store, file_id: str, pieces: int, what: str = ORIGINAL
) -> AsyncIterator[bytes]:
    """Each piece in a reading of its own."""
    for n in range(pieces):
        async with store.reading("file piece") as work:
            yield await work.file_parts.read(file_id, what, n, last=n == pieces - 1)


async def _can(
    work: UnitOfWork, row: FileRow, case: Case, person: Person, *, locked: bool
) -> tuple[str, ...]:
    """As the rules say; of a case that was opened in need nothing is taken along (P6)."""
    if row.state != "kept":
        return ()
    here = await open_to(work, person, case)
    close = here and (person.id == case.holder or person.role is Role.LEADER)
    told = await police_know(work, case)
    found = may(Standing(row.kind, row.why != "unsafe", locked, row.shut, close, told))
    return found if here else tuple(one for one in found if one != TAKE)


def file_lines(
    kit: Kit, lang: str, counts: Sequence[Count], *, locked: bool, told: bool = False
) -> list[str]:
    """What the card says of the files: how many of which kind, what did not come and why.

    `told`: the police know, and may be given what is locked.
    """
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
    if n := sum(one.n for one in kept if one.shut):
        lines.append(say(lang, "media.card_shut", count=n))
    if any(one.kind in SEEN for one in kept):
        lines.append(say(lang, "media.card_locked" if locked else "media.card_seen"))
        if locked:
            lines.append(say(lang, "media.card_told" if told else "media.card_police"))
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
    can = await _can(work, row, case, person, locked=locked)
    if SHOW not in can or wish.does(row) != SHOW:
        raise Refused("media.not_shown")
    return await _opened(work, row, wish, locked=locked)
