"""Another body is told what it needs for one purpose; the case stays ours, and somebody there must say so."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from cases.deadlines import owes_crime
from cases.lifecycle import Act
from cases.model import Case, Record, Role
from cases.records import moved, records
from cases.routing import people_for
from cases.sharing import PURPOSES, WAYS, purposes_for, to_police
from cases.times.calendar import local
from handlers.actor import Actor
from handlers.alarms.alarm import staff_of
from handlers.casework.acts.done import Done, tell
from handlers.casework.acts.visits import amend
from handlers.casework.cards import refresh
from handlers.casework.others import by_link, sent_words, slip_token
from notifications.announce import Call
from storage.records.slips import Slip

SLIP_LIFE = timedelta(hours=72)
Rows = tuple[tuple[str, str], ...]


async def referral_lists(actor: Actor, case: Case, *, links: bool) -> dict[str, Rows]:
    """What may be shared, how, and which bodies have not said yet that they have it."""
    ways = [one for one in WAYS if links or one != "link"]
    return {
        "purposes": tuple((one, actor.words(f"act_refer.purpose.{one}")) for one in purposes_for(case)),
        "ways": tuple((one, actor.words(f"act_refer.way.{one}")) for one in ways),
        "sent_referrals": tuple(
            (str(one.no), sent_words(actor.kit, actor.lang, one)) for one in records(case, "referral", "sent")
        ),
    }  # fmt: skip


async def _referred(done: Done) -> None:
    """A link where one was wanted; the police contact of the commune hears of what is for the police."""
    actor, case = done.actor, done.after
    referral = records(case, "referral", "sent")[-1]
    if by_link(referral):
        slip = Slip(case.id, referral.no, actor.work.now + SLIP_LIFE)
        await actor.work.slips.add(slip_token(actor.kit, case, referral), slip)
    purpose = PURPOSES[str(done.form["purpose"])]
    detail = {"no": referral.no, "body": purpose.body, "ground": purpose.ground}
    await actor.work.audit.write(done.person.id, "shared", case.id, detail)
    if to_police(done.form):  # they read here what they are told
        staff, excluded = await staff_of(actor, case)
        call = Call("referred", f"case:{case.id}:referred:{referral.no}", {})
        people = people_for((Role.POLICE,), case, staff, excluded)
        await actor.kit.announcer.tell(actor.work, case, people, call)


async def _received(done: Done) -> None:
    if done.person.id != done.after.holder:
        await tell(done.actor, done.after, "refer_received", ("holder",), done.person)


async def received_by_link(actor: Actor, case: Case, referral: Record) -> None:
    """Somebody at the body pressed the button of the slip: as good as their word, once."""
    now, form = actor.work.now, {"way": "link"}
    body = {**referral.body, Act.REFER_RECEIVED.value: form}
    after = moved(case, referral, "received", now, body=body)
    await amend(actor, case, after)
    key = f"{case.id}:refer_received:{referral.no}"
    await actor.work.cases.add_event(
        case.id, key, Act.REFER_RECEIVED.value, "slip", {"form": form, "role": "body"}
    )
    await actor.work.audit.write("slip", Act.REFER_RECEIVED.value, case.id, {"no": referral.no})
    staff, excluded = await staff_of(actor, after)
    call = Call("refer_received", f"case:{case.id}:refer_received:{referral.no}",
                {"when": f"{local(now):%H:%M}"})  # fmt: skip
    people = people_for(("holder",), after, staff, excluded)
    await actor.kit.announcer.tell(actor.work, after, people, call)
    await refresh(actor, after)


async def _marked(done: Done) -> None:
    """The police are told already, or the clock runs; then holder and leader hear it now."""
    if owes_crime(done.after):
        await tell(done.actor, done.after, "crime_marked", ("holder", "leader"), done.person)


REFERRALS: Mapping[Act, Callable[[Done], Awaitable[None]]] = {
    Act.REFER: _referred,
    Act.REFER_RECEIVED: _received,
    Act.MARK_CRIME: _marked,
}
