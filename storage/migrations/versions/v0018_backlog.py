"""In a backlog: what waits is looked at once; who is in danger or writes for the first time goes first."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("inbox", sa.Column("place", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("inbox_place", "inbox", ["state", "place", "seq"])
