"""The engine of many processes on PostgreSQL: a job says that a queue may have work, and no more.

A drain may run twice at once and in two places: claims make that harmless. What a job forgets the
sweep of every worker finds. Nothing here may ever be the only place that knows of a duty.
"""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, ProcrastinateException
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.schema import SchemaManager

from bot.engine import Drain
from bot.engine.bells import SWEEP, Bells
from bot.loops import Loops
from storage.wakes import NotRidden

log = logging.getLogger(__name__)
LONGEST = 30.0  # seconds that a job waits for its drain
LOOK = 5.0  # seconds between two looks for jobs whose call was lost
TICK = timedelta(seconds=10)  # no cron is quicker: what is due sooner every worker looks for itself
STALLED = 30.0  # seconds without a heartbeat, after which a worker is taken for dead
_RAISED = "P0001"  # procrastinate's own function said no: there is no such job
_DRAIN, _RESCUE = "drain", "rescue"
_OFTEN = timedelta(seconds=10)
_GRACE = 0.5  # seconds: a job only waits for its drain, and that one is let end elsewhere
_NIGHT = "30 18 * * *"  # half past one in Viet Nam
_CONNECTION = {
    "options": "-c statement_timeout=15s -c lock_timeout=5s", "connect_timeout": 5,
    "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3,
}  # fmt: skip


def schema() -> str:
    """The tables of this very version of procrastinate."""
    return str(SchemaManager.get_schema())


def cron_of(period: timedelta, tick: timedelta = TICK) -> str:
    """How often in procrastinate's words; once a day is at night."""
    seconds = int(max(period, tick).total_seconds())
    if seconds < 60:
        return f"*/{seconds} * * * * *"
    if seconds < 3600:
        return f"*/{seconds // 60} * * * *"
    if seconds < 86400:
        return f"0 */{seconds // 3600} * * *"
    return _NIGHT


@dataclass(frozen=True, slots=True)
class Habits:
    """How often it looks; `listen`: whether it hears of a job at once. Tests have others."""

    sweep: timedelta = SWEEP
    tick: timedelta = TICK
    stalled: float = STALLED
    listen: bool = True


class Jobs:
    """Leaves a job on the connection of a transaction: it is there when the transaction commits."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def defer(self, connection: Any, queue: str) -> None:
        """Raises NotRidden: there is such a job already, or its table is not to be had just now."""
        task = self._app.configure_task(
            _DRAIN, queue=queue, queueing_lock=queue, connection=connection
        )
        try:
            await task.defer_async(queue=queue)
        except AlreadyEnqueued:
            raise NotRidden from None
        except ProcrastinateException as error:
            log.warning("job not left", extra={"queue": queue, "kind": type(error).__name__})
            raise NotRidden from error


def jobs() -> Jobs:
    """For a process that leaves jobs and works on none: it needs no connection of its own."""
    return Jobs(App(connector=PsycopgConnector()))


class _Jobs(JobManager):
    """A job that was taken away while its drain ran is as good as finished: nothing hangs on it."""

    async def finish_job_by_id_async(self, job_id: int, status: Status, delete_job: bool) -> None:
        try:
            await super().finish_job_by_id_async(job_id, status, delete_job)
        except ConnectorException as error:
            if getattr(error.__cause__, "sqlstate", "") != _RAISED:
                raise
            log.info("job gone before its end")


class ProcrastinateEngine:
    """`here`: what every process does for itself."""

    def __init__(
        self, url: str, loops: Loops, here: Collection[str] = (), habits: Habits = Habits()
    ) -> None:
        self._loops = loops
        self._bells = Bells(loops, habits.sweep)
        self._here = here
        self._habits = habits
        self._working = False
        connector = PsycopgConnector(
            conninfo=url.replace("postgresql+psycopg", "postgresql", 1), min_size=1, max_size=4,
            timeout=10, kwargs=_CONNECTION,
        )  # fmt: skip
        self._app = App(connector=connector)
        self._app.job_manager = _Jobs(connector)
        self.jobs = Jobs(self._app)

    async def start(self, drains: Mapping[str, Drain], every: Mapping[str, timedelta]) -> None:
        self._bells.hang(drains, every)
        known = {queue: every[queue] for queue in drains if queue in every}
        self._bells.ring_every({  # a chat's next message is due a second after its last
            queue: period for queue, period in known.items()
            if queue in self._here or period < self._habits.tick
        })  # fmt: skip
        shared = [queue for queue in drains if queue not in self._here]
        self._register({queue: known[queue] for queue in shared if queue in known})
        step = partial(self._work, [*shared, _RESCUE])
        work = self._loops.forever("engine", step, at_most=LOOK)
        self._loops.start("engine", work, cut=True)

    def wake(self, queue: str) -> None:
        self._bells.ring(queue)

    async def stop(self, within: float) -> None:
        await self._bells.stop(within)

    def health(self) -> bool:
        return self._working

    def _register(self, shared: Mapping[str, timedelta]) -> None:
        """What jobs and cron lines of this process run."""

        @self._app.task(name=_DRAIN)
        async def drain(timestamp: int = 0, *, queue: str) -> None:
            await self._bells.drained(queue, LONGEST)

        often = cron_of(_OFTEN, self._habits.tick)

        @self._app.periodic(cron=often, periodic_id=_RESCUE, queue=_RESCUE, queueing_lock=_RESCUE)
        @self._app.task(name=_RESCUE)
        async def rescue(timestamp: int = 0) -> None:
            await self._rescue()

        for queue, period in shared.items():
            self._app.periodic(
                cron=cron_of(period, self._habits.tick), periodic_id=queue, queue=queue, queueing_lock=queue,
                task_kwargs={"queue": queue},
            )(drain)  # fmt: skip

    async def _work(self, queues: list[str]) -> int:
        """Until it is cut off, or the database is gone: then it begins again, soon."""
        async with self._app.open_async():
            self._working = True
            try:
                await self._app.run_worker_async(
                    queues=queues, concurrency=len(queues), install_signal_handlers=False,
                    fetch_job_polling_interval=LOOK, listen_notify=self._habits.listen,
                    delete_jobs="always", shutdown_graceful_timeout=_GRACE,
                    update_heartbeat_interval=self._habits.stalled / 6,
                    stalled_worker_timeout=self._habits.stalled,
                )  # fmt: skip
            finally:
                self._working = False
        return 0

    async def _rescue(self) -> None:
        """A job whose worker died would stay `doing` for ever. It runs again where it stood."""
        manager = self._app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=self._habits.stalled):
            try:
                await manager.retry_job(job)
            except ProcrastinateException:
                await self._drop(job)  # a newer one waits already: that one is enough
        await manager.prune_stalled_workers(self._habits.stalled)

    async def _drop(self, job: Job) -> None:
        try:
            await self._app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
        except ProcrastinateException:
            return  # it ended meanwhile
