"""What is counted and not tagged: accessories, consumables, spare parts."""

from sqlalchemy.orm import Mapped

from models.fields.field import Merge
from models.fields.kinds import Code, Day, LongText, Money, Ref, Text, Whole
from models.schema.choices import STOCK_TYPE
from models.schema.columns import Record, column


class Stock(Record):
    """So many of one thing in one place. Keyboards and toner have no tags; what has one is an asset."""

    __tablename__ = "stock"

    name: Mapped[str | None] = column(
        Text(),
        "Name",
        "item; item name; item description; part; part name; part description; accessory; consumable; "
        "component; product; "
        "product name; description; model name; model",
        group="Item",
        required=True,
        search=True,
        shown=True,
        index=True,
    )
    stock_type: Mapped[str | None] = column(
        STOCK_TYPE, "Type", "stock type; item type; kind of item", group="Item", shown=True
    )
    category: Mapped[str | None] = column(
        Text(), "Category", "class; group; product category", group="Item", search=True, shown=True
    )
    manufacturer: Mapped[str | None] = column(
        Ref("manufacturer"), "Manufacturer", "make; maker; brand; mfr", group="Item", shown=True
    )
    model_number: Mapped[str | None] = column(
        Code(), "Model number", "model no; model no.; part number; part no; mpn", group="Item", search=True, shown=True
    )
    item_number: Mapped[str | None] = column(
        Code(), "Item number", "item no; item no.; sku; stock number; stock no", group="Item", search=True
    )
    serial: Mapped[str | None] = column(
        Code(), "Serial or lot number", "serial number; serial; lot; lot number; batch", group="Item", search=True
    )
    quantity: Mapped[int | None] = column(
        Whole(),
        "Quantity",
        "qty; count; on hand; qty on hand; quantity on hand; in stock; qty in stock; stock level; stock; "
        "total quantity; total; "
        "current stock; number",
        group="Item",
        shown=True,
    )
    minimum: Mapped[int | None] = column(
        Whole(),
        "Minimum",
        "min qty; min quantity; minimum quantity; min amount; min. amount; min stock; minimum stock; min; "
        "reorder point; reorder level; reorder at; par level",
        group="Item",
        shown=True,
        help="Order more when there are fewer.",
    )
    counted_on: Mapped[str | None] = column(
        Day(),
        "Counted on",
        "count date; date counted; last counted; last count; last count date; inventory date; date; as of",
        group="Item",
        merge=Merge.LATEST,
    )
    location: Mapped[str | None] = column(
        Ref("location"), "Location", "place; site; storage; bin; shelf; warehouse", group="Where and who", shown=True
    )
    department: Mapped[str | None] = column(Ref("department"), "Department", "dept; division", group="Where and who")
    owner: Mapped[str | None] = column(Text(), "Owner", "company; title holder", group="Where and who")
    vendor: Mapped[str | None] = column(Ref("vendor"), "Vendor", "supplier; reseller; vendor name", group="Purchase")
    acquired_on: Mapped[str | None] = column(
        Day(), "Acquired on", "purchase date; date purchased; received", group="Purchase"
    )
    cost: Mapped[str | None] = column(
        Money(), "Cost", "purchase cost; unit cost; price; purchase price; unit price", group="Purchase"
    )
    po_number: Mapped[str | None] = column(
        Code(), "PO number", "po; purchase order; order number; order no; po #", group="Purchase", search=True
    )
    notes: Mapped[str | None] = column(
        LongText(), "Notes", "note; comments; remarks", group="Notes", search=True, merge=Merge.APPEND
    )
