"""check: what would keep an alert from reaching somebody, each with the sentence that mends it."""

import argparse
import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from bot.app import Geography, open_store
from bot.channels.telegram import Telegram
from bot.commands.command import Command
from bot.commands.copies import copies
from bot.commands.finding import Line, machine
from bot.commands.key_lines import key_lines
from bot.commands.presence import presence
from bot.commands.watching import watched
from bot.commands.zalo_lines import zalo
from bot.config import Config
from cases.model import Person, Role
from cases.roles import NEEDED
from cases.times.calendar import DayChange, local, tet, tet_is_forecast
from locales.catalog import LANGUAGES, Catalog
from storage.keys import KeysUnusable
from storage.records.areas import Owners
from storage.store import StorageBusy, Store
from storage.unit_of_work import UnitOfWork

_MISSING = {
    Role.SUPERVISOR: "There is no city desk, so the leaders have what belongs to nobody: "
    "bot invite --role supervisor.",
    Role.ADMIN: "There is no administrator: bot invite --role admin.",
}
_TET_IS_NEAR = 11  # the month from which next year's days are looked for
_LATE = timedelta(minutes=5)
_LISTED = 100  # keys of sentences in one finding
_ABROAD = (
    "Telegram carries what people write to servers abroad (a transfer under the law on personal "
    "data): it is on because ANNHI_TELEGRAM_TOKEN is set."
)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


async def _check(config: Config, options: argparse.Namespace) -> int:
    lines = await examine(config)
    bad = any(line.level == "error" for line in lines)
    if options.json:
        print(json.dumps({"ok": not bad, "lines": [asdict(line) for line in lines]}))
    else:
        for line in lines:
            print(f"{line.level:<8} {line.about:<9} {line.sentence}")
    return 1 if bad else 0


async def examine(config: Config) -> list[Line]:
    """Every finding, in the order in which it is best mended."""
    lines = [_settings(config), *_languages(config)]
    try:
        store, keys = await open_store(config)
    except KeysUnusable as error:
        return [*lines, Line("error", "keys", str(error))]
    except (StorageBusy, OSError) as error:
        sentence = f"The database cannot be opened ({type(error).__name__}): check its folder."
        return [*lines, Line("error", "database", sentence)]
    try:
        lines += [_keys(config), *await key_lines(store, keys)]
        lines += [await _database(store), _journal(config), *await machine(config)]
        lines += copies(config, store.clock.now())
        geography = Geography(store)
        await geography.fresh()
        async with store.reading("check") as work:
            lines += [*await _staff(work, geography), *await _villages(work, geography)]
            lines += [*await _work(work), working_days(work.now, await work.calendar.changes())]
            lines += await watched(work, config)
        lines += [*await _channels(config), *await zalo(config, store)]
    finally:
        await store.close()
    return lines


def _settings(config: Config) -> Line:
    if config.demo:
        sentence = "This is a trial: unset ANNHI_ENV, or whoever opens /demo plays everybody."
        return Line("warning", "settings", sentence)
    return Line("ok", "settings", "Every setting is known and has a usable value.")


def _languages(config: Config) -> list[Line]:
    """Each language beside the program, with what it does not say itself."""
    catalog, lines = Catalog.load(config.languages_dir), []
    for lang in catalog.languages[len(LANGUAGES) :]:
        if missing := catalog.missing(lang):
            sentence = (
                f"{lang} lacks {len(missing)} sentences, said in Vietnamese instead: "
                f"{_some(missing)}."
            )
            lines.append(Line("warning", "languages", sentence))
        else:
            sentence = f"{lang} ({catalog.name(lang)}) has every sentence."
            lines.append(Line("ok", "languages", sentence))
        if doubtful := catalog.doubtful(lang):
            sentence = (
                f"{lang} has {len(doubtful)} sentences with other values or numbers to call than ours: "
                f"{_some(doubtful)}."
            )
            lines.append(Line("warning", "languages", sentence))
    return lines


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_LISTED]) + ", …" * (len(names) > _LISTED)


def _keys(config: Config) -> Line:
    if (
        config.database_folder is not None
        and config.key_file.parent.resolve() == config.database_folder
    ):
        return Line(
            "warning", "keys",
            "Keys and data lie in one folder, so one theft gets both: set ANNHI_KEY_FILE elsewhere.",
        )  # fmt: skip
    return Line("ok", "keys", "The key file is readable by this user only, apart from the data.")


async def _database(store: Store) -> Line:
    try:
        async with store.transaction("check") as work:
            await work.pulse.beat()
    except (StorageBusy, OSError):
        return Line("error", "database", "The database cannot be written: free its disk or lock.")
    return Line("ok", "database", "The database has the newest schema and can be written.")


def _journal(config: Config) -> Line:
    folder = config.database_folder
    if folder is not None and config.journal_dir.stat().st_dev == folder.stat().st_dev:
        return Line(
            "warning", "journal",
            "The journal is on the disk of the database: set ANNHI_JOURNAL_DIR to another disk.",
        )  # fmt: skip
    return Line("ok", "journal", "The journal is on another disk than the database.")


async def _staff(work: UnitOfWork, geography: Geography) -> list[Line]:
    people = [one for one in await work.people.everybody() if one.active]
    lines = []
    for person in people:
        lines += await _reach(work, person)
    found = await presence(work, people, geography.places.areas.communes)
    lines += [Line(*one) for one in found]
    lines += _communes(people, geography.places.areas.communes)
    missing = {Role.SUPERVISOR, Role.ADMIN} - {one.role for one in people}
    return [*lines, *[Line("warning", "people", _MISSING[role]) for role in sorted(missing)]]


async def _reach(work: UnitOfWork, person: Person) -> list[Line]:
    contacts = await work.contacts.of_person(person.id)
    good = [one.channel for one in contacts if one.state == "ok"]
    who = f"{person.role.value} {person.name or person.id}".strip()
    if not good:
        return [Line("error", "people", f"{who} cannot be reached: bot invite --for={person.id}.")]
    lines = [
        Line("warning", "people", f"{who} cannot be reached on {one.channel}: they must write there again.")
        for one in contacts
        if one.state != "ok"
    ]  # fmt: skip
    if good == ["web"]:
        sentence = f"{who} has the web chat only: bot invite --for={person.id} adds an address."
        lines.append(Line("warning", "people", sentence))
    return lines


async def _villages(work: UnitOfWork, geography: Geography) -> list[Line]:
    """Villages nobody looks after: the officer has nobody to send there."""
    names = [
        f"{row.name} ({geography.places.areas.communes.get(row.commune, row.commune)})"
        for row in await work.areas.rows()
        if row.kind == "village" and not _owned(await work.areas.owners(row.code))
    ]
    if not names:
        return []
    sentence = f"No collaborator is named for {', '.join(names)}: bot org import FILE.csv."
    return [Line("warning", "areas", sentence)]


def _owned(owners: Owners | None) -> bool:
    return owners is not None and bool(owners.collaborator)


def _communes(people: Sequence[Person], communes: dict[str, str]) -> list[Line]:
    lines, empty = [], []
    for code, name in communes.items():
        roles = {one.role for one in people if one.commune == code}
        missing = [role.value for role in NEEDED if role not in roles]
        if not roles:
            empty.append(name)
        elif missing:
            wanted = ", ".join(missing)
            lines.append(Line("error", "areas", f"{name} has no {wanted}: bot invite --role …"))
        else:
            lines.append(Line("ok", "areas", f"{name} has officer, deputy and leader."))
    if len(empty) == len(communes):
        lines.append(
            Line("error", "areas", "No commune has any staff: begin with bot init --commune CODE.")
        )
    elif empty:
        names = ", ".join(empty)
        lines.append(
            Line("warning", "areas", f"No staff, so the desk of the city has them: {names}.")
        )
    return lines


async def _work(work: UnitOfWork) -> list[Line]:
    """What is late or lost, each with whom to look after it; one reassuring line when nothing is."""
    lines = [*await _late(work), *await _shut(work), *await _dead(work)]
    return lines or [Line("ok", "work", "Nothing is late and no message is lost.")]


async def _late(work: UnitOfWork) -> list[Line]:
    due, unread = await work.timers.next_at(), await work.inbox.next_at()
    lines = []
    if due is not None and work.now - due > _LATE:
        lines.append(
            Line("error", "work", "Reminders are more than 5 minutes late: start bot run.")
        )
    if unread is not None and work.now - unread > _LATE:
        sentence = "A message has waited unread for more than 5 minutes: start bot run."
        lines.append(Line("error", "work", sentence))
    return lines


async def _shut(work: UnitOfWork) -> list[Line]:
    gates = await work.outbox.shut_gates()
    held = ", ".join(f"{channel} ({why})" for channel, _, why in gates)
    sentence = f"Nothing goes out through {held}: mend its settings."
    return [Line("error", "work", sentence)] if gates else []


async def _dead(work: UnitOfWork) -> list[Line]:
    """Messages that will never arrive, by who should have had them."""
    lines = []
    for contact_id, count in await work.outbox.undelivered():
        contact = await work.contacts.get(contact_id)
        person = await work.people.get(contact.person_id) if contact else None
        whom = f"{person.role.value} {person.name or person.id}" if person else "a reporter"
        on = f" on {contact.channel}" if contact else ""
        what = f"{count} message{'s' * (count > 1)} to {whom}{on}"
        sentence = f"{what} did not arrive: see whether they can be reached."
        lines.append(Line("warning", "work", sentence))
    return lines


def working_days(now: datetime, changes: Sequence[DayChange]) -> Line:
    """Whether the days around the Tet that comes next were decided; asked from November on."""
    today = local(now).date()
    years = [today.year, today.year + 1] if today.month >= _TET_IS_NEAR else [today.year]
    for year in years:
        if tet(year) >= today and tet_is_forecast(year, changes):
            return Line(
                "warning", "calendar",
                f"The days of Tet {year} are a forecast. Once they are decided, write them down, even "
                f"if nothing differs: bot calendar off {tet(year)} NAME.",
            )  # fmt: skip
    known = " and ".join(str(year) for year in years)
    return Line("ok", "calendar", f"The working days of {known} are known.")


async def _channels(config: Config) -> list[Line]:
    lines = []
    if not config.public_url:
        sentence = "People outside this machine cannot open the web chat: set ANNHI_PUBLIC_URL."
        lines.append(Line("warning", "web", sentence))
    elif not config.public_url.startswith("https://"):
        lines.append(Line("error", "web", "ANNHI_PUBLIC_URL must begin with https://."))
    else:
        lines.append(Line("ok", "web", f"The web chat is at {config.public_url}."))
    return [*lines, *await _telegram(config)]


async def _telegram(config: Config) -> list[Line]:
    name = await bot_name(config)
    if name is None:
        return [Line("warning", "telegram", "Telegram is off: staff have the web chat only.")]
    if not name:
        sentence = "Telegram does not answer for this token: check ANNHI_TELEGRAM_TOKEN."
        return [Line("error", "telegram", sentence)]
    answers = Line("ok", "telegram", f"Telegram answers for @{name}.")
    return [answers, Line("warning", "telegram", _ABROAD)]


async def bot_name(config: Config) -> str | None:
    """The Telegram bot's user name; "" when it does not answer, None when there is no token."""
    token = config.telegram_token.get_secret_value()
    if not token:
        return None
    channel = Telegram(token, config.telegram_api_url, "")
    try:
        async with asyncio.timeout(5):
            return await channel.start()
    except (TimeoutError, *Telegram.failures):
        return ""
    finally:
        await channel.close()


CHECK = Command("check", "what would keep an alert from reaching somebody", _check, _arguments)
