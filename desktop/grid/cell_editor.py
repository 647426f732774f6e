"""Editing a value where it stands in the table.

The view's own editing asks the model's flags() for each cell, which costs seconds on a million rows; so the editor
is laid over the cell by hand.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.forms.editors import Editor, make_editor
from desktop.grid.delegate import ROW_HEIGHT
from desktop.grid.model import GridModel, Shown
from desktop.grid.view import GridView
from desktop.phrases import say
from desktop.widgets import label
from models.fields.field import Field
from models.fields.kinds import LongText

_TALL = 96
_NOTE_WIDTH = 280


class CellEditor(QObject):
    """One editor over one cell at a time. `keep` is called with place, record, field, canonical value and the text."""

    def __init__(
        self, desk: Desk, view: GridView, model: GridModel, keep: Callable[[int, Shown, Field, str | None, str], object]
    ) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view
        self._model = model
        self._keep = keep
        self._editor: Editor | None = None
        self._at = (-1, -1)
        self._record: Shown | None = None
        self._note = label("", "problem", wrap=True)
        self._note.setObjectName("cellnote")
        self._note.setParent(view.viewport())
        self._note.hide()
        view.verticalScrollBar().valueChanged.connect(self.leave)
        view.horizontalScrollBar().valueChanged.connect(self.leave)
        model.modelAboutToBeReset.connect(self.drop)

    @property
    def editor(self) -> Editor | None:
        """The editor, while one is open."""
        return self._editor

    def begin(self, row: int, column: int) -> bool:
        """Open the editor over that cell. False where the value is kept by Muster itself or not there yet."""
        self.leave()
        field = self._model.columns[column]
        shown = self._model.row(row)
        if field.kept or shown is None or field.key == "kind":
            return False
        index = self._model.index(row, column)
        self._view.scrollTo(index)
        editor = make_editor(self._desk, field)
        editor.beside, editor.roomy = (lambda: shown.values), False
        editor.setParent(self._view.viewport())
        rect = self._view.visualRect(index)
        tall = _TALL if isinstance(field.kind, LongText) else ROW_HEIGHT
        editor.setGeometry(rect.left(), rect.top(), max(rect.width(), 96), tall)
        editor.show_value(shown.values.get(field.key), shown.texts.get(field.key, ""))
        editor.changed.connect(self._hint)
        # The record is kept with it: the page that it is on may be fetched anew meanwhile.
        self._editor, self._at, self._record = editor, (row, column), shown
        self._inner().installEventFilter(self)
        editor.show()
        editor.setFocus()
        select = getattr(self._inner(), "selectAll", None)
        if select is not None:
            select()
        return True

    def leave(self) -> None:
        """Keep what stands there if it can be taken, and close."""
        editor = self._editor
        if editor is None:
            return
        canonical = editor.check()
        if editor.problem is not None:
            self._desk.said.emit(f"Not kept. {say(editor.problem)}")
        else:
            self._give(editor, canonical)
        self.drop()

    def drop(self) -> None:
        """Close without keeping anything."""
        editor, self._editor = self._editor, None
        if editor is not None:
            editor.blockSignals(True)
            had = editor.isAncestorOf(self._view.window().focusWidget() or self._view)
            editor.hide()
            editor.deleteLater()
            self._note.hide()
            if had:
                self._view.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """The keys and events that mean something here."""
        if self._editor is not None and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key == Qt.Key.Key_Escape:
                self.drop()
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self._step(1, 0)
                return True
            if key == Qt.Key.Key_Tab:
                self._step(0, 1)
                return True
            if key == Qt.Key.Key_Backtab:
                self._step(0, -1)
                return True
        return super().eventFilter(watched, event)

    def _inner(self) -> QWidget:
        assert self._editor is not None  # noqa: S101 (for the type checker)
        return self._editor.focusProxy() or self._editor

    def _step(self, down: int, right: int) -> None:
        """Keep the value and go on; stay where it cannot be taken, with the reason in sight."""
        editor = self._editor
        if editor is None:
            return
        canonical = editor.check()
        if editor.problem is not None:
            self._hint()
            return
        self._give(editor, canonical)
        self.drop()
        self._view.setFocus()
        row, column = self._at[0] + down, self._at[1] + right
        if 0 <= row < self._model.rowCount() and 0 <= column < self._model.columnCount():
            self._view.setCurrentIndex(self._model.index(row, column))
            if right:
                self.begin(row, column)

    def _give(self, editor: Editor, canonical: str | None) -> None:
        record = self._record
        if record is not None and record.values.get(editor.field.key) != canonical:
            text = editor.text() if canonical is not None else ""
            self._keep(self._at[0], record, editor.field, canonical, text)

    def _hint(self) -> None:
        editor = self._editor
        if editor is None:
            return
        if editor.problem is None:
            self._note.hide()
            return
        self._note.setText(say(editor.problem))
        self._note.setFixedWidth(max(editor.width(), _NOTE_WIDTH))
        self._note.adjustSize()
        below = editor.geometry().bottom() + 2
        above = editor.geometry().top() - self._note.height() - 2
        fits = below + self._note.height() <= self._view.viewport().height()
        left = min(editor.x(), max(0, self._view.viewport().width() - self._note.width()))
        self._note.move(left, below if fits else above)
        self._note.show()
        self._note.raise_()
