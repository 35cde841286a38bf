"""The next answer of whatever somebody is just filling in."""

from handlers.actor import Actor
from handlers.flows.follow_up import FOLLOW_UPS
from handlers.flows.my_data import MY_DATA
from handlers.reporter.follow_up import (
    answer,
)
from handlers.reporter.my_data import corrected
from handlers.reporter.reporting import (
    continue_report,
)
from handlers.staff.act_talk import on_form
from handlers.talk.model import Said
from storage.records.talks import TalkRow


async def next_answer(actor: Actor, row: TalkRow, said: Said) -> None:
    if row.flow == "report":
        await continue_report(actor, row, said)
    elif row.flow == MY_DATA.name:
        await corrected(actor, row, said)
    elif row.flow in FOLLOW_UPS:
        await answer(actor, row, said)
    else:
        await on_form(actor, row, said)
