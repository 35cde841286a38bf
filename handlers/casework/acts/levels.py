"""What a new level does: who must know hears of it, and the clocks of the case run at its pace."""

from cases.deadlines import ALARMING
from cases.lifecycle import Act
from handlers.alarms.alarm import sound_afresh
from handlers.alarms.clocks import at_new_level, start_clock
from handlers.casework.acts.clock_turns import law_clocks
from handlers.casework.acts.done import Done, tell


async def new_level(done: Done) -> None:
    """A raised case may owe the law's clocks, and is alerted anew if nobody has it."""
    actor, case, act = done.actor, done.after, done.act
    to = ("leader",) if act is Act.LOWER else ("holder", "leader")
    await tell(actor, case, "lowered" if act is Act.LOWER else "raised", to, done.person)
    running = {timer.kind for timer in await law_clocks(actor, case)}
    await at_new_level(actor, done.case, case)
    if "unanswered" in running and act is Act.RAISE and case.level in ALARMING:
        await sound_afresh(actor, case, "alert")
    elif "unanswered" in running:
        await start_clock(actor, "unanswered", case, 1)
