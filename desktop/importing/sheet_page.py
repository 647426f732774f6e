"""The sheet: which one it is, and where on its own picture the table stands."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem

from desktop.desk import Desk
from desktop.importing.picture_view import PictureView
from desktop.importing.run import ImportRun
from desktop.importing.steps import StepPage
from desktop.jobs import Job
from desktop.phrases import say
from desktop.phrases.importing import SHEETS, area_text, on_the_sheet
from desktop.theme import STEP
from desktop.widgets import button, clear, label, row, stack
from models.exchange.files.wire import LAST_ROW
from models.exchange.options import ImportOptions
from models.exchange.picture import Picture, take_picture
from models.exchange.tables.grid import Area
from models.fields.problem import KnownError

_LIST = 180


class SheetPage(StepPage):
    """Shows the picture of the sheet that a run reads; what is said of it goes into the run's options."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._run: ImportRun | None = None
        self._asked: ImportOptions | None = None
        self._job: Job | None = None
        self.picture: Picture | None = None
        self.sheets = QListWidget()
        self.sheets.setObjectName("roomy")
        self.sheets.setFixedWidth(_LIST)
        self.sheets.setAccessibleName("Sheets of the file")
        self._words = label("", wrap=True)
        self.area = QLineEdit()
        self.area.setFixedWidth(150)
        self.header = QLineEdit()
        self.header.setFixedWidth(76)
        self.header.setValidator(QIntValidator(1, LAST_ROW, self))
        self.bare = QCheckBox("&No headings")
        self.guess = button("As Muster finds it", self._forget)
        self.tables = QHBoxLayout()
        self.view = PictureView(desk)
        self._assemble()

    def show_run(self, run: ImportRun) -> None:
        """Show the picture for what is said now."""
        self._run = run
        if self._asked == run.options:
            return
        self._asked = options = run.options
        desk, path = self._desk, run.path
        if self._job is not None:
            self._job.cancel()
        job = self._job = desk.jobs.read(
            lambda task: take_picture(desk.database, path, options, task),
            self._show,
            owner=self,
            failed=lambda error: self._fail(job, error),
        )

    def enter(self) -> None:
        """The keyboard goes to the sheet."""
        self.view.setFocus()

    # Inside

    def _assemble(self) -> None:
        range_, headings = label("&Range"), label("&Headings in row")
        range_.setBuddy(self.area)
        headings.setBuddy(self.header)
        self.area.setAccessibleName("Range of the table")
        self.header.setAccessibleName("Row of the headings")
        fields = row(range_, self.area, headings, self.header, self.bare, self.guess, None, gap=2)
        self.tables.setSpacing(2 * STEP)
        head = stack(self._words, fields, self.tables, gap=2)
        head.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 0)
        below = label(
            "Drag over the cells of the table, or click the number of the row that holds its headings.", "muted"
        )
        below.setContentsMargins(4 * STEP, 0, 4 * STEP, 2 * STEP)
        middle = row(self.sheets, self.view, gap=0)
        middle.setStretch(1, 1)
        inside = stack(head, middle, below, gap=2)
        inside.setStretch(1, 1)
        self.setLayout(inside)
        self.sheets.currentRowChanged.connect(self._take_sheet)
        self.view.area_chosen.connect(self._take_area)
        self.view.header_chosen.connect(self._take_header)
        self.area.editingFinished.connect(self._type_area)
        self.header.editingFinished.connect(self._type_header)
        self.bare.clicked.connect(lambda on: self._say(header=0 if on else None))

    def _show(self, picture: Picture) -> None:
        self._job = None
        self.picture = picture
        self._list_sheets(picture)
        options, table = self._asked or ImportOptions(), picture.table
        self._words.setText(on_the_sheet(picture))
        self.area.setText(_short(options.area) if options.area else "")
        guessed = area_text(picture.area) if picture.area is not None else ""
        self.area.setPlaceholderText(guessed or "like A5:H90")
        self.header.setText(str(options.header) if options.header else "")
        self.header.setPlaceholderText(str(table.header_row) if table is not None and table.header_row else "")
        self.bare.setChecked(options.header == 0)
        self.guess.setEnabled(bool(options.area) or options.header is not None)
        self._offer_tables(picture)
        self.view.show_picture(picture)

    def _fail(self, job: Job, error: BaseException) -> None:
        if self._job is job:
            self._job = None
            self._asked = None
            if isinstance(error, KnownError):
                self._words.setText(say(error.problem))
            else:
                self._desk.fail(error)

    def _list_sheets(self, picture: Picture) -> None:
        self.sheets.blockSignals(True)
        self.sheets.clear()
        for card in picture.sheets:
            item = QListWidgetItem(f"{card.name}\n{SHEETS[card.reason]}" if card.reason else card.name)
            if card.reason:
                item.setForeground(self._desk.look.colour("muted"))
            if not card.readable:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            item.setData(Qt.ItemDataRole.UserRole, card.name)
            self.sheets.addItem(item)
        self.sheets.setCurrentRow([card.name for card in picture.sheets].index(picture.sheet))
        self.sheets.blockSignals(False)
        self.sheets.setVisible(len(picture.sheets) > 1)

    def _offer_tables(self, picture: Picture) -> None:
        """The tables that stand side by side, to choose from."""
        clear(self.tables)
        others = picture.table.others if picture.table is not None else ()
        if not others:
            return
        self.tables.addWidget(label("Tables on this sheet:", "muted"))
        if picture.area is not None:
            here = button(area_text(picture.area))
            here.setCheckable(True)
            here.setChecked(True)
            here.setEnabled(False)
            self.tables.addWidget(here)
        for other in others:
            self.tables.addWidget(button(_short(other), partial(self._say, area=other, header=None)))
        self.tables.addStretch(1)

    def _take_sheet(self, at: int) -> None:
        item = self.sheets.item(at)
        if item is not None and self.picture is not None:
            name = str(item.data(Qt.ItemDataRole.UserRole))
            if name != self.picture.sheet:
                self.said.emit(ImportOptions(sheet=name), f"the choice of the sheet “{name}”")

    def _take_area(self, area: Area) -> None:
        self._say(area=area_text(area), header=None)

    def _take_header(self, number: int) -> None:
        self._say(header=number)

    def _type_area(self) -> None:
        text = self.area.text().strip()
        if self._asked is not None and text != (_short(self._asked.area) if self._asked.area else ""):
            self._say(area=text or None)

    def _type_header(self) -> None:
        text = self.header.text().strip()
        said = self._asked.header if self._asked is not None else None
        if (int(text) if text else None) != (said or None):
            self._say(header=int(text) if text else None)

    def _forget(self) -> None:
        self._say(area=None, header=None)

    def _say(self, **what: object) -> None:
        """Say where the table is. What the columns mean and what was typed into cells belonged to another table."""
        if self.picture is None or self._run is None:
            return
        now = self._run.options
        kept = ImportOptions(kind=now.kind, sheet=self.picture.sheet, area=now.area, header=now.header)
        self.said.emit(replace(kept, **what), "the choice of the table")  # type: ignore[arg-type]


def _short(area: str) -> str:
    """A range without an end that is only the sheet's: "A3:D1048576" is A3:D."""
    return area_text(Area.parse(area)) if _is_area(area) else area


def _is_area(text: str) -> bool:
    try:
        Area.parse(text)
    except KnownError:
        return False
    return True
