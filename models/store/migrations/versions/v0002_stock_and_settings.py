"""What is counted and not tagged, and what people teach the import and the export."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "alias",
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("record", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("target", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_alias")),
        sa.UniqueConstraint("id", name=op.f("uq_alias_id")),
    )
    op.create_index(op.f("ix_alias_name"), "alias", ["name"], unique=False, sqlite_where=sa.text("name IS NOT NULL"))
    op.create_index(
        op.f("ix_alias_record"), "alias", ["record"], unique=False, sqlite_where=sa.text("record IS NOT NULL")
    )
    op.create_index(
        op.f("ix_alias_target"), "alias", ["target"], unique=False, sqlite_where=sa.text("target IS NOT NULL")
    )
    op.create_table(
        "import_profile",
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("record", sa.Text(), nullable=True),
        sa.Column("signature", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("settings", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_import_profile")),
        sa.UniqueConstraint("id", name=op.f("uq_import_profile_id")),
    )
    op.create_index(
        op.f("ix_import_profile_name"),
        "import_profile",
        ["name"],
        unique=False,
        sqlite_where=sa.text("name IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_import_profile_signature"),
        "import_profile",
        ["signature"],
        unique=False,
        sqlite_where=sa.text("signature IS NOT NULL"),
    )
    op.create_table(
        "saved_export",
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("record", sa.Text(), nullable=True),
        sa.Column("query", sa.Text(), nullable=True),
        sa.Column("columns", sa.Text(), nullable=True),
        sa.Column("file", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_saved_export")),
        sa.UniqueConstraint("id", name=op.f("uq_saved_export_id")),
    )
    op.create_index(
        op.f("ix_saved_export_name"), "saved_export", ["name"], unique=False, sqlite_where=sa.text("name IS NOT NULL")
    )
    op.create_table(
        "stock",
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("stock_type", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("manufacturer", sa.Text(), nullable=True),
        sa.Column("model_number", sa.Text(), nullable=True),
        sa.Column("item_number", sa.Text(), nullable=True),
        sa.Column("serial", sa.Text(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("minimum", sa.Integer(), nullable=True),
        sa.Column("counted_on", sa.Text(), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("vendor", sa.Text(), nullable=True),
        sa.Column("acquired_on", sa.Text(), nullable=True),
        sa.Column("cost", sa.Text(), nullable=True),
        sa.Column("po_number", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["department"], ["department.id"], name=op.f("fk_stock_department"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["location"], ["location.id"], name=op.f("fk_stock_location"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["manufacturer"],
            ["manufacturer.id"],
            name=op.f("fk_stock_manufacturer"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["vendor"], ["vendor.id"], name=op.f("fk_stock_vendor"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_stock")),
        sa.UniqueConstraint("id", name=op.f("uq_stock_id")),
    )
    op.create_index(
        op.f("ix_stock_department"),
        "stock",
        ["department"],
        unique=False,
        sqlite_where=sa.text("department IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_stock_location"), "stock", ["location"], unique=False, sqlite_where=sa.text("location IS NOT NULL")
    )
    op.create_index(
        op.f("ix_stock_manufacturer"),
        "stock",
        ["manufacturer"],
        unique=False,
        sqlite_where=sa.text("manufacturer IS NOT NULL"),
    )
    op.create_index(op.f("ix_stock_name"), "stock", ["name"], unique=False, sqlite_where=sa.text("name IS NOT NULL"))
    op.create_index(
        op.f("ix_stock_vendor"), "stock", ["vendor"], unique=False, sqlite_where=sa.text("vendor IS NOT NULL")
    )
