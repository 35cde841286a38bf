"""Indexes for a database that is many years old: no list, search or summary reads all that ever was."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0021"

CITYS = "(commune = '' OR flags LIKE '%conflict_%' OR closed_by_role = 'leader')"


def upgrade() -> None:
    op.create_index("cases_commune", "cases", ["commune", "received_at"])
    op.create_index("cases_ended", "cases", ["commune", "closed_at"])
    op.create_index("cases_received", "cases", ["received_at"])
    op.create_index("cases_closed", "cases", ["closed_at"])
    op.create_index("cases_holder", "cases", ["holder", "received_at"])
    op.create_index(
        "cases_city", "cases", ["received_at"],
        sqlite_where=sa.text(CITYS), postgresql_where=sa.text(CITYS),
    )  # fmt: skip
    op.create_index("timers_late", "timers", ["state", "clock_due", "owner"])
    op.create_index("case_events_act", "case_events", ["act", "at", "case_id"])
