"""Networks that ask too often wait; whoever has what opens a door never does, and nobody is turned away."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from aiohttp import web

from cases.clock import Clock
from cases.codes import Chance, digest
from cases.limits import LIMITS, Limit, wait_of

_REMEMBERED = 10_000  # networks
_ROOM = 1_000  # who waits at the same time; whoever finds the room full goes in at once
# Where a proxy of ours stands: on this machine, or in the same private network.
_OURS = [
    ip_network(one)
    for one in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1", "fc00::/7")
]
_V4, _V6 = 24, 56  # how much of an address is its network


def network_of(request: web.Request) -> str:
    """From where somebody asks; "" = nobody knows. A proxy of ours names it last, and stands on our side."""
    near = _address(request.remote or "")
    named = _address(request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip())
    if near is None or not any(near in one for one in _OURS):
        return _network(near)
    return _network(named or (None if near.is_loopback else near))


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _network(address: IPv4Address | IPv6Address | None) -> str:
    if address is None:
        return ""
    return str(ip_network((address, _V4 if address.version == 4 else _V6), strict=False))


class Networks:
    """Counts, under a salt of this process that is another one each day: no address is kept or written."""

    def __init__(
        self,
        clock: Clock,
        chance: Chance,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._clock, self._chance, self._pause = clock, chance, pause
        self._day, self._salt = date.min, b""
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._waiting = 0

    async def wrong(self, network: str) -> None:
        """A link that opens nothing: at once for the first few, later slowly."""
        limit = LIMITS["links"]
        if self._count(limit, network) > limit.most:
            await self.wait(limit.wait)

    async def opens(self, network: str) -> None:
        """A new thread: at once for many, then each a little later than the one before."""
        limit = LIMITS["threads"]
        if network:
            await self.wait(wait_of(limit, self._count(limit, network)))

    async def wait(self, span: timedelta) -> None:
        """Outside of any transaction, and not with everybody."""
        if not span or self._waiting >= _ROOM:
            return
        self._waiting += 1
        try:
            await self._pause(span.total_seconds())
        finally:
            self._waiting -= 1

    def _count(self, limit: Limit, network: str) -> int:
        """How often within the time, this one included; more than five times too much is not counted."""
        now, since = self._clock.now(), limit.within.total_seconds()
        self._new_day(now.date())
        name = digest(f"{self._salt.hex()}|{limit.id}|{network}")
        times = self._times.pop(name, None) or deque(maxlen=5 * limit.most + 1)
        times.append(now.timestamp())
        while times[0] <= now.timestamp() - since:
            times.popleft()
        self._times[name] = times
        if len(self._times) > _REMEMBERED:
            self._times.popitem(last=False)
        return len(times)

    def _new_day(self, today: date) -> None:
        if today != self._day:
            self._day, self._salt = today, self._chance.bytes(16)
            self._times.clear()


NETWORKS = web.AppKey("networks", Networks)
