"""One due timer, one transaction: a timer is a press by the clock."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from cases.deadlines import AFTER_CLOSING, ALARMING, law_start, steps_of, told_at
from cases.model import Case, Status, Timer
from cases.plans import number_of as place_in_plan
from cases.records import OWED, clock_of, number_of, records
from cases.retention import KIND as RETENTION
from cases.routing import people_for
from cases.timers import due_of, next_timer, step_now
from cases.times.calendar import local
from handlers.actions.absence import on_leave
from handlers.actions.audit_heads import on_head
from handlers.actions.breach import on_breach
from handlers.actions.data_rights import on_rights
from handlers.actions.drill import on_bell
from handlers.actions.duty import on_shift
from handlers.actions.families import on_families
from handlers.actions.file_silent import on_silence
from handlers.actions.openings import on_opening
from handlers.actions.quiet_communes import on_quiet
from handlers.actions.work_case import lapse
from handlers.actions.yearly_duties import on_yearly
from handlers.actor import Actor, Kit
from handlers.alarms.alarm import (
    alarm_values,
    alert,
    limit_hours,
    ring,
    sound,
    staff_of,
    tell_admins,
)
from handlers.alarms.hop import on_no_answer
from handlers.casework.acts.handovers import remind_there
from handlers.casework.acts.visits import ACCEPTED, given_up
from handlers.casework.cards import refresh
from handlers.casework.forgetting import on_retention
from handlers.casework.opening import Unfiled, open_raw
from handlers.casework.relay import ask_if_safe, tell_nobody_answers
from handlers.mornings import SUMMARIES, on_morning
from handlers.operators import tell_operators
from handlers.roster.astray import tell_there
from handlers.watching.drills import on_drill
from handlers.watching.steady import Steady, tell_jump
from notifications.announce import Call, staff_time
from storage.keys import Unreadable
from storage.unit_of_work import UnitOfWork

_TRIES = 5
_FORGETS = 5  # cases of which something is forgotten before anything else has a turn again
_EVERYBODY = ("officer", "deputy", "leader", "police", "supervisor")
_WORK = (
    "note", "ask_reporter", "assess", "measure", "separate", "safe", "set_kind", "raise", "lower",
    "send_visit", "visit_report", "refer", "refer_received", "mark_crime", "offer_handover",
)  # fmt: skip


class Ticks:
    """The timer ledger's worker. Firing is a compare-and-set in the commit of its effect."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self.steady = Steady(kit.clock)

    async def next(self) -> list[Timer]:
        if (
            self._kit.store.on_file and self.steady.jumped()
        ):  # this tick waits: a second look shows whether it stays
            await tell_jump(self._kit, self.steady.off)
            return []
        async with self._kit.store.looking("timers") as work:
            return rings_first(await work.timers.due(50))

    async def handle(self, timer: Timer) -> None:
        async with self._kit.store.transaction("tick") as work:
            if not await work.timers.fire(timer):
                return
            _follows(work, timer)
            actor = Actor(work, self._kit)
            around = AROUND.get(timer.owner.partition(":")[0])
            if around is not None:
                await around(actor, timer)
                return
            if timer.kind in SUMMARIES:
                await on_morning(actor, timer)
                return
            case = await work.cases.get(timer.owner.removeprefix("case:"))
            if case is None or (case.status is Status.CLOSED) != (timer.kind in AFTER_CLOSING):
                return
            await ON_DUE.get(clock_of(timer.kind), _dated)(actor, case, timer)
            if timer.kind != RETENTION:  # it may be gone now
                await refresh(actor, case, in_place=True)  # it says when the next reminder comes

    async def failed(self, timer: Timer, error: Exception) -> None:
        """Try again a little later; after five times a plain alert goes out instead."""
        async with self._kit.store.transaction("tick failed") as work:
            tries = await work.timers.attempts(timer) + 1
            await work.timers.later(timer, work.now + timedelta(seconds=min(5 * 3**tries, 300)))
            if tries != _TRIES:
                return
            actor = Actor(work, self._kit)
            case = await _readable(work, timer.owner.removeprefix("case:"))
            if case is not None and timer.kind not in AFTER_CLOSING:
                staff, excluded = await staff_of(actor, case)
                people = people_for(_EVERYBODY, case, staff, excluded)
                call = Call(
                    "nobody", f"case:{case.id}:broken:{timer.id}", alarm_values(actor, case)
                )
                await ring(actor, case, people, call, somebody=True)
            elif timer.owner.startswith("talk:"):
                await _unheard(actor, timer)
            elif timer.kind in SUMMARIES:
                await tell_operators(work, self._kit, "admin_summary", f"summary:{timer.kind}")
            else:
                await tell_operators(work, self._kit, "admin_stuck", f"stuck:{timer.id}")


async def _readable(work: UnitOfWork, case_id: str) -> Case | None:
    """A case of which a record is damaged calls nobody by itself: administrators hear of its clock."""
    try:
        return await work.cases.get(case_id)
    except Unreadable:
        return None


def rings_first(due: list[Timer]) -> list[Timer]:
    """What only forgets waits until nothing else is due, and then a few at a time."""
    rings = [one for one in due if one.kind != RETENTION]
    return rings or due[:_FORGETS]


def _follows(work: UnitOfWork, timer: Timer) -> None:
    numbers = (timer.round, timer.step, timer.slot)
    work.follows("timer", timer.owner, timer.kind, *map(str, numbers))


async def _unheard(actor: Actor, timer: Timer) -> None:
    """What somebody told cannot be filed by the program: a human must know that it is there."""
    lost = Unfiled(timer.owner.removeprefix("talk:"), timer.started_at or timer.due_at)
    case = await open_raw(actor, lost, "–", "-")
    await tell_admins(actor, case, "admin_parked", f"parked:{timer.id}")


async def _unanswered(actor: Actor, case: Case, timer: Timer) -> None:
    """Nobody has taken it: the step its age calls for, then the next; the last one never ends."""
    if case.status is not Status.RECEIVED and case.holder:
        return
    policy, now = actor.kit.policy, actor.work.now
    step = step_now("unanswered", case, policy, timer, now)
    if step > timer.step:
        body = {"skipped": list(range(timer.step, step))}
        await actor.work.cases.add_event(
            case.id, f"{case.id}:late:{timer.id}", "late", "system", body
        )
    last = step + 1 >= len(steps_of("unanswered", case, policy))
    reached = await alert(actor, case, "nobody" if last else "escalated", step)
    follow = next_timer("unanswered", case, policy, replace(timer, step=max(step, reached)), now)
    await actor.work.timers.start(follow)
    if max(step, reached) + 1 >= len(steps_of("unanswered", case, policy)) and (
        case.level in ALARMING
    ):  # once: the key of this notice is the revision's
        await tell_nobody_answers(actor, case)


async def _idle(actor: Actor, case: Case, timer: Timer) -> None:
    """Acknowledged-but-idle alarms again; with nothing done at all the case is taken back."""
    if case.status is Status.RECEIVED:
        return
    if timer.step == 0 and case.status is Status.ACKNOWLEDGED and not await _worked_on(actor, case):
        await lapse(actor, case, timer)
        return
    since = _since(actor, timer.started_at or case.opened_at)
    await _remind(actor, case, timer, "idle", since)


async def _worked_on(actor: Actor, case: Case) -> bool:
    """Whether anything was done since it was acknowledged."""
    since = case.acked_at or case.opened_at
    return any(
        event.act in _WORK and event.at >= since
        for event in await actor.work.cases.events(case.id)
    )  # fmt: skip


async def _emergency(actor: Actor, case: Case, timer: Timer) -> None:
    """The law's twelve hours: reminders before, alarms after, hourly until a measure is taken."""
    limit = limit_hours("emergency")
    left = law_start(case) + timedelta(hours=limit) - actor.work.now
    hours = round(abs(left) / timedelta(hours=1))
    late = left <= timedelta(0)
    await _remind(
        actor, case, timer, "late" if late else "reminder", {"hours": hours, "limit": limit}
    )


async def _reporter_waiting(actor: Actor, case: Case, timer: Timer) -> None:
    """A reporter wrote and nobody has answered. While nobody has the case at all, its alarm calls."""
    if not case.holder:
        follow = next_timer(timer.kind, case, actor.kit.policy, timer, actor.work.now)
        await actor.work.timers.start(follow)
        return
    since = _since(actor, timer.started_at or timer.due_at)
    await _remind(actor, case, timer, "reporter_waiting", since)


def _since(actor: Actor, start: datetime) -> dict[str, object]:
    """The hour, and the day where it is not today's: what has waited over night has not just begun."""
    today = local(start).date() == local(actor.work.now).date()
    values = staff_time("since", start)
    return {**values, "since_day": "none"} if today else {**values}


async def _forward(actor: Actor, case: Case, timer: Timer) -> None:
    """It must go to another commune: the leaders of both hear it, then the city."""
    await tell_there(actor, case)
    await _remind(actor, case, timer, "forward", {})


async def _remind(
    actor: Actor, case: Case, timer: Timer, notice: str, values: dict[str, object]
) -> None:
    """Tell the people of the step; arm what follows: an open case is never without an obligation."""
    policy, now = actor.kit.policy, actor.work.now
    step = step_now(timer.kind, case, policy, timer, now)
    staff, excluded = await staff_of(actor, case)
    to = _named(told_at(timer.kind, case, policy, step), case, timer)
    call = Call(notice, f"case:{case.id}:{timer.kind}:{timer.round}:{step}:{timer.slot}", values)
    await ring(actor, case, people_for(to, case, staff, excluded), call, somebody=True)
    await actor.work.timers.start(next_timer(timer.kind, case, policy, timer, now))


def _named(to: tuple[str, ...], case: Case, timer: Timer) -> tuple[str, ...]:
    """The `party` of a record is a person: the collaborator of a visit, the person of a task.

    What somebody without an account does the holder follows up.
    """
    if "party" not in to:
        return to
    no = number_of(timer.kind)
    clock = clock_of(timer.kind)
    whose = [
        f"person:{one.person}" if one.person else "holder"
        for one in case.beside
        if one.no == no and clock in OWED.get(one.kind, ())
    ]
    return (*[one for one in to if one != "party"], *whose)


async def _dated(actor: Actor, case: Case, timer: Timer) -> None:
    """A clock with a due of its own: reminders before it, then that it has passed, again and again."""
    due = due_of(timer, case, actor.kit.policy)
    late = due <= actor.work.now
    clock = clock_of(timer.kind)
    values: dict[str, object] = {"clock": _said_as(case, timer), **staff_time("due", due)}
    notice = _PASSED.get(clock, "clock_late") if late else "clock_soon"
    await _remind(actor, case, timer, notice, values)
    if late and clock in _PASSED and timer.due_at <= due:
        await refresh(actor, case)  # it lapses, once, in sight of whoever looks at the case


def _said_as(case: Case, timer: Timer) -> str:
    """A clock as a notice names it: several tasks run at once, so theirs brings its number in the plan."""
    clock = clock_of(timer.kind)
    if clock != "task":
        return clock
    task = next(one for one in records(case, clock) if one.no == number_of(timer.kind))
    return f"{clock}:{place_in_plan(task)}"


# What is said of a clock that has passed, where that it is late would not say enough.
_PASSED = {"child_check": "child_unseen", "separation": "lapsed"}


async def _visit(actor: Actor, case: Case, timer: Timer) -> None:
    """Too late to answer, or to have looked: the next of the village is asked, and the holder knows."""
    visit = next(one for one in records(case, "visit") if one.no == number_of(timer.kind))
    late = due_of(timer, case, actor.kit.policy) <= actor.work.now
    if visit.state == ACCEPTED:  # the clock goes on, so the cards that follow can name it
        await _dated(actor, case, timer)
    after = await given_up(actor, case, visit) if late else case
    if after is case and visit.state != ACCEPTED:
        await _dated(actor, case, timer)


async def _handover(actor: Actor, case: Case, timer: Timer) -> None:
    """The leaders of both communes hear it; what is long overdue the city decides."""
    await remind_there(actor, case, number_of(timer.kind))
    await _dated(actor, case, timer)


async def _unplaced(actor: Actor, case: Case, timer: Timer) -> None:
    """Ten minutes and still no commune: the city desk has it, never nobody."""
    if case.status is not Status.RECEIVED:
        return
    await sound(actor, case, "alert")


async def _safe_check(actor: Actor, case: Case, timer: Timer) -> None:
    """A week after the closing each reporter is asked once, by day and when they may be written to."""
    await ask_if_safe(actor, case)


# Timers of what is no case.
AROUND: Mapping[str, Callable[[Actor, Timer], Awaitable[None]]] = {
    "talk": on_silence,
    "shift": on_shift,
    "leave": on_leave,
    "bell": on_bell,
    "drill": on_drill,
    "yearly": on_yearly,
    "quiet": on_quiet,
    "families": on_families,
    "rights": on_rights,
    "breach": on_breach,
    "anchor": on_head,
    "opening": on_opening,
}
ON_DUE: Mapping[str, Callable[[Actor, Case, Timer], Awaitable[None]]] = {
    "unanswered": _unanswered,
    "hop": on_no_answer,
    "idle": _idle,
    "emergency": _emergency,
    "forward": _forward,
    "visit": _visit,
    "visit_done": _visit,
    "handover": _handover,
    "reporter_waiting": _reporter_waiting,
    "unplaced": _unplaced,
    "safe_check": _safe_check,
    RETENTION: on_retention,
}
