"""What an act asks before it is done: one short form per act, one question per message."""

from collections.abc import Mapping

from cases.lifecycle import Act
from cases.model import Level, Person, Role
from handlers.talk.answers import Choice, Pick, Words
from handlers.talk.flow import Ask, Flow

LEVELS = (Level.URGENT, Level.HIGH, Level.MEDIUM, Level.LOW)
MEASURES = ("medical", "mental", "shelter", "police", "care", "legal")
NOTES = ("call", "arrived", "saw_child", "saw_carer", "other")

_STANDING = ("back", "cancel")


def _ask(ask_id: str, answer: Choice | Words | Pick) -> Ask:
    return Ask(ask_id, answer, standing=_STANDING, must=True)


_ASKS: Mapping[Act, tuple[Ask, ...]] = {
    Act.DECLINE: (_ask("reason", Choice(("busy", "away", "involved"))),),
    Act.RELEASE: (_ask("reason", Words()),),
    Act.ASSIGN: (_ask("person", Pick("people")),),
    Act.VERIFY: (_ask("whom", Words()),),
    Act.CONFIRM_MEASURE: (
        _ask("decision", Choice(("confirmed", "refused"))),
        _ask("reason", Words()),
    ),
    Act.NOTE: (
        _ask("what", Choice(NOTES)),
        Ask("text", Words(), standing=("skip", "back", "cancel")),
    ),
    Act.ASK_REPORTER: (_ask("reporter", Pick("reporters")), _ask("text", Words())),
    Act.MEASURE: (_ask("measure", Pick("measures")), _ask("who", Words()), _ask("when", Words())),
    Act.SAFE: (_ask("who", Words()), _ask("when", Words()), _ask("where", Words())),
    Act.RAISE: (_ask("level", Pick("higher")), _ask("reason", Words())),
    Act.LOWER: (_ask("level", Pick("lower")), _ask("reason", Words())),
    Act.SET_KIND: (_ask("kind", Pick("kinds")),),
    Act.ROUTE: (_ask("commune", Pick("communes")), _ask("reason", Words())),
    Act.EXCLUDE: (_ask("reason", Words()),),
    Act.INCLUDE: (_ask("person", Pick("shut_out")), _ask("reason", Words())),
    Act.SNOOZE: (_ask("until", Choice(("m15", "h1", "h4"))), _ask("reason", Words())),
    Act.RESOLVE: (_ask("done", Words()), _ask("who", Words())),
    Act.DISMISS: (_ask("reason", Choice(("unfounded", "out_of_scope"))), _ask("checked", Words())),
    Act.REOPEN: (_ask("reason", Words()),),
    Act.SEND_VISIT: (_ask("person", Pick("collaborators")), _ask("what", Words())),
    Act.DECLINE_VISIT: (_ask("reason", Choice(("busy", "away", "involved"))),),
    Act.VISIT_REPORT: (
        _ask("seen", Choice(("yes", "no"))),
        _ask("safe", Choice(("yes", "no", "unsure"))),
        Ask("hurt", Choice(("yes", "no", "unknown")), standing=("skip", *_STANDING)),
        Ask("who", Words(), standing=("skip", *_STANDING)),
    ),
    Act.REFER: (
        _ask("purpose", Pick("purposes")),
        _ask("fields", Choice(("all", "least"))),
        _ask("way", Pick("ways")),
        Ask("text", Words(), standing=("skip", *_STANDING)),
    ),
    Act.REFER_RECEIVED: (
        _ask("record", Pick("sent_referrals")),
        _ask("name", Words()),
        _ask("when", Words()),
    ),
    Act.MARK_CRIME: (_ask("reason", Words()),),
    Act.OFFER_HANDOVER: (
        _ask("commune", Pick("other_communes")),
        _ask("kind", Choice(("to_residence", "wrong_commune", "moved"))),
        _ask("why", Words()),
        _ask("done", Words()),
    ),
    Act.DECLINE_HANDOVER: (_ask("reason", Words()),),
    Act.WITHDRAW_HANDOVER: (_ask("reason", Words()),),
    Act.HANDOVER_RECEIVED: (
        _ask("name", Words()),
        _ask("when", Words()),
        _ask("paper", Words()),
    ),
}


def _flow(name: str, asks: tuple[Ask, ...]) -> Flow:
    ids = tuple(ask.id for ask in asks)
    return Flow(name=f"act_{name}", asks=asks, order=lambda _: ids)


ACT_FORMS: Mapping[Act, Flow] = {act: _flow(act.value, asks) for act, asks in _ASKS.items()}
# Whoever stands above says it about others too.
ABOUT_OTHERS = _flow("exclude_above", (_ask("person", Pick("whom")), _ask("reason", Words())))


def form_of(act: Act, person: Person) -> Flow | None:
    """What this act asks this person; None = nothing."""
    if act is Act.EXCLUDE and person.role in (Role.LEADER, Role.SUPERVISOR):
        return ABOUT_OTHERS
    if act is Act.REFER_RECEIVED and person.role is Role.POLICE:
        return None  # they are the body: one press says it
    return ACT_FORMS.get(act)
