"""The judge of a soak: the accept log and the rows, when everything has come to rest."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from bot.app import open_store
from storage.journal import Journal
from tests.faults.soak import KILLS, Soak
from tests.faults.town import ALERT

CARD = re.compile(r"Hồ sơ ([0-9A-Z]{4}-[0-9A-Z]{4})")
RULES = ("I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10")


@dataclass
class Verdict:
    """`wrong`: what does not hold, in words. The rest are figures."""

    wrong: list[str] = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)

    def must(self, what: str, found) -> None:
        """Nothing of it may be there."""
        found = list(found)
        if found:
            self.wrong.append(f"{what}: {len(found)}, {found[:3]}")


async def judge(soak: Soak) -> Verdict:
    verdict = Verdict()
    verdict.must("programs that did what they should not", soak.odd)
    store, keys = await open_store(soak.place.config)
    async with store.reading("test") as work:
        cases = [one for one in await work.cases.all_cases() if one.commune in soak.town.communes()]
        broken = [f"{one.rule} {one.subject}" for one in await work.health.violations()
                  if one.rule in RULES]  # fmt: skip
        acts = {one.code: await work.cases.events(one.id) for one in cases}
        verdict.must("rows of the audit chain that are not whole", await work.audit.verify())
    verdict.must("invariants that do not hold", broken)
    journaled = _journaled(soak, store, keys)
    await store.close()
    _nothing_lost(soak, verdict, cases, journaled)
    _nothing_doubled(soak, verdict)
    _each_press_is_one_act(soak, verdict, acts)
    verdict.figures |= _figures(soak, cases)
    return verdict


def _journaled(soak: Soak, store, keys) -> set[str]:
    folder = soak.place.config.journal_dir
    journal = Journal(folder, store, keys)
    return {row.dedupe for path in sorted(folder.glob("*.journal")) for row in journal._read(path)}


def _nothing_lost(soak: Soak, verdict: Verdict, cases, journaled: set[str]) -> None:
    town, sql = soak.town, soak.place.sql
    codes = Counter(code for codes in town.receipts.values() for code in codes)
    verdict.must("people without exactly one receipt",
                 [who for who, codes in town.receipts.items() if len(codes) != 1])  # fmt: skip
    verdict.must(
        "receipts and cases that are not the same", set(codes) ^ {one.code for one in cases}
    )
    if len(cases) != town.people:
        verdict.wrong.append(f"{len(cases)} cases of {town.people} people")
    verdict.must("cases of which no officer heard", [
        one.code for one in cases
        if not any(one.code in heard.text and ALERT in heard.text
                   for heard in soak.listener.log[town.officer(one.commune)])
    ])  # fmt: skip
    heard = {key for (key,) in sql("SELECT dedupe FROM inbox WHERE channel = 'telegram'")}
    verdict.must("messages that are not done",
                 sql("SELECT id, state FROM inbox WHERE state != 'done'"))  # fmt: skip
    sent = soak.place.n - soak.began
    if len(heard) != sent:
        verdict.wrong.append(f"{len(heard)} messages stored of {sent} that were sent")
    verdict.must("messages that the journal lacks", heard - journaled)
    verdict.must("messages to somebody that are dead",
                 sql("SELECT key FROM outbox WHERE state = 'dead'"))  # fmt: skip


def unlabelled(soak: Soak) -> list[str]:
    """What somebody was sent twice without being told so."""
    found = []
    for chat, heard in soak.listener.log.items():
        texts = Counter(one.text for one in heard if not one.repeated)
        found += [f"{chat}: {text[:60]} x{n}" for text, n in texts.items() if n > _due(soak, text)]
    return found


def _due(soak: Soak, text: str) -> int:
    """Everything is said once; a card as often as somebody pressed for it."""
    card = CARD.match(text)
    return max(soak.town.pressed[card.group(1)], 1) if card else 1


def _nothing_doubled(soak: Soak, verdict: Verdict) -> None:
    verdict.must("repeats without their label", unlabelled(soak))


def _each_press_is_one_act(soak: Soak, verdict: Verdict, acts) -> None:
    """However often it was pressed, and whoever worked on it."""
    taken = defaultdict(int)
    for code, events in acts.items():
        taken[code] = sum(event.act == "acknowledge" for event in events)
    verdict.must("presses without their act",
                 [code for code in soak.town.pressed if taken[code] < 1])  # fmt: skip
    verdict.must("presses that were two acts", [code for code, n in taken.items() if n > 1])


def _figures(soak: Soak, cases) -> dict[str, object]:
    town, listener = soak.town, soak.listener
    log = [one for heard in listener.log.values() for one in heard]
    waits = sorted(
        town.alerts[code] - town.told[who]
        for who, codes in town.receipts.items() for code in codes if code in town.alerts
    )  # fmt: skip
    turns = soak.place.sql("SELECT count(*) FROM inbox WHERE channel = 'telegram'")[0][0]
    fired = soak.place.sql("SELECT count(*) FROM timers WHERE state = 'fired'")[0][0]
    return {
        "seed": soak.size.seed,
        "programs at a time": soak.size.workers,
        "blows": dict(soak.blows),
        "kills": sum(soak.blows[kind] for kind in KILLS),
        "reports": town.people,
        "cases": len(cases),
        "turns": turns,
        "presses of officers": town.pressed.total(),
        "timers fired": fired,
        "messages that arrived": len(log),
        "alerts": sum(ALERT in one.text for one in log),
        "faults of the messenger": sum(n for fate, n in listener.fates.items() if fate != "well"),
        "labelled repeats": sum(one.repeated for one in log),
        "copies taken back": listener.removed,
        "repeats without a label": len(unlabelled(soak)),
        "wait": (waits[len(waits) // 2], waits[int(len(waits) * 0.95)], waits[-1]) if waits else (),
        "took": soak.took,
    }
