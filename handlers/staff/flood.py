"""Flood mode in the chat: how it is, and one button."""

from handlers.actions.flood import flood_state, turn_flood
from handlers.actor import Actor
from handlers.staff.home import home_buttons


async def flood_page(actor: Actor) -> None:
    """What it does, and the switch."""
    text, on = flood_state(actor)
    await home_buttons(actor, text, ("flood_off",) if on else ("flood_on",))


async def flood_on(actor: Actor) -> None:
    await actor.say(await turn_flood(actor, on=True))


async def flood_off(actor: Actor) -> None:
    await actor.say(await turn_flood(actor, on=False))
