"""HTTP that stops before its lease: an answer or one of two results; files from named hosts only."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

import httpx

from cases.messages import LARGEST_FILE
from notifications.channel import Fetched, Found, Later, Lost, Retry, Unknown
from notifications.patience import patience

MEDIA_HOSTS = ("zdn.vn", "zadn.vn", "zalo.me")  # Zalo's own, and everything below them
_CALL = 15.0  # seconds, as long as the sender waits: hanging up sooner makes a marked repeat for nothing
_FILE = httpx.Timeout(30.0, connect=5.0)
_HOPS = 3  # redirects within the list
_MOVED = (301, 302, 303, 307, 308)
_NO_CONNECTION = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


class PlatformDown(Exception):
    """The messenger did not answer as it should; nothing is lost, the caller tries again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `body` is None where nobody can read it."""

    status: int
    body: Any


class Wire:
    """Calls to one platform. Its addresses may hold a token: no error that leaves here quotes one."""

    def __init__(self, connections: int = 16) -> None:
        limits = httpx.Limits(max_connections=connections)
        self._client = httpx.AsyncClient(limits=limits, follow_redirects=False)

    async def call(
        self, method: str, url: str, *, wait: float = 0.0, **parts: Any
    ) -> Answer | Retry | Unknown:
        """`wait`: seconds that the platform itself may take before it answers."""
        # HTTP would hang up at once where the process stood still, with the answer in its socket.
        timeout = httpx.Timeout(None, connect=5.0, pool=_CALL + wait)
        try:
            async with patience(_CALL + wait):
                answer = await self._client.request(method, url, timeout=timeout, **parts)
        except TimeoutError:
            return Unknown("no answer")
        except _NO_CONNECTION:
            return Retry(2, "chat", "no connection")
        except (httpx.HTTPError, httpx.InvalidURL, httpx.CookieConflict):
            return Unknown("no answer")
        try:
            return Answer(answer.status_code, answer.json())
        except (ValueError, RecursionError):
            return Answer(answer.status_code, None)

    async def close(self) -> None:
        await self._client.aclose()


async def _resolved(host: str, port: int) -> Sequence[str]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


class Downloads:
    """Files behind public addresses (CHANNELS.md section 11): https, known hosts, no private network.

    The name is looked up once and that very address is called: nobody can answer differently later.
    """

    def __init__(
        self, hosts: Sequence[str] = MEDIA_HOSTS, resolve: Resolve = _resolved,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:  # fmt: skip
        self._hosts = tuple(hosts)
        self._resolve = resolve
        self._client = httpx.AsyncClient(
            timeout=_FILE, follow_redirects=False, transport=transport, trust_env=False
        )

    async def fetch(self, ref: str) -> Found:
        """Never raises for whatever the address does."""
        try:
            url = httpx.URL(ref)
            for _ in range(_HOPS):
                found = await self._one(url)
                if not isinstance(found, httpx.URL):
                    return found
                url = found
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
            return Later("unreachable")
        return Later("unreachable")

    async def _one(self, url: httpx.URL) -> Found | httpx.URL:
        if not self._known(url):
            return Lost("expired")  # no request leaves for a place nobody named
        port = url.port or 443
        address = next(iter(await self._resolve(url.host, port)))
        if not ip_address(address).is_global:
            return Lost("expired")
        headers = {"Host": url.netloc.decode(), "Accept-Encoding": "identity"}
        request = self._client.build_request(
            "GET", url.copy_with(host=address), headers=headers,
            extensions={"sni_hostname": url.host},
        )  # fmt: skip
        answer = await self._client.send(request, stream=True)
        try:
            return await self._taken(answer, url)
        finally:
            await answer.aclose()

    def _known(self, url: httpx.URL) -> bool:
        host = url.host.lower().rstrip(".")
        near = any(host == one or host.endswith(f".{one}") for one in self._hosts)
        return near and url.scheme == "https" and not url.userinfo

    async def _taken(self, answer: httpx.Response, url: httpx.URL) -> Found | httpx.URL:
        if answer.status_code in _MOVED and "location" in answer.headers:
            return url.join(answer.headers["location"])
        if answer.status_code != 200:
            return Later("expired" if answer.status_code in (403, 404, 410) else "unreachable")
        data = bytearray()
        async for piece in answer.aiter_raw():
            data += piece
            if len(data) > LARGEST_FILE:
                return Lost("too_big")
        return Fetched(bytes(data))

    async def close(self) -> None:
        await self._client.aclose()


def hosts_of(setting: str) -> tuple[str, ...]:
    """The hosts that a setting names, separated by commas; Zalo's own where it names none."""
    named = tuple(one.strip().lower() for one in setting.split(",") if one.strip())
    return named or MEDIA_HOSTS
