"""A page of records: its title and count, what can be done, and a table for each kind that it shows."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.grid.table import RecordsTable
from desktop.pages.places import Place
from desktop.theme import STEP
from desktop.widgets import button, frame, label, row, stack
from models.schema.records import RECORDS

_BESIDE = 2
"""So many tabs fit beside the title; more have a row of their own."""


class RecordsPage(QWidget):
    """`table_changed` when another of its tables is shown; `asked` names a command that a button stands for."""

    table_changed = Signal(object)
    table_made = Signal(object)
    asked = Signal(str)

    def __init__(self, desk: Desk, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.place = place
        self._tables: dict[str, RecordsTable] = {}
        self._title = label(place.title, "title")
        self._count = label("", "muted")
        self._kinds = QTabBar()
        self._view = button("View ▾")
        self._views = QMenu(self)
        self._stack = QStackedWidget()

        self._assemble()

        self._kinds.currentChanged.connect(lambda at: self.show_kind(place.words[at]))
        self._views.aboutToShow.connect(self._list_views)

    @property
    def table(self) -> RecordsTable:
        """The table that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, RecordsTable) else self.show_kind(self.place.words[0])

    def show_kind(self, word: str) -> RecordsTable:
        """Show the table of that kind; it is made when it is first shown."""
        table = self._tables.get(word)
        if table is None:
            table = self._tables[word] = RecordsTable(self._desk, word)
            table.counted.connect(self._tell)
            table.view.selectionModel().selectionChanged.connect(lambda *_: self._tell())
            self._stack.addWidget(table)
            self.table_made.emit(table)
        self._stack.setCurrentWidget(table)
        self._kinds.blockSignals(True)
        self._kinds.setCurrentIndex(self.place.words.index(word))
        self._kinds.blockSignals(False)
        table.wake()
        self._tell()
        self.table_changed.emit(table)
        return table

    def _assemble(self) -> None:
        self._kinds.setVisible(len(self.place.words) > 1)
        self._kinds.setDrawBase(False)
        self._kinds.setExpanding(False)
        self._kinds.setUsesScrollButtons(False)
        self._kinds.setAccessibleName("Kinds of record")
        self._kinds.blockSignals(True)
        for word in self.place.words:
            self._kinds.addTab(RECORDS[word].plural)
        self._kinds.blockSignals(False)
        self._view.setMenu(self._views)
        self._view.setAccessibleName("Saved views")
        many = len(self.place.words) > _BESIDE
        first = row(
            self._title,
            self._count,
            *([] if many else [self._kinds]),
            None,
            self._view,
            button("Columns", lambda: self.asked.emit("view.columns")),
            button("Export", lambda: self.asked.emit("file.export")),
            gap=2,
        )
        head = stack(first, *([self._kinds] if many else []), gap=1)
        head.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 2 * STEP)
        top = frame("pagehead", head)
        top.setStyleSheet("#pagehead { border: none; }")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(top)
        layout.addWidget(self._stack, 1)

    def _tell(self) -> None:
        shown = self._stack.currentWidget()
        if isinstance(shown, RecordsTable):
            said = f"{shown.found:,} found" if shown.query else f"{shown.found:,}"
            chosen = shown.chosen_count()
            said += f" · {chosen:,} chosen" if chosen > 1 else ""
            self._count.setText("Looking …" if shown.model.loading and not shown.found else said)

    def _list_views(self) -> None:
        menu, table = self._views, self.table
        menu.clear()
        menu.addAction("All, without filters", table.show_all)
        menu.addSeparator()
        for view in table.views.all():
            menu.addAction(view.name, partial(table.show_view, view))
        if table.views.all():
            menu.addSeparator()
        menu.addAction("Save this view…", lambda: self.asked.emit("view.save"))
        forget = menu.addMenu("Forget a view")
        for view in table.views.all():
            forget.addAction(view.name, partial(table.views.remove, view.name))
        forget.setEnabled(bool(table.views.all()))
