"""The due each clock had while it ran; families to visit; what a commune sets; cards as they were last shown."""

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column(
        "offers", sa.Column("shown", sa.String(length=64), nullable=False, server_default="")
    )
    op.add_column("timers", sa.Column("clock_due", UtcDateTime(length=27), nullable=True))
    op.add_column(
        "timers", sa.Column("level", sa.String(length=8), nullable=False, server_default="")
    )
    op.create_table(
        "families",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("commune", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("month", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_by", sa.String(length=32), nullable=False),
        sa.Column("made_at", UtcDateTime(length=27), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("families_person", "families", ["person_id", "month"], unique=False)
    op.create_index("families_commune", "families", ["commune", "month"], unique=False)
    op.create_table(
        "settings",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("commune", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", UtcDateTime(length=27), nullable=False),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_index("settings_commune", "settings", ["commune", "name"], unique=False)
