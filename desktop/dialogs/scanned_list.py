"""The list of what was scanned: looked through, printed, exported, and issued, returned or moved as one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHeaderView, QPushButton, QStackedWidget, QTableView, QVBoxLayout, QWidget
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.dialogs.ask import confirm
from desktop.grid.delegate import ROW_HEIGHT
from desktop.jobs import Task
from desktop.phrases import count
from desktop.scanning.list_rows import TITLES, ListModel, ListRow, list_rows
from desktop.scanning.modes import ScanModes
from desktop.theme import STEP
from desktop.widgets import button, frame, label, row, stack
from models.scanning.modes import Taken

_SIZE = (940, 480)
_WIDTHS = (150, 330, 110, 110, 180)
_EMPTY = "Nothing is on the list. Choose the scan mode “Add to list”, and scan."


class ScannedListDialog(QDialog):
    """`asked` carries a deed (issue, return, move, labels, show, export) and the rows that it is for.

    Those are the selected rows, all where none is selected. The dialog does not hold up the window, and scans go on.
    """

    asked = Signal(str, object)

    def __init__(self, desk: Desk, modes: ScanModes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Scanned list")
        self.resize(*_SIZE)
        self._desk = desk
        self._modes = modes
        self.model = ListModel(desk.look.mono)
        self.view = QTableView()
        self._count = label("", "muted")
        self._body = QStackedWidget()
        self._deeds: list[QPushButton] = []
        self._assemble()
        desk.scans.claim(self, modes.take)
        desk.changed.connect(lambda _changes: self._ask())
        modes.answered.connect(self._hear)
        self._ask()

    def chosen(self) -> list[ListRow]:
        """The selected rows, all where none is selected; of records that are there."""
        at = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        rows = [self.model.rows[each] for each in at] if at else self.model.rows
        return [each for each in rows if each.nr >= 0]

    def copy(self) -> None:
        """Copy the rows as TSV."""
        rows = self.chosen()
        lines = ["\t".join(TITLES), *("\t".join(each.texts) for each in rows)]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._desk.said.emit(f"Copied {count(len(rows), 'row')}.")

    def remove(self) -> None:
        """Take the selected rows off the list."""
        at = [index.row() for index in self.view.selectionModel().selectedRows()]
        self._modes.scanned.remove([self.model.rows[each].listed.row for each in at])
        self._keep()

    def clear(self) -> None:
        """Empty the list, after a question."""
        noun = count(len(self.model.rows), "record")
        if confirm(self, "Clear", f"Take {noun} off the list?", "Clear the list", "The records themselves stay."):
            self._modes.scanned.remove([each.listed.row for each in self.model.rows])
            self._keep()

    # Inside

    def _assemble(self) -> None:
        view = self.view
        view.setObjectName("spaced")
        view.setModel(self.model)
        view.setAccessibleName("Scanned list")
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        view.setShowGrid(False)
        for at, width in enumerate(_WIDTHS):
            view.setColumnWidth(at, width)
        view.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        view.horizontalHeader().setHighlightSections(False)
        view.selectionModel().selectionChanged.connect(lambda _now, _before: self._settle())
        QShortcut(QKeySequence.StandardKey.Copy, view, self.copy)
        QShortcut(QKeySequence.StandardKey.Delete, view, self.remove)
        deeds = [
            self._deed(words, deed)
            for words, deed in (
                ("Issue…", "issue"), ("Return…", "return"), ("Move…", "move"), ("Print labels…", "labels"),
                ("Show in the table", "show"), ("Export…", "export"),
            )
        ]  # fmt: skip
        self._copy = button("Copy", self.copy, drawing="copy")
        self._remove = button("Take off the list", self.remove)
        self._clear = button("Clear…", self.clear)
        nothing = QWidget()
        nothing.setLayout(stack(None, row(None, label(_EMPTY, "muted"), None), None))
        self._body.addWidget(view)
        self._body.addWidget(nothing)
        foot = row(
            self._count, None, self._copy, self._remove, self._clear, button("Close", self.close), gap=2, margin=3
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(frame("pagehead", row(*deeds, None, gap=2, margin=3)))
        layout.addWidget(self._body, 1)
        layout.addWidget(frame("foot", foot))
        layout.setSpacing(STEP)
        self._deeds = [*deeds, self._copy]
        self._settle()

    def _deed(self, words: str, deed: str) -> QPushButton:
        return button(words, lambda: self.asked.emit(deed, self.chosen()))

    def _hear(self, taken: Taken) -> None:
        if taken.answer.code in ("custody.listed", "custody.unlisted"):
            self._ask()

    def _keep(self) -> None:
        self._modes.keep_list()
        self._ask()

    def _ask(self) -> None:
        desk, listed = self._desk, self._modes.scanned.rows()

        def work(connection: Connection, _task: Task) -> list[ListRow]:
            return list_rows(connection, desk, listed)

        desk.read(work, self._show, owner=self)

    def _show(self, rows: Sequence[ListRow]) -> None:
        self.model.show_rows(list(rows))
        self._settle()

    def _settle(self) -> None:
        number = len(self.model.rows)
        selected = len(self.view.selectionModel().selectedRows())
        self._count.setText(
            f"{selected:,} of {count(number, 'record')} chosen" if selected else f"{count(number, 'record')}, all meant"
        )
        self._count.setVisible(bool(number))
        self._body.setCurrentIndex(0 if number else 1)
        for each in (*self._deeds, self._clear):
            each.setEnabled(bool(number))
        self._remove.setEnabled(bool(selected))
