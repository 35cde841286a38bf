"""What a reporter may ask about their own data: see, correct, take back, erase; of their own report only."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from cases.data_rights import DONE, REFUSED
from cases.messages import Choice, Incoming
from cases.model import Case
from cases.safe_contact import NEVER, Safety
from cases.times.calendar import local
from handlers.actions.add_to_report import add_words
from handlers.actions.data_rights import Asked, done_at_once, take_request
from handlers.actor import Actor
from handlers.casework.consenting import withdraw
from handlers.casework.intake import is_child
from handlers.casework.threads import safety_of
from handlers.flows.my_data import MY_DATA
from handlers.render import PUBLIC, answers_of, summary
from handlers.reporter.reporting import leave_forms, repeat_question, reporter_words
from handlers.talk.model import Said
from handlers.talks import ask, carry_on, open_talk, start
from notifications.announce import OFFER_LIFE
from storage.records.offers import Offer
from storage.records.rights import Request
from storage.records.talks import TalkRow

OPTIONS = ("rights_see", "rights_correct", "rights_withdraw", "rights_erase")


async def _menu(actor: Actor, case: Case) -> None:
    """What they may ask for; while a report is being told, by words only."""
    await leave_forms(actor)
    text = reporter_words(actor, case, "rights.menu")
    row = await open_talk(actor)
    if row is not None and row.flow == "report":
        await repeat_question(actor, row, [text, actor.words("rights.typed")])
        return
    await _offer(actor, case, text)


async def _offer(actor: Actor, case: Case, text: str) -> None:
    assert actor.voice is not None
    prompt = actor.prompt()
    await actor.work.offers.put(
        Offer(prompt, actor.voice.contact.id, "menu", list(OPTIONS), actor.work.now + OFFER_LIFE,
              case.id)
    )  # fmt: skip
    child = actor.voice.child
    labels = {one: actor.words_for(f"relay.menu.{one}", child=child) for one in OPTIONS}
    await actor.say(
        text, tuple(Choice(one, labels[one]) for one in OPTIONS), case_id=case.id, prompt=prompt
    )


async def on_my_data(actor: Actor, option: str) -> None:
    """The menu or one of its four, pressed or typed; only where this address has a report of its own.

    Whose report it is, is asked again at every press.
    """
    case = await _mine(actor)
    if case is None:  # perhaps their first message of all: whom to call stands in it
        await _say(actor, f"{actor.words('rights.nothing')}\n\n{actor.words('talk.help')}")
        return
    await _DO[option](actor, case)


async def _mine(actor: Actor) -> Case | None:
    """Their newest report as they told it themselves: never the case it was joined to."""
    assert actor.voice is not None
    if actor.person is not None:
        return None
    for case in await actor.work.cases.reported_by(actor.voice.contact.id):
        told = actor.voice.told.get(case.id)
        return await actor.work.cases.get(told.told_in if told else case.id) or case
    return None


async def _see(actor: Actor, case: Case) -> None:
    """What they wrote themselves. Where somebody else may read this phone it is not shown here."""
    assert actor.voice is not None
    safety = await safety_of(actor.work, case, actor.voice.contact)
    if _may_be_read_by_others(safety):
        one = await take_request(actor, _asked(actor, case, "see"))
        await _say(actor, _taken(actor, case, one, "rights.see_later"))
        return
    await done_at_once(actor, _asked(actor, case, "see"), DONE)
    await actor.work.audit.write("reporter", "rights_shown", case.id)
    events = [one for one in await actor.work.cases.events(case.id) if one.actor == "reporter"]
    if (
        len(await actor.work.threads.of_case(case.id)) > 1
    ):  # whose the later words are, nobody can say
        events = [one for one in events if one.key == f"{case.id}:open"]
    answers = answers_of(events)
    lines = summary(actor.kit, actor.lang, answers, how=PUBLIC)
    lines += [f"{actor.words('field.added')}: {one}" for one in answers.get("added", ())]
    consents = await actor.work.consents.of_case(case.id)
    agreed = [one for one in consents if one.contact_id == actor.voice.contact.id]
    lines += [
        actor.words("rights.consent", day=f"{local(one.given_at):%d/%m/%Y}", version=one.version,
                    withdrawn="yes" if one.withdrawn_at else "no")
        for one in agreed
    ]  # fmt: skip
    head = reporter_words(actor, case, "rights.seen")
    await _say(actor, "\n".join([head, *lines, actor.words("rights.seen_more")]))


def _may_be_read_by_others(safety: Safety) -> bool:
    return safety.shared or safety.child or safety.left or safety.unsafe or safety.said == NEVER


async def _correct(actor: Actor, case: Case) -> None:
    """One question; the answer joins the report, and a person puts it right."""
    assert actor.voice is not None
    await leave_forms(actor)
    step = await start(actor, MY_DATA, None, {"child": is_child(case)}, {})
    assert step.turn.asking is not None
    await ask(actor, replace(step.row, case_id=case.id), step.turn.asking, [])


async def corrected(actor: Actor, row: TalkRow, said: Said) -> None:
    """What is wrong: kept with the report in their words, and owed within the law's days."""
    step = carry_on(actor, row, said, {})
    if not step.turn.finished:
        assert step.turn.asking is not None
        await ask(actor, step.row, step.turn.asking, [])
        return
    await actor.work.talks.delete(row.id)
    case = await _mine(actor)
    if case is None:
        await _say(actor, actor.words("rights.nothing"))
        return
    assert actor.voice is not None
    now_in = await actor.work.cases.get(actor.voice.now_in(case.id)) or case
    text = str(step.row.answers["answers"]["correction"])
    await add_words(actor, now_in, Incoming("", "", "", "", "", actor.work.now, "text", text=text))
    one = await take_request(actor, replace(_asked(actor, case, "correct"), text=text))
    await _say(actor, _taken(actor, case, one, "rights.taken"))


async def _withdraw(actor: Actor, case: Case) -> None:
    """At once, and it is said when the last copy is gone."""
    assert actor.voice is not None
    became = await withdraw(actor, case, actor.voice.contact.id)
    outcome, why = (REFUSED, "hold") if became == "held" else (DONE, "")
    await done_at_once(actor, _asked(actor, case, "withdraw"), outcome, why)
    await _say(actor, reporter_words(actor, case, f"rights.withdrawn_{became}"))


async def _erase(actor: Actor, case: Case) -> None:
    """A person decides; that what was told about a child is kept to protect it is said at once."""
    one = await take_request(actor, _asked(actor, case, "erase"))
    await _say(actor, _taken(actor, case, one, "rights.erase_asked"))


def _asked(actor: Actor, case: Case, what: str) -> Asked:
    assert actor.voice is not None
    return Asked(what, "bot", case=case, contact_id=actor.voice.contact.id)


def _taken(actor: Actor, case: Case, one: Request, key: str) -> str:
    day = f"{local(one.due_at):%d/%m/%Y}"
    return reporter_words(actor, case, key, no=one.no, due=day)


async def _say(actor: Actor, text: str) -> None:
    """A report that is being told goes on with its open question."""
    row = await open_talk(actor)
    if row is not None and row.flow == "report":
        await repeat_question(actor, row, [text])
        return
    await actor.say(text)


_DO: Mapping[str, Callable[[Actor, Case], Awaitable[None]]] = {
    "rights": _menu,
    "rights_see": _see, "rights_correct": _correct, "rights_withdraw": _withdraw,
    "rights_erase": _erase,
}  # fmt: skip
