"""An answer to a notice or a card: a note on its case."""

from cases.errors import Refused
from cases.messages import Incoming
from handlers.actor import Actor
from handlers.files.sent_files import Owner, note_files
from handlers.staff.desk import note_by_reply
from storage.records.talks import TalkRow


async def reply_to_notice(actor: Actor, incoming: Incoming) -> bool:
    """An answer to a notice or card is a note on its case, or is refused aloud; never lost."""
    assert actor.voice is not None
    if not (incoming.about and (incoming.text or incoming.media)):
        return False
    found = await actor.work.outbox.cases_of(actor.voice.contact.id, incoming.about)
    if len(found) > 1:
        raise Refused("error.which_case")
    if found:
        # The gate comes first: what may not be seen takes no file either.
        await note_by_reply(actor, found[0], incoming.text or actor.words("media.staff_note"))
        await note_files(actor, incoming, Owner(found[0]))
    return bool(found)


async def about_another_case(actor: Actor, row: TalkRow, incoming: Incoming) -> bool:
    """An answer to a message of another case than the one whose form is open is none to that form."""
    assert actor.voice is not None
    if actor.person is None or not incoming.about:
        return False
    found = await actor.work.outbox.cases_of(actor.voice.contact.id, incoming.about)
    return bool(found) and row.case_id not in found and await reply_to_notice(actor, incoming)
