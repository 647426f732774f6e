"""Whether and on what the labels of a tag run are printed as it goes."""

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget
from sqlalchemy import Connection, select

from desktop.desk import Desk
from desktop.jobs import Task
from desktop.labelling.records import label_records
from desktop.phrases import say
from desktop.widgets import label, stack
from models.labels.designs import Design, designs_for
from models.labels.own import all_designs, all_stocks
from models.labels.stocks import Stock
from models.printers.printer import printers
from models.printers.request import LabelFor, PrintRequest
from models.schema.records import TABLES

if TYPE_CHECKING:
    from models.printers.queue import Added

_MEMORY = "tagging labels"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Labels that wait to be put into the queue: of these assets, by their ids, and on what."""

    rows: list[str]
    word: str
    printer: str
    stock: str
    design: Design


class LabelChoice(QWidget):
    """Printer, labels and design, remembered; and the printing itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._word = ""
        self._waiting: deque[_Wanted] = deque()
        self._busy = False
        self._stocks: tuple[Stock, ...] = ()
        self._designs: tuple[Design, ...] = ()
        kept = desk.memory.get(_MEMORY)
        self._kept: dict[str, Any] = dict(kept) if isinstance(kept, dict) else {}
        self.on = QCheckBox("Print each label at once")
        self.printer, self.stock, self.design = QComboBox(), QComboBox(), QComboBox()
        self._choices = QWidget()
        grid = QGridLayout(self._choices)
        grid.setContentsMargins(0, 0, 0, 0)
        for at, (name, box) in enumerate((("Printer", self.printer), ("Labels", self.stock), ("Design", self.design))):
            words = label(name, "muted")
            words.setBuddy(box)
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
            grid.addWidget(words, at, 0)
            grid.addWidget(box, at, 1)
            box.activated.connect(lambda _at: self._keep())
        grid.setColumnStretch(1, 1)
        self.setLayout(stack(self.on, self._choices, gap=1))
        self.on.setChecked(self._kept.get("on") is True)
        self._choices.setVisible(self.on.isChecked())
        self.on.toggled.connect(self._take_on)
        self.stock.currentIndexChanged.connect(lambda _at: self._fill_designs())

    def wake(self, word: str) -> None:
        """Know the printers, labels and designs that there are now, for things of a kind."""
        self._word = word

        def work(connection: Connection, _task: Task) -> tuple[tuple[Stock, ...], tuple[Design, ...]]:
            # One label at a time is for rolls: of a sheet each would take a page of its own.
            return tuple(each for each in all_stocks(connection) if each.roll), all_designs(connection)

        self._desk.read(work, self._fill, owner=self)

    def print_label(self, row: str) -> None:
        """Put the label of an asset, by its id, into the print queue."""
        self.print_labels([row])

    def print_labels(self, rows: list[str]) -> None:
        """Put the labels of assets, by their ids, into the print queue, in this order."""
        design = self._chosen_design()
        if design is None:
            self._desk.said.emit("Choose the printer and its labels first, under “Print each label at once”.")
            return
        self._waiting.append(
            _Wanted(rows, self._word, str(self.printer.currentData()), self.stock.currentText(), design)
        )
        self._go_on()

    def _go_on(self) -> None:
        """Print what waits, one after the other: labels come out in the order in which things were tagged."""
        if self._busy or not self._waiting:
            return
        self._busy = True
        desk, wanted = self._desk, self._waiting.popleft()

        def work(connection: Connection, _task: Task) -> list[LabelFor]:
            assets = TABLES["asset"].sql
            there = select(assets.c.id, assets.c.nr).where(assets.c.id.in_(wanted.rows))
            found = {each.id: each.nr for each in connection.execute(there)}
            return label_records(connection, desk, wanted.word, [found[each] for each in wanted.rows if each in found])[
                0
            ]

        def ask(records: list[LabelFor]) -> None:
            if not records:
                self._end()
                return
            request = PrintRequest(wanted.stock, wanted.design, tuple(records))
            desk.printing.ask(wanted.printer, request, self._told, owner=self, failed=self._failed)

        desk.read(work, ask, owner=self, failed=self._failed)

    def _told(self, added: "Added") -> None:
        for each in added.refused:
            self._desk.said.emit(say(each.problem))
        self._end()

    def _failed(self, error: BaseException) -> None:
        self._desk.fail(error)
        self._end()

    def _end(self) -> None:
        self._busy = False
        self._go_on()

    def _fill(self, found: tuple[tuple[Stock, ...], tuple[Design, ...]]) -> None:
        self._stocks, self._designs = found
        names = [each.name for each in printers(self._desk.settings)]
        self._show(self.printer, [("The system's printer", ""), *((name, name) for name in names)], "printer")
        self._show(self.stock, [(each.name, each.name) for each in self._stocks], "stock")
        self._fill_designs()

    def _fill_designs(self) -> None:
        stock = next((each for each in self._stocks if each.name == self.stock.currentText()), None)
        fitting = designs_for(stock, self._designs, self._word) if stock is not None else ()
        self._show(self.design, [(each.name, each.name) for each in fitting], f"design {self.stock.currentText()}")

    def _chosen_design(self) -> Design | None:
        return next((each for each in self._designs if each.name == self.design.currentText()), None)

    def _show(self, box: QComboBox, items: list[tuple[str, str]], kept: str) -> None:
        box.blockSignals(True)
        box.clear()
        for title, name in items:
            box.addItem(title, name)
        box.setCurrentIndex(max(0, box.findData(self._kept.get(kept))))
        box.blockSignals(False)

    def _take_on(self, on: bool) -> None:
        self._choices.setVisible(on)
        self._keep()

    def _keep(self) -> None:
        stock = self.stock.currentText()
        self._kept |= {
            "on": self.on.isChecked(),
            "printer": self.printer.currentData(),
            "stock": stock,
            f"design {stock}": self.design.currentData(),
        }
        self._desk.memory.put(_MEMORY, dict(self._kept))
