"""Ten years of a city in the database, by bulk: sealed rows as the program makes them, in every commune.

The program itself would need hours for a million reports. What is measured on them runs as always.
"""

import hmac
import json
import random
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from typing import Any

import psycopg

from cases.codes import case_code
from cases.model import Level, Role, Status
from storage.columns import as_text
from storage.keys import KeyRing
from storage.postgres import PREFIX

YEARS = 10
RULES = "1/2026-11.0"  # versions of rules, calendar and settings under which a clock was armed
OPEN = 0.15  # of the last year's cases: a case lasts about two months
_YEAR = timedelta(days=365)
_AT_ONCE = 20_000
_LEVELS = (Level.LOW, Level.MEDIUM, Level.MEDIUM, Level.HIGH, Level.HIGH, Level.URGENT)
_WORKED = (Status.ACKNOWLEDGED, Status.VERIFYING, Status.DETAILED, Status.PLANNING, Status.RUNNING)
_CLOCKS = ("idle", "contact", "review")
_KINDS = ("neglect", "violence_home", "online_abuse", "bullying")
_NAMES = [
    f"{family} {middle} {given}"
    for family in ("Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Đặng")
    for middle in ("Thị", "Văn", "Ngọc", "Gia")
    for given in ("An", "Bình", "Châu", "Dung", "Giang", "Khánh", "Lan", "Minh", "Nga", "Phúc")
]
_TOLD = (
    "Cháu {name} hàng xóm hay bị bỏ ở nhà một mình từ sáng đến tối, hôm qua cháu khóc rất to.",
    "Em bé tên {name} có nhiều vết bầm ở tay, cô giáo hỏi thì cháu không trả lời.",
    "Nhà ở cuối xóm, bố mẹ đi làm xa, bà ngoại đau ốm không trông được cháu {name}.",
)
ROLES = (Role.OFFICER, Role.DEPUTY, Role.LEADER)
COLUMNS: dict[str, tuple[str, ...]] = {
    "data_keys": ("scope", "kek", "wrapped"),
    "cases": (
        "id", "code", "submission", "commune", "level", "kind", "status", "rev", "holder", "source",
        "flags", "policy", "received_at", "opened_at", "acked_at", "acked_by_role", "closed_at",
        "closed_reason", "closed_by_role", "erased_why", "erased_persons", "records",
    ),
    "case_events": ("id", "case_id", "key", "act", "actor", "at", "body"),
    "case_people": ("case_id", "person_id", "excluded", "why"),
    "reporters": ("case_id", "contact_id", "access_hash", "shown", "gone", "since", "thread"),
    "timers": (
        "id", "owner", "kind", "round", "step", "slot", "started_at", "due_at", "try_at", "attempt",
        "state", "rules", "ended_at", "clock_due", "level",
    ),
    "outbox": (
        "id", "key", "case_id", "contact_id", "channel", "op", "body", "priority", "about_at",
        "due_at", "after", "state", "attempt", "maybe_sent", "gen", "worker", "message_id",
        "pieces", "outcome", "seen_by", "bundle",
    ),
    "audit": ("n", "at", "actor", "act", "case_id", "detail", "prev", "hash"),
}  # fmt: skip
_HEAD = (
    "INSERT INTO audit_head (id, n, hash) VALUES (1, {}, {}) "
    "ON CONFLICT (id) DO UPDATE SET n = excluded.n, hash = excluded.hash"
)
Rows = dict[str, list[tuple[Any, ...]]]


@dataclass
class City:
    """Who works where, and the chance that everything is drawn from. `weights`: communes differ in size."""

    keys: KeyRing
    communes: Sequence[str]
    now: datetime
    years: int = YEARS
    open: float = OPEN
    seed: int = 1
    n: int = 0
    link: bytes = b"\0" * 32
    taken: set[str] = field(default_factory=set)
    dice: random.Random = field(init=False)
    weights: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.weights = [1 + 3 * n / len(self.communes) for n in range(len(self.communes))]

    @property
    def largest(self) -> str:
        """The commune with the most cases: what holds there holds everywhere."""
        return self.communes[-1]

    def goes_on(self, db: Any) -> None:
        """Behind what the log says already: the chain stays whole."""
        self.n, self.link = db.execute("SELECT n, hash FROM audit_head").fetchone() or (
            0,
            b"\0" * 32,
        )

    def new_id(self) -> str:
        """As long and as scattered as the program's own."""
        return f"{self.dice.getrandbits(128):022x}"[:22]

    def code_of(self, submission: str) -> str:
        """As the program gives them out: derived, and the next one where somebody has it."""
        code = next(
            one for n in count()
            if (one := case_code(self.keys.code_key, submission, n)) not in self.taken
        )  # fmt: skip
        self.taken.add(code)
        return code

    def rows(self, many: int) -> Iterator[Rows]:
        """In the order in which they came in, some thousand cases at a time."""
        places = iter(self.dice.choices(self.communes, self.weights, k=many))
        for start in range(0, many, _AT_ONCE):
            rows: Rows = {name: [] for name in COLUMNS}
            for n, commune in enumerate(islice(places, _AT_ONCE), start):
                at = self.now - self.years * _YEAR * (1 - (n + 1) / (many + 1))
                _Case(self, rows, commune, at).put(n)
            yield rows


@dataclass
class _Case:
    """One report and all that is kept of it."""

    city: City
    rows: Rows
    commune: str
    at: datetime
    id: str = ""

    def put(self, n: int) -> None:
        city, dice = self.city, self.city.dice
        self.id = city.new_id()
        self.key, wrapped = city.keys.new_data_key(f"case:{self.id}")
        self.rows["data_keys"].append(tuple(wrapped))
        recent = city.now - self.at < _YEAR
        is_open = recent and dice.random() < city.open
        status = dice.choice(_WORKED) if is_open and dice.random() < 0.9 else Status.RECEIVED
        self._case(status if is_open else Status.CLOSED)
        self._reporter(n)
        self._event("report", "reporter", self._report())
        self._act("open", "system")
        self._said(0, "say")
        if is_open:
            self._clocks(status)
        else:
            self._timer("retention", "armed", self.at + YEARS * _YEAR + timedelta(days=60))
        if recent:
            self._worked()

    def _case(self, status: Status) -> None:
        dice, closed = self.city.dice, status is Status.CLOSED
        taken = status is not Status.RECEIVED
        self.level, person = dice.choice(_LEVELS).value, f"p-{self.commune}-officer"
        submission = self.city.new_id()
        self.rows["cases"].append((
            self.id, self.city.code_of(submission), submission, self.commune, self.level,
            dice.choice(_KINDS), status.value, 4, person if taken else "", "bot", "", 1,
            self.at, self.at + timedelta(minutes=3), self.at + timedelta(minutes=9) if taken else None,
            Role.OFFICER.value if taken else "", self.at + timedelta(days=60) if closed else None,
            "resolved" if closed else "", Role.OFFICER.value if closed else "", "", 0, 0,
        ))  # fmt: skip

    def _reporter(self, n: int) -> None:
        person, contact = f"p-{self.commune}-officer", f"k{n:021d}"
        self.rows["case_people"].append((self.id, person, False, "alert"))
        digest = self.city.dice.randbytes(32)
        self.rows["reporters"].append((self.id, contact, digest, True, False, self.at, "t"))

    def _report(self) -> dict[str, Any]:
        dice = self.city.dice
        told = dice.choice(_TOLD).format(name=dice.choice(_NAMES))
        return {
            "answers": {
                "first_words": told, "story": [told], "danger_now": "no", "kind_group": "home",
                "kind": "neglect", "child_age": str(dice.randrange(17)),
                "place": {"words": f"thôn {dice.randrange(1, 12)}, gần chợ", "code": self.commune},
            },
            "fired": [{"rule": "T4", "version": 2, "fact": "kind=neglect", "level": self.level}],
        }  # fmt: skip

    def _worked(self) -> None:
        """What a case of this year still has besides: its taking, a note, an alert, two readings."""
        officer = f"p-{self.commune}-officer"
        self._event("acknowledge", officer, {"role": "officer"})
        name = self.city.dice.choice(_NAMES)
        note = {
            "role": "officer",
            "form": {"text": f"Đã gọi cho bà ngoại của cháu {name}, cháu ổn."},
        }
        self._event("note", officer, note)
        self._said(1, "say")
        self._act("read", officer)
        self._act("read", f"p-{self.commune}-leader")

    def _clocks(self, status: Status) -> None:
        kinds = ("unanswered", "forward") if status is Status.RECEIVED else _CLOCKS
        for kind in kinds:
            due = self.city.now + timedelta(minutes=self.city.dice.randrange(60, 40_000))
            self._timer(kind, "armed", due)

    def _timer(self, kind: str, state: str, due: datetime) -> None:
        self.rows["timers"].append((
            self.city.new_id(), f"case:{self.id}", kind, 1, 0, 0, self.at, due, due, 0, state,
            RULES, None, due, self.level,
        ))  # fmt: skip

    def _event(self, act: str, actor: str, body: dict[str, Any]) -> None:
        its_id, plain = self.city.new_id(), json.dumps(body, ensure_ascii=False).encode()
        sealed = self.city.keys.seal(self.key, f"case_events|body|{its_id}", plain)
        self.rows["case_events"].append(
            (its_id, self.id, f"{self.id}:{act}", act, actor, self.at, sealed)
        )

    def _said(self, n: int, op: str) -> None:
        its_id = self.city.new_id()
        body = json.dumps({"text": _TOLD[0] * 2, "prompt": its_id[:16]}).encode()
        self.rows["outbox"].append((
            its_id, f"case:{self.id}:alert:1:0:{n}", self.id, f"k-{self.commune}-officer", "telegram",
            op, self.city.keys.seal(self.key, f"outbox|body|{its_id}", body), 0, self.at, self.at, "",
            "sent", 1, False, 1, "", its_id[:9], "", "", "", "",
        ))  # fmt: skip

    def _act(self, act: str, actor: str) -> None:
        city = self.city
        city.n += 1
        detail = city.keys.seal(self.key, f"audit|detail|{city.n}", b"{}")
        told = [city.n, self.at.astimezone(UTC).isoformat(), actor, act, self.id, detail.hex()]
        line = json.dumps(told, separators=(",", ":")).encode()
        link = hmac.digest(city.keys.audit_key, city.link + line, "sha256")
        self.rows["audit"].append((city.n, self.at, actor, act, self.id, detail, city.link, link))
        city.link = link


def fill(url: str, city: City, many: int) -> None:
    """Put them in; on either database without waiting for the disk, which only the filling does."""
    put = _postgres if url.startswith(PREFIX) else _sqlite
    put(url, city, many)


def _sqlite(url: str, city: City, many: int) -> None:
    with sqlite3.connect(url.removeprefix("sqlite+aiosqlite:///")) as db:
        db.execute("PRAGMA synchronous=OFF")
        db.execute("PRAGMA cache_size=-2000000")
        city.goes_on(db)
        for rows in city.rows(many):
            for name, columns in COLUMNS.items():
                marks = ", ".join("?" * len(columns))
                db.executemany(
                    f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})",
                    ([as_text(one) if isinstance(one, datetime) else one for one in row] for row in rows[name]),
                )  # fmt: skip
        db.execute(_HEAD.format("?", "?"), (city.n, city.link))
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.close()


def _postgres(url: str, city: City, many: int) -> None:
    plain = url.replace(PREFIX, "postgresql://")
    with psycopg.connect(plain, autocommit=True) as db:
        db.execute("SET synchronous_commit = off")
        city.goes_on(db)
        for rows in city.rows(many):
            for name, columns in COLUMNS.items():
                _copy(db, f"COPY {name} ({', '.join(columns)}) FROM STDIN", rows[name])
        db.execute(_HEAD.format("%s", "%s"), (city.n, city.link))
        db.execute("VACUUM (ANALYZE)")


def _copy(db: psycopg.Connection[Any], statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with db.cursor().copy(statement) as copy:  # type: ignore[call-overload]
        for row in rows:
            copy.write_row(row)
