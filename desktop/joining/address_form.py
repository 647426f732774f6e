"""Where the shared database is and how one signs on to it: the form."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QGridLayout, QLayout, QLineEdit, QWidget

from desktop.theme import STEP
from desktop.widgets import button, label, row
from models.fields.problem import UsageError
from models.sync.address import PORT, Address, Tls, read_url

_PASSWORD, _SYSTEM = range(2)
_SIGN_ON = ("A login and its password", "The system's own sign-on (Kerberos)")
_PROTECTION = {
    Tls.VERIFIED: "Encrypted; the server proves which one it is",
    Tls.PLAIN: "Not protected: anybody on the way can read along",
}


class AddressForm(QWidget):
    """`changed` when anything was typed or chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._replica = ""
        self._length = 0
        self.host = QLineEdit()
        self.host.setPlaceholderText("db.city.example, or the whole address postgresql://…")
        self._port = QLineEdit(str(PORT))
        self._port.setValidator(QIntValidator(1, 65535, self))
        self._port.setFixedWidth(18 * STEP)
        self._database = QLineEdit("muster")
        self._sign_on = _combo(_SIGN_ON)
        self._login = QLineEdit()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.keep = QCheckBox("Keep the password in this system's keyring")
        self.keep.setChecked(True)
        self._tls = _combo(_PROTECTION.values())
        self._certificate = QLineEdit()
        self._certificate.setPlaceholderText("Only where the city has an authority of its own")
        self._browse = button("Browse…", self._ask_certificate)
        port = label("Port")
        port.setBuddy(self._port)
        self._port.setAccessibleName("Port")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2 * STEP)
        grid.setColumnStretch(1, 1)
        host, certificate = row(self.host, port, self._port), row(self._certificate, self._browse)
        for words, editor, placed in (
            ("Server", self.host, host),
            ("Database", self._database, None),
            ("Sign on with", self._sign_on, None),
            ("Login", self._login, None),
            ("Password", self.password, None),
            ("", self.keep, None),
            ("Connection", self._tls, None),
            ("Certificate", self._certificate, certificate),
        ):
            _add(grid, words, editor, placed)
        grid.setRowStretch(grid.rowCount(), 1)  # the rows keep their distance in a taller dialog
        for line in (self.host, self._port, self._database, self._login, self.password, self._certificate):
            line.textChanged.connect(lambda _text: self.changed.emit())
        self.host.textChanged.connect(self._look_for_url)
        self.host.editingFinished.connect(lambda: self._take_url(self.host.text()))
        for combo in (self._sign_on, self._tls):
            combo.currentIndexChanged.connect(lambda _at: self._settle())
        self._settle()

    @property
    def complete(self) -> bool:
        """Whether all is there that a connection needs."""
        needed = [self.host, self._port, self._database]
        return all(line.text().strip() for line in (*needed, *([self._login] if self._with_password else [])))

    @property
    def address(self) -> Address:
        """The address as it stands in the form."""
        return Address(
            self.host.text().strip(),
            self._database.text().strip(),
            self._login.text().strip() if self._with_password else "",
            int(self._port.text() or PORT),
            Tls.VERIFIED if self._verified else Tls.PLAIN,
            self._certificate.text().strip() if self._verified else "",
            self._replica,
        )

    def show_address(self, address: Address) -> None:
        """Fill the form."""
        self._replica = address.replica
        self.host.setText(address.host)
        self._port.setText(str(address.port))
        self._database.setText(address.database)
        self._login.setText(address.login)
        self._certificate.setText(address.certificate)
        self._tls.setCurrentIndex(list(_PROTECTION).index(address.tls))
        self._sign_on.setCurrentIndex(_PASSWORD if address.login else _SYSTEM)

    @property
    def _with_password(self) -> bool:
        return self._sign_on.currentIndex() == _PASSWORD

    @property
    def _verified(self) -> bool:
        return list(_PROTECTION)[self._tls.currentIndex()] is Tls.VERIFIED

    def _look_for_url(self, text: str) -> None:
        """What was pasted is read at once; what is typed key by key, when that is done."""
        pasted, self._length = len(text) > self._length + 1, len(text)
        if pasted:
            self._take_url(text)

    def _take_url(self, text: str) -> None:
        """A whole address fills the other fields, too."""
        if "://" not in text:
            return
        try:
            address, password = read_url(text)
        except UsageError:  # it is not whole
            return
        self.show_address(address)
        if password is not None:
            self.password.setText(password)

    def _settle(self) -> None:
        for part in (self._login, self.password, self.keep):
            part.setEnabled(self._with_password)
        self._certificate.setEnabled(self._verified)
        self._browse.setEnabled(self._verified)
        self.changed.emit()

    def _ask_certificate(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "Certificate of the authority", "", "Certificates (*.pem *.crt *.cer);;All files (*)"
        )
        if name:
            self._certificate.setText(name)


def _combo(texts: Iterable[str]) -> QComboBox:
    made = QComboBox()
    made.addItems(list(texts))
    return made


def _add(grid: QGridLayout, words: str, editor: QWidget, placed: QLayout | None) -> None:
    at = grid.rowCount()
    if words:
        name = label(words)
        name.setBuddy(editor)
        editor.setAccessibleName(words)
        grid.addWidget(name, at, 0)
    if placed is None:
        grid.addWidget(editor, at, 1)
    else:
        grid.addLayout(placed, at, 1)
