"""The drain of files: lease, fetch, check, seal. Rows decide; a kill at any moment leaves one whole file."""

import asyncio
from collections.abc import Awaitable, Coroutine
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol, TypeVar

from cases.messages import LARGEST_FILE
from cases.quarantine import tells_of_abuse
from cases.safe_contact import Safety, answers_now
from cases.watch import DAMAGED
from handlers.actor import Actor, Kit, Voice
from handlers.casework.attachments import whole_of
from handlers.casework.cards import refresh
from handlers.casework.locking import suspected
from handlers.casework.media import ALLOWED, DOCX, opens_safely, type_of, view_of
from handlers.files.sent_files import Owner, is_child, lost_key, room_of
from handlers.reporter.reporting import words_for
from notifications.channel import Fetched, Found, Later, Lost
from storage.keys import Unreadable
from storage.records.attachments import FileRow, Kept
from storage.records.file_parts import BROKEN, ORIGINAL, VIEW, parts_of
from storage.unit_of_work import UnitOfWork

Done = TypeVar("Done")
PLACES = 3  # files at a time: none waits for one slow picture, and memory stays small
CALL = 30.0  # seconds for a file to come
PAUSES = (2, 10, 60, 600)  # seconds before each new attempt; then it is lost
SWEEP, KEPT = timedelta(hours=1), timedelta(hours=24)
_AGAIN = ("unreachable", BROKEN)


class Guard(Protocol):
    """Gives back the bug that a piece of work raised, logged."""

    def __call__(self, work: Awaitable[Done], /) -> Coroutine[None, None, Done | Exception]: ...


@dataclass(frozen=True, slots=True)
class _Checked:
    """A file we keep: what it is, and its copies that are stored."""

    found: Kept
    data: bytes
    view: bytes | None


class Fetching:
    """Fetches what messages only refer to. Whoever comes next goes on where this one ends."""

    def __init__(self, kit: Kit, guard: Guard) -> None:
        self._kit = kit
        self._store = kit.store
        self._guard = guard
        self._swept = kit.clock.now() - SWEEP
        self._stopping = False

    def stop(self) -> None:
        """Claim nothing from now on; what is being fetched ends."""
        self._stopping = True

    async def drain(self) -> int:
        """Work until no file is due. Returns how many were worked on."""
        count = 0
        while not self._stopping and (rows := await self._claim()):
            async with asyncio.TaskGroup() as group:
                for row in rows:
                    group.create_task(self._one(row))
            count += len(rows)
        await self._clear()
        return count

    async def _claim(self) -> list[FileRow]:
        async with self._store.reading("files") as work:
            due = await work.files.next_at()
            if due is None or due > work.now:
                return []
        async with self._store.transaction("files") as work:
            return await work.files.claim(PLACES)

    async def _one(self, row: FileRow) -> None:
        result = await self._guard(self._worked_on(row))
        if isinstance(result, Exception):
            result = await self._guard(self._later(row, Later(BROKEN)))
        if isinstance(result, Exception):
            await self._guard(self._put_aside(row))

    async def _worked_on(self, row: FileRow) -> None:
        found = await self._bytes(row)
        if isinstance(found, Fetched):
            checked = await self._checked(row, found.data)
            if isinstance(checked, _Checked):
                await self._keep(row, checked)
                return
            found = Lost(checked)
        if isinstance(found, Later):
            await self._later(row, found)
        else:
            await self._lost(row, found.why)

    async def _bytes(self, row: FileRow) -> Found:
        """What is whole here already is not fetched again; a page's file came with its message."""
        async with self._store.reading("file") as work:
            pieces = await work.file_parts.count(row.id, ORIGINAL)
        if pieces:
            return await self._here(row, pieces)
        if not row.readable:
            return Lost(DAMAGED)
        channel = self._kit.channels.get((row.channel, row.account))
        if channel is None:
            return Later("unreachable")
        try:
            async with asyncio.timeout(CALL):
                return await channel.fetch(row.ref)
        except TimeoutError:
            return Later("unreachable")

    async def _here(self, row: FileRow, pieces: int) -> Found:
        try:
            return Fetched(b"".join([one async for one in whole_of(self._store, row.id, pieces)]))
        except Unreadable:
            return Lost(DAMAGED)

    async def _checked(self, row: FileRow, data: bytes) -> _Checked | str:
        """By its content, whatever it is called. A string says why it is refused."""
        mime = type_of(data, voice=row.kind == "voice")
        why = "" if mime else "type" if data else "empty"
        if len(data) > LARGEST_FILE:
            why = "too_big"
        elif not why and mime == DOCX and not await opens_safely(data):
            why = "unsafe"
        elif not why and await self._full(row, len(data)):
            why = "full"
        if why:
            return why
        kind, view, locked = ALLOWED[mime], None, await self._locked(row)
        if kind == "image" and not locked:
            view = await view_of(data, mime)
        unsafe = "unsafe" if kind == "image" and not locked and view is None else ""
        digest = await asyncio.to_thread(lambda: sha256(data).hexdigest())
        return _Checked(Kept(kind, mime, len(data), digest, unsafe), data, view)

    async def _full(self, row: FileRow, size: int) -> bool:
        async with self._store.reading("file") as work:
            now = await work.files.get(row.id) or row
            room = await room_of(work, Owner(now.case_id, now.talk_id)) + now.size
        return size > room

    async def _locked(self, row: FileRow) -> bool:
        async with self._store.reading("file") as work:
            now = await work.files.get(row.id) or row
            case = await work.cases.get(now.case_id)
            if case is not None:
                try:
                    return await suspected(work, case)
                except Unreadable:
                    return True  # nobody can say that it may be shown; its bytes are kept
            talk = await work.talks.get(now.talk_id)
            return talk is not None and tells_of_abuse(talk.answers["answers"])

    async def _keep(self, row: FileRow, checked: _Checked) -> None:
        """Each piece has a commit of its own; the last commit says that the file is here."""
        if not await self._stored(row, ORIGINAL, checked.data):
            return
        if checked.view is not None and not await self._stored(row, VIEW, checked.view):
            return
        async with self._store.transaction("file kept") as work:
            now = await work.files.get(row.id) or row  # its case may have been opened meanwhile
            if not await work.files.kept(replace(now, attempt=row.attempt), checked.found):
                return
            case = await work.cases.get(now.case_id)
            if case is not None:
                if await suspected(work, case):
                    await work.file_parts.drop_views(case.id)  # said while the copy was made
                await refresh(Actor(work, self._kit), case)

    async def _stored(self, row: FileRow, what: str, data: bytes) -> bool:
        """Its pieces, all of one making. False = somebody else has the row by now."""
        async with self._store.reading("file") as work:
            if await work.file_parts.count(row.id, what):
                return True
        await self._drop(row.id, what)  # what an attempt that was cut off has left
        for part in parts_of(what, data):
            async with self._store.transaction("file piece") as work:
                if not await work.file_parts.put(row, part):
                    return False
        return True

    async def _drop(self, file_id: str, *what: str) -> None:
        left = True
        while left:
            async with self._store.transaction("file piece") as work:
                left = await work.file_parts.drop_one(file_id, *what)

    async def _later(self, row: FileRow, found: Later) -> None:
        if row.attempt > len(PAUSES):
            await self._lost(row, found.why)
            return
        pause = max(PAUSES[row.attempt - 1], found.after)
        async with self._store.transaction("file later") as work:
            try_at = work.now + timedelta(seconds=pause)
            await work.files.later(row, found.why, try_at)

    async def _lost(self, row: FileRow, why: str) -> None:
        """The report stands; the card says why, and who sent it hears it once."""
        async with self._store.transaction("file lost") as work:
            now = await work.files.get(row.id) or row
            if not await work.files.failed(row, why):
                return
            if not now.told and await self._say(work, now, why):
                await work.files.tell(row.id)
            case = await work.cases.get(now.case_id)
            if case is not None:
                await refresh(Actor(work, self._kit), case)

    async def _put_aside(self, row: FileRow) -> None:
        """Its case cannot be read, so no card can say it; the sweep tries again, its bytes stay."""
        async with self._store.transaction("file aside") as work:
            await work.files.failed(row, BROKEN)

    async def _say(self, work: UnitOfWork, row: FileRow, why: str) -> bool:
        """While it still answers them; later it waits until they write (`sent_files.tell_lost`)."""
        contact = await work.contacts.get(row.contact_id)
        safety = (contact.safety if contact is not None else None) or Safety()
        if contact is None or not answers_now(safety, contact.last_in_at, work.now):
            return False
        # Of an album one word is enough.
        voice = Voice(f"file:{row.album or row.id}:{why}", contact, contact.lang, work.now)
        speaking = Actor(work, self._kit, voice)
        child = await is_child(work, Owner(row.case_id, row.talk_id))
        await speaking.say(words_for(speaking, lost_key(why), child=child))
        return True

    async def _clear(self) -> None:
        """Bytes that nobody keeps go, a piece at a time; once an hour also what nobody ever claimed."""
        async with self._store.reading("files") as work:
            now, unneeded = work.now, await work.file_parts.unneeded()
        for file_id in unneeded:
            await self._drop(file_id, ORIGINAL, VIEW)
        if now - self._swept >= SWEEP:
            await self._sweep(now - KEPT)
            self._swept = now

    async def _sweep(self, before: datetime) -> None:
        async with self._store.reading("files") as work:
            if await work.inbox.next_at() is not None:
                return  # a message that waits may still name its file
            orphans = await work.file_parts.orphans(before)
            forsaken = await work.files.forsaken(before)
        for file_id in (*orphans, *forsaken):
            await self._drop(file_id, ORIGINAL, VIEW)
        async with self._store.transaction("files swept") as work:
            for file_id in forsaken:
                await work.files.forget(file_id)
            if await work.files.revive(_AGAIN, before):
                work.wake("files")
