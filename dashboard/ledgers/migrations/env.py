"""Alembic's entry: it runs on the connection that `database` hands over, in its transaction."""

from alembic import context

from dashboard.ledgers import doors, drafts, importing  # noqa: F401 — their tables belong to the schema
from dashboard.ledgers.tables import Ledger

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Ledger.metadata,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=False,
)
context.run_migrations()
