"""One design while it is made: the drawing and its history, the record it is shown with, what is wrong with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop.designer.fields import KnownFields, known_fields
from desktop.printing.painter import fit_text
from models.fields.problem import Problem, Severity
from models.labels.boxes import Box, FrameBox, PictureBox, RuleBox, SymbolBox, TextBox
from models.labels.designs import Design
from models.labels.editing import Drawing, change, choose
from models.labels.faults import Draft, Fault, draft
from models.labels.history import History
from models.labels.layout import DPI
from models.labels.shapes import TextRun
from models.labels.stocks import Stock
from models.labels.symbols import SYMBOLOGIES
from models.printers.request import LabelFor
from models.schema.catalogue import Catalogue
from models.schema.records import RECORDS

_SORTS: Mapping[type[Box], str] = {TextBox: "Text", RuleBox: "Line", FrameBox: "Frame", PictureBox: "Picture"}
_NAMED = ("tag", "name", "alias", "code", "serial")
"""What a record is called by, best first."""


class DesignSession(QObject):
    """`changed` is sent when anything that is shown is different: the drawing, the choice, the record.

    `shown` is the drawing as it looks now; while something is dragged it is not a step of the history yet.
    """

    changed = Signal()

    def __init__(
        self,
        design: Design,
        stock: Stock,
        records: Sequence[LabelFor],
        catalogue: Catalogue,
        house: Mapping[str, str],
        parent: QObject,
    ) -> None:
        """`house`: what labels say beside a record's own fields."""
        super().__init__(parent)
        self._stock = stock
        self.dpi = DPI
        """Dots per inch of the printer that it is shown for."""
        self._catalogue = catalogue
        self._house = house
        self._tables = tuple(dict.fromkeys(record.table for record in records if record.table)) or ("asset",)
        self.records = tuple(records)
        """What it can be shown with; an example takes their place where there are none."""
        self.at = 0
        """Which of the records is shown, from 0."""
        self._history = History(Drawing(design))
        self._dragged: Drawing | None = None
        self._draft: Draft | None = None

    # What there is

    @property
    def shown(self) -> Drawing:
        """The drawing as it looks now."""
        return self._history.now if self._dragged is None else self._dragged

    @property
    def stock(self) -> Stock:
        """What it is shown on, as long as the design needs where it comes as a strip."""
        return self._stock.cut_to(self.shown.design)

    @property
    def fields(self) -> KnownFields:
        """The fields of the kinds of record that the design is made for."""
        kinds = tuple(word for word in self.shown.design.kinds if word in RECORDS)
        return known_fields(self._catalogue, kinds or self._tables)

    @property
    def unsaved(self) -> bool:
        """There are changes that were not kept."""
        return self._history.changed

    @property
    def undo_words(self) -> str:
        """What undo would take back; empty for nothing."""
        return self._history.undo_words

    @property
    def redo_words(self) -> str:
        """What redo would do again; empty for nothing."""
        return self._history.redo_words

    @property
    def draft(self) -> Draft:
        """The label of the record at hand as far as it can be made, with all that is wrong."""
        if self._draft is None:
            made = draft(self.shown.design, self.stock, self.record, self.fields.labels, dpi=self.dpi)
            self._draft = replace(made, faults=(*made.faults, *_cut(made)))
        return self._draft

    @property
    def record(self) -> Mapping[str, str]:
        """The texts of the record at hand, and those of the house."""
        texts = self.records[self.at].texts if self.records else self.fields.example()
        return {**texts, **self._house}

    @property
    def record_name(self) -> str:
        """What the record at hand is called."""
        if not self.records:
            return "Example"
        return next((self.record[key] for key in _NAMED if self.record.get(key)), f"Record {self.at + 1}")

    def sort(self, index: int) -> str:
        """What sort of thing a box is."""
        box = self.shown.design.boxes[index]
        return SYMBOLOGIES[box.symbology].label if isinstance(box, SymbolBox) else _SORTS[type(box)]

    def name(self, index: int) -> str:
        """What a box is called: its sort and what it shows."""
        box = self.shown.design.boxes[index]
        words = self.fields.words(box.template) if isinstance(box, (TextBox, SymbolBox)) else ""
        return f"{self.sort(index)} “{words}”" if words else self.sort(index)

    # What is done

    def do(self, drawing: Drawing, words: str, joins: str = "") -> None:
        """Take a step. `words` tell it for the way back ("move"); steps in a row with the same `joins` are one."""
        self._dragged = None
        self._history.do(drawing, words, joins)
        self._tell()

    def change_chosen(self, deed: Callable[[Box], Box], words: str, joins: str = "") -> None:
        """Do something to each chosen box."""
        self.do(change(self._history.now, deed), words, joins)

    def choose(self, *indices: int) -> None:
        """Choose these boxes and no others."""
        self.choose_as(choose(self._history.now, indices))

    def choose_as(self, drawing: Drawing) -> None:
        """Choose the boxes that are chosen in this drawing of the same design."""
        self._dragged = None
        self._history.choose(drawing)
        self._tell()

    def drag(self, drawing: Drawing | None) -> None:
        """Show a drawing while something is dragged; None shows what was there before."""
        self._dragged = drawing
        self._tell()

    def undo(self) -> None:
        """Take the last step back."""
        self._history.undo()
        self._tell()

    def redo(self) -> None:
        """Do what was taken back again."""
        self._history.redo()
        self._tell()

    def kept(self) -> None:
        """The design as it stands was kept."""
        self._history.kept()
        self._tell()

    def show_record(self, at: int) -> None:
        """Show another record; beyond the ends nothing happens."""
        if 0 <= at < len(self.records):
            self.at = at
            self._tell()

    def show_on(self, stock: Stock, dpi: int) -> None:
        """Show the design on these labels from now on, for a printer with so many dots per inch."""
        self._stock, self.dpi = stock, dpi
        self._tell()

    def take_records(self, records: Sequence[LabelFor]) -> None:
        """Show the label with these records from now on."""
        self.records, self.at = tuple(records), 0
        self._tell()

    def _tell(self) -> None:
        self._draft = None
        self.changed.emit()


def _cut(made: Draft) -> list[Fault]:
    """Texts that are too long for their boxes even in their least size. The painter measures that."""
    return [
        Fault(index, Problem("design.text-cut", shape.text, severity=Severity.WARNING))
        for index, shapes in enumerate(made.shapes)
        for shape in shapes
        if isinstance(shape, TextRun) and fit_text(shape)[0] != shape.text
    ]
