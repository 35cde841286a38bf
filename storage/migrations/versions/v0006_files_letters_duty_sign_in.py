"""Files people send, letters to reporters, safe contact, shifts and leave, test alerts, sign-in."""

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table('bells',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.String(length=32), nullable=False),
    sa.Column('contact_id', sa.String(length=32), nullable=False),
    sa.Column('made_by', sa.String(length=32), nullable=False),
    sa.Column('made_at', UtcDateTime(length=27), nullable=False),
    sa.Column('heard_at', UtcDateTime(length=27), nullable=True),
    sa.Column('round', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('bells_person', 'bells', ['person_id', 'made_at'], unique=False)
    op.create_index('bells_round', 'bells', ['round'], unique=False)
    op.create_table('file_parts',
    sa.Column('file_id', sa.String(length=32), nullable=False),
    sa.Column('what', sa.String(length=8), nullable=False),
    sa.Column('n', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Boolean(), nullable=False),
    sa.Column('made_at', UtcDateTime(length=27), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('file_id', 'what', 'n')
    )
    op.create_index('file_parts_first', 'file_parts', ['n', 'made_at'], unique=False)
    op.create_table('files',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('key', sa.String(length=160), nullable=False),
    sa.Column('case_id', sa.String(length=32), nullable=False),
    sa.Column('talk_id', sa.String(length=32), nullable=False),
    sa.Column('contact_id', sa.String(length=32), nullable=False),
    sa.Column('channel', sa.String(length=16), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('album', sa.String(length=64), nullable=False),
    sa.Column('ref', sa.LargeBinary(), nullable=False),
    sa.Column('same_index', sa.LargeBinary(), nullable=True),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('why', sa.String(length=24), nullable=False),
    sa.Column('mime', sa.String(length=96), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('facts', sa.LargeBinary(), nullable=True),
    sa.Column('attempt', sa.Integer(), nullable=False),
    sa.Column('try_at', UtcDateTime(length=27), nullable=False),
    sa.Column('received_at', UtcDateTime(length=27), nullable=False),
    sa.Column('kept_at', UtcDateTime(length=27), nullable=True),
    sa.Column('told', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('key')
    )
    op.create_index('files_case', 'files', ['case_id', 'received_at'], unique=False)
    op.create_index('files_contact', 'files', ['contact_id', 'state', 'told'], unique=False)
    op.create_index('files_due', 'files', ['state', 'try_at'], unique=False)
    op.create_index('files_talk', 'files', ['talk_id'], unique=False)
    op.create_table('leaves',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.String(length=32), nullable=False),
    sa.Column('substitute_id', sa.String(length=32), nullable=False),
    sa.Column('starts_at', UtcDateTime(length=27), nullable=False),
    sa.Column('ends_at', UtcDateTime(length=27), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('made_at', UtcDateTime(length=27), nullable=False),
    sa.Column('answered_at', UtcDateTime(length=27), nullable=True),
    sa.Column('keeps', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('leaves_person', 'leaves', ['person_id', 'state'], unique=False)
    op.create_index('leaves_substitute', 'leaves', ['substitute_id', 'state'], unique=False)
    op.create_table('login_links',
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.String(length=32), nullable=False),
    sa.Column('contact_id', sa.String(length=32), nullable=False),
    sa.Column('made_at', UtcDateTime(length=27), nullable=False),
    sa.Column('expires_at', UtcDateTime(length=27), nullable=False),
    sa.Column('used_at', UtcDateTime(length=27), nullable=True),
    sa.PrimaryKeyConstraint('hash')
    )
    op.create_index('login_links_person', 'login_links', ['person_id'], unique=False)
    op.create_table('shifts',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.String(length=32), nullable=False),
    sa.Column('commune', sa.String(length=16), nullable=False),
    sa.Column('starts_at', UtcDateTime(length=27), nullable=False),
    sa.Column('ends_at', UtcDateTime(length=27), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('made_at', UtcDateTime(length=27), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('shifts_person', 'shifts', ['person_id', 'state', 'starts_at'], unique=False)
    op.create_index('shifts_commune', 'shifts', ['commune', 'state', 'starts_at'], unique=False)
    op.create_table('staff_sessions',
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.String(length=32), nullable=False),
    sa.Column('contact_id', sa.String(length=32), nullable=False),
    sa.Column('csrf', sa.String(length=64), nullable=False),
    sa.Column('made_at', UtcDateTime(length=27), nullable=False),
    sa.Column('seen_at', UtcDateTime(length=27), nullable=False),
    sa.Column('ended_at', UtcDateTime(length=27), nullable=True),
    sa.PrimaryKeyConstraint('hash')
    )
    op.create_index('staff_sessions_person', 'staff_sessions', ['person_id'], unique=False)
    op.create_table('letters',
    sa.Column('seq', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('case_id', sa.String(length=32), nullable=False),
    sa.Column('thread', sa.String(length=32), nullable=False),
    sa.Column('key', sa.String(length=160), nullable=False),
    sa.Column('from_id', sa.String(length=32), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('made_at', UtcDateTime(length=27), nullable=False),
    sa.Column('read_at', UtcDateTime(length=27), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], ),
    sa.PrimaryKeyConstraint('seq'),
    sa.UniqueConstraint('id'),
    sa.UniqueConstraint('key')
    )
    op.create_index('letters_case', 'letters', ['case_id', 'state', 'seq'], unique=False)
    op.add_column('reporters', sa.Column('since', UtcDateTime(length=27), nullable=True))
    op.add_column('outbox', sa.Column('pieces', sa.Text(), nullable=False, server_default=""))
    op.add_column('contacts', sa.Column('safety', sa.LargeBinary(), nullable=True))
    op.add_column('invites', sa.Column('made_by', sa.String(length=32), nullable=False, server_default=""))
    op.add_column('invites', sa.Column('confirmed', sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column('invites', sa.Column('confirmed_by', sa.String(length=32), nullable=False, server_default=""))
    op.add_column('outbox', sa.Column('bundle', sa.String(length=24), nullable=False, server_default=""))
    op.create_index('case_people_person', 'case_people', ['person_id'], unique=False)
