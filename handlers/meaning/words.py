"""Words that work anywhere, with or without a slash, and the doors that a link opens."""

from collections.abc import Mapping

from cases.errors import Refused
from cases.messages import Incoming
from cases.posters import is_poster
from cases.typed.first_words import Word
from handlers.actions.add_to_report import cry_for_help
from handlers.actions.leave import close_talks, leave
from handlers.actions.manage_staff import enrol
from handlers.actor import Actor
from handlers.meaning.answering import next_answer
from handlers.reporter.follow_up import (
    acknowledge,
    begin_safety,
    begin_write,
    my_cases,
    newest_open,
)
from handlers.reporter.menu import follow, help_, language, set_language
from handlers.reporter.my_data import on_my_data
from handlers.reporter.reporting import (
    begin_report,
    continue_report,
    go_on,
    menu,
    reporter_words,
    same_again,
)
from handlers.staff.desk import command
from handlers.staff.home import staff_home
from handlers.staff.unfinished import act_of, offer_to_go_on, put_down
from handlers.talk.model import Said
from handlers.talks import open_talk

STAFF_WORDS = ("work", "case", "find", "duty", "off", "invite_staff", "web", "papers", "opening")


async def worded(actor: Actor, word: Word, incoming: Incoming) -> None:
    """A word that works anywhere."""
    row = await open_talk(actor)
    name = word.name
    if name == "exit":
        await leave(actor)
    elif name in ("back", "skip") and row is not None:
        await next_answer(actor, row, Said("option", option=name))
    elif name == "cancel":
        await _cancel(actor)
    elif name == "sos":
        await _sos(actor)
    elif name in ("invitation", "start"):
        await start(actor, word.rest)
    elif name == "unknown":
        await actor.say(actor.words("error.unknown_command"))
    elif name in STAFF_WORDS:
        await staff_word(actor, word)
    else:
        await _plain_word(actor, name, word.rest)


async def _plain_word(actor: Actor, name: str, rest: str) -> None:
    if name == "help":
        await help_(actor)
    elif name == "lang" and rest.lower() in actor.kit.catalog.languages:
        await set_language(actor, rest.lower())
    elif name == "lang":
        await language(actor)
    elif name == "follow":
        await follow(actor)
    elif name == "report":
        await _report_anew(actor, {})
    elif name.startswith("rights") and actor.person is None:
        await on_my_data(actor, name)
    elif name in ("write", "more", "safety") and actor.person is None:
        await _menu_word(actor, name)
    else:
        await actor.say(actor.words("talk.nothing_open"))


async def _menu_word(actor: Actor, name: str) -> None:
    """The words of the menu after the receipt, typed."""
    cases = await my_cases(actor)
    case = newest_open(cases)
    if name == "safety":
        await begin_safety(actor)
    elif name == "write" or case is None:
        await begin_write(actor)
    else:
        text = reporter_words(actor, case, "talk.menu")
        await acknowledge(actor, case, text)


async def staff_word(actor: Actor, word: Word) -> None:
    if actor.person is None:
        raise Refused("error.no_role")
    await command(actor, word)


async def _sos(actor: Actor) -> None:
    row = await open_talk(actor)
    if row is not None and row.flow == "report":
        await continue_report(actor, row, Said("sos"))
        return
    assert actor.voice is not None
    cases = await actor.work.cases.reported_by(actor.voice.contact.id)
    if (case := newest_open(cases)) is not None:
        await cry_for_help(actor, case)
        await menu(actor, case, reporter_words(actor, case, "talk.danger"))
        return
    await begin_report(actor, None, same_again(cases[0]) if cases else {}, sos=True)


async def _cancel(actor: Actor) -> None:
    row = await open_talk(actor)
    if row is None:
        await actor.say(actor.words("talk.nothing_open"))
    elif row.flow == "report":
        await close_talks(actor)
        await actor.say(actor.words("talk.cancelled"))
    elif await put_down(actor, row):
        await actor.say(actor.words("unfinished.later", act=actor.words(f"act.{act_of(row)}")))
    else:
        await actor.work.talks.delete(row.id)
        await actor.say(actor.words("talk.cancelled"))
        await offer_to_go_on(actor)


async def start(actor: Actor, payload: str) -> None:
    if is_poster(payload):
        await _report_anew(actor, actor.kit.places().areas.of_poster(payload))
    elif payload and not payload.startswith("web"):
        await enrol(actor, payload)
    elif actor.person is not None:
        await staff_home(actor)
    else:
        await _report_anew(actor, {})


async def _report_anew(actor: Actor, notes: Mapping[str, str]) -> None:
    """A report that is being told goes on; who comes by a poster then has its place to press."""
    row = await open_talk(actor)
    if row is not None and row.flow == "report":
        await go_on(actor, row, notes)
        return
    await begin_report(actor, None, notes)
