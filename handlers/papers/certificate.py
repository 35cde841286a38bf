"""The certificate of an erasure: what, when, why, by which two roles, and when the last copy dies."""

from datetime import datetime

from cases.model import Role
from cases.times.calendar import local
from handlers.actor import Kit
from storage.erasure import Tombstone

REASONS = ("expired", "asked", "withdrawn", "other")
LANG = "vi"  # the language of the state


def certificate(kit: Kit, stone: Tombstone, first: Role, second: Role, lang: str = LANG) -> str:
    """Its words, for the file. It names no person: roles, code and days."""
    reason = stone.reason if stone.reason in REASONS else "other"
    say = kit.catalog.say
    return say(
        lang, "erasure.certificate", code=stone.code, received=_day(stone.received_at),
        closed=_day(stone.closed_at), time=f"{local(stone.erased_at):%H:%M}",
        erased=_day(stone.erased_at), reason=say(lang, f"erasure.reason-{reason}"),
        first=say(lang, f"role.{first.value}"), second=say(lang, f"role.{second.value}"),
        persons=stone.persons, gone=_day(stone.gone_for_good),
    )  # fmt: skip


def _day(at: datetime | None) -> str:
    return f"{local(at):%d/%m/%Y}" if at else "–"
