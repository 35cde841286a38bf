"""Which backup took the place of the database, and when."""

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "restores",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("backup", sa.String(length=128), nullable=False),
        sa.Column("backup_at", UtcDateTime(length=27), nullable=False),
        sa.Column("restored_at", UtcDateTime(length=27), nullable=False),
        sa.Column("replayed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
