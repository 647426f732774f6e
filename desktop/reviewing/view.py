"""One matter, side by side: what stands and the other, who wrote each, and what can be done."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.forms.editors import Editor, make_editor
from desktop.phrases import say
from desktop.phrases.review import WAYS, way_words
from desktop.reviewing.opened import Opened
from desktop.theme import STEP
from desktop.widgets import button, clear, frame, label, row, stack
from models.services.settling import Way

_NARROW = 300
_LEFT = (Way.STANDS, Way.KEPT)


class MatterView(QScrollArea):
    """`settled` carries a way and, for `Way.THIRD`, a canonical value; `opened` a record's kind and local number."""

    settled = Signal(str, object)
    opened = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: Opened | None = None
        self._buttons: dict[Way, QPushButton] = {}
        self._editor: Editor | None = None
        self._problem = label("", "problem", wrap=True)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("What waits for a decision")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(6 * STEP, 5 * STEP, 6 * STEP, 5 * STEP)
        self._list.setSpacing(3 * STEP)
        self.setWidget(inside)

    @property
    def shown(self) -> Opened | None:
        """The matter that is shown."""
        return self._shown

    @property
    def editor(self) -> Editor | None:
        """Where something else is typed, if it can be."""
        return self._editor

    def button(self, way: Way) -> QPushButton:
        """The button of a way. KeyError where the matter cannot be settled so."""
        return self._buttons[way]

    def enter(self) -> None:
        """Put the keyboard onto the first thing that can be done."""
        first = next(iter(self._buttons.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def words(self) -> str:
        """All that is told, for tests and those who read it aloud."""
        found = self._shown
        if found is None:
            return ""
        lines = [f"{each.label}: {each.left} | {each.right}" for each in found.lines]
        return " ".join(filter(None, (found.title, found.kind, found.happened, *found.whences, *lines, found.note)))

    def show_matter(self, found: Opened | None) -> None:
        """Show that matter; None shows nothing."""
        self._shown = found
        self._buttons, self._editor = {}, None
        clear(self._list)
        if found is None:
            return
        self._list.addWidget(label(found.title, "title", wrap=True))
        self._list.addWidget(label(found.kind, "muted"))
        self._list.addWidget(label(found.happened, wrap=True))
        if found.lines:
            self._list.addWidget(self._sides(found))
        elif found.ways:
            self._list.addLayout(row(*(self._way(way) for way in found.ways if way in _LEFT), None))
        if found.note:
            self._list.addWidget(label(found.note, "heading", wrap=True))
        if Way.THIRD in found.ways and found.field is not None:
            self._list.addLayout(self._third(found))
        doors = [
            button(f"Open {door.name}", partial(self.opened.emit, door.word, door.nr), role="link")
            for door in found.doors
        ]
        self._list.addLayout(row(*doors, None))
        self._list.addStretch(1)
        self.verticalScrollBar().setValue(0)

    def _sides(self, found: Opened) -> QWidget:
        """The two sides in one grid, so that what belongs together stands in one line."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(5 * STEP)
        grid.setVerticalSpacing(2 * STEP)
        for column, (head, whence) in enumerate(zip(found.heads, found.whences, strict=True), start=1):
            grid.addWidget(label(head, "heading", wrap=True), 0, column)
            if whence:
                grid.addWidget(label(whence, "muted", wrap=True), 1, column, Qt.AlignmentFlag.AlignTop)
        for at, line in enumerate(found.lines, start=2):
            middle = Qt.AlignmentFlag.AlignVCenter if len(found.lines) == 1 else Qt.AlignmentFlag.AlignTop
            grid.addWidget(label(line.label, "muted"), at, 0, middle)
            for column, text in enumerate((line.left, line.right), start=1):
                value = label(text, "" if len(found.lines) > 1 else "small-figure", wrap=True)
                value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                value.setAccessibleName(f"{line.label}, {found.heads[column - 1]}: {text}")
                grid.addWidget(value, at, column, Qt.AlignmentFlag.AlignTop)
        last = len(found.lines) + 2
        for way in found.ways:
            if way is not Way.THIRD:
                grid.addLayout(row(self._way(way), None), last, 1 if way in _LEFT else 2)
        grid.setRowMinimumHeight(last, 10 * STEP)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        made = frame("card", stack(grid, margin=4))
        made.setMinimumWidth(_NARROW)
        return made

    def _way(self, way: Way) -> QPushButton:
        made = button(self._words_of(way), lambda: self.settled.emit(way.value, None))
        self._buttons[way] = made
        return made

    def _words_of(self, way: Way) -> str:
        return way_words(way, self._shown.matter) if self._shown is not None else ""

    def _third(self, found: Opened) -> QVBoxLayout:
        """The editor of the field, for something else."""
        assert found.field is not None  # noqa: S101 (for the type checker)
        editor = self._editor = make_editor(self._desk, found.field)
        editor.show_value(found.now, found.now_shown)
        words = label(f"Or write something else for {found.field.label}:", wrap=True)
        words.setBuddy(editor)
        write = self._buttons[Way.THIRD] = button(WAYS[Way.THIRD], self._write)
        problem = self._problem = label("", "problem", wrap=True)
        editor.changed.connect(lambda: problem.setText(""))
        beside = row(editor, write, gap=2)
        beside.setStretch(0, 1)
        beside.setAlignment(write, Qt.AlignmentFlag.AlignTop)
        return stack(words, beside, problem, gap=1)

    def _write(self) -> None:
        if self._editor is None:
            return
        value = self._editor.check()
        if self._editor.problem is not None:
            self._problem.setText(say(self._editor.problem))
            self._editor.setFocus()
            return
        self.settled.emit(Way.THIRD.value, value)
