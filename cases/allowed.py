"""Who may do what now: the buttons of a card, and the sentence that says why not. Pure."""

from cases.access import bypassed
from cases.incident_types import track
from cases.lifecycle import (
    ANYBODY,
    CARD,
    HOLDER,
    OPEN_STATUSES,
    PARTY,
    RECEIVER,
    TABLE,
    TAKERS,
    VISITING_HOLDER,
    VISITOR,
    Act,
    Transition,
)
from cases.model import Case, Level, Person, Record, Role, Status
from cases.records import helped, on_file, records
from cases.sharing import to_police

_ERASING = (Act.ASK_ERASE, Act.AGREE_ERASE)


def allowed(act: Act, case: Case, person: Person) -> str:
    """ "" when the person may do this now, else the key of the sentence that says why not."""
    if takes_over(act, case, person) or _settles(act, case, person):
        return ""
    row = TABLE[act]
    if case.status not in row.when or track(case) not in row.tracks:
        return "error.not_now"
    if row.record is not None and row.record.frm and not _theirs(row, case, person):
        return "error.not_now"
    return _unmet(row, case, person) if _is_one_of(row, case, person) else "error.not_yours"


def _theirs(row: Transition, case: Case, person: Person) -> bool:
    """Whether there is a record that this act can move, for this person."""
    assert row.record is not None
    found = records(case, row.record.kind, *row.record.frm)
    return any(is_theirs(row, one, person) for one in found)


def is_theirs(row: Transition, record: Record, person: Person) -> bool:
    """Whether this record is one that this person may move: their visit, an offer to their commune.

    The police answer for themselves only, also when they hold the case.
    """
    if row.by == (PARTY,):
        return record.person == person.id
    if row.by == (RECEIVER,):
        return record.commune == person.commune
    if person.role is not Role.POLICE or record.kind != "referral":
        return True
    return to_police(record.body) and record.commune == person.commune


def _unmet(row: Transition, case: Case, person: Person) -> str:
    """What stands in the way of an act that is theirs, or ""."""
    for kind in row.needs:
        if not on_file(case, kind):
            return f"error.needs_{kind}"
    if row.act is Act.APPROVE and records(case, "plan", "submitted")[-1].person == person.id:
        return "error.own_plan"
    if records(case, "separation", "running"):
        if row.to is Status.CLOSED:
            return "error.separation_runs"  # its clock would stop, and it would lapse unseen
        if row.act is Act.SEPARATE:
            return "error.separation_is"
    if row.act in (Act.HOLD, *_ERASING) and (why := _unmet_keeping(row.act, case, person)):
        return why
    if row.act is Act.MARK_CRIME and "crime" in case.flags:
        return "error.not_now"
    if row.act is Act.OFFER_HANDOVER and (not case.commune or _offered(case)):
        return "error.offered" if case.commune else "error.not_now"
    return ""


def _unmet_keeping(act: Act, case: Case, person: Person) -> str:
    """What is held back stays; whoever asks for an erasure is never the one who agrees to it."""
    held, asked = records(case, "hold", "on"), records(case, "erasure", "asked")
    if held:
        return "error.held" if act is not Act.HOLD else "error.not_now"
    if act is Act.ASK_ERASE and asked:
        return "error.not_now"
    return "error.own_erasure" if act is Act.AGREE_ERASE and asked[-1].person == person.id else ""


def _offered(case: Case) -> bool:
    return bool(records(case, "handover", "offered", "sent"))


def _settles(act: Act, case: Case, person: Person) -> bool:
    """A handover that was declined, or that nobody answers, the city decides in any open status."""
    disputed = bool(records(case, "handover", "offered", "declined"))
    open_ = case.status in OPEN_STATUSES
    return act is Act.ROUTE and person.role is Role.SUPERVISOR and open_ and disputed


def takes_over(act: Act, case: Case, person: Person) -> bool:
    """Further on and without a holder: whoever stands above, or stands in there, may take it.

    Its status stays. What the law leaves to the leader stays the leader's.
    """
    above = person.leads or person.role in (Role.LEADER, Role.SUPERVISOR)
    further = case.status in OPEN_STATUSES - {Status.RECEIVED}
    return act is Act.ACKNOWLEDGE and above and further and not case.holder


def _is_one_of(row: Transition, case: Case, person: Person) -> bool:
    if row.act in (Act.HOLD, Act.UNHOLD) and person.role is Role.SUPERVISOR:
        return not case.commune or bypassed(case)  # where no leader of the commune knows of it
    if row.act is Act.DISMISS and track(case) == "abuse":
        return person.role is Role.LEADER
    if row.act is Act.DISMISS:
        return case.holder == person.id
    if row.act is Act.ROUTE and person.role is Role.LEADER:
        return not case.commune  # a leader who stands in for the city desk
    if PARTY in row.by and _is_party(row, case, person):
        return True
    if RECEIVER in row.by:
        return person.role in (Role.OFFICER, Role.DEPUTY, Role.LEADER)
    # Police contact and city hold a case to get it moving, not to do the commune's paper work.
    visitor = person.role in (Role.POLICE, Role.SUPERVISOR)
    if HOLDER in row.by and case.holder == person.id:
        return not visitor or row.act in VISITING_HOLDER
    if person.role in row.by:
        return True
    return ANYBODY in row.by and person.role in TAKERS and (not visitor or row.act in VISITOR)


def _is_party(row: Transition, case: Case, person: Person) -> bool:
    assert row.record is not None
    found = records(case, row.record.kind, *row.record.frm)
    return any(one.person == person.id for one in found)


def acts_for(case: Case, person: Person) -> tuple[Act, ...]:
    """The buttons of the card: exactly what this person may do now, what helps first in front."""
    found = [act for act in CARD if not allowed(act, case, person)]
    if case.level is Level.URGENT and Act.RAISE in found:
        found.remove(Act.RAISE)
    if Act.RESOLVE in found and track(case) == "hazard":
        _put(found, Act.RESOLVE, 1 + found.index(Act.NOTE))  # a pond is fenced, and that is that
    if Act.ASSESS in found and _is_next_to_assess(case):
        _put(found, Act.ASSESS, 0)
    if Act.ASSIGN in found and not case.holder:
        _put(found, Act.MEASURE, 1)
        _put(found, Act.ASSIGN, 1)  # nobody has it: they take it, or somebody else does
    if Act.ACCEPT_VISIT in found:
        found.remove(Act.VISIT_REPORT)  # first they say that they go
    if Act.MEASURE in found and case.status is Status.EMERGENCY and not helped(case):
        _put(found, Act.MEASURE, 0)  # it cannot wait, and nothing was done yet
    if Act.ROUTE in found and Act.ACKNOWLEDGE not in found:
        # Who holds it for the city is there to send it to the right place: first of all.
        _put(found, Act.ROUTE, 0)
    return tuple(found)


def _is_next_to_assess(case: Case) -> bool:
    """Whether form 02 is the law's next step: verified, or helped at once and not assessed yet."""
    return case.status is not Status.ACKNOWLEDGED and not on_file(case, "form02")


def _put(acts: list[Act], act: Act, at: int) -> None:
    acts.remove(act)
    acts.insert(at, act)
