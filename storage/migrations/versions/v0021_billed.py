"""What a messenger bills, counted call by call."""

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "billed",
        sa.Column("call", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("at", UtcDateTime(length=27), nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("call"),
    )
    op.create_index("billed_at", "billed", ["at"], unique=False)
