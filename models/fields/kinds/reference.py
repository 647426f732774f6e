"""A reference to another record: people type and read its name, the database holds its id."""

from models.fields.kind import Kind, Notes, one_line, refuse_destroyed


class Ref(Kind):
    """Points to a record of another table.

    `parse` gives back the name that was typed, in one line; whoever holds the database finds the row of that
    name. The canonical form is the row's id, and only the database knows what to show for it.
    """

    def __init__(self, table: str, word: str = "", *, memory: bool = False) -> None:
        """`table` holds the records; `word` is the kind of record, if it is not the table's name.

        `memory`: it tells what was once so, and keeps nobody from deleting the record.
        """
        self.table = table
        self.memory = memory
        self.name = word or table

    def parse(self, text: str, notes: Notes) -> str | None:
        """The name, in one line. Raises BadValue "cell.destroyed-number": assets are named by numbers as well."""
        text = one_line(text)
        refuse_destroyed(text)
        return text or None

    def describe(self) -> dict[str, object]:
        """The kind of record that it points to."""
        return {"name": self.name, "reference": self.table}
