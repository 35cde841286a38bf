"""The socket of the pages that systemd holds open: while we restart, people wait and nobody is refused."""

import os
import socket
from collections.abc import Mapping

_FIRST = 3  # after standard input, output and errors (sd_listen_fds(3))


def inherited(environ: Mapping[str, str] | None = None) -> socket.socket | None:
    """The one socket handed to this process; None = we open our own."""
    own = os.environ if environ is None else environ  # noqa: TID251 — systemd's, no setting of ours
    if own.get("LISTEN_PID") != str(os.getpid()) or own.get("LISTEN_FDS") != "1":
        return None
    return socket.socket(fileno=_FIRST)
