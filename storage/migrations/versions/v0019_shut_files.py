"""Files that somebody of the staff has shut, because they show abuse: nobody opens them any more."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column(
        "files", sa.Column("shut", sa.Boolean(), nullable=False, server_default=sa.false())
    )
