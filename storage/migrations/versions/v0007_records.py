"""Records beside a case, each with its state; working days as staff decide them; links to papers."""

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("cases", sa.Column("records", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "records",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("commune", sa.String(length=16), nullable=False),
        sa.Column("due_at", UtcDateTime(length=27), nullable=True),
        sa.Column("made_at", UtcDateTime(length=27), nullable=False),
        sa.Column("changed_at", UtcDateTime(length=27), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"]),
        sa.PrimaryKeyConstraint("case_id", "kind", "no"),
    )
    op.create_index("records_person", "records", ["person_id", "kind", "state"], unique=False)
    op.create_index("records_commune", "records", ["commune", "kind", "state"], unique=False)
    op.add_column(
        "timers", sa.Column("rules", sa.String(length=24), nullable=False, server_default="")
    )
    op.create_table(
        "calendar_overrides",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("worked", sa.Boolean(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", UtcDateTime(length=27), nullable=False),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_table(
        "paper_links",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("paper", sa.String(length=24), nullable=False),
        sa.Column("made_at", UtcDateTime(length=27), nullable=False),
        sa.Column("expires_at", UtcDateTime(length=27), nullable=False),
        sa.Column("used_at", UtcDateTime(length=27), nullable=True),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.add_column("timers", sa.Column("ended_at", UtcDateTime(length=27), nullable=True))
    op.create_table(
        "slips",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(length=27), nullable=False),
        sa.Column("expires_at", UtcDateTime(length=27), nullable=False),
        sa.Column("opened_at", UtcDateTime(length=27), nullable=True),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_index("slips_case", "slips", ["case_id"], unique=False)
