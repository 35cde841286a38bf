"""A slip: what another body may read of a case for one purpose, and its one press that it was received."""

from dataclasses import dataclass

from cases.access import hidden_from
from cases.model import Case, Record
from cases.records import records
from handlers.actor import Actor
from handlers.casework.acts.referrals import received_by_link
from handlers.casework.cards import refresh
from handlers.casework.others import still_good
from handlers.casework.told import told_lines
from handlers.render import times_of
from storage.records.slips import Slip


@dataclass(frozen=True, slots=True)
class SlipPage:
    """What the page shows. `received`: when somebody there said so, in words, or ""."""

    head: str
    lines: list[str]
    received: str


async def open_slip(actor: Actor, token: str, lang: str = "vi") -> SlipPage | None:
    """A press on the page: logged, and the card shows that it was opened. None = nothing is here."""
    found = await _found(actor, token)
    if found is None:
        return None
    slip, case, referral = found
    await actor.work.inbox.again("slip_opened", "", {"token": token})
    await actor.work.audit.write("slip", "slip_opened", case.id, {"no": referral.no})
    if slip.opened_at is None:
        await actor.work.slips.opened(token)
        await refresh(actor, case)
    return _page(actor, case, referral, lang)


async def answer_slip(actor: Actor, token: str, lang: str = "vi") -> SlipPage | None:
    """They have it: said once, however often it is pressed."""
    found = await _found(actor, token)
    if found is None:
        return None
    _, case, referral = found
    if referral.state == "sent":
        await actor.work.inbox.again("slip_received", "", {"token": token})
        await received_by_link(actor, case, referral)
        case = await actor.work.cases.get(case.id) or case
        referral = next(one for one in records(case, "referral") if one.no == referral.no)
    return _page(actor, case, referral, lang)


async def _found(actor: Actor, token: str) -> tuple[Slip, Case, Record] | None:
    """Not for a link that has run out, or a case or a body that has nothing to do with it any more."""
    slip = await actor.work.slips.get(token)
    case = await actor.work.cases.get(slip.case_id) if slip is not None else None
    if slip is None or case is None:
        return None
    referral = next(one for one in records(case, "referral") if one.no == slip.no)
    shut = not still_good(case, referral) or await _out(actor, case, referral)
    return None if shut else (slip, case, referral)


async def _out(actor: Actor, case: Case, referral: Record) -> bool:
    """Whether whoever sent it, and has its link, may not know of the case any more."""
    sender = await actor.work.people.get(referral.person)
    excluded = await actor.work.cases.exclusions(case.id)
    return sender is None or sender.id in excluded or hidden_from(case, sender)


def _page(actor: Actor, case: Case, referral: Record, lang: str) -> SlipPage:
    say = actor.kit.catalog.say
    received = ""
    if referral.state == "received":
        received = say(lang, "slip.received", **times_of(actor.kit, lang, referral.changed_at))
    lines = told_lines(actor.kit, lang, referral)
    return SlipPage(say(lang, "slip.head", code=case.code), lines, received)
