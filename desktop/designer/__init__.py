"""The label designer: drawing a design with the records of the register before one's eyes."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from sqlalchemy import Connection

from desktop.designer.dialog import DesignerDialog
from desktop.designer.examples import example_records
from desktop.desk import Desk
from desktop.jobs import Task
from models.labels.designs import Design
from models.labels.own import own_designs
from models.labels.stocks import Stock
from models.printers.request import LabelFor

__all__ = ["DesignerDialog", "open_designer"]


def open_designer(
    desk: Desk, design: Design, stock: Stock, window: QWidget, done: Callable[[Design], None] | None = None
) -> None:
    """Read some records that suit the design, and open the designer over the window.

    `done` is called with the design each time that it was kept.
    """

    def work(connection: Connection, _task: Task) -> tuple[list[LabelFor], set[str]]:
        own = {each.name for each in own_designs(connection)}
        return example_records(connection, desk, design), own

    def show(found: tuple[list[LabelFor], set[str]]) -> None:
        records, own = found
        formerly = design.name if design.name in own else ""
        dialog = DesignerDialog(desk, design, stock, records, window, formerly=formerly)
        dialog.finished.connect(dialog.deleteLater)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        if done is not None:
            dialog.kept.connect(done)
        dialog.show()

    desk.read(work, show, owner=window)
