"""What the doctor says of Zalo: whether it answers, whether it knocks here, what it never brings."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from bot.app import thrift_of
from bot.channels import oa_tokens
from bot.channels.timed_http import Answer, PlatformDown, Wire
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import ZaloOA
from bot.channels.zalo_oa_answers import TOKEN, code_of, shut
from bot.clock import SystemClock
from bot.commands.finding import Line
from bot.config import Config
from notifications.thrift import SAVING, WARNING
from storage.records.accounts import Pair
from storage.store import Store

_PATIENCE = 5.0
_OLD = timedelta(days=60)  # a refresh token lives three months
_SILENT = Line(
    "error", "zalooa", "Zalo OA does not answer: look at the network and ANNHI_ZALO_OA_API_URL."
)
_WITHHOLDS = (
    "Zalo Bot keeps back what protected people write (children among them) and serves 50 people: "
    "put 111 and the web address on its name card, its greeting and every poster."
)


async def zalo(config: Config, store: Store) -> list[Line]:
    """Nothing while it is not set up: other doors lead in."""
    return [*await _bot(config), *await _quota(config, store), *await _account(config, store)]


async def _account(config: Config, store: Store) -> list[Line]:
    """The token pair as it is stored: the program alone renews it, never the doctor."""
    if not config.zalo_oa_app_id:
        return []
    tokens = oa_tokens(config, store)
    pair = await tokens.pair()
    await tokens.close()
    if pair is None:
        return [Line("error", "zalooa", "Nobody has logged in to Zalo OA: bot zalo-oa login.")]
    if pair.refused_at is not None:
        return [Line("error", "zalooa", "Zalo OA does not renew our token: bot zalo-oa login.")]
    now = store.clock.now()
    lines = [*_ages(pair, now), *_reached(config), *await _asked(config, pair, now)]
    lines = lines or [Line("ok", "zalooa", "Zalo OA has a token that renews itself.")]
    return [*lines, *await _billed(config, store)]


def _ages(pair: Pair, now: datetime) -> list[Line]:
    if now - pair.made_at > _OLD:
        sentence = "The token of Zalo OA ends within a month: start bot run, or bot zalo-oa login."
        return [Line("warning", "zalooa", sentence)]
    if pair.access and now >= pair.expires_at:
        sentence = "The access token of Zalo OA is over: start bot run, which renews it."
        return [Line("warning", "zalooa", sentence)]
    return []


async def _asked(config: Config, pair: Pair, now: datetime) -> list[Line]:
    """Whether Zalo takes the token that is stored, asked for something that it only reads to us."""
    if not pair.access or now >= pair.expires_at:
        return []  # nothing to ask with: said above
    wire, url = Wire(1), f"{config.zalo_oa_api_url.rstrip('/')}/v2.0/oa/listrecentchat"
    given: dict[str, Any] = {
        "headers": {"access_token": pair.access}, "params": {"data": '{"offset":0,"count":1}'},
    }  # fmt: skip
    try:
        async with asyncio.timeout(_PATIENCE):
            answer = await wire.call("GET", url, **given)
    except TimeoutError:
        return [_SILENT]
    finally:
        await wire.close()
    code = code_of(answer.body) if isinstance(answer, Answer) else None
    return [_SILENT] if code is None else _refusal(code)


def _refusal(code: int) -> list[Line]:
    if code == 0:
        return []
    if code in TOKEN:
        sentence = (
            "Zalo OA refuses our token: start bot run, which renews it, or bot zalo-oa login."
        )
        return [Line("error", "zalooa", sentence)]
    if why := shut(code):
        sentence = f"Zalo OA sends nothing for us ({why}, {code}): look at its console."
        return [Line("error", "zalooa", sentence)]
    sentence = f"Zalo OA does not list its messages ({code}): what its webhook misses stays unseen."
    return [Line("warning", "zalooa", sentence)]


def _reached(config: Config) -> list[Line]:
    if config.public_url.startswith("https://"):
        return []
    sentence = "Zalo OA knocks at an https address only: set ANNHI_PUBLIC_URL, and its webhook."
    return [Line("error", "zalooa", sentence)]


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


async def _quota(config: Config, store: Store) -> list[Line]:
    """How much of the month is left, once it is little."""
    if not config.zalo_bot_token.get_secret_value():
        return []
    spent = await thrift_of(config, store).spent(ZaloBot.name)
    if spent is None or spent.share < WARNING:
        return []
    told = f"Zalo Bot has sent {spent.count} of {spent.quota} messages of this month"
    if spent.share < SAVING:
        return [Line("warning", "zalobot", f"{told}: buy more, or lead people to other doors.")]
    return [Line("error", "zalobot", f"{told}, so only alerts leave: buy more, then raise "
                 "ANNHI_ZALO_BOT_MONTHLY_QUOTA.")]  # fmt: skip


async def _billed(config: Config, store: Store) -> list[Line]:
    """What Zalo OA has billed: messages to whoever was silent for more than 48 hours, and templates."""
    thrift = thrift_of(config, store)
    spent = await thrift.spent(ZaloOA.name)
    if spent is None:
        return _endless(await thrift.count(ZaloOA.name))
    told = f"Zalo OA has billed {spent.count} of {spent.quota} messages of this month"
    if spent.share < WARNING:
        return [Line("ok", "zalooa", f"{told}.")]
    if spent.share < SAVING:
        return [Line("warning", "zalooa", f"{told}: buy more, or give people another address.")]
    return [Line("error", "zalooa", f"{told}, so whoever has been silent there is only sent alerts: "
                 "buy more, then raise ANNHI_ZALO_OA_MONTHLY_QUOTA.")]  # fmt: skip


def _endless(count: int) -> list[Line]:
    if not count:
        return []
    return [Line("warning", "zalooa", f"Zalo OA has billed {count} messages of this month: set "
                 "ANNHI_ZALO_OA_MONTHLY_QUOTA, and administrators hear before it is spent.")]  # fmt: skip


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
