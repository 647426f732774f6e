"""Checking the labels of chosen records, whether they were printed here or not."""

from array import array

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.tagging.check_view import CheckLabelsView
from desktop.widgets import button, frame, row


class CheckLabelsDialog(QDialog):
    """The check of labels over these records of a table."""

    def __init__(self, desk: Desk, table: str, numbers: "array[int]", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Check labels")
        self.resize(980, 680)
        self.view = CheckLabelsView(desk, table, numbers)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(frame("foot", row(None, button("Close", self.accept), margin=3)))
        self.view.enter()
