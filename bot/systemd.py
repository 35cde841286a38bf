"""What systemd hears: ready, stopping, and that work goes on (sd_notify, a datagram of a few letters)."""

import logging
import os
import socket

from cases.clock import Clock

log = logging.getLogger(__name__)
_EVERY = 5.0  # seconds between two meals: WatchdogSec is a minute


class Watchdog:
    """Feeds nobody where nobody asked for it. What it watches calls `fed` after each finished cycle."""

    def __init__(self, address: str, clock: Clock) -> None:
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        self._clock = clock
        self._last = float("-inf")

    @classmethod
    def of_this_process(cls, clock: Clock) -> "Watchdog":
        return cls(os.environ.get("NOTIFY_SOCKET", ""), clock)  # noqa: TID251 — systemd's, no setting

    def ready(self) -> None:
        self._say(b"READY=1")

    def stopping(self) -> None:
        self._say(b"STOPPING=1")

    def fed(self) -> None:
        """One cycle was finished: the messages that were due were looked at, and none is stuck in us."""
        now = self._clock.elapsed()
        if now - self._last >= _EVERY:
            self._last = now
            self._say(b"WATCHDOG=1")

    def _say(self, what: bytes) -> None:
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
                line.setblocking(False)
                line.sendto(what, self._address)
        except OSError as error:  # it will notice by itself that it hears nothing
            log.warning("systemd does not listen", extra={"outcome": type(error).__name__})
