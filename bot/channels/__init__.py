"""CHANNELS: every messenger this installation reaches, by name."""

from bot.channels.telegram import Telegram
from bot.channels.timed_http import Downloads, hosts_of
from bot.channels.webchat import WebChat
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import OaSettings, ZaloOA
from bot.channels.zalo_oa_tokens import OaApp, OaTokens
from bot.config import Config
from notifications.channel import Channel
from storage.store import Store

CHANNELS = ("web", "telegram", "zalobot", "zalooa")


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
    if config.zalo_oa_app_id:
        channels.append(_official_account(config, store))
    return channels


def _official_account(config: Config, store: Store) -> ZaloOA:
    settings = OaSettings(
        config.zalo_oa_app_id, config.zalo_oa_secret_key.get_secret_value(),
        config.zalo_oa_api_url, config.zalo_oa_template,
    )  # fmt: skip
    files = Downloads(hosts_of(config.zalo_media_hosts))
    return ZaloOA(settings, oa_tokens(config, store), store.clock, files)


def oa_tokens(config: Config, store: Store) -> OaTokens:
    """The token pair of the Official Account that the settings name."""
    secret = config.zalo_oa_app_secret.get_secret_value()
    return OaTokens(OaApp(config.zalo_oa_app_id, secret, config.zalo_oa_oauth_url), store)
