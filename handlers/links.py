"""Links from the chat to the pages: where they stand, a secret for one use, the button that opens one."""

from base64 import urlsafe_b64encode

from cases.codes import Chance
from cases.errors import Refused
from cases.messages import Choice
from handlers.actor import Actor, Kit


def pages_address(kit: Kit) -> str:
    """Where the pages stand: the public address, else where the web chat of this machine listens."""
    chat = kit.channels.get(("web", "site"))
    return (kit.public_url or (chat.link if chat is not None else "")).rstrip("/")


def secret(chance: Chance) -> str:
    """128 bits in 22 characters."""
    return urlsafe_b64encode(chance.bytes(16)).decode().rstrip("=")


def link_button(actor: Actor, link: str, label: str) -> tuple[Choice, ...]:
    """None where a messenger refuses it: a button to an address of one's own machine."""
    assert actor.voice is not None
    clickable = link.startswith("https://") or actor.voice.contact.channel == "web"
    return (Choice("open", label, url=link),) if clickable else ()


async def link_to_pages(actor: Actor, label: str) -> tuple[str, tuple[Choice, ...]]:
    """One link, for one sign-in within five minutes; the token stands where no server sees it.

    Raises Refused: there are no pages.
    """
    person, voice = actor.person, actor.voice
    assert person is not None
    assert voice is not None
    address = pages_address(actor.kit)
    if not address:
        raise Refused("error.no_pages")
    token = secret(actor.kit.chance)
    await actor.work.sign_in.make_link(token, person.id, voice.contact.id)
    link = f"{address}/dashboard#{token}"
    return link, link_button(actor, link, label)
