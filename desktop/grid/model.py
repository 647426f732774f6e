"""The model of the table: a vector of local row numbers, and pages of rows fetched when they are painted.

Measured on a million rows: one ordered query of row numbers, then 200 rows at a time by `nr IN (…)`. Cells are
blank until their page arrives; a reply to an older question is dropped. Roles are compared as whole numbers,
since comparing enums costs half of a repaint.
"""

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.jobs import Job, Task
from models.fields.field import Field
from models.query.window import find_ids, page

PAGE = 200
PAGES = 50
_IN_FLIGHT = 2

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_TEXTS = (_DISPLAY, _EDIT, _ACCESSIBLE)
_HORIZONTAL = Qt.Orientation.Horizontal
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_NOWHERE = QModelIndex()


class Shown(NamedTuple):
    """One row as the table holds it: canonical values and the texts that people read, by field key."""

    nr: int
    id: str
    kind: str
    values: dict[str, str | None]
    texts: dict[str, str]


def fetch(
    connection: Connection, desk: Desk, word: str, numbers: Sequence[int], fields: Sequence[Field]
) -> list[Shown | None]:
    """The rows of these numbers, in their order (None: gone by now), with the texts of these fields.

    For a reader's thread.
    """
    labels = desk.labels.reading(connection)
    keys = [field.key for field in fields]
    rows = page(connection, desk.catalogue, word, numbers, keys)
    labels.prepare(fields, (row.values for row in rows))
    made: dict[int, Shown] = {}
    for row in rows:
        texts = {}
        for field in fields:
            value = row.values.get(field.key)
            if value is not None:
                texts[field.key] = labels.shown(field, value)
        made[row.nr] = Shown(row.nr, row.id, row.kind, dict(row.values), texts)
    return [made.get(nr) for nr in numbers]


class GridModel(QAbstractTableModel):
    """The records that a query finds. `found` is sent when the vector has arrived, `failed` when it cannot."""

    found = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, word: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.word = word
        self.ids: array[int] = array("q")
        self.columns: list[Field] = []
        self.query = ""
        self.sort_by: tuple[str, bool] | None = None
        self.loading = False
        self._pages: OrderedDict[int, list[Shown | None]] = OrderedDict()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._asked: set[int] = set()
        self._search = 0
        self._edition = 0
        self._job: Job | None = None
        self._pump = QTimer(self)
        self._pump.setSingleShot(True)
        self._pump.setInterval(0)
        self._pump.timeout.connect(self._ask)

    # What is shown

    def show_columns(self, columns: Sequence[Field]) -> None:
        """Show these fields; the rows are fetched anew."""
        self.beginResetModel()
        self.columns = list(columns)
        self._forget()
        self.endResetModel()

    def find(self, query: str, sort_by: tuple[str, bool] | None) -> None:
        """Show what the query finds, in that order: a field's key, and whether it goes downwards."""
        self.query, self.sort_by = query, sort_by
        self.refresh()

    def refresh(self) -> None:
        """Ask the same anew. What is on the screen stays until the answer is there."""
        self._search += 1
        search = self._search
        if self._job is not None:
            self._job.cancel()
        self.loading = True
        catalogue, word, query, sort_by = self._desk.catalogue, self.word, self.query, self.sort_by

        def work(connection: Connection, _task: Task) -> "array[int]":
            return find_ids(connection, catalogue, word, query, sort_by)

        def done(ids: "array[int]") -> None:
            if search == self._search:
                self._job = None
                self._take(ids)

        def failed(error: BaseException) -> None:
            if search == self._search:
                self._job, self.loading = None, False
                self.failed.emit(error)

        self._job = self._desk.read(work, done, owner=self, failed=failed)

    def reload_rows(self) -> None:
        """Fetch the rows anew, keeping which there are and their order."""
        self._forget()
        if self.ids:
            last = self.index(len(self.ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # What the view asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What a cell shows."""
        if role in _TEXTS:
            return self.text(index.row(), index.column())
        if role == _ALIGN:
            return _RIGHT if self.columns[index.column()].kind.right else _LEFT
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802 (Qt's name)
        """What a heading shows."""
        if orientation == _HORIZONTAL:
            if role == _DISPLAY:
                return self.columns[section].label
            if role == _ALIGN:
                return _RIGHT if self.columns[section].kind.right else _LEFT
        elif role == _DISPLAY:
            return section + 1
        return None

    # Rows

    def row(self, at: int) -> Shown | None:
        """The row in that place, or None while its page is on the way."""
        number, offset = divmod(at, PAGE)
        rows = self._pages.get(number)
        if rows is None:
            self._want(number)
            return None
        return rows[offset] if offset < len(rows) else None

    def text(self, at: int, column: int) -> str:
        """What people read in a cell; empty while its page is on the way."""
        row = self.row(at)
        return row.texts.get(self.columns[column].key, "") if row is not None else ""

    def place(self, nr: int) -> int:
        """The place of a local row number; -1 when it is not shown."""
        try:
            return self.ids.index(nr)
        except ValueError:
            return -1

    def amend(self, at: int, key: str, canonical: str | None, text: str) -> None:
        """Show a value that is being written, until its row is fetched anew."""
        row = self.row(at)
        if row is None:
            return
        row.values[key] = canonical
        row.texts[key] = text
        column = next((place for place, field in enumerate(self.columns) if field.key == key), 0)
        self.dataChanged.emit(self.index(at, column), self.index(at, column))

    # Pages

    def _take(self, ids: "array[int]") -> None:
        self.beginResetModel()
        self.ids = ids
        self._forget()
        self.loading = False
        self.endResetModel()
        self.found.emit()

    def _forget(self) -> None:
        self._edition += 1
        self._pages.clear()
        self._wanted.clear()
        self._asked.clear()

    def _want(self, number: int) -> None:
        if number not in self._asked:
            self._wanted[number] = None
            self._wanted.move_to_end(number)
            if not self._pump.isActive():
                self._pump.start()

    def _ask(self) -> None:
        # The newest wish first: while someone drags the scroll bar, the pages passed by are of no use.
        while self._wanted and len(self._asked) < _IN_FLIGHT:
            number, _ = self._wanted.popitem()
            self._fetch(number)
        while len(self._wanted) > _IN_FLIGHT:
            self._wanted.popitem(last=False)

    def _fetch(self, number: int) -> None:
        edition = self._edition
        numbers = self.ids[number * PAGE : (number + 1) * PAGE]
        fields, desk, word = list(self.columns), self._desk, self.word
        self._asked.add(number)

        def done(rows: list[Shown | None]) -> None:
            if edition != self._edition:
                return
            self._asked.discard(number)
            self._pages[number] = rows
            while len(self._pages) > PAGES:
                self._pages.popitem(last=False)
            first = number * PAGE
            last = min(first + PAGE, len(self.ids)) - 1
            if last >= first and self.columns:
                self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
            if self._wanted:
                self._pump.start()

        def failed(error: BaseException) -> None:
            if edition == self._edition:
                self._asked.discard(number)
                self.failed.emit(error)

        desk.read(
            lambda connection, _task: fetch(connection, desk, word, numbers, fields), done, owner=self, failed=failed
        )
