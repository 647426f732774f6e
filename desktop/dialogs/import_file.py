"""Importing a spreadsheet: the file is read, a plan is shown, and only then something is written."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.dialogs.import_asking import choose_file, choose_target
from desktop.dialogs.import_mapping import MappingDialog, SheetDialog, sheet_names
from desktop.dialogs.import_parts import Tiles, TroublePage, WorkingPage
from desktop.dialogs.import_plan import Names, PlanModel, PlanView, plan_names
from desktop.jobs import Job, Task
from desktop.phrases import count, say
from desktop.phrases.importing import about, beside
from desktop.theme import STEP
from desktop.widgets import button, frame, label, row, stack
from models.exchange.apply import apply_plan
from models.exchange.errors import write_errors
from models.exchange.look import Columns, look_at
from models.exchange.options import ImportOptions
from models.exchange.plan import Plan, State
from models.exchange.planner import make_plan
from models.fields.problem import KnownError
from models.progress import Cancelled

_WORKING, _TROUBLE, _PLAN = range(3)


def ask_import(desk: Desk, parent: QWidget, path: Path | None) -> None:
    """Ask for a file unless one is given, and lead through its import."""
    path = path or choose_file(parent, Path(str(desk.memory.get("folder") or Path.home())))
    if path is not None:
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
        self._working = WorkingPage()
        self._trouble = TroublePage()
        self._tiles = Tiles()
        self._view = PlanView(desk)
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
        return self._trouble.text if self._stack.currentIndex() == _TROUBLE else ""

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
            self._tiles.tile(state).setChecked(True)
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
        plan = QWidget()
        self._notes.setContentsMargins(4 * STEP, 0, 4 * STEP, 0)
        self._told.setContentsMargins(4 * STEP, 0, 4 * STEP, 2 * STEP)
        inside = stack(self._tiles, self._notes, self._view, self._told, gap=3)
        inside.setStretch(2, 1)
        inside.setContentsMargins(0, 3 * STEP, 0, 0)
        plan.setLayout(inside)
        for page in (self._working, self._trouble, plan):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(frame("pagehead", head))
        layout.addWidget(self._stack, 1)
        foot = row(self._foot, self._keep, self._close, self._go, gap=2, margin=3)
        foot.setStretch(0, 1)
        layout.addWidget(frame("foot", foot))
        self._tiles.chosen.connect(self.show_state)
        self._working.stopped.connect(self._cancel_job)
        self._trouble.other_file.connect(self._ask_file)
        self._trouble.by_hand.connect(self._ask_mapping)
        self._trouble.again.connect(lambda word: self.use(replace(self._options, kind=word or None)))

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
        self._working.begin()
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
            self._working.show_job(self._job)

    def _cancel_job(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._working.show_job(self._job)

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
        self._tiles.show_plan(plan)
        self.show_state(None)
        self._view.setFocus()
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
        self._sheet.setEnabled(True)
        # Where only the meaning of the table is open, its columns can still be mapped by hand.
        mappable = error.problem.code.startswith("import.")
        self._mapping.setText("Mapping…")
        self._mapping.setEnabled(mappable)
        self._trouble.show_trouble(say(error.problem), mappable)

    def _ask_file(self) -> None:
        path = choose_file(self, self._path.parent)
        if path is not None:
            self._path = path
            self._title.setText(f"Import {self._path.name}")
            self.setWindowTitle(self._title.text())
            self._model, self._sheets = None, []
            self.use(ImportOptions())

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
        path = choose_target(self, self._path)
        if path is not None:
            self.save_refused(path)

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
                lambda _changes: self.accept(),
                owner=self,
                failed=self._failed,
            )
        )
