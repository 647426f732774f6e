"""Label designs and stocks that people made: records, so kept, undone and one day shared like any other."""

from sqlalchemy.orm import Mapped

from models.fields.kinds import LongText, Text
from models.schema.columns import Record, column


class LabelDesign(Record):
    """How a label looks. `data` is what `resources/labels/designs.json` has for one design, as JSON."""

    __tablename__ = "label_design"

    name: Mapped[str | None] = column(
        Text(), "Name", "design", group="Design", required=True, search=True, shown=True, index=True
    )
    about: Mapped[str | None] = column(Text(), "About", "description", group="Design", shown=True)
    data: Mapped[str | None] = column(LongText(), "Data", "", group="Design", help="JSON: size and boxes.")


class LabelStock(Record):
    """A sheet or roll of labels with its measures. `data` is what `resources/labels/stocks.json` has for one stock."""

    __tablename__ = "label_stock"

    name: Mapped[str | None] = column(
        Text(), "Name", "stock; label stock", group="Stock", required=True, search=True, shown=True, index=True
    )
    about: Mapped[str | None] = column(Text(), "About", "description", group="Stock", shown=True)
    data: Mapped[str | None] = column(LongText(), "Data", "", group="Stock", help="JSON: page, label, grid, pitch.")
