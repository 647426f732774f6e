"""Importing a spreadsheet: the file is read, a plan is shown, and only then something is written."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFileDialog,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.desk import Desk
from desktop.dialogs.import_mapping import MappingDialog, SheetDialog
from desktop.dialogs.import_plan import Names, PlanModel, PlanView, plan_names
from desktop.jobs import Job, Task
from desktop.phrases import count, say, skipped, stage, within
from desktop.theme import STEP
from desktop.widgets import button, frame, label, row, stack
from models.exchange.apply import apply_plan
from models.exchange.errors import write_errors
from models.exchange.look import Columns, look_at
from models.exchange.plan import ImportOptions, Plan, State
from models.exchange.planner import make_plan
from models.exchange.sheet import open_source
from models.fields.problem import KnownError
from models.journal.entry import Changes
from models.progress import Cancelled, Progress
from models.schema.records import RECORDS, TABLES

FILES = "Spreadsheets (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.tab *.txt);;All files (*)"
_TILES = (
    ("All rows", None),
    ("New", State.NEW),
    ("Changed", State.CHANGED),
    ("Same", State.SAME),
    ("Refused", State.REFUSED),
)
_WORKING, _TROUBLE, _PLAN = range(3)


def ask_import(desk: Desk, parent: QWidget, path: Path | None, _kind: str | None) -> None:
    """Ask for a file unless one is given, and lead through its import. `kind` is only where the search begins."""
    if path is None:
        folder = str(desk.memory.get("folder") or Path.home())
        name, _ = QFileDialog.getOpenFileName(parent, "Import a spreadsheet", folder, FILES)
        if not name:
            return
        path = Path(name)
    desk.memory.put("folder", str(path.parent))
    ImportDialog(desk, path, parent).exec()


class ImportDialog(QDialog):
    """One file on its way in. Nothing is written before the person presses Import."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._path = path
        self._options = ImportOptions()
        self._sheets: list[str] = []
        self._job: Job | None = None
        self._model: PlanModel | None = None
        self.setWindowTitle(f"Import {path.name}")
        self.resize(1020, 680)

        self._title = label(f"Import {path.name}", "title")
        self._about = label("", "muted", wrap=True)
        self._sheet = button("Sheet and range…", self._ask_sheet)
        self._mapping = button("Mapping…", self._ask_mapping)
        self._stack = QStackedWidget()
        self._stage = label("")
        self._bar = QProgressBar()
        self._stop = button("Cancel", self._cancel_job)
        self._trouble = label("", wrap=True)
        self._kind = QComboBox()
        self._view = PlanView(desk)
        self._tiles = QButtonGroup(self)
        self._numbers: dict[State | None, Tile] = {}
        self._notes = label("", "muted", wrap=True)
        self._told = label("", wrap=True)
        self._told.setAccessibleName("What to know of the chosen row")
        self._foot = label("Nothing is written yet.", "muted", wrap=True)
        self._close = button("Cancel", self.reject)
        self._keep = button("Save refused rows…", self._save_refused)
        self._go = button("Import", self._import, role="primary")

        self._assemble()
        self._plan_it()

    # What it stands at, for those who look

    @property
    def plan(self) -> Plan | None:
        """The plan that is shown."""
        return self._model.plan if self._model is not None else None

    @property
    def trouble(self) -> str:
        """The sentence that says why there is no plan; empty when there is one."""
        return self._trouble.text() if self._stack.currentIndex() == _TROUBLE else ""

    @property
    def busy(self) -> bool:
        """Whether the file is being read or written."""
        return self._job is not None

    def use(self, options: ImportOptions) -> None:
        """Make the plan anew with these options."""
        self._options = options
        self._plan_it()

    def show_state(self, state: State | None) -> None:
        """Show only the rows of that state."""
        if self._model is not None:
            self._model.show_state(state)
            self._numbers[state].setChecked(True)
            if state is not None and self._model.rowCount():
                self._view.setCurrentIndex(self._model.index(0, 0))

    def reject(self) -> None:
        """Close; what is under way is cancelled first and leaves nothing written."""
        if self._job is not None:
            self._cancel_job()
            return
        super().reject()

    # Inside

    def _assemble(self) -> None:
        head = row(self._sheet, self._mapping, gap=2, margin=4)
        head.insertLayout(0, stack(self._title, self._about, gap=1), 1)
        working = QWidget()
        self._bar.setMaximumWidth(420)
        self._bar.setAccessibleName("Progress")
        working.setLayout(
            stack(
                None, row(None, self._stage, None), row(None, self._bar, None), row(None, self._stop, None), None, gap=3
            )
        )
        trouble = QWidget()
        words = label("This file cannot be imported as it stands", "heading")
        self._trouble.setMinimumWidth(480)
        self._kind.addItem("Muster finds out", "")
        for word, kind in RECORDS.items():
            if word not in ("asset", "custom_field"):
                self._kind.addItem(kind.plural, word)
        self._kind.setAccessibleName("The rows are")
        rows = label("The rows are")
        rows.setBuddy(self._kind)
        again = button("Try again", self._try_again)
        self._by_hand = button("Map the columns…", self._ask_mapping)
        other = row(button("Choose another file…", self._ask_file), self._by_hand, rows, self._kind, again, None)
        trouble.setLayout(stack(None, row(None, stack(words, self._trouble, other, gap=3), None), None, None, gap=2))
        plan = QWidget()
        tiles = row(gap=2)
        for name, state in _TILES:
            tile = Tile(name, "problem" if state is State.REFUSED else "")
            tile.clicked.connect(partial(self.show_state, state))
            self._tiles.addButton(tile)
            self._numbers[state] = tile
            tiles.addWidget(tile, 1)
        tiles.setContentsMargins(4 * STEP, 0, 4 * STEP, 0)
        self._notes.setContentsMargins(4 * STEP, 0, 4 * STEP, 0)
        self._told.setContentsMargins(4 * STEP, 0, 4 * STEP, 2 * STEP)
        inside = stack(tiles, self._notes, self._view, self._told, gap=3)
        inside.setStretch(2, 1)
        inside.setContentsMargins(0, 3 * STEP, 0, 0)
        plan.setLayout(inside)
        for page in (working, trouble, plan):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(frame("pagehead", head))
        layout.addWidget(self._stack, 1)
        foot = row(self._foot, self._keep, self._close, self._go, gap=2, margin=3)
        foot.setStretch(0, 1)
        layout.addWidget(frame("foot", foot))

    def _plan_it(self) -> None:
        self._work()
        desk, path, options = self._desk, self._path, self._options

        def work(task: Task) -> tuple[Plan, Names, list[str]]:
            plan = make_plan(desk.database, path, options, desk.settings, task)
            with desk.database.reading() as connection:
                names = plan_names(connection, desk, plan)
            return plan, names, sheet_names(path, task)

        self._run(desk.jobs.read(work, self._planned, owner=self, failed=self._failed))

    def _work(self) -> None:
        self._stack.setCurrentIndex(_WORKING)
        self._stage.setText("Opening the file")
        self._bar.setRange(0, 0)
        self._stop.setEnabled(True)
        self._keep.hide()
        for part in (self._go, self._sheet, self._mapping):
            part.setEnabled(False)

    def _run(self, job: Job) -> None:
        self._job = job
        job.progressed.connect(self._tell)
        job.ended.connect(self._ended)

    def _ended(self) -> None:
        self._job = None

    def _tell(self) -> None:
        if self._job is not None:
            task = self._job.task
            done = (
                f"{task.done:,} of {task.total:,} rows" if task.total else count(task.done, "row") if task.done else ""
            )
            self._stage.setText("Stopping …" if task.cancelled else ", ".join(filter(None, (stage(task.stage), done))))
            self._bar.setRange(0, task.total)
            self._bar.setValue(task.done)

    def _cancel_job(self) -> None:
        if self._job is not None:
            self._stop.setEnabled(False)
            self._job.cancel()

    def _planned(self, found: tuple[Plan, Names, list[str]]) -> None:
        plan, names, self._sheets = found
        self._model = PlanModel(plan, names)
        self._view.show_model(self._model)
        self._view.selectionModel().currentRowChanged.connect(lambda now, _before: self._tell_row(now.row()))
        self._model.modelReset.connect(lambda: self._tell_row(-1))
        self._stack.setCurrentIndex(_PLAN)
        self._about.setText(about(plan))
        self._notes.setText(beside(plan))
        self._notes.setVisible(bool(self._notes.text()))
        mapped = sum(bool(key) for key in plan.mapping.values())
        self._mapping.setText(f"Mapping: {mapped} of {len(plan.headings)} columns")
        for _, state in _TILES:
            number = plan.rows if state is None else plan.count(state)
            self._numbers[state].show_number(number)
            self._numbers[state].setEnabled(state is None or number > 0)
        self.show_state(None)
        self._sheet.setEnabled(True)
        self._mapping.setEnabled(True)
        self._go.setEnabled(plan.to_write > 0)
        self._go.setText(f"Import {count(plan.to_write, 'row')}" if plan.to_write else "Nothing to import")
        self._keep.setVisible(plan.count(State.REFUSED) > 0)
        same = plan.count(State.SAME)
        said = f" {count(same, 'row')} {'is' if same == 1 else 'are'} the same." if same else ""
        self._foot.setText(f"Nothing is written yet.{said}")

    def _tell_row(self, row: int) -> None:
        """Say under the table what there is to know of the row that the person is on."""
        note = self._model.note(row) if self._model is not None and 0 <= row < self._model.rowCount() else ""
        number = self._model.index(row, 0).data() if note and self._model is not None else ""
        self._told.setText(f"Row {number}. {note}" if note else "")
        self._told.setVisible(bool(note))

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            if self._model is None:
                super().reject()
            else:
                self._stack.setCurrentIndex(_PLAN)
                self._foot.setText("Stopped. Nothing was written.")
                for part in (self._go, self._sheet, self._mapping):
                    part.setEnabled(True)
            return
        if not isinstance(error, KnownError):
            super().reject()
            self._desk.fail(error)
            return
        self._model = None
        self._stack.setCurrentIndex(_TROUBLE)
        self._trouble.setText(say(error.problem))
        self._sheet.setEnabled(True)
        # Where only the meaning of the table is open, its columns can still be mapped by hand.
        mappable = error.problem.code.startswith("import.")
        self._mapping.setText("Mapping…")
        self._mapping.setEnabled(mappable)
        self._by_hand.setVisible(mappable)

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Import a spreadsheet", str(self._path.parent), FILES)
        if name:
            self._path = Path(name)
            self._title.setText(f"Import {self._path.name}")
            self.setWindowTitle(self._title.text())
            self._model, self._sheets = None, []
            self.use(ImportOptions())

    def _try_again(self) -> None:
        self.use(replace(self._options, kind=str(self._kind.currentData()) or None))

    def _ask_sheet(self) -> None:
        if not self._sheets:
            path = self._path
            self._desk.jobs.read(
                lambda task: sheet_names(path, task), self._ask_sheet_of, owner=self, failed=self._failed
            )
        else:
            self._ask_sheet_of(self._sheets)

    def _ask_sheet_of(self, sheets: list[str]) -> None:
        self._sheets = sheets
        plan = self.plan
        options = self._options if plan is None else replace(self._options, sheet=plan.sheet)
        dialog = SheetDialog(sheets, options, plan.header_row if plan is not None else None, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.use(dialog.options())

    def _ask_mapping(self) -> None:
        if self.plan is not None:
            self._ask_mapping_of(Columns.of(self.plan))
            return
        database, path, options = self._desk.database, self._path, self._options
        self._desk.jobs.read(
            lambda task: look_at(database, path, options, task), self._ask_mapping_of, owner=self, failed=self._failed
        )

    def _ask_mapping_of(self, columns: Columns) -> None:
        dialog = MappingDialog(self._desk, columns, self._options, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.use(dialog.options())

    def _save_refused(self) -> None:
        """Ask where to, and write the refused rows with what to mend."""
        plan = self.plan
        if plan is None:
            return
        proposed = self._path.with_name(f"{self._path.stem} to mend.xlsx")
        name, _ = QFileDialog.getSaveFileName(
            self, "Save refused rows", str(proposed), "Excel workbook (*.xlsx);;CSV (*.csv)"
        )
        if name:
            self.save_refused(Path(name))

    def save_refused(self, path: Path) -> None:
        """Write the refused rows to a file, each with the sentences about it."""
        plan = self.plan
        if plan is not None:
            self._desk.jobs.work(
                f"Save refused rows to {path.name}",
                lambda task: write_errors(plan, path, say, task),
                lambda number: self._foot.setText(f"Saved {count(number, 'refused row')} to {path.name}."),
                owner=self,
            )

    def _import(self) -> None:
        plan = self.plan
        if plan is None:
            return
        self._work()
        self._foot.setText("Writing. Cancel leaves nothing half done.")
        self._run(
            self._desk.write(
                f"Import {plan.path.name}",
                lambda journal, task: apply_plan(journal, plan, task),
                self._done,
                owner=self,
                failed=self._failed,
            )
        )

    def _done(self, changes: Changes) -> None:
        self.accept()


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


def sheet_names(path: Path, progress: Progress) -> list[str]:
    """The names of the sheets of a file that may hold a table. Raises InputError."""
    with open_source(path, progress) as source:
        return [sheet.name for sheet in source.sheets if sheet.kind == "worksheet"]


def about(plan: Plan) -> str:
    """Where the table is and how it is read: "Sheet “Fire”, rows 5 to 418 · as radios · matched by serial number"."""
    labels = {field.key: within(field.label) for field in RECORDS[plan.kind].fields} | {"id": "id"}
    where = f"Sheet “{plan.sheet}”, rows {plan.numbers[0]:,} to {plan.numbers[-1]:,}"
    by = " or ".join(" and ".join(labels.get(part, part) for part in key) for key in plan.match[:3])
    return " · ".join(
        filter(None, (where, f"as {RECORDS[plan.kind].plural.lower()}", f"matched by {by}" if by else ""))
    )


def beside(plan: Plan) -> str:
    """What else to know of the plan: records that will be made, rows and tables left out."""
    said = []
    made = [
        f"{count(len(names), TABLES[table].label.lower(), TABLES[table].plural.lower())}"
        for table, names in plan.made_by_table().items()
    ]
    if made:
        said.append(f"Also adds {', '.join(made)} that the rows name.")
    said += [
        f"Column “{each.heading}” is left out: "
        + ("it holds secrets." if each.code == "secret.column" else "most of its cells are not what it promises.")
        for each in plan.left_out
    ]
    if plan.skipped:
        reasons = ", ".join(dict.fromkeys(skipped(each.reason) for each in plan.skipped))
        said.append(f"{count(len(plan.skipped), 'row')} of the sheet left out ({reasons}).")
    if plan.others:
        said.append(f"Other tables are not imported: {', '.join(plan.others[:4])}.")
    return " ".join(said)
