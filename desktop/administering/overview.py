"""The page about a shared database: how it is, and who has access."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QWidget

from desktop.administering.member_dialog import MemberDialog
from desktop.administering.people import PeopleTable
from desktop.administering.seen import Seen
from desktop.dialogs.ask import confirm
from desktop.phrases.hub import status_lines
from desktop.theme import STEP
from desktop.widgets import button, clear, label, row, stack

_ACROSS = 3


class Overview(QWidget):
    """Says by its signals what is asked for: login, role, password of a new one (empty: made, None: without)."""

    upgrade_asked = Signal()
    add_asked = Signal(str, str, object)
    change_asked = Signal(str, str)
    remove_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(6 * STEP)
        self._facts.setVerticalSpacing(2 * STEP)
        self.behind = label("", "warning", wrap=True)
        self.upgrade = button("Upgrade it", self.upgrade_asked.emit)
        self.words = label("", wrap=True)
        self.secret = QLineEdit()
        self.secret.setReadOnly(True)
        self.secret.setAccessibleName("The new password")
        self._copy = button("Copy it", self._copy_secret, drawing="copy")
        self.people = PeopleTable()
        self._none = label("Nobody has access yet. Give it to yourself first, as administrator.", "muted", wrap=True)
        self._add = button("Give access…", self.add, drawing="add")
        self._change = button("Change the role…", self.change, drawing="edit")
        self._remove = button("Take access away…", self.remove, drawing="delete")
        behind = row(self.behind, self.upgrade)
        behind.setStretch(0, 1)
        inside = stack(
            self._facts,
            behind,
            label("People", "heading"),
            self._none,
            self.people,
            self.words,
            row(self.secret, self._copy),
            row(self._add, self._change, self._remove, None),
            gap=3,
        )
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        for part in (self._none, self.people):  # one of them is there
            inside.setStretchFactor(part, 1)
        inside.setContentsMargins(0, 0, 0, 0)
        self.setLayout(inside)
        self.say("")
        self.people.currentCellChanged.connect(lambda *_at: self._settle())
        self.people.itemActivated.connect(lambda _item: self.change())

    def show_seen(self, seen: Seen) -> None:
        """Show how it is now."""
        assert seen.status is not None  # noqa: S101 (prepared)
        clear(self._facts)
        for at, (name, value) in enumerate(status_lines(seen.status)):
            line, column = divmod(at, _ACROSS)
            shown = label(value, wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addLayout(stack(label(name, "muted"), shown, gap=0), line, column)
            self._facts.setColumnStretch(column, 1)
        self.behind.setText("This Muster is newer than the shared database: upgrade it before it takes changes.")
        self.behind.setVisible(seen.status.behind)
        self.upgrade.setVisible(seen.status.behind)
        self._none.setVisible(not seen.members)
        self.people.setVisible(bool(seen.members))
        self.people.show_members(seen.members)
        self.say("")
        self._settle()

    def say(self, words: str, secret: str = "") -> None:
        """Say what came of a deed; `secret` is a new password, which is shown this once."""
        self.words.setText(f"{words} Its password, shown only this once:" if secret else words)
        self.words.setVisible(bool(words))
        self.secret.setText(secret)
        for part in (self.secret, self._copy):
            part.setVisible(bool(secret))

    def enter(self) -> None:
        """Put the keyboard where something can be done."""
        (self.people if self.people.members else self._add).setFocus()

    def add(self) -> None:
        """Ask who gets access."""
        taken = {each.login for each in self.people.members if each.active}
        dialog = MemberDialog(None, taken, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.add_asked.emit(dialog.login.text().strip(), dialog.chosen_role, dialog.new_password)

    def change(self) -> None:
        """Ask for another role of the chosen one."""
        member = self.people.member
        if member is None or not member.active:
            return
        dialog = MemberDialog(member, (), self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.change_asked.emit(member.login, dialog.chosen_role)

    def remove(self) -> None:
        """Take the chosen one's access away, once that is confirmed."""
        member = self.people.member
        if (
            member is not None
            and member.active
            and confirm(
                self,
                "Take access away",
                f"Take the access of {member.login} away?",
                "Take it away",
                "It ends at once, on every computer. What a computer has not sent yet stays in its backups.",
            )
        ):
            self.remove_asked.emit(member.login)

    def _settle(self) -> None:
        member = self.people.member
        for deed in (self._change, self._remove):
            deed.setEnabled(member is not None and member.active)

    def _copy_secret(self) -> None:
        QGuiApplication.clipboard().setText(self.secret.text())
