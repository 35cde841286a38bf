"""CHANNELS: every messenger this installation reaches, by name."""

from bot.channels.telegram import Telegram
from bot.channels.webchat import WebChat
from bot.config import Config
from notifications.channel import Channel
from storage.store import Store

CHANNELS = ("web", "telegram")


def reach(config: Config, store: Store) -> list[Channel]:
    """The web chat always; Telegram where a token is set (a transfer abroad: the operator decides)."""
    channels: list[Channel] = [WebChat(store)]
    token = config.telegram_token.get_secret_value()
    if token:
        secret = config.telegram_webhook_secret.get_secret_value()
        channels.append(Telegram(token, config.telegram_api_url, secret))
    return channels
