"""The sheet of command cards: which cards, on what; as PDF or to a printer."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.jobs import Job, Task
from desktop.lineedit import LineEdit
from desktop.phrases import count, say, why
from desktop.phrases.cards import ABOUT, command_cards
from desktop.printing.pdf import write_pdf
from desktop.printing.preview import SheetPreview
from desktop.theme import STEP
from desktop.widgets import button, label, row
from models.fields.problem import KnownError
from models.labels.cards import Card, card_design, card_sheets, card_texts, holds_cards, paper, record_cards
from models.labels.layout import Sheets
from models.labels.own import all_stocks
from models.labels.stocks import Stock
from models.printers.printer import printers
from models.printers.request import LabelFor, PrintRequest
from models.query.window import find_ids

_PAUSE = 250
"""Milliseconds without a key before the cards are found anew."""
_MOST = 1000
"""Nobody prints more cards of one kind at once."""
_KINDS = (("location", "Places"), ("person", "People"), ("model", "Models"))
_SAVE, _ASK = "Save as PDF…", "Print"


class CommandCardsDialog(QDialog):
    """Shows the cards as they will be printed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._cards: list[Card] = []
        self._stocks: list[Stock] = [paper("letter"), paper("a4")]
        self._sheets: Sheets | None = None
        self._job: Job | None = None
        self.setWindowTitle("Command cards")
        self.commands = QCheckBox("The commands: undo, next, set location …")
        self.commands.setChecked(True)
        self.queries = {word: LineEdit() for word, _ in _KINDS}
        self.stock, self.printer = QComboBox(), QComboBox()
        self.preview = SheetPreview()
        self._said = label("", "muted", wrap=True)
        self.save = button(_SAVE, self._save)
        self.print = button(_ASK, self._print, role="primary")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._ask)
        self._lay_out()
        self._fill()

    # Inside

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * STEP)
        grid.setVerticalSpacing(2 * STEP)
        for at, (word, title) in enumerate(_KINDS):
            line = self.queries[word]
            line.setPlaceholderText("Words, or * for all")
            words = label(title, "muted")
            words.setBuddy(line)
            line.setAccessibleName(title)
            line.textChanged.connect(lambda _text: self._timer.start())
            grid.addWidget(words, at, 0)
            grid.addWidget(line, at, 1)
        for at, (title, box) in enumerate((("Paper or labels", self.stock), ("Printer", self.printer)), start=3):
            words = label(title, "muted")
            words.setBuddy(box)
            box.setAccessibleName(title)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(18)
            grid.addWidget(words, at, 0)
            grid.addWidget(box, at, 1)
        left = QVBoxLayout()
        left.setSpacing(2 * STEP)
        left.addWidget(label("Which cards", "heading"))
        left.addWidget(self.commands)
        left.addLayout(grid)
        left.addWidget(self._said)
        left.addStretch(1)
        side = QWidget()
        side.setLayout(left)
        side.setFixedWidth(340)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        body = row(side, self.preview, gap=4)
        body.setStretch(1, 1)
        whole.addLayout(body, 1)
        whole.addLayout(row(None, buttons, self.save, self.print, gap=2))
        self.resize(900, 620)
        self.commands.toggled.connect(lambda _on: self._ask())
        self.stock.currentIndexChanged.connect(lambda _at: self._show())

    def _fill(self) -> None:
        names = [each.name for each in printers(self._desk.settings)]
        for title, name in (("The system's printer", ""), *((name, name) for name in names)):
            self.printer.addItem(title, name)
        kept = self._desk.memory.get("command cards", "Letter")

        def done(stocks: list[Stock]) -> None:
            self._stocks += stocks
            self.stock.blockSignals(True)
            for each in self._stocks:
                self.stock.addItem(each.name)
            self.stock.setCurrentIndex(max(0, self.stock.findText(str(kept))))
            self.stock.blockSignals(False)
            self._ask()

        self._desk.read(
            lambda connection, _task: [each for each in all_stocks(connection) if holds_cards(each)], done, owner=self
        )

    def _ask(self) -> None:
        """Find the records whose cards are wanted."""
        desk = self._desk
        asked = {word: line.text().strip() for word, line in self.queries.items() if line.text().strip()}
        commands = command_cards() if self.commands.isChecked() else []

        def work(connection: Connection, _task: Task) -> list[Card]:
            found: list[Card] = []
            for word, text in asked.items():
                query = "" if text == "*" else text
                numbers = find_ids(connection, desk.catalogue, word, query, ("name", False))[:_MOST]
                found += record_cards(connection, desk.catalogue, word, numbers, ABOUT[word])
            return found

        def done(found: list[Card]) -> None:
            self._cards = commands + found
            self._show()

        def failed(error: BaseException) -> None:
            if isinstance(error, KnownError):
                self._said.setText(why(error))
            else:
                self._desk.fail(error)

        if self._job is not None:
            self._job.cancel()
        self._job = desk.read(work, done, owner=self, failed=failed)

    def _show(self) -> None:
        stock = self._stocks[max(0, self.stock.currentIndex())]
        self._desk.memory.put("command cards", stock.name)
        self._sheets = card_sheets(self._cards, stock)
        self.preview.show_sheets(self._sheets)
        refused = [f"{self._cards[each.index].title}: {say(each.problem)}" for each in self._sheets.refused[:3]]
        told = f"{count(self._sheets.count, 'card')} on {count(self._sheets.page_count, 'sheet')}."
        self._said.setText(" ".join([told, *refused]))
        for each in (self.save, self.print):
            each.setEnabled(bool(self._sheets.count))

    def _save(self) -> None:
        folder = Path(str(self._desk.memory.get("folder") or Path.home()))
        picked, _ = QFileDialog.getSaveFileName(
            self, "Save the cards", str(folder / "Command cards.pdf"), "PDF (*.pdf)"
        )
        if picked:
            self.write(Path(picked))

    def write(self, path: Path) -> None:
        """Write the cards to that file."""
        sheets = self._sheets
        if sheets is not None:
            self._desk.jobs.work(
                f"Write {path.name}",
                lambda task: write_pdf(path, sheets, task),
                lambda _none: self._desk.said.emit(f"{count(sheets.count, 'card')} in {path.name}."),
                owner=self,
            )

    def _print(self) -> None:
        sheets, printer = self._sheets, str(self.printer.currentData())
        if sheets is None:
            return
        if sheets.stock in self._stocks[:2]:
            from desktop.printing.printer import open_printer, print_sheets  # Qt's printing takes a while to load

            self._desk.jobs.work(
                "Print command cards",
                lambda task: print_sheets(open_printer(sheets.stock, printer), sheets, task),
                lambda _none: self._desk.said.emit(f"{count(sheets.count, 'card')} printed."),
                owner=self,
            )
            return
        records = tuple(LabelFor("", "", card_texts(card)) for card in self._cards)
        request = PrintRequest(sheets.stock.name, card_design(sheets.stock), records)
        self._desk.printing.ask(
            printer, request, lambda added: self._desk.said.emit(f"{count(added.labels, 'card')} in the print queue.")
        )
