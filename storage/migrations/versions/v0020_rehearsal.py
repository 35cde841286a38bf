"""The daily rehearsal goes through the door: how far it came, when, and what opens its two pages."""

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.add_column("rehearsals", sa.Column("answered_at", UtcDateTime(), nullable=True))
    op.add_column("rehearsals", sa.Column("alerted_at", UtcDateTime(), nullable=True))
    op.add_column(
        "rehearsals", sa.Column("fault", sa.String(length=64), nullable=False, server_default="")
    )
    op.add_column("rehearsals", sa.Column("tokens", sa.LargeBinary(), nullable=True))
