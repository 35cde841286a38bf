"""PINs, doors broken open by two people, the day's head of the audit chain; TRUNCATE is refused, too."""

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime

revision = "0013"
down_revision = "0012"

_NO = "audit rows are never changed"
_SQLITE = (
    "CREATE TRIGGER anchors_no_UPDATE BEFORE UPDATE ON audit_anchors "
    f"BEGIN SELECT RAISE(ABORT, '{_NO}'); END",
    "CREATE TRIGGER anchors_no_DELETE BEFORE DELETE ON audit_anchors "
    f"BEGIN SELECT RAISE(ABORT, '{_NO}'); END",
    # REPLACE deletes a row without its trigger, and so would forget what was sent.
    "CREATE TRIGGER anchors_no_REPLACE BEFORE INSERT ON audit_anchors "
    "WHEN EXISTS (SELECT 1 FROM audit_anchors WHERE day = NEW.day AND sent_to = NEW.sent_to) "
    f"BEGIN SELECT RAISE(ABORT, '{_NO}'); END",
)
_POSTGRES = (
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER anchors_no_change BEFORE UPDATE OR DELETE ON audit_anchors "
    "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER anchors_no_truncate BEFORE TRUNCATE ON audit_anchors "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
)


def upgrade() -> None:
    _anchors()
    _pins()
    _openings()
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRES:
        op.execute(statement)


def _anchors() -> None:
    op.create_table(
        "audit_anchors",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("sent_to", sa.String(length=32), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("at", UtcDateTime(length=27), nullable=False),
        sa.PrimaryKeyConstraint("day", "sent_to"),
    )


def _pins() -> None:
    op.create_table(
        "pins",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("set_at", UtcDateTime(length=27), nullable=False),
        sa.Column("reset_asked_at", UtcDateTime(length=27), nullable=True),
        sa.PrimaryKeyConstraint("person_id"),
    )
    op.add_column("staff_sessions", sa.Column("pin_at", UtcDateTime(length=27), nullable=True))


def _openings() -> None:
    op.create_table(
        "openings",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", UtcDateTime(length=27), nullable=False),
        sa.Column("decided_by", sa.String(length=32), nullable=False),
        sa.Column("decided_at", UtcDateTime(length=27), nullable=True),
        sa.Column("until", UtcDateTime(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("openings_case", "openings", ["case_id", "state"], unique=False)
    op.create_index("openings_person", "openings", ["person_id", "state"], unique=False)
