"""CHANNELS: every messenger this installation reaches, by name."""

from bot.channels.telegram import Telegram
from bot.channels.timed_http import Downloads, hosts_of
from bot.channels.webchat import WebChat
from bot.channels.zalo_bot import ZaloBot
from bot.config import Config
from notifications.channel import Channel
from storage.store import Store

CHANNELS = ("web", "telegram", "zalobot")


def reach(config: Config, store: Store) -> list[Channel]:
    """The web chat always; each messenger where its token is set (the operator decides)."""
    channels: list[Channel] = [WebChat(store)]
    token = config.telegram_token.get_secret_value()
    if token:
        secret = config.telegram_webhook_secret.get_secret_value()
        channels.append(Telegram(token, config.telegram_api_url, secret))
    token = config.zalo_bot_token.get_secret_value()
    if token:
        secret = config.zalo_bot_webhook_secret.get_secret_value()
        files = Downloads(hosts_of(config.zalo_media_hosts))
        address = config.zalo_bot_api_url
        channels.append(ZaloBot(token, address, store.clock, secret=secret, downloads=files))
    return channels
