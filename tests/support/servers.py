"""For tests that are about PostgreSQL whatever the rest of the run is on: databases on one server."""

import os
from itertools import count
from urllib.parse import urlsplit

import psycopg

from storage import migrate
from tests.support.postgres import on, plain

_numbers = count(1)
_MIGRATED = f"migrated{os.getpid()}"


class Databases:
    """Fresh ones, dropped by `drop_all`."""

    def __init__(self, server: str) -> None:
        self.server = server
        self._made: list[str] = []

    def fresh(self) -> str:
        """The URL of a database in which nothing is, not even a table."""
        name = f"p{os.getpid()}_{next(_numbers)}"
        self._made.append(name)
        return self._create(name, "template0")

    def migrated(self) -> str:
        """The URL of one that has every table, and nothing in them."""
        if not asked(self.server, "SELECT 1 FROM pg_database WHERE datname = %s", _MIGRATED):
            migrate.upgrade(self._create(_MIGRATED, "template0"))
        name = f"p{os.getpid()}_{next(_numbers)}"
        self._made.append(name)
        return self._create(name, _MIGRATED)

    def _create(self, name: str, template: str) -> str:
        on(self.server, f'CREATE DATABASE "{name}" TEMPLATE {template} STRATEGY file_copy')
        return self.server.replace("/postgres?", f"/{name}?")

    def drop_all(self) -> None:
        for name in self._made:
            on(self.server, f'DROP DATABASE "{name}" WITH (FORCE)')


def asked(url: str, statement: str, *values: object) -> list[tuple[object, ...]]:
    """What a statement of the owner gives, committed."""
    with psycopg.connect(plain(url)) as owner:
        found = owner.execute(statement, values or None)
        return found.fetchall() if found.description else []


def as_role(url: str, role: str) -> str:
    """The same database, for somebody else."""
    return url.replace(f"//{urlsplit(url).username}@", f"//{role}@", 1)
