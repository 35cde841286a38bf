"""Which shape of its rows each part of the program knows: an older program beside a newer one stands still."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "engine_versions",
        sa.Column("module", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("module"),
    )
