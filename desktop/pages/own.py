"""Pages of the navigation that are not tables of records."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.desk import Desk


class OwnPage(QWidget):
    """A page that is made when it is first shown. `asked` names a command that one of its buttons stands for.

    `opened` carries the kind and the number of a record that is to be shown.
    """

    asked = Signal(str)
    opened = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def wake(self) -> None:
        """The page is shown: catch up with what changed meanwhile."""

    def enter(self) -> None:
        """Put the keyboard into the part of the page that people use first."""
        self.setFocus()
