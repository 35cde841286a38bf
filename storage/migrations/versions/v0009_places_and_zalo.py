"""The country's units and their boundaries; token pairs of a messenger; who answers by hand."""

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    for name, length in (("province", 2), ("unit", 16)):
        op.add_column(
            "areas", sa.Column(name, sa.String(length=length), nullable=False, server_default="")
        )
    # Every commune stored until now is one of the five that were built in, of Thanh pho Da Nang.
    op.execute("UPDATE areas SET province = '48', unit = '' WHERE kind = 'commune'")
    op.create_index("areas_kind", "areas", ["kind"], unique=False)
    op.create_table(
        "boundaries",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("rings", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(length=27), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.add_column("contacts", sa.Column("taken_until", UtcDateTime(length=27), nullable=True))
    op.create_table(
        "channel_tokens",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("pair", sa.LargeBinary(), nullable=False),
        sa.Column("gen", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(length=27), nullable=False),
        sa.Column("expires_at", UtcDateTime(length=27), nullable=False),
        sa.Column("refused_at", UtcDateTime(length=27), nullable=True),
        sa.Column("lease_until", UtcDateTime(length=27), nullable=True),
        sa.PrimaryKeyConstraint("channel", "account"),
    )
