"""What staff are asked about themselves and each other: a shift, a leave, an invitation, an address."""

from collections.abc import Callable, Mapping

from cases.model import Role
from cases.roles import ROLES
from handlers.talk.answers import Choice, Pick, Words
from handlers.talk.flow import Ask, Flow
from handlers.talk.model import Answers
from handlers.talk.moments import NOW, Day, Hours

_STANDING = ("back", "cancel")


def _ask(
    ask_id: str,
    answer: Choice | Pick | Words | Day | Hours,
    when: Callable[[Answers], bool] = lambda _: True,
) -> Ask:
    return Ask(ask_id, answer, when, standing=_STANDING, must=True)


def _in_a_commune(answers: Answers) -> bool:
    return not ROLES[Role(answers.get("role", Role.OFFICER))].city


def _in_villages(answers: Answers) -> bool:
    return answers.get("role") == Role.COLLABORATOR


def _form(name: str, *asks: Ask) -> Flow:
    ids = tuple(ask.id for ask in asks)
    return Flow(name=name, asks=asks, order=lambda _: ids)


SHIFT = _form(
    "shift", _ask("person", Pick("crew")), _ask("day", Day()), _ask("hours", Hours()),
)  # fmt: skip
LEAVE = _form(
    "leave",
    _ask("from", Day((NOW, "tomorrow", "after"))),
    _ask("until", Day(since="from")),
    _ask("substitute", Pick("substitutes")),
    _ask("held", Choice(("pass", "keep"))),
)
INVITE = _form(
    "invite",
    _ask("role", Pick("roles")),
    _ask("commune", Pick("communes"), _in_a_commune),
    _ask("villages", Words(), _in_villages),
    _ask("name", Words()),
)
REMOVAL = _form(
    "removal", _ask("person", Pick("members")), _ask("sure", Choice(("remove", "keep"))),
)  # fmt: skip
FAMILY = _form(
    "family", _ask("person", Pick("visitors")), _ask("words", Words()),
    _ask("month", Choice(("this", "next"))),
)  # fmt: skip
UNSHIFT = _form("unshift", _ask("shift", Pick("shifts")))
UNLEAVE = _form("unleave", _ask("leave", Pick("leaves")))
FIRST_ADDRESS = _form("first_address", _ask("address", Pick("addresses")))
OLD_ADDRESS = _form("old_address", _ask("address", Pick("addresses")))
FIND = _form("find", _ask("text", Words()))
OPENING = _form("opening", _ask("code", Words()), _ask("reason", Words()))
FIND_VILLAGE = _form("find_village", _ask("village", Pick("villages")))

STAFF_FORMS: Mapping[str, Flow] = {
    flow.name: flow
    for flow in (
        SHIFT, LEAVE, INVITE, REMOVAL, UNSHIFT, UNLEAVE, FIRST_ADDRESS, OLD_ADDRESS,
        FIND, FIND_VILLAGE, FAMILY, OPENING,
    )
}  # fmt: skip
