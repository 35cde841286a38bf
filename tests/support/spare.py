"""Databases of PostgreSQL that tests hand on: emptied in a twentieth of the time that a new one takes."""

from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests.support.postgres import plain

LIFE = 60  # tests; then what is deleted and never cleaned away begins to cost
_OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
_COUNTERS = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
_SHAPE = """
SELECT md5(string_agg(line, chr(10) ORDER BY line)) FROM (
  SELECT format('%s %s %s', c.relname, a.attname, a.atttypid) FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped
  UNION ALL SELECT format('%s %s %s', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger
    WHERE NOT tgisinternal
  UNION ALL SELECT format('%s %s', oid::regprocedure, md5(prosrc)) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT format('%s %s', relname, relacl) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace
) AS lines(line)
"""


@dataclass
class Spare:
    """What a database held when it was new; `again` makes it so once more."""

    url: str
    shape: str = ""
    rows: dict[str, bytes] = field(default_factory=dict)
    counters: list[Any] = field(default_factory=list)
    uses: int = 0

    @classmethod
    def of(cls, url: str) -> "Spare":
        """As it is now."""
        made = cls(url)
        with psycopg.connect(plain(url)) as look:
            made.shape = _one(look, _SHAPE)
            made.counters = look.execute(_COUNTERS).fetchall()
            for (table,) in look.execute(_TABLES).fetchall():
                with look.cursor().copy(f'COPY "{table}" TO STDOUT') as copy:
                    made.rows[table] = b"".join(bytes(piece) for piece in copy)
        return made

    def again(self) -> bool:
        """False: its shape has changed or it is worn, and another one is to be made."""
        self.uses += 1
        if self.uses >= LIFE:
            return False
        with psycopg.connect(plain(self.url)) as owner:
            owner.execute(_OTHERS)
            if _one(owner, _SHAPE) != self.shape:
                return False
            owner.execute("SET session_replication_role = replica")  # no trigger, no foreign key
            owner.execute(";".join(f'DELETE FROM "{table}"' for table in self.rows))
            for table, rows in self.rows.items():
                if rows:
                    with owner.cursor().copy(f'COPY "{table}" FROM STDIN') as copy:
                        copy.write(rows)
            for name, last in self.counters:
                owner.execute("SELECT setval(%s::regclass, %s, %s)", (name, last or 1, bool(last)))
        return True


def _one(connection: psycopg.Connection[Any], query: str) -> str:
    found = connection.execute(query).fetchone()
    assert found is not None
    return str(found[0])
