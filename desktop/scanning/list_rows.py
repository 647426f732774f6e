"""The rows of the scanned list as people read them."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QFont
from sqlalchemy import Connection, func, select

from desktop.desk import Desk
from desktop.grid.model import Index
from desktop.pages.search import Hit, hits_of
from models.fields.kinds import Moment
from models.scanning.listed import Listed
from models.schema.records import RECORDS

TITLES = ("Name", "What it is", "Kind", "Status", "Scanned")
GONE = "It is not there any more."
_AT_ONCE = 500
_DISPLAY, _FONT = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.FontRole
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class ListRow:
    """One record of the list. `nr` is its local number, -1 where the record is gone; `texts` go under `TITLES`."""

    listed: Listed
    nr: int
    texts: tuple[str, ...]

    @property
    def table(self) -> str:
        """The table of the record."""
        return RECORDS[self.listed.word].table


def list_rows(connection: Connection, desk: Desk, listed: Sequence[Listed]) -> list[ListRow]:
    """What is on the list, the last one first. For a reader's thread."""
    by_word: dict[str, list[str]] = defaultdict(list)
    for each in listed:
        by_word[each.word].append(each.row)
    numbers: dict[str, int] = {}
    hits: dict[tuple[str, int], Hit] = {}
    for word, ids in by_word.items():
        numbers |= _numbers(connection, word, ids)
        found = [numbers[row] for row in ids if row in numbers]
        for at in range(0, len(found), _AT_ONCE):
            hits |= {(word, hit.nr): hit for hit in hits_of(connection, desk, word, found[at : at + _AT_ONCE])}
    moment = Moment()
    return [_row(each, numbers, hits, moment.format(each.at) if each.at else "") for each in reversed(listed)]


def _row(each: Listed, numbers: Mapping[str, int], hits: Mapping[tuple[str, int], Hit], when: str) -> ListRow:
    hit = hits.get((each.word, numbers.get(each.row, -1)))
    kind = RECORDS[each.word].label
    if hit is None:
        return ListRow(each, -1, ("", GONE, kind, "", when))
    return ListRow(each, hit.nr, (hit.name, hit.detail, kind, hit.status, when))


def _numbers(connection: Connection, word: str, ids: Sequence[str]) -> dict[str, int]:
    """The local numbers of those of the records that are there, by id."""
    rows = RECORDS[word].sql
    among = func.json_each(json.dumps(list(ids))).table_valued("value")
    live = select(rows.c.id, rows.c.nr).where(rows.c.id.in_(select(among.c.value)), rows.c.deleted.is_(None))
    return {str(row): int(nr) for row, nr in connection.execute(live)}


class ListModel(QAbstractTableModel):
    """The scanned list, the last scan on top."""

    def __init__(self, mono: QFont) -> None:
        super().__init__()
        self.rows: list[ListRow] = []
        self._mono = mono

    def show_rows(self, rows: list[ListRow]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """How many columns there are."""
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802 (Qt's name)
        """What a heading shows."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return TITLES[section] if role == _DISPLAY else None

    def data(self, index: Index, role: int = 0) -> object:
        """What a cell shows; tags in the face of identifiers."""
        row = self.rows[index.row()]
        if role == _FONT and index.column() == 0 and row.table == "asset":
            return self._mono
        return row.texts[index.column()] if role == _DISPLAY else None
