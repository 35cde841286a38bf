"""Breaking the glass: who may ask to open a case that is not theirs, who is the second person. Pure."""

from datetime import timedelta

from cases.access import hidden_from
from cases.model import Case, Person, Role

ANSWERED_WITHIN = timedelta(hours=24)  # afterwards the request is over, and nobody says why
OPEN_FOR = timedelta(hours=4)  # and then it is shut again, whatever happens
MOST = 5  # requests of one person that are not over
SHORTEST_REASON = 15  # letters: a word is none
MAY_ASK = (Role.OFFICER, Role.DEPUTY, Role.LEADER, Role.SUPERVISOR)


def may_be_opened(person: Person, case: Case, *, excluded: bool) -> bool:
    """Never to whom it concerns: a conflict of interest is opened to the city only (DOMAIN.md section 1)."""
    fits = person.active and person.role in MAY_ASK and not excluded
    return fits and not hidden_from(case, person)


def may_agree(second: Person, asker: Person, case: Case, *, excluded: bool) -> bool:
    """The city, or the leader of the commune that has the case: somebody else, whom it does not concern."""
    if second.id == asker.id or not may_be_opened(second, case, excluded=excluded):
        return False
    leads = second.role is Role.LEADER and bool(case.commune) and second.commune == case.commune
    return leads or second.role is Role.SUPERVISOR
