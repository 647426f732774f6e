"""Fields that the people who use Muster add themselves: their definitions are records like any other."""

from sqlalchemy.orm import Mapped

from models.fields.kinds import Code, LongText, Text, Whole, YesNo
from models.schema.choices import CUSTOM_TYPE
from models.schema.columns import Record, column


class CustomField(Record):
    """One custom field of one kind of record, or of one category of models.

    Its key begins with `x_`, is given once and never changes; the values are kept in `extra` of the records.
    """

    __tablename__ = "custom_field"

    key: Mapped[str | None] = column(Code(), "Key", "", group="Field", required=True, identity=True, shown=True)
    label: Mapped[str | None] = column(
        Text(), "Label", "name; heading", group="Field", required=True, search=True, shown=True
    )
    record: Mapped[str | None] = column(
        Code(), "Kind of record", "record; kind; applies to", group="Field", required=True, shown=True, index=True
    )
    category: Mapped[str | None] = column(
        Text(),
        "Only for category",
        "category; model category",
        group="Field",
        shown=True,
        help="Empty: for all records of the kind.",
    )
    value_type: Mapped[str | None] = column(
        CUSTOM_TYPE, "Type", "type; value type", group="Field", required=True, shown=True
    )
    options: Mapped[str | None] = column(
        LongText(), "Choices", "options; choices", group="Field", help="One choice a line, for a field of type Choice."
    )
    headings: Mapped[str | None] = column(
        LongText(),
        "Also known as",
        "headings; synonyms",
        group="Field",
        help="Headings that spreadsheets use for it, one a line.",
    )
    hint: Mapped[str | None] = column(Text(), "Help", "help; hint", group="Field")
    required: Mapped[str | None] = column(YesNo(), "Required", "mandatory", group="Field")
    position: Mapped[int | None] = column(Whole(), "Position", "order", group="Field")
