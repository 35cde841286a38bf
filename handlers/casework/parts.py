"""The part of a case that a visit, an offered handover or a referral needs: fixed lines, nothing else."""

from collections.abc import Callable, Mapping

from cases.access import ACTS_OF_PART, View, offers_to, referrals_to, visits_of
from cases.allowed import acts_for
from cases.model import Case, Person, Record, Timer
from cases.records import OWES, clock_id
from handlers.actor import Kit
from handlers.casework.clocks import clock_words, clocks
from handlers.casework.log import acts_of, done_line
from handlers.casework.told import told_lines
from handlers.render import answer_words, answers_of, kind_words, times_of
from storage.ledgers.history import Event

Known = tuple[list[Event], list[Timer]]


def part_lines(kit: Kit, reader: Person, case: Case, view: View, known: Known) -> list[str]:
    """What they read. Never the story, who reported, or anything that another visit found."""
    return _LINES[view](kit, reader, case, known)


def part_line(kit: Kit, lang: str, case: Case, view: View) -> str:
    """One of them in a list: code and level, as on a locked screen."""
    level = kit.catalog.say(lang, f"level.{case.level}")
    return kit.catalog.say(lang, f"work.part_{view}", code=case.code, level=level)


def acts_of_part(case: Case, person: Person, view: View) -> list[str]:
    """Their buttons."""
    now = acts_for(case, person)
    return [act.value for act in ACTS_OF_PART.get(view, ()) if act in now]


def _visit(kit: Kit, reader: Person, case: Case, known: Known) -> list[str]:
    """Before they say that they go: only how urgent it is, and until when to answer."""
    say, lang = kit.catalog.say, reader.lang
    visit = visits_of(case, reader)[-1]
    lines = [
        say(lang, "part.visit_head", code=case.code),
        say(lang, "card.level", level=say(lang, f"level.{case.level}")),
        *_clocks(kit, lang, case, visit, known[1]),
    ]
    if visit.state == "asked":
        return [*lines, say(lang, "part.visit_first")]
    told = answers_of(known[0])
    lines += [
        say(lang, f"part.{name}", place=answer_words(kit, lang, name, told[name]))
        for name in ("child_place", "place")
        if isinstance(told.get(name), dict)
    ]
    what = say(lang, "part.what", what=str(visit.body["what"]))
    return [*lines, what, "", say(lang, "part.visit_ask"), say(lang, "part.visit_send")]


def _offer(kit: Kit, reader: Person, case: Case, known: Known) -> list[str]:
    say, lang = kit.catalog.say, reader.lang
    offer = offers_to(case, reader)[-1]
    name = kit.places().areas.communes.get(case.commune, "")
    return [
        say(lang, "part.offer_head", code=case.code),
        say(lang, "card.level", level=say(lang, f"level.{case.level}")),
        say(lang, "card.received", **times_of(kit, lang, case.received_at)),
        *_clocks(kit, lang, case, offer, known[1]),
        say(lang, "part.offer_from", name=name),
        say(lang, "card.kind", kind=kind_words(kit, lang, case, answers_of(known[0]))),
        say(lang, f"part.offer_kind.{offer.body['kind']}"),
        say(lang, "part.offer_why", why=str(offer.body["why"])),
        say(lang, "part.offer_done", done=str(offer.body["done"])),
        "", say(lang, "part.offer_until"),
    ]  # fmt: skip


def _referred(kit: Kit, reader: Person, case: Case, known: Known) -> list[str]:
    """What they were told, as on a slip, the newest first; and what they wrote themselves."""
    say, lang = kit.catalog.say, reader.lang
    lines = [say(lang, "part.referred_head", code=case.code)]
    for one in reversed(referrals_to(case, reader)):
        waits = _clocks(kit, lang, case, one, known[1]) if one.state == "sent" else []
        key = f"part.referred_{one.state}"
        state = say(lang, key, **times_of(kit, lang, one.changed_at))
        lines += ["", *told_lines(kit, lang, one), state, *waits]
    mine = [one for one in acts_of(kit, lang, known[0]) if one.actor == reader.id]
    return [*lines, *[""] * bool(mine), *(done_line(kit, reader, one, whole=False) for one in mine)]


_LINES: Mapping[View, Callable[[Kit, Person, Case, Known], list[str]]] = {
    View.VISIT: _visit,
    View.OFFER: _offer,
    View.REFERRED: _referred,
}


def _clocks(kit: Kit, lang: str, case: Case, record: Record, armed: list[Timer]) -> list[str]:
    """The clock of their own record; of an offer also what the law says of the whole."""
    own = [one for one in armed if one.kind == clock_id(OWES[record.kind, record.state], record.no)]
    law = [one for one in armed if one.kind in ("emergency", "plan") and record.kind == "handover"]
    return [clock_words(kit, lang, one, mine=True) for one in clocks(kit, case, [*own, *law])]
