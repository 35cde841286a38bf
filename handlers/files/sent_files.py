"""A file comes in: whose it is, a row for it in the commit of its message, a word when it was lost."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.messages import LARGEST_FILE, Incoming, MediaRef
from cases.model import Person
from handlers.actor import Actor
from handlers.casework.cards import refresh
from handlers.reporter.follow_up import sent_back
from handlers.reporter.reporting import words_for
from storage.records.attachments import FileRow
from storage.unit_of_work import UnitOfWork

# Why a file did not come -> what its sender is told, once.
_SAID = {
    "too_big": "talk.too_big", "full": "media.full", "type": "media.type", "unsafe": "media.type",
    "empty": "media.empty",
}  # fmt: skip
ROOM = 200 * 1024 * 1024  # bytes of one case; what is beyond is refused, the report is not


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a file is: a case, or a talk that has none yet."""

    case_id: str = ""
    talk_id: str = ""

    @property
    def name(self) -> str:
        return self.case_id or self.talk_id


async def owner_of(work: UnitOfWork, contact_id: str, person: Person | None = None) -> Owner:
    """What this address is telling of: the open report, else its newest case. Staff have no own case."""
    talks = await work.talks.of_contact(contact_id)
    telling = next((row for row in talks if row.flow == "report"), None)
    if telling is not None:
        return Owner(telling.case_id, telling.id)
    cases = [] if person is not None else await work.cases.reported_by(contact_id)
    return Owner(cases[0].id) if cases else Owner()


async def room_of(work: UnitOfWork, owner: Owner) -> int:
    """How many bytes more may come to it."""
    return ROOM - await work.files.size_of(owner.name) if owner.name else ROOM


async def note_files(actor: Actor, incoming: Incoming, owner: Owner) -> Sequence[str]:
    """A row for each file, in the commit of its message. Returns why any were refused at once."""
    assert actor.voice is not None
    files, refused = actor.work.files, list[str]()
    have = [row for row in await files.of_owner(owner.name) if row.state != "failed"]
    known = {row.unique for row in have} - {""}
    room = await room_of(actor.work, owner)
    for n, media in enumerate(incoming.media):
        if media.unique in known:
            continue
        why = "too_big" if media.size > LARGEST_FILE else "full" if media.size > room else ""
        await files.add(_row(actor, owner, n, media, why))
        refused += [why] * bool(why)
        room -= 0 if why else media.size
    actor.work.wake("files")
    return refused


def _row(actor: Actor, owner: Owner, n: int, media: MediaRef, why: str) -> FileRow:
    voice = actor.voice
    assert voice is not None
    here = voice.contact
    # A page's file is here already, under the name that its message brought.
    file_id = media.ref if here.channel == "web" else actor.work.new_id()
    group = f"{here.id}|{media.group}"
    state = "failed" if why else "noted" if media.kind == "sticker" else "wanted"
    return FileRow(
        id=file_id, key=f"{voice.row}:{n}", contact_id=here.id, channel=here.channel,
        account=here.account, kind=media.kind, ref=media.ref, unique=media.unique,
        case_id=owner.case_id, talk_id=owner.talk_id, mime=media.mime, size=media.size,
        album=actor.kit.store.opaque("album", group) if media.group else "",
        state=state, why=why, told=bool(why), received_at=voice.heard_at,
    )  # fmt: skip


async def take_files(actor: Actor, incoming: Incoming) -> None:
    """The files of a message, after what it meant: what its words began, or joined, has them."""
    assert actor.voice is not None
    contact = actor.voice.contact
    joined = await actor.work.cases.joined(f"added:{actor.voice.row}")
    if not joined and actor.person is None and await sent_back(actor, incoming):
        return  # the words were refused aloud, and no file goes where they did not
    owner = Owner(joined) if joined else await owner_of(actor.work, contact.id, actor.person)
    if not owner.name:
        return
    refused = await note_files(actor, incoming, owner)
    hushed = contact.safety is not None and contact.safety.unsafe
    if "full" in refused and not hushed:
        await actor.say(words_for(actor, "media.full", child=await is_child(actor.work, owner)))
    case = await actor.work.cases.get(owner.case_id) if owner.case_id else None
    if case is not None:
        await refresh(actor, case)


async def tell_lost(actor: Actor) -> None:
    """What this address sent and was lost meanwhile is said once, when they write again."""
    assert actor.voice is not None
    rows = await actor.work.files.untold(actor.voice.contact.id)
    for row in rows:
        await actor.work.files.tell(row.id)
    said = {lost_key(row.why): row for row in rows}
    for key, row in said.items():
        child = await is_child(actor.work, Owner(row.case_id, row.talk_id))
        await actor.say(words_for(actor, key, child=child))


def lost_key(why: str) -> str:
    """The sentence for whoever sent a file that did not come."""
    return _SAID.get(why, "media.gone")


async def is_child(work: UnitOfWork, owner: Owner) -> bool:
    """Whether a child is telling."""
    case = await work.cases.get(owner.case_id) if owner.case_id else None
    if case is not None:
        return "child" in case.flags
    talk = await work.talks.get(owner.talk_id)
    return talk is not None and bool(talk.answers["answers"].get("child"))
