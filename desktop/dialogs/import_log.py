"""The log of imports: who brought in which file when, with what counts; and the way back from each."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHeaderView, QListWidget, QTableView, QVBoxLayout, QWidget
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.grid.delegate import ROW_HEIGHT
from desktop.grid.model import Index
from desktop.importing.taking_back import Taken, take_back
from desktop.jobs import Task
from desktop.phrases import count
from desktop.phrases.history import who
from desktop.phrases.undoing import kept_told
from desktop.theme import STEP
from desktop.widgets import button, frame, label, row, stack
from models.exchange.log import Imported, imports
from models.rules.rights import may_undo_anyones
from models.schema.records import RECORDS

_TITLES = ("When", "Who", "File", "Sheet", "As", "New", "Changed", "Same", "Refused", "")
_WIDTHS = (156, 120, 190, 110, 96, 72, 92, 72, 88, 80)
_NUMBERS = range(5, 9)
_KEPT = 132
_DISPLAY, _ALIGN, _TIP = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.TextAlignmentRole, Qt.ItemDataRole.ToolTipRole
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_NOWHERE = QModelIndex()


class _LogModel(QAbstractTableModel):
    """The imports, latest first."""

    def __init__(self) -> None:
        super().__init__()
        self.imports: list[Imported] = []

    def show_imports(self, found: list[Imported]) -> None:
        self.beginResetModel()
        self.imports = found
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent.isValid() else len(self.imports)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802 (Qt's name)
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _ALIGN:
            return _RIGHT if section in _NUMBERS else _LEFT
        return _TITLES[section] if role == _DISPLAY else None

    def data(self, index: Index, role: int = 0) -> object:
        each, section = self.imports[index.row()], index.column()
        if role == _ALIGN:
            return _RIGHT if section in _NUMBERS else _LEFT
        if role == _TIP and section == 2:
            return f"{each.file}\nFingerprint (SHA-256): {each.sha256}"
        return self._texts(each)[section] if role == _DISPLAY else None

    @staticmethod
    def _texts(each: Imported) -> tuple[str, ...]:
        when = each.when.astimezone()
        kind = RECORDS[each.kind].plural if each.kind in RECORDS else each.kind
        numbers = (f"{number:,}" for number in (each.new, each.changed, each.same, each.refused))
        undone = "undone" if each.undone_by else ""
        return (
            f"{when.day} {when:%b %Y %H:%M}",
            who(each.author, each.login),
            each.file,
            each.sheet,
            kind,
            *numbers,
            undone,
        )


class ImportLogDialog(QDialog):
    """Lists the imports; undoes the one that is chosen and says what was kept."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Imports")
        self.resize(1080, 520)
        self._desk = desk
        self.model = _LogModel()
        self.view = QTableView()
        self._none = label("Nothing was imported yet. Import spreadsheets with Ctrl+I.", "muted")
        self._words = label("", wrap=True)
        self._kept = QListWidget()
        self._kept.setObjectName("roomy")
        self._kept.setAccessibleName("What the undo left as it was")
        self._kept.setMaximumHeight(_KEPT)
        self._kept.hide()
        self.undo = button("Undo this import", self.take_back, drawing="undo")
        self._close = button("Close", self.accept)
        self._assemble()
        desk.changed.connect(lambda _changes: self._ask())
        desk.said.connect(self._words.setText)
        self._ask()

    @property
    def text(self) -> str:
        """What is said of the last undo."""
        return self._words.text()

    @property
    def kept(self) -> list[str]:
        """What the last undo left as it was, a sentence each."""
        return [self._kept.item(at).text() for at in range(self._kept.count())]

    def take_back(self) -> None:
        """Undo the import that is chosen."""
        at = self.view.currentIndex().row()
        if not 0 <= at < len(self.model.imports) or not self.undo.isEnabled():
            return
        each = self.model.imports[at]
        self.undo.setEnabled(False)

        def done(taken: Taken) -> None:
            kept = kept_told(taken.report.kept) or "All is as it was before."
            records = count(taken.report.changes.count, "record")
            self._words.setText(f"Undone: the import of {each.file}, {records}. {kept}")
            self._kept.clear()
            self._kept.addItems(taken.lines)
            self._kept.setVisible(bool(taken.lines))

        take_back(self._desk, self, each.action, f"Undo the import of {each.file}", done)

    # Inside

    def _assemble(self) -> None:
        view = self.view
        view.setObjectName("spaced")
        view.setModel(self.model)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        view.setAccessibleName("Imports, latest first")
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for section, wide in enumerate(_WIDTHS):
            view.setColumnWidth(section, wide)
        self._none.setContentsMargins(4 * STEP, 4 * STEP, 4 * STEP, 0)
        foot = row(self._words, self.undo, self._close, gap=2, margin=3)
        foot.setStretch(0, 1)
        inside = stack(self._none, view, self._kept, frame("foot", foot), gap=0)
        inside.setStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(inside)
        view.selectionModel().currentRowChanged.connect(lambda _now, _before: self._settle())
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self.take_back)

    def _ask(self) -> None:
        def work(connection: Connection, _task: Task) -> list[Imported]:
            return imports(connection)

        self._desk.read(work, self._show, owner=self)

    def _show(self, found: list[Imported]) -> None:
        at = max(0, self.view.currentIndex().row())
        self.model.show_imports(found)
        self._none.setVisible(not found)
        self.view.setVisible(bool(found))
        if found:
            self.view.setCurrentIndex(self.model.index(min(at, len(found) - 1), 0))
            self.view.setFocus()
        self._settle()

    def _settle(self) -> None:
        at = self.view.currentIndex().row()
        each = self.model.imports[at] if 0 <= at < len(self.model.imports) else None
        may = each is not None and (each.own or may_undo_anyones(self._desk.role)) and self._desk.may()
        self.undo.setEnabled(may and each is not None and each.undone_by is None)
        self.undo.setToolTip("" if may or each is None else "Only an administrator takes back what others imported.")
