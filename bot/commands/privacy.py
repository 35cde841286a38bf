"""rights, breach: requests about one's own data, and breaches, as records with the law's clocks."""

import argparse
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from bot.app import open_app
from bot.commands.command import Command, Failed
from bot.config import Config
from cases.data_rights import NO_NOTICE, NOTICE_PARTS, REASONS, SOURCES, WHAT
from cases.errors import Refused
from cases.times.calendar import ZONE, local
from handlers.actions.breach import (
    AUTHORITY,
    PEOPLE,
    add_facts,
    close_breach,
    missing_in,
    open_breach,
    tell_breach,
    told_at,
)
from handlers.actions.data_rights import (
    Asked,
    acknowledge_request,
    close_request,
    extend_request,
    take_by_hand,
)
from handlers.actor import Actor, Kit
from storage.records.breaches import Breach
from storage.records.rights import Request

Step = Callable[[Actor, argparse.Namespace], Awaitable[str]]
_OUTCOMES = ("done", "partly", "refused")
_TOLD = {  # what changes a record: a journal tells it again (handlers/done_again.py)
    "rights": ("new", "answer", "extend", "close"), "breach": ("new", "add", "tell", "close"),
}  # fmt: skip


def _rights_arguments(parser: argparse.ArgumentParser) -> None:
    sub = parser.add_subparsers(dest="action", required=True)
    listing = sub.add_parser("list", help="what waits for an answer; no content")
    listing.add_argument("--all", action="store_true")
    listing.add_argument("--json", action="store_true")
    erased = sub.add_parser("erased", help="the certificates of erased cases")
    erased.add_argument("--json", action="store_true")
    new = sub.add_parser("new", help="a request that came by phone, visit or paper")
    new.add_argument("kind", choices=tuple(WHAT))
    new.add_argument("--code", default="", help="the case code, where it is about a report")
    new.add_argument("--commune", default="")
    new.add_argument("--source", choices=SOURCES, default="paper")
    new.add_argument("--text", default="")
    answer = sub.add_parser("answer", help="whoever asked was told that it is being done")
    answer.add_argument("no", type=int)
    answer.add_argument("text", nargs="*")
    extend = sub.add_parser("extend", help="once, by fifteen days")
    extend.add_argument("no", type=int)
    extend.add_argument("why", nargs="+")
    close = sub.add_parser("close", help="it was done, in part, or refused with a reason")
    close.add_argument("no", type=int)
    close.add_argument("--outcome", choices=_OUTCOMES, default="done")
    close.add_argument("--reason", choices=REASONS, default="")
    close.add_argument("text", nargs="*")


def _breach_arguments(parser: argparse.ArgumentParser) -> None:
    sub = parser.add_subparsers(dest="action", required=True)
    listing = sub.add_parser("list", help="every breach, and by when the authority must know")
    listing.add_argument("--json", action="store_true")
    for name, words in (("new", "open a record"), ("add", "what was found out since")):
        one = sub.add_parser(name, help=words)
        if name == "add":
            one.add_argument("no", type=int)
        else:
            one.add_argument(
                "--noticed", default="", help="2026-11-23 20:15, Viet Nam time; else now"
            )
        for part in NOTICE_PARTS:
            one.add_argument(f"--{part}", default="")
        one.add_argument("--case", action="append", default=[], help="a case it touches")
    draft = sub.add_parser("draft", help="the text of the notice, and what it still lacks")
    draft.add_argument("no", type=int)
    tell = sub.add_parser(
        "tell", help="somebody was told; `authority` keeps the 72 hours; `people`: whose data it is"
    )
    tell.add_argument("no", type=int)
    tell.add_argument("--whom", default=AUTHORITY)
    tell.add_argument("--how", required=True, help="by letter no., by phone, …")
    close = sub.add_parser("close", help="nothing is left to be done: what was done, in words")
    close.add_argument("no", type=int)
    close.add_argument(
        "--without-notice", choices=NO_NOTICE, default="", help="why nobody had to be told"
    )
    close.add_argument("measures", nargs="+")


async def _run(config: Config, options: argparse.Namespace, steps: Mapping[str, Step]) -> int:
    app = await open_app(config, replay=False)
    kit = app.kit
    try:
        async with kit.store.transaction("privacy") as work:
            if options.action in _TOLD[options.command]:
                told = {"noticed_at": work.now.isoformat(), **_told(options)}
                await work.inbox.again(f"{options.command}_{options.action}", "", told)
            said = await steps[options.action](Actor(work, kit, name="operator"), options)
    except Refused as no:
        raise Failed(_why(kit, no)) from no
    finally:
        await app.close()
    print(said)
    return 0


def _why(kit: Kit, no: Refused) -> str:
    return kit.catalog.say("en", no.key, **no.values_)


async def _new(actor: Actor, options: argparse.Namespace) -> str:
    asked = Asked(
        options.kind, options.source, options.text, commune=options.commune, code=options.code
    )
    one = await take_by_hand(actor, asked)
    return (
        f"Request no. {one.no}: to be done by {_day(one.due_at)}. Whoever answers for it was told."
    )


async def _answer(actor: Actor, options: argparse.Namespace) -> str:
    one = await acknowledge_request(actor, options.no, " ".join(options.text))
    return f"Request no. {one.no}: acknowledged; to be done by {_day(one.due_at)}."


async def _extend(actor: Actor, options: argparse.Namespace) -> str:
    one = await extend_request(actor, options.no, " ".join(options.why))
    return f"Request no. {one.no}: extended until {_day(one.due_at)}."


async def _close(actor: Actor, options: argparse.Namespace) -> str:
    text = " ".join(options.text)
    one = await close_request(actor, options.no, options.outcome, text, options.reason)
    return f"Request no. {one.no}: {one.outcome}."


async def _list(actor: Actor, options: argparse.Namespace) -> str:
    rows = [_row(one) for one in await actor.work.rights.listed(running=not options.all)]
    if options.json:
        return json.dumps(rows)
    lines = [
        f"{row['no']:>4}  {row['what']:<9} {row['state']:<7} {row['outcome']:<16} "
        f"{row['commune']:<6} due {row['due_at']}"
        for row in rows
    ]
    return "\n".join(lines) or "No request waits for an answer."


def _row(one: Request) -> dict[str, Any]:
    """Numbers and dates: what was asked, and about whom, is not the operator's to read."""
    times = ("made_at", "acked_at", "due_at", "extended_at", "closed_at")
    plain = ("no", "what", "source", "state", "outcome")
    typed = one.body.get("typed", {})  # with a code: the commune of its case stays unsaid
    return {
        **{name: getattr(one, name) for name in plain},
        "commune": typed.get("commune", one.commune),
        **{name: _iso(getattr(one, name)) for name in times},
    }


async def _erased(actor: Actor, options: argparse.Namespace) -> str:
    found = await actor.work.certificates.listed()
    rows = [
        {
            "code": one.code, "reason": one.reason, "erased_at": _iso(one.erased_at),
            "last_copy_gone": _iso(one.gone_at), "people": 1 + (one.asked_by != one.agreed_by),
        }
        for one in found
    ]  # fmt: skip
    if options.json:
        return json.dumps(rows)
    lines = [
        f"{one.code}  erased {_day(one.erased_at)} ({one.reason}), last copy gone {_day(one.gone_at)}"
        for one in found
    ]
    return "\n".join(lines) or "No case was erased."


async def _breach_new(actor: Actor, options: argparse.Namespace) -> str:
    at = _typed(options.noticed) if options.noticed else actor.work.now
    one = await open_breach(actor, at, _parts(options), options.case)
    lacks = missing_in(one)
    return "\n".join(
        [
            f"Breach no. {one.no}: the authority must be told within 72 hours of {_day(at)} "
            f"{local(at):%H:%M}. Leaders and administrators were told.",
            *[f"The notice still lacks: {', '.join(lacks)}."] * bool(lacks),
        ]
    )


async def _breach_add(actor: Actor, options: argparse.Namespace) -> str:
    one = await add_facts(actor, options.no, _parts(options), options.case)
    return f"Breach no. {one.no}: noted."


async def _breach_tell(actor: Actor, options: argparse.Namespace) -> str:
    one = await tell_breach(actor, options.no, options.whom, options.how)
    return (
        f"Breach no. {one.no}: {options.whom} was told at {local(actor.work.now):%H:%M %d/%m/%Y}."
    )


async def _breach_close(actor: Actor, options: argparse.Namespace) -> str:
    why, words = options.without_notice, " ".join(options.measures)
    one = await close_breach(actor, options.no, words, why)
    untold = not why and told_at(one, PEOPLE) is None
    said = [
        f"Breach no. {one.no}: closed{' without a notice' * bool(why)}.",
        *["That the people whose data it is were told is not recorded."] * untold,
        "The record is kept for five years.",
    ]
    return " ".join(said)


async def _breach_draft(actor: Actor, options: argparse.Namespace) -> str:
    one = await actor.work.breaches.by_no(options.no)
    if one is None:
        raise Refused("error.breach_none")
    say = actor.kit.catalog.say
    lines = [
        say("vi", f"breach.{part}", words=str(one.body.get(part) or "…")) for part in NOTICE_PARTS
    ]
    head = say("vi", "breach.draft", no=one.no, at=f"{local(one.noticed_at):%H:%M %d/%m/%Y}")
    lacks = missing_in(one)
    return "\n".join([head, *lines, *[f"Still missing: {', '.join(lacks)}."] * bool(lacks)])


async def _breach_list(actor: Actor, options: argparse.Namespace) -> str:
    rows = [_breach_row(one) for one in await actor.work.breaches.listed()]
    if options.json:
        return json.dumps(rows)
    lines = [
        f"{row['no']:>4}  {row['state']:<7} noticed {row['noticed_at']}  cases {row['cases']}  "
        f"authority {row['told_at'] or '–'}  people {row['people_told_at'] or '–'}"
        f"{'  without notice: ' * bool(row['without_notice'])}{row['without_notice']}"
        for row in rows
    ]
    return "\n".join(lines) or "No breach is recorded."


def _breach_row(one: Breach) -> dict[str, Any]:
    return {
        "no": one.no, "state": one.state, "noticed_at": _iso(one.noticed_at),
        "told_at": _iso(one.told_at), "people_told_at": told_at(one, PEOPLE),
        "closed_at": _iso(one.closed_at), "without_notice": one.body.get("without_notice", ""),
        "cases": len(one.body["cases"]), "told": one.body["told"], "lacks": missing_in(one),
    }  # fmt: skip


def _told(options: argparse.Namespace) -> dict[str, Any]:
    """All that was typed."""
    given = vars(options)
    plain = (
        "no", "kind", "source", "code", "commune", "outcome", "reason", "whom", "how",
        "without_notice",
    )  # fmt: skip
    told = {name: given[name] for name in plain if name in given}
    words = given.get("text") or given.get("why") or given.get("measures") or ""
    told["text"] = words if isinstance(words, str) else " ".join(words)
    if given.get("noticed"):
        told["noticed_at"] = _typed(given["noticed"]).isoformat()
    if "what" in given:
        told |= {"parts": _parts(options), "cases": given["case"]}
    return told


def _parts(options: argparse.Namespace) -> dict[str, str]:
    return {part: getattr(options, part) for part in NOTICE_PARTS}


def _typed(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZONE)
    except ValueError as error:
        raise Failed("Write the time as 2026-11-23 20:15.") from error


def _day(at: datetime) -> str:
    return f"{local(at):%d/%m/%Y}"


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


_RIGHTS: Mapping[str, Step] = {
    "list": _list, "new": _new, "answer": _answer, "extend": _extend, "close": _close,
    "erased": _erased,
}  # fmt: skip
_BREACH: Mapping[str, Step] = {
    "list": _breach_list, "new": _breach_new, "add": _breach_add, "draft": _breach_draft,
    "tell": _breach_tell, "close": _breach_close,
}  # fmt: skip


async def _rights(config: Config, options: argparse.Namespace) -> int:
    return await _run(config, options, _RIGHTS)


async def _breach(config: Config, options: argparse.Namespace) -> int:
    return await _run(config, options, _BREACH)


RIGHTS = Command(
    "rights", "requests about one's own data: list, new, answer, extend, close, erased", _rights,
    _rights_arguments,
)  # fmt: skip
BREACH = Command(
    "breach", "breaches of data: list, new, add, draft, tell, close", _breach, _breach_arguments
)
