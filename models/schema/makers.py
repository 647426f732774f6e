"""What things are and where they come from: manufacturers, models, vendors, radio systems."""

from sqlalchemy.orm import Mapped

from models.fields.field import Merge
from models.fields.kinds import Code, Email, LongText, Phone, Ref, SystemId, Text, Url, Wacn, Whole
from models.schema.choices import ASSET_KIND, SYSTEM_TYPE
from models.schema.columns import Record, column


class Manufacturer(Record):
    """Who makes things: devices, radios, software."""

    __tablename__ = "manufacturer"

    name: Mapped[str | None] = column(
        Text(),
        "Name",
        "manufacturer; maker; make; brand; publisher; company; manufacturer name",
        group="Manufacturer",
        required=True,
        search=True,
        shown=True,
        identity=True,
    )
    website: Mapped[str | None] = column(Url(), "Website", "url; web; support url", group="Manufacturer", shown=True)
    support_phone: Mapped[str | None] = column(Phone(), "Support phone", "phone", group="Manufacturer", shown=True)
    support_email: Mapped[str | None] = column(
        Email(), "Support e-mail", "email; support email", group="Manufacturer", shown=True
    )
    notes: Mapped[str | None] = column(
        LongText(), "Notes", "note; comments", group="Notes", search=True, merge=Merge.APPEND
    )


class Model(Record):
    """A model of device, with what all of its devices share."""

    __tablename__ = "model"

    name: Mapped[str | None] = column(
        Text(),
        "Name",
        "model; model name; device model",
        group="Model",
        required=True,
        search=True,
        shown=True,
        index=True,
    )
    manufacturer: Mapped[str | None] = column(
        Ref("manufacturer"), "Manufacturer", "make; maker; brand; mfr", group="Model", shown=True
    )
    number: Mapped[str | None] = column(
        Code(),
        "Model number",
        "model no; part number; model #; part_number; part no; sku; product number",
        group="Model",
        search=True,
        shown=True,
    )
    category: Mapped[str | None] = column(
        Text(), "Category", "type; device type; class", group="Model", search=True, shown=True
    )
    asset_kind: Mapped[str | None] = column(ASSET_KIND, "Kind of asset", "kind", group="Model", shown=True)
    life_months: Mapped[int | None] = column(
        Whole(unit="months"),
        "Life (months)",
        "eol; eol months; useful life; life expectancy; life",
        group="Model",
        shown=True,
    )
    rack_units: Mapped[int | None] = column(
        Whole(), "Height (rack units)", "u_height; height; rack units", group="Model"
    )
    notes: Mapped[str | None] = column(
        LongText(), "Notes", "note; comments; model notes; description", group="Notes", search=True, merge=Merge.APPEND
    )


class Vendor(Record):
    """Who sells things, or is paid for them."""

    __tablename__ = "vendor"

    name: Mapped[str | None] = column(
        Text(),
        "Name",
        "vendor; supplier; vendor name; supplier name; company",
        group="Vendor",
        required=True,
        search=True,
        shown=True,
        identity=True,
    )
    number: Mapped[str | None] = column(
        Code(), "Vendor number", "vendor no; vendor id; supplier id", group="Vendor", search=True, shown=True
    )
    account: Mapped[str | None] = column(
        Code(), "Our account", "account number; account; customer number", group="Vendor", shown=True
    )
    contact: Mapped[str | None] = column(
        Text(), "Contact", "contact name; sales contact; representative", group="Vendor", search=True, shown=True
    )
    phone: Mapped[str | None] = column(Phone(), "Phone", "telephone; phone number", group="Vendor", shown=True)
    email: Mapped[str | None] = column(
        Email(), "E-mail", "email; email address", group="Vendor", search=True, shown=True
    )
    website: Mapped[str | None] = column(Url(), "Website", "url; web", group="Vendor")
    address: Mapped[str | None] = column(Text(), "Address", "street; street address", group="Vendor")
    notes: Mapped[str | None] = column(
        LongText(), "Notes", "note; comments", group="Notes", search=True, merge=Merge.APPEND
    )


class System(Record):
    """A radio system, within which unit IDs are unique."""

    __tablename__ = "system"

    name: Mapped[str | None] = column(
        Text(),
        "Name",
        "system; system name; radio system",
        group="System",
        required=True,
        search=True,
        shown=True,
        identity=True,
    )
    system_type: Mapped[str | None] = column(
        SYSTEM_TYPE, "Type", "system type; protocol; technology", group="System", shown=True
    )
    wacn: Mapped[str | None] = column(Wacn(), "WACN", "", group="System", search=True, shown=True)
    system_id: Mapped[str | None] = column(
        SystemId(), "System ID", "sysid; system id; sys id", group="System", search=True, shown=True
    )
    owner: Mapped[str | None] = column(Text(), "Owner", "agency; operator; licensee", group="System", shown=True)
    notes: Mapped[str | None] = column(
        LongText(), "Notes", "note; comments", group="Notes", search=True, merge=Merge.APPEND
    )
