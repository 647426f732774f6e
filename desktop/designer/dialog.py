"""The label designer: one design, large, with what can be set of it at the side."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QMenu, QMessageBox, QScrollArea, QWidget

from desktop.designer.actions import DesignActions
from desktop.designer.canvas import Canvas
from desktop.designer.fields import known_fields
from desktop.designer.keeping import Keeper, is_shipped
from desktop.designer.properties import Properties
from desktop.designer.session import DesignSession
from desktop.designer.surroundings import Faults, RecordBar, ToolBar
from desktop.desk import Desk
from desktop.dialogs.ask import confirm
from desktop.phrases import say
from desktop.widgets import button, frame, label, row, stack
from models.fields.problem import KnownError
from models.labels.designs import Design
from models.labels.editing import Drawing
from models.labels.elements import new_picture
from models.labels.stocks import Stock
from models.labels.texts import house_texts
from models.printers.request import LabelFor
from models.progress import Cancelled

_SIZE = (1000, 680)


class DesignerDialog(QDialog):
    """Edits one design, shown on `stock` with these records, or an example where there are none.

    `kept` carries the design each time that it was kept as a record.
    """

    kept = Signal(object)

    def __init__(
        self, desk: Desk, design: Design, stock: Stock, records: Sequence[LabelFor], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowFlags(
            Qt.WindowType.Window | Qt.WindowType.WindowMaximizeButtonHint | Qt.WindowType.WindowCloseButtonHint
        )
        self._desk = desk
        words = design.kinds or tuple(dict.fromkeys(record.table for record in records if record.table)) or ("asset",)
        fields, house = known_fields(desk.catalogue, words), house_texts(desk.settings)
        self.session = DesignSession(design, stock, records, fields, house, self)
        self.keeper = Keeper(desk, self, "" if is_shipped(design.name) else design.name, self._fail)
        self.canvas = Canvas(self.session)
        self.actions_ = DesignActions(self.session, self.canvas, self)
        self.properties = Properties(self.session)
        self.faults = Faults(self.session, self.canvas)
        self.bar = RecordBar(self.session)
        self.words = label("", "muted", wrap=True)
        self.import_, self.export = button("&Import…", self.import_file), button("&Export…", self.export_file)
        self.leave = button("Close", self.reject)
        self.keep_as = button("Save as…", self.save_as)
        self.keep = button("Save", self.save, role="primary")
        self._assemble()
        self._settle()
        self.canvas.setFocus()

    # What is done

    def save(self) -> None:
        """Keep the design as a record; one that is shipped under a new name."""
        self.keeper.keep(self.session.shown.design, self._kept)

    def save_as(self) -> None:
        """Keep the design under a new name."""
        self.keeper.keep_as(self.session.shown.design, self._kept)

    def export_file(self) -> None:
        """Write the design to a JSON file."""
        self.keeper.export(self.session.shown.design, lambda name: self.words.setText(f"Exported as {name}."))

    def import_file(self) -> None:
        """Take the design of a JSON file in the place of this one; that can be undone."""
        self.keeper.import_file(lambda design: self.session.do(Drawing(design), "import"))

    def add_picture(self) -> None:
        """Choose a picture and put it on the label."""
        self.keeper.picture(lambda data: self.actions_.add(partial(new_picture, data), "add picture"))

    def reject(self) -> None:
        """Close; asks before changes are thrown away."""
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
        left = stack(area, self.bar, self.faults, gap=0)
        left.setStretch(0, 1)
        middle = row(left, self.properties, gap=0)
        middle.setStretch(0, 1)
        parts = (self.words, self.import_, self.export, self.leave, self.keep_as, self.keep)
        foot = row(*parts, gap=2, margin=3)
        foot.setStretch(0, 1)
        whole = stack(ToolBar(self.actions_), middle, frame("foot", foot), gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.resize(*_SIZE)
        self.setMinimumSize(720, 480)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.save)
        self.session.changed.connect(self._settle)
        self.actions_.picture_asked.connect(self.add_picture)
        self.canvas.menu_asked.connect(self._menu)
        self._desk.look.changed.connect(self.canvas.update)
        for first, then in ((self.canvas, self.bar.back), (self.bar.forward, self.faults.list)):
            QWidget.setTabOrder(first, then)

    def _menu(self, at: QPoint) -> None:
        menu, actions = QMenu(self), self.actions_
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
        if is_shipped(design.name):
            self.words.setText("It comes with Muster: Save keeps your changes under a new name.")
        elif not self.keeper.formerly:
            self.words.setText("Not saved yet.")
        else:
            self.words.setText("Not saved yet." if session.unsaved else "Saved.")

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
