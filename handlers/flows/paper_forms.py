"""What is asked about papers: which one, and what belongs into its empty boxes."""

from collections.abc import Mapping

from cases.forms import FORMS, by_hand
from handlers.talk.answers import Pick, Words
from handlers.talk.flow import Ask, Flow

DONE = "done"  # the boxes that were filled are kept, the others stay empty


def fill_form(code: str, boxes: tuple[str, ...]) -> Flow:
    """The questions for these boxes of one paper."""
    asks = tuple(Ask(one, Words(), standing=("skip", "back", DONE)) for one in boxes)
    return Flow(name=f"paper_{code}", asks=asks, order=lambda _: boxes)


WHICH = Flow(
    name="papers", asks=(Ask("paper", Pick("papers"), standing=("back", "cancel"), must=True),),
    order=lambda _: ("paper",),
)  # fmt: skip
FILLS: Mapping[str, Flow] = {code: fill_form(code, by_hand(form)) for code, form in FORMS.items()}
PAPER_FORMS: Mapping[str, Flow] = {flow.name: flow for flow in (WHICH, *FILLS.values())}
