"""Which pictures are locked, because the case, or one that joined it, may be of sexual abuse (ADR 43)."""

from cases.lifecycle import Act
from cases.model import Case
from cases.quarantine import is_sexual, police_told, tells_of_abuse
from handlers.casework.joined import family_of, goes_on_in, joined_by, joined_id
from handlers.render import answers_of
from storage.ledgers.history import Event
from storage.unit_of_work import UnitOfWork


async def suspected(work: UnitOfWork, case: Case) -> bool:
    """Whether its pictures may show sexual abuse: then they are locked, and have no copy.

    Cases that were joined are one matter: what locks the pictures of one locks those of all.
    """
    return await tells(work, await goes_on_in(work, case))


async def tells(work: UnitOfWork, case: Case, *, words: bool = True) -> bool:
    """Whether this case, or one that joined it, tells of sexual abuse.

    By its kind, by a picture of it that was shut, or by what was told until a person sets another kind.
    Whoever set a kind before a case joined knew nothing of its `words`.
    """
    if is_sexual(case.kind) or await work.files.any_of(case.id, shut=True):
        return True
    events = await work.cases.events(case.id)
    kinds_set = [n for n, one in enumerate(events) if one.act == Act.SET_KIND]
    if words and not kinds_set and tells_of_abuse(answers_of(events)):
        return True
    since = max(kinds_set, default=-1)
    for n, event in enumerate(events):
        if event.act == "merged" and await _joined_tells(
            work, event, case, words=words and n > since
        ):
            return True
    return False


async def _joined_tells(work: UnitOfWork, event: Event, into: Case, *, words: bool) -> bool:
    """The same of a case that joined; of one that is erased by now, what it was then."""
    one = await joined_by(work, event, into)
    if one is not None:
        return await tells(work, one, words=words)
    erased = await work.cases.get(joined_id(event)) is None
    return erased and words and bool(event.body.get("abuse"))


async def quarantine(work: UnitOfWork, case: Case) -> None:
    """As soon as a case may be one of sexual abuse, no copy of its pictures is left."""
    family = await family_of(work, case)
    if not any([await work.files.any_of(one.id) for one in family]):
        return
    if await tells(work, family[0]):
        for one in family:
            await work.file_parts.drop_views(one.id)


async def police_know(work: UnitOfWork, case: Case) -> bool:
    """Whether the police were told of it, or of the case that it joined."""
    return police_told(case) or police_told(await goes_on_in(work, case))
