"""What the pick-lists of an act's form hold: colleagues, kinds, communes, records."""

from cases.access import hidden_from
from cases.conflict import kept_from
from cases.incident_types import KINDS
from cases.model import Case, Level, Role
from cases.roster import short
from cases.triage import ORDER
from handlers.actor import Actor
from handlers.alarms.conflict import to_let_in, whom
from handlers.casework.acts.handovers import commune_list
from handlers.casework.acts.referrals import referral_lists
from handlers.casework.acts.visits import collaborator_list
from handlers.casework.explained import lists_of
from handlers.casework.plan_view import plan_lists
from handlers.casework.relay import reporter_list
from handlers.flows.act_forms import LEVELS, MEASURES
from handlers.links import pages_address
from handlers.talks import Lists


async def pick_lists(actor: Actor, case: Case) -> Lists:
    """What the pick-lists of a form hold: colleagues, kinds, communes."""
    staff = await actor.work.people.staff(case.commune)
    excluded = await actor.work.cases.exclusions(case.id)
    people = tuple(
        (one.id, short(one.name) or actor.words(f"role.{one.role}"))
        for one in staff
        if one.commune == case.commune
        and one.role in (Role.OFFICER, Role.DEPUTY, Role.LEADER)
        and one.id not in excluded
        and not hidden_from(case, one)
    )
    kinds = tuple((code, actor.words(f"kind.{code}")) for code in KINDS)
    served = {one.commune for one in await actor.work.people.everybody() if one.active}
    communes = tuple(
        (code, name)
        for code, name in actor.kit.places().areas.communes.items()
        if code in served and not kept_from(case, code)
    )
    levels = [(one.value, actor.words(f"act_raise.level.{one}")) for one in LEVELS]
    now = ORDER.index(case.level)
    assert actor.person is not None
    return {
        **lists_of(actor, case),
        "whom": await whom(actor, case, actor.person),
        "shut_out": await to_let_in(actor, case, actor.person),
        "people": people, "kinds": kinds, "communes": communes,
        "reporters": await reporter_list(actor, case),
        "higher": tuple(row for row in levels if ORDER.index(Level(row[0])) > now),
        "lower": tuple(row for row in levels if ORDER.index(Level(row[0])) < now),
        "collaborators": await collaborator_list(actor, case),
        "other_communes": await commune_list(actor, case),
        **await referral_lists(actor, case, links=bool(pages_address(actor.kit))),
        "measures": tuple((one, actor.words(f"act_measure.measure.{one}")) for one in MEASURES),
        **plan_lists(actor, case, people),
    }  # fmt: skip
