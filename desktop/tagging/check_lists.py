"""The two lists of a check of labels: what is left, place by place, and what is checked, the latest first."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from desktop.theme import Look
from models.scanning.check_list import Checkable
from models.scanning.checking import CheckSession

#: So many of what is checked are listed; nobody reads further.
_MOST = 500
_NOWHERE = "Without a place"
_CODE_WIDTH = 150


class CheckList(QTreeWidget):
    """Records by code, what they are called, and a remark."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setObjectName("spaced")
        self.setAccessibleName(name)
        self.setHeaderLabels(["Label", "Device", ""])
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(12)
        head = self.header()
        head.setStretchLastSection(True)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        head.resizeSection(0, _CODE_WIDTH)
        head.resizeSection(1, _CODE_WIDTH)

    def line(self, record: Checkable, remark: str = "") -> QTreeWidgetItem:
        """A row of the list."""
        made = QTreeWidgetItem([record.code, record.called, remark])
        made.setFont(0, self._look.mono)
        made.setData(0, Qt.ItemDataRole.UserRole, record.row)
        for column in range(3):
            made.setToolTip(column, " · ".join(filter(None, (record.code, record.called, record.place, remark))))
        return made


class LeftList(CheckList):
    """What is left, under the places where it is."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "Left to check", parent)
        self._items: dict[str, QTreeWidgetItem] = {}

    def show_session(self, session: CheckSession) -> None:
        """List all that is left."""
        self.clear()
        self._items.clear()
        for place, records in groupby(session.left, key=lambda each: each.place):
            head = QTreeWidgetItem()
            font = self.font()
            font.setBold(True)
            head.setFont(0, font)
            head.setData(0, Qt.ItemDataRole.UserRole, place or _NOWHERE)
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.addTopLevelItem(head)
            head.setFirstColumnSpanned(True)
            for record in records:
                self._items[record.row] = item = self.line(record, _remark(session, record))
                head.addChild(item)
            _count(head)
        self.expandAll()

    def take_away(self, record: Checkable) -> None:
        """A record is checked."""
        item = self._items.pop(record.row, None)
        head = item.parent() if item is not None else None
        if item is not None and head is not None:
            head.removeChild(item)
            if head.childCount():
                _count(head)
            else:
                self.takeTopLevelItem(self.indexOfTopLevelItem(head))

    def remark(self, session: CheckSession, record: Checkable) -> None:
        """Say beside a record whose device its label is on."""
        if item := self._items.get(record.row):
            item.setText(2, _remark(session, record))
            self.setCurrentItem(item)


class CheckedList(CheckList):
    """What is checked, the latest on top."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "Checked", parent)
        self.setHeaderLabels(["Label", "Device", "Place"])
        self.setIndentation(0)

    def show_records(self, records: Sequence[Checkable]) -> None:
        """List what is checked."""
        self.clear()
        self.addTopLevelItems([self.line(each, each.place) for each in records[:_MOST]])

    def put(self, record: Checkable) -> None:
        """One more is checked."""
        self.insertTopLevelItem(0, self.line(record, record.place))
        if self.topLevelItemCount() > _MOST:
            self.takeTopLevelItem(_MOST)


def _count(head: QTreeWidgetItem) -> None:
    head.setText(0, f"{head.data(0, Qt.ItemDataRole.UserRole)}  ({head.childCount():,})")


def _remark(session: CheckSession, record: Checkable) -> str:
    other = session.swapped_with(record.row)
    return f"is on {other.code}" if other else ""
