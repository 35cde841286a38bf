"""A paper leaves here: made after its log has committed, saved by the browser, kept nowhere."""

from aiohttp import web

from cases.errors import Refused
from handlers.pages.act_form import WORDS
from handlers.pages.paper_rows import fill_on_page, paper_form
from handlers.papers.forms import MIME, made
from handlers.papers.shelf import Sheet, named, take_off
from web.staff.case_page import code_of
from web.staff.session import (
    LONGEST_TOKEN,
    for_staff,
    not_found,
    posted,
    signed_in,
    staff_page,
)

routes = web.RouteTableDef()


@routes.get("/dashboard/paper/{token}")
@for_staff
async def look(request: web.Request) -> web.Response:
    """The page of a link from the chat. Looking spends nothing: a messenger looks, too."""
    async with signed_in(request) as guest:
        found = await guest.actor.work.paper_links.look(_token(request), guest.person.id)
        try:
            name = await named(guest.actor, *found) if found else None
        except Refused:
            name = None
    return staff_page(
        request, guest, "staff_paper.html", status=200 if name else 404, paper=name,
        token=_token(request),
    )  # fmt: skip


@routes.post("/dashboard/paper/{token}")
@for_staff
async def spend(request: web.Request) -> web.Response:
    """Once, for who asked for it."""
    async with posted(request) as (guest, _):
        found = await guest.actor.work.paper_links.spend(_token(request), guest.person.id)
        try:
            sheet = await take_off(guest.actor, *found) if found else None
        except Refused:
            sheet = None
        if sheet is None:
            return staff_page(
                request, guest, "staff_paper.html", status=404, paper=None, token=""
            )  # fmt: skip
    return await _saved(sheet)


@routes.post("/dashboard/case/{code}/paper/{paper}")
@for_staff
async def load(request: web.Request) -> web.Response:
    """The same from the page of the case."""
    async with posted(request) as (guest, _):
        try:
            sheet = await take_off(guest.actor, code_of(request), request.match_info["paper"])
        except Refused:
            return not_found(request, guest)
    return await _saved(sheet)


@routes.get("/dashboard/case/{code}/paper/{paper}")
@for_staff
async def boxes(request: web.Request) -> web.Response:
    """What is still empty in a paper and may be filled in."""
    async with signed_in(request) as guest:
        try:
            form = await paper_form(guest.actor, code_of(request), request.match_info["paper"])
        except Refused:
            return not_found(request, guest)
    return staff_page(request, guest, "staff_boxes.html", form=form, typed=WORDS)


@routes.post("/dashboard/case/{code}/paper/{paper}/boxes")
@for_staff
async def fill_(request: web.Request) -> web.Response:
    """Kept with the case; pressed twice it is kept once, for nothing is empty the second time."""
    paper = request.match_info["paper"]
    async with posted(request) as (guest, form):
        given = {name: value for name, value in form.items() if name != "csrf"}
        told = {"code": code_of(request), "paper": paper, "given": given}
        await guest.actor.work.inbox.again("boxes", guest.person.id, told)
        try:
            wrong = await fill_on_page(guest.actor, code_of(request), paper, form)
        except Refused:
            return not_found(request, guest)
    if wrong is not None:
        return staff_page(request, guest, "staff_boxes.html", status=422, form=wrong, typed=WORDS)
    location = f"/dashboard/case/{code_of(request)}?said=done#papers"
    return web.Response(status=303, headers={"Location": location})


def _token(request: web.Request) -> str:
    token = request.match_info["token"]
    return token if token.isascii() and len(token) <= LONGEST_TOKEN else ""


async def _saved(sheet: Sheet) -> web.Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{sheet.name}"', "Content-Type": MIME,
        "Cache-Control": "no-store",
    }  # fmt: skip
    return web.Response(body=await made(sheet.printed), headers=headers)
