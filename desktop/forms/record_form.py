"""The form of one record: its fields by group, each with its label, its editor and, under it, what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.forms.editors import Editor, make_editor
from desktop.phrases import say
from desktop.theme import STEP
from desktop.widgets import button, label, restyle
from models.fields.field import Field

_LABEL_WIDTH = 116
_MOST_WIDE = 760


@dataclass
class _Line:
    field: Field
    label: QLabel
    editor: Editor
    note: QLabel
    before: str | None = None
    shown: str = ""
    touched: bool = False

    def show(self, visible: bool) -> None:
        self.label.setVisible(visible)
        self.editor.setVisible(visible)
        self.note.setVisible(visible and bool(self.note.text()))


class RecordForm(QScrollArea):
    """Edits the values of one record. `changed` is sent with each keystroke, `committed` when a field is left."""

    changed = Signal()
    committed = Signal()

    def __init__(self, desk: Desk, *, quiet: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._quiet = quiet
        self._lines: dict[str, _Line] = {}
        self._heads: list[tuple[QLabel, list[_Line]]] = []
        self._more = button("", self._toggle, role="link")
        self._all = not quiet
        self._out: set[str] = set()
        self._locked = False
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def build(self, fields: Sequence[Field]) -> None:
        """Make the editors of these fields."""
        self._lines.clear()
        self._heads.clear()
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setMaximumWidth(_MOST_WIDE)
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 4 * STEP)
        outer.setSpacing(STEP)
        groups = dict.fromkeys(field.group for field in fields)
        for group in groups:
            head = label(group, "heading")
            head.setContentsMargins(0, 2 * STEP, 0, 0)
            grid = QGridLayout()
            grid.setHorizontalSpacing(2 * STEP)
            grid.setVerticalSpacing(STEP)
            grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
            grid.setColumnStretch(1, 1)
            lines = [self._line(grid, field) for field in fields if field.group == group]
            outer.addWidget(head)
            outer.addLayout(grid)
            self._heads.append((head, lines))
        self._more = button("", self._toggle, role="link")
        outer.addWidget(self._more)
        outer.addStretch(1)
        self.setWidget(inside)
        self._settle()

    def show_values(self, values: Mapping[str, str | None], texts: Mapping[str, str]) -> None:
        """Show a record's values as they are kept."""
        for key, line in self._lines.items():
            line.before, line.shown, line.touched = values.get(key), texts.get(key, ""), False
            line.editor.show_value(line.before, line.shown)
            self._note(line)
        self._settle()

    def offer(self, values: Mapping[str, str | None], texts: Mapping[str, str]) -> None:
        """Fill in values that were not kept yet, as in a copy of a record."""
        for key, value in values.items():
            line = self._lines.get(key)
            if line is not None and value is not None:
                line.editor.show_value(value, texts.get(key, ""))
                line.touched = True
        self._settle()

    def lock(self, *, locked: bool) -> None:
        """Only show the values, as to a role that may not change them; or let them be edited again."""
        self._locked = locked
        for line in self._lines.values():
            line.editor.lock(locked=locked)

    def leave_out(self, key: str, *, out: bool) -> None:
        """Do not show a field that makes no sense beside the others, or show it again; its value stays."""
        if out != (key in self._out):
            self._out ^= {key}
            self._settle()

    @property
    def fields(self) -> list[Field]:
        """The fields of the form."""
        return [line.field for line in self._lines.values()]

    def patch(self) -> dict[str, str | None]:
        """What was changed: field key -> canonical value. What cannot be taken is left out; see `bad`."""
        made: dict[str, str | None] = {}
        for key, line in self._lines.items():
            if line.touched:
                value = line.editor.check()
                if line.editor.problem is None and value != line.before:
                    made[key] = value
        return made

    def bad(self) -> list[tuple[Field, str]]:
        """The fields that cannot be taken as they stand, with the sentence for each."""
        found = []
        for line in self._lines.values():
            required = line.field.required and line.before is None
            if line.touched or required:
                line.editor.check()
                if line.editor.problem is not None:
                    found.append((line.field, say(line.editor.problem)))
        return found

    @property
    def dirty(self) -> bool:
        """Whether anything differs from what is kept."""
        return any(line.touched and line.editor.text() != line.shown for line in self._lines.values())

    def focus(self, key: str) -> None:
        """Put the keyboard into that field and show it."""
        line = self._lines.get(key)
        if line is not None:
            if not line.editor.isVisibleTo(self):
                self._all = True
                self._settle()
            line.editor.setFocus()
            self.ensureWidgetVisible(line.editor)

    def fill(self, key: str, text: str) -> None:
        """Put a text into that field as if it were typed there, and show the field; the keyboard stays where it is."""
        line = self._lines[key]
        line.editor.fill(text)
        self._settle()
        self.ensureWidgetVisible(line.editor)

    def values(self) -> dict[str, str | None]:
        """The canonical values as they stand, as far as they can be taken."""
        return {key: line.editor.check() for key, line in self._lines.items()}

    @property
    def focused(self) -> str:
        """The key of the field that has the keyboard, empty where none has."""
        now = self.focusWidget()
        for key, line in self._lines.items():
            if now is not None and line.editor.isAncestorOf(now):
                return key
        return ""

    def point_out(self) -> None:
        """Show what is wrong under each field that cannot be taken, and go to the first."""
        wrong = self.bad()
        for field, _ in wrong:
            self._lines[field.key].touched = True
            self._note(self._lines[field.key])
        if wrong:
            self.focus(wrong[0][0].key)

    def editor(self, key: str) -> Editor:
        """The editor of that field. KeyError when it has none."""
        return self._lines[key].editor

    def text(self, key: str) -> str:
        """What stands in that field, empty when the form has none."""
        line = self._lines.get(key)
        return line.editor.text() if line is not None else ""

    def note(self, key: str) -> str:
        """What is said under that field."""
        return self._lines[key].note.text()

    def _line(self, grid: QGridLayout, field: Field) -> _Line:
        editor = make_editor(self._desk, field)
        if self._quiet:
            editor.quieten()
        words = label(field.label + (" *" if field.required else ""), "muted", wrap=True)
        words.setBuddy(editor)
        words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        words.setContentsMargins(0, 6, 0, 0)
        if field.help:
            words.setToolTip(field.help)
        note = label("", "problem", wrap=True)
        note.hide()
        at = grid.rowCount()
        grid.addWidget(words, at, 0)
        grid.addWidget(editor, at, 1)
        grid.addWidget(note, at + 1, 1)
        line = _Line(field, words, editor, note)
        editor.beside = self.values
        editor.changed.connect(lambda: self._typed(line))
        editor.done.connect(lambda: self._left(line))
        editor.lock(locked=self._locked)
        self._lines[field.key] = line
        return line

    def _typed(self, line: _Line) -> None:
        line.touched = True
        self._note(line)
        self.changed.emit()

    def _left(self, line: _Line) -> None:
        if line.touched:
            line.editor.check()
            self._note(line)
            self.committed.emit()

    def _note(self, line: _Line) -> None:
        problem = line.editor.problem
        words = say(problem) if problem is not None else " ".join(map(say, line.editor.warnings))
        if not line.touched:
            words = ""
            restyle(line.editor.focusProxy() or line.editor, "state", "")
        restyle(line.note, "role", "problem" if problem is not None else "warning")
        line.note.setText(words)
        line.note.setVisible(bool(words) and line.editor.isVisibleTo(self))

    def _toggle(self) -> None:
        self._all = not self._all
        self._settle()

    def _settle(self) -> None:
        hidden = 0
        for head, lines in self._heads:
            visible = 0
            for line in lines:
                if line.field.key in self._out:
                    line.show(False)
                    continue
                wanted = self._all or line.before is not None or line.touched or line.field.shown
                hidden += not wanted
                visible += wanted
                line.show(wanted)
            head.setVisible(visible > 0)
        self._more.setText(f"Show {hidden} empty fields" if hidden else "Hide empty fields")
        self._more.setVisible(self._quiet and (hidden > 0 or self._all))
