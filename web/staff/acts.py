"""An act on a page: its form, and the press that does it, by the chat's own rules."""

from collections.abc import Mapping

from aiohttp import web

from cases.errors import Conflict, Refused
from cases.lifecycle import PAGE_ONLY, TABLE, Act
from handlers.pages.act_form import WORDS
from handlers.pages.act_page import Done, Form, NotFilled, Pressed, act_on_page, open_form
from handlers.pages.case_sheet import CaseSheet
from handlers.staff.presses import log_refusal, why_not
from web.parts import PARTS
from web.security import ApiError
from web.staff.case_page import code_of, open_case, show_case
from web.staff.pin import asks_for_pin
from web.staff.session import (
    Guest,
    NotSignedIn,
    for_staff,
    form_of,
    made_here,
    not_found,
    sign_in_page,
    signed_in,
    staff_page,
)

_OURS = ("csrf", "rev", "submission", "pin")  # fields of the page, not of the form
_LONGEST = 64

routes = web.RouteTableDef()


@routes.get("/dashboard/case/{code}/{act}")
@for_staff
async def ask(request: web.Request) -> web.Response:
    """The questions of one act; nothing of the case but its code, level and status."""
    pressed = Pressed(code_of(request), request.match_info["act"], 0, "", {})
    async with signed_in(request) as guest:
        try:
            form = await open_form(guest.actor, pressed)
        except Refused as no:
            return await _say_why(request, guest, no, pressed)
    return _form_page(request, guest, form)


@routes.post("/dashboard/case/{code}/{act}")
@for_staff
async def do(request: web.Request) -> web.Response:
    """Done, or not at all: then the page says why, and what was written is still there."""
    form = await form_of(request)
    pressed = _pressed(request, form)
    try:
        async with signed_in(request) as guest:
            if not made_here(guest, form):  # of an earlier session, or of nobody's
                old = Refused("error.old_page")
                return await _say_why(request, guest, old, pressed, status=403)
            if pressed.act in PAGE_ONLY and (asked := await asks_for_pin(request, guest, form)):
                return asked
            done = await act_on_page(guest.actor, pressed)
    except NotSignedIn:
        return sign_in_page(request, "again", status=401, kept=_written(pressed))
    except NotFilled as unfilled:
        if unfilled.strange:
            async with signed_in(request) as guest:  # what had been begun is rolled back
                await log_refusal(guest.actor, unfilled.form.case.id, pressed.act)
        return _form_page(request, guest, unfilled.form, status=422)
    except Refused as no:
        async with signed_in(request) as guest:  # what had been begun is rolled back
            return await _say_why(request, guest, no, pressed)
    await request.app[PARTS].inlet.record(done.received)
    return web.Response(status=303, headers={"Location": _after(pressed, done)})


def _form_page(
    request: web.Request, guest: Guest, form: Form, *, status: int = 200
) -> web.Response:
    return staff_page(
        request, guest, "staff_act.html", status=status, form=form, typed=WORDS,
        submission=guest.actor.prompt(),
    )  # fmt: skip


async def _say_why(
    request: web.Request, guest: Guest, why: Refused, pressed: Pressed, *, status: int = 409
) -> web.Response:
    """The case as it is now, above it why not, who was faster, and the words that were not recorded."""
    actor = guest.actor
    try:
        opened = await open_case(actor, pressed.code)
    except Refused:
        return not_found(request, guest)
    await log_refusal(actor, opened.case.id, pressed.act)
    happened = opened.happened if isinstance(opened, CaseSheet) else []
    newest = happened[0] if isinstance(why, Conflict) and happened else None
    return show_case(
        request, guest, opened, status=status, problem=why_not(actor, why), newest=newest,
        kept=_written(pressed),
    )  # fmt: skip


def _pressed(request: web.Request, form: Mapping[str, str]) -> Pressed:
    """Raises ApiError 400 for what no page of ours sends."""
    rev, submission = form.get("rev", ""), form.get("submission", "")
    number = rev.isascii() and rev.isdigit() and len(rev) < 10
    if not (number and 0 < len(submission) <= _LONGEST):
        raise ApiError(400)
    given = {name: value for name, value in form.items() if name not in _OURS and value}
    return Pressed(code_of(request), request.match_info["act"], int(rev), submission, given)


def _written(pressed: Pressed) -> tuple[str, ...]:
    return tuple(text for name, text in pressed.given.items() if name.endswith(WORDS))


def _after(pressed: Pressed, done: Done) -> str:
    """Where the browser goes: to the case, or to the list when the case is not theirs any more."""
    if done.again:
        said = "again"
    elif pressed.act == Act.UNDO:
        said = "undone"
    elif pressed.act == Act.ASK_REPORTER:
        said = "letter"
    else:
        said = "undo" if TABLE[Act(pressed.act)].undoable else "done"
    return f"/dashboard/case/{pressed.code}?said={said}" if done.visible else "/dashboard?said=done"
