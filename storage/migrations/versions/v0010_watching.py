"""What watches: violations, marks, rehearsals; who looked at a message that could not be read."""

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime

revision = "0010"
down_revision = "0009"
_TIME = UtcDateTime(length=27)
_BLANK = sa.text("state = 'sent' AND message_id = ''")


def upgrade() -> None:
    op.add_column(
        "inbox", sa.Column("seen_by", sa.String(length=32), nullable=False, server_default="")
    )
    op.add_column("pulse", sa.Column("room", sa.LargeBinary(), nullable=True))
    op.create_table(
        "violations",
        sa.Column("rule", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("commune", sa.String(length=16), nullable=False),
        sa.Column("since", _TIME, nullable=False),
        sa.Column("first_at", _TIME, nullable=False),
        sa.Column("mended_at", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("rule", "subject"),
    )
    op.create_table(
        "marks",
        sa.Column("name", sa.String(length=48), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("note", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "rehearsals",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("contact_id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("begun_at", _TIME, nullable=False),
        sa.Column("told_at", _TIME, nullable=True),
        sa.Column("acked_at", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_index(
        "outbox_blank", "outbox", ["op"], unique=False, sqlite_where=_BLANK, postgresql_where=_BLANK
    )
