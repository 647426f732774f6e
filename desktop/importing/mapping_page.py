"""The mapping: what the rows are, which field each column means, by what a row is known again, values for all rows."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialog, QHeaderView, QTableView

from desktop.desk import Desk
from desktop.grid.delegate import ROW_HEIGHT
from desktop.importing.columns import columns_of, kind_of, used_options
from desktop.importing.mapping_model import CELLS, COLUMN, MEANS, SURE, MappingDelegate, MappingModel
from desktop.importing.mapping_more import Constants, KindColumn, ProfileBar
from desktop.importing.mapping_panel import ColumnPanel
from desktop.importing.new_field import NewFieldDialog
from desktop.importing.run import ImportRun
from desktop.importing.steps import StepPage
from desktop.phrases import count
from desktop.phrases.importing import match_told
from desktop.theme import STEP
from desktop.widgets import label, row, stack
from models.exchange.meaning.fields import MUSTER_ID, fields_about, key_sets, sheet_fields
from models.exchange.options import ImportOptions
from models.fields.field import Field
from models.fields.kinds import Text
from models.schema.records import OWN_KINDS, RECORDS

_GUESS = "As Muster finds it"


class MappingPage(StepPage):
    """Shows how a run understands its columns; what is said of them goes into the run's options."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._run: ImportRun | None = None
        self._fields: list[Field] = []
        self.kind = QComboBox()
        for word, kind in RECORDS.items():
            if word not in OWN_KINDS and desk.may(kind.table):
                self.kind.addItem(kind.plural, word)
        self.kind.setPlaceholderText("Choose what they are")
        self.kind_column = KindColumn()
        self.match = QComboBox()
        self._match_words = label("", "muted", wrap=True)
        self.model = MappingModel()
        self.view = QTableView()
        self.panel = ColumnPanel()
        self.constants = Constants(desk)
        self.profile = ProfileBar(desk)
        self._assemble()

    def show_run(self, run: ImportRun) -> None:
        """Show the columns, the chosen one still chosen."""
        self._run = run
        columns = columns_of(run)
        if not columns:
            return
        at = max(0, self.view.currentIndex().row())
        self._offer_fields(run)
        self.model.show_columns(
            columns, {field.key: field.label for field in self._fields}, run.plan.left_out if run.plan else ()
        )
        said = run.plan is not None or run.options.kind is not None
        self.kind.setCurrentIndex(self.kind.findData(kind_of(run)) if said else -1)
        self.kind_column.show_run(run, columns, kind_of(run))
        self._offer_keys(run)
        self.constants.show_run(run, self._fields)
        self.profile.show_run(run)
        self.view.setCurrentIndex(self.model.index(min(at, len(columns) - 1), COLUMN))
        self._show_column()

    def enter(self) -> None:
        """The keyboard goes to the columns."""
        self.view.setFocus()

    def choose(self, heading: str, key: str) -> None:
        """Let a column mean that field; empty leaves it out."""
        at = next(at for at, column in enumerate(self.model.columns) if column.heading == heading)
        self.view.setCurrentIndex(self.model.index(at, COLUMN))
        self.panel.choose(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Enter and F2 in the table go to the field, Delete leaves the column out."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key, enter = event.key(), (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if watched is self.view and key in (*enter, Qt.Key.Key_F2) and not event.modifiers():
                self.panel.means.setFocus()
                self.panel.means.line.selectAll()
                return True
            if watched is self.view and key == Qt.Key.Key_Delete and self.panel.leave.isEnabled():
                self.panel.choose("")
                return True
        return super().eventFilter(watched, event)

    # Inside

    def _assemble(self) -> None:
        kind, match = label("The &rows are"), label("A row is &known again by")
        kind.setBuddy(self.kind)
        match.setBuddy(self.match)
        self.kind.setAccessibleName("The rows are")
        self.match.setAccessibleName("A row is known again by")
        top = row(kind, self.kind, self.kind_column, None, match, self.match, gap=2)
        head = stack(top, self._match_words, gap=2)
        head.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 0)
        view = self.view
        view.setModel(self.model)
        view.setItemDelegate(MappingDelegate(self.model, self._desk.look, self.font(), view))
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setAccessibleName("Columns of the sheet")
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = view.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(CELLS, QHeaderView.ResizeMode.Stretch)
        for section, wide in ((COLUMN, 180), (MEANS, 150), (SURE, 136)):
            view.setColumnWidth(section, wide)
        self._desk.look.changed.connect(view.viewport().update)
        middle = row(view, self.panel, gap=0)
        middle.setStretch(0, 1)
        foot = stack(self.constants, self.profile, gap=2)
        foot.setContentsMargins(4 * STEP, 0, 4 * STEP, 2 * STEP)
        inside = stack(head, middle, foot, gap=2)
        inside.setStretch(1, 1)
        self.setLayout(inside)
        view.installEventFilter(self)
        view.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_column())
        view.doubleClicked.connect(lambda _index: self.panel.means.setFocus())
        self.kind.activated.connect(self._say_kind)
        self.match.activated.connect(self._say_match)
        self.panel.new_field.connect(self._make_field)
        self.panel.means.picked.connect(lambda _key: view.setFocus())
        for part in (self.panel, self.kind_column, self.constants):
            part.said.connect(self._say)
        self.profile.said.connect(self.said)

    def _offer_fields(self, run: ImportRun) -> None:
        """The fields of the kind, those that the import would make among them."""
        new = [Field(each.key, each.label, Text()) for each in used_options(run).new_fields]
        catalogue, word = self._desk.catalogue, kind_of(run)
        known = [*sheet_fields(catalogue, word).values(), *fields_about(catalogue, word).values()]
        keys = {field.key for field in known}
        fields = [*known, *(field for field in new if field.key not in keys), MUSTER_ID]
        if fields != self._fields:
            self._fields = fields
            self.panel.offer(fields)

    def _offer_keys(self, run: ImportRun) -> None:
        labels = {field.key: field.label for field in self._fields}
        mapped = set(filter(None, (column.field for column in self.model.columns)))
        uses = {use.key: use for use in run.plan.match_uses} if run.plan is not None else {}
        rows = run.plan.rows if run.plan is not None else 0
        self.match.clear()
        self.match.addItem(_GUESS, "")
        own = ((MUSTER_ID.key,),) if MUSTER_ID.key in mapped else ()
        for key in (*own, *key_sets(kind_of(run))):
            if not mapped or mapped.issuperset(key):
                name = " and ".join(labels.get(part, part) for part in key)
                use = uses.get(key)
                told = f"{name} ({use.filled:,} of {count(rows, 'row')})" if use is not None else name
                self.match.addItem(told, "+".join(key))
        self.match.setCurrentIndex(max(0, self.match.findData(used_options(run).match or "")))
        self._match_words.setText(match_told(run.plan, labels) if run.plan is not None else "")

    def _show_column(self) -> None:
        at, run = self.view.currentIndex().row(), self._run
        if run is None or not 0 <= at < len(self.model.columns):
            return
        column = self.model.columns[at]
        self.panel.show_column(run, column, self.model.key(at), self.model.left_out(at), used_options(run))

    def _say(self, options: ImportOptions, words: str) -> None:
        """What is said shows at once; the plan follows."""
        other = self._run is not None and options.mapping != self._run.options.mapping
        self.model.say(options)
        self.said.emit(options, words)
        if other:
            self._show_column()

    def _say_kind(self, at: int) -> None:
        """Another kind has other fields: what was said of them is of no use then."""
        run, word = self._run, str(self.kind.itemData(at))
        if run is not None and (run.plan is None or word != kind_of(run)):
            now = run.options
            kept = ImportOptions(
                sheet=now.sheet, area=now.area, header=now.header, cells=now.cells, profile=now.profile
            )
            self.said.emit(replace(kept, kind=word), "the kind of the rows")

    def _say_match(self, at: int) -> None:
        run = self._run
        if run is not None:
            self.said.emit(replace(run.options, match=self.match.itemData(at) or None), "what a row is known by")

    def _make_field(self) -> None:
        """Ask for a new field and let the column mean it."""
        at, run = self.view.currentIndex().row(), self._run
        if run is None or not 0 <= at < len(self.model.columns):
            return
        column = self.model.columns[at]
        dialog = NewFieldDialog(column, {field.key for field in self._fields}, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            made = dialog.field()
            new = tuple(each for each in run.options.new_fields if each.key != made.key)
            options = replace(
                run.options, new_fields=(*new, made), mapping={**run.options.mapping, column.heading: made.key}
            )
            self._say(options, f"the new field “{made.label}”")
