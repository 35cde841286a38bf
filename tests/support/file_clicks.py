"""Buttons of files on a case page in a transcript (`Mở Ảnh 1`), through the functions of the routes."""

from handlers.actor import Actor
from handlers.casework.attachments import Wish, is_handed, open_file
from handlers.casework.shut_files import hand_over, open_again, shut_file
from handlers.pages.file_rows import FileRow, file_rows
from handlers.roster.pins import confirm_pin
from storage.records.file_parts import ORIGINAL
from tests.support.pins import PIN, give_pin


async def button_of(actor: Actor, code: str, label: str) -> tuple[str, FileRow] | None:
    """(word of the button, its file); None = it is no button of a file."""
    for one in await file_rows(actor, code):
        if label.endswith(f" {one.name}"):
            return label.removesuffix(f" {one.name}"), one
    return None


async def press(actor: Actor, code: str, button: tuple[str, FileRow], reason: str) -> str:
    """What the page would do; the PIN is typed where it is asked for. Raises Refused."""
    word, row = button
    if word == actor.words("staff.file_shut"):
        await shut_file(actor, code, row.id)
        return actor.words("staff.said_done")
    if word == actor.words("staff.file_unshut"):
        await _pin(actor)
        await open_again(actor, code, row.id, reason)
        return actor.words("staff.said_done")
    take = word != actor.words("staff.file_open")
    wish = Wish(row.id, ORIGINAL if take else row.show or "view", reason, take=take)
    handed = await is_handed(actor.work, actor.person, code, wish)
    if handed:
        await _pin(actor)
    opened = await open_file(actor.work, actor.person, code, wish)
    if handed:
        await hand_over(actor, code, wish)
    return f"{'shown' if opened.inline else 'saved'}: {opened.mime}"


async def _pin(actor: Actor) -> None:
    if await actor.work.pins.of(actor.person.id) is None:
        await give_pin(actor.work, actor.person.id)
    await confirm_pin(actor, PIN)
