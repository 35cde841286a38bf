"""The erasure register: which cases and persons were erased, and when; no content, no names.

A plain file beside the journal, so that a restored backup forgets again what was erased after it.
One JSON object a line, the oldest first:

    {"what": "case", "id": "…", "at": "2026-11-26T06:20:00+00:00", "submission": "…", "reason": "…"}

`what` is "case" or "person" (an address of a reporter), `id` and `submission` are random ids of the
database, `reason` is a code. A line is written and fsynced before the erasure commits. A torn last
line is ignored; the same line twice means the same as once. Every backup takes a copy of the file.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from storage.locks import sync_folder

NAME = "erasures.register"


@dataclass(frozen=True, slots=True)
class Entry:
    """One erasure."""

    what: str  # case | person
    id: str
    at: datetime
    submission: str = ""
    reason: str = ""


class Register:
    """The register of one installation. `folder` is the journal's."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME

    def append(self, entry: Entry) -> None:
        """On the disk when this returns. Raises OSError: then nothing may be erased."""
        new = not self.path.exists()
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            size = os.fstat(descriptor).st_size
            torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
            os.write(descriptor, b"\n" * torn + _line(entry))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if new:
            sync_folder(self.path.parent)

    def entries(self) -> list[Entry]:
        """Every erasure once, the oldest first."""
        if not self.path.exists():
            return []
        return list(dict.fromkeys(_read(self.path.read_bytes())))

    def merge(self, other: bytes) -> None:
        """Take over what another copy of the register knows: that of a backup."""
        known = set(self.entries())
        for entry in _read(other):
            if entry not in known:
                self.append(entry)


def _line(entry: Entry) -> bytes:
    return json.dumps({**asdict(entry), "at": entry.at.isoformat()}).encode() + b"\n"


def _read(text: bytes) -> Iterator[Entry]:
    for line in text.split(b"\n"):
        try:
            told = json.loads(line)
            at = datetime.fromisoformat(told.pop("at"))
            yield Entry(at=at, **told)
        except (ValueError, TypeError, KeyError, AttributeError):
            continue  # the torn last line, or the empty end
