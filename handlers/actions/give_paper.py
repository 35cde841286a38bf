"""A way to one paper, given in the chat: a link for one use, worth nothing without a session."""

from cases.errors import Refused
from cases.model import Case
from handlers.actor import Actor
from handlers.links import link_button, pages_address, secret
from handlers.papers.boxes import Paper


async def give_paper(actor: Actor, case: Case, paper: Paper, name: str) -> None:
    """Nothing of the paper itself is sent over a messenger. Raises Refused where there are no pages."""
    assert actor.person is not None
    address = pages_address(actor.kit)
    if not address:
        raise Refused("error.no_pages")
    token = secret(actor.kit.chance)
    await actor.work.paper_links.make(token, actor.person.id, case.id, paper.id)
    await actor.work.audit.write(actor.person.id, "paper_link", case.id, {"paper": paper.id})
    link = f"{address}/dashboard/paper/{token}"
    words = [actor.words("papers.link", name=name, link=link), actor.words("papers.sign_in")]
    await actor.say("\n\n".join(words), link_button(actor, link, actor.words("papers.open")))
