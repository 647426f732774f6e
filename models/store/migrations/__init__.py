"""The migrations of the local schema, for Alembic."""
