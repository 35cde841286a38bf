"""What a locked screen may show of a case: code, level, times and a colleague's role (CHANNELS.md 10)."""

from notifications.notices import NOTICES, TO_REPORTERS

# A word for every place in the sentences of notices.
VALUES = {
    "code": "7KQ4-2MDJ", "level": "X", "at": "20:15", "at_day": "23/11", "due": "08:15",
    "due_day": "24/11", "span": 15, "unit": "minutes", "hours": 3, "limit": 12, "since": "20:15",
    "since_day": "23/11", "role": "R", "when": "20:15", "channel": "telegram",
    "why": "x", "clock": "K", "no": 3, "rule": "I7", "count": 2, "row": "1234", "head": "3F2A 91BC",
}  # fmt: skip
FORBIDDEN = {
    "vi": ("trẻ", "bạo lực", "xâm hại", " bé", "cháu", "thôn", "xã "),
    "en": ("child ", "children", "violence", "abuse", "village", "commune "),
}


def to_staff() -> list[str]:
    """The notices that staff hear who work with cases; administrators know of none."""
    return [
        name for name in NOTICES if not name.startswith("admin_") and name not in TO_REPORTERS
    ]  # fmt: skip
