"""The dialog that gives a login access, or another role."""

from collections.abc import Collection

from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.phrases.hub import REPORTS, may_words
from desktop.theme import STEP
from desktop.widgets import button, frame, label, row, stack
from models.rules.rights import ROLES
from models.sync.hub.members import REPORT, Member

_MADE, _TYPED, _NONE = range(3)
_PASSWORDS = (
    "Let Muster make one and show it once",
    "The one that I type here",
    "None: it signs on by Kerberos, LDAP or a certificate",
)

_KEEPS = "A login that is there already keeps its password; one that is not is made."


class MemberDialog(QDialog):
    """`member` is the one whose role is changed; None where somebody is added."""

    def __init__(self, member: Member | None, taken: Collection[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taken = taken
        self._member = member
        self.setWindowTitle("Change the role" if member else "Give access")
        self.setMinimumWidth(520)
        self.login = QLineEdit(member.login if member else "")
        self.login.setReadOnly(member is not None)
        self.login.setPlaceholderText("The login on the server, like jruiz")
        self.role = QComboBox()
        for each in ROLES.values():
            self.role.addItem(each.label, each.word)
        self.role.addItem(REPORTS, REPORT)
        self.role.setCurrentIndex(max(0, self.role.findData(member.role if member else "technician")))
        self.password = QComboBox()
        self.password.addItems(_PASSWORDS)
        self.typed = QLineEdit()
        self.typed.setEchoMode(QLineEdit.EchoMode.Password)
        self._may = label("", "muted", wrap=True)
        self._may.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self._hint = label(_KEEPS, "muted", wrap=True)
        self._ok = button("Change" if member else "Give access", self.accept, role="primary")
        self._ok.setDefault(True)
        self._form = QFormLayout()
        self._build()
        self._settle()
        if member is not None:
            self.role.setFocus()

    @property
    def chosen_role(self) -> str:
        """The word of the role."""
        return str(self.role.currentData())

    @property
    def new_password(self) -> str | None:
        """The password of a new login: typed, None for one without, empty for one that Muster is to make."""
        way = self.password.currentIndex()
        return self.typed.text() if way == _TYPED else None if way == _NONE else ""

    def accept(self) -> None:
        """Close, where all is said."""
        if self._ok.isEnabled():
            super().accept()

    def _build(self) -> None:
        form = self._form
        form.setVerticalSpacing(2 * STEP)
        form.setHorizontalSpacing(3 * STEP)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, field in (
            ("&Login", self.login),
            ("&Role", self.role),
            ("", self._may),
            ("&Password", self.password),
            ("&Type it", self.typed),
            ("", self._hint),
        ):
            if words:
                named = label(words)
                named.setBuddy(field)
                field.setAccessibleName(words.replace("&", ""))
                form.addRow(named, field)
            else:
                form.addRow("", field)
        for field in (self.password, self._hint):
            form.setRowVisible(field, self._member is None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(stack(form, None, margin=4), 1)
        layout.addWidget(frame("foot", row(None, button("Cancel", self.reject), self._ok, margin=3)))
        self.login.textChanged.connect(lambda _text: self._settle())
        self.typed.textChanged.connect(lambda _text: self._settle())
        self.role.currentIndexChanged.connect(lambda _at: self._settle())
        self.password.currentIndexChanged.connect(lambda _at: self._settle())

    def _settle(self) -> None:
        typing = self._member is None and self.password.currentIndex() == _TYPED
        self._form.setRowVisible(self.typed, typing)
        self._may.setText(may_words(self.chosen_role))
        login = self.login.text().strip()
        there = self._member is None and login in self._taken
        self._hint.setText(
            f"{login} has access already. Choose it in the list and change its role." if there else _KEEPS
        )
        changed = self._member is None or self.chosen_role != self._member.role
        self._ok.setEnabled(bool(login) and not there and changed and (not typing or bool(self.typed.text())))
