"""The roles of PostgreSQL (TRUST.md section 8): who owns the tables, who works with them, who looks.

The role that serves can change nothing about the schema and no row of the audit, whoever takes it over.
"""

from sqlalchemy.engine import Connection

from storage import postgres

OWNER, APP, WATCH = "annhi_migrate", "annhi_app", "annhi_watch"
_VACUUMS = 170_000  # from this version on somebody else than the owner may be allowed to


def make_roles(url: str) -> None:
    """Make what is missing and give each what it may do. Run it as a superuser; again changes nothing."""
    engine = postgres.one_connection(url)
    try:
        with engine.begin() as connection:
            schema = connection.exec_driver_sql("SELECT current_schema()").scalar()
            for role in (OWNER, APP, WATCH):
                connection.exec_driver_sql(_MAKE.format(role=role))
                connection.exec_driver_sql(f'GRANT USAGE ON SCHEMA "{schema}" TO {role}')
            connection.exec_driver_sql(f'GRANT CREATE ON SCHEMA "{schema}" TO {OWNER}')
            _own(connection)
            for grant in _GRANTS:
                connection.exec_driver_sql(grant.format(schema=schema))
            if int(connection.exec_driver_sql("SHOW server_version_num").scalar_one()) >= _VACUUMS:
                connection.exec_driver_sql(_VACUUM.format(schema=schema))
    finally:
        engine.dispose()


def _own(connection: Connection) -> None:
    """Everything that migrations made belongs to the role that runs the next ones."""
    for statement in connection.exec_driver_sql(_OTHERS).scalars().all():
        connection.exec_driver_sql(statement)


_MAKE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} LOGIN; END IF;
END $$
"""
_OTHERS = """
SELECT format('ALTER TABLE %%I.%%I OWNER TO annhi_migrate', n.nspname, c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = current_schema() AND c.relkind = 'r'
UNION ALL
SELECT format('ALTER FUNCTION %%s OWNER TO annhi_migrate', p.oid::regprocedure)
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = current_schema()
"""
_LATER = f'ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA "{{schema}}" '
_GRANTS = (
    f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "{{schema}}" TO {APP}',
    f'GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA "{{schema}}" TO {APP}',
    f'GRANT SELECT ON ALL TABLES IN SCHEMA "{{schema}}" TO {WATCH}',
    _LATER + f"GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP}",
    _LATER + f"GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {APP}",
    _LATER + f"GRANT SELECT ON TABLES TO {WATCH}",
    # A row of the audit is written once; the version of the schema is not the program's to say.
    f"REVOKE UPDATE, DELETE ON audit FROM {APP}",
    f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {APP}",
)
_VACUUM = f'GRANT MAINTAIN ON ALL TABLES IN SCHEMA "{{schema}}" TO {APP}'  # after an erasure
