"""The register and the journal: the first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "action",
        sa.Column("nr", sa.Integer(), nullable=False, comment="local number; entries point to it"),
        sa.Column("id", sa.Text(), nullable=False, comment="UUID version 7"),
        sa.Column("title", sa.Text(), nullable=False, comment="what people read: Import laptops.xlsx"),
        sa.Column("source", sa.Text(), nullable=True, comment="the file or the place that it came from"),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False, comment="the device's name as it was"),
        sa.Column(
            "stamp", sa.BigInteger(), nullable=False, comment="hybrid logical clock: milliseconds << 16 | counter"
        ),
        sa.Column("undoes", sa.Text(), nullable=True, comment="the action that this one takes back"),
        sa.Column("count", sa.Integer(), nullable=False, comment="entries"),
        sa.Column("details", sa.Text(), nullable=True, comment="JSON: fingerprint and counts of an import …"),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_action")),
        sa.UniqueConstraint("id", name=op.f("uq_action_id")),
    )
    op.create_index(op.f("ix_action_undoes"), "action", ["undoes"], unique=False)
    op.create_table(
        "custom_field",
        sa.Column("key", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("record", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("value_type", sa.Text(), nullable=True),
        sa.Column("options", sa.Text(), nullable=True),
        sa.Column("headings", sa.Text(), nullable=True),
        sa.Column("hint", sa.Text(), nullable=True),
        sa.Column("required", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_custom_field")),
        sa.UniqueConstraint("id", name=op.f("uq_custom_field_id")),
    )
    op.create_index(
        op.f("ix_custom_field_key"), "custom_field", ["key"], unique=False, sqlite_where=sa.text('"key" IS NOT NULL')
    )
    op.create_index(
        op.f("ix_custom_field_record"),
        "custom_field",
        ["record"],
        unique=False,
        sqlite_where=sa.text("record IS NOT NULL"),
    )
    op.create_table(
        "department",
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("manager", sa.Text(), nullable=True),
        sa.Column("cost_center", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["manager"], ["person.id"], name=op.f("fk_department_manager"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["parent"], ["department.id"], name=op.f("fk_department_parent"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_department")),
        sa.UniqueConstraint("id", name=op.f("uq_department_id")),
    )
    op.create_index(
        op.f("ix_department_manager"),
        "department",
        ["manager"],
        unique=False,
        sqlite_where=sa.text("manager IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_department_name"), "department", ["name"], unique=False, sqlite_where=sa.text("name IS NOT NULL")
    )
    op.create_index(
        op.f("ix_department_parent"), "department", ["parent"], unique=False, sqlite_where=sa.text("parent IS NOT NULL")
    )
    op.create_table(
        "local",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_local")),
    )
    op.create_table(
        "location",
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("place_type", sa.Text(), nullable=True),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("manager", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("address2", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("postal_code", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("unit_number", sa.Text(), nullable=True),
        sa.Column("plate", sa.Text(), nullable=True),
        sa.Column("vin", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["department"],
            ["department.id"],
            name=op.f("fk_location_department"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["manager"], ["person.id"], name=op.f("fk_location_manager"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["parent"], ["location.id"], name=op.f("fk_location_parent"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_location")),
        sa.UniqueConstraint("id", name=op.f("uq_location_id")),
    )
    op.create_index(
        op.f("ix_location_code"), "location", ["code"], unique=False, sqlite_where=sa.text("code IS NOT NULL")
    )
    op.create_index(
        op.f("ix_location_department"),
        "location",
        ["department"],
        unique=False,
        sqlite_where=sa.text("department IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_location_manager"), "location", ["manager"], unique=False, sqlite_where=sa.text("manager IS NOT NULL")
    )
    op.create_index(
        op.f("ix_location_parent"), "location", ["parent"], unique=False, sqlite_where=sa.text("parent IS NOT NULL")
    )
    op.create_table(
        "manufacturer",
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("support_phone", sa.Text(), nullable=True),
        sa.Column("support_email", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_manufacturer")),
        sa.UniqueConstraint("id", name=op.f("uq_manufacturer_id")),
    )
    op.create_index(
        op.f("ix_manufacturer_name"), "manufacturer", ["name"], unique=False, sqlite_where=sa.text("name IS NOT NULL")
    )
    op.create_table(
        "person",
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("given_name", sa.Text(), nullable=True),
        sa.Column("family_name", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("username", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("employee_number", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("badge", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("manager", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("mobile_phone", sa.Text(), nullable=True),
        sa.Column("active", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Text(), nullable=True),
        sa.Column("ends_on", sa.Text(), nullable=True),
        sa.Column("object_id", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["department"], ["department.id"], name=op.f("fk_person_department"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["location"], ["location.id"], name=op.f("fk_person_location"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["manager"], ["person.id"], name=op.f("fk_person_manager"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_person")),
        sa.UniqueConstraint("id", name=op.f("uq_person_id")),
    )
    op.create_index(
        op.f("ix_person_badge"), "person", ["badge"], unique=False, sqlite_where=sa.text("badge IS NOT NULL")
    )
    op.create_index(
        op.f("ix_person_department"),
        "person",
        ["department"],
        unique=False,
        sqlite_where=sa.text("department IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_person_email"), "person", ["email"], unique=False, sqlite_where=sa.text("email IS NOT NULL")
    )
    op.create_index(
        op.f("ix_person_employee_number"),
        "person",
        ["employee_number"],
        unique=False,
        sqlite_where=sa.text("employee_number IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_person_location"), "person", ["location"], unique=False, sqlite_where=sa.text("location IS NOT NULL")
    )
    op.create_index(
        op.f("ix_person_manager"), "person", ["manager"], unique=False, sqlite_where=sa.text("manager IS NOT NULL")
    )
    op.create_index(op.f("ix_person_name"), "person", ["name"], unique=False, sqlite_where=sa.text("name IS NOT NULL"))
    op.create_index(
        op.f("ix_person_object_id"),
        "person",
        ["object_id"],
        unique=False,
        sqlite_where=sa.text("object_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_person_username"), "person", ["username"], unique=False, sqlite_where=sa.text("username IS NOT NULL")
    )
    op.create_table(
        "system",
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("system_type", sa.Text(), nullable=True),
        sa.Column("wacn", sa.Text(), nullable=True),
        sa.Column("system_id", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_system")),
        sa.UniqueConstraint("id", name=op.f("uq_system_id")),
    )
    op.create_index(op.f("ix_system_name"), "system", ["name"], unique=False, sqlite_where=sa.text("name IS NOT NULL"))
    op.create_table(
        "vendor",
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_vendor")),
        sa.UniqueConstraint("id", name=op.f("uq_vendor_id")),
    )
    op.create_index(op.f("ix_vendor_name"), "vendor", ["name"], unique=False, sqlite_where=sa.text("name IS NOT NULL"))
    op.create_table(
        "entry",
        sa.Column("seq", sa.Integer(), nullable=False, comment="local order"),
        sa.Column("id", sa.Text(), nullable=False, comment="UUID version 7; sent twice, it takes effect once"),
        sa.Column("action", sa.Integer(), nullable=False),
        sa.Column("tbl", sa.Text(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("patch", sa.Text(), nullable=False, comment="JSON: field -> canonical text after, null to clear"),
        sa.Column("base", sa.Text(), nullable=True, comment="JSON: field -> before; null for a new row"),
        sa.Column("position", sa.BigInteger(), nullable=True, comment="place in the shared order; null until accepted"),
        sa.Column("lost", sa.Text(), nullable=True, comment="JSON list of fields that did not take effect"),
        sa.ForeignKeyConstraint(
            ["action"], ["action.nr"], name=op.f("fk_entry_action"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_entry")),
        sa.UniqueConstraint("id", name=op.f("uq_entry_id")),
    )
    op.create_index(op.f("ix_entry_action"), "entry", ["action"], unique=False)
    op.create_index(op.f("ix_entry_row"), "entry", ["row"], unique=False)
    op.create_table(
        "model",
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("manufacturer", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("asset_kind", sa.Text(), nullable=True),
        sa.Column("life_months", sa.Integer(), nullable=True),
        sa.Column("rack_units", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["manufacturer"],
            ["manufacturer.id"],
            name=op.f("fk_model_manufacturer"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_model")),
        sa.UniqueConstraint("id", name=op.f("uq_model_id")),
    )
    op.create_index(
        op.f("ix_model_manufacturer"),
        "model",
        ["manufacturer"],
        unique=False,
        sqlite_where=sa.text("manufacturer IS NOT NULL"),
    )
    op.create_index(op.f("ix_model_name"), "model", ["name"], unique=False, sqlite_where=sa.text("name IS NOT NULL"))
    op.create_table(
        "product",
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("edition", sa.Text(), nullable=True),
        sa.Column("version", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("metric", sa.Text(), nullable=True),
        sa.Column("sku", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("sku_name", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["publisher"], ["manufacturer.id"], name=op.f("fk_product_publisher"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_product")),
        sa.UniqueConstraint("id", name=op.f("uq_product_id")),
    )
    op.create_index(
        op.f("ix_product_name"), "product", ["name"], unique=False, sqlite_where=sa.text("name IS NOT NULL")
    )
    op.create_index(
        op.f("ix_product_publisher"),
        "product",
        ["publisher"],
        unique=False,
        sqlite_where=sa.text("publisher IS NOT NULL"),
    )
    op.create_index(op.f("ix_product_sku"), "product", ["sku"], unique=False, sqlite_where=sa.text("sku IS NOT NULL"))
    op.create_table(
        "asset",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("serial", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("manufacturer", sa.Text(), nullable=True),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("condition", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("custodian", sa.Text(), nullable=True),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("assigned_on", sa.Text(), nullable=True),
        sa.Column("last_seen", sa.Text(), nullable=True),
        sa.Column("last_counted", sa.Text(), nullable=True),
        sa.Column("po_number", sa.Text(), nullable=True),
        sa.Column("invoice_number", sa.Text(), nullable=True),
        sa.Column("vendor", sa.Text(), nullable=True),
        sa.Column("acquired_on", sa.Text(), nullable=True),
        sa.Column("cost", sa.Text(), nullable=True),
        sa.Column("warranty_end", sa.Text(), nullable=True),
        sa.Column("replace_by", sa.Text(), nullable=True),
        sa.Column("ownership", sa.Text(), nullable=True),
        sa.Column("lease_end", sa.Text(), nullable=True),
        sa.Column("funding_source", sa.Text(), nullable=True),
        sa.Column("funding_award", sa.Text(), nullable=True),
        sa.Column("federal_share", sa.Text(), nullable=True),
        sa.Column("title_holder", sa.Text(), nullable=True),
        sa.Column("disposed_on", sa.Text(), nullable=True),
        sa.Column("disposal_method", sa.Text(), nullable=True),
        sa.Column("sale_price", sa.Text(), nullable=True),
        sa.Column("other_barcode", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.Column("hostname", sa.Text(), nullable=True),
        sa.Column("processor", sa.Text(), nullable=True),
        sa.Column("memory_gb", sa.Integer(), nullable=True),
        sa.Column("graphics", sa.Text(), nullable=True),
        sa.Column("mac", sa.Text(), nullable=True),
        sa.Column("ip", sa.Text(), nullable=True),
        sa.Column("domain", sa.Text(), nullable=True),
        sa.Column("vlan", sa.Text(), nullable=True),
        sa.Column("switch_port", sa.Text(), nullable=True),
        sa.Column("bios_version", sa.Text(), nullable=True),
        sa.Column("rack", sa.Text(), nullable=True),
        sa.Column("rack_unit", sa.Integer(), nullable=True),
        sa.Column("last_user", sa.Text(), nullable=True),
        sa.Column("asset_uuid", sa.Text(), nullable=True),
        sa.Column("os", sa.Text(), nullable=True),
        sa.Column("os_version", sa.Text(), nullable=True),
        sa.Column("storage_gb", sa.Integer(), nullable=True),
        sa.Column("wifi_mac", sa.Text(), nullable=True),
        sa.Column("encrypted", sa.Text(), nullable=True),
        sa.Column("managed_by", sa.Text(), nullable=True),
        sa.Column("group_tag", sa.Text(), nullable=True),
        sa.Column("imei", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("imei2", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("eid", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("meid", sa.Text(), nullable=True),
        sa.Column("sim", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("phone", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("carrier", sa.Text(), nullable=True),
        sa.Column("supervised", sa.Text(), nullable=True),
        sa.Column("jailbroken", sa.Text(), nullable=True),
        sa.Column("compliance", sa.Text(), nullable=True),
        sa.Column("security_patch", sa.Text(), nullable=True),
        sa.Column("colour", sa.Text(), nullable=True),
        sa.Column("device_name", sa.Text(), nullable=True),
        sa.Column("radio_type", sa.Text(), nullable=True),
        sa.Column("system", sa.Text(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("alias", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("mdc_id", sa.Text(), nullable=True),
        sa.Column("dmr_id", sa.Integer(), nullable=True),
        sa.Column("nxdn_id", sa.Integer(), nullable=True),
        sa.Column("call_sign", sa.Text(), nullable=True),
        sa.Column("bands", sa.Text(), nullable=True),
        sa.Column("flashcode", sa.Text(), nullable=True),
        sa.Column("firmware", sa.Text(), nullable=True),
        sa.Column("codeplug", sa.Text(), nullable=True),
        sa.Column("codeplug_version", sa.Text(), nullable=True),
        sa.Column("last_programmed", sa.Text(), nullable=True),
        sa.Column("secure", sa.Text(), nullable=True),
        sa.Column("algorithm", sa.Text(), nullable=True),
        sa.Column("key_reference", sa.Text(), nullable=True),
        sa.Column("kmf", sa.Text(), nullable=True),
        sa.Column("otar", sa.Text(), nullable=True),
        sa.Column("last_rekey", sa.Text(), nullable=True),
        sa.Column("next_rekey", sa.Text(), nullable=True),
        sa.Column("antenna", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["custodian"], ["person.id"], name=op.f("fk_asset_custodian"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["department"], ["department.id"], name=op.f("fk_asset_department"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["location"], ["location.id"], name=op.f("fk_asset_location"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["manufacturer"],
            ["manufacturer.id"],
            name=op.f("fk_asset_manufacturer"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["model"], ["model.id"], name=op.f("fk_asset_model"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["parent"], ["asset.id"], name=op.f("fk_asset_parent"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["system"], ["system.id"], name=op.f("fk_asset_system"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["vendor"], ["vendor.id"], name=op.f("fk_asset_vendor"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_asset")),
        sa.UniqueConstraint("id", name=op.f("uq_asset_id")),
    )
    op.create_index(op.f("ix_asset_alias"), "asset", ["alias"], unique=False, sqlite_where=sa.text("alias IS NOT NULL"))
    op.create_index(
        op.f("ix_asset_custodian"), "asset", ["custodian"], unique=False, sqlite_where=sa.text("custodian IS NOT NULL")
    )
    op.create_index(
        op.f("ix_asset_department"),
        "asset",
        ["department"],
        unique=False,
        sqlite_where=sa.text("department IS NOT NULL"),
    )
    op.create_index(op.f("ix_asset_eid"), "asset", ["eid"], unique=False, sqlite_where=sa.text("eid IS NOT NULL"))
    op.create_index(op.f("ix_asset_imei"), "asset", ["imei"], unique=False, sqlite_where=sa.text("imei IS NOT NULL"))
    op.create_index(op.f("ix_asset_imei2"), "asset", ["imei2"], unique=False, sqlite_where=sa.text("imei2 IS NOT NULL"))
    op.create_index(op.f("ix_asset_kind"), "asset", ["kind"], unique=False, sqlite_where=sa.text("kind IS NOT NULL"))
    op.create_index(
        op.f("ix_asset_location"), "asset", ["location"], unique=False, sqlite_where=sa.text("location IS NOT NULL")
    )
    op.create_index(op.f("ix_asset_model"), "asset", ["model"], unique=False, sqlite_where=sa.text("model IS NOT NULL"))
    op.create_index(
        op.f("ix_asset_other_barcode"),
        "asset",
        ["other_barcode"],
        unique=False,
        sqlite_where=sa.text("other_barcode IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_asset_parent"), "asset", ["parent"], unique=False, sqlite_where=sa.text("parent IS NOT NULL")
    )
    op.create_index(op.f("ix_asset_phone"), "asset", ["phone"], unique=False, sqlite_where=sa.text("phone IS NOT NULL"))
    op.create_index(
        op.f("ix_asset_serial"), "asset", ["serial"], unique=False, sqlite_where=sa.text("serial IS NOT NULL")
    )
    op.create_index(op.f("ix_asset_sim"), "asset", ["sim"], unique=False, sqlite_where=sa.text("sim IS NOT NULL"))
    op.create_index(
        op.f("ix_asset_system"), "asset", ["system"], unique=False, sqlite_where=sa.text("system IS NOT NULL")
    )
    op.create_index(op.f("ix_asset_tag"), "asset", ["tag"], unique=False, sqlite_where=sa.text("tag IS NOT NULL"))
    op.create_index(
        op.f("ix_asset_unit_id"), "asset", ["unit_id"], unique=False, sqlite_where=sa.text("unit_id IS NOT NULL")
    )
    op.create_table(
        "entitlement",
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("product", sa.Text(), nullable=True),
        sa.Column("metric", sa.Text(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Text(), nullable=True),
        sa.Column("ends_on", sa.Text(), nullable=True),
        sa.Column("cost", sa.Text(), nullable=True),
        sa.Column("po_number", sa.Text(), nullable=True),
        sa.Column("order_number", sa.Text(), nullable=True),
        sa.Column("agreement", sa.Text(), nullable=True),
        sa.Column("vendor", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("licensed_to", sa.Text(), nullable=True),
        sa.Column("licensed_email", sa.Text(), nullable=True),
        sa.Column("funding_source", sa.Text(), nullable=True),
        sa.Column("maintained", sa.Text(), nullable=True),
        sa.Column("maintenance_end", sa.Text(), nullable=True),
        sa.Column("reassignable", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["department"],
            ["department.id"],
            name=op.f("fk_entitlement_department"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner"], ["person.id"], name=op.f("fk_entitlement_owner"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["product"], ["product.id"], name=op.f("fk_entitlement_product"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["vendor"], ["vendor.id"], name=op.f("fk_entitlement_vendor"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_entitlement")),
        sa.UniqueConstraint("id", name=op.f("uq_entitlement_id")),
    )
    op.create_index(
        op.f("ix_entitlement_department"),
        "entitlement",
        ["department"],
        unique=False,
        sqlite_where=sa.text("department IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_entitlement_name"), "entitlement", ["name"], unique=False, sqlite_where=sa.text("name IS NOT NULL")
    )
    op.create_index(
        op.f("ix_entitlement_owner"), "entitlement", ["owner"], unique=False, sqlite_where=sa.text("owner IS NOT NULL")
    )
    op.create_index(
        op.f("ix_entitlement_product"),
        "entitlement",
        ["product"],
        unique=False,
        sqlite_where=sa.text("product IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_entitlement_vendor"),
        "entitlement",
        ["vendor"],
        unique=False,
        sqlite_where=sa.text("vendor IS NOT NULL"),
    )
    op.create_table(
        "installation",
        sa.Column("raw_name", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("raw_publisher", sa.Text(), nullable=True),
        sa.Column("raw_version", sa.Text(), nullable=True),
        sa.Column("product", sa.Text(), nullable=True),
        sa.Column("device", sa.Text(), nullable=True),
        sa.Column("device_name", sa.Text(), nullable=True),
        sa.Column("user", sa.Text(), nullable=True),
        sa.Column("platform", sa.Text(), nullable=True),
        sa.Column("installed_on", sa.Text(), nullable=True),
        sa.Column("last_used", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["device"], ["asset.id"], name=op.f("fk_installation_device"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["product"], ["product.id"], name=op.f("fk_installation_product"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_installation")),
        sa.UniqueConstraint("id", name=op.f("uq_installation_id")),
    )
    op.create_index(
        op.f("ix_installation_device"),
        "installation",
        ["device"],
        unique=False,
        sqlite_where=sa.text("device IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_installation_product"),
        "installation",
        ["product"],
        unique=False,
        sqlite_where=sa.text("product IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_installation_raw_name"),
        "installation",
        ["raw_name"],
        unique=False,
        sqlite_where=sa.text("raw_name IS NOT NULL"),
    )
    op.create_table(
        "line",
        sa.Column("number", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("status", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("carrier", sa.Text(), nullable=True),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.Column("iccid", sa.Text(collation="NOCASE"), nullable=True),
        sa.Column("esim", sa.Text(), nullable=True),
        sa.Column("firstnet", sa.Text(), nullable=True),
        sa.Column("static_ip", sa.Text(), nullable=True),
        sa.Column("monthly_cost", sa.Text(), nullable=True),
        sa.Column("device", sa.Text(), nullable=True),
        sa.Column("custodian", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("activated_on", sa.Text(), nullable=True),
        sa.Column("ends_on", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["custodian"], ["person.id"], name=op.f("fk_line_custodian"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["department"], ["department.id"], name=op.f("fk_line_department"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["device"], ["asset.id"], name=op.f("fk_line_device"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_line")),
        sa.UniqueConstraint("id", name=op.f("uq_line_id")),
    )
    op.create_index(
        op.f("ix_line_custodian"), "line", ["custodian"], unique=False, sqlite_where=sa.text("custodian IS NOT NULL")
    )
    op.create_index(
        op.f("ix_line_department"), "line", ["department"], unique=False, sqlite_where=sa.text("department IS NOT NULL")
    )
    op.create_index(
        op.f("ix_line_device"), "line", ["device"], unique=False, sqlite_where=sa.text("device IS NOT NULL")
    )
    op.create_index(op.f("ix_line_iccid"), "line", ["iccid"], unique=False, sqlite_where=sa.text("iccid IS NOT NULL"))
    op.create_index(
        op.f("ix_line_number"), "line", ["number"], unique=False, sqlite_where=sa.text("number IS NOT NULL")
    )
    op.create_index(
        op.f("ix_line_status"), "line", ["status"], unique=False, sqlite_where=sa.text("status IS NOT NULL")
    )
    op.create_table(
        "seat",
        sa.Column("entitlement", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("device", sa.Text(), nullable=True),
        sa.Column("assigned_on", sa.Text(), nullable=True),
        sa.Column("released_on", sa.Text(), nullable=True),
        sa.Column("last_used", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["device"], ["asset.id"], name=op.f("fk_seat_device"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["entitlement"], ["entitlement.id"], name=op.f("fk_seat_entitlement"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["person.id"], name=op.f("fk_seat_person"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_seat")),
        sa.UniqueConstraint("id", name=op.f("uq_seat_id")),
    )
    op.create_index(
        op.f("ix_seat_device"), "seat", ["device"], unique=False, sqlite_where=sa.text("device IS NOT NULL")
    )
    op.create_index(
        op.f("ix_seat_entitlement"),
        "seat",
        ["entitlement"],
        unique=False,
        sqlite_where=sa.text("entitlement IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_seat_person"), "seat", ["person"], unique=False, sqlite_where=sa.text("person IS NOT NULL")
    )
