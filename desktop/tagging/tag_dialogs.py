"""Two questions about tags: the roll that is registered, and the tag that is void from now on."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QLineEdit, QVBoxLayout, QWidget
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.jobs import Task
from desktop.lineedit import LineEdit
from desktop.phrases import count, say, why
from desktop.theme import STEP
from desktop.widgets import button, frame, label, row
from models.fields.problem import KnownError, Problem
from models.journal.entry import Changes
from models.journal.writer import Journal
from models.rules.tag_forms import Scheme, read_tag
from models.scanning.reading import read_scan
from models.scanning.rules import scan_rules
from models.services.tag_overview import TagState, tag_state
from models.services.tag_ranges import register_roll
from models.services.tags import tag_problem, void_tag

_REASONS = ("Spoilt while printing", "Peeled off or unreadable", "Lost", "The record was a mistake")


class _TagDialog(QDialog):
    """Fields in two columns, a note under them, a button that writes. A scan goes into the first empty line."""

    def __init__(self, desk: Desk, title: str, yes: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(480)
        self._desk = desk
        self._lines: list[LineEdit] = []
        self.note = label("", "problem", wrap=True)
        self.told = label("", "muted", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(3 * STEP)
        self._grid.setVerticalSpacing(2 * STEP)
        self._grid.setContentsMargins(4 * STEP, 4 * STEP, 4 * STEP, 2 * STEP)
        self._grid.setColumnStretch(1, 1)
        self.yes = button(yes, self._write, role="primary")
        self.yes.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._grid)
        words = QVBoxLayout()
        words.setContentsMargins(4 * STEP, 0, 4 * STEP, 4 * STEP)
        words.setSpacing(2 * STEP)
        words.addWidget(self.told)
        words.addWidget(self.note)
        layout.addLayout(words)
        layout.addStretch(1)
        layout.addWidget(frame("foot", row(None, button("Cancel", self.reject), self.yes, margin=3)))
        desk.scans.claim(self, self._take_scan)

    def _add(self, name: str, editor: QWidget, about: str = "") -> None:
        words = label(name)
        words.setBuddy(editor)
        editor.setAccessibleName(name)
        editor.setAccessibleDescription(about)
        at = self._grid.rowCount()
        self._grid.addWidget(words, at, 0)
        self._grid.addWidget(editor, at, 1)
        if about:
            self._grid.addWidget(label(about, "muted", wrap=True), at + 1, 1)

    def _tag_line(self, name: str, about: str = "") -> LineEdit:
        made = LineEdit()
        made.setFont(self._desk.look.mono)
        made.textChanged.connect(lambda _text: self._look())
        self._lines.append(made)
        self._add(name, made, about)
        return made

    def _take_scan(self, raw: str) -> None:
        text = read_scan(raw, scan_rules(self._desk.settings)).text
        focused = next((line for line in self._lines if line.hasFocus()), None)
        wanted = focused if focused is not None and not focused.text() else None
        wanted = wanted or next((line for line in self._lines if not line.text()), self._lines[-1])
        wanted.setText(text)
        wanted.setFocus()

    def _look(self) -> None:
        """What stands there has changed."""
        raise NotImplementedError

    def _write(self) -> None:
        """Do it."""
        raise NotImplementedError

    def _failed(self, error: BaseException) -> None:
        self.yes.setEnabled(True)
        if isinstance(error, KnownError):
            self.note.setText(why(error))
        else:
            self._desk.fail(error)


class RollDialog(_TagDialog):
    """Registers a pre-printed roll by its first and last sticker."""

    def __init__(self, desk: Desk, schemes: Sequence[Scheme], parent: QWidget | None = None) -> None:
        super().__init__(desk, "Register a roll", "Register the roll", parent)
        self._schemes = list(schemes)
        self.scheme = QComboBox()
        self.scheme.addItems([scheme.name for scheme in schemes])
        self._add("Scheme", self.scheme)
        self.first = self._tag_line("First sticker", "Scan it, or type what it says.")
        self.last = self._tag_line("Last sticker")
        self.where = QLineEdit()
        self._add("Where it is", self.where, "A van, a cabinet, a person. Empty where that does not matter.")
        self.scheme.currentIndexChanged.connect(lambda _at: self._look())
        self.first.setFocus()
        self._look()

    def _look(self) -> None:
        first, last = self._number(self.first), self._number(self.last)
        wrong = next((each for each in (first, last) if isinstance(each, Problem)), None)
        size = last - first + 1 if isinstance(first, int) and isinstance(last, int) else None
        if size is not None and size < 1:
            wrong = Problem("tag.range-backwards", self.first.text(), details={"last": self.last.text()})
        self.note.setText(say(wrong) if wrong else "")
        self.told.setText(f"{count(size, 'sticker')}." if size and wrong is None else "")
        self.yes.setEnabled(size is not None and wrong is None)

    def _number(self, line: LineEdit) -> int | Problem | None:
        text = line.text().strip()
        return read_tag(self._schemes[self.scheme.currentIndex()], text) if text else None

    def _write(self) -> None:
        scheme = self._schemes[self.scheme.currentIndex()].id
        first, last, where = self.first.text(), self.last.text(), self.where.text().strip()

        def work(journal: Journal, _task: Task) -> Changes:
            return register_roll(journal, scheme, first, last, where)

        self.yes.setEnabled(False)
        self._desk.write("Register a roll", work, lambda _changes: self.accept(), owner=self, failed=self._failed)


class VoidDialog(_TagDialog):
    """Puts a tag into the ledger of void ones."""

    def __init__(self, desk: Desk, tag: str = "", parent: QWidget | None = None) -> None:
        super().__init__(desk, "Void a tag", "Void the tag", parent)
        self.tag = self._tag_line("Tag", "Scan or type it.")
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.addItems(_REASONS)
        self.reason.setCurrentIndex(-1)
        self._add("Reason", self.reason, "Told to whoever tries to use the tag again.")
        line = self.reason.lineEdit()
        if line is not None:
            line.setAccessibleName("Reason")
            line.setPlaceholderText("Why it is void")
        self.tag.setText(tag)
        self.tag.setFocus()
        self._look()

    def _look(self) -> None:
        text = self.tag.text().strip()
        self.note.setText("")
        self.told.setText("A void tag is never given again, and the record that has it loses it.")
        self.yes.setEnabled(bool(text))
        if not text:
            return

        def ask(connection: Connection, _task: Task) -> tuple[Problem | None, TagState]:
            return tag_problem(connection, text), tag_state(connection, text)

        def done(found: tuple[Problem | None, TagState]) -> None:
            if self.tag.text().strip() == text:
                self._tell(text, *found)

        self._desk.read(ask, done, owner=self)

    def _tell(self, text: str, problem: Problem | None, state: TagState) -> None:
        void = problem is not None and problem.code == "tag.voided"
        self.yes.setEnabled(not void)
        if problem is not None and problem.code != "tag.reused":
            self.note.setText(say(problem))
        if state.record and not void:
            what = "The record" if state.record == text else state.record
            self.told.setText(f"{what} has this tag and loses it.")

    def _write(self) -> None:
        tag, reason = self.tag.text(), self.reason.currentText()

        def work(journal: Journal, _task: Task) -> Changes:
            return void_tag(journal, tag, reason)

        self.yes.setEnabled(False)
        self._desk.write("Void a tag", work, lambda _changes: self.accept(), owner=self, failed=self._failed)
