"""Software: what there is, what was bought, who was given it, where it was found: four different facts."""

from sqlalchemy.orm import Mapped

from models.fields.field import Merge
from models.fields.kinds import Code, Day, LongText, Money, Ref, Text, Whole, YesNo
from models.schema.choices import METRIC
from models.schema.columns import Record, column


class Product(Record):
    """A product as it is licensed: publisher, name, edition, version."""

    __tablename__ = "product"

    name: Mapped[str | None] = column(
        Text(),
        "Name",
        "product; software; product name; application; product display name; product_display_name; "
        "title; software name",
        group="Product",
        required=True,
        search=True,
        shown=True,
        index=True,
    )
    publisher: Mapped[str | None] = column(
        Ref("manufacturer"), "Publisher", "manufacturer; vendor; software publisher; maker", group="Product", shown=True
    )
    edition: Mapped[str | None] = column(Text(), "Edition", "", group="Product", search=True, shown=True)
    version: Mapped[str | None] = column(Code(), "Version", "product version; release", group="Product", shown=True)
    category: Mapped[str | None] = column(
        Text(), "Category", "type; class; software type", group="Product", search=True, shown=True
    )
    metric: Mapped[str | None] = column(
        METRIC, "Metric", "licence metric; license metric; license type", group="Product", shown=True
    )
    sku: Mapped[str | None] = column(
        Code(), "SKU", "guid; sku id; part number; skuid", group="Product", search=True, index=True
    )
    sku_name: Mapped[str | None] = column(
        Code(), "SKU name", "string id; string_id; sku part number", group="Product", search=True
    )
    notes: Mapped[str | None] = column(
        LongText(), "Notes", "note; comments; description", group="Notes", search=True, merge=Merge.APPEND
    )


class Entitlement(Record):
    """A right that was bought: one dated lot of one product."""

    __tablename__ = "entitlement"

    name: Mapped[str | None] = column(
        Text(),
        "Name",
        "licence name; license name; licence; license; item name; entitlement; software; software name; "
        "software title; "
        "application; application name; subscription; subscription name",
        group="Entitlement",
        search=True,
        shown=True,
        index=True,
    )
    product: Mapped[str | None] = column(
        Ref("product"), "Product", "product name; licensed product; software product", group="Entitlement", shown=True
    )
    metric: Mapped[str | None] = column(
        METRIC, "Metric", "licence metric; license metric; license type", group="Entitlement", shown=True
    )
    quantity: Mapped[int | None] = column(
        Whole(),
        "Quantity",
        "seats; qty; number of licenses; number of licences; licences; count; total seats; seat count; "
        "number of seats; "
        "total licenses; total licences; licenses owned; qty owned; quantity owned; owned; seats purchased; licenses "
        "purchased; quantity purchased; purchased seats; license count; user count",
        group="Entitlement",
        shown=True,
    )
    starts_on: Mapped[str | None] = column(
        Day(),
        "Starts on",
        "start date; purchase date; start; contract start; contract start date; subscription start; subscription start "
        "date; effective date; begin date; term start",
        group="Entitlement",
        shown=True,
    )
    ends_on: Mapped[str | None] = column(
        Day(),
        "Ends on",
        "expiration date; expires; expires on; end date; end; expiry; expiry date; renewal date; "
        "next renewal; next renewal "
        "date; contract end; contract end date; contract expiration; subscription end; "
        "subscription end date; term end; "
        "renews on; expiration",
        group="Entitlement",
        shown=True,
    )
    cost: Mapped[str | None] = column(
        Money(),
        "Cost",
        "purchase cost; price; amount; total cost; annual cost; total contract value; tcv; contract value; "
        "total price; extended price; annual contract value; acv; yearly cost; cost per year; renewal cost",
        group="Purchase",
        shown=True,
    )
    po_number: Mapped[str | None] = column(
        Code(), "PO number", "purchase order; po; po #", group="Purchase", search=True
    )
    order_number: Mapped[str | None] = column(Code(), "Order number", "order no; order", group="Purchase", search=True)
    agreement: Mapped[str | None] = column(
        Code(),
        "Agreement",
        "contract; contract number; contract id; agreement number; enrollment; enrollment number; enrolment",
        group="Purchase",
        search=True,
    )
    vendor: Mapped[str | None] = column(
        Ref("vendor"), "Vendor", "supplier; reseller; vendor name", group="Purchase", shown=True
    )
    owner: Mapped[str | None] = column(
        Ref("person"),
        "Owner",
        "licence owner; license owner; contract owner; business owner; manager; contract manager; "
        "responsible; primary contact",
        group="Where and who",
    )
    department: Mapped[str | None] = column(
        Ref("department"), "Department", "dept; division; cost center", group="Where and who", shown=True
    )
    licensed_to: Mapped[str | None] = column(
        Text(), "Licensed to", "licensed to name; licensee; registered to", group="Where and who"
    )
    licensed_email: Mapped[str | None] = column(
        Text(), "Licensed to e-mail", "licensed to email", group="Where and who"
    )
    funding_source: Mapped[str | None] = column(
        Text(), "Funding source", "fund; grant; budget; funding", group="Purchase"
    )
    maintained: Mapped[str | None] = column(
        YesNo(), "Maintenance", "maintained; has maintenance; software assurance", group="Entitlement"
    )
    maintenance_end: Mapped[str | None] = column(
        Day(), "Maintenance end", "maintenance until; support end; support expires", group="Entitlement"
    )
    reassignable: Mapped[str | None] = column(
        YesNo(), "Reassignable", "transferable; can be reassigned", group="Entitlement"
    )
    notes: Mapped[str | None] = column(
        LongText(), "Notes", "note; comments; remarks", group="Notes", search=True, merge=Merge.APPEND
    )


class Seat(Record):
    """An entitlement given to a person or a device."""

    __tablename__ = "seat"

    entitlement: Mapped[str | None] = column(
        Ref("entitlement"),
        "Entitlement",
        "licence; license; software; product; item name",
        group="Seat",
        required=True,
        shown=True,
    )
    person: Mapped[str | None] = column(
        Ref("person"), "Person", "user; assigned to; full name; email; username; employee", group="Seat", shown=True
    )
    device: Mapped[str | None] = column(
        Ref("asset"), "Device", "asset; asset tag; computer; device name; hostname", group="Seat", shown=True
    )
    assigned_on: Mapped[str | None] = column(
        Day(), "Assigned on", "assigned date; date assigned; license assign date", group="Seat", shown=True
    )
    released_on: Mapped[str | None] = column(
        Day(), "Released on", "date released; reclaimed on; removed on", group="Seat", shown=True
    )
    last_used: Mapped[str | None] = column(
        Day(),
        "Last used",
        "last activity; last activity date; last login",
        group="Seat",
        shown=True,
        merge=Merge.LATEST,
    )
    notes: Mapped[str | None] = column(
        LongText(), "Notes", "note; comments", group="Notes", search=True, merge=Merge.APPEND
    )


class Installation(Record):
    """Software that was found on a device, in the words of whoever found it."""

    __tablename__ = "installation"

    raw_name: Mapped[str | None] = column(
        Text(),
        "Found name",
        "application name; applicationname; software name; productname; arpdisplayname; software; "
        "application; name; display name",
        group="Found",
        required=True,
        search=True,
        shown=True,
        index=True,
    )
    raw_publisher: Mapped[str | None] = column(
        Text(),
        "Found publisher",
        "publisher; applicationpublisher; vendor; manufacturer",
        group="Found",
        search=True,
        shown=True,
    )
    raw_version: Mapped[str | None] = column(
        Code(),
        "Found version",
        "version; applicationversion; productversion; software version",
        group="Found",
        shown=True,
    )
    product: Mapped[str | None] = column(
        Ref("product"), "Product", "licensed product; matched product", group="Found", shown=True
    )
    device: Mapped[str | None] = column(
        Ref("asset"),
        "Device",
        "asset; asset tag; tag; computer; serial number; devicename",
        group="Where and who",
        shown=True,
    )
    device_name: Mapped[str | None] = column(
        Text(),
        "Device name",
        "computer name; hostname; device; machine",
        group="Where and who",
        search=True,
        shown=True,
    )
    user: Mapped[str | None] = column(
        Text(), "User", "username; user name; userid; emailaddress; primary user", group="Where and who"
    )
    platform: Mapped[str | None] = column(Text(), "Platform", "osdescription; os; operating system", group="Found")
    installed_on: Mapped[str | None] = column(
        Day(), "Installed on", "install date; installdate; installation date", group="Found", shown=True
    )
    last_used: Mapped[str | None] = column(
        Day(), "Last used", "last usage; last run", group="Found", merge=Merge.LATEST
    )
    source: Mapped[str | None] = column(Text(), "Source", "discovery source; found by", group="Found", shown=True)
