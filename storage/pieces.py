"""Bytes that came on a page, as lines of the journal: a message only names them, and no messenger has them."""

from storage.ledgers.inbox import Received
from storage.records.file_parts import Part

CHANNEL = "file"  # of no inbox row: these lines have files of their own in the journal's folder


def line_of(file_id: str, part: Part) -> Received:
    """A piece of an original as something that came in."""
    name = f"{file_id}:{part.n}:{'last' if part.last else 'more'}"
    return Received(CHANNEL, part.what, name, name, part.body)


def piece_of(row: Received) -> tuple[str, Part]:
    """The same again: whose piece it is, and the piece."""
    file_id, n, end = row.dedupe.rsplit(":", 2)
    return file_id, Part(row.account, int(n), end == "last", row.raw)
