"""Everything a thief can read who has the database and the key file: each sealed value, opened."""

from sqlalchemy import select

from storage import tables
from storage.keys import Unreadable
from storage.store import Store

# Where each sealed column's key and place come from; a new sealed column is missed by `unknown`.
SEALED = {
    ("inbox", "raw"): ("day:{received_at:%Y-%m-%d}", "{id}"),
    ("case_events", "body"): ("case:{case_id}", "{id}"),
    ("records", "body"): ("case:{case_id}", "{case_id}|{kind}|{no}"),
    ("families", "words"): ("person:{person_id}", "{id}"),
    ("talks", "answers"): ("talk:{id}", "{id}"),
    ("letters", "body"): ("case:{case_id}", "{id}"),
    ("files", "ref"): ("file:{id}", "{id}"),
    ("files", "facts"): ("file:{id}", "{id}"),
    ("file_parts", "body"): ("file:{file_id}", "{file_id}:{what}:{n}:{end}"),
    ("outbox", "body"): ("{owner}", "{id}"),
    ("audit", "detail"): ("{of}", "{n}"),
    ("people", "name"): ("person:{id}", "{id}"),
    ("contacts", "address"): ("person:{id}", "{id}"),
    ("contacts", "safety"): ("person:{id}", "{id}"),
    ("invites", "name"): ("system", "{hash}"),
    ("channel_tokens", "pair"): ("system", "{channel}|{account}"),
    ("webchat_messages", "body"): ("web:{session_id}", "{id}"),
    ("areas", "owners"): ("system", "{code}"),
    ("keks", "confirmed"): ("system", "{name}"),
    ("rehearsals", "tokens"): ("system", "{day}"),
    ("pins", "body"): ("person:{person_id}", "{person_id}"),
    ("openings", "reason"): ("{of}", "{id}"),
    ("rights", "body"): ("{whose}", "{id}"),
    ("breaches", "body"): ("breach:{id}", "{id}"),
}
_PLACES = {"webchat_messages": "webchat"}
CLEAR = {  # binary, and not sealed: hashes and wrapped keys
    ("reporters", "access_hash"), ("files", "same_index"), ("audit", "prev"), ("audit", "hash"),
    ("audit_head", "hash"), ("audit_anchors", "hash"), ("pulse", "room"),
    ("contacts", "address_index"), ("data_keys", "wrapped"),
    ("keks", "ring"),  # sealed by the KEK itself, which is not in the database
}  # fmt: skip


def unknown() -> set[tuple[str, str]]:
    """Binary columns nobody has said anything about."""
    binary = {
        (table.name, column.name)
        for table in tables.metadata.sorted_tables
        for column in table.columns
        if type(column.type).__name__ == "LargeBinary"
    }
    return binary - set(SEALED) - CLEAR


async def opened(store: Store) -> list[tuple[str, bytes]]:
    """(table.column, what it says) of every sealed value that opens."""
    found = []
    async with store.reading("test") as work:
        tx = work._tx
        for (name, column), (scope, place) in SEALED.items():
            table = tables.metadata.tables[name]
            for row in await tx.all(select(table)):
                if not row[column]:
                    continue
                told = {**row, **_more(name, row)}
                where = f"{_PLACES.get(name, name)}|{column}|{place.format(**told)}"
                try:
                    plain = await tx.open(scope.format(**told), where, row[column])
                except Unreadable:
                    continue
                found.append((f"{name}.{column}", plain))
    return found


def _more(name, row):
    case = row.get("case_id", "")
    return {
        "end": "last" if row.get("last") else "more",
        "owner": f"case:{case}" if case else f"person:{row.get('contact_id')}",
        "whose": f"case:{case}" if case else f"rights:{row.get('id')}",
        "of": f"case:{case}" if case else "system",
    }
