"""What can be said of one column of the sheet: the field that it means, and how its cells are read."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QScrollArea, QVBoxLayout, QWidget

from desktop.importing.choosing import FieldBox
from desktop.importing.columns import kind_words
from desktop.importing.run import ImportRun
from desktop.phrases import say
from desktop.phrases.importing import READINGS
from desktop.theme import STEP
from desktop.widgets import button, clear, frame, label, row, stack
from models.exchange.options import ImportOptions
from models.exchange.plan import LeftOut, Reading, SheetColumn
from models.fields.field import Field
from models.fields.problem import Problem
from models.schema.records import ASSET_KINDS, RECORDS

_WIDE = 310
_GUESS = "As Muster finds it"


class ColumnPanel(QScrollArea):
    """`said` carries changed options and the words to undo them by; `new_field` asks for a field for the column."""

    said = Signal(object, str)
    new_field = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column: SheetColumn | None = None
        self._run: ImportRun | None = None
        self._title = label("", "heading", wrap=True)
        self._samples = label("", "muted", wrap=True)
        self.means = FieldBox()
        self.means.setAccessibleName("The column means")
        means = label("&Means")
        means.setBuddy(self.means)
        self._why = label("", "warning", wrap=True)
        self.suggestion = button("", self._take_suggestion)
        self.make = button("New field…", self.new_field.emit, drawing="add")
        self.leave = button("Leave out", lambda: self.choose(""))
        self._readings = QVBoxLayout()
        self._kinds = QVBoxLayout()
        self.clear = QCheckBox("An empty cell clears what is there")
        self.clear.setToolTip("Else an empty cell leaves a record's value as it is")
        for part in (self._readings, self._kinds):
            part.setSpacing(STEP)
        inside = QWidget()
        inside.setObjectName("scrolled")
        layout = stack(
            self._title, self._samples, means, self.means, self._why, self.suggestion,
            row(self.make, self.leave, None), self._readings, self._kinds, self.clear, None, gap=2, margin=4,
        )  # fmt: skip
        inside.setLayout(layout)
        self.setWidget(frame("panel", stack(inside, gap=0)))
        self.setWidgetResizable(True)
        self.setFixedWidth(_WIDE)
        self.means.picked.connect(self.choose)
        self.clear.clicked.connect(self._say_clear)

    def offer(self, fields: Sequence[Field]) -> None:
        """Offer these fields."""
        self.means.offer(fields)

    def show_column(
        self, run: ImportRun, column: SheetColumn, key: str, why: LeftOut | None, used: ImportOptions
    ) -> None:
        """Show what is known of a column that means the field `key`. `used` is what is said and a profile's share."""
        self._run, self._column = run, column
        self._title.setText(f"Column {column.letter}: {column.heading}")
        cells = [cell.replace("\n", " ") for cell in column.samples if cell]
        hidden = "It seems to hold secrets. Muster keeps no PIN, password or key, and does not read it."
        self._samples.setText(hidden if column.secret else "\n".join(cells) or "No cells are filled.")
        self.means.show_key(key)
        for part in (self.means, self.make, self.leave, self.clear):
            part.setEnabled(not column.secret)
        self.leave.setEnabled(bool(key))
        self._why.setText(_why(why, self.means))
        self._why.setVisible(why is not None and not column.secret)
        at = self.means.findData(column.suggestion) if column.suggestion and not key else -1
        self.suggestion.setText(f"Use “{self.means.itemText(at)}”, as its cells look like it" if at >= 0 else "")
        self.suggestion.setVisible(at >= 0)
        self.clear.setChecked(column.heading in used.clear)
        self.clear.setVisible(bool(key))
        readings = run.plan.readings if run.plan is not None else ()
        self._show_readings(column, [each for each in readings if each.heading == column.heading], used)
        self._show_kinds(column, used)

    def choose(self, key: str) -> None:
        """Let the column mean that field; empty leaves it out."""
        column, options = self._column, self._options
        if column is not None:
            mapping = {**options.mapping, column.heading: key}
            self.said.emit(replace(options, mapping=mapping), f"the mapping of “{column.heading}”")

    # Inside

    @property
    def _options(self) -> ImportOptions:
        """What is said up to now, also where no plan follows from it yet."""
        return self._run.options if self._run is not None else ImportOptions()

    def _take_suggestion(self) -> None:
        if self._column is not None:
            self.choose(self._column.suggestion)

    def _say_clear(self, on: bool) -> None:
        column = self._column
        if column is not None:
            heading, said = {column.heading}, self._options
            clear = said.clear | heading if on else said.clear - heading
            keep = said.keep - heading if on else said.keep | heading
            self.said.emit(replace(said, clear=clear, keep=keep), f"what empty cells of “{column.heading}” mean")

    def _show_readings(self, column: SheetColumn, readings: Sequence[Reading], used: ImportOptions) -> None:
        clear(self._readings)
        for reading in readings:
            self._readings.addWidget(label(say(Problem(reading.code, details=reading.details)), "muted", wrap=True))
            if reading.choices:
                box = QComboBox()
                box.setAccessibleName(f"How “{column.heading}” is read")
                box.addItem(_GUESS, "")
                for choice in reading.choices:
                    box.addItem(READINGS.get(choice, choice), choice)
                box.setCurrentIndex(max(0, box.findData(used.readings.get(column.heading, ""))))
                box.activated.connect(partial(self._say_reading, column.heading, box))
                self._readings.addWidget(box)

    def _say_reading(self, heading: str, box: QComboBox, at: int) -> None:
        said = {**self._options.readings, heading: str(box.itemData(at))}
        readings = {each: word for each, word in said.items() if word}
        self.said.emit(replace(self._options, readings=readings), f"how “{heading}” is read")

    def _show_kinds(self, column: SheetColumn, used: ImportOptions) -> None:
        """Of the column that says the kind: what its words mean."""
        clear(self._kinds)
        words = kind_words(self._run, column) if column.heading == used.kind_column and self._run else []
        if not words:
            return
        self._kinds.addWidget(label("Its words mean", "heading"))
        for word in words:
            box = QComboBox()
            box.setAccessibleName(f"“{word}” means")
            box.addItem(_GUESS, "")
            for kind in ASSET_KINDS:
                box.addItem(RECORDS[kind].label, kind)
            box.setCurrentIndex(max(0, box.findData(used.kinds.get(word, ""))))
            box.activated.connect(partial(self._say_kind, word, box))
            self._kinds.addLayout(row(label(word), box, gap=2))

    def _say_kind(self, word: str, box: QComboBox, at: int) -> None:
        said = {**self._options.kinds, word: str(box.itemData(at))}
        kinds = {each: kind for each, kind in said.items() if kind}
        self.said.emit(replace(self._options, kinds=kinds), f"the kind of “{word}”")


def _why(why: LeftOut | None, fields: FieldBox) -> str:
    """Why a column that seemed to mean a field does not."""
    if why is None:
        return ""
    at = fields.findData(why.field) if why.field else -1
    told = say(Problem(why.code, why.example))
    return f"It seemed to be “{fields.itemText(at)}”, and most of its cells cannot be: {told}" if at >= 0 else told
