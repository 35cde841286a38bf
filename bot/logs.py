"""JSON lines with an allow-list of fields; a redactor is the second wall (TRUST.md 11)."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

FIELDS = (
    "request", "inbox", "case", "outbox", "timer", "channel", "outcome", "status", "route",
    "attempt", "took_ms", "count", "queue", "where", "kind", "worker",
)  # fmt: skip
_SECRETS = re.compile(
    r"bot\d+:[\w-]{20,}"  # Telegram token in an address
    r"|\b\d{6,}:[\w-]{30,}"  # the token alone
    r"|(?<!\d)(?:\+?84|0)\d{8,10}(?!\d)"  # a Vietnamese phone number
    r"|\b[2-9A-HJ-KM-NP-TV-Z]{4}-[2-9A-HJ-KM-NP-TV-Z]{4}\b"  # a case code
    r"|\b\d{4} \d{4} \d{4} \d{4}\b"  # an access code
    r"|/join/\S+"
    r"|(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])"  # an IPv4 address
    r"|(?<![\w:.])(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}(?![\w:])"  # IPv6, in full
    r"|(?<![\w:.])(?:[0-9A-Fa-f]{1,4}:)*[0-9A-Fa-f]{0,4}::[0-9A-Fa-f:.]*"  # IPv6, shortened
)


class JsonLines(logging.Formatter):
    """One JSON object a line, whatever was logged; control characters are escaped."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "event": _event(record),
        }
        line |= {name: record.__dict__[name] for name in FIELDS if name in record.__dict__}
        if record.exc_info and record.exc_info[1] is not None:
            line |= _bug(record.exc_info[1])
        return json.dumps(line, ensure_ascii=True, default=str)


def redact(text: str) -> str:
    """The text without anything that looks like a token, a phone number, a code or an address."""
    return _SECRETS.sub("[redacted]", text)


def _event(record: logging.LogRecord) -> str:
    # asyncio quotes the whole exception of a task, and with it what a person may have written.
    if record.name == "asyncio":
        return "the event loop reports trouble"
    return redact(record.getMessage())


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
