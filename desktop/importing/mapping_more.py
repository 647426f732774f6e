"""What is said of all rows: the column that tells their kind, values for what they do not say, the profile."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QWidget
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.dialogs.ask import LineDialog
from desktop.importing.choosing import FieldBox
from desktop.importing.run import ImportRun
from desktop.jobs import Task
from desktop.lineedit import LineEdit
from desktop.phrases import say
from desktop.widgets import button, clear, label, row
from models.exchange.meaning.own_profiles import own_profiles, save_profile
from models.exchange.meaning.shipped_profiles import shipped
from models.exchange.plan import SheetColumn
from models.fields.field import Field
from models.fields.problem import BadValue
from models.schema.records import ASSET_KINDS

_NO_PROFILE = "No profile"
_WIDEST = 48


class KindColumn(QWidget):
    """The column that says which kind of asset each row is. `said` as the pages' own."""

    said = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._run: ImportRun | None = None
        self.box = QComboBox()
        self.box.setAccessibleName("The kind is said by the column")
        words = label("or as the &column says:")
        words.setBuddy(self.box)
        self.setLayout(row(words, self.box, gap=2))
        self.box.activated.connect(self._say)

    def show_run(self, run: ImportRun, columns: Sequence[SheetColumn], word: str) -> None:
        """Offer the columns, where the rows are assets."""
        self._run = run
        self.setVisible(word in ("asset", *ASSET_KINDS))
        self.box.clear()
        self.box.addItem("none", "")
        for column in columns:
            if not column.secret:
                self.box.addItem(column.heading, column.heading)
        plan = run.plan
        used = plan.kind_column if plan is not None else run.options.kind_column
        self.box.setCurrentIndex(max(0, self.box.findData(used)))

    def _say(self, at: int) -> None:
        heading = str(self.box.itemData(at))
        if self._run is not None:
            # The rows are of several kinds then; without such a column, of the kind that is guessed.
            options = replace(self._run.options, kind_column=heading or None, kind="asset" if heading else None)
            self.said.emit(options, "the column that says the kind")


class Constants(QWidget):
    """Values for all rows that do not say one. `said` as the pages' own."""

    said = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._run: ImportRun | None = None
        self._fields: Sequence[Field] = ()
        self._chips = row(gap=2)
        self.add = button("+ Add a value for all rows…", self._ask, role="addchip")
        self.setLayout(row(self._chips, self.add, None, gap=2))

    def show_run(self, run: ImportRun, fields: Sequence[Field]) -> None:
        """Show what is said, a profile's share included."""
        self._run, self._fields = run, fields
        clear(self._chips)
        labels = {field.key: field.label for field in fields}
        used = run.plan.options if run.plan is not None else run.options
        for key, text in used.constants.items():
            if text:
                told = f"{labels.get(key, key)}: {text}"
                told = told if len(told) <= _WIDEST else told[: _WIDEST - 1] + "…"
                chip = button(f"{told}  ×", partial(self._take_out, key), role="chip")
                chip.setAccessibleName(f"{told}, for all rows; press to take it out")
                self._chips.addWidget(chip)

    def put(self, key: str, text: str) -> None:
        """Say a value for all rows."""
        if self._run is not None:
            constants = {**self._run.options.constants, key: text}
            self.said.emit(replace(self._run.options, constants=constants), "the value for all rows")

    def _ask(self) -> None:
        run = self._run
        if run is None:
            return
        taken = {column.field for column in run.plan.sheet_columns if column.field} if run.plan is not None else set()
        dialog = ConstantDialog([field for field in self._fields if field.key not in taken and not field.kept], self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.put(dialog.field.key, dialog.line.text().strip())

    def _take_out(self, key: str) -> None:
        run = self._run
        if run is not None:
            constants = {each: text for each, text in run.options.constants.items() if each != key}
            if key not in run.options.constants:  # the profile says it
                constants[key] = ""
            self.said.emit(replace(run.options, constants=constants), "the value for all rows")


class ConstantDialog(QDialog):
    """Asks for a field and the value that all rows get in it which have none of their own."""

    def __init__(self, fields: Sequence[Field], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("A value for all rows")
        self.setMinimumWidth(400)
        self._fields = {field.key: field for field in fields}
        self.box = FieldBox()
        self.box.offer(fields, leave_out=False)
        self.line = LineEdit()
        self._note = label("", "problem", wrap=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText("Add the value")
        form = QFormLayout(self)
        form.addRow("&Field", self.box)
        form.addRow("&Value", self.line)
        form.addRow(label("Rows that say something of their own keep it.", "muted"))
        form.addRow(self._note)
        form.addRow(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.line.textChanged.connect(self._settle)
        self.box.currentIndexChanged.connect(self._settle)
        self._settle()

    @property
    def field(self) -> Field:
        """The field that was chosen."""
        return self._fields[self.box.key]

    def _settle(self) -> None:
        field, text = self._fields.get(self.box.key), self.line.text().strip()
        wrong = ""
        if field is not None and text:
            try:
                field.kind.parse(text, [])
            except BadValue as bad:
                wrong = say(bad.problem)
        self._note.setText(wrong)
        self._ok.setEnabled(field is not None and bool(text) and not wrong)


class ProfileBar(QWidget):
    """The profile by which the sheet is read, and keeping how it is read as one. `said` as the pages' own."""

    said = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._run: ImportRun | None = None
        self.box = QComboBox()
        self.box.setAccessibleName("Read by the profile")
        words = label("Read by the &profile:")
        words.setBuddy(self.box)
        self.not_now = button("Not this time", lambda: self._say(""))
        self.keep = button("Remember this mapping as…", self._ask_name)
        self.setLayout(row(words, self.box, self.not_now, None, self.keep, gap=2))
        self.box.activated.connect(lambda at: self._say(str(self.box.itemData(at))))
        self._ask()

    def show_run(self, run: ImportRun) -> None:
        """Show the profile that is used."""
        self._run = run
        used = run.plan.profile if run.plan is not None else run.options.profile or ""
        self.box.setCurrentIndex(max(0, self.box.findData(used)))
        self.not_now.setVisible(bool(used))
        self.keep.setEnabled(run.plan is not None and (not used or bool(run.undoes)))

    def save(self, name: str) -> None:
        """Keep how the sheet is read under that name; what it is called is offered from then on."""
        run = self._run
        plan = run.plan if run is not None else None
        if run is None or plan is None:
            return

        def done(_changes: object) -> None:
            self._ask()
            # Something was written, so that a plan of before would be refused; and this is how it is read now.
            options = replace(run.options, profile=name)
            if options == run.options:
                run.make_plan()
            else:
                run.change(options, "the profile")

        self._desk.write(
            f"Save import profile {name}",
            lambda journal, _task: save_profile(journal, name, plan),
            done,
            owner=self,
        )

    def _ask(self) -> None:
        def names(connection: Connection, _task: Task) -> dict[str, str]:
            return {each.name: each.title for each in (*own_profiles(connection), *shipped())}

        self._desk.read(names, self._offer, owner=self)

    def _offer(self, titles: dict[str, str]) -> None:
        self.box.clear()
        self.box.addItem(_NO_PROFILE, "")
        for name, title in titles.items():
            self.box.addItem(title, name)
        if self._run is not None:
            self.show_run(self._run)

    def _say(self, name: str) -> None:
        run = self._run
        if run is not None:
            self.said.emit(replace(run.options, profile=name), "the profile")

    def _ask_name(self) -> None:
        dialog = LineDialog("Remember this mapping", "Under which name?", "Remember", self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.save(dialog.text)
