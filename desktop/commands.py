"""Every action as data. Menus, toolbars, the palette and the shortcuts page are all drawn from the same list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.icons import icon


@dataclass(frozen=True)
class Command:
    """One thing that a person can do.

    `id` is dotted, its first word the group ("record.new"). `title` is what people read. `shortcut` is in
    Qt's portable text. `call` does it; `when` tells whether it can be done now (None: always). `may` tells whether
    the person's role may do it at all (None: everybody may): where not, menus and palette do not offer it.
    """

    id: str
    title: str
    call: Callable[[], object]
    shortcut: str = ""
    icon: str = ""
    when: Callable[[], bool] | None = None
    may: Callable[[], bool] | None = None

    @property
    def group(self) -> str:
        """The first word of the id."""
        return self.id.partition(".")[0]


GROUPS = {
    "file": "File",
    "edit": "Edit",
    "record": "Record",
    "scan": "Scan",
    "tagging": "Tagging",
    "view": "View",
    "go": "Go",
    "help": "Help",
}
"""The groups in the order of the menus, and what people call them."""


class Commands(QObject):
    """The commands of one window, and the QAction of each. `refused` when one is asked for that the role may not do."""

    refused = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}

    def add(self, commands: Iterable[Command]) -> None:
        """Take the commands in. ValueError when an id or a shortcut is taken already."""
        for command in commands:
            taken = {each.shortcut for each in self._commands.values() if each.shortcut}
            if command.id in self._commands or command.shortcut in taken:
                raise ValueError(command.id)
            self._commands[command.id] = command
            self._actions[command.id] = self._action(command)

    def all(self) -> list[Command]:
        """The commands, group by group, each group in the order of adding."""
        order = list(GROUPS)
        return sorted(self._commands.values(), key=lambda each: order.index(each.group))

    def action(self, name: str) -> QAction:
        """The QAction of that command. KeyError when there is none."""
        return self._actions[name]

    def may(self, name: str) -> bool:
        """Whether the person's role may do that command."""
        may = self._commands[name].may
        return may is None or may()

    def can(self, name: str) -> bool:
        """Whether that command can be done now, by this person."""
        when = self._commands[name].when
        return self.may(name) and (when is None or when())

    def run(self, name: str) -> None:
        """Do it, if it can be done now."""
        if self.can(name):
            self._commands[name].call()
        elif not self.may(name):
            self.refused.emit()

    def refresh(self) -> None:
        """Ask each command anew whether it can be done, for a menu about to be shown."""
        for name, action in self._actions.items():
            action.setVisible(self.may(name))
            action.setEnabled(self.can(name))

    def wake(self) -> None:
        """Show and enable all again once the menu is closed: one that is not would swallow its shortcut in silence."""
        for action in self._actions.values():
            action.setVisible(True)
            action.setEnabled(True)

    def _action(self, command: Command) -> QAction:
        action = QAction(command.title, self._window)
        action.setObjectName(command.id)
        if command.icon:
            action.setIcon(icon(command.icon))
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut, QKeySequence.SequenceFormat.PortableText))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setToolTip(f"{command.title} ({shortcut_text(command)})")
        action.triggered.connect(lambda: self.run(command.id))
        self._window.addAction(action)
        return action


def shortcut_text(command: Command) -> str:
    """The shortcut as this system writes it; empty when there is none."""
    keys = QKeySequence(command.shortcut, QKeySequence.SequenceFormat.PortableText)
    return keys.toString(QKeySequence.SequenceFormat.NativeText)
