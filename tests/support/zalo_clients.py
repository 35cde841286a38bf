"""Clients of other authors, written against the real Zalo, call our fakes and say what they got.

Runs in an environment of its own (zalo_clients.txt): python tests/support/zalo_clients.py NAME URL TOKEN
"""

import asyncio
import importlib
import json
import sys

CHAT = "6ede9afa66b88fe6d6a9"
WHO = "246845883529197922"


def of(call):
    """What a call gave, or the name of what it raised."""
    try:
        return call()
    except Exception as error:  # noqa: BLE001 — which one is what the test asks
        return type(error).__name__


async def coming(call):
    """The same of a call that is awaited."""
    try:
        return await call
    except Exception as error:  # noqa: BLE001 — which one is what the test asks
        return type(error).__name__


async def python_zalo_bot(url, token):
    """Everything python-zalo-bot can do with a bot."""
    zalo = importlib.import_module("zalo_bot")
    bot = zalo.Bot(token, base_url=url)
    async with bot:
        me = await bot.get_me()
        idle = await coming(bot.get_update(timeout=1))
        update = await bot.get_update(timeout=1)
        sent = await bot.send_message(CHAT, "xin chào")
        photo = await bot.send_photo(CHAT, "ảnh", "https://annhi.example/a.png")
        action = await bot.send_chat_action(CHAT, "typing")
        nothing = await coming(bot._get_webhook_info_async())
        hooked = await bot._set_webhook_async("https://annhi.example/zalo/bot/webhook", "s3cret-8")
        info = await bot._get_webhook_info_async()
        gone = await bot._delete_webhook_async()
        return {
            "me": me.account_name, "idle": idle, "text": update.message.text,
            "from": update.message.chat.id, "sent": sent.message_id, "photo": photo.message_id,
            "action": bool(action), "no webhook": nothing, "hooked": hooked, "info": info.url,
            "gone": gone,
        }  # fmt: skip


async def pyzalo(url, token):
    """pyzalo gives answers as they are."""
    bot = importlib.import_module("pyzalo.main").PyZALO(token, base_url=url)
    return {
        "me": bot.getMe(), "sent": bot.sendMessage(CHAT, "xin chào"),
        "long": bot.sendMessage(CHAT, "a" * 2001), "action": bot.sendChatAction(CHAT),
        "voice": bot.sendVoice(CHAT, "https://annhi.example/a.aac"),
        "hooked": bot.setWebhook("https://annhi.example/zalo/bot/webhook", "s3cret-8"),
        "info": bot.getWebhookInfo(), "gone": bot.deleteWebhook(), "none": bot.getWebhookInfo(),
    }  # fmt: skip


async def zalo_bot_mcp(url, token):
    """zalo-bot-mcp tells its own mistakes from those of the platform."""
    api_module = importlib.import_module("zalo_bot_mcp.zalo_api")
    api_module.BASE_URL = url
    async with api_module.ZaloBotApi(token) as api:
        me = await api.get_me()
        idle = await api.get_updates(timeout=1)
        parsed = api_module.parse_update(await api.get_updates(timeout=1))
        sends = [await coming(api.send_message(CHAT, "xin chào")) for _ in range(4)]
        return {
            "me": me["account_name"], "idle": idle, "text": parsed.text, "user": parsed.user_id,
            "sends": sends, "no webhook": await api.get_webhook_info(),
        }  # fmt: skip


async def zalo_sdk(url, token, many):
    """zalo-sdk on the Official Account: texts, buttons, uploads, quota; `many` faults of one person."""
    sdk = importlib.import_module("zalo_sdk")
    oa = importlib.import_module("zalo_sdk.oa")
    client = oa.Client(app_id="1", secret_key="s", access_token=token, endpoint_prefix=url)
    to, failing = oa.ZaloRecipient(user_id=WHO), oa.ZaloRecipient(user_id="failing")
    buttons = [{"title": "Có", "type": "oa.query.hide", "payload": "#c:p:now"}]
    asking = oa.ZaloMessageBody(
        text="?", attachment=oa.ZaloAttachment("template", {"buttons": buttons})
    )
    plain = oa.ZaloMessageBody(text="xin chào")
    return {
        "version": sdk.__name__,
        "text": client.send_message(to, plain),
        "buttons": client.send_message(to, asking),
        "image": client.upload_file(b"\x89PNG", "image", "a.png", "image/png"),
        "file": client.upload_file(b"x", "file", "a.pdf", "application/pdf"),
        "quota": client.get_zalo_user_quotas(WHO),
        "shut": of(lambda: client.send_message(to, plain, category="transaction")),
        "errors": [of(lambda: client.send_message(failing, plain)) for _ in range(int(many))],
    }


CLIENTS = {
    "python-zalo-bot": python_zalo_bot, "pyzalo": pyzalo, "zalo-bot-mcp": zalo_bot_mcp,
    "zalo-sdk": zalo_sdk,
}  # fmt: skip

if __name__ == "__main__":
    print(json.dumps(asyncio.run(CLIENTS[sys.argv[1]](*sys.argv[2:]))))
