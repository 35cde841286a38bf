"""What a button means: who may press it, about which case, at which revision, in the order sent."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update

from storage.columns import Arrival
from storage.tables import offers
from storage.tx import Tx

_UNSEEN = datetime(1970, 1, 1, tzinfo=UTC)  # its message is on its way, and may be for hours
_THIS = select(offers).where(offers.c.prompt == bindparam("this"))
_NEWEST = (
    select(offers)
    .where(offers.c.contact_id == bindparam("contact"), offers.c.made_at > _UNSEEN)
    .order_by(offers.c.made_at.desc(), Arrival(offers).desc())
    .limit(1)
)
_LAST = select(func.max(offers.c.made_at).label("at")).where(
    offers.c.contact_id == bindparam("contact")
)
_JUST_AFTER = timedelta(microseconds=1)  # the smallest step that a stored time keeps
_MENUS = (
    select(offers)
    .where(
        offers.c.contact_id == bindparam("contact"), offers.c.kind.in_(("menu", "errand")),
        offers.c.expires_at > bindparam("now"),
    )
    .order_by(offers.c.made_at.desc())
    .limit(bindparam("many"))
)  # fmt: skip
_CARDS = (
    select(offers)
    .where(offers.c.case_id == bindparam("case"), offers.c.kind == "card")
    .order_by(offers.c.made_at, Arrival(offers))
)


@dataclass(frozen=True, slots=True)
class Offer:
    """kind: talk | notice | card | menu | list | letter | resend | paper | gone, or an errand of a colleague.

    `message` is the outbox key of the card that shows it, the event that a button would send, or a paper.
    `shown`: a mark of what a card says, by which a change can be told; nobody can read it back.
    """

    prompt: str
    contact_id: str
    kind: str
    options: list[str]
    expires_at: datetime
    case_id: str = ""
    rev: int = 0
    message: str = ""
    shown: str = ""


class Offers:
    """A press is looked up here; an unknown or foreign prompt means nothing."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def put(self, offer: Offer, *, unseen: bool = False) -> None:
        """`unseen`: nobody can mean it before its message came."""
        made_at = _UNSEEN if unseen else await self._next_at(offer.contact_id)
        values = {
            "prompt": offer.prompt, "contact_id": offer.contact_id, "case_id": offer.case_id,
            "rev": offer.rev, "kind": offer.kind, "options": json.dumps(offer.options),
            "message": offer.message, "made_at": made_at,
            "expires_at": offer.expires_at, "shown": offer.shown,
        }  # fmt: skip
        await self._tx.add(offers, values)

    async def _next_at(self, contact_id: str) -> datetime:
        """After every other of this address: one moment, or a clock that was set back, keeps the order."""
        last = await self._tx.one(_LAST, contact=contact_id)
        if last is None or last["at"] is None or last["at"] < self._tx.now:
            return self._tx.now
        made: datetime = last["at"] + _JUST_AFTER
        return made

    async def get(self, prompt: str) -> Offer | None:
        row = await self._tx.one(_THIS, this=prompt)
        return _offer(row) if row else None

    async def newest(self, contact_id: str) -> Offer | None:
        """The last buttons shown to this address: typed numbers and labels mean these."""
        row = await self._tx.one(_NEWEST, contact=contact_id)
        return _offer(row) if row else None

    async def menus(self, contact_id: str, many: int = 20) -> list[Offer]:
        """The last menus and errands of this address, the newest first."""
        found = await self._tx.all(_MENUS, contact=contact_id, now=self._tx.now, many=many)
        return [_offer(row) for row in found]

    async def came(self, prompt: str) -> None:
        """Its message arrived below every other: an urgent one may have left before it."""
        offer = await self.get(prompt)
        newest = await self.newest(offer.contact_id) if offer is not None else None
        if offer is None or (newest is not None and newest.prompt == prompt):
            return
        made_at = await self._next_at(offer.contact_id)
        await self._tx.run(update(offers).where(offers.c.prompt == prompt).values(made_at=made_at))

    async def cards(self, case_id: str) -> list[Offer]:
        """The newest card of each address that looks at this case."""
        return list({one.contact_id: one for one in await self.all_cards(case_id)}.values())

    async def all_cards(self, case_id: str) -> list[Offer]:
        """Every card of this case that still shows something, the newest last."""
        return [_offer(row) for row in await self._tx.all(_CARDS, case=case_id)]

    async def cards_at(self, contact_id: str) -> list[Offer]:
        """Every card this address was shown."""
        query = select(offers).where(offers.c.contact_id == contact_id, offers.c.kind == "card")
        return [
            _offer(row)
            for row in await self._tx.all(query.order_by(offers.c.made_at, Arrival(offers)))
        ]

    async def gone(self, prompt: str) -> None:
        """This card shows nothing any more, and follows the case no longer."""
        await self._tx.run(update(offers).where(offers.c.prompt == prompt).values(kind="gone"))

    async def forget(self, contact_id: str) -> None:
        """No button that this address was ever shown means anything any more."""
        await self._tx.run(delete(offers).where(offers.c.contact_id == contact_id))

    async def abreast(self, prompt: str, rev: int) -> None:
        """What it shows is true of this revision, too."""
        await self._tx.run(update(offers).where(offers.c.prompt == prompt).values(rev=rev))

    async def renew(
        self, prompt: str, rev: int, options: list[str], *, seen: bool, shown: str = ""
    ) -> None:
        """The same message with new buttons. `seen`: it stands last in the chat, or was just pressed.

        Else a card that changed far above would take the number that is typed under another message.
        """
        values: dict[str, Any] = {"rev": rev, "options": json.dumps(options), "shown": shown}
        here = offers.c.prompt == prompt
        if seen and (offer := await self.get(prompt)) is not None:
            values["made_at"] = await self._next_at(offer.contact_id)
        await self._tx.run(update(offers).where(here).values(**values))


def _offer(row: Any) -> Offer:
    return Offer(
        row["prompt"], row["contact_id"], row["kind"], json.loads(row["options"]),
        row["expires_at"], row["case_id"], row["rev"], row["message"], row["shown"],
    )  # fmt: skip
