"""An invitation in clear, for the only time: the code and every way in."""

from cases.codes import invitation
from handlers.actor import Actor, Kit
from storage.records.invites import LIFE
from storage.records.people import Invite


async def new_code(actor: Actor, invite: Invite) -> tuple[str, str]:
    """A one-time code for it, and the name by which it can be confirmed."""
    code = invitation(actor.work.draws)
    return code, await actor.work.invites.create(code, invite, actor.work.now + LIFE)


def ways_in(actor: Actor, code: str, what: str = "invitation") -> str:
    """The code and its links, one a line; `what` it is for: an invitation, or an `address`."""
    kit = actor.kit
    lines = [actor.words(f"{what}.code", code=code)]
    if kit.public_url:
        link = f"{kit.public_url.rstrip('/')}/join/{code}"
        lines.append(actor.words("invitation.web", link=link))
    if telegram := _telegram(kit):
        lines.append(actor.words("invitation.telegram", link=f"{telegram}?start={code}"))
    return "\n".join([*lines, actor.words("invitation.typed", code=code)])


def _telegram(kit: Kit) -> str:
    links = (one.link for (name, _), one in kit.channels.items() if name == "telegram")
    return next((link for link in links if link), "")
