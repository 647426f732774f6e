"""One editor for each kind of value. All of them speak canonical text and check as the person types."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.icons import icon
from desktop.lineedit import LineEdit
from desktop.widgets import restyle
from models.fields.field import Field
from models.fields.kinds import Choice, Day, LongText, Ref, YesNo
from models.fields.problem import BadValue, Problem
from models.rules.tag_book import names_assets

_NOTES_HEIGHT = 96


class Editor(QWidget):
    """Edits one value. `changed` is sent as the person types, `done` when they leave it or press Enter.

    `problem` is what is wrong with what stands there now, `warnings` what is odd about it. `beside` gives the
    canonical values of the record's other fields; `roomy` is false where there is room for one line only.
    """

    changed = Signal()
    done = Signal()

    def __init__(self, field: Field, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.problem: Problem | None = None
        self.warnings: list[Problem] = []
        self.beside: Callable[[], Mapping[str, str | None]] = dict
        self.roomy = True
        self._inner = inner
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(inner)
        inner.setAccessibleName(field.label)
        inner.setAccessibleDescription(field.help)
        if field.help:
            inner.setToolTip(field.help)
        self.setFocusProxy(inner)

    def text(self) -> str:
        """What stands there."""
        raise NotImplementedError

    def put(self, text: str) -> None:
        """Show that text."""
        raise NotImplementedError

    def show_value(self, canonical: str | None, shown: str) -> None:
        """Show a value as it is kept, without `changed`."""
        self.blockSignals(True)
        self.put(shown)
        self.blockSignals(False)
        self.check()

    def fill(self, text: str) -> None:
        """Put a text there as if it were typed."""
        self.put(text)
        self._typed()

    def check(self) -> str | None:
        """The canonical form of what stands there; None with `problem` set when it cannot be taken."""
        notes: list[Problem] = []
        self.problem, made = None, None
        try:
            made = self.field.kind.parse(self.text(), notes)
        except BadValue as bad:
            self.problem = bad.problem
        else:
            if made is None and self.field.required:
                self.problem = Problem("field.required", field=self.field.key)
        self.warnings = [] if self.problem else notes
        restyle(self._inner, "state", "bad" if self.problem else "warn" if notes else "")
        return made

    def quieten(self) -> None:
        """Look like plain text until pointed at or focused, as in the record panel."""
        restyle(self._inner, "quiet", "true")

    def lock(self, *, locked: bool) -> None:
        """Only show the value, which can still be read and copied; or let it be edited again."""
        raise NotImplementedError

    def _typed(self) -> None:
        self.check()
        self.changed.emit()


class LineEditor(Editor):
    """Text in one line."""

    def __init__(self, field: Field, mono: bool, desk: Desk) -> None:
        self.line = LineEdit()
        super().__init__(field, self.line)
        if mono:
            self.line.setFont(desk.look.mono)
        self.line.textEdited.connect(lambda _text: self._typed())
        self.line.editingFinished.connect(self.done)

    def text(self) -> str:
        """What stands there."""
        return self.line.text()

    def put(self, text: str) -> None:
        """Show that text."""
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def lock(self, *, locked: bool) -> None:
        """Only show the value."""
        self.line.setReadOnly(locked)


class DayEditor(LineEditor):
    """A day, typed in any usual way or taken from a calendar."""

    def __init__(self, field: Field, desk: Desk) -> None:
        super().__init__(field, False, desk)
        self._open = self.line.addAction(icon("day"), QLineEdit.ActionPosition.TrailingPosition)
        self._open.setToolTip("Choose from a calendar")
        self._open.triggered.connect(self._choose)
        self._calendar: QCalendarWidget | None = None

    def lock(self, *, locked: bool) -> None:
        """Only show the value."""
        super().lock(locked=locked)
        self._open.setVisible(not locked)

    def _choose(self) -> None:
        calendar = QCalendarWidget(self)
        calendar.setWindowFlags(Qt.WindowType.Popup)
        calendar.setAccessibleName(self.field.label)
        canonical = self.check()
        if canonical:
            calendar.setSelectedDate(QDate.fromString(canonical, Qt.DateFormat.ISODate))
        calendar.activated.connect(self._take)
        calendar.clicked.connect(self._take)
        calendar.move(self.mapToGlobal(QPoint(0, self.height())))
        calendar.show()
        self._calendar = calendar

    def _take(self, day: QDate) -> None:
        self.put(self.field.kind.format(day.toString(Qt.DateFormat.ISODate)))
        if self._calendar is not None:
            self._calendar.close()
            self._calendar.deleteLater()
            self._calendar = None
        self._typed()
        self.done.emit()


class NotesEditor(Editor):
    """Text of several lines. Tab goes on to the next field."""

    def __init__(self, field: Field) -> None:
        self.box = QPlainTextEdit()
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(_NOTES_HEIGHT)
        super().__init__(field, self.box)
        self.box.textChanged.connect(self._typed)

    def text(self) -> str:
        """What stands there."""
        return self.box.toPlainText()

    def put(self, text: str) -> None:
        """Show that text."""
        self.box.blockSignals(True)
        self.box.setPlainText(text)
        self.box.blockSignals(False)

    def lock(self, *, locked: bool) -> None:
        """Only show the value."""
        self.box.setReadOnly(locked)


class _Combo(QComboBox):
    """A combo box that the wheel leaves alone unless it has the focus; a locked one only shows its value."""

    locked = False

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        if self.hasFocus() and not self.locked:
            super().wheelEvent(event)
        else:
            event.ignore()

    def showPopup(self) -> None:  # noqa: N802 (Qt's name)
        if not self.locked:
            super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if self.locked:
            event.ignore()
        elif event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.showPopup()
        else:
            super().keyPressEvent(event)


class ChoiceEditor(Editor):
    """One of some words; typed freely where the choice is open."""

    def __init__(self, field: Field, options: Sequence[str], free: bool) -> None:
        self.combo = _Combo()
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.combo.setEditable(free)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(8)
        self.combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.combo.addItem("")
        self.combo.addItems(list(options))
        super().__init__(field, self.combo)
        if free:
            self.combo.editTextChanged.connect(lambda _text: self._typed())
            self.combo.activated.connect(lambda _at: self.done.emit())
            line = self.combo.lineEdit()
            if line is not None:
                line.setAccessibleName(field.label)
                line.editingFinished.connect(self.done)
        else:
            self.combo.currentTextChanged.connect(lambda _text: self._typed())
            self.combo.activated.connect(lambda _at: self.done.emit())

    def text(self) -> str:
        """What stands there."""
        return self.combo.currentText()

    def put(self, text: str) -> None:
        """Show that text."""
        self.combo.blockSignals(True)
        at = self.combo.findText(text)
        if at < 0 and not self.combo.isEditable():
            self.combo.addItem(text)
            at = self.combo.count() - 1
        self.combo.setCurrentIndex(at)
        if self.combo.isEditable():
            self.combo.setEditText(text)
        self.combo.blockSignals(False)

    def lock(self, *, locked: bool) -> None:
        """Only show the value."""
        self.combo.locked = locked
        restyle(self.combo, "locked", "true" if locked else "")
        if (line := self.combo.lineEdit()) is not None:
            line.setReadOnly(locked)


def make_editor(desk: Desk, field: Field) -> Editor:
    """The editor that suits the field's kind."""
    kind = field.kind
    if isinstance(kind, Ref):
        from desktop.forms.reference import ReferenceEditor

        return ReferenceEditor(field, desk)
    if isinstance(kind, Choice):
        return ChoiceEditor(field, list(kind.options.values()), kind.open)
    if isinstance(kind, YesNo):
        return ChoiceEditor(field, [kind.format("yes"), kind.format("no")], False)
    if isinstance(kind, LongText):
        return NotesEditor(field)
    if isinstance(kind, Day):
        return DayEditor(field, desk)
    if names_assets(field):
        from desktop.forms.tag_editor import TagEditor

        return TagEditor(field, desk)
    return LineEditor(field, kind.mono, desk)
