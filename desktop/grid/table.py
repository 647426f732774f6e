"""A table of one kind of record with its filter box, chips, order, columns and what can be done to its rows."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.grid.chosen import Chosen
from desktop.grid.columns import ColumnMemory, default_width, squeeze
from desktop.grid.delegate import is_pill
from desktop.grid.filters import FilterBar
from desktop.grid.model import GridModel
from desktop.grid.saved import SavedView, SavedViews
from desktop.grid.view import GridView
from desktop.lineedit import LineEdit
from desktop.phrases import say
from desktop.theme import STEP
from desktop.widgets import button, frame, label, row, stack
from models.fields.field import Field
from models.fields.kinds import Ref
from models.fields.problem import KnownError
from models.journal.entry import Changes
from models.schema.records import RECORDS

_LEAST = 88
_PAUSE = 150
"""Milliseconds without a key before the table is asked anew."""


class RecordsTable(QWidget):
    """Shows the records of one kind. `counted` when the number found changed; the other signals as in `GridView`."""

    counted = Signal()
    row_changed = Signal(str, object)
    opened = Signal(str, object)
    edit_asked = Signal(int, int)
    menu_asked = Signal(QPoint)
    new_asked = Signal()
    import_asked = Signal()

    def __init__(self, desk: Desk, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.word = word
        self.kind = RECORDS[word]
        self._columns = ColumnMemory(desk.memory, word)
        self._stale = False
        self._fitted = True
        self.model = GridModel(desk, word, self)
        self.view = GridView(desk, self.model)
        self.views = SavedViews(desk.memory, word)
        self._box = LineEdit()
        self._chips = FilterBar()
        self._note = label("", "problem", wrap=True)
        self._empty = label("", "muted", wrap=True)
        self._empty_title = label("", "title")
        self._clear = button("Show all", self.show_all)
        self._new = button(f"New {self.kind.label.lower()}", self.new_asked.emit)
        self._import = button("Import a spreadsheet", self.import_asked.emit)
        self._body = QStackedWidget()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)

        self._assemble()

        self._timer.timeout.connect(self._find)
        self._box.textChanged.connect(self._wait)
        self._box.returnPressed.connect(self._find)
        self._chips.changed.connect(self._find)
        self.model.found.connect(self._found)
        self.model.failed.connect(self._failed)
        self.model.dataChanged.connect(self._fit)
        self.view.sorted_by.connect(self._sort)
        self.view.moved.connect(self._moved)
        self.view.sized.connect(self._sized)
        self.view.row_changed.connect(self._row)
        self.view.opened.connect(self._open)
        self.view.edit_asked.connect(self.edit_asked)
        self.view.menu_asked.connect(self.menu_asked)
        desk.changed.connect(self._hear)

        self._offer()
        self.show_columns(self._columns.columns(self.fields))
        self._sort_first()

    # What is shown

    @property
    def fields(self) -> list[Field]:
        """The fields that may be columns."""
        return [field for field in self._desk.catalogue.fields(self.word) if field.key != "deleted"]

    @property
    def query(self) -> str:
        """The query: the chips and what stands in the box."""
        return " ".join([*self._chips.terms, self._box.text().strip()]).strip()

    @property
    def found(self) -> int:
        """How many records are found."""
        return len(self.model.ids)

    def show_columns(self, columns: Sequence[Field]) -> None:
        """Show these columns and remember them."""
        self.model.show_columns(columns)
        self._widen(default_width)
        self._fitted = False
        self._columns.keep(columns)
        self._show_sort()

    def show_query(self, terms: Sequence[str], text: str = "") -> None:
        """Filter by these chips and this text."""
        self._chips.show_terms(terms)
        self._box.blockSignals(True)
        self._box.setText(text)
        self._box.blockSignals(False)
        self._find()

    def show_all(self) -> None:
        """Take all filters away."""
        self.show_query(())

    def save_view(self, name: str) -> None:
        """Keep the filters, the order and the columns under a name."""
        columns = tuple(field.key for field in self.model.columns)
        terms = tuple(filter(None, [*self._chips.terms, self._box.text().strip()]))
        self.views.save(SavedView(name, terms, self.model.sort_by, columns))

    def show_view(self, view: SavedView) -> None:
        """Show a saved view; fields that are gone by now are left out."""
        known = {field.key: field for field in self.fields}
        self.model.sort_by = view.sort if view.sort and view.sort[0] in known else None
        columns = [known[key] for key in view.columns if key in known]
        self.show_columns(columns or self.model.columns)
        self.show_query(view.terms)

    def chosen(self) -> Chosen:
        """The rows that a deed is for."""
        return self.view.chosen()

    def chosen_count(self) -> int:
        """How many rows are selected."""
        return self.view.selected_count()

    def current(self) -> int:
        """The local number of the row that the person is on; -1 for none."""
        at = self.view.currentIndex().row()
        return self.model.ids[at] if 0 <= at < len(self.model.ids) else -1

    def focus_filter(self) -> None:
        """Put the keyboard into the filter box."""
        self._box.setFocus()
        self._box.selectAll()

    def wake(self) -> None:
        """The page is shown: catch up with what changed while it was not."""
        if self._stale:
            self._stale = False
            self.model.refresh()

    # Inside

    def _assemble(self) -> None:
        self.view.setAccessibleName(self.kind.plural)
        example = "status:retired" if any(field.key == "status" for field in self.kind.fields) else "notes:none"
        self._box.setPlaceholderText(f"Filter, like {example}")
        self._box.setAccessibleName(f"Filter {self.kind.plural.lower()}")
        self._box.setClearButtonEnabled(True)
        self._box.setMaximumWidth(360)
        self._box.setMinimumWidth(220)
        self._note.hide()
        self._empty.setMinimumWidth(440)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = stack(row(self._box, self._chips, None, gap=2), self._note, gap=1)
        head.setContentsMargins(4 * STEP, 0, 4 * STEP, 3 * STEP)
        nothing = QWidget()
        centred = stack(None, gap=3)
        for part in (self._empty_title, self._empty):
            centred.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        centred.addLayout(row(None, self._clear, self._new, self._import, None, gap=2))
        centred.addStretch(2)
        nothing.setLayout(centred)
        self._body.addWidget(self.view)
        self._body.addWidget(nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(frame("pagehead", head))
        layout.addWidget(self._body, 1)

    def _offer(self) -> None:
        self._chips.offer([field for field in self.fields if field.key != "kind"])

    def _sort_first(self) -> None:
        naming = self._desk.catalogue.keys(self.word).get(self.kind.naming)
        if naming is not None and not isinstance(naming.kind, Ref):
            self.model.sort_by = (naming.key, False)
        self._show_sort()
        self.model.find("", self.model.sort_by)

    def _show_sort(self) -> None:
        key, downwards = self.model.sort_by or ("", False)
        at = next((at for at, field in enumerate(self.model.columns) if field.key == key), -1)
        self.view.show_sort(at, downwards)

    def _wait(self) -> None:
        self._timer.start()

    def _find(self) -> None:
        self._timer.stop()
        self.model.find(self.query, self.model.sort_by)

    def _found(self) -> None:
        self._note.hide()
        self._tell_empty()
        self.counted.emit()

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, KnownError):
            self._note.setText(say(error.problem))
            self._note.show()
        else:
            self._desk.fail(error)

    def _tell_empty(self) -> None:
        narrowed = bool(self.query)
        self._body.setCurrentIndex(0 if self.model.ids else 1)
        plural = self.kind.plural.lower()
        self._empty_title.setText("Nothing fits this filter" if narrowed else f"No {plural} yet")
        may = self._desk.may(self.kind.table)
        said = (
            "Take a filter away, or look for less."
            if narrowed
            else f"Import {plural} from a spreadsheet, or add them one by one."
            if may
            else "They appear here as soon as somebody has added them to the shared database."
        )
        self._empty.setText(said)
        self._clear.setVisible(narrowed)
        self._new.setVisible(may and not narrowed and self.word != "asset")
        self._import.setVisible(may and not narrowed)

    def _sort(self, column: int, downwards: bool) -> None:
        if 0 <= column < len(self.model.columns):
            self.model.find(self.query, (self.model.columns[column].key, downwards))

    def _moved(self, order: list[int]) -> None:
        self.show_columns([self.model.columns[at] for at in order])

    def _widen(self, width: Callable[[Field], int]) -> None:
        """Set the width of the columns; one that the person has set stays as it is."""
        header = self.view.horizontalHeader()
        header.blockSignals(True)
        for at, field in enumerate(self.model.columns):
            self.view.setColumnWidth(at, self._columns.width(field) or width(field))
        header.blockSignals(False)

    def _fit(self) -> None:
        """Once the first rows are there: as wide as they need, within reason."""
        if not self._fitted and self.model.ids and self.model.row(0) is not None:
            self._fitted = True
            columns = self.model.columns
            widths = {field.key: self.view.fitting_width(at) for at, field in enumerate(columns)}
            least = {field.key: max(_LEAST, self.view.heading_width(at)) for at, field in enumerate(columns)}
            squeeze(widths, least, [field.key for field in columns if _soft(field)], self.view.viewport().width())
            self._widen(lambda field: widths[field.key])

    def _sized(self, column: int, width: int) -> None:
        if column < len(self.model.columns):
            self._columns.keep_width(self.model.columns[column], width)

    def _row(self, at: int) -> None:
        self.row_changed.emit(self.word, self.model.ids[at] if 0 <= at < len(self.model.ids) else -1)

    def _open(self, at: int) -> None:
        self.opened.emit(self.word, self.model.ids[at])

    def _hear(self, changes: Changes) -> None:
        if changes.touches("custom_field"):
            self._offer()
            known = {field.key: field for field in self.fields}
            columns = [known[field.key] for field in self.model.columns if field.key in known]
            if columns != self.model.columns:  # fields came, went, or are written in another way
                self.show_columns(columns)
        targets = {field.kind.table for field in self.model.columns if isinstance(field.kind, Ref)}
        if changes.touches(self.kind.table):
            if self.isVisible():
                self.model.refresh()
            else:
                self._stale = True
        elif any(changes.touches(table) for table in targets):
            self.model.reload_rows()


def _soft(field: Field) -> bool:
    """Whether a value still says something when its end is cut off."""
    return not (field.kind.mono or field.kind.right or is_pill(field))
