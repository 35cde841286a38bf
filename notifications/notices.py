"""NOTICES: what a person is told without having asked, how urgently, and with which buttons.

A notice is given a code, a level, times and a colleague's role, and nothing else: what its type does
not hold cannot reach a lock screen (CHANNELS.md section 10).
"""

from dataclasses import dataclass

from cases.lifecycle import Act

READ = "read"  # no act but a logged reading: opens the card

URGENT, ALERT, REPLY, REMINDER, DIGEST = 0, 1, 2, 3, 4  # outbox priorities, TRUST.md section 5


@dataclass(frozen=True, slots=True)
class Notice:
    """One row: the words are `notice.<name>` in locales; `acts` are its buttons, in order."""

    name: str
    priority: int
    acts: tuple[str, ...] = ()
    alarm: bool = False  # hops to the person's next address when this one does not work


_TAKE = (Act.ACKNOWLEDGE, READ, Act.DECLINE)

NOTICES = {
    notice.name: notice
    for notice in (
        Notice("alert", ALERT, _TAKE, alarm=True),
        Notice("escalated", ALERT, _TAKE, alarm=True),
        Notice("nobody", ALERT, _TAKE, alarm=True),
        Notice("reopened", ALERT, _TAKE, alarm=True),
        Notice("reminder", REMINDER, (READ,), alarm=True),
        Notice("late", ALERT, (READ,), alarm=True),
        Notice("idle", ALERT, (READ,), alarm=True),
        Notice("holder_gone", ALERT, (READ,), alarm=True),
        Notice("idle_lapsed", ALERT, _TAKE, alarm=True),
        Notice("forward", ALERT, (READ,), alarm=True),
        Notice("assigned", ALERT, (READ,), alarm=True),
        Notice("danger", ALERT, (READ,), alarm=True),
        Notice("raised", ALERT, (READ,), alarm=True),
        Notice("lowered", REMINDER, (READ,)),
        Notice("taken", REMINDER, (READ,)),
        Notice("declined", ALERT, _TAKE, alarm=True),
        Notice("added", REMINDER, (READ,)),
        Notice("asks_person", ALERT, (READ,), alarm=True),
        Notice("went_quiet", REMINDER, (READ,)),
        Notice("closed", REMINDER, (READ,)),
        Notice("undone", REMINDER, (READ,)),
        Notice("admin_gone", ALERT),
        Notice("admin_nobody_on_duty", ALERT),
        Notice("admin_unanswered", ALERT),
        Notice("admin_nobody", ALERT),
        Notice("admin_parked", ALERT),
        Notice("reporter_nobody", REPLY),
        Notice("reporter_closed", REPLY),
        Notice("reporter_nobody_child", REPLY),
        Notice("reporter_closed_child", REPLY),
    )
}
