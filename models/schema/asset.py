"""What every asset has, whatever its kind. One table; each kind adds its columns in its own file."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from models.fields.field import Field, Merge
from models.fields.kinds import Code, Day, LongText, Moment, Money, Percent, Ref, Serial, Tag
from models.fields.kinds import Text as TextKind
from models.schema.choices import ASSET_KIND, CONDITION, OWNERSHIP, STATUS
from models.schema.columns import Record, column
from models.schema.labelled import Labelled

_WHO = "Where and who"
_MONEY = "Purchase and life"
_GRANT = "Funding and compliance"


class Asset(Labelled, Record):
    """Anything that is tagged. Custody, stocktake and disposal work on assets of any kind."""

    __tablename__ = "asset"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "asset"}  # noqa: RUF012 (SQLAlchemy's form)

    kind: Mapped[str] = mapped_column(Text, index=True, info={"field": Field("", "Kind", ASSET_KIND, kept=True)})

    tag: Mapped[str | None] = column(
        Tag(),
        "Asset tag",
        "tag; asset no; asset no.; asset number; asset id; asset #; asset; tag number; tag no; inventory "
        "number; inventory no; inventory id; inventory tag; property number; property tag; property no; "
        "barcode; bar code; decal; decal number; annotatedAssetId; asset barcode; asset code; id inventaris; "
        "equipment id; equipment number; sr number; niw; numero de inventario; inventarnummer",
        group="Identity",
        search=True,
        shown=True,
        identity=True,
    )
    serial: Mapped[str | None] = column(
        Serial(),
        "Serial number",
        "serial; serial no; serial no.; serial #; s/n; sn; serialnumber; service tag; device serial number; "
        "mobile device serial; serial num; chassis serial; factory serial; esn; "
        "seriennummer; numero de serie",
        group="Identity",
        search=True,
        shown=True,
        identity=True,
    )
    name: Mapped[str | None] = column(
        TextKind(),
        "Name",
        "asset name; item name; item; title; display name; device; equipment; equipment name; device "
        "description; asset description; item description; equipment description; property description; printer name; "
        "product description; management name",
        group="Identity",
        search=True,
        shown=True,
        help="What people call it, where that is more than tag and model.",
    )
    manufacturer: Mapped[str | None] = column(
        Ref("manufacturer"),
        "Manufacturer",
        "make; maker; brand; mfr; mfg; oem; manufacturer name",
        group="Identity",
        index=False,
    )
    model: Mapped[str | None] = column(
        Ref("model"),
        "Model",
        "model name; asset model; assetmodel; device model; radio model; phone model; computer model; "
        "laptop model; type/model unit; make/model; equipment model; "
        "model description; product model; model and number; model number; model no; model #",
        group="Identity",
        shown=True,
    )
    category: Mapped[str | None] = column(
        TextKind(),
        "Category",
        "type; asset type; device type; devicetype; asset category; equipment type; item type; type asset; "
        "class; asset class; product family; model category",
        group="Identity",
        search=True,
        shown=True,
        help="Laptop, server, camera, portable radio …",
    )
    status: Mapped[str | None] = column(
        STATUS,
        "Status",
        "asset status; device status; lifecycle status; asset state; device state; status label; equipment status",
        group="Identity",
        shown=True,
    )
    condition: Mapped[str | None] = column(
        CONDITION, "Condition", "kondisi; asset condition; physical condition", group="Identity"
    )

    department: Mapped[str | None] = column(
        Ref("department"),
        "Department",
        "dept; dept.; division; departemen; agency; department name; bureau; cost center name; owning department",
        group=_WHO,
        shown=True,
    )
    location: Mapped[str | None] = column(
        Ref("location"),
        "Location",
        "place; site location; location/room; location and room; lokasi; annotatedLocation; "
        "asset location; location name; office location; "
        "current location; where; standort; building; site; facility; site name; work location; building name; "
        "station",
        group=_WHO,
        shown=True,
    )
    custodian: Mapped[str | None] = column(
        Ref("person"),
        "Custodian",
        "assigned to; assignedto; assigned user; holder; user; owner; issued to; checked out to; employee; "
        "employee name; custodian name; primary user; primary user display name; annotatedUser; full name; "
        "user name; pengguna; assignee; responsible; responsible person; primary user upn; checked out to: "
        "username; officer; used by; assigned officer; assigned employee; assigned person; assigned; "
        "driver; device owner",
        group=_WHO,
        shown=True,
    )
    parent: Mapped[str | None] = column(
        Ref("asset"),
        "Part of",
        "parent asset; parent; parent tag; installed in; mounted in; belongs to",
        group=_WHO,
        help="The asset that it is built into or travels with: the dock of a vehicle computer, the radio of a kit.",
    )
    assigned_on: Mapped[str | None] = column(
        Day(),
        "Assigned on",
        "assigned date; date assigned; issue date; issued on; date issued; issued date; checkout date; last checkout",
        group=_WHO,
    )
    last_seen: Mapped[str | None] = column(
        Moment(),
        "Last seen",
        "last check-in; last checkin; last sync; lastsync; last contact; last inventory update; last inventory",
        group=_WHO,
        merge=Merge.LATEST,
    )
    last_counted: Mapped[str | None] = column(
        Day(),
        "Last counted",
        "last audit; last audit date; last physical inventory; audited on; inventory date",
        group=_WHO,
        merge=Merge.LATEST,
    )

    po_number: Mapped[str | None] = column(
        Code(),
        "PO number",
        "po; po #; po no; purchase order; order number; order no; order_no; p.o. number; po num",
        group=_MONEY,
        search=True,
    )
    invoice_number: Mapped[str | None] = column(
        Code(), "Invoice number", "invoice; invoice no; invoice_no; invoice #", group=_MONEY
    )
    vendor: Mapped[str | None] = column(
        Ref("vendor"),
        "Vendor",
        "supplier; supplier name; purchased from; reseller; dealer; provider; vendor name",
        group=_MONEY,
        index=False,
    )
    acquired_on: Mapped[str | None] = column(
        Day(),
        "Acquired on",
        "purchase date; purchasedate; acquisition date; date acquired; acquired; date purchased; purchased; "
        "po date; buy date; bought; invoice date; invoice_date; received; date received",
        group=_MONEY,
        index=False,
    )
    cost: Mapped[str | None] = column(
        Money(),
        "Cost",
        "purchase cost; purchase price; price; unit cost; acquisition cost; unit price; amount; harga; "
        "valuation; original cost; cost usd; cost ($)",
        group=_MONEY,
    )
    warranty_end: Mapped[str | None] = column(
        Day(),
        "Warranty end",
        "warranty expiration; warranty expiry date; warranty exp; warranty exp date; warranty expiry; "
        "warranty_expiry; warranty expires; warranty end "
        "date; warranty until; warranty date; end of warranty; warranty expiration date; warranty",
        group=_MONEY,
    )
    replace_by: Mapped[str | None] = column(
        Day(),
        "Replace by",
        "eol; eol date; asset eol date; end of life; replacement date; replacement due; refresh date; "
        "expected replacement",
        group=_MONEY,
    )
    ownership: Mapped[str | None] = column(
        OWNERSHIP, "Ownership", "purchased or leased; owner type; owned or leased", group=_MONEY
    )
    lease_end: Mapped[str | None] = column(
        Day(), "Lease end", "lease expiration; lease expires; lease end date", group=_MONEY
    )

    funding_source: Mapped[str | None] = column(
        TextKind(),
        "Funding source",
        "fund; funding; fund source; budget; grant; grant name; purchasing account",
        group=_GRANT,
    )
    funding_award: Mapped[str | None] = column(
        Code(),
        "Funding award",
        "fain; award; award number; grant number; award id; federal award identification number",
        group=_GRANT,
        help="The federal award identification number (FAIN), where a grant paid for it (2 CFR 200.313(d)).",
    )
    federal_share: Mapped[str | None] = column(
        Percent(),
        "Federal share",
        "federal %; federal percentage; % federal; federal participation",
        group=_GRANT,
        help="Percentage of the purchase that the federal agency paid (2 CFR 200.313(d)).",
    )
    title_holder: Mapped[str | None] = column(
        TextKind(), "Title holder", "holds title; legal owner; company; property of", group=_GRANT
    )
    disposed_on: Mapped[str | None] = column(
        Day(), "Disposed on", "disposal date; date disposed; retired date; retired on", group=_GRANT
    )
    disposal_method: Mapped[str | None] = column(
        TextKind(), "Disposal", "disposal method; disposition; method of disposal", group=_GRANT
    )
    sale_price: Mapped[str | None] = column(Money(), "Sale price", "disposal price; proceeds; sold for", group=_GRANT)

    other_barcode: Mapped[str | None] = column(
        Code(),
        "Other barcode",
        "barcode 1; barcode 2; second barcode; old tag; old asset tag; legacy tag; previous tag",
        group="Identity",
        search=True,
        index=True,
    )
    external_id: Mapped[str | None] = column(
        Code(),
        "Id elsewhere",
        "device id; jss computer id; external id; legacy id; intune device id; source id; udid",
        group="Identity",
        search=True,
        help="What another system calls it.",
    )
    notes: Mapped[str | None] = column(
        LongText(),
        "Notes",
        "note; comments; comment; remarks; remark; asset notes; memo; description; keterangan; additional information",
        group="Notes",
        search=True,
        merge=Merge.APPEND,
    )
