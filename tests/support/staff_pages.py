"""The staff pages in a transcript: signed in, opened, clicked, through the same functions as the routes."""

import re
from collections.abc import Awaitable, Callable

from cases.errors import Refused
from cases.lifecycle import Act
from cases.model import Level, Person
from handlers.actions.keep_settings import Change, set_chain
from handlers.actions.openings import ask, decide, draft
from handlers.actions.sign_in import enter
from handlers.actor import Actor, Kit
from handlers.flows.act_forms import ACT_FORMS
from handlers.pages.act_form import WORDS, Field
from handlers.pages.act_page import NotFilled, Pressed, act_on_page, open_form
from handlers.pages.case_sheet import open_sheet
from handlers.pages.chain_page import read_chain, steps_of_form
from handlers.pages.opening_page import mine, to_decide
from handlers.pages.part_sheet import open_part
from handlers.pages.slip import answer_slip, open_slip
from handlers.roster.pins import confirm_pin
from handlers.staff.presses import why_not
from notifications.announce import act_key
from storage.unit_of_work import UnitOfWork
from tests.support.file_clicks import button_of, press
from tests.support.pins import PIN, give_pin
from tests.support.world import World


class StaffPages:
    """Each line answers with what the page would say."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._seen: dict[str, int] = {}  # person and case -> the revision their page shows
        self._n = 0

    @property
    def _kit(self) -> Kit:
        return self._world.app.kit  # another one after a restart

    async def signs(self, name: str) -> str:
        """The newest link they were given is spent by a press."""
        texts = [text for one in self._world.channels for text in self._world.texts(name, one)]
        links = re.findall(r"/dashboard#([\w-]+)", "\n".join(texts))
        async with self._kit.store.transaction("page") as work:
            entered = await enter(work, self._kit, links[-1])
        return "inside" if entered else "refused"

    async def opens(self, name: str, code: str) -> str:
        """The page of a case stays open as it is now; its buttons are named."""
        async with self._kit.store.transaction("page") as work:
            actor = await self._actor(work, name)
            try:
                part = await open_part(actor, code)
                page = part or await open_sheet(actor, code)
            except Refused as no:
                return why_not(actor, no)
        self._seen[f"{name} {code}"] = page.case.rev
        shown = f"{' · '.join(part.lines)} " if part else ""
        return shown + " ".join(f"[{one.label}]" for one in page.acts)

    async def clicks(self, name: str, what: str) -> str:
        """`LABEL on CODE[: ANSWER; ANSWER]`, on the page that was opened, else on a fresh one."""
        label, code, answers = re.match(r"(.+?) on ([0-9A-Z-]{9})(?:: (.*))?$", what).groups()
        if (said := await self._file(name, code, label, answers or "")) is not None:
            return said
        if f"{name} {code}" not in self._seen:
            await self.opens(name, code)
        self._n += 1
        try:
            async with self._kit.store.transaction("page") as work:
                actor = await self._actor(work, name)
                act, rev = self._act(actor.person, label), self._seen.pop(f"{name} {code}", 0)
                pressed = Pressed(code, act, rev, f"click {self._n}", {})
                await act_on_page(actor, await self._filled(actor, pressed, answers))
        except Refused as no:
            return why_not(actor, no)
        except NotFilled:
            return actor.words("staff.form_wrong")
        return actor.words("staff.said_done")

    async def _file(self, name: str, code: str, label: str, reason: str) -> str | None:
        """A button of a file, named with it (`Mở Ảnh 1`); None = it is none."""
        if not re.search(r" \d+$", label):
            return None
        async with self._kit.store.transaction("page") as work:
            actor = await self._actor(work, name)
            try:
                button = await button_of(actor, code, label)
                return await press(actor, code, button, reason) if button else None
            except Refused as no:
                return why_not(actor, no)

    async def asks(self, name: str, what: str) -> str:
        """`to open CODE: reason`, or `to open CODE` for what was begun in the chat; with the PIN."""
        code, reason = re.match(r"to open ([0-9A-Z-]{9})(?:: (.*))?$", what).groups()

        async def do(actor: Actor) -> None:
            begun = [one for one in await mine(actor) if one.drafted and one.code == code]
            await ask(actor, begun[0].id if begun else (await draft(actor, code, reason or "")).id)

        return await self._with_pin(name, do)

    async def agrees(self, name: str, what: str) -> str:
        """`to open CODE`, with the PIN; the page shows the reason first."""
        code = what.removeprefix("to open ")

        async def do(actor: Actor) -> None:
            found = [one for one in await to_decide(actor) if one.code == code]
            if not found:
                raise Refused("error.errand_over")
            await decide(actor, found[0].id, agreed=True)

        return await self._with_pin(name, do)

    async def _with_pin(self, name: str, do: Callable[[Actor], Awaitable[None]]) -> str:
        async with self._kit.store.transaction("page") as work:
            actor = await self._actor(work, name)
            if await work.pins.of(actor.person.id) is None:
                await give_pin(work, actor.person.id)
            try:
                await confirm_pin(actor, PIN)
                await do(actor)
            except Refused as no:
                return why_not(actor, no)
        return actor.words("staff.said_done")

    async def sets(self, name: str, what: str) -> str:
        """`the urgent chain of COMMUNE: officer; 10 deputy, staff:hoa; …; city 20; all 30`, as a form."""
        level, place, rest = re.match(r"the (\w+) chain of (.+?): (.*)$", what).groups()
        communes = {one: code for code, one in self._kit.places().areas.communes.items()}
        commune, rows = communes[place], [one.split(" ", 1) for one in f"0 {rest}".split("; ")]
        ends = {key: value for key, value in rows if key in ("city", "all")}
        form = dict(ends)
        steps = [row for row in rows if row[0] not in ends]
        for n, (many, to) in enumerate(steps):
            form |= {f"after.{n}": many} | {f"to.{n}.{one}": "1" for one in to.split(", ")}
        try:
            async with self._kit.store.transaction("page") as work:
                actor = await self._actor(work, name)
                newest = await work.settings.newest(commune, f"chain.{level}")
                change = Change(commune, f"chain.{level}", newest.n if newest else 0)
                filled = await read_chain(actor, commune, form)
                await set_chain(actor, change, Level(level), steps_of_form(Level(level), filled))
        except Refused as no:
            return actor.words(no.key, **no.values_)
        return actor.words("staff.said_done")

    def _slip(self, name: str) -> str:
        """The newest link to a slip that this person was given."""
        texts = [text for one in self._world.channels for text in self._world.texts(name, one)]
        return re.findall(r"/slip#([\w-]+)", "\n".join(texts))[-1]

    async def follows(self, name: str) -> list[str]:
        async with self._kit.store.transaction("slip") as work:
            page = await open_slip(Actor(work, self._kit), self._slip(name))
        return [page.head, *page.lines, page.received] if page else ["not here"]

    async def confirms(self, name: str) -> str:
        async with self._kit.store.transaction("slip") as work:
            page = await answer_slip(Actor(work, self._kit), self._slip(name))
        return page.received if page else "not here"

    async def _filled(self, actor: Actor, pressed: Pressed, answers: str | None) -> Pressed:
        if pressed.act not in ACT_FORMS or answers is None:
            return pressed
        form = await open_form(actor, pressed)
        given = dict(map(_answer, form.fields, answers.split("; ")))
        return Pressed(pressed.code, pressed.act, pressed.rev, pressed.submission, given)

    def _act(self, person: Person, label: str) -> str:
        words = self._kit.catalog
        keys = {act.value: act_key(act, person) for act in Act}
        return next(
            act for act, key in keys.items()
            if words.has(person.lang, key) and words.say(person.lang, key) == label
        )  # fmt: skip

    async def _actor(self, work: UnitOfWork, name: str) -> Actor:
        person = await work.people.get(f"p-{name}")
        return Actor(work, self._kit, person=person, name=person.id)


def _answer(field: Field, answer: str) -> tuple[str, str]:
    """An option by its label, anything else as words."""
    options = {words: value for value, words in field.options}
    return (field.name, options[answer]) if answer in options else (field.name + WORDS, answer)
