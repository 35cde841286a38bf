"""What an act asks before it is done: one short form per act, one question per message."""

from collections.abc import Callable, Mapping, Sequence

from cases.forms import FORMS
from cases.incident_types import KINDS
from cases.lifecycle import Act
from cases.model import Level, Person, Role
from cases.separation import AHEAD, too_long
from cases.sharing import FIELDS, least, removal
from handlers.flows.form_asks import asks_of, plan_order
from handlers.talk.answers import Answer, Choice, Pick, Words
from handlers.talk.flow import Ask, Flow
from handlers.talk.model import Answers, told
from handlers.talk.moments import Begins, Seen, Term, WorkDay

LEVELS = (Level.URGENT, Level.HIGH, Level.MEDIUM, Level.LOW)
MEASURES = ("medical", "mental", "shelter", "police", "care", "legal")
NOTES = ("call", "arrived", "saw_child", "saw_carer", "other")

_STANDING = ("back", "cancel")


def _ask(
    ask_id: str, answer: Answer | Begins | Seen | Term | WorkDay,
    when: Callable[[Answers], bool] = lambda _: True,
) -> Ask:  # fmt: skip
    return Ask(ask_id, answer, when, standing=_STANDING, must=True)


def _beyond_the_law(answers: Answers) -> bool:
    """More days in sum than a leader may decide alone: then the paper of the competent body is asked."""
    since, until = told(answers, "since"), told(answers, "until")
    if since is None or until is None:
        return False
    return too_long(since, until, answers.get("used", 0))


_PAPER = _ask("paper", Words(number=True), _beyond_the_law)
_MEASURE = (_ask("measure", Pick("measures")), _ask("who", Words()), _ask("when", Words()))


def _special(answers: Answers) -> bool:
    """Whether the kind is one of special circumstances: then a person says the group of Art. 10."""
    kind = KINDS.get(str(answers.get("kind")))
    return kind is not None and kind.track == "special"


def _can_be_less(answers: Answers) -> bool:
    """Whether less than all can be told for this purpose and still be of use."""
    return bool(least(str(answers.get("purpose"))))


def _stable(answers: Answers) -> bool:
    return answers.get("stable") != "no"


_ASKS: Mapping[Act, tuple[Ask, ...]] = {
    Act.DECLINE: (_ask("reason", Choice(("busy", "away", "involved"))),),
    Act.RELEASE: (_ask("reason", Words()),),
    Act.ASSIGN: (_ask("person", Pick("people")),),
    Act.VERIFY: (_ask("whom", Words()),),
    Act.SEPARATE: (
        *(_ask(name, Words()) for name in ("from_whom", "place", "carer")),
        _ask("since", Begins(AHEAD)),
        _ask("until", Term()),
        _PAPER,
    ),
    Act.EXTEND_SEPARATION: (
        _ask("until", Term(("days3", "days7"))),
        _PAPER,
        _ask("why", Words()),
    ),
    Act.END_SEPARATION: (_ask("why", Words()),),
    Act.CONFIRM_MEASURE: (
        _ask("record", Pick("proposed")),
        _ask("decision", Choice(("confirmed", "refused"))),
        _ask("reason", Words()),
    ),
    Act.NOTE: (
        _ask("what", Choice(NOTES)),
        Ask("text", Words(), standing=("skip", "back", "cancel")),
    ),
    Act.ASK_REPORTER: (_ask("reporter", Pick("reporters")), _ask("text", Words())),
    Act.MEASURE: _MEASURE,
    Act.SAFE: (_ask("who", Words()), _ask("when", Seen()), _ask("where", Words())),
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
    Act.ASK_ERASE: (_ask("ground", Choice(("period", "request", "mistake"))),),
    Act.AGREE_ERASE: (_ask("sure", Choice(("yes",))),),
    Act.REFUSE_ERASE: (_ask("why", Words()),),
    Act.ROUTE: (_ask("commune", Pick("communes")), _ask("reason", Words())),
    Act.EXCLUDE: (_ask("reason", Words()),),
    Act.INCLUDE: (_ask("person", Pick("shut_out")), _ask("reason", Words())),
    Act.SNOOZE: (_ask("until", Choice(("m15", "h1", "h4"))), _ask("reason", Words())),
    Act.RESOLVE: (_ask("done", Words()), _ask("who", Words())),
    Act.DISMISS: (
        _ask("reason", Choice(("unfounded", "out_of_scope"))),
        _ask("checked", Words()),
        _ask("seen", Choice(("yes", "no"))),
    ),
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
        _ask("fields", Choice(FIELDS), _can_be_less),
        _ask("where", Words(), removal),
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


def _flow(
    name: str, asks: tuple[Ask, ...], order: Callable[[Answers], Sequence[str]] | None = None
) -> Flow:
    ids = tuple(ask.id for ask in asks)
    return Flow(
        name=f"act_{name}", asks=asks, order=order or (lambda _: ids), unfolds=order is plan_order
    )


def _about_the_child(answers: Answers) -> tuple[str, ...]:
    """Form 02 asks for the person who harms only where somebody may have harmed."""
    without = () if answers.get("track", "abuse") == "abuse" else ("reach", "reach_why")
    return tuple(field.id for field in FORMS["02"].fields if field.id not in without)


# The questions of these forms depend on the answers before.
_ORDERS: Mapping[Act, Callable[[Answers], Sequence[str]]] = {
    Act.ASSESS: _about_the_child,
    Act.SUBMIT: plan_order,
}
ACT_FORMS: Mapping[Act, Flow] = {
    act: _flow(act.value, asks, _ORDERS.get(act)) for act, asks in _ASKS.items()
}
# Whoever stands above says it about others too.
ABOUT_OTHERS = _flow("exclude_above", (_ask("person", Pick("whom")), _ask("reason", Words())))
# A leader decides; everybody else writes down what was decided.
MEASURE_LED = _flow("measure_led", _MEASURE)
VARIANTS = (ABOUT_OTHERS, MEASURE_LED)
# Long official forms: one that is left half way is kept, and can be gone on with.
KEPT = frozenset(
    ACT_FORMS[act].name for act in (Act.ASSESS, Act.ASSESS_DETAIL, Act.SUBMIT, Act.REVIEW)
)


def form_of(act: Act, person: Person) -> Flow | None:
    """What this act asks this person; None = nothing."""
    if act is Act.EXCLUDE and person.role in (Role.LEADER, Role.SUPERVISOR):
        return ABOUT_OTHERS
    if act is Act.MEASURE and person.role is Role.LEADER:
        return MEASURE_LED
    if act is Act.REFER_RECEIVED and person.role is Role.POLICE:
        return None  # they are the body: one press says it
    return ACT_FORMS.get(act)
