"""The code of a case, typed where free words are asked for: the answer, or that case? One question."""

from cases.codes import read_code
from cases.lifecycle import Act
from cases.messages import Choice, Incoming
from cases.typed.first_words import Word
from handlers.access import known_by
from handlers.actor import Actor
from handlers.flows import FLOWS
from handlers.flows.act_forms import ACT_FORMS
from handlers.flows.staff_forms import FIND, OPENING
from handlers.meaning.answering import next_answer
from handlers.staff.act_talk import on_form
from handlers.staff.desk import command
from handlers.talk.answers import Words
from handlers.talk.model import Said
from handlers.talks import open_talk
from notifications.announce import OFFER_LIFE
from storage.records.offers import Offer
from storage.records.talks import TalkRow

KIND = "code"
ANSWER, OPEN = "answer", "open"
# A code is what these ask for.
_FOR_CODES = (FIND.name, OPENING.name, ACT_FORMS[Act.MERGE].name)


async def which_is_meant(actor: Actor, row: TalkRow, incoming: Incoming) -> bool:
    """Whether it may be either, and was asked. A case that is not theirs is never hinted at."""
    if actor.person is None or incoming.kind != "text" or incoming.about:
        return False
    code = read_code(incoming.text)
    if code is None or not _free_words(row):
        return False
    case = await known_by(actor.work, actor.person, code)
    if case is None:
        return False
    assert actor.voice is not None
    prompt, options = actor.prompt(), [ANSWER, OPEN]
    await actor.work.offers.put(
        Offer(prompt, actor.voice.contact.id, KIND, options, actor.work.now + OFFER_LIFE,
              case.id, row.rev, row.id)
    )  # fmt: skip
    buttons = tuple(Choice(one, actor.words(f"code_typed.{one}")) for one in options)
    await actor.say(actor.words("code_typed.which", code=case.code), buttons, prompt=prompt)
    return True


def _free_words(row: TalkRow) -> bool:
    asked = FLOWS[row.flow].next(row.answers["answers"])
    return row.flow not in _FOR_CODES and asked is not None and isinstance(asked.answer, Words)


async def on_which(actor: Actor, offer: Offer, option: str) -> None:
    """The case, with the form still open behind it; or the answer, if its question is still open."""
    assert actor.person is not None
    case = await known_by(actor.work, actor.person, offer.case_id)
    if option == OPEN or case is None:
        await command(actor, Word("case", case.code if case is not None else ""))
        return
    row = await open_talk(actor)
    if row is not None and (row.id, row.rev) == (offer.message, offer.rev):
        await next_answer(actor, row, Said("text", text=case.code))
    elif row is not None and row.flow != "report":
        await on_form(actor, row, None)
    else:
        await actor.say(actor.words("error.old_button"))
