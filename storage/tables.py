"""All tables on one page. Columns marked sealed hold AES-GCM ciphertext (TRUST.md sections 3 and 12)."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.columns import UtcDateTime

metadata = MetaData()
_Id = String(32)
# Of an index, and word for word of the question that uses it: SQLite proves nothing about parameters.
BLANK = "state = 'sent' AND message_id = ''"
# What of all communes can be the city's own (`may_see`), closed or not.
CITYS = "(commune = '' OR flags LIKE '%conflict_%' OR closed_by_role = 'leader')"


def _when(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, UtcDateTime, nullable=nullable)


def _sealed(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)


def _text(name: str, size: int = 64) -> Column[str]:
    return Column(name, String(size), nullable=False, default="")


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, default=0)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, default=False)


# 1 what came in
inbox = Table(
    "inbox", metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", _Id, nullable=False, unique=True),
    _text("channel", 16), _text("account"), _text("dedupe", 128), _text("lane", 160),
    _sealed("raw"), _when("received_at"), _text("state", 8), _number("attempt"),
    _when("next_at"), _text("error", 80), _flag("replayed"), _text("case_id", 32),
    _text("seen_by", 32),  # of a parked one: who looked at it
    _number("place"),  # in a backlog: storage/ledgers/backlog.py
    UniqueConstraint("channel", "account", "dedupe"),
    Index("inbox_due", "state", "next_at", "seq"),
    Index("inbox_lane", "lane", "state", "seq"),
    Index("inbox_place", "state", "place", "seq"),
)  # fmt: skip

# 2 what is known
cases = Table(
    "cases", metadata,
    Column("id", _Id, primary_key=True),
    Column("code", String(9), nullable=False, unique=True),
    Column("submission", String(64), nullable=False, unique=True),
    _text("commune", 16), _text("level", 16), _text("kind", 32), _text("status", 16),
    _number("rev"), _text("holder", 32), _text("source", 16), _text("flags", 255),
    _number("policy"), _when("received_at"), _when("opened_at"), _when("acked_at", nullable=True),
    _text("acked_by_role", 16), _when("closed_at", nullable=True), _text("closed_reason", 32),
    _text("closed_by_role", 16), _when("erased_at", nullable=True),
    _text("erased_why", 32), _number("erased_persons"),
    _number("records"),  # how many stand beside it: most cases have none, and none is read
    Index("cases_open", "status", "commune", "received_at"),
    Index("cases_commune", "commune", "received_at"),
    Index("cases_ended", "commune", "closed_at"),
    Index("cases_received", "received_at"), Index("cases_closed", "closed_at"),
    Index("cases_holder", "holder", "received_at"),
    Index("cases_city", "received_at", sqlite_where=text(CITYS), postgresql_where=text(CITYS)),
)  # fmt: skip
case_events = Table(
    "case_events", metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", _Id, nullable=False, unique=True),
    Column("case_id", _Id, ForeignKey("cases.id"), nullable=False),
    Column("key", String(160), nullable=False, unique=True),
    _text("act", 32), _text("actor", 64), _when("at"), _sealed("body"),
    Index("case_events_case", "case_id", "seq"),
    Index("case_events_act", "act", "at", "case_id"),
)  # fmt: skip
records = Table(  # beside the status, with a state of its own: a measure, a visit, a task …
    "records", metadata,
    Column("case_id", _Id, ForeignKey("cases.id"), primary_key=True),
    Column("kind", String(12), primary_key=True),
    Column("no", Integer, primary_key=True, autoincrement=False),
    _text("state", 12), _text("person_id", 32), _text("commune", 16), _when("due_at", nullable=True),
    _when("made_at"), _when("changed_at"), _sealed("body"),
    Index("records_person", "person_id", "kind", "state"),
    Index("records_commune", "commune", "kind", "state"),
)  # fmt: skip
families = Table(  # whom a collaborator looks in on this month: deleted by a timer
    "families", metadata,
    Column("id", _Id, primary_key=True),
    _text("commune", 16), _text("person_id", 32), _text("month", 10), _text("state", 10),
    _text("made_by", 32), _when("made_at"), _sealed("words"),
    Index("families_person", "person_id", "month"), Index("families_commune", "commune", "month"),
)  # fmt: skip
slips = Table(  # links to one referral, for the body it went to
    "slips", metadata,
    Column("hash", String(64), primary_key=True),
    _text("case_id", 32), _number("no"), _when("made_at"), _when("expires_at"),
    _when("opened_at", nullable=True),
    Index("slips_case", "case_id"),
)  # fmt: skip
case_people = Table(
    "case_people", metadata,
    Column("case_id", _Id, ForeignKey("cases.id"), primary_key=True),
    Column("person_id", _Id, primary_key=True),
    Column("excluded", Boolean, primary_key=True),
    _text("why", 32),
    Index("case_people_person", "person_id"),
)  # fmt: skip
reporters = Table(
    "reporters", metadata,
    Column("case_id", _Id, ForeignKey("cases.id"), primary_key=True),
    Column("contact_id", _Id, primary_key=True),
    Column("access_hash", LargeBinary, nullable=False),
    _flag("shown"), _flag("gone"), _when("since", nullable=True),
    _text("thread", 16),  # its name in buttons and letters: it outlives the key of the hash
    Index("reporters_contact", "contact_id"),
    Index("reporters_access", "access_hash"),
)  # fmt: skip
talks = Table(
    "talks", metadata,
    Column("id", _Id, primary_key=True),
    Column("contact_id", _Id, nullable=False), _text("flow", 32), _text("fingerprint"),
    _text("case_id", 32), _sealed("answers"), _text("prompt", 16), _number("rev"),
    _when("received_at"), _when("touched_at"),
    UniqueConstraint("contact_id", "flow"),
)  # fmt: skip

letters = Table(  # what staff wrote to a reporter; neither side sees who the other is
    "letters", metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", _Id, nullable=False, unique=True),
    Column("case_id", _Id, ForeignKey("cases.id"), nullable=False),
    _text("thread", 32), Column("key", String(160), nullable=False, unique=True),
    _text("from_id", 32), _sealed("body"), _text("state", 8),  # waiting | read
    _when("made_at"), _when("read_at", nullable=True),
    Index("letters_case", "case_id", "state", "seq"),
)  # fmt: skip
files = Table(  # what people sent: the reference at once, the sealed bytes later
    "files", metadata,
    Column("id", _Id, primary_key=True),
    Column("key", String(160), nullable=False, unique=True),  # {inbox row}:{n}
    _text("case_id", 32), _text("talk_id", 32), _text("contact_id", 32),
    _text("channel", 16), _text("account"), _text("kind", 8), _text("album"),
    _sealed("ref"), Column("same_index", LargeBinary, nullable=True),
    _text("state", 8), _text("why", 24),  # wanted | kept | failed | same | noted
    _text("mime", 96), _number("size"), Column("facts", LargeBinary, nullable=True),
    _number("attempt"), _when("try_at"), _when("received_at"), _when("kept_at", nullable=True),
    _flag("told"),  # whoever sent it knows that it was lost, or must not be told
    _flag("shut"),  # somebody of the staff said that it shows abuse: nobody opens it any more
    Index("files_due", "state", "try_at"),
    Index("files_case", "case_id", "received_at"),
    Index("files_talk", "talk_id"),
    Index("files_contact", "contact_id", "state", "told"),
)  # fmt: skip
file_parts = Table(  # 1 MiB pieces; number and last-flag are in the AAD
    "file_parts", metadata,
    Column("file_id", _Id, primary_key=True), Column("what", String(8), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    _flag("last"), _when("made_at"), _sealed("body"),  # the long one last: SQLite walks over it
    Index("file_parts_first", "n", "made_at"),
)  # fmt: skip

# 3 what must still happen
timers = Table(
    "timers", metadata,
    Column("id", _Id, primary_key=True),
    _text("owner"), _text("kind", 24), _number("round"), _number("step"), _number("slot"),
    _when("started_at"), _when("due_at"), _when("try_at"), _number("attempt"),
    _text("state", 8), _when("fired_at", nullable=True), _text("rules", 24),
    _when("ended_at", nullable=True),
    _when("clock_due", nullable=True), _text("level", 8),  # as they stood when it was armed
    UniqueConstraint("owner", "kind", "round", "step", "slot"),
    Index("timers_due", "state", "try_at"),
    Index("timers_owner", "owner", "state"),
    Index("timers_late", "state", "clock_due", "owner"),
)  # fmt: skip

# 4 what people are told
outbox = Table(
    "outbox", metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", _Id, nullable=False, unique=True),
    Column("key", String(200), nullable=False, unique=True),
    _text("case_id", 32), _text("contact_id", 32), _text("channel", 16), _text("op", 8),
    _sealed("body"), _number("priority"), _when("about_at"), _when("due_at"), _text("after", 32),
    _text("state", 10), _number("attempt"), _flag("maybe_sent"), _number("gen"),
    _text("worker", 32), _when("lease_until", nullable=True),  # when the lease ends, or was given back
    _text("message_id", 128),
    Column("pieces", Text, nullable=False, default=""),  # platform ids of what went before the last
    _text("outcome", 80), _text("seen_by", 32), _when("failed_at", nullable=True),
    _text("bundle", 24),  # with which others it may leave as one message
    Index("outbox_due", "state", "priority", "due_at"),
    Index("outbox_contact", "contact_id", "state", "seq"),
    Index("outbox_case", "case_id", "state"), Index("outbox_left", "lease_until"),
    Index("outbox_blank", "op", sqlite_where=text(BLANK), postgresql_where=text(BLANK)),
)  # fmt: skip

# 5 who did and read what
audit = Table(
    "audit", metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    _when("at"), _text("actor", 64), _text("act", 32), _text("case_id", 32), _sealed("detail"),
    Column("prev", LargeBinary, nullable=False), Column("hash", LargeBinary, nullable=False),
    Index("audit_act", "act", "at", "actor"),
)  # fmt: skip
audit_head = Table(
    "audit_head", metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    _number("n"), Column("hash", LargeBinary, nullable=False),
)  # fmt: skip

audit_anchors = Table(  # the head of a day, as it was sent to a person: what the chain is held against
    "audit_anchors", metadata,
    Column("day", String(10), primary_key=True), Column("sent_to", String(32), primary_key=True),
    _number("n"), Column("hash", LargeBinary, nullable=False), _when("at"),
)  # fmt: skip

# around them
people = Table(
    "people", metadata,
    Column("id", _Id, primary_key=True),
    _text("role", 16), _text("commune", 16), _sealed("name"), _text("lang", 8),
    Column("villages", Text, nullable=False, default=""), _flag("on_duty"), _flag("active"),
    _when("since"),
    Index("people_commune", "commune", "role"),
)  # fmt: skip
contacts = Table(
    "contacts", metadata,
    Column("id", _Id, primary_key=True),
    _text("person_id", 32), _text("channel", 16), _text("account"), _sealed("address"),
    Column("address_index", LargeBinary, nullable=False), _text("state", 12), _text("lang", 8),
    _number("rank"), _when("last_in_at"), _when("not_before", nullable=True),
    _when("pace_at", nullable=True), _when("minute_at", nullable=True), _number("minute_count"),
    Column("safety", LargeBinary, nullable=True),  # sealed: when and how it is safe to answer
    _when("taken_until", nullable=True),  # a person answers there: the bot asks nothing before
    UniqueConstraint("channel", "account", "address_index"),
    Index("contacts_person", "person_id", "rank"),
)  # fmt: skip
invites = Table(
    "invites", metadata,
    Column("hash", String(64), primary_key=True),
    _text("role", 16), _text("commune", 16), Column("villages", Text, nullable=False, default=""),
    _sealed("name"), _when("made_at"), _when("expires_at"), _when("used_at", nullable=True),
    _text("person_id", 32),
    # Made in chat it waits for a second person; made at the command line it is confirmed.
    _text("made_by", 32), Column("confirmed", Boolean, nullable=False, default=True),
    _text("confirmed_by", 32),
)  # fmt: skip
shifts = Table(
    "shifts", metadata,
    Column("id", _Id, primary_key=True),
    _text("person_id", 32), _text("commune", 16), _when("starts_at"), _when("ends_at"),
    _text("state", 12), _when("made_at"),  # cases/duty.py ShiftState
    Index("shifts_person", "person_id", "state", "starts_at"),
    Index("shifts_commune", "commune", "state", "starts_at"),
)  # fmt: skip
leaves = Table(
    "leaves", metadata,
    Column("id", _Id, primary_key=True),
    _text("person_id", 32), _text("substitute_id", 32), _when("starts_at"), _when("ends_at"),
    _text("state", 12), _when("made_at"),  # asked | accepted | declined | ended | cancelled
    _when("answered_at", nullable=True), _flag("keeps"),
    Index("leaves_person", "person_id", "state"),
    Index("leaves_substitute", "substitute_id", "state"),
)  # fmt: skip
bells = Table(
    "bells", metadata,
    Column("id", _Id, primary_key=True),
    _text("person_id", 32), _text("contact_id", 32), _text("made_by", 32), _when("made_at"),
    _when("heard_at", nullable=True), _text("round", 32),  # the first of one test
    Index("bells_person", "person_id", "made_at"), Index("bells_round", "round"),
)  # fmt: skip
login_links = Table(
    "login_links", metadata,
    Column("hash", String(64), primary_key=True),
    _text("person_id", 32), _text("contact_id", 32), _when("made_at"), _when("expires_at"),
    _when("used_at", nullable=True),
    Index("login_links_person", "person_id"),
)  # fmt: skip
paper_links = Table(  # one download of one paper, for who asked for it
    "paper_links", metadata,
    Column("hash", String(64), primary_key=True),
    _text("person_id", 32), _text("case_id", 32), _text("paper", 24), _when("made_at"),
    _when("expires_at"), _when("used_at", nullable=True),
)  # fmt: skip
staff_sessions = Table(
    "staff_sessions", metadata,
    Column("hash", String(64), primary_key=True),
    _text("person_id", 32), _text("contact_id", 32), _text("csrf"), _when("made_at"),
    _when("seen_at"), _when("ended_at", nullable=True),
    _when("pin_at", nullable=True),  # when the PIN was last typed in it
    Index("staff_sessions_person", "person_id"),
)  # fmt: skip
pins = Table(
    "pins", metadata,
    Column("person_id", _Id, primary_key=True),
    _sealed("body"), _number("tries"), _when("set_at"), _when("reset_asked_at", nullable=True),
)  # fmt: skip
openings = Table(  # a case opened in need to somebody who may not know it: two people, for hours
    "openings", metadata,
    Column("id", _Id, primary_key=True),
    _text("case_id", 32), _text("person_id", 32), _text("state", 10),  # storage/records/openings.py
    _sealed("reason"), _when("asked_at"), _text("decided_by", 32),
    _when("decided_at", nullable=True), _when("until"),
    Index("openings_case", "case_id", "state"), Index("openings_person", "person_id", "state"),
)  # fmt: skip
offers = Table(
    "offers", metadata,
    Column("prompt", String(16), primary_key=True),
    _text("contact_id", 32), _text("case_id", 32), _number("rev"), _text("kind", 12),
    Column("options", Text, nullable=False), _text("message", 200), _when("made_at"),
    _when("expires_at"), _text("shown", 64),
    Index("offers_contact", "contact_id", "kind", "made_at"),
    Index("offers_case", "case_id", "kind"),
)  # fmt: skip
gates = Table(
    "gates", metadata,
    Column("channel", String(16), primary_key=True), Column("account", String(64), primary_key=True),
    _when("closed_until"), _text("reason", 80),
)  # fmt: skip
channel_tokens = Table(  # a pair that is renewed: stored before it is used
    "channel_tokens", metadata,
    Column("channel", String(16), primary_key=True), Column("account", String(64), primary_key=True),
    _sealed("pair"), _number("gen"), _when("made_at"), _when("expires_at"),
    _when("refused_at", nullable=True), _when("lease_until", nullable=True),
)  # fmt: skip
billed = Table(  # what a messenger bills, each try of each message; nobody is named
    "billed", metadata,
    Column("call", String(64), primary_key=True),
    _text("channel", 16), _when("at"), _number("many"),
    Index("billed_at", "at"),
)  # fmt: skip
webchat_sessions = Table(
    "webchat_sessions", metadata,
    Column("id", _Id, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True), _text("lang", 8),
    _when("made_at"), _number("seen"), _flag("closed"),
)  # fmt: skip
webchat_messages = Table(
    "webchat_messages", metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", _Id, nullable=False, unique=True),
    Column("session_id", _Id, nullable=False), Column("key", String(220), nullable=False),
    _text("op", 8), _sealed("body"), _when("at"),
    UniqueConstraint("session_id", "key"),
    Index("webchat_session", "session_id", "seq"),
)  # fmt: skip
data_keys = Table(
    "data_keys", metadata,
    Column("scope", String(64), primary_key=True),
    _text("kek", 32), Column("wrapped", LargeBinary, nullable=False),
    _when("erased_at", nullable=True),
    Index("data_keys_erased", "erased_at"), Index("data_keys_kek", "kek"),
)  # fmt: skip
restores = Table(  # each time a backup took the place of the database
    "restores", metadata,
    Column("id", _Id, primary_key=True),
    _text("backup", 128), _when("backup_at"), _when("restored_at"), _number("replayed"),
)  # fmt: skip
keks = Table(  # the keys that wrap: never themselves, only what one of them brings back
    "keks", metadata,
    Column("name", String(32), primary_key=True), _sealed("ring"), _when("made_at"),
    Column("confirmed", LargeBinary, nullable=True),  # sealed: who typed which printed half back
)  # fmt: skip
pulse = Table(
    "pulse", metadata,
    Column("id", Integer, primary_key=True, autoincrement=False), _number("n"),
    Column("room", LargeBinary, nullable=True),  # two pages, for a moment: whether there is room
)  # fmt: skip
calendar_overrides = Table(  # append only: the newest row about a day counts
    "calendar_overrides", metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    _text("day", 10), Column("worked", Boolean, nullable=True), _text("name", 120),
    _text("by", 32), _when("at"),
)  # fmt: skip
consents = Table(  # a reporter's own yes: to which text, when; and when it was taken back
    "consents", metadata,
    Column("id", _Id, primary_key=True),
    _text("contact_id", 32), _text("case_id", 32), _text("what", 12), _number("version"),
    _text("lang", 8), _text("channel", 16), _when("given_at"), _when("withdrawn_at", nullable=True),
    UniqueConstraint("contact_id", "case_id", "what", "given_at"),
    Index("consents_case", "case_id"),
)  # fmt: skip
rights = Table(  # what somebody asks about their own data; its clocks are timers of `rights:<id>`
    "rights", metadata,
    Column("id", _Id, primary_key=True), Column("no", Integer, nullable=False, unique=True),
    _text("case_id", 32), _text("contact_id", 32), _text("commune", 16), _text("what", 12),
    _text("source", 12), _text("state", 12), _text("outcome", 24), _text("made_by", 32),
    _when("made_at"), _when("acked_at", nullable=True), _when("due_at"),
    _when("extended_at", nullable=True), _when("closed_at", nullable=True), _sealed("body"),
    Index("rights_state", "state", "due_at"), Index("rights_case", "case_id", "state"),
    Index("rights_contact", "contact_id", "state"),
)  # fmt: skip
breaches = Table(  # data that came where it must not: kept five years
    "breaches", metadata,
    Column("id", _Id, primary_key=True), Column("no", Integer, nullable=False, unique=True),
    _text("state", 12), _text("made_by", 32), _when("noticed_at"), _when("made_at"),
    _when("told_at", nullable=True), _when("closed_at", nullable=True), _sealed("body"),
)  # fmt: skip
certificates = Table(  # that a case was erased, who decided it, and when the last copy dies
    "certificates", metadata,
    Column("case_id", _Id, primary_key=True),
    _text("code", 9), _text("commune", 16), _text("reason", 32), _text("asked_by", 32),
    _text("agreed_by", 32), _when("erased_at"), _when("gone_at"),
)  # fmt: skip
settings = Table(  # append only: the newest row of a commune about a setting counts
    "settings", metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    _text("commune", 16), _text("name", 32), Column("value", Text, nullable=False),
    _text("by", 32), _when("at"),
    Index("settings_commune", "commune", "name"),
)  # fmt: skip
areas = Table(
    "areas", metadata,
    Column("code", String(16), primary_key=True),
    Column("kind", String(24), primary_key=True), Column("valid_from", String(10), primary_key=True),
    _text("valid_to", 10), _text("name"), _text("commune", 16),
    Column("aliases", Text, nullable=False, default=""), _text("landmark", 255),
    _text("source", 255), Column("owners", LargeBinary, nullable=True),  # sealed: names of people
    _text("province", 2), _text("unit", 16),
    Index("areas_commune", "commune"), Index("areas_kind", "kind"),
)  # fmt: skip
engine_versions = Table(  # the newest shape of its rows that a part of the program has worked with
    "engine_versions", metadata,
    Column("module", String(32), primary_key=True), _number("version"),
)  # fmt: skip
boundaries = Table(
    "boundaries", metadata,
    Column("code", String(16), primary_key=True), _text("name", 120),
    Column("rings", Text, nullable=False), _when("at"),
)  # fmt: skip

# what watches (TRUST.md section 11)
violations = Table(  # what did not hold in the auditor's last pass
    "violations", metadata,
    Column("rule", String(16), primary_key=True), Column("subject", String(64), primary_key=True),
    _text("commune", 16), _when("since"), _when("first_at"), _when("mended_at", nullable=True),
)  # fmt: skip
marks = Table(  # when something was last done: a worker's round, a pass, a proved copy
    "marks", metadata,
    Column("name", String(48), primary_key=True), _when("at"), _text("note", 64),
)  # fmt: skip
rehearsals = Table(  # the daily report of nobody, on its way through the whole program
    "rehearsals", metadata,
    Column("day", String(10), primary_key=True), _text("contact_id", 32), _text("case_id", 32),
    _when("begun_at"), _when("told_at", nullable=True), _when("acked_at", nullable=True),
    _when("answered_at", nullable=True), _when("alerted_at", nullable=True), _text("fault"),
    Column("tokens", LargeBinary, nullable=True),  # of the pages of both ends, sealed
)  # fmt: skip
