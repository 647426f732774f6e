"""The label designer: one design, large, with what can be set of it at the side."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QMenu, QMessageBox, QScrollArea, QWidget
from sqlalchemy import Connection

from desktop.designer.actions import DesignActions
from desktop.designer.canvas import Canvas
from desktop.designer.examples import example_records
from desktop.designer.inputs import Number
from desktop.designer.keeping import Keeper
from desktop.designer.properties import Properties
from desktop.designer.session import DesignSession
from desktop.designer.surroundings import Faults, RecordBar, ToolBar
from desktop.desk import Desk
from desktop.dialogs.ask import confirm
from desktop.phrases import say
from desktop.widgets import button, frame, label, row, stack
from models.fields.problem import KnownError
from models.labels.boxes import PictureBox
from models.labels.designs import Design
from models.labels.editing import Drawing
from models.labels.elements import new_picture
from models.labels.own import all_stocks
from models.labels.stocks import Stock
from models.labels.texts import house_texts
from models.printers.request import LabelFor
from models.progress import Cancelled

_SIZE = (1000, 680)
_SIGHT = 80
"""Pixels around the middle of a box that come into sight when the keyboard goes there."""


class DesignerDialog(QDialog):
    """Edits one design, shown on `stock` with these records, or an example where there are none.

    `kept` carries the design each time that it was kept as a record.
    """

    kept = Signal(object)

    def __init__(
        self,
        desk: Desk,
        design: Design,
        stock: Stock,
        records: Sequence[LabelFor],
        parent: QWidget | None = None,
        *,
        formerly: str = "",
    ) -> None:
        """`formerly`: the own design that this one is kept as; empty for one that is not kept yet, or is shipped."""
        super().__init__(parent)
        self.setWindowFlags(
            Qt.WindowType.Window | Qt.WindowType.WindowMaximizeButtonHint | Qt.WindowType.WindowCloseButtonHint
        )
        self._desk = desk
        self._kinds = design.kinds
        self.session = DesignSession(design, stock, records, desk.catalogue, house_texts(desk.settings), self)
        self.keeper = Keeper(desk, self, formerly, self._fail)
        self.canvas = Canvas(self.session)
        self.deeds = DesignActions(self.session, self.canvas, self)
        self.tools = ToolBar(self.deeds)
        self.bar = RecordBar(self.session)
        self.faults = Faults(self.session, self.canvas)
        self.properties = Properties(self.session)
        self.words = label("", "muted", wrap=True)
        self.import_, self.export = button("&Import…", self.import_file), button("&Export…", self.export_file)
        self.leave = button("Close", self.reject)
        self.keep_as = button("Save as…", self.save_as)
        self.keep = button("Save", self.save, role="primary")
        self._assemble()
        self._settle()
        self.canvas.setFocus()
        desk.read(lambda connection, _task: self._stocks(connection, stock), self.properties.shown.offer, owner=self)

    @staticmethod
    def _stocks(connection: Connection, stock: Stock) -> list[Stock]:
        """All labels, the one that it is shown on among them. For a reader's thread."""
        found = list(all_stocks(connection))
        return found if any(each.name == stock.name for each in found) else [stock, *found]

    # What is done

    def save(self) -> None:
        """Keep the design as a record; one that is shipped under a new name."""
        self._take_typed()
        self.keeper.keep(self.session.shown.design, self._kept)

    def save_as(self) -> None:
        """Keep the design under a new name."""
        self._take_typed()
        self.keeper.keep_as(self.session.shown.design, self._kept)

    def export_file(self) -> None:
        """Write the design to a JSON file."""
        self.keeper.export(self.session.shown.design, lambda name: self.words.setText(f"Exported as {name}."))

    def import_file(self) -> None:
        """Take the design of a JSON file in the place of this one; that can be undone."""

        def taken(design: Design) -> None:
            self.keeper.formerly = ""  # it is another design: the one at hand stays as it was kept
            self.session.do(Drawing(design), "import")

        self.keeper.import_file(taken)

    def add_picture(self) -> None:
        """Choose a picture and put it on the label."""
        self.keeper.picture(lambda data: self.deeds.add(partial(new_picture, data), "add picture"))

    def change_picture(self) -> None:
        """Choose another picture for the box that is chosen."""

        def changed(data: bytes) -> None:
            self.session.change_chosen(
                lambda box: replace(box, data=data, of="") if isinstance(box, PictureBox) else box, "picture"
            )

        self.keeper.picture(changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Esc goes one step back: from the panel to the label, from there it closes."""
        at = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape and at is not None and self.properties.isAncestorOf(at):
            self.canvas.setFocus()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Close; asks before changes are thrown away."""
        self._take_typed()
        name = self.session.shown.design.name
        if not self.session.unsaved or confirm(
            self, "Close the designer", f"Throw away your changes to “{name}”?", "Throw away", "They were not saved."
        ):
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """The cross on the window closes it as Close does."""
        event.ignore()
        self.reject()

    # Inside

    def _assemble(self) -> None:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.canvas)
        self.canvas.went.connect(lambda at: area.ensureVisible(at.x(), at.y(), _SIGHT, _SIGHT))
        left = stack(area, self.bar, self.faults, gap=0)
        left.setStretch(0, 1)
        middle = row(left, self.properties, gap=0)
        middle.setStretch(0, 1)
        parts = (self.words, self.import_, self.export, self.leave, self.keep_as, self.keep)
        foot = row(*parts, gap=2, margin=3)
        foot.setStretch(0, 1)
        whole = stack(self.tools, middle, frame("foot", foot), gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.resize(*_SIZE)
        self.setMinimumSize(720, 480)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.keep.click)
        self.session.changed.connect(self._settle)
        self.deeds.picture_asked.connect(self.add_picture)
        self.canvas.menu_asked.connect(self._menu)
        self._desk.look.changed.connect(self.canvas.update)
        self.properties.picture.asked.connect(self.change_picture)
        QWidget.setTabOrder(self.tools.last, self.canvas)

    def _menu(self, at: QPoint) -> None:
        menu, actions = QMenu(self), self.deeds
        actions.fill(menu, actions.CHANGING)
        actions.fill(menu.addMenu("Arrange"), actions.ARRANGING)
        actions.fill(menu.addMenu("Add"), actions.ADDING)
        menu.exec(at)
        menu.deleteLater()

    def _settle(self) -> None:
        """The title, and what is to be said of keeping it."""
        design, session = self.session.shown.design, self.session
        self.setWindowTitle(f"{'* ' if session.unsaved else ''}{design.name or 'New design'} – Label designer")
        self.keep.setEnabled(session.unsaved or not self.keeper.formerly)
        self._follow_kinds(design)
        if self.keeper.is_shipped(design):
            self.words.setText("It comes with Muster: Save keeps your changes under a new name.")
        elif not self.keeper.formerly:
            self.words.setText("Not saved yet.")
        else:
            self.words.setText("Not saved yet." if session.unsaved else "Saved.")

    def _follow_kinds(self, design: Design) -> None:
        """A design for another kind of record is shown with records of that kind."""
        if design.kinds != self._kinds:
            self._kinds, desk = design.kinds, self._desk
            desk.read(
                lambda connection, _task: example_records(connection, desk, design),
                self.session.take_records,
                owner=self,
                failed=self._fail,
            )

    def _take_typed(self) -> None:
        """A number that is being typed counts when the keyboard is not yet elsewhere."""
        at = self.focusWidget()
        if isinstance(at, Number):
            at.interpretText()

    def _kept(self, design: Design) -> None:
        drawing = self.session.shown
        self.session.do(Drawing(design, drawing.chosen), "name")
        self.session.kept()
        self.kept.emit(design)

    def _fail(self, error: BaseException) -> None:
        """Say what went wrong; the design stays as it is. Our own faults go the way of all crashes."""
        if isinstance(error, KnownError):
            QMessageBox.warning(self, "Label designer", say(error.problem))
        elif not isinstance(error, Cancelled):
            self._desk.fail(error)
