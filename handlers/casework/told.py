"""What another body is told: kept, sealed, as it was when it was referred; a slip is printed from that."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cases.model import Case, Record
from cases.records import records
from cases.sharing import PURPOSES, shared
from handlers.actor import Actor, Kit
from handlers.render import WHOLE, answers_of, summary

TOLD = "told"  # in the body of a referral


async def with_told(actor: Actor, case: Case) -> Case:
    """The case whose newest referral keeps the words that it hands on."""
    newest = records(case, "referral", "sent")[-1]
    answers = answers_of(await actor.work.cases.events(case.id)) | {"kind": case.kind}
    told = {"level": case.level.value, "answers": _allowed(answers, shared(newest.body))}
    after = replace(newest, body={**newest.body, TOLD: told})
    beside = tuple(after if one is newest else one for one in case.beside)
    return replace(case, beside=beside)


def _allowed(answers: Mapping[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    """Answers as far as the purpose goes; what was said first belongs to the story."""
    fields += ("first_words",) * ("story" in fields)
    return {name: answers[name] for name in fields if name in answers}


def told_lines(kit: Kit, lang: str, referral: Record) -> list[str]:
    """The fields of the purpose, and what the sender wrote for them; nothing else of the case."""
    say, purpose, told = kit.catalog.say, str(referral.body["purpose"]), referral.body[TOLD]
    lines = [
        say(lang, "slip.from", **kit.places().areas.named(referral.commune, "–")),
        say(lang, "slip.purpose", purpose=say(lang, f"act_refer.purpose.{purpose}")),
        say(lang, "slip.ground", ground=PURPOSES[purpose].ground),
        say(lang, "card.level", level=say(lang, f"level.{told['level']}")),
        *summary(kit, lang, told["answers"], how=WHOLE),
    ]
    return [*lines, *_written(kit, lang, referral)]


def _written(kit: Kit, lang: str, referral: Record) -> list[str]:
    """A question that was skipped leaves no words."""
    found = {name: referral.body.get(name) for name in ("where", "text")}
    return [
        kit.catalog.say(lang, f"slip.{name}", text=text)
        for name, text in found.items()
        if isinstance(text, str)
    ]
