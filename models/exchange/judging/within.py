"""Names that mean another row of the same sheet: a manager in a list of people, a place inside another one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from models.query.names import PATH, plain

#: Fields by whose values people name a record, by table.
_FORMS = {
    "asset": ("tag", "serial", "hostname", "name"),
    "person": ("name", "email", "username", "employee_number"),
    "location": ("name", "code", "unit_number"),
    "department": ("name", "code"),
}
_TREES = ("location", "department")
_ROW = "row:"


class RowNames:
    """The rows of a sheet by the names that its columns give them."""

    def __init__(
        self, table: str, columns: Mapping[str, Sequence[str | None]], extra: Mapping[int, Mapping[str, str | None]]
    ) -> None:
        """`columns` hold references as they are written; `extra` has names that were put together, by row."""
        self._rows: dict[str, dict[int, None]] = {}
        for key in _FORMS.get(table, ()):
            for row, value in enumerate(columns.get(key, ())):
                if value:
                    self._know(value, row)
        for row, values in extra.items():
            if name := values.get("name"):
                self._know(name, row)
        if table == "person" and "given_name" in columns and "family_name" in columns:
            for row, (given, family) in enumerate(zip(columns["given_name"], columns["family_name"], strict=True)):
                if given and family:
                    self._know(f"{given} {family}", row)
                    self._know(f"{family}, {given}", row)
        if table in _TREES and "name" in columns and "parent" in columns:
            self._know_ways(columns["name"], columns["parent"])

    def meant(self, name: str) -> Sequence[int]:
        """The rows that a name may mean; more than one where it is ambiguous."""
        return tuple(self._rows.get(plain(name), ()))

    def _know(self, form: str, row: int) -> None:
        self._rows.setdefault(plain(form), {})[row] = None

    def _know_ways(self, names: Sequence[str | None], parents: Sequence[str | None]) -> None:
        """Rows by the way to them as well: "City Hall / 2", "2 / 204", "City Hall / 2 / 204".

        A parent may be named by a way itself, so what is inside of what is found out level by level.
        """
        waiting = {row: parent for row, parent in enumerate(parents) if parent and names[row]}
        above: dict[int, int] = {}
        while waiting:
            settled = {row: rows[0] for row, parent in waiting.items() if len(rows := self.meant(parent)) == 1}
            if not settled:
                break
            above.update(settled)
            for row in settled:
                del waiting[row]
            self._know_all(settled, names, above)
        for row, parent in waiting.items():  # the parent is no row of this sheet
            self._know(f"{parent}{PATH}{names[row]}", row)
        self._know_all(above, names, above)

    def _know_all(self, rows: Iterable[int], names: Sequence[str | None], above: Mapping[int, int]) -> None:
        for row in rows:
            for way in _ways(row, names, above):
                self._know(way, row)


def _ways(row: int, names: Sequence[str | None], above: Mapping[int, int]) -> Iterator[str]:
    way, seen = names[row] or "", {row}
    while (row := above.get(row, -1)) >= 0 and row not in seen:
        seen.add(row)
        way = f"{names[row]}{PATH}{way}"
        yield way


def stand_in(row: int) -> str:
    """What stands for the id of a row of the sheet until that is known."""
    return f"{_ROW}{row}"


def row_of(value: str | None) -> int | None:
    """The row that a stand-in stands for."""
    return int(value[len(_ROW) :]) if value and value.startswith(_ROW) else None
