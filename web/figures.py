"""The metrics of TRUST.md section 11, by exactly those names. Rows say what is; the tally what happened."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from cases.watch import WATCH
from notifications.thrift import COUNTED, Thrift
from storage.health import BACKUP, RESTORE
from storage.tally import BOUNDS, Tally
from storage.unit_of_work import UnitOfWork
from web.parts import Parts

NEVER = float("nan")
_COUNTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "updates": ("messages that came in", ("result",)),
    "send": ("answers of messengers", ("channel", "outcome")),
    "maybe_sent": ("messages that may have gone out before", ()),
    "fenced": ("answers that came after another worker had taken the row", ()),
    "retracted": ("late copies that were taken back", ()),
    "explained": ("late copies that were explained", ()),
    "sqlite_busy": ("times a held lock was waited for to the end", ()),
}
_SPANS = {
    "db_commit_seconds": "from the order to commit to the disk's word",
    "ack_seconds": "from the report to who took it",
}


@dataclass(frozen=True, slots=True, eq=False)  # a registry looks it up by itself
class Figures(Collector):
    """What the rows said at one moment: single values, and values by one label."""

    tally: Tally
    plain: Mapping[str, float]
    by: Mapping[str, tuple[str, Mapping[str, float]]]

    @classmethod
    async def of(cls, parts: Parts) -> "Figures":
        async with parts.store.reading("metrics") as work:
            now, lags, marks = work.now, work.lags, work.marks
            shut, violations = await lags.gates(), await work.violations.count()
            offset = await offset_of(parts, work)
            plain = {
                "inbox_lag_seconds": await lags.inbox(), "timer_lag_seconds": await lags.timers(),
                "clock_offset_seconds": offset or 0.0, "wal_bytes": float(parts.store.wal_bytes()),
                "backup_age_seconds": _age(now, await marks.at(BACKUP)),
                "restore_drill_age_seconds": _age(now, await marks.at(RESTORE)),
            }  # fmt: skip
            by: dict[str, tuple[str, Mapping[str, float]]] = {
                "outbox_age_seconds": ("priority", _named(await lags.outbox())),
                "cases_open": ("level", _named(await lags.cases_open())),
                "gate_closed": ("channel", {name: float(name in shut) for name, _ in parts.channels}),
                "auditor_violations": ("rule", {one: float(violations.get(one, 0)) for one in WATCH}),
            }  # fmt: skip
        by |= await _months(parts)
        return cls(parts.store.tally, plain, by)

    def collect(self) -> Iterable[Metric]:
        for name, value in self.plain.items():
            yield GaugeMetricFamily(name, name.replace("_", " "), value=value)
        for name, (label, values) in self.by.items():
            family = GaugeMetricFamily(name, name.replace("_", " "), labels=[label])
            for one, value in values.items():
                family.add_metric([one], value)
            yield family
        yield from self._counted()
        yield from self._spans()

    def _counted(self) -> Iterator[Metric]:
        for name, (words, labels) in _COUNTS.items():
            family = CounterMetricFamily(name, words, labels=labels)
            found = self.tally.of(name) or ([] if labels else [((), 0)])
            for values, n in found:
                family.add_metric(values, n)
            yield family

    def _spans(self) -> Iterator[Metric]:
        for name, words in _SPANS.items():
            spans, buckets, sofar = self.tally.spans[name], list[tuple[str, float]](), 0
            for bound, n in zip([*map(str, BOUNDS), "+Inf"], spans.counts, strict=True):
                sofar += n
                buckets.append((bound, float(sofar)))
            family = HistogramMetricFamily(name, words)
            family.add_metric([], buckets, spans.total)
            yield family


async def _months(parts: Parts) -> dict[str, tuple[str, Mapping[str, float]]]:
    """Of messengers whose months are counted: how many messages count, of how many (0: no end)."""
    here, thrift = {name for name, _ in parts.channels}, parts.thrift or Thrift(parts.store, {})
    counts = {one: float(await thrift.count(one)) if one in here else 0.0 for one in COUNTED}
    quotas = {one: float(thrift.quotas.get(one, 0)) for one in COUNTED}
    return {"month_messages": ("channel", counts), "month_quota": ("channel", quotas)}


def _named(values: Mapping[int, float] | Mapping[str, int]) -> dict[str, float]:
    return {str(name): float(value) for name, value in values.items()}


def _age(now: datetime, at: datetime | None) -> float:
    return (now - at).total_seconds() if at else NEVER


async def offset_of(parts: Parts, work: UnitOfWork) -> float | None:
    """By how many seconds this machine is ahead of the clock of its PostgreSQL."""
    clock = parts.kit.clock
    return await work.lags.clock_offset(clock.now(), shared=clock.shared)
