"""What can be done with the record in the panel: buttons, and a menu behind them for the rest."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.forms.loaded import has_labels
from desktop.widgets import button, row
from models.schema.records import RECORDS


class RecordDeeds(QWidget):
    """`acted` names the command that was asked for."""

    acted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._menu = QMenu(self)
        self._more = button("", drawing="more")
        self._for_assets: list[QWidget | QAction] = []
        self._for_labelled: list[QWidget | QAction] = []
        self._for_all: list[QWidget | QAction] = []
        self._more.setAccessibleName("More to do with the record")
        self._more.setToolTip("More to do with the record")
        self._more.setMenu(self._menu)
        self._row = row(self._more, None, gap=2)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._row)

    def add(self, text: str, command: str, *, assets: bool = False, labelled: bool = False, more: bool = False) -> None:
        """Offer a command under the name, for all records, `assets` only, or those that bear labels.

        It is a button, or with `more` in the menu behind the buttons.
        """
        made: QWidget | QAction
        if more:
            made = self._menu.addAction(text, lambda: self.acted.emit(command))
        else:
            made = button(text, lambda: self.acted.emit(command))
            self._row.insertWidget(self._row.count() - 2, made)
        deeds = self._for_assets if assets else self._for_labelled if labelled else self._for_all
        deeds.append(made)

    def offer(self, word: str, *, may: bool) -> None:
        """Show what there is for a record of that kind; nothing where the person's role may not change it."""
        asset = RECORDS[word].table == "asset"
        shown = (self._for_assets, asset), (self._for_labelled, has_labels(word)), (self._for_all, True)
        for deeds, suits in shown:
            for each in deeds:
                each.setVisible(may and suits)
        self._more.setVisible(any(action.isVisible() for action in self._menu.actions()))
        self.setVisible(may)
