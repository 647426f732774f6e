"""What people teach Muster about their spreadsheets: records like any other, so kept, undone and one day shared."""

from sqlalchemy.orm import Mapped

from models.fields.kinds import Code, LongText, Text
from models.schema.columns import Record, column


class Alias(Record):
    """Another name of a record: "Dell Inc." is Dell, "Eng 7" is Engine 7. Chosen once, in an import as a rule."""

    __tablename__ = "alias"

    name: Mapped[str | None] = column(
        Text(), "Name", "alias; also known as", group="Alias", required=True, shown=True, index=True
    )
    record: Mapped[str | None] = column(
        Code(), "Kind of record", "record; kind; means a", group="Alias", required=True, shown=True, index=True
    )
    target: Mapped[str | None] = column(
        Code(),
        "Means",
        "target; record id",
        group="Alias",
        required=True,
        shown=True,
        index=True,
        help="The id of the record that is meant.",
    )


class ImportProfile(Record):
    """How spreadsheets with certain headings are read: saved by a person, offered whenever they come again."""

    __tablename__ = "import_profile"

    name: Mapped[str | None] = column(Text(), "Name", "profile", group="Profile", required=True, shown=True, index=True)
    record: Mapped[str | None] = column(Code(), "Kind of record", "record; kind", group="Profile", shown=True)
    signature: Mapped[str | None] = column(
        Code(),
        "Signature",
        "headings",
        group="Profile",
        shown=True,
        index=True,
        help="A digest of the headings, in any order, case and punctuation.",
    )
    settings: Mapped[str | None] = column(
        LongText(), "Settings", "", group="Profile", help="JSON: mapping, constants, match key, how cells are read."
    )


class SavedExport(Record):
    """An export that is made again and again: which records, which columns, which kind of file."""

    __tablename__ = "saved_export"

    name: Mapped[str | None] = column(Text(), "Name", "export", group="Export", required=True, shown=True, index=True)
    record: Mapped[str | None] = column(
        Code(), "Kind of record", "record; kind", group="Export", required=True, shown=True
    )
    query: Mapped[str | None] = column(LongText(), "Query", "filter; search", group="Export", shown=True)
    columns: Mapped[str | None] = column(
        LongText(), "Columns", "fields", group="Export", shown=True, help="Keys of fields, with commas between."
    )
    file: Mapped[str | None] = column(
        LongText(),
        "File",
        "path; file name",
        group="Export",
        shown=True,
        help="Where it is written. {date} and {time} stand for the moment of writing.",
    )
