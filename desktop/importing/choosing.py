"""Choosing a field out of many, and a record by part of its name."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QCompleter
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.forms.references import Offer, offer
from desktop.jobs import Job, Task
from desktop.lineedit import LineEdit
from models.fields.field import Field

_PAUSE = 120
"""Milliseconds without a key before it is asked what the text may mean."""
LEAVE_OUT = "Leave out"


class FieldBox(QComboBox):
    """A list of fields in which any part of a label can be typed. `picked` carries the key; empty leaves out."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.line = LineEdit()
        self.setEditable(True)
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(16)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._shown = ""
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.activated.connect(self._pick)
        self.line.returnPressed.connect(self._take_first)
        self.line.editingFinished.connect(self._settle)

    def offer(self, fields: Sequence[Field], *, leave_out: bool = True) -> None:
        """Offer these fields."""
        self.blockSignals(True)
        self.clear()
        if leave_out:
            self.addItem(LEAVE_OUT, "")
        for field in fields:
            self.addItem(field.label, field.key)
        self.blockSignals(False)

    def show_key(self, key: str) -> None:
        """Show a field as the one that is chosen."""
        self._shown = key
        self.blockSignals(True)
        self.setCurrentIndex(self.findData(key))
        self.line.setCursorPosition(0)
        self.blockSignals(False)

    @property
    def key(self) -> str:
        """The key of the field that is chosen."""
        return str(self.currentData() or "")

    def _pick(self, at: int) -> None:
        key = str(self.itemData(at) or "")
        if at >= 0 and key != self._shown:
            self._shown = key
            self.picked.emit(key)

    def _take_first(self) -> None:
        """Enter after a part of a label takes the first field that has it."""
        text, completer = self.line.text().strip(), self.completer()
        if text and completer is not None and self.findText(text, Qt.MatchFlag.MatchFixedString) < 0:
            completer.setCompletionPrefix(text)
            if completer.completionCount():
                self.setCurrentIndex(self.findText(completer.currentCompletion()))
                self._pick(self.currentIndex())

    def _settle(self) -> None:
        """What was typed and left: a field's label is that field, anything else goes back to what was chosen."""
        at = self.findText(self.line.text().strip(), Qt.MatchFlag.MatchFixedString)
        if at >= 0:
            self.setCurrentIndex(at)
            self._pick(at)
        else:
            self.show_key(self._shown)


class RecordSearch(LineEdit):
    """A line that finds records by part of their name. `picked` carries the id and what the record is called."""

    picked = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._table = ""
        self._job: Job | None = None
        self._found: dict[str, str] = {}
        self._names = QStringListModel(self)
        self.popup = QCompleter(self._names, self)
        self.popup.setWidget(self)
        self.popup.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.popup.activated.connect(self._choose)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._ask)
        self.textEdited.connect(lambda _text: self._timer.start())
        self.returnPressed.connect(self._enter)

    def look_in(self, table: str) -> None:
        """Look for records of that table from now on."""
        if table != self._table:
            self._table = table
            self._found = {}
            self.clear()

    def _ask(self) -> None:
        text, desk, table = self.text().strip(), self._desk, self._table
        if self._job is not None:
            self._job.cancel()
        if not text or not table:
            return

        def work(connection: Connection, _task: Task) -> Offer:
            return offer(connection, desk, table, text)

        self._job = desk.read(work, self._offer, owner=self, failed=lambda _error: None)

    def _offer(self, found: Offer) -> None:
        self._job = None
        self._found = {name: row for row, name in found.records}
        self._names.setStringList(list(self._found))
        if self.hasFocus() and self._found:
            self.popup.complete()

    def _enter(self) -> None:
        """Enter takes the only one that was found, or the one that is typed out."""
        text = self.text().strip()
        if text in self._found:
            self._choose(text)
        elif len(self._found) == 1:
            self._choose(next(iter(self._found)))

    def _choose(self, name: str) -> None:
        if name in self._found:
            self.clear()
            self.picked.emit(self._found[name], name)
