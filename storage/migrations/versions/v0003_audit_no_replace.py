"""SQLite's REPLACE deletes a row without its trigger: an audit number is given out once."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER audit_no_REPLACE BEFORE INSERT ON audit "
            "WHEN EXISTS (SELECT 1 FROM audit WHERE n = NEW.n) "
            "BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END"
        )
