"""On the card: what others were asked and have not answered yet, and how a body knows its referral."""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from cases.model import Case, Record, Status
from cases.records import records
from cases.sharing import body_of, purposes_for, shut_to
from cases.times.calendar import local
from handlers.actor import Kit
from storage.records.slips import Slip
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Other:
    """One line; `token`: of the link that is still good, for whoever has the case."""

    text: str
    token: str = ""


def slip_token(kit: Kit, case: Case, referral: Record) -> str:
    """128 bits that only who was given the link has; derived, so that the link can be shown again."""
    what = f"slip|{case.id}|{referral.no}".encode()
    return urlsafe_b64encode(hmac.digest(kit.code_key, what, "sha256")[:16]).decode().rstrip("=")


def still_good(case: Case, referral: Record) -> bool:
    """Whether the body may still read what it was told: the commune has the case, and may tell it."""
    here = case.status is not Status.CLOSED and case.commune == referral.commune
    return here and referral.body["purpose"] in purposes_for(case)


def by_link(referral: Record) -> bool:
    return referral.body.get("way") == "link"


def sent_words(kit: Kit, lang: str, referral: Record) -> str:
    """Which body, and since when it waits."""
    body = kit.catalog.say(lang, f"body.{body_of(referral.body)}")
    return kit.catalog.say(lang, "refer.sent", body=body, at=f"{local(referral.made_at):%H:%M}")


async def others_of(work: UnitOfWork, kit: Kit, lang: str, case: Case) -> list[Other]:
    """Every visit and offer that is open, and every referral with what became of it."""
    slips = await work.slips.of_case(case.id) if records(case, "referral") else {}
    found = []
    for one in records(case, "referral"):
        slip = slips.get(one.no)
        good = slip is not None and slip.expires_at > work.now and still_good(case, one)
        text = _referral(kit, lang, case, one, slip)
        found.append(Other(text, slip_token(kit, case, one) if good else ""))
    found += [
        Other(_say(kit, lang, f"other.visit_{one.state}", one))
        for one in records(case, "visit", "asked", "accepted")
    ]
    for one in records(case, "handover", "offered", "sent"):
        name = kit.places().areas.communes.get(one.commune, one.commune)
        found.append(Other(_say(kit, lang, f"other.handover_{one.state}", one, name=name)))
    return found


def _referral(kit: Kit, lang: str, case: Case, one: Record, slip: Slip | None) -> str:
    """Sent, opened or received, and when; or that nobody waits for that body any more."""
    body, state, at = kit.catalog.say(lang, f"body.{body_of(one.body)}"), one.state, one.changed_at
    if state == "sent" and slip is not None and slip.opened_at is not None:
        state, at = "opened", slip.opened_at
    if state != "received" and body_of(one.body) in shut_to(case):
        state, at = "shut", one.changed_at
    return kit.catalog.say(lang, f"other.referral_{state}", body=body, at=f"{local(at):%H:%M}")


def _say(kit: Kit, lang: str, key: str, one: Record, **more: str) -> str:
    return kit.catalog.say(lang, key, at=f"{local(one.changed_at):%H:%M}", **more)
