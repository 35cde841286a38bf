"""What an answer of the OA means: HTTP 200 says nothing, `error` does (CHANNELS.md section 8). Pure."""

from datetime import datetime, timedelta
from typing import Any

from bot.channels.timed_http import Answer
from bot.channels.zalo_reading import named, when
from cases.times.calendar import local
from notifications.channel import Bad, Gone, Result, Retry, Sent, Unknown, Window

_FREE = timedelta(hours=48)
_WINDOW = timedelta(days=7, minutes=5)  # clocks differ; just behind it Zalo itself says no
_EVENING, _MORNING = 22, 6  # between them some messages do not go out
_CLOCKS_DIFFER = 300  # seconds; "night" while our clock says that it is day
TOKEN = (-216, -220, -124)
# The last of each row stand in published clients, not in the table of CHANNELS.md.
_GONE = {
    -230: "window", -232: "window", -305: "window", -218: "quota", -311: "quota",
    -213: "blocked", -217: "blocked", -227: "blocked", -244: "blocked", -222: "blocked",
}  # fmt: skip
_SHUT = {
    -204: "oa", -205: "oa", -209: "api", -212: "api", -219: "api", -221: "oa", -223: "quota",
    -224: "package", -240: "api", -242: "api", -320: "balance", -321: "balance", -211: "quota",
}  # fmt: skip
_NIGHT = (-133, -234)
_RATE = -32
_LONG, _FILE = -210, -100
_SHAPE = (-201, -233)  # with buttons: perhaps only the buttons are refused
_NEVER = (-201, -233, -248, -249)
_ONCE, _THRICE = 1, 3  # how often what may pass is tried again


def result_of(answer: Answer | Retry | Unknown, now: datetime, *, buttons: bool = False) -> Result:
    """CHANNELS.md section 8. Only `error` 0 is Sent; a code that nobody knows never is."""
    if not isinstance(answer, Answer):
        return answer
    code = code_of(answer.body)
    if answer.status >= 500 or code is None:
        return Unknown("no answer" if answer.status >= 500 else "unreadable answer")
    if code == 0:
        number = named(answer.body, "data", "message_id") or named(answer.body, "data", "msg_id")
        return Sent(number, billed=not _free(answer.body))
    if code in _GONE:
        return Gone(_GONE[code])
    if code in _NIGHT:
        return Retry(_until_morning(now), "chat", "night")
    return _waits(code) or _refused(code, buttons=buttons)


def window_of(answer: Answer | Retry | Unknown, now: datetime) -> Window | None:
    """What the quota of a person says; None = nothing that can be read."""
    body = answer.body if isinstance(answer, Answer) else None
    last = when(named(body, "data", "last_interaction")) if code_of(body) == 0 else None
    if last is None:
        return None
    left, silent = named(body, "data", "cs_reply", "remain"), now - last
    free = int(left) > 0 if left.isdigit() and len(left) < 9 else silent <= _FREE
    return Window(silent <= _WINDOW, free)


def _free(body: Any) -> bool:
    """Zalo names what is left of the free answers; where it names nothing, it billed."""
    data = body.get("data") if isinstance(body, dict) else None
    return isinstance(data, dict) and bool(data.get("quota"))


def shut(code: int) -> str:
    """Why the whole account is shut, by an error code; "" = it is not, or nobody knows the code."""
    return _SHUT.get(code, "")


def _waits(code: int) -> Result | None:
    """What certainly was not sent, and will be when somebody mended something."""
    if code in TOKEN:
        return Retry(30, "account", "token")
    if code == _RATE:
        return Retry(60, "account", "rate")
    return Retry(600, "account", _SHUT[code]) if code in _SHUT else None


def _refused(code: int, *, buttons: bool) -> Result:
    fixes = {_FILE: "reupload", _LONG: "split"}
    if code in fixes:
        return Bad("refused", fixes[code])
    if code in _SHAPE and buttons:
        return Bad("refused", "numbered")
    if code in _NEVER:
        return Bad("refused")
    return Retry(5, "chat", f"refused {code}", most=_ONCE if code == -200 else _THRICE)


def code_of(body: Any) -> int | None:
    found = body.get("error") if isinstance(body, dict) else None
    if isinstance(found, bool) or not isinstance(found, int | str):
        return None
    text = str(found)
    return int(text) if text.lstrip("-").isdigit() and len(text) < 9 else None


def _until_morning(now: datetime) -> float:
    here = local(now)
    if _MORNING <= here.hour < _EVENING:
        return _CLOCKS_DIFFER  # whoever would wait for tomorrow's morning might wait for a day
    morning = here.replace(hour=_MORNING, minute=0, second=0, microsecond=0)
    morning += timedelta(days=1) if morning <= here else timedelta(0)
    return (morning - here).total_seconds()
