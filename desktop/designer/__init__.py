"""The label designer: drawing a design with the records of the register before one's eyes."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.designer.dialog import DesignerDialog
from desktop.designer.examples import example_records
from desktop.desk import Desk
from models.labels.designs import Design
from models.labels.stocks import Stock
from models.printers.request import LabelFor

__all__ = ["DesignerDialog", "open_designer"]


def open_designer(
    desk: Desk, design: Design, stock: Stock, window: QWidget, done: Callable[[Design], None] | None = None
) -> None:
    """Read some records that suit the design, and open the designer over the window.

    `done` is called with the design each time that it was kept.
    """

    def show(records: list[LabelFor]) -> None:
        dialog = DesignerDialog(desk, design, stock, records, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        if done is not None:
            dialog.kept.connect(done)
        dialog.show()

    desk.read(lambda connection, _task: example_records(connection, desk, design), show, owner=window)
