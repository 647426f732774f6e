"""Parts that the pages share: the numbers to press, the trail of steps, the page of work under way, a notice."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QComboBox, QProgressBar, QPushButton, QStyleOptionComboBox, QWidget

from desktop.importing.steps import TITLES, Step
from desktop.jobs import Job
from desktop.phrases import count, stage
from desktop.theme import STEP
from desktop.widgets import button, frame, label, row, stack
from models.exchange.plan import Plan, State

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


class Trail(QWidget):
    """The steps from File to Done. Those that can be gone to are pressed; `chosen` carries the step."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._buttons: dict[Step, QPushButton] = {}
        layout = row(gap=1)
        for step, title in TITLES.items():
            if step is not Step.FILE:
                layout.addWidget(label("›", "muted"))
            made = self._buttons[step] = button(title, partial(self.chosen.emit, step), role="step")
            made.setCheckable(True)
            made.setMinimumWidth(_bold_width(made, title))
            layout.addWidget(made)
        layout.addStretch(1)
        self.setLayout(layout)

    def show_steps(self, now: Step, open_steps: frozenset[Step]) -> None:
        """Mark where the person is, and where they can go from there."""
        for step, made in self._buttons.items():
            made.setChecked(step is now)
            made.setEnabled(step is now or step in open_steps)
            where = "this step" if step is now else "can be opened" if step in open_steps else "not yet"
            made.setAccessibleName(f"{TITLES[step]}, {where}")

    def step(self, step: Step) -> QPushButton:
        """The button of a step."""
        return self._buttons[step]


def _bold_width(made: QPushButton, title: str) -> int:
    """How wide a step's button must be for its title in bold, which it is while it is shown."""
    font = QFont(made.font())
    font.setWeight(QFont.Weight.DemiBold)
    return QFontMetrics(font).horizontalAdvance(title) + 5 * STEP


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
        self._stage.setText(where(job))
        self._stop.setEnabled(not task.cancelled)
        self._bar.setRange(0, task.total)
        self._bar.setValue(task.done)


class Notice(QWidget):
    """A sentence that must not be overlooked, in a box; gone while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._words = label("", wrap=True)
        layout = row(frame("notice", row(self._words, margin=2)))
        layout.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 0)
        self.setLayout(layout)
        self.hide()

    @property
    def text(self) -> str:
        """What is said; empty while it is gone."""
        return self._words.text()

    def say(self, sentence: str) -> None:
        """Say it; nothing hides the box."""
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))


class ShortBox(QComboBox):
    """A list of long sentences: the one that is chosen ends in "…" where it does not fit."""

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: N802 (Qt's name)
        """What is painted."""
        super().initStyleOption(option)
        room = self.width() - 10 * STEP
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)


def where(job: Job) -> str:
    """What a piece of work is at: "Checking the values, 12,000 of 100,000 rows"."""
    task = job.task
    if task.cancelled:
        return "Stopping …"
    done = f"{task.done:,} of {task.total:,} rows" if task.total else count(task.done, "row") if task.done else ""
    return ", ".join(filter(None, (stage(task.stage), done)))
