"""NOTICES: what a person is told without having asked, how urgently, and with which buttons.

A notice is given a code, a level, times and a colleague's role, and nothing else: what its type does
not hold cannot reach a lock screen (CHANNELS.md section 10).
"""

from dataclasses import dataclass

from cases.lifecycle import Act

READ = "read"  # no act but a logged reading: opens the card
OWN_WORK = "work"  # the list of one's own cases; on a button beside the codes of a few of them
SEE = "see"  # a reporter asks for what waits

URGENT, ALERT, REPLY, REMINDER, DIGEST = 0, 1, 2, 3, 4  # outbox priorities, TRUST.md section 5


@dataclass(frozen=True, slots=True)
class Notice:
    """One row: the words are `notice.<name>` in locales; `acts` are its buttons, in order.

    `part`: whoever hears it may know a part of the case only, and is not called to it.
    """

    name: str
    priority: int
    acts: tuple[str, ...] = ()
    alarm: bool = False  # hops to the person's next address when this one does not work
    part: bool = False


_TAKE = (Act.ACKNOWLEDGE, READ, Act.DECLINE)
# These go to reporters: never a code, a child or a kind of harm on a locked screen.
TO_REPORTERS = frozenset({"reporter_letter", "reporter_nobody", "reporter_nobody_child"})

NOTICES = {
    notice.name: notice
    for notice in (
        Notice("alert", ALERT, _TAKE, alarm=True),
        Notice("escalated", ALERT, _TAKE, alarm=True),
        Notice("nobody", ALERT, _TAKE, alarm=True),
        Notice("reopened", ALERT, _TAKE, alarm=True),
        Notice("reminder", REMINDER, (READ,), alarm=True),
        Notice("late", ALERT, (READ,), alarm=True),
        Notice("clock_soon", REMINDER, (READ,), alarm=True),
        Notice("clock_late", ALERT, (READ,), alarm=True),
        Notice("confirm_asked", ALERT, (Act.CONFIRM_MEASURE, READ), alarm=True),
        Notice("decided", ALERT, (READ,), alarm=True),
        Notice("measure_confirmed", REMINDER, (READ,)),
        Notice("measure_refused", ALERT, (READ,), alarm=True),
        Notice("child_unseen", ALERT, (READ,), alarm=True),
        Notice("lapsed", ALERT, (READ,), alarm=True),
        Notice("idle", ALERT, (READ,), alarm=True),
        Notice("holder_gone", ALERT, (READ,), alarm=True),
        Notice("idle_lapsed", ALERT, _TAKE, alarm=True),
        Notice("forward", ALERT, (READ,), alarm=True),
        Notice("forward_there", ALERT, alarm=True),
        Notice("went_home", REPLY),
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
        Notice("visit_asked", ALERT, (Act.ACCEPT_VISIT, Act.DECLINE_VISIT), alarm=True, part=True),
        Notice("visit_off", REPLY, part=True),
        Notice("visit_accepted", REMINDER, (READ,)),
        Notice("visit_declined", ALERT, (READ,), alarm=True),
        Notice("visit_unanswered", ALERT, (READ,), alarm=True),
        Notice("visit_done", ALERT, (READ,), alarm=True),
        Notice("field_news", ALERT, (READ,), alarm=True),
        Notice("referred", ALERT, (Act.REFER_RECEIVED, READ), alarm=True, part=True),
        Notice("refer_received", REMINDER, (READ,)),
        Notice("crime_marked", ALERT, (READ,), alarm=True),
        Notice(
            "handover_offered",
            ALERT,
            (Act.ACCEPT_HANDOVER, Act.DECLINE_HANDOVER, READ),
            alarm=True,
            part=True,
        ),
        Notice("handover_waits", ALERT, (READ,), alarm=True, part=True),
        Notice("handover_accepted", REPLY, part=True),
        Notice("handover_declined", ALERT, (READ,), alarm=True),
        Notice("handover_disputed", ALERT, (READ,), alarm=True),
        Notice("handover_withdrawn", REPLY, part=True),
        Notice("handover_settled", ALERT, (READ,), alarm=True),
        Notice("nobody_on_duty", ALERT, alarm=True),
        Notice("drill", ALERT, ("heard",), alarm=True),
        Notice("watch", ALERT, alarm=True),
        Notice("watch_unseen", ALERT, ("seen",), alarm=True),
        Notice("shift_planned", REPLY),
        Notice("shift_cancelled", REPLY),
        Notice("shift_given_back", ALERT),
        Notice("shift_soon", REMINDER),
        Notice("shift_begins", ALERT, ("confirm",), alarm=True),
        Notice("shift_missed", ALERT, alarm=True),
        Notice("shift_yours", ALERT, alarm=True),
        Notice("shift_unconfirmed", ALERT, ("confirm",), alarm=True),
        Notice("shift_taken", REPLY),
        Notice("shift_over", REPLY),
        Notice("shift_stay", ALERT, alarm=True),
        Notice("shift_stays", ALERT),
        Notice("shift_relieved", REPLY),
        Notice("leave_asked", ALERT, ("accept", "refuse"), alarm=True),
        Notice("leave_accepted", REPLY),
        Notice("leave_known", REMINDER),
        Notice("leave_refused", ALERT, alarm=True),
        Notice("leave_unanswered", ALERT, alarm=True),
        Notice("leave_open", ALERT),
        Notice("leave_begins", REPLY),
        Notice("leave_yours", ALERT, ("brief",), alarm=True),
        Notice("leave_over", REMINDER),
        Notice("leave_back", REPLY),
        Notice("leave_cancelled", REPLY),
        Notice("leave_ended", ALERT, alarm=True),
        Notice("leave_uncovered", ALERT),
        Notice("invite_asked", REMINDER, ("who", "agree", "disagree")),
        Notice("invite_confirmed", REPLY),
        Notice("invite_refused", REPLY),
        Notice("address_added", ALERT, ("not_me",), alarm=True),
        Notice("bell", ALERT, ("heard",), alarm=True),
        Notice("bell_unheard", ALERT),
        Notice("plan_submitted", ALERT, (READ,), alarm=True),
        Notice("plan_approved", REMINDER, (READ,)),
        Notice("plan_sent_back", ALERT, (READ,), alarm=True),
        Notice("plan_reviewed", ALERT, (READ,), alarm=True),
        Notice("plan_again", ALERT, (READ,), alarm=True),
        Notice("task_given", ALERT, (READ,), alarm=True),
        Notice("task_left", ALERT, (READ,), alarm=True),
        Notice("merged", REMINDER, (READ,)),
        Notice("excluded", REMINDER, (READ,)),
        Notice("included", REMINDER, (READ,)),
        Notice("yearly_soon", REMINDER, ("yearly_what",)),
        Notice("yearly_late", ALERT, ("yearly_what",)),
        Notice("commune_quiet", REMINDER, ("quiet_where",)),
        Notice("families", REMINDER, ("families",)),
        Notice("rights_new", ALERT, ("rights_what",), alarm=True),
        Notice("rights_soon", ALERT, ("rights_what",), alarm=True),
        Notice("rights_late", ALERT, ("rights_what",), alarm=True),
        Notice("breach_new", ALERT, alarm=True),
        Notice("breach_soon", ALERT, alarm=True),
        Notice("breach_late", ALERT, alarm=True),
        Notice("breach_over", REMINDER),
        Notice("keep_asked", REMINDER, (READ,)),
        Notice("erase_asked", ALERT, (READ,), alarm=True),
        Notice("erase_refused", REMINDER, (READ,)),
        Notice("audit_head", DIGEST),
        Notice("opening_asked", ALERT, ("opening_who", "opening_no"), alarm=True),
        Notice("opening_open", ALERT, alarm=True),
        Notice("opening_told", ALERT),
        Notice("opening_elsewhere", ALERT),
        Notice("pin_set", ALERT, alarm=True),
        Notice("pin_locked", ALERT, alarm=True),
        Notice("pin_reset", ALERT, ("pin_reset",)),
        Notice("pin_reset_asked", ALERT, alarm=True),
        Notice("pin_gone", ALERT, alarm=True),
        Notice("admin_gone", ALERT),
        Notice("admin_nobody_on_duty", ALERT),
        Notice("admin_unanswered", ALERT),
        Notice("admin_nobody", ALERT),
        Notice("admin_parked", ALERT),
        Notice("reporter_wrote", ALERT, (READ,), alarm=True),
        Notice("reporter_waiting", ALERT, (READ,), alarm=True),
        Notice("reporter_letter", REPLY, (SEE,)),
        Notice("reporter_nobody", REPLY),
        Notice("reporter_nobody_child", REPLY),
    )
}
