"""What an act asks before it is done: one short form per act, one question per message."""

from collections.abc import Callable, Mapping, Sequence

from cases.incident_types import KINDS
from cases.lifecycle import Act
from cases.model import Level, Person, Role
from handlers.flows.form_asks import asks_of, plan_order
from handlers.talk.answers import Choice, Pick, Words
from handlers.talk.flow import Ask, Flow
from handlers.talk.model import Answers
from handlers.talk.moments import WorkDay

LEVELS = (Level.URGENT, Level.HIGH, Level.MEDIUM, Level.LOW)
MEASURES = ("medical", "mental", "shelter", "police", "care", "legal")
NOTES = ("call", "arrived", "saw_child", "saw_carer", "other")

_STANDING = ("back", "cancel")


def _ask(
    ask_id: str,
    answer: Choice | Words | Pick | WorkDay,
    when: Callable[[Answers], bool] = lambda _: True,
) -> Ask:
    return Ask(ask_id, answer, when, standing=_STANDING, must=True)


def _special(answers: Answers) -> bool:
    """Whether the kind is one of special circumstances: then a person says the group of Art. 10."""
    kind = KINDS.get(str(answers.get("kind")))
    return kind is not None and kind.track == "special"


def _stable(answers: Answers) -> bool:
    return answers.get("stable") != "no"


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
    Act.SET_KIND: (
        _ask("kind", Pick("kinds")),
        _ask("group", Pick("groups", by="kind"), _special),
    ),
    Act.ASSESS: asks_of("02"),
    Act.ASSESS_DETAIL: asks_of("03"),
    Act.MEETING: asks_of("minutes"),
    Act.SUBMIT: asks_of("04"),
    Act.APPROVE: asks_of("05"),
    Act.SEND_BACK: (_ask("change", Words()),),
    Act.TASK_DONE: (_ask("record", Pick("tasks")), _ask("result", Words())),
    Act.TASK_FAILED: (
        _ask("record", Pick("tasks")),
        _ask("reason", Words()),
        _ask("until", WorkDay()),
    ),
    Act.REVIEW: asks_of("06"),
    Act.END: (_ask("stable", Choice(("yes", "no"))), _ask("reason", Words(), _stable)),
    Act.REPLAN: (_ask("reason", Words()),),
    Act.MERGE: (_ask("other", Words()),),
    Act.HOLD: (_ask("ground", Words()),),
    Act.ROUTE: (_ask("commune", Pick("communes")), _ask("reason", Words())),
    Act.EXCLUDE: (_ask("reason", Words()),),
    Act.INCLUDE: (_ask("person", Pick("shut_out")), _ask("reason", Words())),
    Act.SNOOZE: (_ask("until", Choice(("m15", "h1", "h4"))), _ask("reason", Words())),
    Act.RESOLVE: (_ask("done", Words()), _ask("who", Words())),
    Act.DISMISS: (_ask("reason", Choice(("unfounded", "out_of_scope"))), _ask("checked", Words())),
    Act.REOPEN: (_ask("reason", Words()),),
}


# The questions of these forms depend on the answers before.
_ORDERS: Mapping[Act, Callable[[Answers], Sequence[str]]] = {Act.SUBMIT: plan_order}


def _flow(
    name: str, asks: tuple[Ask, ...], order: Callable[[Answers], Sequence[str]] | None = None
) -> Flow:
    ids = tuple(ask.id for ask in asks)
    return Flow(name=f"act_{name}", asks=asks, order=order or (lambda _: ids))


ACT_FORMS: Mapping[Act, Flow] = {
    act: _flow(act.value, asks, _ORDERS.get(act)) for act, asks in _ASKS.items()
}
# Whoever stands above says it about others too.
ABOUT_OTHERS = _flow("exclude_above", (_ask("person", Pick("whom")), _ask("reason", Words())))


def form_of(act: Act, person: Person) -> Flow | None:
    """What this act asks this person; None = nothing."""
    if act is Act.EXCLUDE and person.role in (Role.LEADER, Role.SUPERVISOR):
        return ABOUT_OTHERS
    return ACT_FORMS.get(act)
