"""Names that mean another row of the same sheet: a manager in a list of people, a place inside another one."""

from collections.abc import Mapping, Sequence

from models.query.names import plain

#: Fields by whose values people name a record, by table.
_FORMS = {
    "asset": ("tag", "serial", "hostname", "name"),
    "person": ("name", "email", "username", "employee_number"),
    "location": ("name", "code"),
    "department": ("name", "code"),
}
_ROW = "row:"


class RowNames:
    """The rows of a sheet by the names that its columns give them."""

    def __init__(
        self, table: str, columns: Mapping[str, Sequence[str | None]], extra: Mapping[int, Mapping[str, str | None]]
    ) -> None:
        """`extra` has names that were put together of several columns, by row."""
        self._rows: dict[str, int] = {}
        self._several: set[str] = set()
        for key in _FORMS.get(table, ()):
            for row, value in enumerate(columns.get(key, ())):
                if value:
                    self._know(plain(value), row)
            if key == "name":
                for row, values in extra.items():
                    if name := values.get("name"):
                        self._know(plain(name), row)

    def meant(self, name: str) -> str | None:
        """A stand-in for the id of the row that the name means; None where it means none or several."""
        form = plain(name)
        return f"{_ROW}{self._rows[form]}" if form in self._rows and form not in self._several else None

    def _know(self, form: str, row: int) -> None:
        if self._rows.setdefault(form, row) != row:
            self._several.add(form)


def stands_for_row(value: str | None) -> bool:
    """Whether a value is a stand-in."""
    return value is not None and value.startswith(_ROW)


def row_of(value: str | None) -> int | None:
    """The row that a stand-in stands for."""
    return int(value[len(_ROW) :]) if value and value.startswith(_ROW) else None
