"""What the doctor says of Zalo: whether it answers, whether it knocks here, what it never brings."""

import asyncio

from bot.channels.timed_http import PlatformDown
from bot.channels.zalo_bot import ZaloBot
from bot.clock import SystemClock
from bot.commands.finding import Line
from bot.config import Config

_PATIENCE = 5.0
_WITHHOLDS = (
    "Zalo Bot keeps back what protected people write (children among them) and serves 50 people: "
    "put 111 and the web address on its name card, its greeting and every poster."
)


async def zalo(config: Config) -> list[Line]:
    """Nothing while it is not set up: other doors lead in."""
    return await _bot(config)


async def _bot(config: Config) -> list[Line]:
    token = config.zalo_bot_token.get_secret_value()
    if not token:
        return []
    channel = ZaloBot(token, config.zalo_bot_api_url, SystemClock())
    try:
        async with asyncio.timeout(_PATIENCE):
            name = await channel.start()
            hook = await channel.webhook()
    except (TimeoutError, PlatformDown):
        sentence = "Zalo Bot does not answer for this token: check ANNHI_ZALO_BOT_TOKEN."
        return [Line("error", "zalobot", sentence)]
    finally:
        await channel.close()
    lines = [Line("ok", "zalobot", f"Zalo Bot answers for {name}.")]
    return [*lines, *_knocks(config, hook), Line("warning", "zalobot", _WITHHOLDS)]


def _knocks(config: Config, hook: str) -> list[Line]:
    """Whether what people write comes here; an address never stands in the sentence."""
    ours = f"{config.public_url.rstrip('/')}/zalo/bot/webhook"
    if config.zalo_bot_mode == "webhook" and hook != ours:
        sentence = "Zalo Bot does not knock at this installation: start bot run, look again."
        return [Line("error", "zalobot", sentence)]
    if config.zalo_bot_mode == "polling" and hook:
        sentence = "Zalo Bot has a webhook, so polling hears nothing: start bot run, look again."
        return [Line("error", "zalobot", sentence)]
    return []
