"""Where staff stand when nothing is asked: who they are here, and what they can do, five buttons at a time."""

from collections.abc import Mapping

from cases.duty import LeaveState, there
from cases.errors import Refused
from cases.messages import Choice, Picture
from cases.model import Person, Role
from cases.roles import ROLES
from handlers.actor import Actor
from handlers.papers.public import qr_of
from handlers.roster.colleagues import span
from handlers.staff.lists import name_of, planned_shifts, shift_line
from notifications.announce import OFFER_LIFE, staff_time
from storage.records.offers import Offer

PAGE = 5
_SHOWN = 6  # shifts on the page of duty
_WORKS = ("work", "behalf", "duty", "bell", "web", "find", "invite", "addresses")
_BUTTONS: Mapping[Role, tuple[str, ...]] = {
    Role.COLLABORATOR: ("work", "behalf", "duty", "bell", "web", "addresses", "families"),
    Role.OFFICER: (*_WORKS, "families"),
    Role.DEPUTY: (*_WORKS, "families"),
    Role.LEADER: (*_WORKS, "removal", "flood"),
    Role.POLICE: ("work", "behalf", "duty", "bell", "web", "find", "addresses"),
    Role.SUPERVISOR: ("work", "behalf", "duty", "bell", "web", "find", "addresses", "opening"),
    Role.ADMIN: ("bell", "web", "invite", "addresses", "removal"),
}


async def staff_home(actor: Actor) -> None:
    """Who one is here, whether one is on duty, and the first buttons."""
    person = actor.person
    assert person is not None
    role = actor.words(f"role.{person.role}")
    duty = "none" if person.role is Role.ADMIN else _presence(person)
    cases = "yes" if ROLES[person.role].works_cases else "no"
    text = actor.words("home.hello", role=role, duty=duty, cases=cases)
    await home_buttons(actor, text, _page(_buttons(actor, person), "others"))


def _buttons(actor: Actor, person: Person) -> tuple[str, ...]:
    """The code of a commune is for whoever has one, once people can open an address of ours."""
    known = bool(actor.kit.public_url) and person.commune in actor.kit.places().areas.communes
    return (*_BUTTONS[person.role], *("qr",) * known)


def _page(buttons: tuple[str, ...], further: str) -> tuple[str, ...]:
    return buttons if len(buttons) <= PAGE else (*buttons[: PAGE - 1], further)


def _presence(person: Person) -> str:
    return "leave" if person.substitute else "on" if person.on_duty else "off"


async def others(actor: Actor) -> None:
    """What the first page of buttons had no room for."""
    assert actor.person is not None
    rest = _buttons(actor, actor.person)[PAGE - 1 :]
    await home_buttons(actor, actor.words("home.choose"), _page(rest, "more"))


async def more(actor: Actor) -> None:
    """What the second page had no room for either."""
    assert actor.person is not None
    rest = _buttons(actor, actor.person)[2 * (PAGE - 1) :]
    await home_buttons(actor, actor.words("home.choose"), rest)


async def show_qr(actor: Actor) -> None:
    """The code of their own commune, to be shown on the phone or forwarded."""
    assert actor.person is not None
    commune = actor.person.commune
    name = actor.kit.places().areas.communes.get(commune)
    if name is None:  # an old button of somebody who works for no commune any more
        raise Refused("error.old_button")
    picture = Picture(qr_of(commune))
    await actor.say(actor.words("qr.here", commune=name), op="media", media=picture, protect=False)


async def home_buttons(actor: Actor, text: str, options: tuple[str, ...]) -> None:
    """A message with some of the buttons of home."""
    assert actor.voice is not None
    prompt = actor.prompt()
    await actor.work.offers.put(
        Offer(prompt, actor.voice.contact.id, "menu", list(options), actor.work.now + OFFER_LIFE)
    )
    buttons = tuple(Choice(one, actor.words(f"home.{one}")) for one in options)
    await actor.say(text, buttons, prompt=prompt)


async def duty_page(actor: Actor) -> None:
    """Whether one is on duty, who else is, which shifts are planned, and what can be changed."""
    person = actor.person
    assert person is not None
    lines = [actor.words("duty.mine", duty=_presence(person)), *await _who_is_there(actor, person)]
    staff = {one.id: one for one in await actor.work.people.staff(person.commune)}
    shifts = await planned_shifts(actor, person)
    lines += [shift_line(actor, one, staff.get(one.person_id)) for one in shifts[:_SHOWN]]
    leaves = [one for one in await actor.work.leaves.open() if one.person_id == person.id]
    lines += [
        actor.words(
            "duty.leave", answered="yes" if one.state is LeaveState.ACCEPTED else "no",
            **span(one.starts_at, one.ends_at),
        )
        for one in leaves
    ]  # fmt: skip
    mine = any(person.role is Role.LEADER or one.person_id == person.id for one in shifts)
    here = ("on",) if person.substitute or not person.on_duty else ("off",)
    works = ("shift",) if person.commune and person.role is not Role.COLLABORATOR else ()
    change = ("unshift",) * (mine and bool(works)) + ("unleave",) * bool(leaves)
    await home_buttons(actor, "\n".join(lines), (*here, *works, *change))


async def _who_is_there(actor: Actor, person: Person) -> list[str]:
    if not person.commune:
        return []
    staff = await actor.work.people.staff(person.commune)
    names = ", ".join(name_of(actor, one) for one in there(staff, person.commune))
    return [actor.words("duty.there", names=names or "none")]


async def ask_off(actor: Actor) -> None:
    """Off duty: for today, or for days with somebody who stands in."""
    await home_buttons(actor, actor.words("duty.off"), ("off_today", "off_days"))


async def addresses_page(actor: Actor) -> None:
    """The own addresses in the order in which they are tried, with what is known of each; never an id."""
    person = actor.person
    assert person is not None
    heard = {
        one.contact_id: one.heard_at
        for one in await actor.work.bells.of_person(person.id)
        if one.heard_at is not None
    }
    own = await actor.work.contacts.of_person(person.id)
    lines = [actor.words("address.list")]
    for n, contact in enumerate(own, 1):
        at = heard.get(contact.id)
        state = "blocked" if contact.state == "blocked" else "heard" if at else "untried"
        when = staff_time("at", at) if at else {"at": "-", "at_day": "-"}
        channel = actor.words(f"channel.{contact.channel}")
        lines.append(actor.words("address.line", n=n, channel=channel, state=state, **when))
    more = ("first_address", "old_address") if len(own) > 1 else ()
    await home_buttons(actor, "\n".join(lines), ("add_address", *more, "bell"))
