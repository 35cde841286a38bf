"""One-time links to a paper or a picture: worth nothing without the session of who asked for it.

Kept as hashes.
"""

from datetime import timedelta

from sqlalchemy import bindparam, delete, select, update

from cases.codes import digest
from storage.tables import paper_links
from storage.tx import Tx

LIFE = timedelta(minutes=15)
_LINK = select(paper_links).where(
    paper_links.c.hash == bindparam("this"), paper_links.c.person_id == bindparam("person"),
    paper_links.c.expires_at > bindparam("now"), paper_links.c.used_at.is_(None),
)  # fmt: skip
_SPEND = update(paper_links).where(
    paper_links.c.hash == bindparam("this"), paper_links.c.used_at.is_(None)
)


class PaperLinks:
    """Neither the paper nor its link can be reached from here without the token."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def make(
        self, token: str, person_id: str, case_id: str, paper: str, life: timedelta = LIFE
    ) -> None:
        """One more; what has run out, of anybody, is deleted."""
        now = self._tx.now
        await self._tx.run(delete(paper_links).where(paper_links.c.expires_at <= now))
        values = {
            "hash": digest(token), "person_id": person_id, "case_id": case_id, "paper": paper,
            "made_at": now, "expires_at": now + life,
        }  # fmt: skip
        await self._tx.add(paper_links, values)

    async def look(self, token: str, person_id: str) -> tuple[str, str] | None:
        """(case, paper) of a link that this person may still use; looking spends nothing."""
        row = await self._tx.one(_LINK, this=digest(token), person=person_id, now=self._tx.now)
        return (row["case_id"], row["paper"]) if row is not None else None

    async def spend(self, token: str, person_id: str) -> tuple[str, str] | None:
        """The same, once; None = unknown, used, too late or somebody else's."""
        found = await self.look(token, person_id)
        if found is None:
            return None
        spent = await self._tx.run(_SPEND, this=digest(token), used_at=self._tx.now)
        return found if spent.rowcount else None

    async def void(self, person_id: str) -> None:
        """Every link of this person is worth nothing from now on."""
        await self._tx.run(delete(paper_links).where(paper_links.c.person_id == person_id))
