"""Who is signed in: a cookie nobody can read, a session that ends, a token in every form."""

import hmac
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import wraps

from aiohttp import web

from cases.limits import LIMITS
from cases.model import Person, Role
from cases.openings import MAY_ASK
from handlers.actor import Actor
from handlers.guessing import guesses
from handlers.pages.roster import may_look
from handlers.reports import READERS
from storage.records.sign_in import IDLE, Session
from web.networks import NETWORKS
from web.pages import language, page
from web.parts import PARTS
from web.security import ApiError, same_origin, secure_cookie

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
LONGEST_TOKEN = 64
RESTS = "/dashboard/rest"  # in place of a page that nobody used for long
# What was told, and a code that opens the door to somebody.
_SHOW = ("staff_case.html", "staff_file.html", "staff_part.html", "staff_invited.html")


class NotSignedIn(Exception):
    """There is no session behind this cookie, or not any more."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is signed in, inside one transaction. `chat`: the page of the chat is theirs too."""

    actor: Actor
    person: Person
    session: Session
    chat: bool


def cookie_name(request: web.Request) -> str:
    """`__Host-` binds it to this site and https; on one's own machine there is no https."""
    return "__Host-annhi_staff" if secure_cookie(request) else "annhi_staff"


def token_of(request: web.Request) -> str:
    token = request.cookies.get(cookie_name(request), "")
    return token if token.isascii() and len(token) <= LONGEST_TOKEN else ""


@asynccontextmanager
async def signed_in(request: web.Request) -> AsyncIterator[Guest]:
    """One transaction of somebody who is signed in. Raises NotSignedIn.

    What a page shows is read in it: it has committed, with its log, before the answer leaves.
    """
    parts = request.app[PARTS]
    changing = request.method != "GET"
    async with parts.store.transaction("page", holding=changing) as work:
        session = await work.sign_in.session(token_of(request))
        person = await work.people.get(session.person_id) if session else None
        if session is None or person is None or not person.active:
            raise NotSignedIn
        chat = any(one.channel == "web" for one in await work.contacts.of_person(person.id))
        actor = Actor(work, parts.kit, person=person, name=person.id)
        yield Guest(actor, person, session, chat)


async def form_of(request: web.Request) -> Mapping[str, str]:
    """The words of a form that came from our own page. Raises ApiError."""
    same_origin(request)
    try:
        form = await request.post()
    except (ValueError, LookupError) as error:  # torn, or in letters that nobody knows
        raise ApiError(400) from error
    return {name: value for name, value in form.items() if isinstance(value, str)}


def made_here(guest: Guest, form: Mapping[str, str]) -> bool:
    """Whether the form was made in this very session."""
    return hmac.compare_digest(form.get("csrf", "").encode(), guest.session.csrf.encode())


@asynccontextmanager
async def posted(request: web.Request) -> AsyncIterator[tuple[Guest, Mapping[str, str]]]:
    """A form of a page of this session, in one transaction. Raises NotSignedIn, ApiError."""
    form = await form_of(request)
    async with signed_in(request) as guest:
        if not made_here(guest, form):
            raise ApiError(403)
        yield guest, form


def for_staff(handler: Handler) -> Handler:
    """A page of who is signed in; everybody else is told how to come in."""

    @wraps(handler)
    async def guarded(request: web.Request) -> web.StreamResponse:
        try:
            answer = await handler(request)
            if answer.status == 404:
                await _slow_down(request)
        except NotSignedIn:
            return sign_in_page(request, status=401)
        return answer

    return guarded


async def _slow_down(request: web.Request) -> None:
    """Whoever asks for many pages that are not there, or not theirs, gets each of them later."""
    async with signed_in(request) as guest:
        many = await guesses(guest.actor, "case_codes", guest.person.id)
    if many:
        await request.app[NETWORKS].wait(LIMITS["case_codes"].wait)


def sign_in_page(
    request: web.Request, note: str = "", *, status: int = 200, kept: tuple[str, ...] = ()
) -> web.Response:
    """The button that spends a link, and how to get one. `kept`: words that were not recorded."""
    answer = page(request, "staff_sign_in.html", language(request), note=note, kept=kept)
    answer.set_status(status)
    return answer


def staff_page(
    request: web.Request, guest: Guest, name: str, *, status: int = 200, **values: object
) -> web.Response:
    """A page in the language of its reader, with what every form of it needs.

    What shows a case does not outlive its session when it is left open; words that were not recorded do.
    """
    answer = page(
        request, name, guest.person.lang, csrf=guest.session.csrf, chat=guest.chat,
        settings=may_look(guest.person), chains=guest.person.role is Role.SUPERVISOR,
        figures=guest.person.role in READERS, opens=guest.person.role in MAY_ASK,
        leads=guest.person.role is Role.LEADER,
        role=guest.actor.words(f"role.{guest.person.role}"), **values,
    )  # fmt: skip
    answer.set_status(status)
    if name in _SHOW and not values.get("kept"):
        answer.headers["Refresh"] = f"{IDLE.seconds}; url={RESTS}"
    return answer


async def not_theirs(request: web.Request, guest: Guest, what: str) -> web.Response:
    """Opened or sent by somebody whose it is not: logged as any refused act, and nothing is there."""
    await guest.actor.work.audit.write(guest.person.id, "refused", "", {"act": what})
    return not_found(request, guest)


def not_found(request: web.Request, guest: Guest) -> web.Response:
    """The same for a case that is not there and for one that is not theirs."""
    return staff_page(request, guest, "staff_gone.html", status=404)
