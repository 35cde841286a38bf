"""Contacts know how many messages of the running minute were counted; a thread can be left for good;
villages know who looks after them."""

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("contacts", sa.Column("minute_at", UtcDateTime(), nullable=True))
    op.add_column(
        "contacts", sa.Column("minute_count", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column(
        "reporters", sa.Column("gone", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("areas", sa.Column("owners", sa.LargeBinary(), nullable=True))
