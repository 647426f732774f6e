"""Alembic's entry: migrates over the connection and within the transaction that models/store/migrate.py holds."""

from alembic import context

from models.schema import (
    journal,  # noqa: F401 (declares the journal's tables)
    printing,  # noqa: F401 (declares the print queue)
    records,  # noqa: F401 (declares the tables)
)
from models.schema.columns import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
