"""A row that readiness writes; a secret code and its misses are found without reading every row."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    pulse = op.create_table(
        "pulse",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.bulk_insert(pulse, [{"id": 1, "n": 0}])
    op.create_index("reporters_access", "reporters", ["access_hash"], unique=False)
    op.create_index("audit_act", "audit", ["act", "at", "actor"], unique=False)
