"""What leaves together: claimed, thought over once more, and put into one message (ADR 15)."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from cases.messages import Choice, Outgoing
from locales.catalog import Catalog, NoWords
from notifications.aftermath import DeliveryProtocol
from notifications.announce import OFFER_LIFE
from notifications.notices import OWN_WORK
from notifications.outgoing import body_of
from notifications.quiet import most
from storage.ledgers.outbox import OutboxRow
from storage.records.offers import Offer
from storage.unit_of_work import UnitOfWork

BUTTONS = 5


@dataclass(slots=True)
class Parcel:
    """One call to a messenger: the rows it carries, and the message that stands for them."""

    rows: list[OutboxRow]
    message: OutboxRow = field(init=False)
    ids: set[str] = field(init=False)  # of every row that was ever claimed for it

    def __post_init__(self) -> None:
        self.message = self.rows[0]
        self.ids = {row.id for row in self.rows}

    def take(self, rows: Sequence[OutboxRow]) -> None:
        """These go with it."""
        self.rows += rows
        self.ids |= {row.id for row in rows}


def parcels(claimed: Sequence[OutboxRow]) -> list[Parcel]:
    """Rows of one bundle that were claimed at once, after a crash, go out together again."""
    found: dict[tuple[str, ...], Parcel] = {}
    for row in claimed:
        key = (row.contact_id, row.bundle) if most(row.bundle) and row.bundle else (row.id,)
        if key in found:
            found[key].take([row])
        else:
            found[key] = Parcel([row])
    return list(found.values())


class Bundler:
    """Each row keeps its own state and key: what becomes of the message becomes of each of them."""

    def __init__(self, catalog: Catalog, think: DeliveryProtocol, worker: str) -> None:
        self._catalog = catalog
        self._think = think
        self._worker = worker

    async def fill(self, work: UnitOfWork, parcel: Parcel) -> None:
        """Everything due in the bundle, without what is not true any more. May leave nothing."""
        first, room = parcel.rows[0], most(parcel.rows[0].bundle) + 1 - len(parcel.rows)
        if room > 0:
            parcel.take(await work.bundles.gather(first, self._worker, room))
        kept = []
        for row in parcel.rows:
            if not row.readable:  # alone it becomes visible as what it is
                await work.outbox.finish(row, "waiting", attempt=row.attempt - 1, bundle="")
            elif (body := await self._think.anew(work, row)) is None:
                await work.outbox.finish(row, "cancelled", outcome="not true any more")
            else:
                kept.append(replace(row, body=dict(body)))
        parcel.rows = kept
        if kept:
            parcel.message = kept[0] if len(kept) == 1 else await self._one(work, kept)

    async def _one(self, work: UnitOfWork, rows: list[OutboxRow]) -> OutboxRow:
        """One message for several rows: their words line by line, a button for each case."""
        first, codes = rows[0], list(dict.fromkeys(str(row.body["code"]) for row in rows))
        options = codes if len(codes) <= BUTTONS else [OWN_WORK, *codes[: BUTTONS - 1]]
        prompt = _prompt(rows)
        offer = Offer(prompt, first.contact_id, "list", options, work.now + OFFER_LIFE)
        await work.offers.put(offer)
        text = "\n".join([*self._head(first, len(rows)), *(str(one.body["text"]) for one in rows)])
        choices = tuple(Choice(one, self._label(first.lang, one)) for one in options)
        outgoing = Outgoing(
            f"bundle:{prompt}", text=text, prompt=prompt, choices=choices, staff=True
        )
        body = {**first.body, **body_of(outgoing)}
        again = any(row.maybe_sent for row in rows)
        return replace(first, key=outgoing.key, body=body, maybe_sent=again)

    def _head(self, first: OutboxRow, count: int) -> list[str]:
        """How many there are; without words for it the lines go out all the same."""
        kind = first.bundle.partition(":")[0]
        try:
            return [self._catalog.say(first.lang, f"bundle.{kind}", count=count)]
        except NoWords:
            return []

    def _label(self, lang: str, option: str) -> str:
        return self._catalog.say(lang, f"digest.{OWN_WORK}") if option == OWN_WORK else option


def _prompt(rows: list[OutboxRow]) -> str:
    """The same rows make the same prompt, so that a repeat carries the same buttons."""
    whole = "|".join(row.id for row in rows).encode()
    return urlsafe_b64encode(sha256(whole).digest()[:8]).decode().rstrip("=")
