"""What the shared database tells of entries, and the matters that people settle together."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table and the columns."""
    op.create_table(
        "review",
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("matter", sa.Text(), nullable=True),
        sa.Column("record", sa.Text(), nullable=True),
        sa.Column("target", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("second", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("standing", sa.Text(), nullable=True),
        sa.Column("standing_by", sa.Text(), nullable=True),
        sa.Column("standing_at", sa.Text(), nullable=True),
        sa.Column("standing_device", sa.Text(), nullable=True),
        sa.Column("other", sa.Text(), nullable=True),
        sa.Column("other_by", sa.Text(), nullable=True),
        sa.Column("other_at", sa.Text(), nullable=True),
        sa.Column("other_device", sa.Text(), nullable=True),
        sa.Column("entry", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_review")),
        sa.UniqueConstraint("id", name=op.f("uq_review_id")),
    )
    for key in ("name", "second", "target"):
        op.create_index(
            op.f(f"ix_review_{key}"), "review", [key], unique=False, sqlite_where=sa.text(f"{key} IS NOT NULL")
        )
    # Plain ADD COLUMN: a journal of millions of entries is not copied.
    op.add_column("action", sa.Column("login", sa.Text(), nullable=True))
    op.add_column("action", sa.Column("device_id", sa.Text(), nullable=True))
    op.add_column("action", sa.Column("claim", sa.BigInteger(), nullable=True))
    op.add_column("entry", sa.Column("refused", sa.Text(), nullable=True))
