"""A file that shows abuse is shut by whoever noticed: nobody opens it, its original goes to the police only."""

from collections.abc import Mapping
from typing import Any

from cases.errors import Refused
from cases.model import Case, Role
from cases.quarantine import SHUTTABLE
from handlers.actor import Actor
from handlers.casework.attachments import Wish, file_in_full
from handlers.casework.cards import refresh
from handlers.casework.locking import quarantine
from storage.records.attachments import FileRow

SHUT, OPENED, HANDED = "file_shut", "file_unshut", "file_handed"
MAY_OPEN = (Role.LEADER, Role.SUPERVISOR)
Told = Mapping[str, Any]


async def shut_file(actor: Actor, ref: str, file_id: str) -> None:
    """Whoever reads the case may, and none has to look first. Raises Refused."""
    assert actor.person is not None
    case, row = await file_in_full(actor.work, actor.person, ref, file_id)
    if row.state != "kept" or row.kind not in SHUTTABLE:
        raise Refused("media.not_here")
    await _note(actor, case, row, SHUT, {})


async def open_again(actor: Actor, ref: str, file_id: str, reason: str) -> None:
    """It was shut by mistake: only the leader, or the level above, and with a reason. Raises Refused."""
    assert actor.person is not None
    case, row = await file_in_full(actor.work, actor.person, ref, file_id)
    reason = " ".join(reason.split())[:300]
    if actor.person.role not in MAY_OPEN:
        await actor.work.audit.write(actor.person.id, "file_refused", case.id, {"file": row.id})
        raise Refused("media.shut")
    if not reason:
        raise Refused("media.reason")
    await _note(actor, case, row, OPENED, {"reason": reason})


async def hand_over(actor: Actor, ref: str, wish: Wish) -> None:
    """What leaves for the police stands in the case: which file, by its digest, who, when and why (P7)."""
    assert actor.person is not None
    case, row = await file_in_full(actor.work, actor.person, ref, wish.file_id)
    form = {"reason": " ".join(wish.reason.split())[:300], "sha256": str(row.facts["sha256"])}
    await _note(actor, case, row, HANDED, form)


async def _note(actor: Actor, case: Case, row: FileRow, act: str, form: Mapping[str, str]) -> None:
    assert actor.person is not None
    told = {
        "case": case.id, "file": row.id, "act": act, "form": dict(form), "by": actor.person.id,
        "role": actor.person.role.value,
    }  # fmt: skip
    if await _done(actor, told) and act != HANDED:
        detail = {"file": row.id, **form}
        await actor.work.audit.write(actor.person.id, act, case.id, detail)
    await actor.work.inbox.redo("file", told)


async def file_again(actor: Actor, told: Told) -> None:
    """The same after a restore."""
    await _done(actor, told)


async def _done(actor: Actor, told: Told) -> bool:
    """False = it stood so already."""
    work, act = actor.work, told["act"]
    if act != HANDED and not await work.files.shut(told["file"], shut=act == SHUT):
        return False
    case = await work.cases.get(told["case"])
    if case is None:
        return False
    body = {"file": told["file"], "form": told["form"], "role": told["role"]}
    key = f"{case.id}:{act}:{work.new_id()}"
    await work.cases.add_event(case.id, key, act, told["by"], body)
    await quarantine(work, case)
    await refresh(actor, case)
    return True
