"""The world of the trial: invented staff, and a clock that can be pushed while the engine works (ADR 17)."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta

from bot.app import App
from bot.clock import DemoClock
from cases.codes import invitation
from cases.model import Role
from cases.roles import ROLES
from cases.times.calendar import MORNING, ZONE, is_working_day, local, next_morning
from storage.records.people import Invite

COMMUNE = "20500"
_MINUTE, _SECOND = timedelta(minutes=1), timedelta(seconds=1)
_LIFE = timedelta(hours=48)
# How far a button pushes the clock.
PUSHES: Mapping[str, Callable[[datetime], datetime]] = {
    "1m": lambda now: now + _MINUTE,
    "15m": lambda now: now + 15 * _MINUTE,
    "1h": lambda now: now + 60 * _MINUTE,
    "12h": lambda now: now + 720 * _MINUTE,
    "morning": next_morning,
}
_QUEUES = ("inbox", "timers", "files", "outbox")
_LOOK = 0.02  # seconds between two looks at the rows
_LOOKS = 1000  # then something is held up that time alone will not move
_PACE = 15  # looks at a due row that nobody works on: its chat has to wait a second


def demo_start(now: datetime) -> datetime:
    """09:00 of today, or of the next working day: the first calm report meets an office that is open."""
    day = local(now).date()
    while not is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, MORNING.replace(hour=9, minute=0), ZONE).astimezone(UTC)


class DemoWorld:
    """What the page `/demo` is given. `scratch`: its database may be thrown away for another world."""

    def __init__(self, app: App, clock: DemoClock, *, scratch: bool = False) -> None:
        self.name = app.kit.chance.bytes(8).hex()
        self.scale = clock.scale
        self.lang = "vi"
        self.scratch = scratch
        self.pushes: Collection[str] = PUSHES
        self.over = False
        self.stop: Callable[[], None] = app.ask_to_stop
        self.roles = tuple(role.value for role in Role)
        self.tokens: dict[str, str] = {}
        self.turn = asyncio.Lock()
        self._app = app
        self._clock = clock
        self._pushing = asyncio.Lock()

    def again(self) -> None:
        """This world ends; whoever started it starts another."""
        self.over = True
        self.stop()

    def now(self) -> datetime:
        return self._clock.now()

    async def invitation(self, role: str) -> str:
        """A one-time invitation for whoever plays this role: always the same invented person."""
        kit, who = self._app.kit, Role(role)
        code, name = invitation(kit.chance), kit.catalog.say("vi", f"demo.name.{role}")
        commune = "" if ROLES[who].city else COMMUNE
        async with kit.store.transaction("demo") as work:
            people = await work.people.everybody()
            known = (one.id for one in people if one.active and (one.role, one.name) == (who, name))
            invite = Invite(who, commune, (), name, next(known, ""))
            await work.invites.create(code, invite, work.now + _LIFE)
        return code

    async def push(self, by: str) -> None:
        """Every due moment on the way is lived through in order."""
        async with self._pushing:
            until = PUSHES[by](self.now())
            await self._settle()
            while (due := await self._next(until)) is not None:
                self._clock.push(due - self.now())
                await self._settle()
            self._clock.push(until - self.now())
            await self._settle()

    async def _settle(self) -> None:
        """Let the engine work until nothing is due; a chat's own pace passes in seconds of the trial."""
        idle = 0
        await self._app.mornings.arm()
        for _ in range(_LOOKS):
            for queue in _QUEUES:
                self._app.kit.store.waker(queue)
            await self._app.loops.pause(_LOOK)
            now, moments, busy = self.now(), await self._moments(), await self._busy()
            if self._app.loops.stopping or not (busy or any(at <= now for at in moments)):
                return
            idle = 0 if busy else idle + 1
            if idle == _PACE:
                self._clock.push(_SECOND)
                idle = 0

    async def _next(self, until: datetime) -> datetime | None:
        """The next moment at which something is due, not later than this."""
        now = self.now()
        async with self._app.kit.store.reading("demo") as work:
            later = await work.timers.next_at(after=now)  # though an earlier one is held up
        moments = [*await self._moments(), *filter(None, [later]), next_morning(now)]
        ahead = [at for at in moments if now < at <= until]
        return None if self._app.loops.stopping else min(ahead, default=None)

    async def _moments(self) -> list[datetime]:
        async with self._app.kit.store.reading("demo") as work:
            found = (
                await work.timers.next_at(), await work.outbox.next_at(held=True),
                await work.inbox.next_at(), await work.files.next_at(),
            )  # fmt: skip
        return [at for at in found if at is not None]

    async def _busy(self) -> bool:
        """Whether a message is on its way just now."""
        async with self._app.kit.store.reading("demo") as work:
            return await work.outbox.in_state("sending") > 0
