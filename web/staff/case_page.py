"""The page of one case: everything the card knows, every clock, what happened, what may be done now."""

from aiohttp import web

from cases.codes import read_code
from cases.errors import Refused
from handlers.actor import Actor
from handlers.pages.case_sheet import CaseSheet, open_sheet
from handlers.pages.part_sheet import PartSheet, open_part
from handlers.staff.links import slip_address
from web.staff.dashboard import said_of
from web.staff.session import Guest, for_staff, not_found, signed_in, staff_page

FIRST = 4  # acts that stand open, as on a card; the others are one press away

routes = web.RouteTableDef()


def code_of(request: web.Request) -> str:
    """The code in the address; what is no code finds nothing."""
    return read_code(request.match_info["code"]) or "-"


@routes.get("/dashboard/case/{code}")
@for_staff
async def case_page(request: web.Request) -> web.Response:
    """The reading is in the log before the page leaves."""
    async with signed_in(request) as guest:
        try:
            opened = await open_case(guest.actor, code_of(request))
        except Refused:  # the gate has logged it: that row commits, too
            return not_found(request, guest)
    return show_case(request, guest, opened, said=said_of(request.query.get("said", "")))


async def open_case(actor: Actor, ref: str) -> CaseSheet | PartSheet:
    """The case, or the part of it that is theirs; the reading is logged. Raises Refused."""
    return await open_part(actor, ref) or await open_sheet(actor, ref)


def show_case(
    request: web.Request,
    guest: Guest,
    opened: CaseSheet | PartSheet,
    *,
    status: int = 200,
    **values: object,
) -> web.Response:
    """`values`: what the page says above the case. Each page is one submission of each of its acts."""
    above = {"said": "", "problem": "", "newest": None, "kept": (), **values}
    name = "staff_case.html" if isinstance(opened, CaseSheet) else "staff_part.html"
    if isinstance(opened, CaseSheet):
        above["links"] = [
            (one.text, one.token and slip_address(guest.actor.kit, one.token))
            for one in opened.others
        ]
    return staff_page(
        request, guest, name, status=status, opened=opened, first=FIRST,
        submission=guest.actor.prompt(), **above,
    )  # fmt: skip
