"""The link of a referral, to be handed on by whoever made it."""

from cases.model import Case
from cases.records import records
from cases.sharing import body_of
from cases.times.calendar import local
from handlers.actor import Actor, Kit
from handlers.casework.others import by_link, slip_token
from handlers.links import pages_address


def slip_address(kit: Kit, token: str) -> str:
    """Behind the # no server and no preview robot sees what opens it."""
    return f"{pages_address(kit)}/slip#{token}"


async def show_link(actor: Actor, case: Case) -> None:
    """Said once here, so that it can be copied and sent; the case's page shows it again."""
    referral = records(case, "referral")[-1]
    if not by_link(referral):
        return
    slip = (await actor.work.slips.of_case(case.id))[referral.no]
    until = local(slip.expires_at)
    words = actor.words(
        "refer.link", body=actor.words(f"body.{body_of(referral.body)}"),
        link=slip_address(actor.kit, slip_token(actor.kit, case, referral)),
        at=f"{until:%H:%M}", day=actor.day(slip.expires_at),
    )  # fmt: skip
    await actor.say(words, protect=False)
