"""A case is erased by two people: one asks, another agrees, and a certificate says what is left."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from cases.errors import Refused
from cases.lifecycle import Act
from cases.model import Case
from cases.records import records
from cases.retention import kept_because
from handlers.actor import Actor
from handlers.casework.acts.done import Done, tell
from handlers.casework.consenting import let_go
from handlers.casework.forgetting import erase_whole, facts_of


async def check_erasure(actor: Actor, case: Case) -> None:
    """Nothing may keep it. Raises Refused with what does: a person erases no sooner than the clock may."""
    facts = replace(
        await facts_of(actor, case), asked=False
    )  # that it is asked for is why it is done
    if why := kept_because(case, facts, actor.work.now):
        raise Refused(f"error.kept_{why}")


async def _asked(done: Done) -> None:
    await tell(done.actor, done.after, "erase_asked", ("leader", "supervisor"), done.person)


async def _refused(done: Done) -> None:
    await tell(done.actor, done.after, "erase_refused", ("officer", "leader"), done.person)


async def _let_go(done: Done) -> None:
    await let_go(done.actor, done.after)


async def _agreed(done: Done) -> None:
    """The last thing of this commit: afterwards there is nothing that could be told, or shown."""
    asked = records(done.after, "erasure", "agreed")[-1]
    await erase_whole(
        done.actor, done.after, str(asked.body["ground"]), (asked.person, done.person.id)
    )


ERASING: Mapping[Act, Callable[[Done], Awaitable[None]]] = {
    Act.UNHOLD: _let_go, Act.ASK_ERASE: _asked, Act.AGREE_ERASE: _agreed, Act.REFUSE_ERASE: _refused,
}  # fmt: skip
