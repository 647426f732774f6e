"""Label designs and stocks of our own, the print queue, tag numbers, and stamps of what was printed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables and columns."""
    op.create_table(
        "label_design",
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("data", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_label_design")),
        sa.UniqueConstraint("id", name=op.f("uq_label_design_id")),
    )
    op.create_index(
        op.f("ix_label_design_name"), "label_design", ["name"], unique=False, sqlite_where=sa.text("name IS NOT NULL")
    )
    op.create_table(
        "label_stock",
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("data", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_label_stock")),
        sa.UniqueConstraint("id", name=op.f("uq_label_stock_id")),
    )
    op.create_index(
        op.f("ix_label_stock_name"), "label_stock", ["name"], unique=False, sqlite_where=sa.text("name IS NOT NULL")
    )
    op.create_table(
        "print_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False, comment="when, UTC, ISO 8601"),
        sa.Column("title", sa.Text(), nullable=False, comment="what people read: 12 labels, Tag on Zebra 2 × 1 in"),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("printer", sa.Text(), nullable=False, comment="its name in the settings, or the system's"),
        sa.Column("request", sa.Text(), nullable=False, comment="JSON: stock, design, records, copies, start"),
        sa.Column("state", sa.Text(), nullable=False, comment="see JobState"),
        sa.Column("problem", sa.Text(), nullable=True, comment="JSON: why it waits"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due", sa.Float(), nullable=False, comment="not before; seconds since 1970"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_job")),
    )
    op.create_index(op.f("ix_print_job_state"), "print_job", ["state"], unique=False)
    op.create_table(
        "print_piece",
        sa.Column("job", sa.Integer(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False, comment="order within the job, from 0"),
        sa.Column("labels", sa.Text(), nullable=False, comment="JSON: [table, row, copies] of each label in it"),
        sa.Column("payload", sa.LargeBinary(), nullable=True, comment="what the printer is sent; null: painted then"),
        sa.Column("state", sa.Text(), nullable=False, comment="see PieceState"),
        sa.Column("stamped", sa.Integer(), nullable=False, comment="1: its labels are stamped as printed"),
        sa.ForeignKeyConstraint(["job"], ["print_job.id"], name=op.f("fk_print_piece_job")),
        sa.PrimaryKeyConstraint("job", "nr", name=op.f("pk_print_piece")),
    )
    op.create_table(
        "tag_scheme",
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("prefix", sa.Text(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("check_character", sa.Text(), nullable=True),
        sa.Column("first", sa.Integer(), nullable=True),
        sa.Column("record", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["department"],
            ["department.id"],
            name=op.f("fk_tag_scheme_department"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_tag_scheme")),
        sa.UniqueConstraint("id", name=op.f("uq_tag_scheme_id")),
    )
    op.create_index(
        op.f("ix_tag_scheme_department"),
        "tag_scheme",
        ["department"],
        unique=False,
        sqlite_where=sa.text("department IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_tag_scheme_name"), "tag_scheme", ["name"], unique=False, sqlite_where=sa.text("name IS NOT NULL")
    )
    op.create_table(
        "tag_block",
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("scheme", sa.Text(), nullable=True),
        sa.Column("use", sa.Text(), nullable=True),
        sa.Column("first", sa.Integer(), nullable=True),
        sa.Column("last", sa.Integer(), nullable=True),
        sa.Column("device", sa.Text(), nullable=True),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["scheme"], ["tag_scheme.id"], name=op.f("fk_tag_block_scheme"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_tag_block")),
        sa.UniqueConstraint("id", name=op.f("uq_tag_block_id")),
    )
    op.create_index(
        op.f("ix_tag_block_name"), "tag_block", ["name"], unique=False, sqlite_where=sa.text("name IS NOT NULL")
    )
    op.create_index(
        op.f("ix_tag_block_scheme"), "tag_block", ["scheme"], unique=False, sqlite_where=sa.text("scheme IS NOT NULL")
    )
    op.create_table(
        "void_tag",
        sa.Column("tag", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("asset", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asset"], ["asset.id"], name=op.f("fk_void_tag_asset"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_void_tag")),
        sa.UniqueConstraint("id", name=op.f("uq_void_tag_id")),
    )
    op.create_index(
        op.f("ix_void_tag_asset"), "void_tag", ["asset"], unique=False, sqlite_where=sa.text("asset IS NOT NULL")
    )
    op.create_index(op.f("ix_void_tag_tag"), "void_tag", ["tag"], unique=False, sqlite_where=sa.text("tag IS NOT NULL"))
    for table in ("asset", "location", "person"):
        op.add_column(table, sa.Column("label_printed", sa.Text(), nullable=True))
        op.add_column(table, sa.Column("label_printed_by", sa.Text(), nullable=True))
        op.add_column(table, sa.Column("label_printer", sa.Text(), nullable=True))
        op.add_column(table, sa.Column("label_prints", sa.Integer(), nullable=True))
        op.add_column(table, sa.Column("label_checked", sa.Text(), nullable=True))
