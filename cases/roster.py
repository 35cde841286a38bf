"""Names of people and villages as staff write them: how long, and not the same twice."""

from collections.abc import Iterable, Sequence

from cases.codes import digest
from cases.errors import Refused
from cases.model import Person
from cases.typed.fold import fold

LONGEST_NAME = 300  # of a person
LONGEST_PLACE = 64  # of a village, or of another name for it
LONGEST_LANDMARK = 255
SHOWN = 60  # characters of a name where many stand together, and on a button


def short(name: str) -> str:
    """A long name is cut where it is one of many; whoever asks for the person sees all of it."""
    return name if len(name) <= SHOWN else f"{name[: SHOWN - 1].rstrip()}…"


def one_line(text: str) -> str:
    """As it is kept: no line breaks, no doubled spaces; `;` separates names at rest."""
    return " ".join(text.replace(";", ",").split())


def names_in(text: str) -> tuple[str, ...]:
    """Several names, parted by `;`, commas or lines; none twice."""
    parts = text.replace(";", ",").replace("\n", ",").split(",")
    return tuple({fold(one): one_line(one) for one in parts if fold(one)}.values())


def check_name(name: str, role: str, commune: str, staff: Iterable[Person]) -> str:
    """The name as it is kept; `staff`: everybody else. Raises Refused."""
    name = one_line(name)
    if not fold(name):
        raise Refused("error.name_none")
    if len(name) > LONGEST_NAME:
        raise Refused("error.name_long", most=LONGEST_NAME)
    same = (one for one in staff if one.active and (one.role, one.commune) == (role, commune))
    if any(fold(one.name) == fold(name) for one in same):
        raise Refused("error.name_taken")
    return name


def check_village(name: str, landmark: str, aliases: Sequence[str], taken: Iterable[str]) -> None:
    """`taken`: what the other villages of the commune are called. Raises Refused."""
    if not fold(name):
        raise Refused("error.village_none")
    if any(len(one) > LONGEST_PLACE for one in (name, *aliases)):
        raise Refused("error.village_long", most=LONGEST_PLACE)
    if len(landmark) > LONGEST_LANDMARK:
        raise Refused("error.landmark_long", most=LONGEST_LANDMARK)
    known = {fold(one) for one in taken}
    twice = next((one for one in (name, *aliases) if fold(one) in known), None)
    if twice is not None:
        raise Refused("error.village_taken", name=twice)


def village_code(commune: str, name: str) -> str:
    """The same for every way to write the name, so that it is imported once."""
    return digest(f"{commune}|{fold(name)}")[:16]
