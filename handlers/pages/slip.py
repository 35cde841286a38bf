"""A slip: what another body may read of a case for one purpose, and its one press that it was received."""

from dataclasses import dataclass
from typing import Any

from cases.model import Case, Record, Status
from cases.records import records
from cases.sharing import PURPOSES, purposes_for, shared
from handlers.actor import Actor
from handlers.casework.acts.referrals import received_by_link
from handlers.casework.cards import refresh
from handlers.render import answers_of, summary, times_of
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
    await actor.work.audit.write("slip", "slip_opened", case.id, {"no": referral.no})
    if slip.opened_at is None:
        await actor.work.slips.opened(token)
        await refresh(actor, case)
    return await _page(actor, case, referral, lang)


async def answer_slip(actor: Actor, token: str, lang: str = "vi") -> SlipPage | None:
    """They have it: said once, however often it is pressed."""
    found = await _found(actor, token)
    if found is None:
        return None
    _, case, referral = found
    if referral.state == "sent":
        await received_by_link(actor, case, referral)
        case = await actor.work.cases.get(case.id) or case
        referral = next(one for one in records(case, "referral") if one.no == referral.no)
    return await _page(actor, case, referral, lang)


async def _found(actor: Actor, token: str) -> tuple[Slip, Case, Record] | None:
    """Not for a link that has run out, a case that is closed, or a body that may not know any more."""
    slip = await actor.work.slips.get(token)
    case = await actor.work.cases.get(slip.case_id) if slip is not None else None
    if slip is None or case is None or case.status is Status.CLOSED:
        return None
    referral = next(one for one in records(case, "referral") if one.no == slip.no)
    return (slip, case, referral) if referral.body["purpose"] in purposes_for(case) else None


async def _page(actor: Actor, case: Case, referral: Record, lang: str) -> SlipPage:
    """The fields of the purpose, and what the sender wrote for them; nothing else of the case."""
    kit, purpose = actor.kit, str(referral.body["purpose"])
    say, names = kit.catalog.say, kit.places().areas.communes
    lines = [
        say(lang, "slip.from", name=names.get(case.commune, "–")),
        say(lang, "slip.purpose", purpose=say(lang, f"act_refer.purpose.{purpose}")),
        say(lang, "slip.ground", ground=PURPOSES[purpose].ground),
        say(lang, "card.level", level=say(lang, f"level.{case.level}")),
        *summary(kit, lang, await _shared(actor, case, referral), whole=True),
    ]
    if isinstance(text := referral.body.get("text"), str):
        lines.append(say(lang, "slip.text", text=text))
    received = ""
    if referral.state == "received":
        received = say(lang, "slip.received", **times_of(kit, lang, referral.changed_at))
    return SlipPage(say(lang, "slip.head", code=case.code), lines, received)


async def _shared(actor: Actor, case: Case, referral: Record) -> dict[str, Any]:
    """Answers of the report as far as the purpose goes; what was said first belongs to the story."""
    told = answers_of(await actor.work.cases.events(case.id)) | {"kind": case.kind}
    fields = shared(referral.body)
    fields += ("first_words",) * ("story" in fields)
    return {name: told[name] for name in fields if name in told}
