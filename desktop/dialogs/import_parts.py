"""The parts of the import dialog: its numbers to press, the page of work under way, the page of trouble."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QProgressBar, QPushButton, QWidget

from desktop.jobs import Job
from desktop.phrases import count, stage
from desktop.theme import STEP
from desktop.widgets import button, label, row, stack
from models.exchange.plan import Plan, State
from models.schema.records import OWN_KINDS, RECORDS

_TILES = (
    ("All rows", None),
    ("New", State.NEW),
    ("Changed", State.CHANGED),
    ("Same", State.SAME),
    ("Refused", State.REFUSED),
)
_BAR = 420


class Tile(QPushButton):
    """A number with its name, to be pressed."""

    def __init__(self, name: str, role: str = "") -> None:
        super().__init__()
        self.setProperty("role", "tile")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self._name = name
        self._number = label("", "small-figure")
        words = label(name, role)
        for part in (words, self._number):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(stack(words, self._number, gap=1, margin=3))

    def show_number(self, number: int) -> None:
        """Show the number."""
        self._number.setText(f"{number:,}")
        self.setAccessibleName(f"{self._name}, {number:,}")


class Tiles(QWidget):
    """How many rows are in each state. `chosen` carries the state to show, None for all."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._tiles: dict[State | None, Tile] = {}
        layout = row(gap=2)
        for name, state in _TILES:
            tile = self._tiles[state] = Tile(name, "problem" if state is State.REFUSED else "")
            tile.clicked.connect(partial(self.chosen.emit, state))
            self._group.addButton(tile)
            layout.addWidget(tile, 1)
        layout.setContentsMargins(4 * STEP, 0, 4 * STEP, 0)
        self.setLayout(layout)

    def show_plan(self, plan: Plan) -> None:
        """Show the numbers of a plan; those of no rows cannot be pressed."""
        for state, tile in self._tiles.items():
            number = plan.rows if state is None else plan.count(state)
            tile.show_number(number)
            tile.setEnabled(state is None or number > 0)

    def tile(self, state: State | None) -> Tile:
        """The number of a state."""
        return self._tiles[state]


class WorkingPage(QWidget):
    """Where the work is. `stopped` when the person wants no more of it."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._stage = label("")
        self._bar = QProgressBar()
        self._bar.setMaximumWidth(_BAR)
        self._bar.setAccessibleName("Progress")
        self._bar.setTextVisible(False)
        self._stop = button("Cancel", self.stopped.emit)
        centred = (row(None, part, None) for part in (self._stage, self._bar, self._stop))
        self.setLayout(stack(None, *centred, None, gap=3))

    def begin(self) -> None:
        """Work has begun."""
        self._stage.setText("Opening the file")
        self._bar.setRange(0, 0)
        self._stop.setEnabled(True)

    def show_job(self, job: Job) -> None:
        """Show where that work is."""
        task = job.task
        done = f"{task.done:,} of {task.total:,} rows" if task.total else count(task.done, "row") if task.done else ""
        self._stage.setText("Stopping …" if task.cancelled else ", ".join(filter(None, (stage(task.stage), done))))
        self._stop.setEnabled(not task.cancelled)
        self._bar.setRange(0, task.total)
        self._bar.setValue(task.done)


class TroublePage(QWidget):
    """Why there is no plan, and what may help. `again` carries the word of the kind that the rows are, or nothing."""

    again = Signal(str)
    other_file = Signal()
    by_hand = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sentence = label("", wrap=True)
        self._sentence.setMinimumWidth(480)
        self._kind = QComboBox()
        self._kind.addItem("Muster finds out", "")
        for word, kind in RECORDS.items():
            if word not in OWN_KINDS:
                self._kind.addItem(kind.plural, word)
        self._kind.setAccessibleName("The rows are")
        rows = label("The rows are")
        rows.setBuddy(self._kind)
        self._by_hand = button("Map the columns…", self.by_hand.emit)
        again = button("Try again", lambda: self.again.emit(str(self._kind.currentData())))
        other = row(button("Choose another file…", self.other_file.emit), self._by_hand, None)
        other_kind = row(rows, self._kind, again, None)
        words = label("This file cannot be imported as it stands", "heading")
        inside = stack(words, self._sentence, other, other_kind, gap=3)
        self.setLayout(stack(None, row(None, inside, None), None, None, gap=2))

    @property
    def text(self) -> str:
        """The sentence."""
        return self._sentence.text()

    def show_trouble(self, sentence: str, mappable: bool) -> None:
        """Say why; `mappable`: only what the table means is open, so its columns can be mapped by hand."""
        self._sentence.setText(sentence)
        self._by_hand.setVisible(mappable)
