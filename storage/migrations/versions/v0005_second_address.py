"""An invitation may be for another address of somebody who works here already."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column(
        "invites", sa.Column("person_id", sa.String(32), nullable=False, server_default="")
    )
