"""The kinds of record, as data: the words that the command line, the window and the exchange share."""

from dataclasses import dataclass

from sqlalchemy import Table

from models.fields.field import Field
from models.fields.kinds import Ref
from models.fields.problem import UsageError
from models.schema.asset import Asset
from models.schema.columns import Record
from models.schema.custom import CustomField
from models.schema.fieldlist import declared_fields
from models.schema.hardware import Hardware
from models.schema.labels import LabelDesign, LabelStock
from models.schema.lines import Line
from models.schema.makers import Manufacturer, Model, System, Vendor
from models.schema.mobile import Mobile
from models.schema.people import Person
from models.schema.places import Department, Location
from models.schema.radio import Radio
from models.schema.review import Review
from models.schema.settings import Alias, ImportProfile, SavedExport
from models.schema.software import Entitlement, Installation, Product, Seat
from models.schema.stock import Stock
from models.schema.tagging import TagBlock, TagScheme, VoidTag


@dataclass(frozen=True, slots=True)
class RecordType:
    """One kind of record.

    `word` is its word on the command line, `naming` the field that names a record of it to people (it may be a
    reference: the name is then that record's). `match_keys` are the sets of fields by which a spreadsheet's row
    is known again, best first.
    """

    word: str
    label: str
    plural: str
    model: type[Record]
    naming: str
    match_keys: tuple[tuple[str, ...], ...]
    fields: tuple[Field, ...]

    @property
    def table(self) -> str:
        """The table that holds it; the asset kinds share one."""
        return str(self.model.__tablename__)

    @property
    def sql(self) -> Table:
        """The SQLAlchemy table."""
        table = self.model.__table__
        assert isinstance(table, Table)  # noqa: S101 (for the type checker: declarative tables are tables)
        return table

    @property
    def asset_kind(self) -> str | None:
        """What the column `kind` of the asset table says; None for other tables and for `asset` (any)."""
        return self.word if self.table == "asset" and self.word != "asset" else None


def _type(word: str, label: str, plural: str, model: type[Record], naming: str, *match: str) -> RecordType:
    keys = tuple(tuple(each.split("+")) for each in match)
    return RecordType(word, label, plural, model, naming, keys, declared_fields(model))


_ASSET_KEYS = ("tag", "manufacturer+serial", "serial")

RECORDS: dict[str, RecordType] = {
    each.word: each
    for each in (
        _type("asset", "Asset", "Assets", Asset, "tag", *_ASSET_KEYS),
        _type("hardware", "Hardware", "Hardware", Hardware, "tag", *_ASSET_KEYS, "hostname", "mac"),
        _type("mobile", "Mobile device", "Mobile devices", Mobile, "tag", *_ASSET_KEYS, "imei", "eid", "phone"),
        _type("radio", "Radio", "Radios", Radio, "tag", *_ASSET_KEYS, "system+unit_id", "unit_id"),
        _type("line", "Line", "Lines", Line, "number", "number", "iccid"),
        _type(
            "product",
            "Product",
            "Products",
            Product,
            "name",
            "sku",
            "publisher+name+edition+version",
            "publisher+name+edition",
            "name+edition",
            "name",
        ),
        _type(
            "entitlement",
            "Entitlement",
            "Entitlements",
            Entitlement,
            "name",
            "name+starts_on+po_number",
            "name+starts_on",
            "name",
        ),
        _type("seat", "Seat", "Seats", Seat, "entitlement", "entitlement+person", "entitlement+device"),
        _type(
            "installation",
            "Installation",
            "Installations",
            Installation,
            "raw_name",
            "raw_name+raw_version+device",
            "raw_name+raw_version+device_name",
        ),
        _type(
            "person", "Person", "People", Person, "name", "email", "username", "employee_number", "object_id", "name"
        ),
        _type("department", "Department", "Departments", Department, "name", "name", "code"),
        _type("location", "Location", "Locations", Location, "name", "parent+name", "code", "name"),
        _type("model", "Model", "Models", Model, "name", "manufacturer+name", "name"),
        _type("manufacturer", "Manufacturer", "Manufacturers", Manufacturer, "name", "name"),
        _type("vendor", "Vendor", "Vendors", Vendor, "name", "name", "number"),
        _type(
            "stock",
            "Stock item",
            "Stock",
            Stock,
            "name",
            "name+manufacturer+model_number+location",
            "name+manufacturer+model_number",
            "name+location",
            "name",
        ),
        _type("system", "Radio system", "Radio systems", System, "name", "name", "wacn+system_id"),
        _type("custom_field", "Custom field", "Custom fields", CustomField, "label", "key"),
        _type("alias", "Alias", "Aliases", Alias, "name", "record+name"),
        _type("import_profile", "Import profile", "Import profiles", ImportProfile, "name", "name"),
        _type("saved_export", "Saved export", "Saved exports", SavedExport, "name", "name"),
        _type("tag_scheme", "Tag scheme", "Tag schemes", TagScheme, "name", "name"),
        _type("tag_block", "Tag range", "Tag ranges", TagBlock, "name", "scheme+use+first"),
        _type("void_tag", "Voided tag", "Voided tags", VoidTag, "tag", "tag"),
        _type("label_design", "Label design", "Label designs", LabelDesign, "name", "name"),
        _type("label_stock", "Label stock", "Label stocks", LabelStock, "name", "name"),
        _type("review", "Review", "Reviews", Review, "name", "name"),
    )
}
"""Every kind of record, by its word."""

TABLES: dict[str, RecordType] = {each.table: each for each in reversed(RECORDS.values())}
"""One kind for each table; for the asset table the one of all assets."""

ASSET_KINDS = tuple(word for word, each in RECORDS.items() if each.asset_kind)
"""The words of the kinds that share the asset table."""

IN_ORDER = (
    "custom_field",
    "manufacturer",
    "vendor",
    "department",
    "location",
    "person",
    "model",
    "system",
    "product",
    "entitlement",
    "hardware",
    "mobile",
    "radio",
    "line",
    "seat",
    "installation",
    "stock",
    "tag_scheme",
    "tag_block",
    "void_tag",
)
"""The words of the kinds of a whole register, each after those that it refers to, where they do not go in circles."""

OWN_KINDS = (
    "custom_field",
    "alias",
    "import_profile",
    "saved_export",
    "tag_scheme",
    "tag_block",
    "void_tag",
    "label_design",
    "label_stock",
    "review",
)
"""The words of the kinds that are about Muster itself: never guessed to be what a spreadsheet is about."""


def record_type(word: str) -> RecordType:
    """The kind of record of that word. Raises UsageError("kind.unknown")."""
    try:
        return RECORDS[word]
    except KeyError:
        raise UsageError("kind.unknown", word, kinds=", ".join(RECORDS)) from None


def references(table: str, *, held: bool = False) -> dict[str, str]:
    """The reference fields of a table (all its kinds together) and the tables that they point to.

    `held`: only those whose records may not be deleted meanwhile (see `Ref.memory`).
    """
    found: dict[str, str] = {}
    for each in RECORDS.values():
        if each.table == table:
            refs = ((field.key, field.kind) for field in each.fields if isinstance(field.kind, Ref))
            found.update({key: kind.table for key, kind in refs if not (held and kind.memory)})
    return found
