"""A file from a page: streamed, sealed while it comes; 202 only after its message is committed."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from cases.messages import LARGEST_FILE, MediaRef
from handlers.files.sent_files import owner_of, room_of
from handlers.files.uploads import NotTaken, Upload
from storage.store import Store
from web.parts import PARTS
from web.public.chat_api import ID, LONGEST, accept, session_of
from web.security import ApiError, same_origin

AROUND = 64 * 1024  # bytes of a request beside its file
SILENCE = 60.0  # seconds in which a page must have sent something
_REFUSED = {
    "too_big": (413, "media.api_too_big"), "full": (413, "media.full"),
    "type": (415, "media.api_type"), "empty": (400, "media.api_empty"),
}  # fmt: skip

routes = web.RouteTableDef()


@dataclass(slots=True)
class _Form:
    """What came in one request."""

    fields: dict[str, str] = field(default_factory=dict)
    upload: Upload | None = None
    media: MediaRef | None = None


@routes.post("/api/chat/media")
async def post_media(request: web.Request) -> web.Response:
    """multipart: `id`, `file`, and, if there are any, `text` (a caption) and `group` (one album)."""
    same_origin(request)
    session, lang = await session_of(request)
    parts = request.app[PARTS]
    if (request.content_length or 0) > LARGEST_FILE + AROUND:
        raise ApiError(413, key="media.api_too_big")
    if parts.uploads.locked():
        raise ApiError(429, 5)
    form = _Form()
    try:
        async with parts.uploads:
            await _read(request, form, await _room(parts.store, session))
        message = {**_message(form), "session": session, "lang": lang}
    except NotTaken as no:
        await _forget(form)
        status, key = _REFUSED[no.why]
        raise ApiError(status, key=key) from no
    except ApiError:
        await _forget(form)
        raise
    new = await accept(parts, {**message, "at": parts.store.clock.now().isoformat()})
    if not new:
        await _forget(form)
    answer = {"id": message["id"], "accepted": True, "duplicate": not new}
    return web.json_response(answer, status=202)


async def _room(store: Store, session: str) -> int:
    async with store.reading("room") as work:
        contact = await work.contacts.by_address("web", "site", session)
        person = await work.people.get(contact.person_id) if contact else None
        owner = await owner_of(work, contact.id if contact else "", person)
        return await room_of(work, owner)


async def _read(request: web.Request, form: _Form, room: int) -> None:
    """Each part once. Raises ApiError 400 for anything else than a form with one file."""
    try:
        reader = await request.multipart()
        while (part := await _next(reader.next())) is not None:
            if not isinstance(part, BodyPartReader) or part.name in form.fields:
                raise ApiError(400)
            if part.name == "file" and form.upload is None:
                await _file(request, part, form, room)
            elif part.name in ("id", "text", "group"):
                form.fields[part.name] = await _words(part)
            else:
                raise ApiError(400)
    except (ValueError, AssertionError, TimeoutError) as error:
        raise ApiError(400) from error  # no form, a torn one, or nobody there any more


async def _file(request: web.Request, part: BodyPartReader, form: _Form, room: int) -> None:
    voice = part.headers.get("Content-Type", "").startswith("audio/")
    form.upload = Upload(request.app[PARTS].store, room, voice=voice)
    while data := await _next(part.read_chunk(AROUND)):
        await form.upload.write(data)
    form.media = await form.upload.close()


async def _words(part: BodyPartReader) -> str:
    data = bytearray()
    while more := await _next(part.read_chunk()):
        data += more
        if len(data) > 4 * LONGEST:
            raise ApiError(413)
    return data.decode("utf-8")


async def _next(coming: Any) -> Any:
    async with asyncio.timeout(SILENCE):
        return await coming


def _message(form: _Form) -> dict[str, Any]:
    """The message of the file. Raises ApiError."""
    key, group, text = (form.fields.get(name, "") for name in ("id", "group", "text"))
    if form.media is None or not ID.fullmatch(key) or (group and not ID.fullmatch(group)):
        raise ApiError(400)
    if len(text) > LONGEST:
        raise ApiError(413)
    media = form.media
    file = {"kind": media.kind, "ref": media.ref, "mime": media.mime, "size": media.size}
    return {"id": key, "kind": "media", "text": text, "media": [{**file, "group": group}]}


async def _forget(form: _Form) -> None:
    if form.upload is not None:
        await form.upload.forget()
