"""Why a case was erased; which keys were erased lately, and which still need an old KEK."""

import sqlalchemy as sa
from alembic import op

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
