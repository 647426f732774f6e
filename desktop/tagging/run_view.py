"""The tag run in the window: what sticks on the left; the scan line, its answer and the things of the run beside it."""

from array import array
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QSplitter, QWidget
from sqlalchemy import Connection, select

from desktop.desk import Desk
from desktop.jobs import Task
from desktop.lineedit import LineEdit
from desktop.phrases import count, told, within
from desktop.scanning.banner import AnswerBanner
from desktop.scanning.sounds import play
from desktop.tagging.label_choice import LabelChoice
from desktop.tagging.run_list import RunList
from desktop.tagging.runner import TagRunner, Told
from desktop.tagging.setup_panel import SetupPanel
from desktop.tagging.summary_card import SummaryCard
from desktop.tagging.wants import choices
from desktop.theme import STEP
from desktop.widgets import button, frame, label, row, rule, stack
from models.fields.problem import KnownError
from models.journal.entry import Changes
from models.scanning.answer import Outcome, answer
from models.scanning.scan import Command
from models.scanning.things import LABEL_KEYS
from models.schema.records import TABLES
from models.services.registry import BadFields

_MEMORY = "tagging run"
_SETUP_WIDTH = 304
_BANNER_HEIGHT = 112
_LINE_PIXELS = 22


class TagRunView(QWidget):
    """`opened` carries the kind and number of a record to show; `door` a way out of a run: its word, kind, numbers."""

    opened = Signal(str, object)
    door = Signal(str, str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: set[str] = set()
        self.runner = TagRunner(desk, self)
        self.setup = SetupPanel(desk)
        self.labels = LabelChoice(desk)
        self.sound = QCheckBox("Sounds")
        self.scan = LineEdit()
        self.banner = AnswerBanner(desk.look)
        self.list = RunList(desk.look)
        self.summary = SummaryCard()
        self._wanted = label("", wrap=True)
        self._count = label("", "muted")
        self._empty = label("Nothing is tagged yet. What is scanned appears here, newest on top.", "muted", wrap=True)
        self.cards = {
            card: button(title, partial(self._press, card), drawing=drawing)
            for card, title, drawing in (
                (Command.UNDO, "Undo", "undo"),
                (Command.NEXT, "Next", ""),
                (Command.PRINT, "Print", "label"),
                (Command.END, "End the run", ""),
            )
        }
        self._assemble()
        self._connect()
        self._show_choice()
        self._recall()

    # What people do

    def take_scan(self, raw: str) -> None:
        """Take a scan: it waits its turn, and is answered in it."""
        if not raw.strip():
            return
        if not self.runner.begun:
            self.list.lines.show_lines(())
            self.summary.hide()
            self.runner.begin(self.setup.word, self.setup.chosen, self.setup.sticky)
        self.runner.take(raw)

    def enter(self) -> None:
        """Put the keyboard into the scan line."""
        self.scan.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def wake(self) -> None:
        """Catch up with printers and labels that were set up meanwhile."""
        self.labels.wake(self.setup.word)
        self.runner.expect(self.setup.word)
        self.sound.setChecked(self._desk.settings.sounds == "yes")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Esc empties the scan line first."""
        if event.key() == Qt.Key.Key_Escape and self.scan.text():
            self.scan.clear()
            self.enter()
            return
        super().keyPressEvent(event)

    # Inside

    def _assemble(self) -> None:
        words = label("Scan", "muted")
        words.setBuddy(self.scan)
        font = QFont(self._desk.look.mono)
        font.setPixelSize(_LINE_PIXELS)
        self.scan.setFont(font)
        self.scan.setMinimumHeight(11 * STEP)
        self.scan.setAccessibleName("Scan or type a code")
        self.scan.setPlaceholderText("Scan, or type and press Enter")
        self.banner.setMinimumHeight(_BANNER_HEIGHT)
        foot = stack(self.labels, self.sound, gap=1)
        foot.setContentsMargins(4 * STEP, 2 * STEP, 4 * STEP, 3 * STEP)
        left_layout = stack(self.setup, rule(), foot, gap=0)
        left_layout.setStretch(0, 1)
        left = frame("sheet", left_layout)
        left.setMinimumWidth(260)
        buttons = row(self._count, None, *self.cards.values(), gap=2)
        right_layout = stack(words, self.scan, self.banner, self._wanted, buttons, gap=2, margin=4)
        right_layout.addWidget(self.summary)
        right_layout.addWidget(self._empty)
        right_layout.addWidget(self.list, 1)
        right_layout.addStretch(0)
        right = QWidget()
        right.setLayout(right_layout)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.setSizes([_SETUP_WIDTH, 10 * _SETUP_WIDTH])
        whole = stack(split, gap=0)
        self.setLayout(whole)
        self.summary.hide()

    def _connect(self) -> None:
        self.scan.returnPressed.connect(self._entered)
        self.setup.changed.connect(self._show_choice)
        self.setup.stuck.connect(self._stick)
        self.runner.told.connect(self._show)
        self.runner.refused.connect(self._refuse)
        self.list.opened.connect(self._open)
        self.sound.toggled.connect(self._set_sound)
        self.summary.asked.connect(self._leave)
        self._desk.changed.connect(self._hear)
        self._desk.scans.claim(self, self.take_scan)

    def _press(self, card: Command) -> None:
        """A button does what the command card of its name does; the keyboard stays with the scan line."""
        self.take_scan(card.code)
        self.enter()

    def _entered(self) -> None:
        text = self.scan.text()
        # It stays selected, so that the next scan replaces it.
        self.scan.selectAll()
        self.take_scan(text)

    def _show(self, found: Told) -> None:
        standing, said = found.standing, found.answer
        self._rows = {line.row for line in standing.lines}
        self.setup.lock(not standing.ended)
        self.setup.show_sticky(standing.sticky, standing.sticky_shown)
        self.list.lines.show_lines(standing.lines)
        self._tell(found)
        if said is not None:
            self.banner.show_answer(said)
            play(said.outcome, self._desk.settings)
            written = said.code in ("tagrun.added", "tagrun.updated")
            if said.code == "tagrun.print" or (written and self.labels.on.isChecked()):
                self.labels.print_label(standing.lines[-1].row)
        self._remember(standing.ended)
        for card in self.cards.values():
            card.setEnabled(not standing.ended)
        if standing.ended:
            self.runner.end()
            self.summary.show_summary(found.summary, self._desk.catalogue.keys(self.setup.word))

    def _tell(self, found: Told) -> None:
        standing, fields = found.standing, self._desk.catalogue.keys(self.setup.word)
        lines = len(standing.lines)
        self._count.setText(f"{count(lines, 'thing')}" if lines else "")
        self._empty.setVisible(not lines)
        self.list.setVisible(bool(lines))
        codes = ", ".join(f"{fields[key].label} {code}" for key, code in standing.codes.items())
        if standing.asked:
            said = f"Scan the {within(fields[standing.asked].label)} that is to stick."
        elif codes:
            wanted = f" Wanted: {within(fields[standing.wanted[0]].label)}." if standing.wanted else ""
            said = f"Unfinished: {codes}.{wanted}"
        else:
            said = self._first() + (f" It gets the tag {standing.next_tag}." if standing.next_tag else "")
        self._wanted.setText("" if standing.ended else said)

    def _first(self) -> str:
        key = self.setup.chosen.codes[0]
        return f"Scan the {within(self._desk.catalogue.field(self.setup.word, key).label)} of the next thing."

    def _show_choice(self) -> None:
        """Another kind of things, or other codes."""
        codes = list(dict.fromkeys(("tag", *self.setup.chosen.codes)))
        self.list.show_fields(self._desk.catalogue.keys(self.setup.word), codes)
        self.banner.rest("Choose what is the same for all things, then scan one after the other.")
        self._wanted.setText(self._first())
        self._empty.show()
        self.list.hide()
        for card in self.cards.values():
            card.setEnabled(False)
        self.labels.wake(self.setup.word)

    def _stick(self) -> None:
        if self.runner.begun:
            self.runner.stick(self.setup.sticky)

    def _refuse(self, error: KnownError) -> None:
        problem = error.problem
        if isinstance(error, BadFields):
            label_ = self._desk.catalogue.field(self.setup.word, problem.field).label
            self._desk.said.emit(told(problem, label_))
            self.setup.form.point_out()
        self.setup.lock(self.runner.begun)
        self.banner.show_answer(answer(Outcome.WRONG, problem.code, problem.value, **problem.details))
        play(Outcome.WRONG, self._desk.settings)

    def _set_sound(self, on: bool) -> None:
        self._desk.settings["sounds"] = "yes" if on else "no"

    def _hear(self, changes: Changes) -> None:
        """Somebody else changed records of the run, or anything may be different now."""
        if not self.runner.begun or changes.action in self.runner.own:
            return
        touched, fields = changes.rows.get("asset"), changes.fields.get("asset", frozenset())
        printed = bool(fields) and fields <= LABEL_KEYS
        undone = changes.title.startswith(("Undo", "Redo"))
        if touched is not None and not printed and (not touched or touched & self._rows or undone):
            self.runner.look_again()

    # The run that goes on after a restart

    def _remember(self, ended: bool) -> None:
        kept = None
        if not ended and self.runner.run:
            kept = {"run": self.runner.run, "word": self.setup.word, "wants": self.setup.chosen.name}
        self._desk.memory.put(_MEMORY, kept)

    def _recall(self) -> None:
        kept = self._desk.memory.get(_MEMORY)
        if not isinstance(kept, dict) or kept.get("word") != self.setup.word:
            return
        wants = next((each for each in choices(self.setup.word) if each.name == kept.get("wants")), None)
        if wants is not None and isinstance(kept.get("run"), str):
            self.runner.begin(self.setup.word, wants, self.setup.sticky, kept["run"])
            self.runner.look_again()

    # Ways out

    def _open(self, row_id: str) -> None:
        self._numbers([row_id], lambda numbers: self.opened.emit(self.setup.word, numbers[0]))

    def _leave(self, door: str) -> None:
        rows = [line.row for line in self.list.lines.all()]
        if door == "print" and self.labels.on.isChecked():
            self.labels.print_labels(rows)
            return
        self._numbers(rows, lambda numbers: self.door.emit(door, self.setup.word, numbers))

    def _numbers(self, rows: list[str], done: "Callable[[array[int]], None]") -> None:
        """The local numbers of records, in their order."""
        assets = TABLES["asset"].sql

        def work(connection: Connection, _task: Task) -> "array[int]":
            wanted = select(assets.c.id, assets.c.nr).where(assets.c.id.in_(rows))
            found = {each.id: each.nr for each in connection.execute(wanted)}
            return array("q", [found[each] for each in rows if each in found])

        self._desk.read(work, lambda numbers: done(numbers) if numbers else None, owner=self)
