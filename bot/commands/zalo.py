"""zalo-oa: log in to the Official Account, or bring a refresh token, so that we may send."""

import argparse
import asyncio
import base64
import hashlib
import sys
from urllib.parse import parse_qs, urlencode, urlsplit

from bot.app import open_store
from bot.channels import oa_tokens
from bot.commands.command import Command, Failed
from bot.config import Config
from notifications.channel import Retry
from storage.store import Store

_NOT_SET_UP = (
    "Set ANNHI_ZALO_OA_APP_ID, ANNHI_ZALO_OA_APP_SECRET and ANNHI_ZALO_OA_SECRET_KEY first."
)
_NO_ADDRESS = "Set ANNHI_PUBLIC_URL first: Zalo sends the administrator's browser back there."


def _arguments(parser: argparse.ArgumentParser) -> None:
    sub = parser.add_subparsers(dest="what", required=True)
    sub.add_parser("login", help="print the address to agree at, then read the address it led to")
    seed = sub.add_parser("seed", help="keep a refresh token from the developer page and renew it")
    seed.add_argument(
        "--refresh-token", required=True, metavar="TOKEN", help="- reads it from stdin"
    )


async def _zalo_oa(config: Config, options: argparse.Namespace) -> int:
    if not config.zalo_oa_app_id:
        raise Failed(_NOT_SET_UP)
    store, _ = await open_store(config)
    try:
        return await (_login if options.what == "login" else _seed)(config, store, options)
    finally:
        await store.close()


async def _login(config: Config, store: Store, _: argparse.Namespace) -> int:
    """Consent in a browser, with a verifier that never leaves this process."""
    if not config.public_url:
        raise Failed(_NO_ADDRESS)
    verifier = base64.urlsafe_b64encode(store.chance.bytes(32)).decode().rstrip("=")
    state = store.chance.bytes(8).hex()
    print("Open this as an administrator of the OA, agree, and paste where it leads:")
    print(_consent(config, verifier, state), flush=True)
    pasted = (await asyncio.to_thread(sys.stdin.readline)).strip()
    code = _code_of(pasted, state)
    tokens = oa_tokens(config, store)
    try:
        if not await tokens.redeem(code, verifier):
            raise Failed("Zalo gave no token for this code: it lives ten minutes, so log in again.")
    finally:
        await tokens.close()
    await _noted(store, "zalo_oa_login")
    print("Logged in. The token pair is stored and renews itself.")
    return 0


def _consent(config: Config, verifier: str, state: str) -> str:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
    query = {
        "app_id": config.zalo_oa_app_id, "redirect_uri": config.public_url.rstrip("/"),
        "code_challenge": challenge.decode().rstrip("="), "state": state,
    }  # fmt: skip
    return f"{config.zalo_oa_oauth_url.rstrip('/')}/v4/oa/permission?{urlencode(query)}"


def _code_of(pasted: str, state: str) -> str:
    """Out of the whole address, or the code alone. Raises Failed."""
    found = parse_qs(urlsplit(pasted).query)
    if "code" not in found:
        if not pasted or "/" in pasted:
            raise Failed("No code stands in this: paste the whole address, or the code.")
        return pasted
    if found.get("state", [state]) != [state]:
        raise Failed("This address belongs to another log-in: begin again.")
    return found["code"][0]


async def _seed(config: Config, store: Store, options: argparse.Namespace) -> int:
    given = options.refresh_token
    if given == "-":
        given = await asyncio.to_thread(sys.stdin.readline)
    if not given.strip():
        raise Failed("A refresh token is needed.")
    tokens = oa_tokens(config, store)
    try:
        await tokens.seed(given.strip())
        renewed = await tokens.renew("")
        if isinstance(renewed, Retry):  # nobody waits behind this command: once more, to the end
            await tokens.settled()
            renewed = await tokens.access()
    finally:
        await tokens.close()
    await _noted(store, "zalo_oa_seed")
    if isinstance(renewed, Retry) and renewed.why == "login":
        raise Failed("Zalo refuses this refresh token: each works once. Fetch a new one.")
    if isinstance(renewed, Retry):
        raise Failed("Stored, but Zalo does not answer now: bot run renews it as soon as it does.")
    print("Stored and renewed. The token pair renews itself from now on.")
    return 0


async def _noted(store: Store, act: str) -> None:
    async with store.transaction("zalo-oa") as work:
        await work.audit.write("operator", act)
        await work.inbox.record("desk", act)


ZALO_OA = Command("zalo-oa", "log in to the Zalo Official Account", _zalo_oa, _arguments)
