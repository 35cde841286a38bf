"""Consents, requests about one's own data, breaches, and certificates of erasure."""

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime

revision = "0014"
down_revision = "0013"


def _text(name: str, size: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=size), nullable=False)


def _when(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime(length=27), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "consents",
        _text("id", 32), _text("contact_id", 32), _text("case_id", 32), _text("what", 12),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("lang", 8), _text("channel", 16), _when("given_at"),
        _when("withdrawn_at", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("contact_id", "case_id", "what", "given_at"),
    )  # fmt: skip
    op.create_index("consents_case", "consents", ["case_id"], unique=False)
    op.create_table(
        "rights",
        _text("id", 32), sa.Column("no", sa.Integer(), nullable=False),
        _text("case_id", 32), _text("contact_id", 32), _text("commune", 16), _text("what", 12),
        _text("source", 12), _text("state", 12), _text("outcome", 24), _text("made_by", 32),
        _when("made_at"), _when("acked_at", nullable=True), _when("due_at"),
        _when("extended_at", nullable=True), _when("closed_at", nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"), sa.UniqueConstraint("no"),
    )  # fmt: skip
    op.create_index("rights_state", "rights", ["state", "due_at"], unique=False)
    op.create_index("rights_case", "rights", ["case_id", "state"], unique=False)
    op.create_index("rights_contact", "rights", ["contact_id", "state"], unique=False)
    op.create_table(
        "breaches",
        _text("id", 32), sa.Column("no", sa.Integer(), nullable=False),
        _text("state", 12), _text("made_by", 32), _when("noticed_at"), _when("made_at"),
        _when("told_at", nullable=True), _when("closed_at", nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"), sa.UniqueConstraint("no"),
    )  # fmt: skip
    op.create_table(
        "certificates",
        _text("case_id", 32), _text("code", 9), _text("commune", 16), _text("reason", 32),
        _text("asked_by", 32), _text("agreed_by", 32), _when("erased_at"), _when("gone_at"),
        sa.PrimaryKeyConstraint("case_id"),
    )  # fmt: skip
