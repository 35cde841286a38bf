"""A file of a case: opened by one press with its reason, shown for some minutes, never kept by a browser."""

import hmac
from collections.abc import Mapping
from contextlib import aclosing
from datetime import timedelta
from mimetypes import guess_extension

from aiohttp import web

from cases.errors import Refused
from handlers.casework.attachments import (
    Opened,
    Wish,
    contents,
    is_handed,
    open_file,
    open_in_page,
    opened_again,
)
from handlers.casework.shut_files import hand_over, open_again, shut_file
from handlers.links import secret
from handlers.staff.presses import why_not
from storage.records.file_parts import ORIGINAL, VIEW
from web.parts import PARTS, Parts
from web.security import ApiError
from web.staff.case_page import code_of
from web.staff.pin import asks_for_pin
from web.staff.session import (
    LONGEST_TOKEN,
    Guest,
    for_staff,
    not_found,
    posted,
    signed_in,
    staff_page,
)

SHOWN_FOR = timedelta(minutes=10)  # a film or a recording, which a player asks for in parts
LOOK = timedelta(minutes=2)  # a picture: shown once, to whoever has just opened it
# A picture stands alone in its window: nothing may run in it, ask anything or be sent from it.
ALONE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FILE = "/dashboard/case/{code}/file/{file}"

routes = web.RouteTableDef()


@routes.post(FILE)
@for_staff
async def open_(request: web.Request) -> web.Response:
    """One press, one reason, one row in the log; what cannot be shown in a page is saved."""
    parts = request.app[PARTS]
    async with posted(request) as (guest, form):
        save, actor = form.get("save", ""), guest.actor
        what, reason = save or form.get("what", ""), form.get("reason", "")
        wish = Wish(request.match_info["file"], what, reason, take=bool(save))
        try:
            handed = await is_handed(actor.work, guest.person, code_of(request), wish)
            if handed and (asked := await asks_for_pin(request, guest, form)):
                return asked
            opened = await open_file(actor.work, guest.person, code_of(request), wish)
            if handed:
                await hand_over(actor, code_of(request), wish)
        except Refused as no:  # what was refused is logged as well
            return _refused(request, guest, no)
        address = await _address(parts, guest, opened, wish) if opened.inline else ""
    if not opened.inline:
        return await _whole(parts, opened, save=True)
    try:
        if opened.fresh:  # made for this look only: better not at all than a broken picture
            async with aclosing(contents(parts.store, opened)) as pieces:
                await anext(pieces)
    except Refused as no:
        return _refused(request, guest, no)
    return staff_page(
        request, guest, "staff_file.html", code=code_of(request), opened=opened,
        address=f"{request.path}?{address}",
    )  # fmt: skip


@routes.post(f"{FILE}/shut")
@for_staff
async def shut(request: web.Request) -> web.Response:
    """It shows abuse: from this commit on nobody opens it."""
    async with posted(request) as (guest, _):
        try:
            await shut_file(guest.actor, code_of(request), request.match_info["file"])
        except Refused as no:
            return _refused(request, guest, no)
    return _done(request)


@routes.post(f"{FILE}/unshut")
@for_staff
async def unshut(request: web.Request) -> web.Response:
    """It was shut by mistake."""
    file = request.match_info["file"]
    async with posted(request) as (guest, form):
        if asked := await asks_for_pin(request, guest, form):
            return asked
        try:
            await open_again(guest.actor, code_of(request), file, form.get("reason", ""))
        except Refused as no:
            return _refused(request, guest, no)
    return _done(request)


def _done(request: web.Request) -> web.Response:
    location = f"/dashboard/case/{code_of(request)}?said=done#files"
    return web.Response(status=303, headers={"Location": location})


@routes.get(FILE)
@for_staff
async def bytes_(request: web.Request) -> web.Response:
    """The bytes for a page that was just given them, or a voice note, which needs no reason."""
    parts, ref = request.app[PARTS], code_of(request)
    wish = Wish(request.match_info["file"], request.query.get("what", ORIGINAL))
    async with signed_in(request) as guest:
        work, person = guest.actor.work, guest.person
        try:
            if await _just_opened(parts, guest, wish, request.query):
                opened = await opened_again(work, person, ref, wish)
            else:
                opened = await open_in_page(work, person, ref, wish)
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


async def _address(parts: Parts, guest: Guest, opened: Opened, wish: Wish) -> str:
    """How the page asks for what was opened: a picture once, a film for as long as it may be watched."""
    work = guest.actor.work
    if wish.what == VIEW:
        token = secret(parts.kit.chance)
        await work.paper_links.make(
            _bound(guest, wish, token), guest.person.id, opened.case_id, "file", LOOK
        )
        return f"what={wish.what}&look={token}"
    until = int((work.now + SHOWN_FOR).timestamp())
    return f"what={wish.what}&until={until}&seal={_seal(parts, guest, wish, until)}"


async def _just_opened(
    parts: Parts, guest: Guest, wish: Wish, query: Mapping[str, str]
) -> bool:  # fmt: skip
    if wish.what != VIEW:
        return _sealed(parts, guest, wish, query)
    token = _bound(guest, wish, query.get("look", "")[:LONGEST_TOKEN])
    return await guest.actor.work.paper_links.spend(token, guest.person.id) is not None


def _bound(guest: Guest, wish: Wish, token: str) -> str:
    """The link of one picture for one session: in any other it is worth nothing."""
    return f"{guest.session.hash}|{wish.file_id}|{wish.what}|{token}"


def _seal(parts: Parts, guest: Guest, wish: Wish, until: int) -> str:
    """Proof that this session opened this file just now; worth nothing in any other."""
    return parts.store.opaque("file seal", _bound(guest, wish, str(until)))


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
