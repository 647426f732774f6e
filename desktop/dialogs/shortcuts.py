"""The shortcuts page, made from the commands."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.commands import GROUPS, Commands, shortcut_text
from desktop.theme import STEP
from desktop.widgets import label

_ALSO = (
    ("In a table", ("Open the record", "Enter"), ("Edit the cell", "F2"), ("Choose all rows", "Ctrl+A"),
     ("Row up, row down", "↑ ↓"), ("First row, last row", "Ctrl+Home, Ctrl+End")),
    ("Everywhere", ("One step back", "Esc"), ("Next control", "Tab")),
)  # fmt: skip


class ShortcutsDialog(QDialog):
    """Every command with its keys, by group."""

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Shortcuts")
        self.resize(480, 600)
        grid = QGridLayout()
        grid.setHorizontalSpacing(6 * STEP)
        grid.setVerticalSpacing(STEP)
        for group, name in GROUPS.items():
            pairs = [
                (each.title, shortcut_text(each))
                for each in commands.all()
                if each.group == group and each.shortcut and commands.may(each.id)
            ]
            _add(grid, name, pairs)
        for name, *pairs in _ALSO:
            _add(grid, name, pairs)
        grid.setColumnStretch(0, 1)
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setLayout(grid)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(scroll)
        layout.addWidget(buttons)


def _add(grid: QGridLayout, name: str, pairs: list[tuple[str, str]]) -> None:
    if pairs:
        head = label(name, "heading")
        head.setContentsMargins(0, 2 * STEP, 0, 0)
        grid.addWidget(head, grid.rowCount(), 0, 1, 2)
    for title, keys in pairs:
        at = grid.rowCount()
        grid.addWidget(label(title), at, 0)
        grid.addWidget(label(keys, "key"), at, 1)
