"""The command palette: type a part of what you want to do."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.commands import GROUPS, Command, Commands, shortcut_text
from desktop.icons import icon

_SIZE = (520, 400)


class CommandPalette(QDialog):
    """Lists the commands that can be done now and whose words hold all that was typed. `chosen` is the one picked."""

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle("Commands")
        self.resize(*_SIZE)
        self.chosen = ""
        self._commands = commands
        self._box = QLineEdit()
        self._box.setPlaceholderText("What do you want to do?")
        self._box.setAccessibleName("Find a command")
        self._box.installEventFilter(self)
        self._list = QListWidget()
        self._list.setAccessibleName("Commands")
        self._list.setUniformItemSizes(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self._box)
        layout.addWidget(self._list)
        self._box.textChanged.connect(self._narrow)
        self._box.returnPressed.connect(self._take)
        self._list.itemActivated.connect(self._take)
        self._narrow("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """The keys and events that mean something here."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if step:
                at = self._list.currentRow() + step
                self._list.setCurrentRow(max(0, min(self._list.count() - 1, at)))
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        self._list.clear()
        for command in self._commands.all():
            if command.id != "view.palette" and self._commands.can(command.id) and _fits(command, words):
                item = QListWidgetItem(icon(command.icon or "more"), _line(command))
                item.setData(Qt.ItemDataRole.UserRole, command.id)
                self._list.addItem(item)
        self._list.setCurrentRow(0)

    def _take(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.chosen = str(item.data(Qt.ItemDataRole.UserRole))
            self.accept()


def _fits(command: Command, words: list[str]) -> bool:
    said = f"{GROUPS[command.group]} {command.title}".casefold()
    return all(word in said for word in words)


def _line(command: Command) -> str:
    keys = shortcut_text(command)
    return f"{command.title}    {keys}" if keys else command.title
