"""JSON lines: an event of ours and allow-listed fields; a redactor is the second wall (TRUST.md 11)."""

import json
import logging
import re
import sys
import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

FIELDS = (
    "request", "inbox", "case", "outbox", "timer", "channel", "outcome", "status", "route",
    "attempt", "took_ms", "count", "queue", "where", "kind", "worker",
)  # fmt: skip
_OURS = ("bot", "web", "handlers", "notifications", "storage", "cases", "locales", "__main__")
_LONGEST = 120  # characters of a field
_HIDDEN = "[redacted]"
_MODULE = re.compile(r"[A-Za-z_]+\d{0,2}(?:\.[A-Za-z_]+\d{0,2})*")  # bot.loops, httpcore.http11
_SECRETS = re.compile(
    r"https?://\S+"  # an address may hold a token, whole or in parts
    r"|bot\d+:[\w-]{20,}"  # Telegram token in an address
    r"|\b\d{6,}:[\w-]{30,}"  # the token alone
    r"|(?<![\w+/-])[\w+/-]{40,}={0,2}(?![\w+/-])"  # a key, a digest, a session
    r"|(?<!\d)(?:\+?84|0)(?:[ .-]?\d){8,10}(?!\d)"  # a Vietnamese phone number, however it is cut
    r"|\b[2-9A-HJ-KM-NP-TV-Z]{4}-[2-9A-HJ-KM-NP-TV-Z]{4}\b"  # a case code
    r"|(?<!\d)\d{4}(?:[ -]?\d{4}){3}(?!\d)"  # an access code
    r"|/join/(?!\{)\S+"  # an invitation; `/join/{code}` is the name of a route
    r"|(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])"  # an IPv4 address
    r"|(?<![\w:.])(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}(?![\w:])"  # IPv6, in full
    r"|(?<![\w:.])(?:[0-9A-Fa-f]{1,4}:)*[0-9A-Fa-f]{0,4}::[0-9A-Fa-f:.]*",  # IPv6, shortened
    re.IGNORECASE,
)


class JsonLines(logging.Formatter):
    """One JSON object a line, whatever was logged; control characters are escaped.

    An event is a sentence that stands in our code. What a library says is made of values: of that
    only the place in its code is written. A formatter sees every logger; a filter, its own only.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name if _MODULE.fullmatch(record.name) else "a logger",
            **_event(record),
        }
        line |= {name: _plain(record.__dict__[name]) for name in FIELDS if name in record.__dict__}
        if record.exc_info and record.exc_info[1] is not None:
            line |= _bug(record.exc_info[1])
        return json.dumps(line, ensure_ascii=True)


def redact(text: str) -> str:
    """The text without anything that looks like a token, a phone number, a code or an address."""
    return _SECRETS.sub(_HIDDEN, text)


def _event(record: logging.LogRecord) -> dict[str, object]:
    """What happened; values that were to fill its words in are never written."""
    if record.name == "asyncio":
        return {"event": "the event loop reports trouble"}
    if record.name.partition(".")[0] in _OURS and isinstance(record.msg, str):
        return {"event": redact(record.msg)}
    return {"event": "a library reports", "where": f"{record.filename}:{record.lineno}"}


def _plain(value: object) -> object:
    """A number or a short word as it is; of anything else only what it is."""
    if value is None or isinstance(value, bool | int | float):
        return value
    return redact(str(value))[:_LONGEST] if isinstance(value, str) else type(value).__name__


def _bug(error: BaseException) -> dict[str, object]:
    # Where it broke and what kind it was. Never its message: that may quote what a person wrote.
    frames, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return {"bug": type(error).__name__, "trace": frames[-8:]}


def set_up(level: int = logging.INFO) -> None:
    """Send every logger through the one formatter; the loud libraries speak only of trouble."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for loud in (
        "httpx",
        "httpcore",
        "telegram",
        "aiohttp.access",
        "apscheduler",
        "aiosqlite",
        "alembic",
        "procrastinate",
    ):
        logging.getLogger(loud).setLevel(logging.WARNING)
    # It says who asked. What goes wrong in a handler is told by the guard of `web/security.py`.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)


def catch_the_rest() -> None:
    """What Python itself would print, with its values, becomes a line like any other. For a process of ours."""
    logging.raiseExceptions = (
        False  # a line that cannot be written is lost, not printed with its values
    )
    logging.captureWarnings(capture=True)
    log = logging.getLogger("bot")

    def fell(error: BaseException | None) -> None:
        if error is not None:
            log.error("nobody caught it", exc_info=error)

    def hook(_: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        fell(error)

    def of_thread(what: Any) -> None:
        fell(what.exc_value)

    sys.excepthook, threading.excepthook, sys.unraisablehook = hook, of_thread, of_thread
