"""Acts of pages and commands done anew after a restore, by their own rules: ids and buttons come out the same.

Each stands where the act itself says `inbox.again`. What a rule refused then it refuses again.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from handlers.actions.breach import add_facts, close_breach, open_breach, tell_breach
from handlers.actions.data_rights import (
    Asked,
    acknowledge_request,
    close_request,
    extend_request,
    take_by_hand,
)
from handlers.actions.invite_staff import invited
from handlers.actions.manage_staff import remove
from handlers.actions.openings import ask, decide, draft
from handlers.actor import Actor
from handlers.pages.paper_rows import fill_on_page
from handlers.pages.slip import answer_slip, open_slip
from handlers.roster.pins import forgotten, keep_pin
from storage.seed.country import load_country

Told = Mapping[str, Any]


async def _remove(actor: Actor, told: Told) -> None:
    person = await actor.work.people.get(told["person"])
    if person is not None and person.active:
        await remove(actor, person)


async def _invited(actor: Actor, told: Told) -> None:
    await invited(actor, told["form"])


async def _opening(actor: Actor, told: Told) -> None:
    drafted = told["id"] or (await draft(actor, told["code"], told["reason"])).id
    await ask(actor, drafted)


async def _decided(actor: Actor, told: Told) -> None:
    await decide(actor, told["id"], agreed=told["agreed"])


async def _pin(actor: Actor, told: Told) -> None:
    await keep_pin(actor, told["pin"])


async def _forgotten(actor: Actor, _: Told) -> None:
    await forgotten(actor)


async def _boxes(actor: Actor, told: Told) -> None:
    await fill_on_page(actor, told["code"], told["paper"], told["given"])


async def _slip_opened(actor: Actor, told: Told) -> None:
    await open_slip(actor, told["token"])


async def _slip_received(actor: Actor, told: Told) -> None:
    await answer_slip(actor, told["token"])


async def _rights_new(actor: Actor, told: Told) -> None:
    asked = Asked(
        told["kind"], told["source"], told["text"], commune=told["commune"], code=told["code"]
    )
    await take_by_hand(actor, asked)


async def _rights_answer(actor: Actor, told: Told) -> None:
    await acknowledge_request(actor, told["no"], told["text"])


async def _rights_extend(actor: Actor, told: Told) -> None:
    await extend_request(actor, told["no"], told["text"])


async def _rights_close(actor: Actor, told: Told) -> None:
    await close_request(actor, told["no"], told["outcome"], told["text"], told["reason"])


async def _breach_new(actor: Actor, told: Told) -> None:
    at = datetime.fromisoformat(told["noticed_at"])
    await open_breach(actor, at, told["parts"], told["cases"])


async def _breach_add(actor: Actor, told: Told) -> None:
    await add_facts(actor, told["no"], told["parts"], told["cases"])


async def _breach_tell(actor: Actor, told: Told) -> None:
    await tell_breach(actor, told["no"], told["whom"], told["how"])


async def _breach_close(actor: Actor, told: Told) -> None:
    await close_breach(actor, told["no"], told["text"], told.get("without_notice") or "")


async def _country(actor: Actor, _: Told) -> None:
    await load_country(actor.work)


DONE_AGAIN: Mapping[str, Callable[[Actor, Told], Awaitable[None]]] = {
    "remove": _remove, "invited": _invited, "opening": _opening, "decided": _decided,
    "pin": _pin, "pin_forgotten": _forgotten, "boxes": _boxes,
    "slip_opened": _slip_opened, "slip_received": _slip_received,
    "rights_new": _rights_new, "rights_answer": _rights_answer, "rights_extend": _rights_extend,
    "rights_close": _rights_close, "breach_new": _breach_new, "breach_add": _breach_add,
    "breach_tell": _breach_tell, "breach_close": _breach_close, "country": _country,
}  # fmt: skip
