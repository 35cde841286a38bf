"""A file of a case: opened by one press with its reason, shown for some minutes, never kept by a browser."""

import hmac
from collections.abc import Mapping
from contextlib import aclosing
from datetime import timedelta
from mimetypes import guess_extension

from aiohttp import web

from cases.errors import Refused
from handlers.casework.attachments import Opened, Wish, contents, open_file, opened_again
from handlers.staff.presses import why_not
from storage.records.file_parts import ORIGINAL
from web.parts import PARTS, Parts
from web.security import ApiError
from web.staff.case_page import code_of
from web.staff.session import (
    Guest,
    for_staff,
    not_found,
    posted,
    signed_in,
    staff_page,
)

SHOWN_FOR = timedelta(minutes=10)
# A picture stands alone in its window: nothing may run in it, ask anything or be sent from it.
ALONE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}

routes = web.RouteTableDef()


@routes.post("/dashboard/case/{code}/file/{file}")
@for_staff
async def open_(request: web.Request) -> web.Response:
    """One press, one reason, one row in the log; what cannot be shown in a page is saved."""
    parts = request.app[PARTS]
    async with posted(request) as (guest, form):
        save, actor = form.get("save", ""), guest.actor
        wish = Wish(
            request.match_info["file"], save or form.get("what", ""), form.get("reason", "")
        )
        try:
            opened = await open_file(actor.work, guest.person, code_of(request), wish)
        except Refused as no:  # what was refused is logged as well
            return _refused(request, guest, no)
        until = int((actor.work.now + SHOWN_FOR).timestamp())
    if save or not opened.inline:
        return await _whole(parts, opened, save=True)
    try:
        if opened.fresh:  # made for this look only: better not at all than a broken picture
            async with aclosing(contents(parts.store, opened)) as pieces:
                await anext(pieces)
    except Refused as no:
        return _refused(request, guest, no)
    seal = _seal(parts, guest, wish, until)
    return staff_page(
        request, guest, "staff_file.html", code=code_of(request), opened=opened,
        address=f"{request.path}?what={wish.what}&until={until}&seal={seal}",
    )  # fmt: skip


@routes.get("/dashboard/case/{code}/file/{file}")
@for_staff
async def bytes_(request: web.Request) -> web.Response:
    """The bytes for a page that was just given them, or a voice note, which needs no reason."""
    parts, ref = request.app[PARTS], code_of(request)
    wish = Wish(request.match_info["file"], request.query.get("what", ORIGINAL), here=True)
    async with signed_in(request) as guest:
        work, person = guest.actor.work, guest.person
        try:
            if _sealed(parts, guest, wish, request.query):
                opened = await opened_again(work, person, ref, wish)
            else:
                opened = await open_file(work, person, ref, wish)
        except Refused:
            return not_found(request, guest)
    return await _whole(parts, opened, save=False, part=_part(request))


def _part(request: web.Request) -> slice:
    """What a player asks for; a range that nobody understands means all of it."""
    try:
        return request.http_range
    except ValueError:
        return slice(None)


async def _whole(
    parts: Parts, opened: Opened, *, save: bool, part: slice = slice(None)
) -> web.Response:
    """All of it, or the part a player asks for; under a name that says nothing."""
    try:
        body = b"".join([piece async for piece in contents(parts.store, opened)])
    except Refused as no:
        raise ApiError(404) from no
    start, stop, _ = slice(part.start, part.stop).indices(len(body))
    name = f"{parts.kit.chance.bytes(4).hex()}{guess_extension(opened.mime) or '.bin'}"
    headers = {
        **ALONE, "Accept-Ranges": "bytes",
        "Content-Disposition": f'{"attachment" if save else "inline"}; filename="{name}"',
        "Content-Type": "application/octet-stream" if save else opened.mime,
    }  # fmt: skip
    if part.start is None or stop <= start:
        return web.Response(body=body, headers=headers)
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(body)}"
    return web.Response(status=206, body=body[start:stop], headers=headers)


def _seal(parts: Parts, guest: Guest, wish: Wish, until: int) -> str:
    """Proof that this session opened this file just now; worth nothing in any other."""
    what = f"{guest.session.hash}|{wish.file_id}|{wish.what}|{until}"
    return parts.store.opaque("file seal", what)


def _sealed(parts: Parts, guest: Guest, wish: Wish, query: Mapping[str, str]) -> bool:
    until = query.get("until", "")
    if not (until.isascii() and until.isdigit() and len(until) < 12):
        return False
    good = _seal(parts, guest, wish, int(until)).encode()
    in_time = int(until) > guest.actor.work.now.timestamp()
    return in_time and hmac.compare_digest(query.get("seal", "").encode(), good)


def _refused(request: web.Request, guest: Guest, no: Refused) -> web.Response:
    if no.key == "error.not_found":
        return not_found(request, guest)
    return staff_page(
        request, guest, "staff_file.html", status=409, code=code_of(request), opened=None,
        address="", problem=why_not(guest.actor, no),
    )  # fmt: skip
