"""Why a case was erased; which keys were erased or need an old KEK; what a printed KEK brings back."""

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column(
        "cases", sa.Column("erased_why", sa.String(length=32), nullable=False, server_default="")
    )
    op.add_column(
        "cases", sa.Column("erased_persons", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_index("data_keys_erased", "data_keys", ["erased_at"], unique=False)
    op.create_index("data_keys_kek", "data_keys", ["kek"], unique=False)
    op.add_column(
        "reporters", sa.Column("thread", sa.String(length=16), nullable=False, server_default="")
    )
    op.create_table(
        "keks",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("ring", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", UtcDateTime(length=27), nullable=False),
        sa.Column("confirmed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
