"""The whole key file again from one KEK: what it seals stands in the database and in every backup's head."""

import json
from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import create_engine, inspect, select

from storage.key_file import Ring
from storage.keys import Unreadable, open_ring
from storage.tables import keks

_HEAD = 1 << 16
Sealed = tuple[str, bytes]  # name of the KEK, the ring it seals


def rings(url: str) -> Sequence[Sealed]:
    """What each KEK of this database brings back, the newest first."""
    sync = url.replace("sqlite+aiosqlite", "sqlite")
    if sync.startswith("sqlite") and not Path(sync.split(":///", 1)[1]).exists():
        return []
    engine = create_engine(sync, hide_parameters=True)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table(keks.name):
                return []
            found = connection.execute(select(keks).order_by(keks.c.made_at.desc())).mappings()
            return [(row["name"], row["ring"]) for row in found if row["ring"]]
    finally:
        engine.dispose()


def rings_of_backup(path: Path) -> Sequence[Sealed]:
    """What the KEK of this backup brings back: it stands in its first line. Raises OSError."""
    with path.open("rb") as file:
        line = file.read(_HEAD).partition(b"\n")[0]
    try:
        head = json.loads(line)
        return [(head["kek"], b64decode(head["ring"]))]
    except (ValueError, KeyError, TypeError):
        return []


def opened(kek: bytes, those: Sequence[Sealed]) -> Ring:
    """The ring that this KEK sealed. Raises Unreadable."""
    for name, sealed in those:
        try:
            return open_ring(kek, name, sealed)
        except Unreadable:
            continue
    raise Unreadable("these halves do not open the keys of this database")
